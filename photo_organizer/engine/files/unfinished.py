"""Files that are being written: what a crash leaves of them is removed at the next start.

Each has a hidden name beside the one it will have, and a note in the program's own folder that says
where. Its writer holds a lock on the note, which ends with the process, even killed: a note without
a lock is of a file that nobody finishes any more.
"""

from __future__ import annotations

import logging
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from photo_organizer.engine import paths

_log = logging.getLogger(__name__)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A free, hidden name beside `target`, for what gets its own name once it is whole.

    Whatever still has the hidden name in the end is removed.
    """
    token = secrets.token_hex(8)
    path = _name(target.parent, token)
    note = _begin(token, path)
    try:
        yield path
    finally:
        try:
            path.unlink(missing_ok=True)
        finally:
            if note is not None:
                _end(note, token)


def tidy() -> None:
    """Remove what processes left that ended in the middle; what one still writes is left alone.

    What lies on a drive that is not there now is removed at a later start.
    """
    folder = _notes()
    if not folder.is_dir():
        return
    with suppress(OSError):  # a folder that cannot be listed: a later start may be able to
        for note in sorted(folder.iterdir()):
            _tidy(note)
        folder.rmdir()


def _tidy(note: Path) -> None:
    try:
        with note.open("rb", buffering=0) as file:
            if not _lock(file):
                return
            path = Path(os.fsdecode(file.read()))
            # Nothing but a name that this module gave is ever removed.
            if path == _name(path.parent, note.name):
                if not path.parent.is_dir():
                    return
                path.unlink(missing_ok=True)
        note.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("What an interrupted run left is still there: %s", error)


def _begin(token: str, path: Path) -> FileIO | None:
    """Note down a file that is about to be made; None where no note can be written."""
    try:
        paths.own_folder(_notes())
        paths.own_file(_notes() / token)
        note = (_notes() / token).open("wb", buffering=0)
    except OSError:
        return None  # the file is more important than the note
    with suppress(OSError):
        _lock(note)
        note.write(os.fsencode(path))
    return note


def _end(note: FileIO, token: str) -> None:
    note.close()
    with suppress(OSError):  # the next start removes it, or another note needs the folder
        (_notes() / token).unlink(missing_ok=True)
        _notes().rmdir()


def _lock(file: FileIO) -> bool:
    """Whether the lock on a note is ours now."""
    if sys.platform == "win32":
        return True  # what a process has open cannot be removed there
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _notes() -> Path:
    return paths.data_dir() / "unfinished"


def _name(folder: Path, token: str) -> Path:
    return folder / f".{token}.part"
