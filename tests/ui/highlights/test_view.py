"""Rankings, and the best few of each category, month or event."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import LIBRARY, Result
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.highlights import view as highlights_view
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.grid_model import PhotoRole
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.photo_commands import PhotoCommands
from tests.ui.highlights.choosing import choose_best


@pytest.fixture
def view(session: Session, result: Result, qtbot: QtBot) -> HighlightsView:
    view = HighlightsView(session)
    qtbot.addWidget(view)
    session.analysis.show(result)
    return view


def notes(view: HighlightsView) -> list[str]:
    photos = view.grid.photos
    return [photos.index(row).data(PhotoRole.NOTE) for row in range(photos.rowCount())]


def test_the_library_is_ranked_first(view: HighlightsView, result: Result) -> None:
    assert view.category == LIBRARY
    assert list(view.grid.photos.ids) == [ranked.photo for ranked in result.highlights[LIBRARY]]
    assert view.ids == list(view.grid.photos.ids)
    assert notes(view)[1] == "2.  0.92"
    assert view.best is None
    assert not view.count.isVisibleTo(view)


def test_a_category_has_its_own_ranking_and_stays_chosen(
    view: HighlightsView, session: Session, result: Result
) -> None:
    view.chooser.setCurrentIndex(view.chooser.findData("animal"))
    assert list(view.grid.photos.ids) == [3, 4, 5, 6]
    assert notes(view)[0].startswith("1. ")
    session.analysis.show(replace(result, highlights={**result.highlights, "food": []}))
    assert view.category == "animal"
    assert view.chooser.findData("food") == -1


def test_the_best_of_all_are_few_and_no_two_of_a_group(view: HighlightsView) -> None:
    choose_best(view, Per.LIBRARY, 4)
    # 2 has a flaw, 4 and 5 are takes of 3.
    assert list(view.grid.photos.ids) == [1, 3, 7, 9]
    assert view.count.isVisibleTo(view)
    assert view.best is not None
    assert (view.best.ids, view.best.count) == ([1, 3, 7, 9], 4)
    assert notes(view)[0] == "1 of 4  0.96"
    view.count.setValue(2)
    assert list(view.grid.photos.ids) == [1, 3]
    choose_best(view, None)
    assert len(view.grid.photos.ids) == 12


def test_the_best_of_each_name_what_they_are_the_best_of(
    view: HighlightsView, session: Session, result: Result
) -> None:
    choose_best(view, Per.CATEGORY, 1)
    assert list(view.grid.photos.ids) == [1, 3, 7]
    assert notes(view) == ["Food & drink", "Animals", "Others"]
    photos = dict(result.photos)
    later = replace(photos[1].exif, taken_at=datetime(2026, 6, 2, 8) + timedelta(hours=1))
    photos[1] = replace(photos[1], exif=later)
    session.analysis.show(replace(result, photos=PhotoDict(photos)))
    choose_best(view, Per.MONTH, 1)
    assert notes(view) == ["May 2026", "June 2026"]
    choose_best(view, Per.EVENT, 2)
    assert list(view.grid.photos.ids) == [3, 7, 1]


def test_the_best_of_one_category(view: HighlightsView) -> None:
    choose_best(view, Per.LIBRARY, 9)
    view.chooser.setCurrentIndex(view.chooser.findData("animal"))
    assert list(view.grid.photos.ids) == [3]


def test_among_many_photos_the_best_are_chosen_beside_the_window(
    view: HighlightsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(highlights_view, "AT_ONCE", 3)
    choose_best(view, Per.LIBRARY, 3)
    choose_best(view, Per.LIBRARY, 2)  # before the first answer is there
    qtbot.waitUntil(lambda: view.best is not None)
    assert view.ids == [1, 3]


def test_the_choice_is_there_after_a_restart(
    view: HighlightsView, session: Session, qtbot: QtBot
) -> None:
    choose_best(view, Per.CATEGORY, 1)
    again = HighlightsView(session)
    qtbot.addWidget(again)
    assert again.ids == [1, 3, 7]


def test_without_photos_nothing_can_be_made_of_them(session: Session, qtbot: QtBot) -> None:
    view = HighlightsView(session)
    qtbot.addWidget(view)
    assert not view.export_button.isEnabled()
    assert view.ids == []


def test_the_best_are_shown_one_after_the_other(view: HighlightsView, qtbot: QtBot) -> None:
    choose_best(view, Per.LIBRARY, 3)
    with qtbot.waitSignal(view.slideshow) as asked:
        view.show_button.click()
    assert asked.args == [[1, 3, 7]]


# ---------------------------------------------------------------------- deciding keeps the place


@pytest.fixture
def seen(view: HighlightsView, session: Session, qtbot: QtBot) -> HighlightsView:
    """On screen, with the keys of photos."""
    commands = Commands(view)
    PhotoCommands(session, commands)
    commands.attach(Section.PHOTO, view.grid)
    view.resize(900, 400)
    with qtbot.waitActive(view):
        view.show()
    view.grid.setFocus()
    return view


def judged(result: Result, session: Session, last: Sequence[int]) -> Result:
    """As it is judged with the stars given: what is in `last` comes last."""
    ranked = sorted(result.highlights[LIBRARY], key=lambda one: one.photo in last)
    stars = {i: given for i in result.photos if (given := session.stars.of(i)) is not None}
    return replace(result, highlights={**result.highlights, LIBRARY: ranked}, stars=stars)


def test_rejecting_and_rating_move_nothing_until_it_is_sorted_again(
    seen: HighlightsView, session: Session, result: Result, qtbot: QtBot
) -> None:
    seen.grid.select(9)
    shown, scrolled = list(seen.grid.photos.ids), seen.grid.verticalScrollBar().value()
    for key in (Qt.Key.Key_X, Qt.Key.Key_Right, Qt.Key.Key_X, Qt.Key.Key_Right, Qt.Key.Key_5):
        qtbot.keyClick(seen.grid, key)
    session.analysis.show(judged(result, session, last=[9, 10]))
    assert list(seen.grid.photos.ids) == shown
    assert session.selection.current == 11
    assert seen.grid.verticalScrollBar().value() == scrolled
    assert seen.sort_line.text.text() == "3 changes"
    assert notes(seen)[8].startswith("11.")  # the same place that the preview tells
    qtbot.mouseClick(seen.sort_line.button, Qt.MouseButton.LeftButton)
    assert list(seen.grid.photos.ids)[-2:] == [9, 10]
    assert session.selection.current == 11
    assert seen.sort_line.isHidden()


def test_the_best_keep_a_rejected_and_a_marked_photo_until_they_are_chosen_again(
    seen: HighlightsView, session: Session, result: Result, qtbot: QtBot
) -> None:
    choose_best(seen, Per.LIBRARY, 4)
    seen.grid.setFocus()
    seen.grid.select(3)
    qtbot.keyClick(seen.grid, Qt.Key.Key_X)
    qtbot.keyClick(seen.grid, Qt.Key.Key_Right)
    qtbot.keyClick(seen.grid, Qt.Key.Key_T)
    session.analysis.show(judged(result, session, last=[3]))
    assert list(seen.grid.photos.ids) == [1, 3, 7, 9]
    assert session.selection.current == 7
    leaving = [seen.grid.photos.row(i).data(PhotoRole.LEAVING) for i in (1, 3, 7, 9)]
    assert leaving == [False, True, True, False]
    assert seen.sort_line.text.text() == "2 changes"
    qtbot.mouseClick(seen.sort_line.button, Qt.MouseButton.LeftButton)
    # The next of the groups of 3 and of 7 stand for them.
    assert list(seen.grid.photos.ids) == [1, 4, 8, 9]


def test_leaving_the_view_sorts_too(
    seen: HighlightsView, session: Session, result: Result, qtbot: QtBot
) -> None:
    seen.grid.select(1)
    qtbot.keyClick(seen.grid, Qt.Key.Key_X)
    session.analysis.show(judged(result, session, last=[1]))
    assert seen.grid.photos.ids[0] == 1
    seen.hide()
    seen.show()
    assert seen.grid.photos.ids[-1] == 1


def test_how_much_of_the_taste_counts_is_asked_for_and_sorts(
    seen: HighlightsView, session: Session, result: Result, qtbot: QtBot
) -> None:
    seen.grid.select(1)
    qtbot.keyClick(seen.grid, Qt.Key.Key_X)
    session.stars.share = 0.5
    session.analysis.show(judged(result, session, last=[1]))
    assert seen.grid.photos.ids[-1] == 1


def test_what_is_marked_is_not_made_something_of(
    seen: HighlightsView, session: Session, qtbot: QtBot
) -> None:
    session.marks.mark([1, 7, 8])
    chosen = seen.chosen
    assert chosen is not None
    assert not {1, 7, 8} & set(chosen.ids)
    assert len(seen.grid.photos.ids) == 12, "in the whole ranking it has its place"
    choose_best(seen, Per.LIBRARY, 3)
    assert seen.ids == [3, 9, 10]
