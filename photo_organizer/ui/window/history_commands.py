"""The commands that take back what was done, do it again, and list it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from photo_organizer.engine.domain.operations import Operation
from photo_organizer.ui.commands.commands import Commands, Section, beside_icon, readable_keys
from photo_organizer.ui.history.dialog import HistoryDialog
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.words.operation_text import operation_name
from photo_organizer.ui.words.plain_text import tip as plain_tip


class HistoryCommands(QObject):
    """Adds the commands of `Section.EDIT`; they say what they would take back or do again."""

    def __init__(
        self, session: Session, commands: Commands, show_history: Callable[[], HistoryDialog]
    ) -> None:
        super().__init__(commands)
        self._session = session
        history = session.history
        self.undo = commands.add(
            "edit.undo",
            Section.EDIT,
            self.tr("Undo"),
            history.undo,
            keys=[QKeySequence.StandardKey.Undo],
            icon="undo-2",
        )
        self.redo = commands.add(
            "edit.redo",
            Section.EDIT,
            self.tr("Redo"),
            history.redo,
            keys=["Ctrl+Shift+Z", "Ctrl+Y"],
            icon="redo-2",
        )
        self.show = commands.add(
            "edit.history",
            Section.EDIT,
            self.tr("History…"),
            show_history,
            keys=["Ctrl+H"],
            icon="history",
            tip=self.tr("Everything you decided, and how to take it back"),
            apart=True,
        )
        commands.add(
            "edit.apart",
            Section.EDIT,
            self.tr("Photos called not duplicates…"),
            lambda: show_history().show_apart(),
            tip=self.tr("Photos that are never grouped, and how to let them be again"),
        )
        history.changed.connect(self._tell)
        session.clean_ups.busy_changed.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        history = self._session.history
        nothing_undo = self.tr("There is nothing to undo")
        self._say(self.undo, history.next_undo, self.tr("Undo"), self.tr("Undo: {}"), nothing_undo)
        nothing_redo = self.tr("There is nothing to redo")
        self._say(self.redo, history.next_redo, self.tr("Redo"), self.tr("Redo: {}"), nothing_redo)

    def _say(
        self, action: QAction, operation: Operation | None, short: str, long: str, nothing: str
    ) -> None:
        action.setEnabled(operation is not None)
        if operation is None:
            text, said = short, nothing
        else:
            text = said = long.format(operation_name(operation, self._session.choices.language))
        action.setText(text.replace("&", "&&"))
        action.setIconText(beside_icon(short))
        action.setToolTip(plain_tip(f"{said} ({readable_keys(action)})"))
