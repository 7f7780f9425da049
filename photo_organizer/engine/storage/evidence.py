"""Remembers what comparing photos found out, so that nothing is compared twice.

Pairs belong to contents, as all facts do: a photo that left and comes back finds its own again, in
any library. The last search belongs to a library, for whom it was near to depends on who was there.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from photo_organizer.engine.storage.store import Store, StoreError, chunks, marks

log = logging.getLogger(__name__)

LIBRARIES = 12
"""Libraries of which the last search is remembered; the one searched longest ago goes first."""

PairBytes = tuple[bytes, bytes]
"""Of one content, whom it was screened with and whom it was laid over."""


class StoredEvidence:
    """Evidence in a store; it may be asked from any thread, each call opens the store anew.

    Evidence can be found out again: where the store cannot take it, the log tells of it, and all
    goes on.

    Args:
        path: of the store.
        library: the folders that are judged together.
        pictures: the version of the code that makes thumbnails of contents.
        model: name and version of the model that embeds them.
    """

    def __init__(
        self, path: Path, library: Sequence[Path], pictures: str, model: tuple[str, str]
    ) -> None:
        self._path = path
        names = sorted(os.fsencode(folder) for folder in library)
        self._library = hashlib.sha256(b"\0".join((*names, *map(str.encode, model)))).digest()[:16]
        self._pictures = pictures
        self._model = "|".join(model)

    def pairs(self, contents: Sequence[bytes], version: int) -> Mapping[bytes, PairBytes]:
        """What is known of pairs in which these contents are the first."""
        with Store(self._path) as store:
            return _pairs(store, contents, self._version(version))

    def add_pairs(self, added: Mapping[bytes, PairBytes], version: int) -> None:
        """Know more of pairs, by the content that is the first, beside what is known already."""
        name = self._version(version)

        def write(store: Store) -> None:
            before = _pairs(store, added, name)
            store.connection.executemany(
                "INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?)",
                [
                    (content, name, old[0] + screened, old[1] + looked)
                    for content, (screened, looked) in added.items()
                    for old in (before.get(content, (b"", b"")),)
                ],
            )

        self._write(write)

    def searches(self, version: int) -> Sequence[bytes]:
        """What the last search in this library found, with this model.

        Of a library that was never searched: what was found in others, the latest first. It may
        be one of them with another folder.
        """
        name = f"{self._version(version)}|{self._model}"
        with Store(self._path) as store:
            rows = store.connection.execute(
                "SELECT found FROM search WHERE library = ? AND version = ?", (self._library, name)
            ).fetchall()
            if not rows:
                rows = store.connection.execute(
                    "SELECT found FROM search WHERE version = ? ORDER BY id DESC", (name,)
                ).fetchall()
        return [found for (found,) in rows]

    def keep_search(self, found: bytes, version: int) -> None:
        """Remember it instead of the one before."""

        def write(store: Store) -> None:
            store.connection.execute("DELETE FROM search WHERE library = ?", (self._library,))
            store.connection.execute(
                "DELETE FROM search WHERE id NOT IN (SELECT id FROM search ORDER BY id DESC "
                "LIMIT ?)",
                (LIBRARIES - 1,),
            )
            store.connection.execute(
                "INSERT INTO search (library, version, found) VALUES (?, ?, ?)",
                (self._library, f"{self._version(version)}|{self._model}", found),
            )

        self._write(write)

    def _version(self, version: int) -> str:
        return f"{self._pictures}.{version}"

    def _write(self, write: Callable[[Store], object]) -> None:
        try:
            with Store(self._path) as store, store.batch():
                write(store)
        except (StoreError, sqlite3.Error):
            log.warning("What was compared is not remembered", exc_info=True)


def _pairs(store: Store, contents: Iterable[bytes], version: str) -> dict[bytes, PairBytes]:
    """What a store knows of pairs in which these contents are the first, by this version."""
    found: dict[bytes, PairBytes] = {}
    for chunk in chunks(contents):
        for content, screened, looked in store.connection.execute(
            "SELECT content_hash, screened, looked FROM pairs "
            f"WHERE version = ? AND content_hash IN ({marks(chunk)})",
            (version, *chunk),
        ):
            found[content] = screened, looked
    return found
