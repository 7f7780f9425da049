"""Finds out what became of a clean-up, or an undo, that was interrupted."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.carrying import take_back
from photo_organizer.engine.cleanup.checks import is_file_of
from photo_organizer.engine.cleanup.finder import Finder
from photo_organizer.engine.cleanup.journal import Journal, Move, MoveState
from photo_organizer.engine.cleanup.reach import is_away, revive
from photo_organizer.engine.cleanup.restoring import restore
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files import unfinished
from photo_organizer.engine.files.renaming import are_names_of_one_file, drop_second_name


def settle_all(journal: Journal) -> None:
    """Settle every clean-up that is not finished, and tidy up what an interrupted run left."""
    unfinished.tidy()
    revive(journal)
    for batch in journal.unfinished():
        settle(journal, batch)


def settle(journal: Journal, batch: int) -> list[Move]:
    """Find out what became of the files that are still planned; those, as they are now.

    A file whose drive is not there now stays planned, and the clean-up unfinished: nothing is known
    of it before the drive is back.
    """
    moves = journal.moves(batch)
    finder = Finder(journal)
    for move in moves:
        if move.state is MoveState.TRASHED:
            _complete_undo(journal, move, finder)
    planned = [move for move in moves if move.state is MoveState.PLANNED]
    waiting = {move.path for move in planned if is_file_of(move, move.path)}
    found = {move.id: finder.find(move) for move in planned if move.path not in waiting}
    # Before the marks: after a crash in here, the next start does all of it again.
    others = journal.places().union(place for place in found.values() if place is not None)
    system_trash.forget_interrupted(sorted(waiting), but=others)
    _forget_new_names(move for move in planned if move.path in waiting)
    settled = []
    for move in planned:
        if move.path in waiting:
            reason = Reason("trash.interrupted")
        elif place := found[move.id]:
            settled.append(journal.mark(move, MoveState.TRASHED, place=place))
            continue
        elif os.path.lexists(move.path):
            reason = Reason("trash.changed")
        elif is_away(move):
            continue
        else:
            reason = Reason("trash.gone")
        settled.append(journal.mark(move, MoveState.REFUSED, reason=reason))
    if len(settled) < len(planned):
        return settled
    if all(move.state is not MoveState.TRASHED for move in journal.moves(batch)):
        for note in journal.notes(batch):  # written for a photo that then stayed
            take_back(journal, note, wanted=True)
    journal.finish(batch)
    return settled


def _forget_new_names(waiting: Iterable[Move]) -> None:
    """Take the names away that files got a moment before a crash, in the folder they were to go to.

    See `rename_new`: such a file still has its old name, too.
    """
    for move in waiting:
        if move.is_filed and move.place is not None:
            with suppress(OSError):  # a second name harms nothing
                drop_second_name(move.place, move.path)


def _complete_undo(journal: Journal, move: Move, finder: Finder) -> None:
    """Finish what a crash interrupted between putting a file back and writing that down."""
    if move.place is None:
        return
    if os.path.lexists(move.place):
        was_put_back = are_names_of_one_file(move.place, move.path)
    else:
        was_put_back = is_file_of(move, move.path)
    if was_put_back:
        restore(journal, move, finder)
