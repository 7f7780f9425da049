"""Locks between processes that end with the process that has one, even killed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from photo_organizer.engine import paths


def locked(path: Path, patience: float = 0.0) -> sqlite3.Connection:
    """Lock a file of the program's; close what comes back to let go of it.

    A lock of SQLite, which is a lock of the system.

    Args:
        path: of the lock; made when missing.
        patience: seconds to wait for another process that has it.

    Raises:
        sqlite3.Error: another process has it, or it cannot be used.
        OSError: it cannot be made.
    """
    paths.own_file(path)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection
