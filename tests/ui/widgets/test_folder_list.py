from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.folder_list import FolderList


@pytest.fixture
def folders(qtbot: QtBot) -> FolderList:
    widget = FolderList("Protected", "Nothing goes from these.")
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_an_empty_list_says_so(folders: FolderList) -> None:
    assert folders.empty.isVisible()
    assert not folders.remove_button.isEnabled()
    folders.add(Path("/photos"))
    assert not folders.empty.isVisible()
    assert folders.remove_button.isEnabled()


def test_a_chosen_folder_is_added_once(
    folders: FolderList, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/photos/best")
    with qtbot.waitSignal(folders.changed):
        folders.add_button.click()
    with qtbot.assertNotEmitted(folders.changed):
        folders.add_button.click()
    assert folders.folders == (Path("/photos/best"),)


def test_no_folder_is_added_when_the_choice_is_cancelled(
    folders: FolderList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    folders.add_button.click()
    assert folders.folders == ()


def test_folders_are_absolute(folders: FolderList) -> None:
    folders.add(Path("photos"))
    assert folders.folders == (Path("photos").absolute(),)


def test_the_chosen_folder_is_removed_by_button_and_key(folders: FolderList, qtbot: QtBot) -> None:
    folders.set_folders([Path("/a"), Path("/b"), Path("/c")])
    folders.lines.setCurrentRow(1)
    with qtbot.waitSignal(folders.changed):
        folders.remove_button.click()
    assert folders.folders == (Path("/a"), Path("/c"))
    with qtbot.waitSignal(folders.changed):
        qtbot.keyClick(folders.lines, Qt.Key.Key_Delete)
    assert folders.folders == (Path("/a"),)
