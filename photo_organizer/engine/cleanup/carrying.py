"""Carries what a photo says about itself to the kept one, and takes it back again."""

from __future__ import annotations

from contextlib import suppress

from photo_organizer.engine.cleanup.journal import Journal, Note
from photo_organizer.engine.cleanup.planning import Removal
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.files import xmp
from photo_organizer.engine.files.xmp import SidecarError


def carry(journal: Journal, removal: Removal, batch: int) -> Note | None:
    """Write the sidecar of the only kept photo; None where nothing had to be written.

    Of several kept photos none is the one that the words belong to. Another shot's words are
    its own.
    """
    if removal.group is None or len(removal.kept) != 1:
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


def take_back(journal: Journal, note: Note, *, wanted: bool) -> None:
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
