"""Which files of a clean-up can be reached now: drives come and go."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.cleanup.checks import is_file_of
from photo_organizer.engine.cleanup.journal import Journal, Move, MoveState
from photo_organizer.engine.domain.reasons import SpokenError


@dataclass(frozen=True, slots=True)
class Waiting:
    """A clean-up that cannot be undone before its drive is there again."""

    batch: int
    drive: Path
    """The folder that is missing: where the drive was."""


class NoSuchCleanUpError(SpokenError):
    """There is no clean-up of this number."""

    def __init__(self, batch: int) -> None:
        super().__init__("cleanup.no_such", number=batch)


def is_away(move: Move) -> bool:
    """Whether the drive on which a file lies, or lay, seems not to be there.

    Then nothing is known of the file: it is neither gone nor in the trash.
    """
    if move.place is None:
        return not _is_drive_of(move, move.path.parent)
    if os.path.lexists(move.place):
        return False
    if not move.place.parent.is_dir():
        return True
    # Another drive may have come into its place, with a trash of its own.
    return not _is_drive_of(move, move.place.parent) and not move.path.parent.is_dir()


def missing(move: Move) -> Path:
    """The outermost folder that is not there of those in which a file lies, or lay."""
    for path in (move.path, move.place or move.path):
        gone = [folder for folder in path.parents if not folder.is_dir()]
        if gone:
            return gone[-1]
    return move.path.parent


def to_undo(journal: Journal) -> tuple[int | None, tuple[Waiting, ...]]:
    """The newest clean-up that can be undone now, and the newer ones that wait for a drive.

    Where all wait it is the newest of them, for people to be told what is missing. Sidecars that an
    undo could not write come last: what hinders them must not keep photos in the trash.
    """
    waiting: list[Waiting] = []
    only_sidecars: list[int] = []
    for batch in journal.undoable():
        moves = [m for m in journal.moves(batch) if m.state is MoveState.TRASHED]
        if not moves:
            only_sidecars.append(batch)
        elif all(map(is_away, moves)):
            waiting.append(Waiting(batch, missing(moves[0])))
        else:
            return batch, tuple(waiting)
    return next(iter([*only_sidecars, *(one.batch for one in waiting)]), None), tuple(waiting)


def revive(journal: Journal) -> None:
    """Take back that files are gone which are in the trash after all: their drive was another."""
    for move in journal.gone():
        if move.place is not None and is_file_of(move, move.place):
            journal.mark(move, MoveState.TRASHED, place=move.place)


def _is_drive_of(move: Move, folder: Path) -> bool:
    try:
        return folder.stat().st_dev == move.identity.device
    except OSError:
        return False
