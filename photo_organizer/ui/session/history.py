"""The one history: every change a person makes is an operation with a name, and can be taken back.

A part of the session that changes something shows it at once and hands the operation in: the
history writes it into the store, lets the answers follow and remembers it over a restart. To take
an operation back, or to do it again, it tells the part whose decisions the steps are about.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine import paths
from photo_organizer.engine.cleanup.journal import Batch, MoveState
from photo_organizer.engine.domain.operations import Deed, Operation, still_its_own
from photo_organizer.engine.domain.steps import Step, Steps, Subject, Values
from photo_organizer.engine.storage import operations as stored
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.judging import REST, Judging
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.write_queue import WriteQueue

Take = Callable[[Values], None]
"""Shows decisions that are others now, by key, see `Subject`."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something was done, taken back or done again."""

    operation: Operation
    back: bool = False
    """It was taken back."""
    again: bool = False
    """It was done again."""
    stayed: int = 0
    """Steps that a later operation is about, too: its word stands."""


class History(QObject):
    """What was done, newest last; owned by the session."""

    changed = Signal()
    """`operations`, `next_undo` or `next_redo` are others now."""
    told = Signal(object)
    """A `Told`."""
    clean_up_wanted_back = Signal(int)
    """The files of the clean-up of this number are to be put back: see `settle_clean_ups`."""

    def __init__(
        self,
        writes: WriteQueue,
        judging: Judging,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writes = writes
        self._judging = judging
        self._tasks = tasks
        self._parts: dict[Subject, Take] = {}
        self._operations: dict[str, Operation] = {}
        """In the order in which they were made."""
        self._stuck: set[str] = set()
        self._gone: set[str] = set()
        self._last = 0
        self._loading = False
        self._journal: Sequence[Batch] | None = None
        self.busy = False
        """Photos are being moved: nothing that could meet them is taken back."""
        self._library: tuple[Path, ...] = ()

    def follow(self, subject: Subject, part: Take) -> None:
        """Whom to tell when decisions about a subject are taken back or done again."""
        self._parts[subject] = part

    def open(self, folders: Sequence[Path]) -> None:
        """Other folders are open now: what was done in them can be taken back."""
        self._library = tuple(folders)
        self.changed.emit()

    @property
    def operations(self) -> Sequence[Operation]:
        """What was done in the open library, and what belongs to none; newest last."""
        return [one for one in self._operations.values() if self._is_here(one)]

    @property
    def next_undo(self) -> Operation | None:
        """What `undo` takes back; None where there is nothing."""
        barred = self._stuck | self._gone
        standing = (o for o in reversed(self.operations) if not o.undone and o.id not in barred)
        found = next(standing, None)
        return None if found is None or self._waits(found) else found

    @property
    def next_redo(self) -> Operation | None:
        """What `redo` does again: what was taken back last, unless something new was done since."""
        here = self.operations
        can_go = (one for one in here if one.id not in self._stuck)
        back = max(can_go, key=lambda one: one.undone, default=None)
        newest = max((one.made for one in here), default=0)
        if back is None or back.undone <= newest or back.clean_up is not None:
            return None
        return back

    # ------------------------------------------------------------------ doing

    def record(
        self,
        deed: Deed,
        steps: Sequence[Step],
        *,
        count: int = 0,
        detail: str = "",
        everywhere: bool = False,
        rest: int = REST,
    ) -> Operation | None:
        """Remember what was just done, store what was decided, and let the answers follow.

        Args:
            deed: what it was.
            steps: those that change nothing are left out; None is returned where none does.
            count: of photos.
            detail: see `Deed`.
            everywhere: it belongs to no library.
            rest: milliseconds to wait for more before the answers follow.
        """
        kept = Steps.of(steps)
        if not kept:
            return None
        operation = Operation(
            id=uuid.uuid4().hex,
            made=self._now(),
            deed=deed,
            steps=kept,
            count=count,
            detail=detail,
            library=() if everywhere else self._library,
        )
        self._store(kept.values(back=False), rest)
        self._remember(operation)
        self.changed.emit()
        self.told.emit(Told(operation))
        return operation

    def undo(self, operation: Operation | None = None) -> None:
        """Take an operation back: the newest that stands, or this one alone.

        What a later operation changed once more stays as that one left it.
        """
        operation = self._known(operation) or self.next_undo
        if operation is None or operation.undone or self._waits(operation):
            return
        number = operation.clean_up
        if number is not None:
            self.clean_up_wanted_back.emit(number)
            return
        self._turn(operation, back=True)

    def redo(self, operation: Operation | None = None) -> None:
        """Do an operation again that was taken back: the last of those, or this one alone."""
        operation = self._known(operation) or self.next_redo
        if operation is None or not operation.undone or operation.clean_up is not None:
            return
        self._turn(operation, back=False)

    def can_turn(self, operation: Operation) -> bool:
        """Whether an operation can be taken back, or done again, alone."""
        if operation.undone and operation.clean_up is not None:
            return False
        if self._waits(operation) or self.is_gone(operation):
            return False
        return bool(still_its_own(operation, self._operations.values()))

    def _turn(self, operation: Operation, *, back: bool) -> None:
        steps = still_its_own(operation, self._operations.values())
        if steps:
            self._set_undone(operation, self._now() if back else 0)
            self.apply(steps, back=back)
        else:  # all of it was changed since, in another library: it must not bar what is before it
            self._stuck.add(operation.id)
        self.changed.emit()
        stayed = len(operation.steps) - len(steps)
        self.told.emit(Told(operation, back=back, again=not back, stayed=stayed))

    def apply(self, steps: Steps, *, back: bool) -> None:
        """Show and store decisions that are others now; no operation is made of it.

        Args:
            steps: of operations.
            back: they are taken back.
        """
        changes = steps.values(back=back)
        for subject, values in changes.items():
            if subject in self._parts:
                self._parts[subject](values)
        self._store(changes, REST)

    # ------------------------------------------------------------------ clean-ups

    def settle_clean_ups(self, batches: Iterable[Batch]) -> None:
        """Learn from the journal which clean-ups there are, and which can be undone.

        They may have been done or undone by the command line, or the trash been emptied.

        Args:
            batches: all of the journal.
        """
        if self._loading:
            self._journal = tuple(batches)
            return
        mine = {number: one for one in self._operations.values() if (number := one.clean_up)}
        for batch in batches:
            operation = mine.get(batch.id)
            can_go_back = bool(batch.counts.get(MoveState.TRASHED))
            if operation is None and can_go_back:
                self._remember_clean_up(batch)
            elif operation is not None:
                self._settle(operation, batch, can_go_back)
        self._sort()
        self.changed.emit()

    def _settle(self, operation: Operation, batch: Batch, can_go_back: bool) -> None:
        came_back = not can_go_back and bool(batch.counts.get(MoveState.RESTORED))
        if bool(operation.undone) != came_back:
            self._set_undone(operation, self._now() if came_back else 0)
        if can_go_back or came_back:
            self._gone.discard(operation.id)
        else:
            self._gone.add(operation.id)

    def is_gone(self, operation: Operation) -> bool:
        """Whether it is a clean-up whose files are in the trash no more, so that it stands."""
        return operation.id in self._gone

    def clean_up_tried(self, number: int) -> None:
        """It was tried to put back the files of a clean-up; the journal is settled.

        Where that could not be done whole, the next `undo` goes on with what was before it.
        """
        operation = self.clean_up_of(number)
        if operation is None:
            return
        if operation.undone:
            self.told.emit(Told(operation, back=True))
        else:
            self._stuck.add(operation.id)
            self.changed.emit()

    def clean_up_of(self, number: int) -> Operation | None:
        """The operation of a clean-up."""
        return next((o for o in self._operations.values() if o.clean_up == number), None)

    def _remember_clean_up(self, batch: Batch) -> None:
        # The journal knows the second: it counts as later than all else that was done in it.
        made = (int(batch.started_at.timestamp()) + 1) * 1_000_000_000 + batch.id
        self._last = max(self._last, made)
        self._remember(
            Operation(
                id=uuid.uuid4().hex,
                made=made,
                deed=Deed.FILE if batch.folder else Deed.CLEAN_UP,
                steps=(Step(Subject.CLEAN_UP, str(batch.id), before=False, after=True),),
                count=batch.counts[MoveState.TRASHED],
                detail=str(batch.folder or ""),
            )
        )

    # ------------------------------------------------------------------ over a restart

    def load(self) -> None:
        """Read what earlier sessions did, in the background."""

        def work(_cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                yield stored.known(store)

        self._loading = True
        self._tasks.start(work, self._take_over, self._on_loaded)

    def _on_loaded(self) -> None:
        self._loading = False
        journal, self._journal = self._journal, None
        if journal is not None:
            self.settle_clean_ups(journal)

    def _take_over(self, earlier: Sequence[Operation]) -> None:
        since = {one.clean_up for one in self._operations.values()} - {None}
        for one in earlier:
            if one.id not in self._operations and one.clean_up not in since:
                self._operations[one.id] = one
        self._sort()
        self._last = max([self._last, *(max(o.made, o.undone) for o in earlier)])
        self.changed.emit()

    def find_apart(self, tell: Callable[[frozenset[tuple[bytes, bytes]]], None]) -> None:
        """Read in the background which pairs of contents were called no duplicates."""
        unwritten = self._writes.undecided

        def work(_cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                yield store.decisions_after(unwritten).not_duplicates

        self._tasks.start(work, tell)

    # ------------------------------------------------------------------ within

    def _known(self, operation: Operation | None) -> Operation | None:
        """An operation as it stands now, whatever somebody else remembers of it."""
        return operation and self._operations.get(operation.id, operation)

    def _is_here(self, operation: Operation) -> bool:
        return not operation.library or not set(operation.library).isdisjoint(self._library)

    def _waits(self, operation: Operation) -> bool:
        """Whether an operation is about photos that are being moved."""
        return self.busy and not operation.subjects.isdisjoint((Subject.CLEAN_UP, Subject.MARK))

    def _sort(self) -> None:
        self._operations = dict(sorted(self._operations.items(), key=lambda item: item[1].made))

    def _remember(self, operation: Operation) -> None:
        self._operations[operation.id] = operation
        for oldest in list(self._operations)[: -stored.KEPT]:
            del self._operations[oldest]
        self._writes.add(lambda store: stored.add(store, operation), counts=False)

    def _set_undone(self, operation: Operation, undone: int) -> None:
        self._operations[operation.id] = replace(operation, undone=undone)
        self._writes.add(lambda store: stored.set_undone(store, operation.id, undone), counts=False)

    def _store(self, changes: Mapping[Subject, Values], rest: int) -> None:
        """Two changes of the store, written together: judging may try one of them beforehand."""
        deciding = {k: v for k, v in changes.items() if k in stored.DECIDING}
        others = {k: v for k, v in changes.items() if k in stored.STORED - stored.DECIDING}
        if others:
            self._writes.add(lambda store: stored.write(store, _by_key(others)))
        if deciding:
            self._writes.add(lambda store: stored.write(store, _by_key(deciding)), decides=True)
            self._judging.soon(rest)

    def _now(self) -> int:
        self._last = max(self._last + 1, time.time_ns())
        return self._last


def _by_key(changes: Mapping[Subject, Values]) -> stored.Changes:
    """Each decision by what it is about: on the thread that writes, there may be thousands."""
    return {
        (subject, key): value
        for subject, values in changes.items()
        for key, value in values.items()
    }


def made_at(operation: Operation) -> datetime:
    """When an operation was made, in local time."""
    return datetime.fromtimestamp(operation.made / 1e9).astimezone()
