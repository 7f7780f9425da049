"""Ranks, scores and counts say the same wherever they are shown."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.browse.sort_filter import Filters, Sorting
from photo_organizer.engine.domain.results import LIBRARY, Flaw, GroupKind, Result
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.categories.view import ALL, CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.grid_model import PhotoRole
from photo_organizer.ui.photos.preview import about
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.fakes import analysed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(window: MainWindow, session: Session, qtbot: QtBot) -> MainWindow:
    analysed(session, qtbot)
    return window


def number(text: str) -> int:
    """The last number of a text."""
    return int(re.findall(r"\d+", text.replace(",", ""))[-1])


def navigated(window: MainWindow, key: str) -> int:
    return number(window.navigation.buttons[key].count.text())


def check_counts(window: MainWindow, session: Session) -> None:
    """Every count equals what is listed under it."""
    categories = window.views[CategoriesView]
    window.show_view(CategoriesView)
    for tab in range(categories.tabs.count()):
        categories.tabs.setCurrentIndex(tab)
        listed = len(categories.grid.offered)
        assert number(categories.tabs.tabText(tab)) == listed
        assert number(categories.tabs.accessibleTabName(tab)) == listed
        if categories.category == ALL:
            assert navigated(window, "categories") == listed == len(session.shown.photos)
            if not session.analysis.running:
                window.status._message.stop()
                window.status._show_text()
                assert int(window.status.text.text().split()[0]) == listed
        cards = categories.cards.cards
        entries = [cards.item(cards.index(row)) for row in range(cards.rowCount())]
        counted = {one.key: one.count for one in entries if one is not None}
        assert counted[categories.category] == listed
    duplicates = window.views[DuplicatesView]
    window.show_view(DuplicatesView)
    groups = 0
    for kind in GroupKind:
        duplicates._choose_kind(kind)
        rows = duplicates.groups.rowCount()
        assert number(duplicates.kinds[kind].text()) == rows
        assert number(duplicates.kinds[kind].accessibleName()) == rows
        if rows:
            assert number(duplicates.title.text()) == rows
        groups += rows
    assert navigated(window, "duplicates") == groups
    quality = window.views[LowQualityView]
    window.show_view(LowQualityView)
    flagged: set[int] = set()
    for tab, flaw in enumerate(Flaw):
        quality.set_flaw(flaw)
        assert number(quality.flaws.tabText(tab)) == len(quality.listed)
        assert number(quality.flaws.accessibleTabName(tab)) == len(quality.listed)
        flagged |= set(quality.listed)
    assert navigated(window, "low_quality") == len(flagged)
    problems = window.views[ProblemsView]
    rows = problems.files.rowCount()
    if rows:
        assert number(problems.title.text()) == navigated(window, "problems") == rows


def test_counts_are_those_of_what_is_listed(opened: MainWindow, session: Session) -> None:
    check_counts(opened, session)


def test_counts_follow_what_leaves_and_what_is_decided(
    opened: MainWindow, session: Session, result: Result
) -> None:
    session.shown.part_with([2, 8])  # a clean-up
    check_counts(opened, session)
    session.shown.take_back([result.photos[2].path])
    check_counts(opened, session)
    session.own_categories.move([7], "food")
    check_counts(opened, session)
    session.decisions.keep_all(session.shown.group_of(3))  # type: ignore[arg-type]
    check_counts(opened, session)
    session.decisions.decide_fine(6, Flaw.BLUR)
    check_counts(opened, session)


def test_with_filters_the_heading_says_how_many_of_how_many(
    opened: MainWindow, session: Session
) -> None:
    session.marks.mark([1, 4])
    for kind in (CategoriesView, HighlightsView):
        opened.show_view(kind)
        view = opened.views[kind]
        view.bar._on_filters(Filters(marked=True))
        assert view.bar.shown.text().startswith("2 of 12 photos: ")
        assert list(view.listed) == list(view.grid.photos.ids)
        assert len(view.listed) == 2


def told_places(session: Session, photo_id: int) -> list[tuple[int, int]]:
    """What the preview tells of a photo's places: "1 of 12, 1 of 2 in Food"."""
    told = about(session, session.shown.photos[photo_id])
    (said,) = [line for line in told if line.startswith("Highlight")]
    return [(int(a), int(b)) for a, b in re.findall(r"(\d+) of (\d+)", said)]


def notes(view: HighlightsView) -> dict[int, str]:
    model = view.grid.photos
    rows = (model.index(row) for row in range(model.rowCount()))
    return {model.photo_id(index) or 0: index.data(PhotoRole.NOTE) for index in rows}


@pytest.mark.parametrize("photos", ["as they came", "moved", "without some"])
def test_a_rank_in_the_grid_is_one_that_the_preview_tells(
    opened: MainWindow, session: Session, photos: str
) -> None:
    if photos == "moved":
        session.own_categories.move([7], "food")
    elif photos == "without some":
        session.shown.part_with([1, 3])
    view = opened.views[HighlightsView]
    opened.show_view(HighlightsView)
    result = session.shown.result
    assert result is not None
    for key in (LIBRARY, *result.categories):
        view.chooser.setCurrentIndex(view.chooser.findData(key))
        shown = notes(view)
        if key == view.category:
            assert list(shown) == [one.photo for one in result.highlights[key]]
            for row, (photo_id, note) in enumerate(shown.items(), start=1):
                assert note.startswith(f"{row}.  ")
                if photo_id in result.categories.get(key, ()) or key == LIBRARY:
                    assert (row, len(shown)) in told_places(session, photo_id)


def test_the_viewer_counts_as_the_ranking_does(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    opened.show_view(HighlightsView)
    view = opened.views[HighlightsView]
    first = view.listed[0]
    view.grid.select(first)
    qtbot.keyClick(view.grid, Qt.Key.Key_Return)
    assert opened.viewer.current == first
    assert opened.viewer.bar.counter.text() == "1 of 12"
    assert (1, 12) in told_places(session, first)
    qtbot.keyClick(opened.viewer, Qt.Key.Key_Escape)


def test_a_score_is_rounded_alike_everywhere(
    opened: MainWindow, session: Session, result: Result
) -> None:
    ranked = result.highlights[LIBRARY]
    uneven = [replace(one, score=one.score - 0.00501, native=one.score - 0.00501) for one in ranked]
    session.analysis.show(replace(result, highlights={**result.highlights, LIBRARY: uneven}))
    opened.show_view(HighlightsView)
    view = opened.views[HighlightsView]
    in_ranking = {i: note.split()[-1] for i, note in notes(view).items()}
    view.per.setCurrentIndex(view.per.findData(Per.LIBRARY.value))
    for photo_id, note in notes(view).items():
        assert note.split()[-1] == in_ranking[photo_id]
    categories = opened.views[CategoriesView]
    opened.show_view(CategoriesView)
    categories.bar._arrange(replace(categories.grid.arrangement, sorting=Sorting.SCORE))
    model = categories.grid.photos
    for row, photo_id in enumerate(model.ids):
        score = in_ranking[photo_id]
        assert model.index(row).data(PhotoRole.NOTE) == score
        assert any(score in line for line in about(session, session.shown.photos[photo_id]))


def test_a_choice_of_the_best_says_of_how_many_and_that_it_varies(
    opened: MainWindow, session: Session
) -> None:
    opened.show_view(HighlightsView)
    view = opened.views[HighlightsView]
    view.per.setCurrentIndex(view.per.findData(Per.LIBRARY.value))
    chosen = notes(view)
    assert [note.split("  ")[0] for note in chosen.values()] == [
        f"{rank} of {len(chosen)}" for rank in range(1, len(chosen) + 1)
    ]
    assert "variety" in view.variety.text()
    view.bar._arrange(replace(view.grid.arrangement, sorting=Sorting.NAME))
    assert not view.variety.text(), "another order is no ranking"


def test_found_photos_that_left_count_no_more(
    opened: MainWindow, session: Session, qtbot: QtBot
) -> None:
    field = opened.views[SearchView].field
    session.analysis.show(session.shown.whole)  # type: ignore[arg-type] # nobody judges again
    qtbot.keyClick(opened, Qt.Key.Key_F, CTRL)
    with qtbot.waitSignal(session.finder.answered):
        qtbot.keyClicks(field, "photo")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    view = opened.views[SearchView]
    assert navigated(opened, "search") == len(view.listed) == 12
    opened.show_view(CategoriesView)
    session.shown.part_with([2, 8])
    assert navigated(opened, "search") == 10
    opened.show_view(SearchView)
    assert len(view.listed) == number(view.tabs.tabText(0)) == 10


def test_dates_and_counts_of_months_are_those_of_the_photos(opened: MainWindow) -> None:
    opened.show_view(CategoriesView)
    grid = opened.views[CategoriesView].grid
    assert sum(grid.cells.size_of(n) for n in range(len(grid._months))) == len(grid.photos.ids)
    assert grid._months[0].number == 12 * datetime(2026, 5, 1).year + 4
