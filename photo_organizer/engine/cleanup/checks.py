"""Looks whether a file on disk is the one that was judged."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path

from photo_organizer.engine.cleanup.journal import Move
from photo_organizer.engine.domain.facts import FileIdentity, Photo

COARSEST_TIME = 2_000_000_000
"""Nanoseconds: FAT keeps times in steps of two seconds, and other drives round them as well."""


def identity(path: Path, status: os.stat_result) -> FileIdentity:
    """Which file lies at a path, by what the disk says of it."""
    return FileIdentity(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def is_unchanged(photo: Photo) -> bool:
    """Whether file and content are those that were judged; reads the whole file.

    Raises:
        OSError: it cannot be read.
    """
    with photo.path.open("rb") as file:
        if identity(photo.path, os.fstat(file.fileno())) != photo.identity:
            return False
        return _digest(file) == photo.content_hash


def content_of(path: Path) -> bytes:
    """The name of a file's content, as in `Photo.content_hash`; reads the whole file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return _digest(file)


def is_file_of(move: Move, path: Path) -> bool:
    """Whether the file of a move lies at `path`.

    Moving changes neither number, size nor time. A drive that was connected anew may number its
    files anew (exFAT) or round their times: then size and content decide. Older programs did not
    write down the content of a unit's files: of theirs place, size and about the same time do.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size != move.identity.size:
            return False
        apart = abs(status.st_mtime_ns - move.identity.mtime_ns)
        if status.st_ino == move.identity.inode and apart == 0:
            return True
        if not move.content_hash:
            return apart <= COARSEST_TIME and path in (move.path, move.place)
        return content_of(path) == move.content_hash
    except OSError:
        return False


def _digest(file: BufferedReader) -> bytes:
    # The window knows this module before it can afford what reading photos needs.
    from photo_organizer.engine.files.photo_files import content_hash_of_file

    return content_hash_of_file(file)
