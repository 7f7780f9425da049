"""The commands of the low-quality view: keys, context menu and menu bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session


class QualityCommands(QObject):
    """Adds the commands of `Section.LOW_QUALITY`; they can be used while the view shows a photo."""

    def __init__(self, view: LowQualityView, session: Session, commands: Commands) -> None:
        super().__init__(view)
        self._view = view
        self._commands = commands
        self._fine = commands.add(
            "low_quality.fine",
            Section.LOW_QUALITY,
            self.tr("This photo is fine"),
            view.fine,
            keys=["F"],
            tip=self.tr("Never flag this photo for this flaw again, also after a new scan"),
            everywhere=False,
        )
        commands.attach(Section.LOW_QUALITY, view)
        for name in ("photo.copy", "photo.reveal"):
            view.addAction(commands[name])
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.installEventFilter(self)
        session.current_changed.connect(self._enable)
        session.result_changed.connect(self._enable)
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The view came up or went away."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._enable()
        return super().eventFilter(watched, event)

    @Slot()
    def _enable(self) -> None:
        self._fine.setEnabled(self._view.isVisible() and self._view.current is not None)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self._view.current is not None:
            sections = (Section.LOW_QUALITY, Section.PHOTO)
            menu = self._commands.context_menu(sections, self._view)
            menu.popup(self._view.mapToGlobal(place))
