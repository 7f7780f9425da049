"""The command that moves the marked photos to the trash."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from photo_organizer.ui.commands.commands import Commands, Section, beside_icon
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import confirm_clean_up


class CleanUpCommands(QObject):
    """Adds the commands of `Section.CLEAN_UP`; they tell how many photos are marked."""

    def __init__(self, session: Session, commands: Commands, window: QWidget) -> None:
        super().__init__(commands)
        self._session = session
        self.start = commands.add(
            "clean_up.start",
            Section.CLEAN_UP,
            self.tr("Clean up…"),
            lambda: confirm_clean_up(session, window),
            keys=["Ctrl+Return"],
            icon="trash-2",
            tip=self.tr("Move the marked photos to the trash, after asking"),
        )
        session.marks.changed.connect(self._show_marks)
        session.clean_ups.busy_changed.connect(self._show_marks)
        self._show_marks()

    @Slot()
    def _show_marks(self) -> None:
        session = self._session
        count = len(session.marks)
        text = self.tr("Clean up {:,}…").format(count) if count else self.tr("Clean up…")
        self.start.setIconText(beside_icon(text))
        self.start.setEnabled(bool(count) and not session.clean_ups.busy)
