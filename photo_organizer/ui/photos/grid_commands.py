"""What people do with the grid in front of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.photos.grid_bar import GridBar


class GridCommands(QObject):
    """Adds zooming, sorting again and filtering to `Section.VIEW`.

    Args:
        commands: where to add them.
        bar: gives the bar of the grid that is shown, None while there is none.
    """

    def __init__(self, commands: Commands, bar: Callable[[], GridBar | None]) -> None:
        super().__init__(commands)
        self._bar = bar
        commands.add(
            "view.filter",
            Section.VIEW,
            self.tr("Filter photos…"),
            self._filter,
            keys=["Ctrl+L"],
            icon="funnel",
            tip=self.tr("Show only some of the photos"),
            apart=True,
        )
        commands.add(
            "view.sort_again",
            Section.VIEW,
            self.tr("Sort again"),
            self._sort_again,
            keys=["Ctrl+Shift+S"],
            icon="arrow-down-wide-narrow",
            tip=self.tr("Photos keep their places while you decide; this sorts and filters anew"),
        )
        commands.add(
            "view.larger",
            Section.VIEW,
            self.tr("Larger photos"),
            self._enlarge,
            keys=["Ctrl++", "Ctrl+="],
        )
        commands.add(
            "view.smaller",
            Section.VIEW,
            self.tr("Smaller photos"),
            self._reduce,
            keys=["Ctrl+-"],
        )

    def _filter(self) -> None:
        if bar := self._bar():
            bar.open_panel()

    def _sort_again(self) -> None:
        if bar := self._bar():
            bar.grid.sort_again()

    def _enlarge(self) -> None:
        if bar := self._bar():
            bar.grid.zoom_in()

    def _reduce(self) -> None:
        if bar := self._bar():
            bar.grid.zoom_out()
