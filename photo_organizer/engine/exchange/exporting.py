"""Writes what the store knows of photos into a Parquet file: a page of contents, a row group.

What people decided never goes along: no stars, marks, categories of their own, nor the journal; and
no absolute path.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import numpy as np

from photo_organizer import __version__
from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import system_message
from photo_organizer.engine.exchange import layout, places
from photo_organizer.engine.exchange.errors import ExchangeError
from photo_organizer.engine.exchange.events import Cancelled, Exported, ExportEvent, Progress
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.storage.raw_facts import Listing, RawContent, RawEmbedding
from photo_organizer.engine.storage.store import Store
from photo_organizer.engine.storage.whole_file import replacing

PAGE: Final = 4096
"""Contents that are held in memory at once, about 5 kB each with one model of 768 numbers."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What goes into which file."""

    file: Path
    """Written as a whole: until it is, what was there before stays."""
    folders: tuple[Path, ...] = ()
    """Absolute: only the photos below them, with their paths from there. None: all that is known,
    of whatever photo, and no path."""
    faces: bool = True
    """With what is known of faces."""


def export_library(wish: ExportWish, cancel: threading.Event) -> Iterator[ExportEvent]:
    """Export what is known of photos; the store only reads, and others may write meanwhile.

    Args:
        wish: what goes into which file.
        cancel: ends it soon after it is set; then there is no file.

    Yields:
        `Progress`; at the end `Exported` or `Cancelled`.

    Raises:
        ExchangeError: pyarrow is not installed, the file cannot be written, or nothing is known of
            photos in these folders.
        StoreError: the store cannot be read.
    """
    layout.demand_pyarrow()
    file = wish.file
    if file.exists() and not file.is_file():
        raise ExchangeError("exchange.no_file", file=str(file))
    try:
        with Store(paths.store_path()) as store:
            listing = Listing(store, wish.folders, faces=wish.faces)
            total = listing.count()
            if not total:
                raise ExchangeError("exchange.nothing")
            written = Exported(file, photos=0, embeddings=0, faces=0, files=0, size=0)
            with (
                replacing(file) as staged,
                # Windows takes away and replaces no file that is open.
                closing(_written(staged, listing, written, len(wish.folders))) as parts,
            ):
                for so_far in parts:
                    if cancel.is_set():
                        raise _CancelledError
                    written = so_far
                    yield Progress(written.photos, max(total, written.photos))
    except _CancelledError:
        yield Cancelled()
    except OSError as error:
        message = system_message(error)
        raise ExchangeError("exchange.not_written", file=str(file), message=message) from error
    else:
        yield replace(written, size=file.stat().st_size)


class _CancelledError(Exception):
    """Ends the writing in the middle, so that nothing of the file is left."""


def _written(
    file: Path, listing: Listing, done: Exported, folders: int
) -> Generator[Exported, None, None]:
    """Write the file; what is in it so far, after each page, and before the first."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = layout.schema().with_metadata(
        {
            layout.FORMAT_KEY: str(layout.FORMAT),
            layout.PROGRAM_KEY: __version__,
            layout.FOLDERS_KEY: str(folders),
            layout.MEASURES_KEY: json.dumps(measures.NAMES),
        }
    )
    yield done
    with (
        file.open("xb") as sink,  # Python's: its errors say what the system said
        parquet.ParquetWriter(
            sink,
            schema,
            compression="zstd",
            use_dictionary=list(layout.REPEATED),
            write_statistics=["content_hash"],
            write_page_checksum=True,
        ) as writer,
    ):
        for page in listing.pages(PAGE):
            batch = pa.RecordBatch.from_arrays(_columns(page, schema), schema=schema)
            writer.write_batch(batch)
            done = replace(
                done,
                photos=done.photos + len(page),
                embeddings=done.embeddings + sum(len(one.embeddings) for one in page),
                faces=done.faces + sum(one.faces is not None for one in page),
                files=done.files + sum(len(one.files) for one in page),
            )
            yield done


def _columns(page: Sequence[RawContent], schema: Any) -> list[Any]:
    """The columns of a page, in the order of the schema."""
    import pyarrow as pa

    values: dict[str, list[Any]] = {
        "content_hash": [one.content_hash for one in page],
        "content_version": [one.version for one in page],
        "unreadable": [one.error for one in page],
        "format": [one.format for one in page],
        "width": [one.width for one in page],
        "height": [one.height for one in page],
        "exif": [one.exif for one in page],
        "holdings": [one.holdings for one in page],
        "measures": [
            None if one.measures is None else np.frombuffer(one.measures, np.float32)
            for one in page
        ],
        "fingerprint": [one.fingerprint for one in page],
        "faces_version": [one.faces_version for one in page],
        "faces": [one.faces for one in page],
    }
    columns = {name: pa.array(column, schema.field(name).type) for name, column in values.items()}
    kind = schema.field("embeddings").type
    columns["embeddings"] = pa.ListArray.from_arrays(
        _offsets(len(one.embeddings) for one in page),
        _embeddings([each for one in page for each in one.embeddings], kind.value_type),
        type=kind,
    )
    columns["files"] = pa.array([_files(one) for one in page], schema.field("files").type)
    return [columns[name] for name in schema.names]


def _embeddings(every: Sequence[RawEmbedding], kind: Any) -> Any:
    """All embeddings one after another, as a ``pyarrow.StructArray``."""
    import pyarrow as pa

    numbers = np.frombuffer(b"".join(one.vector for one in every), np.float16)
    vectors = pa.ListArray.from_arrays(
        _offsets(len(one.vector) // 2 for one in every),
        pa.array(numbers),
        type=kind.field("vector").type,
    )
    return pa.StructArray.from_arrays(
        [
            pa.array([one.model for one in every], pa.string()),
            pa.array([one.version for one in every], pa.string()),
            vectors,
        ],
        fields=list(kind),
    )


def _files(content: RawContent) -> list[dict[str, Any]]:
    files = []
    for file in content.files:
        path = places.carried(file.path)
        text = places.readable(path)
        files.append(
            {
                "folder": file.folder,
                "path": text,
                "path_bytes": path if text is None else None,
                "size": file.size,
                "mtime_ns": file.mtime_ns,
            }
        )
    return files


def _offsets(lengths: Iterable[int]) -> Any:
    """Where each of some lists begins among all their values, and where the last one ends."""
    import pyarrow as pa

    return pa.array(accumulate(lengths, initial=0), pa.int32())
