"""The commands that go from view to view, and show or hide the preview beside them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.window.views import Views


class ViewCommands(QObject):
    """Adds a command for each view, with the keys Ctrl+1, Ctrl+2, …, and that of the preview."""

    def __init__(self, views: Views, commands: Commands) -> None:
        super().__init__(commands)
        self.of_views = {
            view.key: commands.add(
                f"view.{view.key}",
                Section.VIEW,
                view.view_name,
                partial(views.show_view, view),
                keys=[f"Ctrl+{number}"],
            )
            for number, view in enumerate(views, 1)
        }
        """By the key of the view."""
        self.preview = commands.add(
            "view.preview",
            Section.VIEW,
            self.tr("Preview"),
            keys=["F9"],
            icon="panel-right",
            tip=self.tr("Show or hide the preview"),
            checkable=True,
            apart=True,
        )
        self.preview.setChecked(True)

    def set_enabled(self, enabled: bool) -> None:
        """There are views to go to, or not yet."""
        for action in self.of_views.values():
            action.setEnabled(enabled)
