"""Takes what an exchanged file tells of photos into the store, batch by batch.

What is known here stays: nothing is measured less than it was before, and a second import of the
same file changes nothing. So an import that was stopped, or killed, is simply called again.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, FACES_VERSION
from photo_organizer.engine.domain.facts import FileIdentity, UnreadableError
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.exchange import layout, places, rows
from photo_organizer.engine.exchange.errors import ExchangeError
from photo_organizer.engine.exchange.events import Cancelled, Imported, ImportEvent, Progress
from photo_organizer.engine.exchange.rows import CarriedFile, Row, Versions
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.storage import raw_facts
from photo_organizer.engine.storage.store import Store

BATCH: Final = 1024
"""Rows that are taken in one transaction."""

LARGEST_GROUP: Final = 2**28
"""Bytes that the rows of one row group may take; those of the program take a tenth of it."""

SAME_TIME: Final = 2_000_000_000
"""Nanoseconds by which two times of one file may differ: FAT and SMB round them."""


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What is taken from which file."""

    file: Path
    roots: tuple[Path, ...] = ()
    """Absolute: where the exported folders are here, in the order in which they were exported.
    Files of folders without one are not looked for."""
    faces: bool = True
    """Take what is known of faces."""


def import_library(wish: ImportWish, cancel: threading.Event) -> Iterator[ImportEvent]:
    """Import what a file tells of photos.

    Args:
        wish: what is taken from which file.
        cancel: ends it soon after it is set; what was taken until then stays.

    Yields:
        `Progress`; at the end `Imported` or `Cancelled`.

    Raises:
        ExchangeError: pyarrow is not installed; the file cannot be read, was written by something
            else or by a newer program, or is damaged; there are more roots than folders in it.
        StoreError: the store cannot be used. What was taken until then stays.
    """
    layout.demand_pyarrow()
    try:
        with wish.file.open("rb") as source, Store(paths.store_path()) as store:
            metadata = _checked(source, wish)
            total = metadata.num_rows
            taking = _Taking(store, wish, cancel)
            yield Progress(0, total)
            for batch in _batches(source, metadata, wish.file):
                if cancel.is_set() or not taking.take(batch):
                    yield Cancelled(taking.imported)
                    return
                yield Progress(taking.imported.photos, total)
            yield taking.imported
    except OSError as error:
        message = system_message(error)
        raise ExchangeError("exchange.not_read", file=str(wish.file), message=message) from error


def _checked(source: Any, wish: ImportWish) -> Any:
    """The file's ``pyarrow.parquet.FileMetaData``, once it is known to be one of ours.

    Raises:
        ExchangeError: it is not, or there are more roots than folders in it.
    """
    import pyarrow as pa
    from pyarrow import parquet

    name = str(wish.file)
    try:
        metadata = parquet.read_metadata(source)
        schema = metadata.schema.to_arrow_schema()
        said = schema.metadata or {}
        version, folders = (int(said[k]) for k in (layout.FORMAT_KEY, layout.FOLDERS_KEY))
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise ExchangeError("exchange.foreign", file=name) from error
    if version > layout.FORMAT:
        raise ExchangeError("exchange.newer", file=name)
    groups = [metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)]
    if not schema.equals(layout.schema()) or max(groups, default=0) > LARGEST_GROUP:
        raise ExchangeError("exchange.foreign", file=name)
    if len(wish.roots) > folders:
        raise ExchangeError("exchange.roots", file=name, roots=len(wish.roots), folders=folders)
    return metadata


def _batches(source: Any, metadata: Any, file: Path) -> Iterator[Any]:
    """The rows of a file, `BATCH` at a time.

    Raises:
        ExchangeError: the file is damaged.
    """
    import pyarrow as pa
    from pyarrow import parquet

    for group in range(metadata.num_row_groups):
        try:
            # One for each row group: a reader keeps what it has read.
            reader = parquet.ParquetFile(
                source,
                metadata=metadata,
                read_dictionary=list(layout.KEPT_SHORT),
                page_checksum_verification=True,
            )
            # Other threads would read on while a batch is taken.
            for batch in reader.iter_batches(BATCH, row_groups=[group], use_threads=False):
                batch.validate(full=True)
                yield batch
        except (pa.ArrowException, OSError) as error:
            raise ExchangeError("exchange.damaged", file=str(file)) from error


class _Taking:
    """Takes batches into a store, and counts."""

    def __init__(self, store: Store, wish: ImportWish, cancel: threading.Event) -> None:
        self._cancel = cancel
        self._store = store
        self._wish = wish
        self._versions = Versions(CONTENT_VERSION, FACES_VERSION)
        self._roots = [_Root(folder) for folder in wish.roots]
        self._dimensions: dict[tuple[str, str], int] = {}
        self._count: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    @property
    def imported(self) -> Imported:
        """What was done so far."""
        return Imported(**self._count, refused=dict(self._refused))

    def take(self, batch: Any) -> bool:
        """Take the rows of a batch, all of them or none; whether nobody has cancelled it.

        Raises:
            sqlite3.Error: the store cannot be written.
        """
        before = self._count.copy(), self._refused.copy()
        good: dict[bytes, Row] = {}
        for row in rows.read(batch, self._versions, faces=self._wish.faces):
            self._count["photos"] += 1
            if row is None:
                self._count["other_version"] += 1
            elif isinstance(row, str):
                self._refused[row] += 1
            else:
                good[row.content_hash] = row
        # Before anybody is kept from writing: looking at files may take long on a network.
        files = [met for row in good.values() for met in self._met(row)]
        if self._cancel.is_set():
            self._count, self._refused = before
            return False
        with self._store.batch():
            self._add_contents(good)
            self._add_embeddings(good)
            self._add_faces(good)
            self._add_files(files)
        return True

    def _met(self, row: Row) -> Iterator[tuple[FileIdentity, bytes]]:
        """The files of a row that are here as they were there."""
        for file in row.files:
            if self._cancel.is_set():
                return
            if not 0 <= file.folder < len(self._roots):
                continue
            root = self._roots[file.folder]
            path = root.path_of(file)
            if path is None:
                self._refused["exchange.bad_path"] += 1
                continue
            identity = root.identity(path)
            if identity is None or not _is_as_carried(identity, file):
                self._count["elsewhere"] += 1
            else:
                yield identity, row.content_hash

    def _add_contents(self, good: dict[bytes, Row]) -> None:
        known = raw_facts.known_contents(self._store, good, CONTENT_VERSION)
        for content_hash in good.keys() - known:
            content = good[content_hash].content
            if isinstance(content, Reason):
                self._store.add_unreadable(content_hash, content, CONTENT_VERSION)
            else:
                self._store.add_content(content, CONTENT_VERSION)
            self._count["added"] += 1

    def _add_embeddings(self, good: dict[bytes, Row]) -> None:
        for model, version in {key for row in good.values() for key in row.embeddings}:
            having = [row for row in good.values() if (model, version) in row.embeddings]
            hashes = [row.content_hash for row in having]
            known = raw_facts.known_embeddings(self._store, hashes, model, version)
            for row in having:
                vector = row.embeddings[model, version]
                if row.content_hash in known:
                    continue
                if len(vector) != self._dimension(model, version, len(vector)):
                    self._refused["exchange.bad_embedding"] += 1
                    continue
                self._store.add_embedding(row.content_hash, model, version, vector)
                self._count["embeddings"] += 1

    def _dimension(self, model: str, version: str, first: int) -> int:
        """How long the embeddings of a model are: as here, or as the first one in the file."""
        if (model, version) not in self._dimensions:
            here = raw_facts.dimension(self._store, model, version)
            self._dimensions[model, version] = here or first
        return self._dimensions[model, version]

    def _add_faces(self, good: dict[bytes, Row]) -> None:
        self._count["other_faces"] += sum(row.other_faces for row in good.values())
        known = raw_facts.known_faces(self._store, good, FACES_VERSION)
        for content_hash in good.keys() - known:
            if (found := good[content_hash].faces) is not None:
                self._store.add_faces(content_hash, found, FACES_VERSION)
                self._count["faces"] += 1

    def _add_files(self, files: Sequence[tuple[FileIdentity, bytes]]) -> None:
        self._count["files"] += len(files)
        known = {identity.path for identity, _ in self._store.known(each for each, _ in files)}
        for identity, content_hash in files:
            if identity.path not in known:
                self._store.add_photo(identity, content_hash)


class _Root:
    """A folder in which files of an exported one are looked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._linked: dict[Path, bool] = {}
        self._real = Path(os.path.realpath(folder))

    def path_of(self, file: CarriedFile) -> Path | None:
        """Where a file should lie; None where its path may lead elsewhere."""
        return places.below(self._folder, file.path)

    def identity(self, path: Path) -> FileIdentity | None:
        """Which file lies there now, as walking the folder would tell; None: none."""
        try:
            found = photo_files.identify(path)
        except UnreadableError:
            return None
        linked = path.is_symlink() or self._is_linked(path.parent)
        return replace(found, linked=linked)

    def _is_linked(self, folder: Path) -> bool:
        """Whether a link below the root leads to a folder."""
        if folder not in self._linked:
            usual = self._real / folder.relative_to(self._folder)
            self._linked[folder] = Path(os.path.realpath(folder)) != usual
        return self._linked[folder]


def _is_as_carried(identity: FileIdentity, file: CarriedFile) -> bool:
    return identity.size == file.size and abs(identity.mtime_ns - file.mtime_ns) <= SAME_TIME
