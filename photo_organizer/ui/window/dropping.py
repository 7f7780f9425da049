"""What is dropped on the window, and on the dialogs beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QWidget

from photo_organizer.engine.worker import Work
from photo_organizer.ui.widgets.dropped_paths import is_picture


@dataclass(frozen=True, slots=True)
class Dropped:
    """What can be opened of what was dropped."""

    folders: tuple[Path, ...]
    photos: tuple[Path, ...]


def look_at(paths: Sequence[Path]) -> Work:
    """Work that finds out which of dropped paths are folders and which are photos."""

    def work(_cancel: threading.Event) -> Iterator[object]:
        yield Dropped(
            tuple(path for path in paths if path.is_dir()),
            tuple(path for path in paths if is_picture(path) and path.is_file()),
        )

    return work


class DialogDrops(QObject):
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
