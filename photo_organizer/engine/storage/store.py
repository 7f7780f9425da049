"""What the program remembers: one SQLite file with photos, facts, decisions and the journal.

Facts belong to *content* (a hash of the bytes), not to a path: a renamed photo keeps its facts,
a copy costs nothing, and the user's decisions survive renames and rescans. Write-ahead logging
lets readers go on while the one writer commits batch by batch: a crash loses seconds.

A `Store` belongs to the thread that opened it; open another one in another thread. The window knows
this module before it can afford numpy, hence the imports within functions.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from photo_organizer.engine import paths
from photo_organizer.engine.domain.decisions import Contents, Decisions, Mark
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import (
    HASH_BYTES,
    Exif,
    Facts,
    FileIdentity,
    Photo,
    Vectors,
)
from photo_organizer.engine.domain.holdings import PLAIN, Holdings
from photo_organizer.engine.domain.reasons import Reason, SpokenError
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.storage import failure, rescue, suspicion
from photo_organizer.engine.storage.facts_json import (
    exif_from_json,
    exif_to_json,
    faces_from_json,
    faces_to_json,
    holdings_from_json,
    holdings_to_json,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds to wait for another writer before giving up."""

SAME_MOMENT = 2_000_000_000
"""Nanoseconds by which the times of change of two copies may differ: FAT keeps even seconds."""

CANDIDATES = 16
"""Contents that a file is compared with by its hash, see `Store.whole`."""

_SETTING_UP = threading.Lock()
"""Two threads that switch a new file to its write-ahead log do not wait: one of them fails."""

MIGRATIONS = (
    """
    CREATE TABLE photo (
        id INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE,          -- bytes: names need not be valid UTF-8
        device TEXT NOT NULL,               -- text: unsigned 64 bits and more on some systems
        inode TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        content_hash BLOB NOT NULL
    );
    CREATE INDEX photo_content ON photo (content_hash);
    CREATE TABLE content (
        content_hash BLOB PRIMARY KEY,
        version TEXT NOT NULL,              -- of decoder, measures and fingerprints
        error TEXT,                         -- why it cannot be decoded; the rest is NULL then
        format TEXT, width INTEGER, height INTEGER, exif TEXT,
        measures BLOB, fingerprint BLOB
    ) WITHOUT ROWID;
    CREATE TABLE embedding (
        content_hash BLOB NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL,
        vector BLOB NOT NULL,               -- float16, unit length
        PRIMARY KEY (model, version, content_hash)
    );
    CREATE TABLE text_embedding (
        model TEXT NOT NULL, version TEXT NOT NULL, text TEXT NOT NULL,
        vector BLOB NOT NULL,               -- float32
        PRIMARY KEY (model, version, text)
    ) WITHOUT ROWID;
    CREATE TABLE decision (
        kind TEXT NOT NULL,                 -- not_duplicates, fine, rating, category
        content_hash BLOB NOT NULL,
        subject BLOB NOT NULL,              -- the other photo's hash, the flaw, or empty
        value TEXT NOT NULL,
        PRIMARY KEY (kind, content_hash, subject)
    ) WITHOUT ROWID;
    CREATE TABLE batch (
        id INTEGER PRIMARY KEY,
        started_at TEXT NOT NULL,           -- ISO 8601, UTC
        finished_at TEXT,
        undone_at TEXT
    );
    CREATE TABLE move (
        id INTEGER PRIMARY KEY,
        batch INTEGER NOT NULL REFERENCES batch (id),
        path BLOB NOT NULL,
        device TEXT NOT NULL, inode TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        content_hash BLOB NOT NULL,
        state TEXT NOT NULL,                -- planned, trashed, restored, refused
        trashed_path BLOB,
        message TEXT
    );
    CREATE INDEX move_batch ON move (batch);
    """,
    """
    CREATE TABLE review (
        contents BLOB PRIMARY KEY           -- sorted content hashes of a group, one after another
    ) WITHOUT ROWID;
    CREATE TABLE mark (
        content_hash BLOB NOT NULL,
        path BLOB NOT NULL,                 -- of copies, only one may be marked
        PRIMARY KEY (content_hash, path)
    ) WITHOUT ROWID;
    CREATE TABLE sidecar (
        id INTEGER PRIMARY KEY,
        batch INTEGER NOT NULL REFERENCES batch (id),
        path BLOB NOT NULL,
        previous BLOB,                      -- what was there before; NULL: nothing
        written BLOB NOT NULL,              -- what the program put there
        state TEXT NOT NULL                 -- written, undone, left
    );
    CREATE INDEX sidecar_batch ON sidecar (batch);
    """,
    # Reasons are JSON, code and values, from here on. What could not be decoded was remembered as
    # an English sentence: forgotten, so that it is tried once more.
    """
    DELETE FROM content WHERE error IS NOT NULL;
    UPDATE move SET message = json_array(
        json_extract(message, '$.code'), json(json_extract(message, '$.values'))
    ) WHERE message IS NOT NULL;
    """,
    # Why a sidecar could not be written has another name in its sentence.
    """
    UPDATE move SET message = json_array(
        'trash.sidecar', json_object('why', json_extract(message, '$[1].message'))
    ) WHERE json_extract(message, '$[0]') = 'trash.sidecar'
        AND json_extract(message, '$[1].message') IS NOT NULL;
    """,
    # What a file holds beside the picture that is judged.
    """
    ALTER TABLE content ADD COLUMN holdings TEXT;
    """,
    # Photos that only a link leads to.
    """
    ALTER TABLE photo ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;
    """,
    # The faces in photos that were looked through for them.
    """
    CREATE TABLE faces (
        content_hash BLOB PRIMARY KEY,
        version TEXT NOT NULL,              -- of decoder and face finder
        found TEXT NOT NULL                 -- JSON: a list of faces
    ) WITHOUT ROWID;
    """,
    # Photos that were moved into a folder instead of the trash.
    """
    ALTER TABLE batch ADD COLUMN folder BLOB;   -- NULL: the trash
    """,
    # What people changed, so that they can take it back.
    """
    CREATE TABLE operation (
        id TEXT PRIMARY KEY,
        made INTEGER NOT NULL,              -- nanoseconds since 1970
        undone INTEGER NOT NULL,            -- the same; 0: it stands
        deed TEXT NOT NULL,
        count INTEGER NOT NULL,             -- photos
        detail TEXT NOT NULL,               -- JSON, a text
        library TEXT NOT NULL,              -- JSON: the folders that were open
        steps TEXT NOT NULL                 -- JSON: subject, key, before, after of each
    ) WITHOUT ROWID;
    CREATE INDEX operation_made ON operation (made);
    """,
    # What comparing photos found out.
    """
    CREATE TABLE pairs (
        content_hash BLOB PRIMARY KEY,      -- the first of each pair
        version TEXT NOT NULL,              -- of decoder, fingerprints and comparing
        screened BLOB NOT NULL,             -- whose layouts were compared, and whether they agree
        looked BLOB NOT NULL                -- who was laid over it, and what that said
    ) WITHOUT ROWID;
    CREATE TABLE search (
        id INTEGER PRIMARY KEY,             -- the larger, the later
        library BLOB NOT NULL UNIQUE,       -- a digest of its folders and of the model
        version TEXT NOT NULL,              -- of comparing and of the model
        found BLOB NOT NULL                 -- whom each photo was nearest to
    );
    """,
    # Other computers are told which contents a new file may have.
    """
    CREATE INDEX photo_size ON photo (size, mtime_ns);
    """,
)
"""Schema steps, in order; ``PRAGMA user_version`` counts those applied. Append, never edit."""


class StoreError(SpokenError):
    """The store cannot be used; `reason` tells people why and what was kept."""


@dataclass(frozen=True, slots=True)
class Content:
    """What decoding and measuring found in some content."""

    content_hash: bytes
    format: str
    width: int
    height: int
    exif: Exif
    measures: NDArray[np.float32]
    fingerprint: NDArray[np.uint8]
    holdings: Holdings = PLAIN


class Store:
    """The open store; usable as a context manager.

    Args:
        path: the SQLite file, made with its folders when missing.
        patience: seconds to wait for another writer.

    Raises:
        StoreError: the file cannot be opened, or a newer program wrote it.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self.path = path
        try:
            paths.own_folder(path.parent)
            connection = None if rescue.is_emptied(path) else _open_sound(path, patience)
            if connection is None:
                rescue.rebuild(path, lambda fresh: _open(fresh, patience))
                connection = _open(path, patience)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                "store.closed", why=failure.why(error, path), path=str(path)
            ) from error
        self.connection = connection

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, *_: object
    ) -> None:
        """Close the store; what SQLite says of a failure leaves the block in words for people.

        Raises:
            StoreError: SQLite failed within the block.
        """
        self.close()
        if isinstance(error, sqlite3.Error):
            if failure.is_damage(error):
                suspicion.suspect(self.path)
            raise StoreError("store.failed", why=failure.why(error, self.path)) from error

    def close(self) -> None:
        """Close the connection; the store cannot be used afterwards."""
        self.connection.close()

    # ------------------------------------------------------------------ photos and content

    def known(self, identities: Iterable[FileIdentity]) -> Iterator[tuple[FileIdentity, Photo]]:
        """The files among `identities` that are unchanged since they were decoded.

        The photos carry identity and hash only; `content` has the rest.
        """
        for chunk in chunks(identities):
            rows = self.connection.execute(
                "SELECT path, id, device, inode, size, mtime_ns, linked, content_hash FROM photo "
                f"WHERE path IN ({marks(chunk)})",
                [os.fsencode(i.path) for i in chunk],
            )
            by_path = {row[0]: row[1:] for row in rows}
            for identity in chunk:
                row = by_path.get(os.fsencode(identity.path))
                if row is not None and row[1:6] == _identity_row(identity)[1:]:
                    yield identity, Photo(row[0], identity, row[6], "", 0, 0, Exif())

    def photos_below(self, folder: Path) -> list[FileIdentity]:
        """The photos that lay below a folder when it was last looked at, sorted by path.

        Args:
            folder: absolute; need not exist any more.
        """
        rows = self.connection.execute(
            "SELECT path, device, inode, size, mtime_ns, linked FROM photo "
            "WHERE path >= ? AND path < ? ORDER BY path",
            range_below(folder),
        )
        return [
            FileIdentity(
                Path(os.fsdecode(path)), int(device), int(inode), size, mtime_ns, bool(linked)
            )
            for path, device, inode, size, mtime_ns, linked in rows
        ]

    def add_photo(self, identity: FileIdentity, content_hash: bytes) -> int:
        """Remember that the file has this content; the photo's id, stable for its path."""
        row: tuple[int] = self.connection.execute(
            "INSERT INTO photo (path, device, inode, size, mtime_ns, linked, content_hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
            "device = excluded.device, inode = excluded.inode, size = excluded.size, "
            "mtime_ns = excluded.mtime_ns, linked = excluded.linked, "
            "content_hash = excluded.content_hash RETURNING id",
            (*_identity_row(identity), content_hash),
        ).fetchone()
        return row[0]

    def relocate(self, path: Path, place: Path) -> None:
        """Know a photo, and its mark, at the place that its file was moved to; its id stays."""
        where = (os.fsencode(place), os.fsencode(path))
        self.connection.execute("UPDATE OR REPLACE photo SET path = ? WHERE path = ?", where)
        self.connection.execute("UPDATE OR REPLACE mark SET path = ? WHERE path = ?", where)

    def add_content(self, content: Content, version: str) -> None:
        """Remember what was measured by the given version of the measuring code."""
        self.connection.execute(
            "INSERT OR REPLACE INTO content VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?)",
            (
                content.content_hash,
                version,
                content.format,
                content.width,
                content.height,
                exif_to_json(content.exif),
                content.measures.astype("float32").tobytes(),
                content.fingerprint.tobytes(),
                holdings_to_json(content.holdings),
            ),
        )

    def add_unreadable(self, content_hash: bytes, reason: Reason, version: str) -> None:
        """Remember that this content cannot be decoded, so that it is not tried again."""
        self.connection.execute(
            "INSERT OR REPLACE INTO content (content_hash, version, error) VALUES (?, ?, ?)",
            (content_hash, version, json.dumps(reason.to_json())),
        )

    def contents(self, hashes: Sequence[bytes], version: str) -> dict[bytes, Content | Reason]:
        """What is known of each content at this version: facts, or why it is unreadable."""
        import numpy as np

        found: dict[bytes, Content | Reason] = {}
        for chunk in chunks(hashes):
            for row in self.connection.execute(
                "SELECT content_hash, error, format, width, height, exif, measures, fingerprint, "
                f"holdings FROM content WHERE version = ? AND content_hash IN ({marks(chunk)})",
                (version, *chunk),
            ):
                content_hash, error, image_format, width, height, exif, *rest = row
                if error:
                    found[content_hash] = Reason.from_json(json.loads(error))
                    continue
                found[content_hash] = Content(
                    content_hash,
                    image_format,
                    width,
                    height,
                    exif_from_json(exif),
                    np.frombuffer(rest[0], np.float32),
                    np.frombuffer(rest[1], np.uint8),
                    holdings_from_json(rest[2]),
                )
        return found

    def whole(
        self, size: int, mtime_ns: int, version: str, model: tuple[str, str]
    ) -> tuple[bytes, ...]:
        """Contents that a new file may have, of which nothing would have to be found out.

        Args:
            size: of the file, in bytes.
            mtime_ns: when it was changed. Copied and moved files mostly keep it: where some of that
                moment are known, only these are answered.
            version: of the measuring code.
            model: that embeds, and its version.

        Returns:
            At most `CANDIDATES`: all raw files of a camera may have one size.
        """
        measured = (
            "SELECT DISTINCT photo.content_hash FROM photo JOIN content USING (content_hash) "
            "WHERE size = ? AND mtime_ns BETWEEN ? AND ? AND content.version = ? "
            "AND (error IS NOT NULL OR EXISTS (SELECT 1 FROM embedding AS e WHERE e.model = ? "
            "AND e.version = ? AND e.content_hash = photo.content_hash)) LIMIT ?"
        )
        for since, until in (
            (mtime_ns - SAME_MOMENT, mtime_ns + SAME_MOMENT),
            (-(1 << 63), (1 << 63) - 1),
        ):
            rows = self.connection.execute(
                measured, (size, since, until, version, *model, CANDIDATES)
            ).fetchall()
            if rows:
                return tuple(content_hash for (content_hash,) in rows)
        return ()

    # ------------------------------------------------------------------ embeddings

    def add_embedding(
        self, content_hash: bytes, model: str, version: str, vector: NDArray[np.floating[Any]]
    ) -> None:
        """Remember a photo's embedding; kept as float16 (cosines move by less than 1e-4)."""
        self.connection.execute(
            "INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?)",
            (content_hash, model, version, vector.astype("float16").tobytes()),
        )

    def embeddings(
        self, hashes: Sequence[bytes], model: str, version: str, dimension: int | None = None
    ) -> dict[bytes, NDArray[np.float32]]:
        """The embeddings of this model and version that are known, by content; see `halves`."""
        found = self.halves(hashes, model, version, dimension)
        return {content: vector.astype("float32") for content, vector in found.items()}

    def halves(
        self, hashes: Sequence[bytes], model: str, version: str, dimension: int | None = None
    ) -> dict[bytes, NDArray[np.float16]]:
        """The same in the numbers that are kept: half the memory, until all are needed at once.

        Args:
            hashes: of the contents.
            model: whose embeddings are asked for.
            version: of the model.
            dimension: how long they are. What has another length was imported and is none of this
                model, whatever was said of it: it is not known, and will be replaced.
        """
        import numpy as np

        found: dict[bytes, NDArray[np.float16]] = {}
        for chunk in chunks(hashes):
            for content_hash, vector in self.connection.execute(
                "SELECT content_hash, vector FROM embedding "
                f"WHERE model = ? AND version = ? AND content_hash IN ({marks(chunk)})",
                (model, version, *chunk),
            ):
                half = np.frombuffer(vector, np.float16)
                if dimension in (None, len(half)):
                    found[content_hash] = half
        return found

    def has_embeddings(self, model: str, version: str) -> bool:
        """Whether any photo was embedded by this version of a model."""
        row = self.connection.execute(
            "SELECT 1 FROM embedding WHERE model = ? AND version = ? LIMIT 1", (model, version)
        ).fetchone()
        return row is not None

    # ------------------------------------------------------------------ faces

    def add_faces(self, content_hash: bytes, found: Sequence[Face], version: str) -> None:
        """Remember the faces of a photo, as this version of the measuring code found them."""
        self.connection.execute(
            "INSERT OR REPLACE INTO faces VALUES (?, ?, ?)",
            (content_hash, version, faces_to_json(found)),
        )

    def faces(self, hashes: Sequence[bytes], version: str) -> dict[bytes, tuple[Face, ...]]:
        """The faces of the contents that were looked through at this version."""
        found: dict[bytes, tuple[Face, ...]] = {}
        for chunk in chunks(hashes):
            for content_hash, text in self.connection.execute(
                "SELECT content_hash, found FROM faces "
                f"WHERE version = ? AND content_hash IN ({marks(chunk)})",
                (version, *chunk),
            ):
                found[content_hash] = faces_from_json(text)
        return found

    def forget_faces(self) -> int:
        """Remove all that is stored of faces, from the file too.

        Returns:
            How many photos had been looked through.
        """
        self.connection.execute("PRAGMA secure_delete = ON")
        try:
            count = self.connection.execute("DELETE FROM faces").rowcount
        finally:
            self.connection.execute("PRAGMA secure_delete = OFF")
        if count:
            # What the write-ahead log still holds is written over, unless somebody is reading.
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return count

    # ------------------------------------------------------------------ decisions

    def decisions(self) -> Decisions:
        """Everything the user decided so far (protected folders are preferences, not decisions)."""
        pairs, fine, ratings, categories = set(), set(), {}, {}
        for kind, content_hash, subject, value in self.connection.execute(
            "SELECT kind, content_hash, subject, value FROM decision"
        ):
            match kind:
                case "not_duplicates":
                    pairs.add((content_hash, subject))
                case "fine":
                    fine.add((content_hash, Flaw(subject.decode())))
                case "rating":
                    ratings[content_hash] = int(value)
                case "category":
                    categories[content_hash] = value
        return Decisions(
            not_duplicates=frozenset(pairs),
            fine=frozenset(fine),
            ratings=ratings,
            categories=categories,
            reviewed=frozenset(
                _split(row[0]) for row in self.connection.execute("SELECT contents FROM review")
            ),
        )

    def decisions_after(self, changes: Iterable[Change]) -> Decisions:
        """What will be decided once these changes are written, in this order; nothing is written.

        For what waits to be written: the changes are tried on a copy in memory, which works too
        while another program holds the store or the disk is full.

        Args:
            changes: they may do what `decisions` tells of, nothing else.
        """
        pending = tuple(changes)
        if not pending:
            return self.decisions()
        self.connection.execute("PRAGMA temp_store = MEMORY")
        self.connection.execute("BEGIN")
        try:
            for table in ("decision", "review"):
                # A temporary table hides the one of the same name from every statement.
                (made,) = self.connection.execute(
                    "SELECT sql FROM main.sqlite_master WHERE name = ?", (table,)
                ).fetchone()
                self.connection.execute(made.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
                self.connection.execute(f"INSERT INTO temp.{table} SELECT * FROM main.{table}")
            for change in pending:
                change(self)
            return self.decisions()
        finally:
            self.connection.execute("ROLLBACK")

    def decide_not_duplicates(self, hashes: Sequence[bytes]) -> None:
        """Never group any two of these contents again."""
        unique = sorted(set(hashes))
        with self.batch():
            for i, first in enumerate(unique):
                for second in unique[i + 1 :]:
                    self._decide("not_duplicates", first, second, "")

    def forget_not_duplicates(self, first: bytes, second: bytes) -> None:
        """Let two contents share a group again where they are alike."""
        self.connection.execute(
            "DELETE FROM decision "
            "WHERE kind = 'not_duplicates' AND content_hash = ? AND subject = ?",
            sorted((first, second)),
        )

    def decide_reviewed(self, contents: Contents, reviewed: bool = True) -> None:
        """Remember that the user decided about a group of these contents, or forget it.

        Forgetting forgets every review that covers the group.
        """
        if reviewed:
            self.connection.execute(
                "INSERT OR REPLACE INTO review VALUES (?)", (b"".join(contents),)
            )
            return
        group = Counter(contents)
        with self.batch():
            rows = self.connection.execute("SELECT contents FROM review").fetchall()
            self.connection.executemany(
                "DELETE FROM review WHERE contents = ?",
                [row for row in rows if group <= Counter(_split(row[0]))],
            )

    def decide_fine(self, content_hash: bytes, flaw: Flaw, fine: bool = True) -> None:
        """Never flag this content for this flaw again, or take that back."""
        if fine:
            self._decide("fine", content_hash, flaw.value.encode(), "")
            return
        self.connection.execute(
            "DELETE FROM decision WHERE kind = 'fine' AND content_hash = ? AND subject = ?",
            (content_hash, flaw.value.encode()),
        )

    def decide_rating(self, content_hash: bytes, stars: int) -> None:
        """Remember the user's stars, 0 to 5."""
        self._decide("rating", content_hash, b"", str(stars))

    def forget_rating(self, content_hash: bytes) -> None:
        """Take the user's stars from a content: it is not rated any more."""
        self.connection.execute(
            "DELETE FROM decision WHERE kind = 'rating' AND content_hash = ?", (content_hash,)
        )

    def forget_ratings(self) -> int:
        """Forget all stars, and with them whatever was learned from them; how many there were."""
        return self.connection.execute("DELETE FROM decision WHERE kind = 'rating'").rowcount

    def decide_category(self, content_hash: bytes, category: str) -> None:
        """Remember that the user put this content into a category."""
        self._decide("category", content_hash, b"", category)

    def forget_category(self, content_hash: bytes) -> None:
        """Let the program choose the category of this content again."""
        self.connection.execute(
            "DELETE FROM decision WHERE kind = 'category' AND content_hash = ?", (content_hash,)
        )

    def marks(self) -> list[Mark]:
        """The photos marked for the trash, of all libraries."""
        return [
            Mark(content_hash, Path(os.fsdecode(path)))
            for content_hash, path in self.connection.execute("SELECT content_hash, path FROM mark")
        ]

    def copies_of_marked(self) -> list[Mark]:
        """All files of the content of a marked photo that were ever seen, as if they were marked.

        That of the marked photo itself is among them.
        """
        return [
            Mark(content_hash, Path(os.fsdecode(path)))
            for content_hash, path in self.connection.execute(
                "SELECT content_hash, path FROM photo "
                "WHERE content_hash IN (SELECT content_hash FROM mark)"
            )
        ]

    def set_marks(self, marks: Iterable[Mark], marked: bool) -> None:
        """Remember or forget marks."""
        statement = (
            "INSERT OR REPLACE INTO mark VALUES (?, ?)"
            if marked
            else "DELETE FROM mark WHERE content_hash = ? AND path = ?"
        )
        with self.batch():
            self.connection.executemany(
                statement, [(m.content_hash, os.fsencode(m.path)) for m in marks]
            )

    def _decide(self, kind: str, content_hash: bytes, subject: bytes, value: str) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?)",
            (kind, content_hash, subject, value),
        )

    # ------------------------------------------------------------------ transactions

    def batch(self) -> Transaction:
        """A transaction as a context manager: all of it is kept, or nothing on an exception."""
        return Transaction(self.connection)


Change = Callable[[Store], None]
"""Writes something the user decided."""


def _open_sound(path: Path, patience: float) -> sqlite3.Connection | None:
    """A connection to a store; None where it is damaged, or was and is another one now."""
    try:
        known = path.stat() if path.exists() else None
        connection = _open(path, patience)
    except sqlite3.Error as error:
        if failure.is_damage(error):
            return None
        raise
    # Another thread may have put it aside meanwhile: nobody may write into what lies there.
    if rescue.is_damaged(path, connection) or (known and not _is_still(path, known)):
        connection.close()
        return None
    return connection


def _is_still(path: Path, known: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), known)
    except FileNotFoundError:
        return False


def _open(path: Path, patience: float) -> sqlite3.Connection:
    """A connection to a store, made when missing, brought up to date, and nobody else's."""
    for file in (path, *(path.with_name(f"{path.name}-{part}") for part in ("wal", "shm"))):
        if file == path or file.exists():
            paths.own_file(file)
    with ExitStack() as stack:
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
        stack.callback(connection.close)
        # NORMAL is safe against program crashes; the journal syncs by itself before a move.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        with _SETTING_UP:
            connection.execute("PRAGMA journal_mode = WAL")
            _migrate(connection, path)
        stack.pop_all()
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    applied = _version(connection)
    if applied > len(MIGRATIONS):
        raise StoreError("store.newer", path=str(path))
    while applied < len(MIGRATIONS):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE; {MIGRATIONS[applied]}; "
                f"PRAGMA user_version = {applied + 1}; COMMIT;"
            )
        except sqlite3.OperationalError:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            # Another thread that opened the store at the same moment took this step.
            if _version(connection) == applied:
                raise
        applied = _version(connection)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


class Transaction:
    """``BEGIN IMMEDIATE`` … ``COMMIT``, rolled back when an exception leaves the block.

    Within another transaction it is a part of that one.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._is_part = False

    def __enter__(self) -> None:
        self._is_part = self._connection.in_transaction
        if not self._is_part:
            self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, exception_type: type[BaseException] | None, *_: object) -> None:
        if self._is_part:
            return
        try:
            if exception_type is None:
                self._connection.execute("COMMIT")
        finally:
            # On a full disk SQLite has rolled back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


class StoredTexts:
    """The `TextCache` in a store: text embeddings of one model and version.

    Each call opens the store anew, so that it can be used from whichever thread needs texts.
    """

    def __init__(self, path: Path, model: str, version: str) -> None:
        self._path = path
        self._key = (model, version)

    def get_texts(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors known, by text."""
        import numpy as np

        found: dict[str, NDArray[np.float32]] = {}
        with Store(self._path) as store:
            for chunk in chunks(texts):
                for text, vector in store.connection.execute(
                    "SELECT text, vector FROM text_embedding "
                    f"WHERE model = ? AND version = ? AND text IN ({marks(chunk)})",
                    (*self._key, *chunk),
                ):
                    found[text] = np.frombuffer(vector, np.float32)
        return found

    def put_texts(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Remember vectors by text."""
        with Store(self._path) as store, store.batch():
            store.connection.executemany(
                "INSERT OR REPLACE INTO text_embedding VALUES (?, ?, ?, ?)",
                [(*self._key, t, v.astype("float32").tobytes()) for t, v in vectors.items()],
            )


class StoredVectors:
    """Looks up the embeddings of one model and version in a store, from whichever thread."""

    def __init__(self, path: Path, model: str, version: str, dimension: int) -> None:
        self._path = path
        self._key = (model, version, dimension)

    def __call__(self, hashes: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The embeddings that are known, by content."""
        with Store(self._path) as store:
            return store.embeddings(hashes, *self._key)


def with_facts(photo: Photo, content: Content) -> Photo:
    """The photo with what its content says of it; the same one where it knows that already."""
    if photo.exif is content.exif and photo.format == content.format:
        return photo
    return replace(
        photo,
        format=content.format,
        width=content.width,
        height=content.height,
        exif=content.exif,
    )


def build_facts(
    rows: Sequence[tuple[Photo, Content, NDArray[np.floating[Any]]]],
    faces: Mapping[bytes, tuple[Face, ...]] = MappingProxyType({}),
) -> Facts:
    """Put photos, their content and embeddings side by side, column by column.

    Args:
        rows: the photos.
        faces: of each content that was looked through, those found.
    """
    import numpy as np

    photos = [with_facts(photo, content) for photo, content, _ in rows]

    def stack(parts: list[NDArray[np.float32]]) -> Vectors:
        return np.stack(parts) if parts else np.empty((0, 0), np.float32)

    # Row by row: no second table of all embeddings, be they halves or not.
    embeddings = np.empty((len(rows), len(rows[0][2]) if rows else 0), np.float32)
    for row, (_, _, vector) in enumerate(rows):
        embeddings[row] = vector
    return Facts(
        photos=photos,
        embeddings=embeddings,
        measures=stack([content.measures for _, content, _ in rows]),
        fingerprints=np.stack([content.fingerprint for _, content, _ in rows])
        if rows
        else np.empty((0, 0), np.uint8),
        holdings=[content.holdings for _, content, _ in rows],
        faces=[faces.get(content.content_hash) for _, content, _ in rows],
    )


def range_below(folder: Path) -> tuple[bytes, bytes]:
    """The paths below a folder as the store has them: from the first on, and before the second.

    The first is the folder itself with the closing slash.
    """
    first = os.fsencode(os.path.join(folder, ""))  # noqa: PTH118 - with the closing slash
    return first, first[:-1] + bytes([first[-1] + 1])


def chunks(values: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """Pieces small enough for the variables of one SQL statement."""
    rest = iter(values)
    while chunk := tuple(islice(rest, 500)):
        yield chunk


def _split(joined: bytes) -> Contents:
    return tuple(joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES))


def marks(values: Sequence[object]) -> str:
    """The places of so many values in a SQL statement."""
    return ",".join("?" * len(values))


def _identity_row(identity: FileIdentity) -> tuple[bytes, str, str, int, int, int]:
    return (
        os.fsencode(identity.path),
        str(identity.device),
        str(identity.inode),
        identity.size,
        identity.mtime_ns,
        int(identity.linked),
    )
