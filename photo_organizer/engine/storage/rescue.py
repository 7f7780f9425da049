"""A damaged store is put aside, never deleted, and another takes its place with what is known.

What can still be read from the damaged store is taken from there, table by table; decisions and
journal that cannot be are taken from the newest backup, and what is measured is measured again.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.storage import backups, failure, suspicion
from photo_organizer.engine.storage.lock import locked
from photo_organizer.engine.storage.whole_file import set_aside

log = logging.getLogger(__name__)

SMALL = 20_000_000
"""Bytes: a store up to here is looked at as a whole when it is opened first, which takes a moment.
Of a larger one, the tables of what only it knows; other damage shows when it is read."""

PATIENCE = 60.0
"""Seconds to wait for another process that rebuilds the store."""

_MEASURED = ("photo", "content", "embedding", "text_embedding")
_BESIDE = ("-wal", "-shm")

_looked_at: set[Path] = set()
_found_damaged: set[Path] = set()
"""Those of them that nobody has tried to rebuild yet."""
_listeners: list[Callable[[Reason], None]] = []
_LOOKING = threading.Lock()
_REBUILDING = threading.Lock()

Make = Callable[[Path], sqlite3.Connection]
"""Makes a store, or brings one up to date: an open connection to it."""


@contextmanager
def telling(listener: Callable[[Reason], None]) -> Iterator[None]:
    """Tell `listener` meanwhile of stores that were rebuilt, on whichever thread that happens."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def is_emptied(path: Path) -> bool:
    """Whether nothing is left of a store of which there is a backup; a new one is not there yet."""
    wal = path.with_name(f"{path.name}-wal")
    emptied = path.is_file() and not path.stat().st_size and not wal.exists()
    return emptied and bool(backups.known(path))


def is_damaged(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether a store that was just opened is damaged, as far as a short look tells.

    Each process looks once; who opens the store meanwhile waits for the answer. A suspected store
    is looked at as a whole.
    """
    with _LOOKING:
        suspected = suspicion.is_suspected(path)
        if path in _looked_at and not suspected:
            return path in _found_damaged
        _looked_at.add(path)
        damaged = _look(path, connection, suspected)
        if damaged:
            _found_damaged.add(path)
        return damaged


def _look(path: Path, connection: sqlite3.Connection, suspected: bool) -> bool:
    whole = suspected or path.stat().st_size <= SMALL
    tables = ("",) if whole else (*backups.DECIDED, *backups.JOURNAL)
    try:
        sound = all(backups.is_sound(connection, table) for table in tables)
    except sqlite3.Error as error:
        sound = not failure.is_damage(error)  # busy: nothing was looked at
    if sound and suspected:
        suspicion.clear(path)
    return not sound


def rebuild(path: Path, make: Make) -> None:
    """Put a damaged store aside and make another in its place; listeners are told.

    Args:
        path: the store. No connection to it is open here.
        make: makes a store or brings it up to date.

    Raises:
        sqlite3.Error, OSError: it cannot be; the damaged store is where it was, or put aside.
    """
    try:
        lock = path.with_name(f"{path.name}-rebuilding")
        with _REBUILDING, closing(locked(lock, PATIENCE)):  # no other process rebuilds it
            if not _still_damaged(path):  # another thread or program was quicker
                return
            reason = _make_anew(path, make)
    finally:
        _found_damaged.discard(path)
    log.error("%s", reason)
    for listener in _listeners:
        listener(reason)


def _make_anew(path: Path, make: Make) -> Reason:
    """What `rebuild` does; what is to be told of it."""
    fresh = path.with_name(f"{path.name}.rebuilt")
    _remove(fresh)
    backup = next(iter(backups.known(path)), None)
    if backup is not None:
        shutil.copyfile(backup.path, fresh)
    with closing(make(fresh)) as connection:
        connection.execute("DROP TABLE IF EXISTS backup")
        saved = _save(path, connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
    aside = _put_aside(path)
    fresh.replace(path)
    suspicion.clear(path)
    values = {"aside": str(aside)}
    if saved:
        return Reason("store.rebuilt", values)
    if backup is None:
        return Reason("store.begun_anew", values)
    made = backup.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return Reason("store.restored", values | {"made": made})


def _save(path: Path, connection: sqlite3.Connection) -> bool:
    """Take over what can be read from a damaged store; whether nothing decided is lost."""
    try:
        with closing(_read_only(path)) as damaged:
            (version,) = damaged.execute("PRAGMA user_version").fetchone()
            if (version,) != connection.execute("PRAGMA user_version").fetchone():
                return False
            whole = [_take(damaged, connection, (table,)) for table in backups.DECIDED]
            whole.append(_take(damaged, connection, backups.JOURNAL))
            for table in _MEASURED:
                _take(damaged, connection, (table,))
            return all(whole)
    except sqlite3.Error:
        log.info("Nothing more can be read from the damaged store", exc_info=True)
        return False


def _take(
    damaged: sqlite3.Connection, connection: sqlite3.Connection, tables: Sequence[str]
) -> bool:
    """Take over some tables as they are in the damaged store: all of them, or none."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    try:
        for table in tables:
            if not backups.is_sound(damaged, table):
                raise failure.damage(f"The table {table} is damaged")
            connection.execute(f"DELETE FROM {table}")
            rows = damaged.execute(f"SELECT * FROM {table}")
            row = ",".join("?" * len(rows.description))
            connection.executemany(f"INSERT INTO {table} VALUES ({row})", rows)
        connection.execute("COMMIT")
    except sqlite3.Error:
        log.info("%s cannot be read from the damaged store", ", ".join(tables), exc_info=True)
        connection.execute("ROLLBACK")
        return False
    return True


def _still_damaged(path: Path) -> bool:
    if is_emptied(path):
        return True
    try:
        with closing(_read_only(path)) as connection:
            return not backups.is_sound(connection)
    except sqlite3.Error as error:
        return failure.is_damage(error)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _put_aside(path: Path) -> Path:
    """Give a store and what belongs to it dated names that were free."""
    day = datetime.now().astimezone().strftime("%Y-%m-%d")
    # It stays in its place, too, until the other replaces it.
    aside = set_aside(path, f"damaged-{day}")
    for suffix in _BESIDE:  # they must not be taken for those of the other
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def _remove(fresh: Path) -> None:
    """What a rebuilding left that was interrupted; a copy, never the store itself."""
    for suffix in ("", *_BESIDE, "-journal"):
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
