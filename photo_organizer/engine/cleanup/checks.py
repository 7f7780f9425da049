"""Looks at the disk just before a file moves, and after: is it the file that was judged?"""

from __future__ import annotations

import os
from io import BufferedReader
from pathlib import Path

from photo_organizer.engine.cleanup.journal import Move
from photo_organizer.engine.cleanup.planning import Removal
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason, system_message


def identity(path: Path, status: os.stat_result) -> FileIdentity:
    """Which file lies at a path, by what the disk says of it."""
    return FileIdentity(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def objection(removal: Removal, verified: set[FileIdentity]) -> Reason | None:
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
        if leaving.path.samefile(kept.path) or identity(kept.path, status) != kept.identity:
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
        if identity(photo.path, os.fstat(file.fileno())) != photo.identity:
            return False
        return _digest(file) == photo.content_hash


def _digest(file: BufferedReader) -> bytes:
    # The window knows this module before it can afford what reading photos needs.
    from photo_organizer.engine.files.photo_files import content_hash_of_file

    return content_hash_of_file(file)


def is_file_of(move: Move, path: Path) -> bool:
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
