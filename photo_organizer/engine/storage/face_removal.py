"""Removes all that is kept of faces, wherever it is kept."""

from __future__ import annotations

from photo_organizer.engine.storage.snapshot import Snapshots
from photo_organizer.engine.storage.store import Store


def remove_faces(store: Store) -> None:
    """Remove the faces in a store, and the snapshots: their answers follow from faces in part.

    Raises:
        sqlite3.Error: the store cannot be written.
    """
    if store.forget_faces():
        Snapshots().clear()
