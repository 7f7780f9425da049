"""What people do with the highlights as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from photo_organizer.ui.commands.commands import Commands, Section

if TYPE_CHECKING:
    from photo_organizer.ui.highlights.view import HighlightsView


class HighlightCommands(QObject):
    """Adds what is made of the best photos."""

    def __init__(self, view: HighlightsView, commands: Commands) -> None:
        super().__init__(commands)
        commands.add(
            "library.export_best",
            Section.LIBRARY,
            self.tr("Export the best…"),
            view.export_best,
            keys=["Ctrl+Shift+E"],
            icon="folder-output",
            tip=self.tr("Copies, a contact sheet or star ratings of the highlights"),
        )
