"""Copies of what only the store knows: decisions, marks and the journal of clean-ups.

What is measured on photos can be measured again, so it is left out: a backup is small and made in
a moment, after each clean-up, each analysis and when the window closes. Each is a store by itself,
without facts. Three are kept: the newest, one about a day and one about a week older.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.files import unfinished
from photo_organizer.engine.storage import failure, suspicion

log = logging.getLogger(__name__)

DECIDED = ("decision", "review", "mark", "operation")
JOURNAL = ("batch", "move", "sidecar")
"""They name one another: all of them are taken from one source."""

OFTEN = timedelta(minutes=10)
"""While decisions come in, a backup is made no more often than this."""

_GENERATIONS = (("day", timedelta(days=1)), ("week", timedelta(days=7)))
_MAKING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that can be read."""

    path: Path
    made_at: datetime
    """In UTC."""


def folder(store_path: Path) -> Path:
    """Where the backups of a store lie."""
    return store_path.with_name("backups")


def known(store_path: Path) -> list[Backup]:
    """The backups of a store that are whole, the newest first."""
    found = [_read(path) for path in folder(store_path).glob("*.sqlite")]
    return sorted(filter(None, found), key=lambda one: one.made_at, reverse=True)


def is_due(store_path: Path) -> bool:
    """Whether the newest backup is older than `OFTEN`, or there is none."""
    newest = _read(_newest(store_path))
    return newest is None or datetime.now(UTC) - newest.made_at > OFTEN


def make(connection: sqlite3.Connection, store_path: Path) -> bool:
    """Keep a backup of what a store knows now; whether there was something new to keep.

    Args:
        connection: of the store, in no transaction.
        store_path: where it lies.

    Raises:
        sqlite3.Error: the store cannot be read, or is damaged.
        OSError: the backup cannot be written; the earlier ones are as they were.
    """
    with _MAKING, closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        digest = _fill(copy, connection)
        newest = _newest(store_path)
        if digest is None or _digest(newest) == digest:
            return False
        copy.execute("CREATE TABLE backup (made_at TEXT NOT NULL, digest TEXT NOT NULL)")
        now = datetime.now(UTC)
        copy.execute("INSERT INTO backup VALUES (?, ?)", (now.isoformat(), digest))
        _write(copy, newest, now)
    return True


def keep(connection: sqlite3.Connection, store_path: Path) -> None:
    """As `make`, beside work that a failed backup must not stop: the log tells of it."""
    try:
        make(connection, store_path)
    except (OSError, sqlite3.Error) as error:
        log.warning("No backup of the store was made", exc_info=True)
        if failure.is_damage(error):
            suspicion.suspect(store_path)


def _fill(copy: sqlite3.Connection, connection: sqlite3.Connection) -> str | None:
    """Copy schema and rows; a digest of the rows, None where there are none."""
    digest, some = hashlib.sha256(), False
    connection.execute("BEGIN")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for (made,) in connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        ):
            copy.execute(made)
        copy.execute(f"PRAGMA user_version = {version:d}")
        copy.execute("BEGIN")
        for table in (*DECIDED, *JOURNAL):
            if not is_sound(connection, table):
                raise failure.damage(f"The table {table} is damaged")
            for row in connection.execute(f"SELECT * FROM {table}"):
                some = True
                digest.update(repr((table, row)).encode())
                copy.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
        copy.execute("COMMIT")
    finally:
        connection.execute("ROLLBACK")
    return digest.hexdigest() if some else None


def is_sound(connection: sqlite3.Connection, table: str = "") -> bool:
    """Whether SQLite finds nothing wrong in a table, or in the whole file.

    Raises:
        sqlite3.Error: not even that can be found out.
    """
    check = f"PRAGMA quick_check({table})" if table else "PRAGMA quick_check"
    return connection.execute(check).fetchall() == [("ok",)]


def _write(copy: sqlite3.Connection, newest: Path, now: datetime) -> None:
    paths.own_folder(newest.parent)
    with unfinished.beside(newest) as staged:
        paths.own_file(staged)
        with closing(sqlite3.connect(staged, isolation_level=None)) as file:
            copy.backup(file)
            if not is_sound(file):
                raise sqlite3.DatabaseError("The backup cannot be read again")
        with staged.open("rb+") as written:
            os.fsync(written.fileno())
        _rotate(newest, now)
        staged.replace(newest)


def _rotate(newest: Path, now: datetime) -> None:
    """Let the newest become that of a day, and that of a day that of a week, where it is time."""
    younger = newest
    moves = []
    for name, age in _GENERATIONS:
        older = newest.with_stem(name)
        there = _read(older)
        if there is not None and now - there.made_at < age:
            break
        moves.append((younger, older))
        younger = older
    for source, target in reversed(moves):
        with suppress(FileNotFoundError):
            source.replace(target)


def _newest(store_path: Path) -> Path:
    return folder(store_path) / "newest.sqlite"


def _read(path: Path) -> Backup | None:
    for made_at, _ in _about(path):
        return Backup(path, datetime.fromisoformat(made_at))
    return None


def _digest(path: Path) -> str | None:
    for _, digest in _about(path):
        return digest
    return None


def _about(path: Path) -> Iterator[tuple[str, str]]:
    """What a backup says of itself; nothing where it is none, or is damaged."""
    if not path.is_file():
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            if is_sound(file):
                yield from file.execute("SELECT made_at, digest FROM backup").fetchall()
    except sqlite3.Error:
        log.warning("The backup %s cannot be read", path, exc_info=True)
