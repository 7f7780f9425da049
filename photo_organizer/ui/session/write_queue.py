"""Writes what the user decides into the store: in the background, in order, until it is there.

Marks, stars, categories, groups: every decision goes through this one queue, so that the later
word is never overtaken by the earlier one. A batch is one transaction. It leaves the queue when the
store has taken it, not before: a failed batch is tried again after a pause that grows, and once
more when the window closes. Only a decision that can never be written, by a fault of the program,
is given up: it must not keep the others from the store.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.storage import backups, failure
from photo_organizer.engine.storage.store import Change, Store, StoreError
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.widgets.debounce import Debounce

log = logging.getLogger(__name__)

DELAY = 300
"""Milliseconds in which more decisions may come that are written together."""

PATIENCE = 2.0
"""Seconds that one try waits for another writer. Short: the window waits for the last one."""

FIRST_PAUSE = 1000
LONGEST_PAUSE = 60_000
"""Milliseconds between a failed try and the next: the first such pause, doubled each time."""

TROUBLE = (OSError, sqlite3.Error, StoreError)
"""Errors that may be gone at the next try: the store is busy, damaged, the disk is full."""


class WriteQueue(QObject):
    """What is decided and not yet written; owned by the session."""

    attempted = Signal()
    """A try to write is over, whether it went well or not."""
    failed = Signal(object)
    """A `Reason`: a try went wrong, not told again before one went well; or a decision is lost."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._waiting: list[_Waiting] = []
        self._attempt: _Attempt | None = None
        self._task: Task | None = None
        self._failures = 0
        self._trouble: Reason | None = None
        self._timer = Debounce(self, DELAY, self._start)

    def add(self, change: Change, *, decides: bool = False, counts: bool = True) -> None:
        """Write a decision soon, after all others that were added before.

        Args:
            change: writes it; called on another thread, again if the batch could not be written.
            decides: whether `Store.decisions` tells of it: see `undecided`.
            counts: whether people know it as a decision; False for what goes along with one.
        """
        self._waiting.append(_Waiting(change, decides, counts))
        # Not put off by each further decision: a crash must cost no more than a moment's work.
        # After a failed try, it is a reason to try again before its pause is over.
        if self._attempt is None and (self._failures or not self._timer.pending):
            self._timer.start()

    @property
    def empty(self) -> bool:
        """Whether everything decided is written."""
        return not self._waiting

    @property
    def count(self) -> int:
        """How many decisions are not written yet."""
        return sum(waiting.counts for waiting in self._waiting)

    @property
    def trouble(self) -> Reason | None:
        """Why the last try went wrong, half a sentence; None where it went well."""
        return self._trouble

    @property
    def expected(self) -> bool:
        """Whether something is to be written, and nothing is known that keeps it from it."""
        return bool(self._waiting) and self._failures == 0

    @property
    def undecided(self) -> tuple[Change, ...]:
        """What `Store.decisions` may not tell of yet, in order: see `Store.decisions_after`."""
        return tuple(waiting.change for waiting in self._waiting if waiting.decides)

    def write_now(self) -> None:
        """Write without waiting for more; after a failed try its pause is kept."""
        if self.expected and self._attempt is None:
            self._start()

    def try_now(self) -> None:
        """Write what is left at once, also where the last try went wrong."""
        if self._waiting and self._attempt is None:
            self._start()

    def give_up(self) -> None:
        """Write nothing more, as people were asked; a try that runs is waited for."""
        self._timer.stop()
        if self._task is not None:
            self._task.wait()
            self._take_over()
        self._timer.stop()
        if self._waiting:
            log.error("%d decisions were given up by closing the window", len(self._waiting))
            self._waiting.clear()

    def close(self) -> None:
        """Write what is left, and wait for that: a few seconds at most.

        Call it when no other task runs any more. What cannot be written is told in the log.
        """
        self._timer.stop()
        if self._task is not None:
            self._task.wait()
            self._take_over()
        if self._waiting:
            self._start()
            assert self._task is not None
            self._task.wait()
            self._take_over()
        self._timer.stop()
        if self._waiting:
            log.error("%d decisions could not be saved and are lost", len(self._waiting))

    @Slot()
    def _start(self) -> None:
        self._timer.stop()
        attempt = _Attempt([waiting.change for waiting in self._waiting])
        self._attempt = attempt
        self._task = self._tasks.start(
            attempt.run, on_over=lambda: self._on_over(attempt), at_the_end=True
        )

    def _on_over(self, attempt: _Attempt) -> None:
        if attempt is self._attempt:  # else `close` has seen to it
            self._take_over()
            self.attempted.emit()

    def _take_over(self) -> None:
        """What became of the try that is over."""
        attempt, self._attempt, self._task = self._attempt, None, None
        assert attempt is not None
        del self._waiting[: attempt.done]
        for fault in attempt.faults:
            log.error("A decision cannot be written and is lost", exc_info=fault)
            message = str(fault) or type(fault).__name__
            self.failed.emit(Reason("failures.unexpected", {"message": message}))
        if attempt.error is None:
            self._failures = 0
            self._trouble = None
            if self._waiting:
                self._timer.start()
            return
        pause = min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE)
        log.warning(
            "%d decisions could not be saved; next try in %d ms",
            len(attempt.changes) - attempt.done,
            pause,
            exc_info=attempt.error,
        )
        self._timer.start_in(pause)
        self._failures += 1
        self._trouble = attempt.trouble
        if self._failures == 1:
            self.failed.emit(Reason("store.undecided", why=self._trouble))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A decision on its way into the store."""

    change: Change
    decides: bool
    counts: bool


class _Attempt:
    """One try to write some changes: all of them or none, but for those that never can be."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = tuple(changes)
        self.done = 0
        """So many of them, from the first on, are written or given up."""
        self.faults: list[Exception] = []
        """Why some of those were given up."""
        self.error: Exception | None = None
        """Why the others have to wait."""
        self.trouble: Reason | None = None
        """The same for people."""

    def run(self, _cancel: threading.Event) -> Iterator[object]:
        """Runs on a thread of its own, and to its end even when the window closes."""
        try:
            with Store(paths.store_path(), PATIENCE) as store:
                self._write(store)
                if backups.is_due(store.path):
                    backups.keep(store.connection, store.path)
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing of it may be lost
            self.error, self.trouble = error, failure.why(error, paths.store_path())
        yield from ()

    def _write(self, store: Store) -> None:
        try:
            with store.batch():
                for change in self.changes:
                    change(store)
        except TROUBLE:
            raise
        except Exception:  # noqa: BLE001 - told below, of the change whose fault it is
            self._write_one_by_one(store)
        else:
            self.done = len(self.changes)

    def _write_one_by_one(self, store: Store) -> None:
        for change in self.changes:
            try:
                with store.batch():
                    change(store)
            except TROUBLE:
                raise
            except Exception as fault:  # noqa: BLE001 - the queue tells
                self.faults.append(fault)
            self.done += 1
