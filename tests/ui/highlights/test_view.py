"""Rankings, and the best few of each category, month or event."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import LIBRARY, Result
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.highlights import view as highlights_view
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.grid_model import PhotoRole
from photo_organizer.ui.session.session import Session
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
    assert notes(view)[0] == "1.  0.96"
    view.count.setValue(2)
    assert list(view.grid.photos.ids) == [1, 3]
    choose_best(view, None)
    assert len(view.grid.photos.ids) == 12


def test_the_best_of_each_name_what_they_are_the_best_of(
    view: HighlightsView, session: Session, result: Result
) -> None:
    choose_best(view, Per.CATEGORY, 1)
    assert list(view.grid.photos.ids) == [1, 3, 7]
    assert notes(view) == ["1.  Food & drink", "1.  Animals", "1.  Others"]
    photos = dict(result.photos)
    later = replace(photos[1].exif, taken_at=datetime(2026, 6, 2, 8) + timedelta(hours=1))
    photos[1] = replace(photos[1], exif=later)
    session.analysis.show(replace(result, photos=PhotoDict(photos)))
    choose_best(view, Per.MONTH, 1)
    assert notes(view) == ["1.  May 2026", "1.  June 2026"]
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
