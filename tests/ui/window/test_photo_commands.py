import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.photos.grid import PhotoGrid
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window import photo_commands as module
from photo_organizer.ui.window.photo_commands import PhotoCommands


@pytest.fixture
def grid(session: Session, result: Result, qtbot: QtBot) -> PhotoGrid:
    """A grid with the commands attached."""
    session.analysis.show(result)
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    grid.set_photos(list(result.photos))
    commands = Commands(grid)
    PhotoCommands(session, commands)
    commands.attach(Section.PHOTO, grid)
    with qtbot.waitActive(grid):
        grid.show()
    grid.setFocus()
    return grid


def test_nothing_can_be_done_without_a_photo(session: Session, qtbot: QtBot) -> None:
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    commands = Commands(grid)
    PhotoCommands(session, commands)
    assert not any(action.isEnabled() for action in commands.actions(Section.PHOTO))


def test_delete_marks_and_k_keeps_all_selected(
    grid: PhotoGrid, session: Session, qtbot: QtBot
) -> None:
    grid.select(2)
    session.selection.select((2, 4))
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert session.marks.ids == {2, 4}
    grid.select(4)
    qtbot.keyClick(grid, Qt.Key.Key_K)
    assert session.marks.ids == {2}
    qtbot.keyClick(grid, Qt.Key.Key_T)
    assert session.marks.ids == {2, 4}


def test_copied_photos_can_be_pasted_as_files(
    grid: PhotoGrid, session: Session, qtbot: QtBot
) -> None:
    grid.select(3)
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert [url.toLocalFile() for url in data.urls()] == [str(session.shown.photos[3].path)]


def test_the_current_photo_is_shown_in_its_folder(
    grid: PhotoGrid, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(module, "show_in_file_manager", shown.append)
    grid.select(5)
    qtbot.keyClick(grid, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert shown == [session.shown.photos[5].path]


def test_keys_rate_all_selected_photos(grid: PhotoGrid, session: Session, qtbot: QtBot) -> None:
    grid.select(2)
    session.selection.select((2, 4))
    for key, stars in {
        Qt.Key.Key_1: 1,
        Qt.Key.Key_2: 2,
        Qt.Key.Key_3: 3,
        Qt.Key.Key_4: 4,
        Qt.Key.Key_5: 5,
        Qt.Key.Key_X: 0,
        Qt.Key.Key_P: 5,
        Qt.Key.Key_U: None,
    }.items():
        qtbot.keyClick(grid, key)
        assert [session.stars.of(i) for i in (2, 4)] == [stars, stars]
    qtbot.keyClick(grid, Qt.Key.Key_3)
    qtbot.keyClick(grid, Qt.Key.Key_0)
    assert session.stars.of(2) is None


def test_what_was_copied_does_not_bring_the_program_down_when_it_ends(tmp_path: Path) -> None:
    """The clipboard outlives Python: see `_mime_data`."""
    script = tmp_path / "copies_a_photo.py"
    script.write_text(
        "from PySide6.QtCore import QUrl\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from photo_organizer.ui.window.photo_commands import _mime_data\n"
        "app = QApplication([])\n"
        "data = _mime_data()\n"
        "data.setUrls([QUrl('file:///photo.jpg')])\n"
        "app.clipboard().setMimeData(data)\n"
        "assert app.clipboard().mimeData().formats() == ['text/uri-list']\n"
    )
    assert subprocess.run([sys.executable, script], check=False).returncode == 0
