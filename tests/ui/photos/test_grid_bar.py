from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.browse.sort_filter import (
    Arrangement,
    Filters,
    Flawed,
    Membership,
    Sorting,
)
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Flaw, Result
from photo_organizer.ui.photos import filter_panel
from photo_organizer.ui.photos import grid as photo_grid
from photo_organizer.ui.photos.grid import PhotoGrid
from photo_organizer.ui.photos.grid_bar import GridBar
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets.input_fields import Chooser


def make(session: Session, qtbot: QtBot, name: str = "categories", given: str = "") -> GridBar:
    grid = PhotoGrid(session)
    bar = GridBar(session, grid, name, given)
    for widget in (bar, grid):
        qtbot.addWidget(widget)
        widget.resize(700, 400)
        widget.show()
    grid.set_photos(list(session.shown.photos))
    return bar


@pytest.fixture
def bar(session: Session, result: Result, qtbot: QtBot) -> GridBar:
    session.analysis.show(result)
    return make(session, qtbot)


def choose(box: Chooser, value: object) -> None:
    """As people do: the box tells that something was chosen."""
    box.setCurrentIndex(box.values.index(value))
    box.activated.emit(box.currentIndex())


def test_sorting_is_chosen_and_turned(bar: GridBar, qtbot: QtBot) -> None:
    assert bar.grid.photos.ids[:2] == [1, 2]
    assert bar.direction.toolTip() == "Oldest first"
    choose(bar.sorting, Sorting.SCORE)
    assert bar.direction.toolTip() == "Highest score first"
    assert bar.grid.photos.ids[0] == 1
    qtbot.mouseClick(bar.direction, Qt.MouseButton.LeftButton)
    assert bar.direction.accessibleName() == "Lowest score first"
    assert bar.grid.photos.ids[0] == 12


def test_nothing_vanishes_silently(bar: GridBar, qtbot: QtBot) -> None:
    assert not bar.hidden_line.isVisible()
    choose(bar.panel.boxes["flaws"], Flawed.ANY)
    assert bar.grid.photos.ids == [2, 6]
    assert bar.hidden_line.isVisible()
    assert bar.shown.text() == "2 of 12 photos: With any flaw"
    assert bar.filter_button.accessibleName() == "Filter (1)"
    choose(bar.panel.boxes["duplicates"], Membership.KEEPER)
    assert bar.shown.text().startswith("0 of 12 photos: With any flaw, Suggested keepers")
    qtbot.mouseClick(bar.clear_button, Qt.MouseButton.LeftButton)
    assert len(bar.grid.photos.ids) == 12
    assert not bar.hidden_line.isVisible()
    assert bar.panel.filters == Filters()


def test_the_choice_is_remembered_for_each_view(
    bar: GridBar, session: Session, qtbot: QtBot
) -> None:
    choose(bar.sorting, Sorting.SIZE)
    choose(bar.panel.boxes["flaws"], Flaw.DARK)
    again = make(session, qtbot)
    assert again.arrangement == Arrangement(Sorting.SIZE, True, Filters(flaws=Flaw.DARK))
    assert again.grid.photos.ids == [2]
    assert again.hidden_line.isVisible()
    assert again.panel.boxes["flaws"].value is Flaw.DARK
    other = make(session, qtbot, "highlights", "By rank")
    assert other.arrangement == Arrangement()
    assert other.sorting.currentText() == "By rank"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_panel_offers_what_there_is(bar: GridBar, session: Session) -> None:
    photos = {
        i: replace(photo, format="RAW" if i < 3 else "JPEG")
        for i, photo in session.shown.photos.items()
    }
    session.analysis.show(replace(session.shown.result, photos=PhotoDict(photos)))
    bar.panel.open_below(bar.filter_button)
    boxes = bar.panel.boxes
    assert [boxes["format"].itemText(i) for i in range(3)] == ["Any", "JPEG", "RAW"]
    assert [boxes["since"].itemText(i) for i in range(2)] == ["Any", "May 2026"]
    assert boxes["folder"].count() == 2
    choose(boxes["format"], "RAW")
    assert bar.grid.photos.ids == [1, 2]
    assert not bar.panel.clear_button.isHidden()
    bar.panel.hide()


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_among_many_photos_the_panel_looks_in_the_background(
    bar: GridBar, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(filter_panel, "AT_ONCE", 3)
    bar.panel.open_below(bar.filter_button)
    qtbot.waitUntil(lambda: bar.panel.boxes["format"].count() == 2)
    bar.panel.hide()


def test_a_filter_of_another_library_stays_visible(bar: GridBar) -> None:
    bar.panel.set_filters(Filters(folder="/elsewhere"))
    assert bar.panel.boxes["folder"].currentText() == "/elsewhere"
    assert bar.panel.sentence() == "/elsewhere"


def test_the_slider_and_the_grid_zoom_together(bar: GridBar) -> None:
    bar.slider.setValue(300)
    assert bar.grid.zoom == 300
    bar.grid.set_zoom(120)
    assert bar.slider.value() == 120


def test_the_bar_fits_beside_preview_and_navigation(bar: GridBar) -> None:
    """In the smallest window the grid is this narrow."""
    choose(bar.panel.boxes["flaws"], Flaw.DARK)
    assert bar.minimumSizeHint().width() <= 430
    assert photo_grid.SMALLEST < 430


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys_close_the_panel(bar: GridBar, qtbot: QtBot, key: Qt.Key) -> None:
    bar.open_panel()
    qtbot.keyClick(bar.panel.boxes["stars"], key)
    assert not bar.panel.isVisible()
