"""Background threads for the interface: the only engine module, with `system_trash`, that knows Qt.

Everything that takes time is a generator of events in the engine: analysis, clean-up, undo, model
downloads. `Task` runs any of them in a `QThread` and hands its events to the GUI thread as signals.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QThread, Signal

from photo_organizer.engine.analysis import priority
from photo_organizer.engine.domain.reasons import Reason, SpokenError
from photo_organizer.engine.storage import failure

log = logging.getLogger(__name__)

Work = Callable[[threading.Event], Iterator[object]]
"""Makes the generator to run; it looks at the event often and stops soon after it is set."""


class Task(QThread):
    """Runs one generator in the background.

    Signals arrive on the thread that owns the receiver. After `failed` or `done` nothing more
    comes. The owner keeps the task alive until Qt's own ``finished``.
    """

    yielded = Signal(object)
    """One event of the generator."""
    failed = Signal(object)
    """The generator raised: a `Reason`. The traceback goes to the log only."""
    done = Signal()
    """The generator ended by itself, cancelled or not."""

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; returns at once."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancel.is_set()

    def run(self) -> None:
        """Qt calls this on the new thread."""
        priority.step_back()
        try:
            for event in self._work(self._cancel):
                self.yielded.emit(event)
        except Exception as error:  # the thread's boundary: every failure is told, none kills Qt
            log.exception("Background task failed")
            self.failed.emit(_told(error))
        else:
            self.done.emit()


def _told(error: Exception) -> Reason:
    """What people are told of a failure: errors that nobody foresaw, with their technical text."""
    if isinstance(error, SpokenError):
        return error.reason
    if isinstance(error, sqlite3.Error):
        return Reason("store.failed", why=failure.why(error))
    message = str(error) or type(error).__name__
    if isinstance(error, OSError):  # a full disk, a drive that is gone: nothing of the program's
        return Reason("failures.technical", {"message": message})
    return Reason("failures.unexpected", {"message": message})
