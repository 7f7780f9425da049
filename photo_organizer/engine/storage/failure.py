"""Why the store cannot be used, for people: SQLite's own words never reach them."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from photo_organizer.engine.domain.reasons import Reason

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
    sqlite3.SQLITE_FULL: "store.full",
    sqlite3.SQLITE_READONLY: "store.not_writable",
    sqlite3.SQLITE_CANTOPEN: "store.not_writable",
    sqlite3.SQLITE_PERM: "store.not_writable",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
}

_OF_SYSTEM = {
    errno.ENOSPC: "store.full",
    errno.EDQUOT: "store.full",
    errno.EACCES: "store.not_writable",
    errno.EPERM: "store.not_writable",
    errno.EROFS: "store.not_writable",
}

A_LITTLE = 100_000
"""Bytes: less than what SQLite needs beside a store to open it."""

_OTHER = "store.no_answer"


def why(error: BaseException, store: Path | None = None) -> Reason:
    """Why something could not be read from the store, or written to it: half a sentence.

    Args:
        error: as caught; what caused it counts where it tells nothing itself.
        store: its file, if it is known: SQLite does not always say that the disk is full.
    """
    match error:
        case sqlite3.Error():
            if _kind(error) == sqlite3.SQLITE_IOERR and store is not None and _is_full(store):
                return Reason("store.full")
            return Reason(_OF_SQLITE.get(_kind(error), _OTHER))
        case OSError():
            return Reason(_OF_SYSTEM.get(error.errno or 0, _OTHER))
    return why(error.__cause__, store) if error.__cause__ is not None else Reason(_OTHER)


def _is_full(store: Path) -> bool:
    try:
        return shutil.disk_usage(store.parent).free < A_LITTLE
    except OSError:
        return False


def is_busy(error: BaseException) -> bool:
    """Whether another program, or another part of this one, holds what was to be written."""
    return isinstance(error, sqlite3.Error) and _kind(error) == sqlite3.SQLITE_BUSY


def _kind(error: sqlite3.Error) -> int:
    """SQLite's number for a failure: the lowest byte is the kind, the rest the circumstances.

    Python's own errors ("Cannot operate on a closed database") have none.
    """
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def is_damage(error: BaseException) -> bool:
    """Whether the file of the store is no whole store any more."""
    damaged = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(error, sqlite3.Error) and _kind(error) in damaged


def damage(what: str) -> sqlite3.DatabaseError:
    """The error of a store that was found to be damaged, as SQLite would raise it."""
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error
