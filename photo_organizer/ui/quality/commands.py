"""The commands of the low-quality view: keys, context menu and menu bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.decisions import describe_decisions, offer_commands
from photo_organizer.ui.session.selection import Selection
from photo_organizer.ui.session.shown_result import ShownResult

if TYPE_CHECKING:
    from photo_organizer.ui.quality.view import LowQualityView


class QualityCommands(QObject):
    """Adds the commands of `Section.LOW_QUALITY`; they can be used while the view shows a photo."""

    def __init__(
        self, view: LowQualityView, selection: Selection, shown: ShownResult, commands: Commands
    ) -> None:
        super().__init__(view)
        self._view = view
        self._fine = commands.add(
            "low_quality.fine",
            Section.LOW_QUALITY,
            self.tr("This photo is fine"),
            view.fine,
            keys=["G"],
            tip=self.tr("Never flag this photo for this flaw again, also after a new scan"),
            everywhere=False,
        )
        self._mark_all = commands.add(
            "low_quality.mark_all",
            Section.LOW_QUALITY,
            self.tr("Mark all above this strength"),
            view.bulk.mark,
            keys=["Ctrl+T"],
            icon="trash-2",
            tip=self.tr("Photos with stars, in protected folders, and such as you kept stay"),
            everywhere=False,
        )
        offer_commands(commands, Section.LOW_QUALITY, view, lambda: view.current is not None)
        commands.describe(Section.LOW_QUALITY, "↑ ↓", self.tr("Go from photo to photo"))
        commands.describe(Section.LOW_QUALITY, "← →", self.tr("Go from flaw to flaw"))
        describe_decisions(commands, Section.LOW_QUALITY)
        view.installEventFilter(self)
        selection.current_changed.connect(self._enable)
        shown.changed.connect(self._enable)
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The view came up or went away."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._enable()
        return super().eventFilter(watched, event)

    @Slot()
    def _enable(self) -> None:
        for action in (self._fine, self._mark_all):
            action.setEnabled(self._view.isVisible() and self._view.current is not None)
