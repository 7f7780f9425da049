"""The commands that move the marked photos to the trash, and bring them back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from photo_organizer.ui.commands.commands import Commands, Section, beside_icon
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import confirm_clean_up


class CleanUpCommands(QObject):
    """Adds the commands of `Section.CLEAN_UP`, and tells with them how many photos are marked."""

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
        self.undo = commands.add(
            "clean_up.undo",
            Section.CLEAN_UP,
            self.tr("Undo"),
            session.clean_ups.undo_last,
            keys=[QKeySequence.StandardKey.Undo],
            icon="undo-2",
            tip=self.tr("Bring back what was cleaned up last"),
        )
        session.marks.changed.connect(self._show_marks)
        session.clean_ups.busy_changed.connect(self._show_marks)
        session.clean_ups.undoable_changed.connect(self._show_marks)
        self._show_marks()

    @Slot()
    def _show_marks(self) -> None:
        session = self._session
        count = len(session.marks)
        text = self.tr("Clean up {:,}…").format(count) if count else self.tr("Clean up…")
        self.start.setIconText(beside_icon(text))
        self.start.setEnabled(bool(count) and not session.clean_ups.busy)
        self.undo.setEnabled(session.clean_ups.undoable and not session.clean_ups.busy)
