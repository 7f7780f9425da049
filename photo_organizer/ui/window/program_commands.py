"""The commands of the program itself: settings, leaving, and finding out what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.palette import CommandPalette
from photo_organizer.ui.commands.shortcut_sheet import ShortcutSheet


class ProgramCommands(QObject):
    """Adds the last commands of `Section.LIBRARY` and those of `Section.HELP`.

    Args:
        commands: where they are added, and what the palette finds.
        window: is closed by *Quit*.
        show_settings: opens the settings.
    """

    def __init__(
        self, commands: Commands, window: QWidget, show_settings: Callable[[], object]
    ) -> None:
        super().__init__(commands)
        self.palette = CommandPalette(commands, window)
        self.settings = commands.add(
            "library.settings",
            Section.LIBRARY,
            self.tr("Settings…"),
            show_settings,
            keys=["Ctrl+,"],
            icon="settings",
            tip=self.tr("Keepers, folders, model and thumbnails"),
            apart=True,
        )
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        leave = commands.add(
            "library.quit",
            Section.LIBRARY,
            self.tr("Quit"),
            window.close,
            keys=["Ctrl+Q"],
            apart=True,
        )
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        commands.add(
            "help.palette",
            Section.HELP,
            self.tr("Find a command…"),
            self.palette.open,
            keys=["Ctrl+K", "Ctrl+Shift+P"],
            tip=self.tr("Type a few letters of what you would like to do"),
        )
        commands.add(
            "help.shortcuts",
            Section.HELP,
            self.tr("Shortcuts"),
            lambda: _open_shortcuts(commands, window),
            keys=["F1", "?"],
            icon="keyboard",
            tip=self.tr("What the keys do"),
        )


def _open_shortcuts(commands: Commands, window: QWidget) -> None:
    sheet = ShortcutSheet(commands, window)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
