"""What opens photos: folders and files that are dropped, libraries, the demo album."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.settings import SettingsDialog
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui import fakes

NO_KEY = Qt.KeyboardModifier.NoModifier


class Drag:
    """What the window asks of a drag event; the constructors of Qt's own change by version."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self.data = QMimeData()
        self.data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.accepted = False

    def mimeData(self) -> QMimeData:
        return self.data

    def acceptProposedAction(self) -> None:
        self.accepted = True


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drag files over the window and drop them; whether the window takes them."""
    assert window.acceptDrops()
    drag = Drag(paths)
    window.dragEnterEvent(drag)  # type: ignore[arg-type]
    if drag.accepted:
        window.dropEvent(drag)  # type: ignore[arg-type]
    return drag.accepted


def test_what_is_neither_folder_nor_photo_is_said_and_opens_nothing(
    window: MainWindow, session: Session, folder: Path, qtbot: QtBot
) -> None:
    (folder / "notes.txt").write_text("no photo")
    for nothing in ("notes.txt", "gone.jpg", "gone"):
        with qtbot.waitSignal(session.message):
            assert drop(window, folder / nothing)
    assert not session.analysis.running
    assert session.analysis.folders == ()
    assert not drop(window)


def test_of_folders_and_photos_the_folders_are_opened(
    window: MainWindow, session: Session, folder: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        drop(window, folder / "photo 01.jpg", folder)
    assert session.analysis.folders == (folder,)


def test_dialogs_beside_the_window_take_drops_too_unless_they_wait_for_an_answer(
    window: MainWindow, session: Session, folder: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEY)

    def over(dialog: QDialog) -> bool:
        event = QDragEnterEvent(QPoint(5, 5), *how)
        event.ignore()
        QApplication.sendEvent(dialog, event)
        return event.isAccepted()

    asking = QDialog(window)
    asking.open()
    assert not over(asking)
    asking.close()
    window.show_settings()
    settings = window.findChild(SettingsDialog)
    assert over(settings)
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        QApplication.sendEvent(settings, QDropEvent(QPoint(5, 5), *how))
    assert session.analysis.folders == (folder,)
    settings.close()


def test_a_dropped_photo_is_shown_among_those_of_its_folder(
    window: MainWindow, session: Session, folder: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        assert drop(window, folder / "photo 09.jpg")
    assert session.analysis.folders == (folder,)
    assert session.selection.current == 9
    window.views[CategoriesView].choose("food")
    window.show_view(DuplicatesView)
    assert drop(window, folder / "photo 04.jpg")  # known already: nothing is analysed again
    qtbot.waitUntil(lambda: session.selection.current == 4)
    assert not session.analysis.running
    assert isinstance(window.view, CategoriesView)


def test_the_demo_album_is_made_and_opened(
    window: MainWindow,
    session: Session,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("photo_organizer.demo.album.demo_album_in", lambda *_: folder)
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        window.welcome.demo_button.click()
        assert not window.welcome.demo_button.isEnabled()
    assert session.analysis.folders == (folder,)
    assert window.views[CategoriesView].isVisible()


def test_a_demo_album_that_cannot_be_made_is_told(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise OSError("The disk is full.")

    monkeypatch.setattr("photo_organizer.demo.album.demo_album_in", full)
    with qtbot.waitSignal(session.message) as message:
        window.welcome.demo_button.click()
    assert message.args == ["The disk is full."]
    qtbot.waitUntil(window.welcome.demo_button.isEnabled)
    assert window.welcome.isVisible()


def test_libraries_are_remembered_newest_first(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a", "b", "a"):
        with qtbot.waitSignal(
            session.analysis.running_changed, check_params_cb=lambda running: not running
        ):
            window.open_folders([tmp_path / name])
    other = Session(fakes.analysis(session.shown.result))  # type: ignore[arg-type]
    later = MainWindow(other)
    qtbot.addWidget(later)
    assert [button.text().split("  ")[0] for button in later.welcome.recent_buttons] == ["a", "b"]
    with qtbot.waitSignal(
        other.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        later.welcome.recent_buttons[1].click()
    assert other.analysis.folders == (tmp_path / "b",)
    other.close()
