"""Facts as they lie in the store, content by content: to be carried to another one.

Contents come in the order of their hashes, a page at a time, each page by statements of its own:
memory does not grow with the library, and nobody who writes meanwhile is held up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from photo_organizer.engine.storage.store import Store, chunks, marks, range_below


@dataclass(frozen=True, slots=True)
class RawEmbedding:
    """An embedding of a content."""

    model: str
    version: str
    vector: bytes
    """float16, one after another."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file of a content below one of some folders."""

    folder: int
    """Which of the folders: the first that it lies in."""
    path: bytes
    """From there, as `os.fsencode` writes it."""
    size: int
    """Bytes."""
    mtime_ns: int


@dataclass(slots=True)
class RawContent:
    """All that is known of a content; see the schema in `store`."""

    content_hash: bytes
    version: str
    error: str | None
    format: str | None
    width: int | None
    height: int | None
    exif: str | None
    measures: bytes | None
    """float32, one after another."""
    fingerprint: bytes | None
    holdings: str | None
    faces: str | None = None
    faces_version: str | None = None
    embeddings: list[RawEmbedding] = field(default_factory=list)
    files: list[RawFile] = field(default_factory=list)


class Listing:
    """The contents of a store, or those of the photos below some folders.

    Args:
        store: that is read.
        folders: absolute; none: all contents, and no files are named.
        faces: with what is known of faces.
    """

    def __init__(self, store: Store, folders: Sequence[Path] = (), *, faces: bool = True) -> None:
        self._connection = store.connection
        self._ranges = [range_below(folder) for folder in folders]
        self._below = " OR ".join(["path >= ? AND path < ?"] * len(folders))
        self._bounds = tuple(bound for pair in self._ranges for bound in pair)
        self._faces = faces

    def count(self) -> int:
        """How many contents there are."""
        if not self._ranges:
            asked = "SELECT COUNT(*) FROM content"
        else:
            asked = (
                "SELECT COUNT(DISTINCT content_hash) FROM photo "
                f"WHERE ({self._below}) AND content_hash IN (SELECT content_hash FROM content)"
            )
        found: tuple[int] = self._connection.execute(asked, self._bounds).fetchone()
        return found[0]

    def pages(self, size: int) -> Iterator[list[RawContent]]:
        """The contents in the order of their hashes, at most `size` at a time."""
        models = self._connection.execute("SELECT DISTINCT model, version FROM embedding")
        known = models.fetchall()
        last = b""
        while hashes := self._hashes(last, size):
            last = hashes[-1]
            page = self._contents(hashes)
            if page:
                self._add_embeddings(page, known)
                if self._faces:
                    self._add_faces(page)
                self._add_files(page)
                yield list(page.values())

    def _hashes(self, last: bytes, most: int) -> list[bytes]:
        if not self._ranges:
            asked = (
                "SELECT content_hash FROM content WHERE content_hash > ? "
                "ORDER BY content_hash LIMIT ?"
            )
        else:
            # By that index each page goes on where the one before ended.
            asked = (
                "SELECT DISTINCT content_hash FROM photo INDEXED BY photo_content "
                f"WHERE content_hash > ? AND ({self._below}) ORDER BY content_hash LIMIT ?"
            )
        rows = self._connection.execute(asked, (last, *self._bounds, most))
        return [content_hash for (content_hash,) in rows]

    def _contents(self, hashes: Sequence[bytes]) -> dict[bytes, RawContent]:
        found = {}
        for chunk in chunks(hashes):
            for row in self._connection.execute(
                "SELECT content_hash, version, error, format, width, height, exif, measures, "
                f"fingerprint, holdings FROM content WHERE content_hash IN ({marks(chunk)}) "
                "ORDER BY content_hash",
                chunk,
            ):
                found[row[0]] = RawContent(*row)
        return found

    def _add_embeddings(
        self, page: dict[bytes, RawContent], models: Iterable[tuple[str, str]]
    ) -> None:
        for model, version in models:
            for chunk in chunks(page):
                for content_hash, vector in self._connection.execute(
                    "SELECT content_hash, vector FROM embedding "
                    f"WHERE model = ? AND version = ? AND content_hash IN ({marks(chunk)})",
                    (model, version, *chunk),
                ):
                    page[content_hash].embeddings.append(RawEmbedding(model, version, vector))

    def _add_faces(self, page: dict[bytes, RawContent]) -> None:
        for chunk in chunks(page):
            for content_hash, version, found in self._connection.execute(
                "SELECT content_hash, version, found FROM faces "
                f"WHERE content_hash IN ({marks(chunk)})",
                chunk,
            ):
                page[content_hash].faces_version = version
                page[content_hash].faces = found

    def _add_files(self, page: dict[bytes, RawContent]) -> None:
        for chunk in chunks(page) if self._ranges else ():
            for content_hash, path, size, mtime_ns in self._connection.execute(
                "SELECT content_hash, path, size, mtime_ns FROM photo "
                f"WHERE content_hash IN ({marks(chunk)}) ORDER BY path",
                chunk,
            ):
                for number, (first, after) in enumerate(self._ranges):
                    if first <= path < after:
                        file = RawFile(number, path[len(first) :], size, mtime_ns)
                        page[content_hash].files.append(file)
                        break


def known_contents(store: Store, hashes: Iterable[bytes], version: str) -> set[bytes]:
    """Those of the contents that this version of the measuring code has looked at."""
    return _having(store, hashes, "content", "version = ?", version)


def known_faces(store: Store, hashes: Iterable[bytes], version: str) -> set[bytes]:
    """Those of the contents that this version of the measuring code has looked through."""
    return _having(store, hashes, "faces", "version = ?", version)


def known_embeddings(store: Store, hashes: Iterable[bytes], model: str, version: str) -> set[bytes]:
    """Those of the contents that this version of a model has embedded."""
    return _having(store, hashes, "embedding", "model = ? AND version = ?", model, version)


def dimension(store: Store, model: str, version: str) -> int | None:
    """The length of the embeddings of this version of a model; None where there are none."""
    row: tuple[int] | None = store.connection.execute(
        "SELECT length(vector) / 2 FROM embedding WHERE model = ? AND version = ? LIMIT 1",
        (model, version),
    ).fetchone()
    return row[0] if row else None


def _having(
    store: Store, hashes: Iterable[bytes], table: str, where: str, *values: str
) -> set[bytes]:
    return {
        content_hash
        for chunk in chunks(hashes)
        for (content_hash,) in store.connection.execute(
            f"SELECT content_hash FROM {table} WHERE {where} AND content_hash IN ({marks(chunk)})",
            (*values, *chunk),
        )
    }
