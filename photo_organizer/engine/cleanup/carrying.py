"""Carries what a photo says about itself to the kept one, and takes it back again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from photo_organizer.engine.cleanup.journal import Journal, Note
from photo_organizer.engine.cleanup.planning import Removal
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.files import sidecars, xmp
from photo_organizer.engine.files.xmp import Change
from photo_organizer.engine.files.xmp_document import SidecarError


def carry(journal: Journal, removal: Removal, batch: int) -> list[Note]:
    """Write beside a kept photo what only the one that goes has; empty where that is nothing.

    Args:
        journal: each sidecar is written down before it is written.
        removal: the photo that goes, with the files that go with it.
        batch: of the clean-up.

    Raises:
        SidecarError: something cannot be carried; what was written is taken back.
    """
    kept = next((kept for kept in removal.heirs if _is_there(kept.path)), None)
    if kept is None:
        return []
    notes: list[Note] = []
    try:
        for change in _changes(removal, kept):
            notes.append(journal.add_note(batch, change.path, change.previous, change.content))
            xmp.write(change.path, change.content)
    except (OSError, SidecarError) as error:
        for note in reversed(notes):
            take_back(journal, note, wanted=True)
        if isinstance(error, SidecarError):
            raise
        raise SidecarError("failures.technical", message=system_message(error)) from error
    return notes


def _changes(removal: Removal, kept: Photo) -> Iterator[Change]:
    """Whole sidecars first: what the photo says itself is then added to them."""
    yield from sidecars.carried(removal.photo, removal.unit_files, kept)
    if (change := xmp.carry(removal.photo, kept)) is not None:
        yield change


def _is_there(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def take_back(journal: Journal, note: Note, *, wanted: bool) -> Reason | None:
    """Make a sidecar what it was before; one that changed since is somebody's, and is left.

    Where it is out of reach, as on a drive that is not plugged in, or cannot be written, the note
    stays open: the next undo tries again.

    Returns:
        Why it could not be done now.
    """
    undone = False
    if wanted:
        if not note.path.parent.is_dir():
            return Reason("trash.unreachable")
        try:
            undone = _write_back(note)
        except OSError as error:
            return Reason("trash.not_restored", {"message": system_message(error)})
        except SidecarError as error:
            return Reason("trash.sidecar", why=error.reason)
    journal.close_note(note, undone=undone)
    return None


def _write_back(note: Note) -> bool:
    """Write what a sidecar held before; whether it holds that now.

    Raises:
        OSError: it cannot be read or removed.
        SidecarError: it cannot be written.
    """
    if not os.path.lexists(note.path):
        return True
    there = note.path.read_bytes()
    if there != note.written:
        return there == note.previous
    if note.previous is None:
        note.path.unlink()  # byte by byte what this program wrote
    else:
        xmp.write(note.path, note.previous)
    return True
