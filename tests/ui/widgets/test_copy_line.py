from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.copy_line import CopyLine


def test_the_button_copies_the_line_and_says_so(qtbot: QtBot) -> None:
    line = CopyLine("On each computer:")
    qtbot.addWidget(line)
    line.set_text("photo-organizer cluster work")
    assert line.line.isReadOnly()
    line.button.click()
    assert QGuiApplication.clipboard().text() == "photo-organizer cluster work"
    assert line.button.text() == "Copied"
    line.set_text("photo-organizer cluster serve")
    assert line.button.text() == "Copy"  # this one was not
    assert line.button.accessibleName() == "Copy: On each computer:"
    assert line.line.accessibleName() == "On each computer:"
