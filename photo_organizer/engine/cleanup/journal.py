"""The journal of clean-ups: what was to be moved, what was, and where it lies now.

A clean-up is written down as a whole, synced to the disk, before its first file moves. The marks
that follow need no sync: after a power cut, `photo_organizer.engine.cleanup.trash` finds the files
whose mark was lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.storage import backups
from photo_organizer.engine.storage.store import Store


class MoveState(StrEnum):
    """What became of one file of a clean-up."""

    PLANNED = "planned"
    """Not yet moved, or a crash came before the mark."""
    TRASHED = "trashed"
    RESTORED = "restored"
    REFUSED = "refused"
    """It stayed in its place."""
    GONE = "gone"
    """It was taken out of the trash by someone else, or the trash was emptied. Where it turns up
    again it is `TRASHED` again."""


@dataclass(frozen=True, slots=True)
class Move:
    """One file of a clean-up."""

    id: int
    batch: int
    identity: FileIdentity
    """The file as it was judged, in its original place."""
    content_hash: bytes
    """As judged, or for the files of its unit as it was just before the move; empty while unknown,
    and for those of older programs."""
    state: MoveState = MoveState.PLANNED
    place: Path | None = None
    """Where in the trash it lies; None while unknown."""
    reason: Reason | None = None
    """Why it stayed where it is, or could not be put back."""
    is_filed: bool = False
    """It went into a folder of the user's instead of the trash; its place is known beforehand."""

    @property
    def path(self) -> Path:
        """Where the file lay when it was judged."""
        return self.identity.path


@dataclass(frozen=True, slots=True)
class Batch:
    """One clean-up, for the list of past ones."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    """None: interrupted, or some of its files wait for a drive."""
    undone_at: datetime | None
    counts: Mapping[MoveState, int]
    """How many files are in each state; states without files are missing."""
    trashed_size: int
    """Bytes that lie in the trash because of it."""
    folder: Path | None = None
    """Its files went into this folder instead of the trash, which frees nothing."""


@dataclass(frozen=True, slots=True)
class Freed:
    """What clean-ups have freed so far, in bytes."""

    size: int
    """Of all files that left their places and were not brought back."""
    in_trash: int
    """Of those that are still in the trash, as far as is known: free once it is emptied."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sidecar that a clean-up wrote."""

    id: int
    path: Path
    previous: bytes | None
    """What was there before; None: nothing."""
    written: bytes


class Journal:
    """Reads and writes the tables ``batch``, ``move`` and ``sidecar`` of an open store.

    All methods raise ``sqlite3.Error`` when the disk does not take the record.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection = store.connection

    def begin(
        self, files: Sequence[tuple[FileIdentity, bytes]], folder: Path | None = None
    ) -> list[Move]:
        """Write down a new clean-up of files (identity, content hash); safe on disk on return.

        Args:
            files: at least one.
            folder: where they go, under their names; None: to the trash.
        """
        with self._synced(), self._store.batch():
            batch: int = self._connection.execute(
                "INSERT INTO batch (started_at, folder) VALUES (?, ?) RETURNING id",
                (_now(), folder and os.fsencode(folder)),
            ).fetchone()[0]
            moves = [self._add(batch, identity, digest, folder) for identity, digest in files]
        # Were the store damaged meanwhile, the files that moved would be found by this.
        backups.keep(self._connection, self._store.path)
        return moves

    def _add(self, batch: int, identity: FileIdentity, digest: bytes, folder: Path | None) -> Move:
        # After a crash the place says where to look; in a trash a file gets a name of its own.
        place = folder / identity.path.name if folder else None
        row: tuple[int] = self._connection.execute(
            "INSERT INTO move (batch, path, device, inode, size, mtime_ns, content_hash, state, "
            "trashed_path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                batch,
                os.fsencode(identity.path),
                str(identity.device),
                str(identity.inode),
                identity.size,
                identity.mtime_ns,
                digest,
                MoveState.PLANNED.value,
                place and os.fsencode(place),
            ),
        ).fetchone()
        return Move(row[0], batch, identity, digest, place=place, is_filed=folder is not None)

    def mark(
        self,
        move: Move,
        state: MoveState,
        *,
        place: Path | None = None,
        reason: Reason | None = None,
    ) -> Move:
        """Write down what became of a file; the move as it is now."""
        message = reason and json.dumps(reason.to_json())
        self._connection.execute(
            "UPDATE move SET state = ?, trashed_path = ?, message = ? WHERE id = ?",
            (state.value, place and os.fsencode(place), message, move.id),
        )
        return replace(move, state=state, place=place, reason=reason)

    def note_content(self, move: Move, digest: bytes) -> Move:
        """Write down what a file holds that nobody judged, before it moves; the move as it is now.

        Its number on disk may change: then its content tells which file it is.
        """
        self._connection.execute("UPDATE move SET content_hash = ? WHERE id = ?", (digest, move.id))
        return replace(move, content_hash=digest)

    def relocate(self, path: Path, place: Path) -> None:
        """See `Store.relocate`: a photo that is only elsewhere is known there at once."""
        self._store.relocate(path, place)

    def finish(self, batch: int) -> None:
        """Write down that no file of a clean-up waits any longer."""
        self._connection.execute("UPDATE batch SET finished_at = ? WHERE id = ?", (_now(), batch))

    def reopen(self, batch: int) -> None:
        """Write down that files of a clean-up are about to be put back."""
        self._connection.execute("UPDATE batch SET finished_at = NULL WHERE id = ?", (batch,))

    def undone(self, batch: int) -> None:
        """Write down that a clean-up was undone: none of its files is left in the trash."""
        self._connection.execute("UPDATE batch SET undone_at = ? WHERE id = ?", (_now(), batch))

    def moves(self, batch: int) -> list[Move]:
        """All files of a clean-up, in the order of moving."""
        return self._moves("batch = ?", batch)

    def gone(self) -> list[Move]:
        """The files of all clean-ups that were in no trash any more."""
        return self._moves("state = ?", MoveState.GONE.value)

    def _moves(self, condition: str, value: int | str) -> list[Move]:
        return [
            Move(
                id=row[0],
                batch=row[10],
                identity=FileIdentity(
                    Path(os.fsdecode(row[1])), int(row[2]), int(row[3]), row[4], row[5]
                ),
                content_hash=row[6],
                state=MoveState(row[7]),
                place=row[8] and Path(os.fsdecode(row[8])),
                reason=row[9] and Reason.from_json(json.loads(row[9])),
                is_filed=bool(row[11]),
            )
            for row in self._connection.execute(
                "SELECT id, path, device, inode, size, mtime_ns, content_hash, state, "
                "trashed_path, message, batch, "
                "(SELECT folder FROM batch WHERE batch.id = move.batch) IS NOT NULL "
                f"FROM move WHERE {condition} ORDER BY id",
                (value,),
            )
        ]

    def places(self) -> set[Path]:
        """Where the files of all clean-ups lie in the trash, as far as that is known."""
        return {
            Path(os.fsdecode(row[0]))
            for row in self._connection.execute(
                "SELECT trashed_path FROM move WHERE state = ? AND trashed_path IS NOT NULL",
                (MoveState.TRASHED.value,),
            )
        }

    def unfinished(self) -> list[int]:
        """The clean-ups that a crash interrupted, oldest first."""
        rows = self._connection.execute(
            "SELECT id FROM batch WHERE finished_at IS NULL ORDER BY id"
        )
        return [row[0] for row in rows]

    def add_note(self, batch: int, path: Path, previous: bytes | None, written: bytes) -> Note:
        """Write down a sidecar that is about to be written."""
        row: tuple[int] = self._connection.execute(
            "INSERT INTO sidecar (batch, path, previous, written, state) "
            "VALUES (?, ?, ?, ?, 'written') RETURNING id",
            (batch, os.fsencode(path), previous, written),
        ).fetchone()
        return Note(row[0], path, previous, written)

    def notes(self, batch: int) -> list[Note]:
        """The sidecars of a clean-up that were not dealt with by an undo, newest first."""
        return [
            Note(number, Path(os.fsdecode(path)), previous, written)
            for number, path, previous, written in self._connection.execute(
                "SELECT id, path, previous, written FROM sidecar "
                "WHERE batch = ? AND state = 'written' ORDER BY id DESC",
                (batch,),
            )
        ]

    def close_note(self, note: Note, *, undone: bool) -> None:
        """Write down that a sidecar is as it was before, or is left as it is."""
        self._connection.execute(
            "UPDATE sidecar SET state = ? WHERE id = ?", ("undone" if undone else "left", note.id)
        )

    def undoable(self) -> list[int]:
        """The clean-ups of which files lie in the trash, or sidecars wait to be undone.

        Newest first.
        """
        rows = self._connection.execute(
            "SELECT batch FROM move WHERE state = ? "
            "UNION SELECT batch FROM sidecar WHERE state = 'written' ORDER BY batch DESC",
            (MoveState.TRASHED.value,),
        )
        return [row[0] for row in rows]

    def has(self, batch: int) -> bool:
        """Whether there is a clean-up of this number."""
        row = self._connection.execute("SELECT 1 FROM batch WHERE id = ?", (batch,)).fetchone()
        return row is not None

    def batches(self) -> list[Batch]:
        """All clean-ups, newest first."""
        counts: dict[int, dict[MoveState, int]] = {}
        sizes: dict[int, int] = {}
        for batch, state, number, size in self._connection.execute(
            "SELECT batch, state, COUNT(*), SUM(size) FROM move GROUP BY batch, state"
        ):
            counts.setdefault(batch, {})[MoveState(state)] = number
            if state == MoveState.TRASHED:
                sizes[batch] = size
        return [
            Batch(
                number,
                datetime.fromisoformat(started),
                finished and datetime.fromisoformat(finished),
                undone and datetime.fromisoformat(undone),
                counts.get(number, {}),
                sizes.get(number, 0),
                folder and Path(os.fsdecode(folder)),
            )
            for number, started, finished, undone, folder in self._connection.execute(
                "SELECT id, started_at, finished_at, undone_at, folder FROM batch ORDER BY id DESC"
            )
        ]

    def freed(self) -> Freed:
        """What all clean-ups have freed that were not undone."""
        sizes: dict[str, int] = dict(
            self._connection.execute(
                "SELECT state, SUM(size) FROM move WHERE "
                "(SELECT folder FROM batch WHERE batch.id = move.batch) IS NULL GROUP BY state"
            ).fetchall()
        )
        in_trash = sizes.get(MoveState.TRASHED, 0)
        return Freed(in_trash + sizes.get(MoveState.GONE, 0), in_trash)

    @contextmanager
    def _synced(self) -> Iterator[None]:
        self._connection.execute("PRAGMA synchronous = FULL")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA synchronous = NORMAL")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
