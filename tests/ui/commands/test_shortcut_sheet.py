from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.shortcut_sheet import ShortcutSheet
from photo_organizer.ui.widgets.label import Label


def test_it_says_what_keys_always_do_not_what_they_would_do_now(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    commands = Commands(window)
    undo = commands.add("undo", Section.EDIT, "Undo", keys=["Ctrl+Z"])
    undo.setText("Undo: Move 2 photos to Food && drink")
    sheet = ShortcutSheet(commands, window)
    texts = [label.text() for label in sheet.findChildren(Label)]
    assert "Undo" in texts
    assert not [text for text in texts if "Food" in text]
