"""Puts one file of a clean-up back, and writes down what became of it."""

from __future__ import annotations

from pathlib import Path

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.checks import is_file_of
from photo_organizer.engine.cleanup.finder import Finder
from photo_organizer.engine.cleanup.journal import Journal, Move, MoveState
from photo_organizer.engine.cleanup.reach import is_away
from photo_organizer.engine.cleanup.system_trash import TrashError
from photo_organizer.engine.domain.reasons import Reason


def restore(journal: Journal, move: Move, finder: Finder) -> Path | Reason:
    """Put one file back; where it lies now, or why it could not."""
    place = move.place
    if place is None or not is_file_of(move, place):
        place = finder.find(move)
    if place is None:
        return _missing(journal, move)
    try:
        back = system_trash.restore(place, move.path)
    except TrashError as error:
        journal.mark(move, MoveState.TRASHED, place=place, reason=error.reason)
        return error.reason
    journal.mark(move, MoveState.RESTORED, place=back)
    return back


def _missing(journal: Journal, move: Move) -> Path | Reason:
    """Mark a file that is not in the trash: it is back already, gone, or out of reach."""
    if is_file_of(move, move.path):  # put back by hand, or just before a crash
        if move.place is not None:
            system_trash.tidy(move.place)
        journal.mark(move, MoveState.RESTORED, place=move.path)
        return move.path
    if move.place is None and is_away(move):
        reason = Reason("trash.unreachable")
    elif move.place is None:
        reason = Reason("trash.unknown_place")
    elif is_away(move):
        reason = Reason("trash.unreachable")
    else:
        reason = Reason("move.went_on" if move.is_filed else "trash.emptied")
        journal.mark(move, MoveState.GONE, place=move.place, reason=reason)
        return reason
    journal.mark(move, MoveState.TRASHED, place=move.place, reason=reason)
    return reason
