import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.results import Result
from photo_organizer.ui.photo_grid import CELL, PhotoGrid
from photo_organizer.ui.session import Session


@pytest.fixture
def grid(session: Session, result: Result, qtbot: QtBot) -> PhotoGrid:
    session.show(result)
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    grid.resize(5 * CELL, 500)
    grid.set_photos(list(result.photos))
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


def test_arrows_move_the_sessions_current_photo(
    grid: PhotoGrid, session: Session, qtbot: QtBot
) -> None:
    grid.select(1)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert session.current == 2
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert session.current == 1


def test_the_selected_photos_are_the_sessions_selection(grid: PhotoGrid, session: Session) -> None:
    grid.select(2)
    assert session.selection == (2,)
    grid.selectionModel().select(grid.photos.row(4), QItemSelectionModel.SelectionFlag.Select)
    assert session.selection == (2, 4)
    grid.clearSelection()
    assert session.selection == (session.current,)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_open(grid: PhotoGrid, qtbot: QtBot, key: Qt.Key) -> None:
    grid.select(3)
    with qtbot.waitSignal(grid.opened, timeout=0) as opened:
        qtbot.keyClick(grid, key)
    assert opened.args == [3]


def test_cells_fill_the_row_at_any_width(grid: PhotoGrid) -> None:
    for width in (CELL + 40, 3 * CELL, 1234):
        grid.resize(width, 400)
        room = grid.viewport().width()
        cell = grid.gridSize().width()
        columns = room // cell
        assert columns == max(1, (room - 1) // CELL)
        assert room - columns * cell <= columns


def test_selection_survives_growing_and_shrinking_results(
    grid: PhotoGrid, session: Session
) -> None:
    grid.set_photos([1, 2, 3])
    grid.select(2)
    grid.set_photos([5, 2, 1])
    assert grid.selected_ids() == [2]
    assert grid.currentIndex().row() == 1


def test_an_empty_grid_says_so(
    grid: PhotoGrid, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = grid.grab().toImage()
    grid.set_photos([])
    empty = grid.viewport().grab().toImage()
    colours = {
        empty.pixelColor(x, empty.height() // 2 + dy).name()
        for x in range(empty.width())
        for dy in range(-6, 7)
    }
    assert len(colours) > 2, "no text is painted"
    assert empty != blank
