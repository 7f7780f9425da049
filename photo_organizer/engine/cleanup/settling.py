"""Finds out what became of a clean-up that was interrupted."""

from __future__ import annotations

import os

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.carrying import take_back
from photo_organizer.engine.cleanup.checks import is_file_of
from photo_organizer.engine.cleanup.finder import Finder
from photo_organizer.engine.cleanup.journal import Journal, Move, MoveState
from photo_organizer.engine.domain.reasons import Reason


def settle(journal: Journal, batch: int) -> list[Move]:
    """Find out what became of the files that are still planned; those, as they are now."""
    planned = [move for move in journal.moves(batch) if move.state is MoveState.PLANNED]
    waiting = {move.path for move in planned if is_file_of(move, move.path)}
    # Before the marks: after a crash in here, the next start does all of it again.
    system_trash.forget_interrupted(sorted(waiting))
    finder = Finder(journal)
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
            take_back(journal, note, wanted=True)
    journal.finish(batch)
    return settled
