"""Reads a batch of an exchanged file: nothing is believed that the program itself would not write.

Files come from anywhere, and what they say is used as if it had been measured here: a number that
is none, or a list of another length, would end a later run far away from where it came in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import XMP_REJECTED, Exif
from photo_organizer.engine.domain.holdings import Holdings
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.exchange.fitting_types import fits
from photo_organizer.engine.pixels import fingerprints, measures
from photo_organizer.engine.storage.facts_json import (
    exif_from_json,
    faces_from_json,
    holdings_from_json,
)
from photo_organizer.engine.storage.store import Content

T = TypeVar("T")

Embedding = tuple[str, str, NDArray[np.float16]]
"""Model, version and vector."""

_OF_A_FILE: Final = ("folder", "path", "path_bytes", "size", "mtime_ns")

LONGEST_JSON: Final = 2**20
"""Characters of one JSON text: more than a thousand faces."""

LONGEST_NAME: Final = 200
"""Characters of a format, a model or a version."""

LONGEST_VECTOR: Final = 2**14
"""Numbers of an embedding; models have 384 to 1,664."""

MOST_EMBEDDINGS: Final = 100
MOST_FILES: Final = 10_000
"""Of one content."""

OFF_UNIT: Final = 0.01
"""By so much the length of an embedding may differ from 1: float16 rounds by less."""

LOOK_BYTES: Final = 108
"""See `Face.look`."""

RATINGS: Final = range(XMP_REJECTED, 6)


class BadRowError(Exception):
    """A row says something that cannot be; the message is the code of a sentence."""


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file that a row names."""

    folder: int
    path: bytes
    """From that folder, with "/"; not looked at yet."""
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Row:
    """What a file tells of one content."""

    content_hash: bytes
    content: Content | Reason
    """What was measured, or why nothing could be."""
    embeddings: dict[tuple[str, str], NDArray[np.float16]]
    """By model and version."""
    faces: tuple[Face, ...] | None
    """None: not told, or found by another version."""
    other_faces: bool
    """Found by another version."""
    files: tuple[CarriedFile, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """What is taken: facts by this code, no others."""

    content: str
    faces: str


def read(batch: Any, versions: Versions, *, faces: bool = True) -> Iterator[Row | str | None]:
    """What each row of a batch tells.

    Args:
        batch: a ``pyarrow.RecordBatch`` with the columns of `layout.schema`.
        versions: of the code that measures here.
        faces: whether faces are asked for.

    Yields:
        A row; None where it was measured by another version; else the code of the sentence that
        says what is wrong with it.
    """
    columns = {name: batch.column(name) for name in batch.schema.names}
    vectors = _embeddings(columns.pop("embeddings"))
    numbers = _measures(columns.pop("measures"))
    files = _files(columns.pop("files"))
    plain = {name: _python(column) for name, column in columns.items()}
    for number in range(batch.num_rows):
        values = {name: column[number] for name, column in plain.items()}
        if values["content_version"] != versions.content:
            yield None
            continue
        try:
            yield _row(
                values, numbers[number], vectors[number], files[number], versions, faces=faces
            )
        except BadRowError as error:
            yield str(error)


def _row(
    values: dict[str, Any],
    numbers: NDArray[np.float32] | None,
    embedded: Sequence[Embedding],
    files: Sequence[tuple[Any, ...]],
    versions: Versions,
    *,
    faces: bool,
) -> Row:
    found = faces and values["faces"] is not None
    same = found and values["faces_version"] == versions.faces
    return Row(
        values["content_hash"],
        _content(values, numbers),
        _checked_embeddings(embedded),
        _faces(values["faces"]) if same else None,
        found and not same,
        _checked_files(files),
    )


def _content(values: dict[str, Any], numbers: NDArray[np.float32] | None) -> Content | Reason:
    if values["unreadable"] is not None:
        return _parsed("exchange.bad_reason", _reason, values["unreadable"])
    print_, form = values["fingerprint"], values["format"]
    sizes = (values["width"], values["height"])
    if (
        numbers is None
        or len(numbers) != len(measures.NAMES)
        or not np.isfinite(numbers).all()
        or print_ is None
        or not _is_fingerprint(print_)
        or not form
        or len(form) > LONGEST_NAME
        or not all(size is not None and size > 0 for size in sizes)
    ):
        raise BadRowError("exchange.bad_facts")
    exif = _parsed("exchange.bad_exif", exif_from_json, values["exif"] or "")
    if not (fits(exif, Exif) and (exif.rating is None or exif.rating in RATINGS)):
        raise BadRowError("exchange.bad_exif")
    held = _parsed("exchange.bad_holdings", holdings_from_json, values["holdings"])
    if not (fits(held, Holdings) and held.pictures > 0 and held.bits > 0):
        raise BadRowError("exchange.bad_holdings")
    return Content(
        values["content_hash"],
        form,
        *sizes,
        exif,
        numbers,
        np.frombuffer(print_, np.uint8),
        held,
    )


def _is_fingerprint(data: bytes) -> bool:
    if len(data) != fingerprints.SIZE:
        return False
    (one,) = np.frombuffer(data, fingerprints.FIELDS)
    return bool(np.isfinite(one["aspect"]) and one["aspect"] > 0)


def _faces(text: str) -> tuple[Face, ...]:
    found = _parsed("exchange.bad_faces", faces_from_json, text)
    if not (fits(found, tuple[Face, ...]) and all(len(f.look) == LOOK_BYTES for f in found)):
        raise BadRowError("exchange.bad_faces")
    return found


def _reason(text: str) -> Reason:
    reason = Reason.from_json(json.loads(text))
    reason.text()  # there is such a sentence, and nothing is missing in it
    return reason


def _parsed(code: str, parse: Callable[[Any], T], text: str | None) -> T:
    """What a text says.

    Raises:
        BadRowError: it says nothing, with that code.
    """
    try:
        if text is not None and len(text) > LONGEST_JSON:
            raise ValueError("too long")
        return parse(text)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise BadRowError(code) from error


def _checked_embeddings(
    embedded: Sequence[Embedding],
) -> dict[tuple[str, str], NDArray[np.float16]]:
    if len(embedded) > MOST_EMBEDDINGS:
        raise BadRowError("exchange.bad_embedding")
    for model, version, vector in embedded:
        named = 0 < len(model) <= LONGEST_NAME and 0 < len(version) <= LONGEST_NAME
        if not named or len(vector) > LONGEST_VECTOR or not _is_unit(vector):
            raise BadRowError("exchange.bad_embedding")
    return {(model, version): vector for model, version, vector in embedded}


def _is_unit(vector: NDArray[np.float16]) -> bool:
    wide = vector.astype(np.float32)
    length = float(np.sqrt(wide @ wide))  # no number where one of them is none
    return abs(length - 1) <= OFF_UNIT


def _checked_files(files: Sequence[tuple[Any, ...]]) -> tuple[CarriedFile, ...]:
    if len(files) > MOST_FILES:
        raise BadRowError("exchange.bad_path")
    carried = []
    for folder, text, raw, size, mtime_ns in files:
        if (text is None) == (raw is None):
            raise BadRowError("exchange.bad_path")
        path = raw if text is None else text.encode()
        carried.append(CarriedFile(folder, path, size, mtime_ns))
    return tuple(carried)


# ---------------------------------------------------------------------- from columns to rows


def _python(column: Any) -> list[Any]:
    """The values of a column as Python's own; what is repeated in it is one object."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        each = column.dictionary.to_pylist()
        return [None if i is None else each[i] for i in column.indices.to_pylist()]
    found: list[Any] = column.to_pylist()
    return found


def _measures(column: Any) -> list[NDArray[np.float32] | None]:
    parts, there = _parts(column.offsets, column.values), column.is_valid().to_pylist()
    return [part if is_there else None for part, is_there in zip(parts, there, strict=True)]


def _embeddings(column: Any) -> list[list[Embedding]]:
    every = column.values
    vectors = every.field("vector")
    parts = _parts(vectors.offsets, vectors.values)
    names = [_python(every.field(name)) for name in ("model", "version")]
    return _sliced(list(zip(*names, parts, strict=True)), column.offsets)


def _files(column: Any) -> list[list[tuple[Any, ...]]]:
    every = column.values
    columns = (_python(every.field(name)) for name in _OF_A_FILE)
    return _sliced(list(zip(*columns, strict=True)), column.offsets)


def _parts(offsets: Any, values: Any) -> list[NDArray[Any]]:
    return _sliced(values.to_numpy(zero_copy_only=False), offsets)


def _sliced(values: Any, offsets: Any) -> list[Any]:
    """The values of each list, of all values one after another."""
    bounds = offsets.to_pylist()
    return [values[begin:end] for begin, end in pairwise(bounds)]
