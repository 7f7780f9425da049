"""Moves the files of one unit away, and looks whether they went: all of them, or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.checks import content_of, identity, is_file_of
from photo_organizer.engine.cleanup.finder import Finder
from photo_organizer.engine.cleanup.journal import Journal, Move, MoveState
from photo_organizer.engine.cleanup.restoring import restore
from photo_organizer.engine.cleanup.system_trash import TrashError
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.files.renaming import drop_second_name

Mover = Callable[[Path], Path | None]
"""Moves a file away and tells where to (None: unknown), or raises `TrashError`."""


class CameBackError(TrashError):
    """A file is in the trash, and another program put an equal one into its place at once."""

    def __init__(self, place: Path) -> None:
        super().__init__("trash.came_back")
        self.place = place
        """Where it lies in the trash."""


def move_unit(journal: Journal, mover: Mover, unit: Sequence[Move]) -> list[Move] | Reason:
    """Move a photo and the files of its unit: all of them, or none and the reason."""
    moved: list[Move] = []
    try:
        unit = [_with_content(journal, move) for move in unit]
    except TrashError as error:
        refuse(journal, unit, error.reason)
        return error.reason
    for move in unit:
        try:
            place = move_away(mover, move)
        except CameBackError as error:
            journal.mark(move, MoveState.TRASHED, place=error.place, reason=error.reason)
            put_back(journal, moved)
            refuse(journal, [other for other in unit if other is not move], error.reason)
            return error.reason
        except TrashError as error:
            put_back(journal, moved)
            refuse(journal, unit, error.reason)
            return error.reason
        moved.append(journal.mark(move, MoveState.TRASHED, place=place))
    return moved


def move_away(mover: Mover, move: Move) -> Path | None:
    """Move one file away, and look whether it went; its place, None where that is unknown.

    A mover's word is not enough. Where a folder cannot be written, Qt gives the file a second name
    in the trash and reports success; others copy, and leave the file.

    Raises:
        TrashError: it stayed; what the mover put into the trash is gone from there.
        CameBackError: it went, and its name holds the same content again.
    """
    path = move.path
    place = mover(path)
    if place is not None and not os.path.lexists(place):
        place = None  # what the mover says is not so; undo looks where it lies
    if not os.path.lexists(path) and place is not None and not is_file_of(move, place):
        # It changed between the last look and the move: nobody judged what went.
        system_trash.restore(place, path)
        raise TrashError("trash.changed")
    if not os.path.lexists(path) or not is_file_of(move, path):
        return place  # it went; what has its name now is another file
    if place is None:
        system_trash.forget_interrupted([path])
    elif _is_original(move, path) or not is_file_of(move, place):
        _forget(move, place)
    else:
        raise CameBackError(place)
    raise system_trash.refused(path)


def put_back(journal: Journal, moved: Sequence[Move]) -> Reason | None:
    """Put files back that were moved a moment ago; the reason why one could not be."""
    finder = Finder(journal)
    failed = None
    for move in reversed(moved):
        outcome = restore(journal, move, finder)
        if isinstance(outcome, Reason):
            failed = outcome
    return failed


def refuse(journal: Journal, unit: Sequence[Move], reason: Reason) -> None:
    """Write down why files stayed in their places."""
    for move in unit:
        # What is not in its place stays planned: `settle` looks where it is.
        if os.path.lexists(move.path):
            journal.mark(move, MoveState.REFUSED, reason=reason)


def _with_content(journal: Journal, move: Move) -> Move:
    """The move with what its file holds written down.

    Raises:
        TrashError: the file is another than when the clean-up began, or it cannot be read.
    """
    try:
        if identity(move.path, move.path.lstat()) != move.identity:
            raise TrashError("trash.changed")
        return move if move.content_hash else journal.note_content(move, content_of(move.path))
    except OSError as error:
        raise TrashError("trash.unreadable", message=system_message(error)) from error


def _is_original(move: Move, path: Path) -> bool:
    """Whether it is the very file that was judged, and not an equal one that came since."""
    status = path.lstat()
    return (status.st_dev, status.st_ino) == (move.identity.device, move.identity.inode)


def _forget(move: Move, place: Path) -> None:
    """Remove what a mover left in the trash of a file that stayed, if it is that file's."""
    with suppress(OSError):  # a leftover harms nothing
        if not drop_second_name(place, move.path):
            if _are_one(place, move.path) or not is_file_of(move, place):
                return
            place.unlink()  # a copy, byte by byte
        system_trash.tidy(place)


def _are_one(place: Path, path: Path) -> bool:
    """Whether a place in the trash is the file itself: a link to it, or its only name once more."""
    return os.path.samestat(place.stat(), path.stat())
