"""Photos as columns of numbers, made into objects one by one as they are asked for.

100,000 photos in a dictionary are half a million objects, which take longer to make than anybody
waits for a window. As columns they are a few blocks of bytes.
"""

from __future__ import annotations

import math
import os
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Self

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.facts import (
    HASH_BYTES,
    XMP_REJECTED,
    Exif,
    FileIdentity,
    Photo,
)
from photo_organizer.engine.domain.moments import moment, moment_number
from photo_organizer.engine.domain.photos import Photos, at_place

MADE = 10_000
"""Photos kept as objects: those on screen are asked for again and again."""


@dataclass(frozen=True, slots=True)
class Form:
    """How values stand in a column of numbers."""

    code: str
    """The type of the numbers, see the module `array`."""
    number: Callable[[Any], int | float] | None = None
    """The number of a value; None: the value is the number."""
    value: Callable[[Any], Any] | None = None
    """The value of a number; None: the number is the value."""


WORD: Final = Form("I")
"""Texts that many photos share: their place, from 1, in a list of words; 0 for None."""
YES_NO: Final = Form("B", int, bool)
FRACTION: Final = Form(
    "d",
    lambda value: math.nan if value is None else value,
    lambda number: None if math.isnan(number) else number,
)
"""Not a number for None."""
MOMENT: Final = Form(
    "q",
    lambda value: -1 if value is None else moment_number(value),
    lambda number: None if number < 0 else moment(number),
)
"""-1 for None."""


def _member(kind: type[StrEnum], absent: bool = False) -> Form:
    """The place of a member; where one may be absent, from 1, and 0 for None."""
    members = (None, *kind) if absent else tuple(kind)
    return Form("B", members.index, members.__getitem__)


def _whole(code: str) -> Form:
    return Form(code)


def _whole_or_none(code: str) -> Form:
    """-1 for None."""
    return Form(
        code,
        lambda value: -1 if value is None else value,
        lambda number: None if number < 0 else number,
    )


RATING: Final = Form(
    "b",
    lambda value: -1 if value is None else -2 if value == XMP_REJECTED else value,
    lambda number: number if number >= 0 else None if number == -1 else XMP_REJECTED,
)
"""-1 for None, as in columns that were stored before photos could be rejected in their files."""


# What of a photo is kept, once: the names are those of the fields. Its path, its content and where
# it was taken are kept otherwise, see below.
PHOTO: Final = {"id": _whole("q"), "width": _whole("I"), "height": _whole("I"), "format": WORD}
IDENTITY: Final = {
    "device": _whole("Q"),
    "inode": _whole("Q"),
    "size": _whole("q"),
    "mtime_ns": _whole("q"),
    "linked": YES_NO,
}
EXIF: Final = {
    "taken_at": MOMENT,
    "taken_from": _member(DateSource),
    "taken_precision": _member(DatePrecision),
    "has_subsecond": YES_NO,
    "camera": WORD,
    "lens": WORD,
    "software": WORD,
    "exposure_bias": FRACTION,
    "exposure_time": FRACTION,
    "f_number": FRACTION,
    "iso": _whole_or_none("q"),
    "focal_length": FRACTION,
    "rating": RATING,
    "fields": _whole("I"),
}
BETTER_DATE: Final = {
    "at": MOMENT,
    "source": _member(DateSource, absent=True),
    "precision": _member(DatePrecision, absent=True),
}
"""None in all three where there is no better date."""


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """One number of every photo."""

    form: Form
    read: Callable[[Photo], Any]
    """What a photo says."""


def _of_better_date(name: str, photo: Photo) -> Any:
    return getattr(photo.better_date, name, None)


COLUMNS: Final[Mapping[str, NumberColumn]] = {
    **{name: NumberColumn(form, attrgetter(name)) for name, form in PHOTO.items()},
    **{name: NumberColumn(form, attrgetter(f"identity.{name}")) for name, form in IDENTITY.items()},
    **{name: NumberColumn(form, attrgetter(f"exif.{name}")) for name, form in EXIF.items()},
    **{
        f"better_{name}": NumberColumn(form, partial(_of_better_date, name))
        for name, form in BETTER_DATE.items()
    },
    "folder": NumberColumn(WORD, lambda photo: str(photo.path.parent)),
    "latitude": NumberColumn(FRACTION, lambda photo: photo.exif.gps and photo.exif.gps[0]),
    "longitude": NumberColumn(FRACTION, lambda photo: photo.exif.gps and photo.exif.gps[1]),
}
"""Every column of numbers by its name."""

WORDS: Final = tuple(name for name, column in COLUMNS.items() if column.form is WORD)
"""The columns that stand for words."""


class PhotoTable(Photos):
    """Photos by id, in order.

    Args:
        columns: those of `COLUMNS`, and of bytes: "hashes", "names" one after the other, and
            "name_ends", where in "names" each ends.
        words: what the columns of `WORDS` stand for.

    Raises:
        ValueError: the columns do not fit together.
    """

    def __init__(
        self, columns: Mapping[str, bytes | memoryview], words: Mapping[str, Sequence[str]]
    ) -> None:
        self._numbers = {
            name: _cast(columns[name], column.form.code) for name, column in COLUMNS.items()
        }
        self._hashes = memoryview(columns["hashes"]).cast("B")
        self._names = memoryview(columns["names"]).cast("B")
        self._name_ends = _cast(columns["name_ends"], "Q")
        self._words = {name: (None, *words[name]) for name in WORDS}
        count = len(self._numbers["id"])
        if (
            any(len(column) != count for column in (*self._numbers.values(), self._name_ends))
            or len(self._hashes) != count * HASH_BYTES
            or (count and self._name_ends[-1] != len(self._names))
        ):
            raise ValueError("columns of different lengths")
        self._rows: dict[int, int] = dict(zip(self._numbers["id"], range(count), strict=True))
        self._made: dict[int, Photo] = {}
        self._elsewhere: Mapping[int, Path] = {}
        """Photos that are at another place by now than their columns say."""
        self._photo_fields = self._readers(PHOTO)
        self._identity_fields = self._readers(IDENTITY)
        self._exif_fields = self._readers(EXIF)
        self._better_date_fields = tuple(
            (name, self._reader(f"better_{name}")) for name in BETTER_DATE
        )

    # ------------------------------------------------------------------ as a mapping

    def __getitem__(self, photo_id: int) -> Photo:
        photo = self._made.get(photo_id)
        if photo is None:
            if len(self._made) >= MADE:
                self._made.clear()
            photo = self._photo(self._rows[photo_id])
            if photo_id in self._elsewhere:
                photo = at_place(photo, self._elsewhere[photo_id])
            self._made[photo_id] = photo
        return photo

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, photo_id: object) -> bool:
        return photo_id in self._rows

    # ------------------------------------------------------------------ as photos

    def without(self, gone: Collection[int]) -> Self:
        """See `Photos.without`."""
        table = object.__new__(type(self))
        table.__dict__.update(self.__dict__)
        table._rows = {i: row for i, row in self._rows.items() if i not in gone}
        return table

    def moved(self, places: Mapping[int, Path]) -> Self:
        """See `Photos.moved`."""
        table = object.__new__(type(self))
        table.__dict__.update(self.__dict__)
        table._elsewhere = {**self._elsewhere, **places}
        table._made = {}
        return table

    def of_content(self, hashes: Collection[bytes]) -> Iterator[Photo]:
        """See `Photos.of_content`."""
        wanted = frozenset(hashes)
        for photo_id, row in self._rows.items():
            if self._hash(row) in wanted:
                yield self[photo_id]

    def at(self, paths: Iterable[Path]) -> dict[Path, int]:
        """See `Photos.at`."""
        asked = frozenset(paths)
        numbers = {word: number for number, word in enumerate(self._words["folder"]) if number}
        wanted = {
            (number, os.fsencode(path.name)): path
            for path in asked
            if (number := numbers.get(str(path.parent))) is not None
        }
        found: dict[Path, int] = {}
        folders = frozenset(number for number, _ in wanted)
        column = self._numbers["folder"]
        for photo_id, row in self._rows.items() if wanted else ():
            if column[row] in folders:
                path = wanted.get((column[row], self._name(row)))
                if path is not None and photo_id not in self._elsewhere:
                    found[path] = photo_id
        elsewhere = {p: i for i, p in self._elsewhere.items() if p in asked and i in self._rows}
        return found | elsewhere

    def known(self, ids: Iterable[int]) -> frozenset[int]:
        """See `Photos.known`."""
        return frozenset(ids) & self._rows.keys()

    def contents_of(self, ids: Iterable[int]) -> list[bytes]:
        """See `Photos.contents_of`; makes no object."""
        rows, hashes = self._rows, self._hashes.tobytes()
        starts = [HASH_BYTES * rows[i] for i in ids]
        return [hashes[start : start + HASH_BYTES] for start in starts]

    def file_of(self, photo_id: int) -> tuple[bytes, str]:
        """See `Photos.file_of`; makes no object."""
        row = self._rows[photo_id]
        if photo_id in self._elsewhere:
            return self._hash(row), str(self._elsewhere[photo_id])
        folder = self._words["folder"][self._numbers["folder"][row]] or ""
        return self._hash(row), os.path.join(folder, os.fsdecode(self._name(row)))  # noqa: PTH118 - for thousands at once

    def size_of(self, photo_id: int) -> int:
        """See `Photos.size_of`; makes no object."""
        size: int = self._numbers["size"][self._rows[photo_id]]
        return size

    def taken(self) -> dict[int, int]:
        """See `Photos.taken`."""
        own, better = self._numbers["taken_at"], self._numbers["better_at"]
        return {
            i: at
            for i, row in self._rows.items()
            if (at := better[row] if better[row] >= 0 else own[row]) >= 0
        }

    def sizes(self) -> dict[int, int]:
        """See `Photos.sizes`."""
        return self._by_id(self._numbers["size"].__getitem__)

    def ratings(self) -> dict[int, int]:
        """See `Photos.ratings`."""
        column, value = self._numbers["rating"], self._reader("rating")
        return {i: value(row) for i, row in self._rows.items() if column[row] not in (-1, 0)}

    def formats(self) -> dict[int, str]:
        """See `Photos.formats`."""
        return self._by_id(self._reader("format"))

    def folders(self) -> dict[int, str]:
        """See `Photos.folders`."""
        return self._by_id(self._reader("folder")) | {
            i: str(path.parent) for i, path in self._elsewhere.items() if i in self._rows
        }

    def names(self) -> dict[int, str]:
        """See `Photos.names`."""
        return self._by_id(lambda row: os.fsdecode(self._name(row))) | {
            i: path.name for i, path in self._elsewhere.items() if i in self._rows
        }

    def _by_id(self, value: Callable[[int], Any]) -> dict[int, Any]:
        return {i: value(row) for i, row in self._rows.items()}

    # ------------------------------------------------------------------ one photo

    def _photo(self, row: int) -> Photo:
        folder = self._words["folder"][self._numbers["folder"][row]] or ""
        latitude, longitude = self._numbers["latitude"][row], self._numbers["longitude"][row]
        identity = {name: read(row) for name, read in self._identity_fields}
        exif = {name: read(row) for name, read in self._exif_fields}
        better = {name: read(row) for name, read in self._better_date_fields}
        return Photo(
            identity=FileIdentity(Path(folder, os.fsdecode(self._name(row))), **identity),
            content_hash=self._hash(row),
            better_date=None if better["at"] is None else TakenDate(**better),
            exif=Exif(gps=None if math.isnan(latitude) else (latitude, longitude), **exif),
            **{name: read(row) for name, read in self._photo_fields},
        )

    def _readers(self, names: Iterable[str]) -> tuple[tuple[str, Callable[[int], Any]], ...]:
        return tuple((name, self._reader(name)) for name in names)

    def _reader(self, name: str) -> Callable[[int], Any]:
        """What reads the value of a row."""
        numbers, value = self._numbers[name], COLUMNS[name].form.value
        if name in self._words:
            words = self._words[name]
            return lambda row: words[numbers[row]]
        return numbers.__getitem__ if value is None else lambda row: value(numbers[row])

    def _hash(self, row: int) -> bytes:
        return bytes(self._hashes[row * HASH_BYTES : (row + 1) * HASH_BYTES])

    def _name(self, row: int) -> bytes:
        ends = self._name_ends
        return bytes(self._names[ends[row - 1] if row else 0 : ends[row]])


def columns_of(photos: Iterable[Photo]) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """The columns and words of photos, as `PhotoTable` takes them.

    Raises:
        OverflowError: a number does not fit, an inode of some network drives for example.
    """
    listed = list(photos)
    columns: dict[str, bytes] = {}
    words: dict[str, list[str]] = {}
    for name, column in COLUMNS.items():
        values = map(column.read, listed)
        if column.form is WORD:
            known: dict[str | None, int] = {None: 0}
            numbers: Iterable[Any] = [known.setdefault(text, len(known)) for text in values]
            words[name] = [text for text in known if text is not None]
        else:
            number = column.form.number
            numbers = values if number is None else map(number, values)
        columns[name] = array(column.form.code, numbers).tobytes()
    names = [os.fsencode(photo.path.name) for photo in listed]
    columns["names"] = b"".join(names)
    columns["name_ends"] = array("Q", accumulate(map(len, names))).tobytes()
    columns["hashes"] = b"".join(photo.content_hash for photo in listed)
    return columns, words


def _cast(column: bytes | memoryview, code: str) -> memoryview[Any]:
    cast: memoryview[Any] = memoryview(column).cast("B").cast(code)  # type: ignore[call-overload]
    return cast
