"""What people do to find photos: type, or ask for photos like others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.judging import Judging
from photo_organizer.ui.session.selection import Selection
from photo_organizer.ui.session.shown_result import ShownResult

if TYPE_CHECKING:
    from photo_organizer.ui.search.view import SearchView


class SearchCommands(QObject):
    """Adds the commands; photos like others can be asked for where photos can be compared."""

    def __init__(
        self,
        view: SearchView,
        selection: Selection,
        shown: ShownResult,
        judging: Judging,
        commands: Commands,
    ) -> None:
        super().__init__(commands)
        self._selection = selection
        self._judging = judging
        commands.add(
            "view.find",
            Section.VIEW,
            self.tr("Search photos"),
            view.focus_field,
            keys=[QKeySequence.StandardKey.Find],
            icon="search",
            tip=self.tr("By what they show, by name, folder, date or camera"),
        )
        self._more_like = commands.add(
            "photo.more_like",
            Section.PHOTO,
            self.tr("More like this"),
            view.more_like_selected,
            keys=["Ctrl+M"],
            icon="scan-search",
            tip=self.tr("Find the photos that are most like the selected ones"),
            everywhere=False,
        )
        selection.changed.connect(self._enable)
        shown.changed.connect(self._enable)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self._more_like.setEnabled(bool(self._selection.ids) and self._judging.judge is not None)
