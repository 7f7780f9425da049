"""Lets the dialogs beside a window take what may be dropped on the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QWidget


class Drops(QObject):
    """Hands what is dragged over dialogs to the window they belong to.

    A dialog that waits for an answer takes nothing: what it asks about must stay.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)

    def watch(self, dialog: QDialog) -> None:
        """Let a dialog of the window take drops, too."""
        dialog.setAcceptDrops(True)
        dialog.installEventFilter(self)

    def eventFilter(self, dialog: QObject, event: QEvent) -> bool:
        """Drags and drops are the window's."""
        window = self.parent()
        if not isinstance(window, QWidget) or not isinstance(dialog, QDialog) or dialog.isModal():
            return False
        match event:
            case QDragEnterEvent():
                window.dragEnterEvent(event)
            case QDropEvent() if event.type() == QEvent.Type.Drop:
                window.dropEvent(event)
            case QDragLeaveEvent():
                window.dragLeaveEvent(event)
            case _:
                return False
        return True
