"""Photos as columns of numbers, made into objects one by one as they are asked for.

100,000 photos in a dictionary are half a million objects, which take longer to make than anybody
waits for a window. As columns they are a few blocks of bytes.
"""

from __future__ import annotations

import math
import os
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from photo_organizer.engine.domain.facts import HASH_BYTES, Exif, FileIdentity, Photo

NUMBERS = {
    "id": "q",
    "device": "Q",
    "inode": "Q",
    "size": "q",
    "mtime_ns": "q",
    "width": "I",
    "height": "I",
    "format": "I",
    "folder": "I",
    "name_end": "Q",
    "taken": "q",
    "has_subsecond": "B",
    "camera": "I",
    "lens": "I",
    "software": "I",
    "exposure_bias": "d",
    "exposure_time": "d",
    "f_number": "d",
    "iso": "q",
    "focal_length": "d",
    "latitude": "d",
    "longitude": "d",
    "rating": "b",
    "fields": "I",
}
"""Columns of numbers with their types, see the module `array`. What a photo does not say is -1,
not a number, or word 0."""

WORDS = ("format", "folder", "camera", "lens", "software")
"""Columns of numbers that stand for words, counted from 1."""

MADE = 10_000
"""Photos kept as objects: those on screen are asked for again and again."""

DAY = 86_400_000_000
"""Microseconds."""


class PhotoTable(Mapping[int, Photo]):
    """Photos by id, in order.

    Args:
        columns: those of `NUMBERS`, and of bytes: "hashes", and "names" one after the other.
        words: what the columns of `WORDS` stand for.

    Raises:
        ValueError: the columns do not fit together.
    """

    def __init__(
        self, columns: Mapping[str, bytes | memoryview], words: Mapping[str, Sequence[str]]
    ) -> None:
        self._numbers = {
            name: memoryview(columns[name]).cast("B").cast(code)  # type: ignore[call-overload]
            for name, code in NUMBERS.items()
        }
        self._hashes = memoryview(columns["hashes"]).cast("B")
        self._names = memoryview(columns["names"]).cast("B")
        self._words = {name: ("", *words[name]) for name in WORDS}
        count = len(self._numbers["id"])
        if (
            any(len(column) != count for column in self._numbers.values())
            or len(self._hashes) != count * HASH_BYTES
            or (count and self._numbers["name_end"][-1] != len(self._names))
        ):
            raise ValueError("columns of different lengths")
        self._rows: dict[int, int] = dict(zip(self._numbers["id"], range(count), strict=True))
        self._made: dict[int, Photo] = {}

    # ------------------------------------------------------------------ as a mapping

    def __getitem__(self, photo_id: int) -> Photo:
        photo = self._made.get(photo_id)
        if photo is None:
            if len(self._made) >= MADE:
                self._made.clear()
            photo = self._made[photo_id] = self._photo(self._rows[photo_id])
        return photo

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, photo_id: object) -> bool:
        return photo_id in self._rows

    def without(self, gone: Collection[int]) -> PhotoTable:
        """The same photos but these."""
        table = object.__new__(PhotoTable)
        table.__dict__.update(self.__dict__)
        table._rows = {i: row for i, row in self._rows.items() if i not in gone}
        return table

    def of_content(self, hashes: Collection[bytes]) -> Iterator[Photo]:
        """The photos with one of these contents, in order."""
        wanted = frozenset(hashes)
        for photo_id, row in self._rows.items():
            if bytes(self._hashes[row * HASH_BYTES : (row + 1) * HASH_BYTES]) in wanted:
                yield self[photo_id]

    def size_of(self, photo_id: int) -> int:
        """The bytes of a photo's file, without making the photo."""
        size: int = self._numbers["size"][self._rows[photo_id]]
        return size

    def at(self, paths: Iterable[Path]) -> dict[Path, int]:
        """The ids of the photos at these paths, as far as there are any."""
        numbers = {word: number for number, word in enumerate(self._words["folder"]) if number}
        wanted = {
            (number, os.fsencode(path.name)): path
            for path in paths
            if (number := numbers.get(str(path.parent))) is not None
        }
        found: dict[Path, int] = {}
        folders = frozenset(number for number, _ in wanted)
        column, ends = self._numbers["folder"], self._numbers["name_end"]
        for photo_id, row in self._rows.items() if wanted else ():
            if column[row] in folders:
                name = bytes(self._names[ends[row - 1] if row else 0 : ends[row]])
                if (path := wanted.get((column[row], name))) is not None:
                    found[path] = photo_id
        return found

    # ------------------------------------------------------------------ columns by id

    def taken(self) -> dict[int, int]:
        """When photos were taken, see `moment_number`; only of those that say."""
        column = self._numbers["taken"]
        return {i: column[row] for i, row in self._rows.items() if column[row] >= 0}

    def sizes(self) -> dict[int, int]:
        """Bytes."""
        return self._by_id(self._numbers["size"].__getitem__)

    def formats(self) -> dict[int, str]:
        """See `Photo.format`."""
        return self._by_id(lambda row: self._word("format", row) or "")

    def folders(self) -> dict[int, str]:
        """The folders the photos lie in."""
        return self._by_id(lambda row: self._word("folder", row) or "")

    def names(self) -> dict[int, str]:
        """The names of the files."""
        return self._by_id(self._name)

    def _by_id(self, value: Callable[[int], Any]) -> dict[int, Any]:
        return {i: value(row) for i, row in self._rows.items()}

    # ------------------------------------------------------------------ one photo

    def _photo(self, row: int) -> Photo:
        at = {name: column[row] for name, column in self._numbers.items()}
        identity = FileIdentity(
            Path(self._word("folder", row) or "", self._name(row)),
            at["device"],
            at["inode"],
            at["size"],
            at["mtime_ns"],
        )
        placed = not math.isnan(at["latitude"])
        exif = Exif(
            taken_at=moment(at["taken"]) if at["taken"] >= 0 else None,
            has_subsecond=bool(at["has_subsecond"]),
            camera=self._word("camera", row),
            lens=self._word("lens", row),
            exposure_bias=_said(at["exposure_bias"]),
            exposure_time=_said(at["exposure_time"]),
            f_number=_said(at["f_number"]),
            iso=at["iso"] if at["iso"] >= 0 else None,
            focal_length=_said(at["focal_length"]),
            gps=(at["latitude"], at["longitude"]) if placed else None,
            rating=at["rating"] if at["rating"] >= 0 else None,
            software=self._word("software", row),
            fields=at["fields"],
        )
        content_hash = bytes(self._hashes[row * HASH_BYTES : (row + 1) * HASH_BYTES])
        return Photo(
            at["id"],
            identity,
            content_hash,
            self._word("format", row) or "",
            at["width"],
            at["height"],
            exif,
        )

    def _word(self, column: str, row: int) -> str | None:
        number = self._numbers[column][row]
        return self._words[column][number] if number else None

    def _name(self, row: int) -> str:
        ends = self._numbers["name_end"]
        return os.fsdecode(bytes(self._names[ends[row - 1] if row else 0 : ends[row]]))


def columns_of(photos: Iterable[Photo]) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """The columns and words of photos, as `PhotoTable` takes them.

    Raises:
        OverflowError: a number does not fit, an inode of some network drives for example.
    """
    listed = list(photos)
    words: dict[str, dict[str, int]] = {name: {} for name in WORDS}
    names = [os.fsencode(photo.path.name) for photo in listed]

    def coded(column: str, texts: Iterable[str | None]) -> Iterator[int]:
        known = words[column]
        for text in texts:
            yield 0 if text is None else known.setdefault(text, len(known) + 1)

    numbers: dict[str, Iterable[Any]] = {
        "id": (p.id for p in listed),
        "device": (p.identity.device for p in listed),
        "inode": (p.identity.inode for p in listed),
        "size": (p.identity.size for p in listed),
        "mtime_ns": (p.identity.mtime_ns for p in listed),
        "width": (p.width for p in listed),
        "height": (p.height for p in listed),
        "format": coded("format", (p.format for p in listed)),
        "folder": coded("folder", (str(p.path.parent) for p in listed)),
        "name_end": accumulate(map(len, names)),
        "taken": (_moment_or_none(p.exif.taken_at) for p in listed),
        "has_subsecond": (p.exif.has_subsecond for p in listed),
        "camera": coded("camera", (p.exif.camera for p in listed)),
        "lens": coded("lens", (p.exif.lens for p in listed)),
        "software": coded("software", (p.exif.software for p in listed)),
        "exposure_bias": (_number(p.exif.exposure_bias) for p in listed),
        "exposure_time": (_number(p.exif.exposure_time) for p in listed),
        "f_number": (_number(p.exif.f_number) for p in listed),
        "iso": (-1 if p.exif.iso is None else p.exif.iso for p in listed),
        "focal_length": (_number(p.exif.focal_length) for p in listed),
        "latitude": (math.nan if p.exif.gps is None else p.exif.gps[0] for p in listed),
        "longitude": (math.nan if p.exif.gps is None else p.exif.gps[1] for p in listed),
        "rating": (-1 if p.exif.rating is None else p.exif.rating for p in listed),
        "fields": (p.exif.fields for p in listed),
    }
    columns = {name: array(code, numbers[name]).tobytes() for name, code in NUMBERS.items()}
    columns["hashes"] = b"".join(photo.content_hash for photo in listed)
    columns["names"] = b"".join(names)
    return columns, {name: list(known) for name, known in words.items()}


def size_of(photos: Mapping[int, Photo], photo_id: int) -> int:
    """The bytes of a photo's file."""
    if isinstance(photos, PhotoTable):
        return photos.size_of(photo_id)
    return photos[photo_id].identity.size


def ids_at(photos: Mapping[int, Photo], paths: Iterable[Path]) -> dict[Path, int]:
    """The ids of the photos at these paths, as far as there are any."""
    if isinstance(photos, PhotoTable):
        return photos.at(paths)
    wanted = frozenset(paths)
    return {photo.path: i for i, photo in photos.items() if photo.path in wanted}


def moment_number(at: datetime) -> int:
    """A moment in microseconds; grows with time, whatever the zone."""
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    return at.toordinal() * DAY + seconds * 1_000_000 + at.microsecond


def moment(number: int) -> datetime:
    """What `moment_number` was made of."""
    return datetime(1, 1, 1) + timedelta(microseconds=number - DAY)


def _moment_or_none(at: datetime | None) -> int:
    return -1 if at is None else moment_number(at)


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _said(value: float) -> float | None:
    return None if math.isnan(value) else value
