"""Stores as older programs left them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from photo_organizer.engine.storage.store import MIGRATIONS


def as_of(steps: int, path: Path) -> None:
    """Make the store at `path` one of a program that knew so many migrations; its journal stays.

    Columns and tables of later ones are left out, and so is everything else.
    """
    older = path.with_name("older.sqlite")
    with closing(sqlite3.connect(older)) as store:
        for migration in MIGRATIONS[:steps]:
            store.executescript(migration)
        store.execute(f"PRAGMA user_version = {steps}")
        store.execute("ATTACH ? AS newer", (str(path),))
        for table in ("batch", "move", "sidecar"):
            names = [row[1] for row in store.execute(f"PRAGMA main.table_info({table})")]
            listed = ", ".join(names)
            store.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM newer.{table}")
        store.commit()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    older.replace(path)
