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


def test_it_does_not_scroll_where_there_is_room(qtbot: QtBot) -> None:
    commands = Commands()
    for number in range(12):
        commands.add(f"{number}", Section.EDIT, "Do something", keys=[f"Ctrl+F{number + 1}"])
    sheet = ShortcutSheet(commands)
    qtbot.addWidget(sheet)
    with qtbot.waitExposed(sheet):
        sheet.show()
    assert sheet.area.verticalScrollBar().maximum() == 0
