"""The columns of an exchanged file: one row for each content. Described in ``docs/exchange.md``.

pyarrow is loaded by whoever exports or imports, and by nobody else: a program may come without it.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Any, Final

from photo_organizer.engine.domain.facts import HASH_BYTES
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.exchange.errors import ExchangeError

FORMAT: Final = 1
"""Version of the columns and of what they mean. It grows when an older program would take them for
something else; a file of a larger one is refused."""

FORMAT_KEY: Final = b"photo_organizer.format"
PROGRAM_KEY: Final = b"photo_organizer.program"
FOLDERS_KEY: Final = b"photo_organizer.folders"
MEASURES_KEY: Final = b"photo_organizer.measures"
"""Keys of the file's own metadata: `FORMAT`, the version of the program that wrote it, how many
folders paths are below of, and the names of the measures (JSON)."""


def has_pyarrow() -> bool:
    """Whether pyarrow is installed, without loading it."""
    return find_spec("pyarrow") is not None


def demand_pyarrow() -> None:
    """Make sure that files can be read and written.

    Raises:
        ExchangeError: pyarrow is not installed; it says how to get it.
    """
    if not has_pyarrow():
        frozen = getattr(sys, "frozen", False)
        how = Reason("full.download") if frozen else Reason("exchange.install")
        raise ExchangeError("exchange.lacking", why=how)


def schema() -> Any:
    """The ``pyarrow.Schema``: what may be missing is nullable, nothing else is."""
    import pyarrow as pa

    def list_of(kind: Any) -> Any:
        return pa.list_(pa.field("element", kind, nullable=False))

    embedding = pa.struct(
        [
            pa.field("model", pa.string(), nullable=False),
            pa.field("version", pa.string(), nullable=False),
            pa.field("vector", list_of(pa.float16()), nullable=False),
        ]
    )
    file = pa.struct(
        [
            pa.field("folder", pa.int32(), nullable=False),
            pa.field("path", pa.string()),
            pa.field("path_bytes", pa.binary()),
            pa.field("size", pa.int64(), nullable=False),
            pa.field("mtime_ns", pa.int64(), nullable=False),
        ]
    )
    return pa.schema(
        [
            pa.field("content_hash", pa.binary(HASH_BYTES), nullable=False),
            pa.field("content_version", pa.string(), nullable=False),
            pa.field("unreadable", pa.string()),
            pa.field("format", pa.string()),
            pa.field("width", pa.int32()),
            pa.field("height", pa.int32()),
            pa.field("exif", pa.string()),
            pa.field("holdings", pa.string()),
            pa.field("measures", list_of(pa.float32())),
            pa.field("fingerprint", pa.binary()),
            pa.field("faces_version", pa.string()),
            pa.field("faces", pa.string()),
            pa.field("embeddings", list_of(embedding), nullable=False),
            pa.field("files", list_of(file), nullable=False),
        ]
    )


REPEATED: Final = (
    "content_version",
    "format",
    "faces_version",
    "embeddings.list.element.model",
    "embeddings.list.element.version",
)
"""Columns with few different values."""

KEPT_SHORT: Final = (
    *REPEATED,
    "unreadable",
    "exif",
    "holdings",
    "fingerprint",
    "faces",
    "files.list.element.path",
    "files.list.element.path_bytes",
)
"""Columns of which equal values are read once: a small file may say the same long text often."""
