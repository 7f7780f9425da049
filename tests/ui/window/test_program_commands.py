"""The commands of the program itself."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.commands.shortcut_sheet import ShortcutSheet
from photo_organizer.ui.window.program_commands import ProgramCommands


@pytest.fixture
def plain(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_settings_and_leaving_stand_where_each_system_wants_them(plain: QWidget) -> None:
    commands = Commands(plain)
    ProgramCommands(commands, plain, lambda: None)
    assert commands["library.settings"].menuRole() is QAction.MenuRole.PreferencesRole
    assert commands["library.quit"].menuRole() is QAction.MenuRole.QuitRole


def test_settings_open_and_quit_closes_the_window(plain: QWidget) -> None:
    opened: list[bool] = []
    commands = Commands(plain)
    ProgramCommands(commands, plain, lambda: opened.append(True)).settings.trigger()
    assert opened == [True]
    commands["library.quit"].trigger()
    assert not plain.isVisible()


def test_the_palette_opens(plain: QWidget) -> None:
    commands = Commands(plain)
    palette = ProgramCommands(commands, plain, lambda: None).palette
    commands["help.palette"].trigger()
    assert palette.isVisible()
    palette.close()


def test_the_shortcuts_open_over_the_window_and_go(plain: QWidget) -> None:
    commands = Commands(plain)
    ProgramCommands(commands, plain, lambda: None)
    commands["help.shortcuts"].trigger()
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ShortcutSheet)
    sheet.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert plain.findChild(ShortcutSheet) is None
