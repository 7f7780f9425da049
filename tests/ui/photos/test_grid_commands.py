import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.photos.grid import PhotoGrid
from photo_organizer.ui.photos.grid_bar import GridBar
from photo_organizer.ui.photos.grid_commands import GridCommands
from photo_organizer.ui.session.session import Session


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_commands_act_on_the_grid_that_is_shown(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    window = QWidget()
    grid = PhotoGrid(session)
    bar = GridBar(session, grid, "categories")
    for widget in (window, grid, bar):
        qtbot.addWidget(widget)
    grid.resize(900, 400)
    grid.show()
    bar.show()
    shown: list[GridBar | None] = [bar]
    commands = Commands(window)
    GridCommands(commands, lambda: shown[0])
    columns = grid.cells.columns
    commands["view.larger"].trigger()
    assert grid.cells.columns == columns - 1
    commands["view.smaller"].trigger()
    commands["view.smaller"].trigger()
    assert grid.cells.columns == columns + 1
    commands["view.filter"].trigger()
    assert bar.panel.isVisible()
    bar.panel.hide()
    shown[0] = None
    for name in ("view.larger", "view.smaller", "view.filter"):
        commands[name].trigger()
    assert grid.cells.columns == columns + 1
    assert not bar.panel.isVisible()
