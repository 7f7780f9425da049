"""Carries out clean-ups and undoes them: also after a restart, and after a crash in the middle.

For every file: journal, check that it is the file that was judged, move, mark. Whatever point a
crash comes at, the file is in its place or in the trash, and the journal names it: `Trash.recover`
finds what a lost mark does not tell, by the file's number on disk, size, time and content.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.journal import Batch, Journal, Move, MoveState, Note
from photo_organizer.engine.cleanup.planning import Plan, Removal
from photo_organizer.engine.cleanup.system_trash import TrashError
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.files import xmp
from photo_organizer.engine.files.xmp import SidecarError
from photo_organizer.engine.storage import failure
from photo_organizer.engine.storage.store import Store, StoreError


class TrashBusyError(StoreError):
    """Another process cleans up or undoes just now."""

    def __init__(self) -> None:
        super().__init__("cleanup.busy")


Mover = Callable[[Path], Path | None]
"""Moves a file away and tells where to (None: unknown), or raises `TrashError`."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A photo went to the trash, the files of its unit with it."""

    path: Path
    """Where it lay."""
    place: Path | None
    """Where it lies now; None where the system does not say."""
    size: int
    """Bytes, those of the unit's files included."""
    done: int
    """Photos dealt with so far, this one included."""
    total: int


@dataclass(frozen=True, slots=True)
class Stayed:
    """A photo was not moved (or not put back), and why. Nothing happened to it."""

    path: Path
    reason: Reason
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A file is back from the trash."""

    path: Path
    """Where it lay before the clean-up."""
    place: Path
    """Where it lies now: next to `path` under a free name when that was taken."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CleanedUp:
    """The last event of a clean-up."""

    batch: int | None
    """Names the clean-up for `Trash.undo`; None when there was nothing to move."""
    moved: int
    """Photos."""
    stayed: int
    size: int
    """Bytes moved."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The last event of an undo."""

    batch: int | None
    """None when there was nothing to undo."""
    restored: int
    """Files."""
    stayed: int


MoveEvent = Moved | Stayed | CleanedUp
RestoreEvent = Restored | Stayed | Undone


def beside(roots: Sequence[Path]) -> Mover:
    """A mover for drives without a trash: into dated folders in the folders the user opened.

    Args:
        roots: the opened folders; every photo lies below one of them.
    """

    def move(path: Path) -> Path:
        root = max((r for r in roots if path.is_relative_to(r)), key=lambda r: len(r.parts))
        return system_trash.move_beside(path, root)

    return move


class Trash:
    """Moves photos to the system's trash and back, with a journal.

    Its methods open the store anew: they may be called in any thread.

    Args:
        store_path: the store with the journal.
        mover: moves one file away; see `beside` for drives without a trash.
        sidecars: write what only a removed copy says about the photo beside the kept one.
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
        if not plan.removals:
            yield CleanedUp(None, 0, 0, 0)
            return
        with self._alone(), self._journal() as journal:
            for interrupted in journal.unfinished():
                self._settle(journal, interrupted)
            # Files of its unit may be missing: nobody judged them.
            files = [[_judged(r.photo), *_unit_files(r.unit_files)] for r in plan.removals]
            planned = iter(journal.begin([file for unit in files for file in unit]))
            units = [[next(planned) for _ in unit] for unit in files]
            batch = units[0][0].batch
            moved = size = 0
            verified: set[FileIdentity] = set()
            for done, (removal, unit) in enumerate(zip(plan.removals, units, strict=True), 1):
                if cancel.is_set():
                    break
                outcome = _objection(removal, verified) or self._remove(journal, removal, unit)
                if isinstance(outcome, Reason):
                    self._refuse(journal, unit, outcome)
                    yield Stayed(removal.photo.path, outcome, done, len(units))
                else:
                    moved += 1
                    unit_size = sum(move.identity.size for move in outcome)
                    size += unit_size
                    yield Moved(removal.photo.path, outcome[0].place, unit_size, done, len(units))
            self._settle(journal, batch)
            yield CleanedUp(batch, moved, len(units) - moved, size)

    def undo(self, batch: int | None, cancel: threading.Event) -> Iterator[RestoreEvent]:
        """Put every file of a clean-up back; nothing that is there now is overwritten.

        Args:
            batch: which clean-up; None: the newest that has something to undo.
            cancel: the files not yet put back stay in the trash, and can be undone later.

        Yields:
            `Restored` or `Stayed` for every file in the trash, then `Undone`.

        Raises:
            StoreError: the journal cannot be written; nothing is lost.
            TrashBusyError: another process cleans up or undoes; nothing has happened.
        """
        with self._alone(), self._journal() as journal:
            for interrupted in journal.unfinished():
                self._settle(journal, interrupted)
            if batch is None:
                batch = journal.last()
            if batch is None:
                yield Undone(None, 0, 0)
                return
            moves = [m for m in journal.moves(batch) if m.state is MoveState.TRASHED]
            finder = _Finder(journal)
            restored = 0
            for done, move in enumerate(moves, 1):
                if cancel.is_set():
                    break
                outcome = self._restore(journal, move, finder)
                if isinstance(outcome, Path):
                    restored += 1
                    yield Restored(move.path, outcome, done, len(moves))
                else:
                    yield Stayed(move.path, outcome, done, len(moves))
            states = {move.state for move in journal.moves(batch)}
            if MoveState.TRASHED not in states:
                for note in journal.notes(batch):
                    # Where a copy is gone for good, its words are left beside the kept one.
                    _take_back(journal, note, wanted=MoveState.GONE not in states)
                journal.undone(batch)
            yield Undone(batch, restored, len(moves) - restored)

    def recover(self) -> Iterator[MoveEvent]:
        """Complete the journal after a crash; call it at every start.

        Does nothing while another process cleans up or undoes: that one is no crash.

        Yields:
            `Moved` for every file that turned out to be in the trash, `Stayed` for those still in
            their place, then a `CleanedUp` for each clean-up that had been interrupted.

        Raises:
            StoreError: the journal cannot be read or written.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(self._alone())
            except TrashBusyError:
                return
            journal = stack.enter_context(self._journal())
            for batch in journal.unfinished():
                settled = self._settle(journal, batch)
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
        with self._journal() as journal:
            return journal.batches()

    def moves(self, batch: int) -> list[Move]:
        """All files of a clean-up and what became of them."""
        with self._journal() as journal:
            return journal.moves(batch)

    def _remove(
        self, journal: Journal, removal: Removal, unit: Sequence[Move]
    ) -> list[Move] | Reason:
        """Carry what the photo says to the kept one, then move it with its unit."""
        try:
            note = self._carry(journal, removal, unit[0].batch)
        except SidecarError as error:
            return Reason("trash.sidecar", why=error.reason)
        outcome = self._move(journal, unit)
        if note is not None and isinstance(outcome, Reason):
            _take_back(journal, note, wanted=True)
        return outcome

    def _carry(self, journal: Journal, removal: Removal, batch: int) -> Note | None:
        """Write the sidecar of the only kept photo; None where nothing had to be written.

        Of several kept photos none is the one that the words belong to. Another shot's words are
        its own.
        """
        if not self._sidecars or removal.group is None or len(removal.kept) != 1:
            return None
        kept = removal.kept[0]
        copies = removal.group.kind is not GroupKind.SIMILAR
        if not copies and removal.photo.content_hash != kept.content_hash:
            return None
        change = xmp.carry(removal.photo, kept)
        if change is None:
            return None
        note = journal.add_note(batch, change.path, change.previous, change.content)
        try:
            xmp.write(change.path, change.content)
        except SidecarError:
            journal.close_note(note, undone=True)
            raise
        return note

    def _move(self, journal: Journal, unit: Sequence[Move]) -> list[Move] | Reason:
        """Move a photo and the files of its unit: all of them, or none and the reason."""
        moved: list[Move] = []
        for move in unit:
            try:
                place = self._mover(move.path)
            except TrashError as error:
                for earlier in moved:
                    self._restore(journal, earlier, _Finder(journal))
                return error.reason
            moved.append(journal.mark(move, MoveState.TRASHED, place=place))
        return moved

    def _refuse(self, journal: Journal, unit: Sequence[Move], reason: Reason) -> None:
        for move in unit:
            # What is not in its place stays planned: `_settle` looks where it is.
            if os.path.lexists(move.path):
                journal.mark(move, MoveState.REFUSED, reason=reason)

    def _restore(self, journal: Journal, move: Move, finder: _Finder) -> Path | Reason:
        """Put one file back; where it lies now, or why it could not."""
        place = move.place
        if place is None or not _is_file_of(move, place):
            place = finder.find(move)
        if place is None:
            return self._missing(journal, move)
        try:
            back = system_trash.restore(place, move.path)
        except TrashError as error:
            journal.mark(move, MoveState.TRASHED, place=place, reason=error.reason)
            return error.reason
        journal.mark(move, MoveState.RESTORED, place=back)
        return back

    def _missing(self, journal: Journal, move: Move) -> Path | Reason:
        """Mark a file that is not in the trash: it is back already, gone, or out of reach."""
        if _is_file_of(move, move.path):  # put back by hand, or just before a crash
            if move.place is not None:
                system_trash.tidy(move.place)
            journal.mark(move, MoveState.RESTORED, place=move.path)
            return move.path
        if move.place is None:
            reason = Reason("trash.unknown_place")
        elif move.place.parent.is_dir():
            journal.mark(move, MoveState.GONE, reason=(reason := Reason("trash.emptied")))
            return reason
        else:
            reason = Reason("trash.unreachable")
        journal.mark(move, MoveState.TRASHED, place=move.place, reason=reason)
        return reason

    def _settle(self, journal: Journal, batch: int) -> list[Move]:
        """Find out what became of the files that are still planned; those, as they are now."""
        planned = [move for move in journal.moves(batch) if move.state is MoveState.PLANNED]
        waiting = {move.path for move in planned if _is_file_of(move, move.path)}
        # Before the marks: after a crash in here, the next start does all of it again.
        system_trash.forget_interrupted(sorted(waiting))
        finder = _Finder(journal)
        settled = []
        for move in planned:
            if move.path in waiting:
                reason = Reason("trash.interrupted")
            elif place := finder.find(move):
                settled.append(journal.mark(move, MoveState.TRASHED, place=place))
                continue
            else:
                reason = Reason("trash.changed" if os.path.lexists(move.path) else "trash.gone")
            settled.append(journal.mark(move, MoveState.REFUSED, reason=reason))
        if all(move.state is not MoveState.TRASHED for move in journal.moves(batch)):
            for note in journal.notes(batch):  # written for a photo that then stayed
                _take_back(journal, note, wanted=True)
        journal.finish(batch)
        return settled

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from moving photos: each could take what the other keeps.

        A lock of SQLite, which is a lock of the system: it ends with the process, even killed.
        """
        path = self._store_path.with_name(self._store_path.name + "-lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = sqlite3.connect(path, timeout=0.0, isolation_level=None)
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise TrashBusyError from error
            raise StoreError("cleanup.lock", why=failure.why(error), path=str(path)) from error
        with closing(connection):
            yield

    @contextmanager
    def _journal(self) -> Iterator[Journal]:
        try:
            with Store(self._store_path) as store:
                yield Journal(store)
        except sqlite3.Error as error:
            raise StoreError("cleanup.journal", why=failure.why(error)) from error


def _take_back(journal: Journal, note: Note, *, wanted: bool) -> None:
    """Make a sidecar what it was before; one that changed since is somebody's, and is left."""
    undone = False
    if wanted:
        # What cannot be read or written now is left: it harms nothing.
        with suppress(OSError, SidecarError):
            if not note.path.exists():
                undone = True
            elif note.path.read_bytes() == note.written:
                if note.previous is None:
                    note.path.unlink()  # byte by byte what this program wrote
                else:
                    xmp.write(note.path, note.previous)
                undone = True
    journal.close_note(note, undone=undone)


def _judged(photo: Photo) -> tuple[FileIdentity, bytes]:
    return photo.identity, photo.content_hash


def _unit_files(paths: Sequence[Path]) -> Iterator[tuple[FileIdentity, bytes]]:
    for path in paths:
        try:
            status = path.lstat()
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            yield _identity(path, status), b""


def _identity(path: Path, status: os.stat_result) -> FileIdentity:
    return FileIdentity(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _objection(removal: Removal, verified: set[FileIdentity]) -> Reason | None:
    """Why a photo must stay after all: it, or what is kept for it, is not what was judged.

    Args:
        removal: the photo to go.
        verified: kept photos whose content was read in this clean-up already; grows.
    """
    photo = removal.photo
    try:
        if photo.path.is_symlink():
            return Reason("trash.link")
        if not _is_unchanged(photo):
            return Reason("trash.changed")
    except (FileNotFoundError, NotADirectoryError):
        return Reason("trash.gone")
    except OSError as error:
        return Reason("trash.unreadable", {"message": system_message(error)})
    if removal.kept and not any(_still_kept(kept, photo, verified) for kept in removal.kept):
        return Reason("trash.kept_changed")
    return None


def _still_kept(kept: Photo, leaving: Photo, verified: set[FileIdentity]) -> bool:
    try:
        status = kept.path.stat()
        if leaving.path.samefile(kept.path) or _identity(kept.path, status) != kept.identity:
            return False
        if kept.identity not in verified and not _is_unchanged(kept):
            return False
    except OSError:
        return False
    verified.add(kept.identity)
    return True


def _is_unchanged(photo: Photo) -> bool:
    """Whether file and content are those that were judged; reads the whole file."""
    with photo.path.open("rb") as file:
        if _identity(photo.path, os.fstat(file.fileno())) != photo.identity:
            return False
        return _digest(file) == photo.content_hash


def _digest(file: BufferedReader) -> bytes:
    # The window knows this module before it can afford what reading photos needs.
    from photo_organizer.engine.files.photo_files import content_hash_of_file

    return content_hash_of_file(file)


class _Finder:
    """Finds files in the trash whose place is unknown; lists each folder of it once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._taken: set[Path] | None = None
        self._places: dict[Path, list[Path]] = {}
        self._listings: dict[Path, dict[tuple[int, int], list[Path]]] = {}

    def find(self, move: Move) -> Path | None:
        """Where the file of a move lies, if in any trash.

        Copies may be alike in everything but their number on disk, so that decides. A drive that
        numbers anew at every mount leaves the content, and the places of other files are left out.
        """
        if self._taken is None:
            self._taken = self._journal.places()
        key = (move.identity.size, move.identity.mtime_ns)
        parent = move.path.parent
        if parent not in self._places:
            self._places[parent] = list(system_trash.places(move.path))
        alike = [
            place
            for folder in self._places[parent]
            for place in self._listing(folder).get(key, ())
            if place not in self._taken and _is_file_of(move, place)
        ]
        if not alike:
            return None
        found = min(alike, key=lambda place: place.lstat().st_ino != move.identity.inode)
        self._taken.add(found)
        return found

    def _listing(self, folder: Path) -> dict[tuple[int, int], list[Path]]:
        """Size and time to the files of a folder that have them."""
        if folder not in self._listings:
            listing: dict[tuple[int, int], list[Path]] = {}
            # A trash that cannot be listed holds nothing of this user.
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    listing.setdefault((status.st_size, status.st_mtime_ns), []).append(
                        Path(entry.path)
                    )
            self._listings[folder] = listing
        return self._listings[folder]


def _is_file_of(move: Move, path: Path) -> bool:
    """Whether the file of a move lies at `path`: moving changes neither number, size nor time."""
    try:
        status = path.lstat()
        if (status.st_size, status.st_mtime_ns) != (move.identity.size, move.identity.mtime_ns):
            return False
        if status.st_ino == move.identity.inode:
            return True
        with path.open("rb") as file:
            return _digest(file) == move.content_hash
    except OSError:
        return False
