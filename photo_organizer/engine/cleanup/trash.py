"""Carries out clean-ups and undoes them: also after a restart, and after a crash in the middle.

For every file: journal, check that it is the file that was judged, move, mark. Whatever point a
crash comes at, the file is in its place or in the trash, and the journal names it: `Trash.recover`
finds what a lost mark does not tell, by the file's number on disk, size, time and content.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.cleanup import filing, system_trash
from photo_organizer.engine.cleanup.access import TrashBusyError, alone, open_journal
from photo_organizer.engine.cleanup.carrying import carry, take_back
from photo_organizer.engine.cleanup.checks import identity
from photo_organizer.engine.cleanup.events import (
    CleanedUp,
    Moved,
    MoveEvent,
    Restored,
    RestoreEvent,
    Stayed,
    Undone,
)
from photo_organizer.engine.cleanup.finder import Finder
from photo_organizer.engine.cleanup.guard import Guard
from photo_organizer.engine.cleanup.journal import Batch, Freed, Journal, Move, MoveState
from photo_organizer.engine.cleanup.moving import Mover, move_unit, put_back, refuse
from photo_organizer.engine.cleanup.planning import Plan, Removal
from photo_organizer.engine.cleanup.reach import NoSuchCleanUpError, Waiting, revive, to_undo
from photo_organizer.engine.cleanup.restoring import restore
from photo_organizer.engine.cleanup.settling import settle, settle_all
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files import unfinished
from photo_organizer.engine.files.xmp_document import SidecarError


def beside(roots: Sequence[Path]) -> Mover:
    """A mover for drives without a trash: into dated folders in the folders the user opened.

    Args:
        roots: the opened folders; every photo lies below one of them.
    """
    # As the walk through folders calls them: absolute, without ".."; links keep their names.
    opened = [Path(os.path.abspath(root)) for root in roots]  # noqa: PTH100

    def move(path: Path) -> Path:
        around = [root for root in opened if path.is_relative_to(root)]
        # A photo that lies in none of them is known by another name: its own folder takes it.
        root = max(around, key=lambda root: len(root.parts), default=path.parent)
        return system_trash.move_beside(path, root)

    return move


class Trash:
    """Moves photos to the system's trash and back, with a journal.

    Its methods open the store anew: they may be called in any thread.

    Args:
        store_path: the store with the journal.
        mover: moves one file away; see `beside` for drives without a trash.
        sidecars: write what only a removed copy says about the photo beside the kept one, its
            own sidecars as a whole.
    """

    def __init__(
        self,
        store_path: Path,
        mover: Mover = system_trash.move_to_trash,
        *,
        sidecars: bool = True,
    ) -> None:
        self._store_path = store_path
        self._mover = mover
        self._sidecars = sidecars

    def clean_up(self, plan: Plan, cancel: threading.Event) -> Iterator[MoveEvent]:
        """Carry out a plan. One failed photo never stops the others.

        Yields:
            `Moved` or `Stayed` for every removal of the plan, then `CleanedUp`. When cancelled,
            the photos not yet dealt with stay where they are, without an event.

        Raises:
            StoreError: the journal cannot be written. Before the first move nothing has happened;
                later, nothing is lost: `recover` completes the journal.
            TrashBusyError: another process cleans up or undoes; nothing has happened.
        """
        yield from self._carry_out(plan, cancel, self._mover, sidecars=self._sidecars)

    def move_into(self, folder: Path, plan: Plan, cancel: threading.Event) -> Iterator[MoveEvent]:
        """Carry out a plan of `filing.plan_into`; as `clean_up`, and undone like one."""
        mover = filing.into(folder)
        yield from self._carry_out(plan, cancel, mover, sidecars=False, folder=folder)

    def _carry_out(
        self,
        plan: Plan,
        cancel: threading.Event,
        mover: Mover,
        *,
        sidecars: bool,
        folder: Path | None = None,
    ) -> Iterator[MoveEvent]:
        if not plan.removals:
            yield CleanedUp(None, 0, 0, 0)
            return
        with alone(self._store_path), open_journal(self._store_path) as journal:
            settle_all(journal)
            # Files of its unit may be missing: nobody judged them.
            files = [[_judged(r.photo), *_unit_files(r.unit_files)] for r in plan.removals]
            planned = iter(journal.begin([file for unit in files for file in unit], folder))
            units = [[next(planned) for _ in unit] for unit in files]
            batch = units[0][0].batch
            moved = size = 0
            guard = Guard(plan)
            for done, (removal, unit) in enumerate(zip(plan.removals, units, strict=True), 1):
                if cancel.is_set():
                    break
                outcome = _remove(journal, guard, removal, unit, mover, sidecars=sidecars)
                if isinstance(outcome, Reason):
                    yield Stayed(removal.photo.path, outcome, done, len(units))
                else:
                    moved += 1
                    for one in outcome:
                        if one.is_filed and one.place is not None:
                            journal.relocate(one.path, one.place)
                    unit_size = sum(move.identity.size for move in outcome)
                    size += unit_size
                    yield Moved(removal.photo.path, outcome[0].place, unit_size, done, len(units))
            settle(journal, batch)
            yield CleanedUp(batch, moved, len(units) - moved, size)

    def undo(self, batch: int | None, cancel: threading.Event) -> Iterator[RestoreEvent]:
        """Put every file of a clean-up back; nothing that is there now is overwritten.

        Args:
            batch: which clean-up; None: the newest that has something to undo, and whose drive is
                there.
            cancel: the files not yet put back stay in the trash, and can be undone later.

        Yields:
            `Restored` or `Stayed` for every file in the trash, then `Undone`.

        Raises:
            NoSuchCleanUpError: there is no clean-up of that number; nothing has happened.
            StoreError: the journal cannot be written; nothing is lost.
            TrashBusyError: another process cleans up or undoes; nothing has happened.
        """
        with alone(self._store_path), open_journal(self._store_path) as journal:
            settle_all(journal)
            waiting: tuple[Waiting, ...] = ()
            if batch is None:
                batch, waiting = to_undo(journal)
            elif not journal.has(batch):
                raise NoSuchCleanUpError(batch)
            if batch is None:
                yield Undone(None, 0, 0)
                return
            journal.reopen(batch)
            moves = [m for m in journal.moves(batch) if m.state is MoveState.TRASHED]
            finder = Finder(journal)
            restored = stayed = 0
            for done, move in enumerate(moves, 1):
                if cancel.is_set():
                    break
                outcome = restore(journal, move, finder)
                if isinstance(outcome, Path):
                    restored += 1
                    if move.is_filed and move.place is not None:
                        journal.relocate(move.place, outcome)
                    yield Restored(move.path, outcome, done, len(moves))
                else:
                    yield Stayed(move.path, outcome, done, len(moves))
            states = {move.state for move in journal.moves(batch)}
            if not states & {MoveState.TRASHED, MoveState.PLANNED}:
                for note in journal.notes(batch):
                    # Where a copy is gone for good, its words are left beside the kept one.
                    failed = take_back(journal, note, wanted=MoveState.GONE not in states)
                    if failed is not None:
                        stayed += 1
                        yield Stayed(note.path, failed, len(moves), len(moves))
                journal.undone(batch)
            if MoveState.PLANNED not in states:
                journal.finish(batch)
            yield Undone(batch, restored, len(moves) - restored + stayed, waiting)

    def recover(self) -> Iterator[MoveEvent]:
        """Complete the journal after a crash; call it at every start.

        Does nothing while another process cleans up or undoes: that one is no crash.

        Yields:
            `Moved` for every file that turned out to be in the trash, `Stayed` for those still in
            their place, then a `CleanedUp` for each clean-up that had been interrupted.

        Raises:
            StoreError: the journal cannot be read or written.
        """
        if paths.stood_in_for() is not None:
            return  # nothing that is written down now would last
        with ExitStack() as stack:
            try:
                stack.enter_context(alone(self._store_path))
            except TrashBusyError:
                return
            journal = stack.enter_context(open_journal(self._store_path))
            unfinished.tidy()
            revive(journal)
            for batch in journal.unfinished():
                settled = settle(journal, batch)
                if not settled and batch in journal.unfinished():
                    continue  # all that is left of it waits for a drive
                moved = [move for move in settled if move.state is MoveState.TRASHED]
                for done, move in enumerate(settled, 1):
                    if move.reason is None:
                        yield Moved(move.path, move.place, move.identity.size, done, len(settled))
                    else:
                        yield Stayed(move.path, move.reason, done, len(settled))
                size = sum(move.identity.size for move in moved)
                yield CleanedUp(batch, len(moved), len(settled) - len(moved), size)

    def batches(self) -> list[Batch]:
        """All clean-ups so far, newest first."""
        with open_journal(self._store_path, to_read=True) as journal:
            return journal.batches()

    def freed(self) -> Freed:
        """What all clean-ups have freed that were not undone."""
        with open_journal(self._store_path, to_read=True) as journal:
            return journal.freed()

    def moves(self, batch: int) -> list[Move]:
        """All files of a clean-up and what became of them."""
        with open_journal(self._store_path, to_read=True) as journal:
            return journal.moves(batch)


def _remove(
    journal: Journal,
    guard: Guard,
    removal: Removal,
    unit: Sequence[Move],
    mover: Mover,
    *,
    sidecars: bool,
) -> list[Move] | Reason:
    """Carry what the photo says to the kept one, then move it with its unit."""
    if objection := guard.objection(removal):
        refuse(journal, unit, objection)
        return objection
    try:
        notes = carry(journal, removal, unit[0].batch) if sidecars else []
    except SidecarError as error:
        reason = Reason("trash.sidecar", why=error.reason)
        refuse(journal, unit, reason)
        return reason
    outcome = move_unit(journal, mover, unit)
    if isinstance(outcome, list) and (objection := guard.objection_afterwards(removal)):
        failed = put_back(journal, outcome)
        refuse(journal, unit, objection)
        outcome = failed or objection
    if isinstance(outcome, Reason):
        for note in reversed(notes):
            take_back(journal, note, wanted=True)
    return outcome


def _judged(photo: Photo) -> tuple[FileIdentity, bytes]:
    return photo.identity, photo.content_hash


def _unit_files(paths: Sequence[Path]) -> Iterator[tuple[FileIdentity, bytes]]:
    for path in paths:
        try:
            status = path.lstat()
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            yield identity(path, status), b""
