"""The directories of TIFF files, and of Exif, which is laid out like them; BigTIFF, too.

Formats: TIFF 6.0, BigTIFF, Exif 2.32. Pillow reads them as well, but neither tells where values
lie nor which pages are previews, and its cost grows with every tag.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_MOST_ENTRIES: Final = 4096
_SIZES: Final = {
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8,
    18: 8,
}  # fmt: skip
"""Bytes of one value of each type."""
_CODES: Final = {
    1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q",
    18: "Q",
}  # fmt: skip
_RATIONAL, _SIGNED_RATIONAL = 5, 10
_MOST_NUMBERS: Final = 1 << 22
_MOST_ENTRIES_IN_ALL: Final = 500_000
"""Directories may lie over one another: some files are made to cost time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag of a directory."""

    type: int
    count: int
    at: int
    """Where its values lie."""
    size: int
    """Bytes of its values; 0 where they lie outside of the data."""


Directory = Mapping[int, Entry]
"""The entries by their tags."""


class Directories:
    """Reads the directories of a block of bytes.

    Args:
        data: the whole block; offsets count from its start.

    Raises:
        ValueError: it does not begin like TIFF.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._entries_left = _MOST_ENTRIES_IN_ALL
        self._numbers_left = _MOST_NUMBERS
        self._order = {b"II": "<", b"MM": ">"}.get(data[:2], "")
        if not self._order or len(data) < 8:
            raise ValueError("no directory")
        (number,) = struct.unpack_from(self._order + "H", data, 2)
        self._big = number == 43
        self.first = self._number(8, "Q") if self._big else self._number(4, "I")
        """Where the first directory lies."""

    def at(self, offset: int) -> tuple[Directory, int]:
        """The directory there, and where the next one lies (0: nowhere, or it is broken)."""
        head, each, pointer = (8, 20, "Q") if self._big else (2, 12, "I")
        if not 8 <= offset <= len(self._data) - head:
            return {}, 0
        count = self._number(offset, "Q" if self._big else "H")
        found: dict[int, Entry] = {}
        self._entries_left -= min(count, _MOST_ENTRIES)
        if self._entries_left < 0:
            return {}, 0
        for n in range(min(count, _MOST_ENTRIES)):
            place = offset + head + each * n
            if place + each > len(self._data):
                return found, 0
            tag, kind = struct.unpack_from(self._order + "HH", self._data, place)
            values = self._number(place + 4, pointer)
            size = _SIZES.get(kind, 1) * values
            inside = 8 if self._big else 4
            where = place + 4 + inside
            if size > inside:
                where = self._number(where, pointer)
            if where + size > len(self._data):
                size = 0
            found.setdefault(tag, Entry(kind, values, where, size))
        if count > _MOST_ENTRIES:
            return found, 0
        return found, self._number(offset + head + each * count, pointer)

    def chain(self, most: int) -> Iterator[tuple[int, Directory]]:
        """Each of the directories that follow one another, with its offset, without circles."""
        seen: set[int] = set()
        offset = self.first
        while offset and offset not in seen and len(seen) < most:
            seen.add(offset)
            directory, following = self.at(offset)
            if not directory:
                return
            yield offset, directory
            offset = following

    def length(self, directory: Directory) -> int:
        """Bytes that a directory itself takes, without the values that lie elsewhere."""
        return 16 + 20 * len(directory) if self._big else 6 + 12 * len(directory)

    def raw(self, entry: Entry) -> bytes:
        """The bytes of the values."""
        return self._data[entry.at : entry.at + entry.size]

    def numbers(self, entry: Entry | None) -> tuple[float, ...]:
        """The values as numbers; empty for texts, and where there are none."""
        if entry is None or not entry.size:
            return ()
        self._numbers_left -= entry.count
        if self._numbers_left < 0:
            return ()
        if entry.type in (_RATIONAL, _SIGNED_RATIONAL):
            code = "I" if entry.type == _RATIONAL else "i"
            pairs = struct.unpack(f"{self._order}{2 * entry.count}{code}", self.raw(entry))
            return tuple(
                a / b if b else float("nan") for a, b in zip(pairs[::2], pairs[1::2], strict=True)
            )
        code = _CODES.get(entry.type, "")
        return struct.unpack(f"{self._order}{entry.count}{code}", self.raw(entry)) if code else ()

    def wholes(self, entry: Entry | None) -> tuple[int, ...]:
        """The values that are whole numbers."""
        return tuple(n for n in self.numbers(entry) if isinstance(n, int))

    def whole(self, entry: Entry | None, otherwise: int) -> int:
        """The first value, where it is a whole number."""
        return next(iter(self.wholes(entry)), otherwise)

    def _number(self, at: int, code: str) -> int:
        try:
            (number,) = struct.unpack_from(self._order + code, self._data, at)
        except struct.error:
            return 0
        return int(number)
