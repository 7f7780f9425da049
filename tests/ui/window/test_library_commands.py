from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.library_commands import LibraryCommands


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def made(session: Session, window: QWidget) -> LibraryCommands:
    made = LibraryCommands(
        session.libraries, session.analysis, session.activities, Commands(window), window
    )
    made.opened.connect(
        lambda folders: session.analysis.open(session.libraries.open(folders).folders)
    )
    return made


def open_library(session: Session, *folders: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.analysis.open(session.libraries.open(folders).folders)


def entry(made: LibraryCommands, *texts: str) -> QAction:
    """A line of the menu, or of a menu within it."""
    made.menu.aboutToShow.emit()
    menu = made.menu
    for text in texts:
        (action,) = [a for a in menu.actions() if a.text() == text]
        menu = action.menu()
    return action


def chosen(monkeypatch: pytest.MonkeyPatch, folder: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))


def test_without_a_library_only_opening_is_possible(made: LibraryCommands) -> None:
    assert made.open.isEnabled()
    for action in (made.add_folder, made.rename, made.again, made.pause, made.stop):
        assert not action.isEnabled()


def test_a_folder_is_opened_unless_people_think_better_of_it(
    made: LibraryCommands, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, "")
    made.open.trigger()
    assert session.analysis.folders == ()
    chosen(monkeypatch, "/photos/a")
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        made.open.trigger()
    assert session.analysis.folders == (Path("/photos/a"),)


def test_folders_are_added_and_removed_again(
    made: LibraryCommands, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = Path("/photos/a"), Path("/photos/b")
    open_library(session, a, qtbot=qtbot)
    shown = session.shown.photos
    chosen(monkeypatch, b)
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        made.add_folder.trigger()
        assert session.shown.photos == shown  # what is known stays while more comes in
    assert session.analysis.folders == (a, b)
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        entry(made, "Remove a folder from this library", str(a)).trigger()
    assert session.analysis.folders == (b,)


def test_the_menu_switches_and_forgets_libraries(
    made: LibraryCommands, session: Session, qtbot: QtBot
) -> None:
    open_library(session, Path("/photos/R&D"), qtbot=qtbot)
    open_library(session, Path("/photos/b"), qtbot=qtbot)
    assert entry(made, "b").isChecked()
    other = entry(made, "R&&D")
    assert not other.isChecked()
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        other.trigger()
    assert session.analysis.folders == (Path("/photos/R&D"),)
    entry(made, "Forget a library", "b").trigger()
    assert [library.name for library in session.libraries.known] == ["R&D"]


def test_the_library_is_renamed(
    made: LibraryCommands, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library(session, Path("/photos/a"), qtbot=qtbot)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Family", True))
    made.rename.trigger()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Friends", False))
    made.rename.trigger()
    assert session.libraries.current is not None
    assert session.libraries.current.name == "Family"
