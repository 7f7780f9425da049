"""How many photos are selected, and how large they are together."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.photos.grid import CELL, PhotoGrid
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window import selected_label
from photo_organizer.ui.window.selected_label import SelectedLabel
from photo_organizer.ui.window.status_area import StatusArea
from photo_organizer.ui.words.facts_text import size_text

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def status(session: Session, result: Result, qtbot: QtBot) -> StatusArea:
    session.analysis.show(result)
    status = StatusArea(session)
    qtbot.addWidget(status)
    status.resize(900, 40)
    status.show()
    return status


@pytest.fixture
def grid(status: StatusArea, session: Session, result: Result, qtbot: QtBot) -> PhotoGrid:
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    grid.resize(4 * CELL, 500)
    grid.set_photos(list(result.photos))
    with qtbot.waitActive(grid):
        grid.show()
    grid.setFocus()
    return grid


def together(result: Result, ids: list[int]) -> str:
    return size_text(sum(result.photos.size_of(i) for i in ids))


def test_several_selected_photos_are_told_with_their_size(
    status: StatusArea, grid: PhotoGrid, result: Result, qtbot: QtBot
) -> None:
    label = status.selected
    assert not label.isVisible()
    grid.select(1)
    assert not label.isVisible()
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert label.isVisible()
    assert label.text() == f"3 selected  ·  {together(result, [1, 2, 3])}"
    assert status.text.text().startswith("12 photos"), "what is told beside it stays"
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert not label.isVisible()


def test_the_sizes_of_many_are_summed_beside_the_window(
    status: StatusArea,
    grid: PhotoGrid,
    result: Result,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(selected_label, "AT_ONCE", 5)
    label: SelectedLabel = status.selected
    qtbot.keyClick(grid, Qt.Key.Key_A, CONTROL)
    assert label.text() == "12 selected", "at once, and the size soon"
    qtbot.waitUntil(
        lambda: label.text() == f"12 selected  ·  {together(result, list(result.photos))}"
    )
    qtbot.keyClick(grid, Qt.Key.Key_A, CONTROL)
    grid.select(4)  # before the sizes are summed
    assert not label.isVisible()
