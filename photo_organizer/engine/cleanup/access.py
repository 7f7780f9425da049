"""The way to the journal: one process at a time moves photos."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.cleanup.journal import Journal
from photo_organizer.engine.storage import backups, failure, suspicion
from photo_organizer.engine.storage.lock import locked
from photo_organizer.engine.storage.store import Store, StoreError


class TrashBusyError(StoreError):
    """Another process cleans up or undoes just now."""

    def __init__(self) -> None:
        super().__init__("cleanup.busy")


@contextmanager
def alone(store_path: Path) -> Iterator[None]:
    """Keep other processes from moving photos: each could take what the other keeps.

    Raises:
        TrashBusyError: another process has it.
        StoreError: the lock cannot be used.
    """
    if (original := paths.stood_in_for()) is not None:
        raise StoreError("cleanup.no_journal", folder=str(original))
    path = store_path.with_name(store_path.name + "-lock")
    try:
        paths.own_folder(path.parent)
        lock = locked(path)
    except (sqlite3.Error, OSError) as error:
        if failure.is_busy(error):
            raise TrashBusyError from error
        raise StoreError("cleanup.lock", why=failure.why(error), path=str(path)) from error
    with closing(lock):
        yield


@contextmanager
def open_journal(store_path: Path, *, to_read: bool = False) -> Iterator[Journal]:
    """The journal in a store, opened anew.

    Args:
        store_path: the store.
        to_read: nothing is written down, so that no backup is due.

    Raises:
        StoreError: it cannot be read or written.
    """
    with Store(store_path) as store:
        try:
            yield Journal(store)
        except sqlite3.Error as error:
            if failure.is_damage(error):
                suspicion.suspect(store_path)
            raise StoreError("cleanup.journal", why=failure.why(error)) from error
        if not to_read:
            backups.keep(store.connection, store_path)
