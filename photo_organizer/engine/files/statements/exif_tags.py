"""What the tags of Exif say (Exif 2.32), apart from those that describe the file itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Final

from PIL import ExifTags

from photo_organizer.engine.files.containers.directories import Directories, Directory, Entry
from photo_organizer.engine.files.statements.gathering import (
    Statements,
    decoded,
    numbers_in_one_form,
)

_EXIF, _GPS = 0x8769, 0x8825

_OF_FILE: Final = frozenset((
    0x000B, 0x00FE, 0x00FF, *range(0x0100, 0x0108), 0x010A, 0x0111, 0x0112, *range(0x0115, 0x011E),
    0x0128, 0x0129, 0x012D, 0x0131, *range(0x013D, 0x0146), 0x014A, *range(0x0152, 0x0157), 0x015B,
    *range(0x0200, 0x020A), *range(0x0211, 0x0215), 0x02BC, 0x4749, 0x83BB, 0x8649, 0x8769, 0x8773,
    0x8825, 0x9000, 0x9010, 0x9101, 0x9102, 0x9290, 0x935C, *range(0xA000, 0xA004), 0xA005, 0xA500,
    0xC4A5, 0xEA1C, 0xEA1D,
))  # fmt: skip
"""Sizes, places, compression, colours, versions, programs, and pointers to what is read apart."""

_MAKE, _MODEL, _DESCRIPTION = 0x010F, 0x0110, 0x010E
_SAVED_AT, _RATING = 0x0132, 0x4746
_TAKEN, _DIGITIZED = 0x9003, 0x9004
_TAKEN_OVER: Final[Mapping[int, Callable[[Statements, str], None]]] = {
    _DESCRIPTION: Statements.caption,
    _TAKEN: Statements.date,
    _DIGITIZED: Statements.date,
    0x9011: Statements.zone,
    0x9012: Statements.zone,
    0x9291: Statements.fraction,
    0x9292: Statements.fraction,
}
_COMMENT, _PRIVATE = 0x9286, 0x927C
_ARTIST, _COPYRIGHT = 0x013B, 0x8298
_WINDOWS: Final = {0x9C9B: "title", 0x9C9C: "comment", 0x9C9D: "creator", 0x9C9F: "subject"}
_WINDOWS_KEYWORDS: Final = 0x9C9E
_NAMED: Final = {_ARTIST: "creator", _COPYRIGHT: "rights", _COMMENT: "comment"}

_GPS_READ: Final = frozenset((0, 1, 2, 3, 4, 5, 6, 7, 0x1D))
_BYTE, _ASCII = 1, 2

NAMES: Final[Mapping[str, int]] = {
    name: tag for tag, name in ExifTags.TAGS.items() if tag not in _OF_FILE
}
"""Tags by the names that XMP gives them, too."""
GPS_NAMES: Final[Mapping[str, int]] = {name: tag for tag, name in ExifTags.GPSTAGS.items()}


def read(said: Statements, block: bytes) -> bool:
    """Take over what a block of Exif says; whether it could be read."""
    try:
        directories = Directories(block)
    except ValueError:
        return False
    base, _ = directories.at(directories.first)
    if not base:
        return False
    detail, _ = directories.at(directories.whole(base.get(_EXIF), 0))
    place, _ = directories.at(directories.whole(base.get(_GPS), 0))
    for tag, entry in (*base.items(), *detail.items()):
        if tag not in _OF_FILE and entry.size:
            _read_tag(said, directories, tag, entry)
    _read_place(said, directories, place)
    return True


def fact_name(tag: int) -> str:
    """The name of the statement of a tag."""
    return f"exif {tag:04x}"


def _read_tag(said: Statements, directories: Directories, tag: int, entry: Entry) -> None:
    raw = directories.raw(entry)
    if tag in (_MAKE, _MODEL):
        said.camera = True
    if tag in _TAKEN_OVER:
        _TAKEN_OVER[tag](said, decoded(raw))
    elif tag == _RATING:
        for number in directories.numbers(entry)[:1]:
            said.stars(number)
    elif tag == _SAVED_AT:
        said.saved_at = decoded(raw)
    elif tag == _WINDOWS_KEYWORDS:
        for keyword in raw.decode("utf-16-le", "replace").strip("\0").split(";"):
            said.keyword(keyword)
    elif tag in _WINDOWS:
        said.fact(_WINDOWS[tag], raw.decode("utf-16-le", "replace"))
    elif tag == _COMMENT:
        said.fact(_NAMED[tag], _with_code(raw))
    elif tag == _PRIVATE:
        said.fact("maker", raw)
    elif tag in _NAMED:
        said.fact(_NAMED[tag], decoded(raw))
    else:
        said.fact(fact_name(tag), _value(directories, entry, raw))


def _value(directories: Directories, entry: Entry, raw: bytes) -> str | bytes:
    """A value that has no form of its own."""
    if entry.type == _ASCII:
        return decoded(raw)
    numbers = directories.numbers(entry) if entry.type != _BYTE and len(raw) <= 64 else ()
    return numbers_in_one_form(numbers) if numbers else raw


def _with_code(raw: bytes) -> str:
    """A text that begins with the name of its code, in eight bytes."""
    code, text = raw[:8], raw[8:]
    if code.startswith(b"UNICODE"):
        order = "utf-16-be" if text[:1] == b"\0" else "utf-16-le"
        return text.decode(order, "replace").lstrip("\ufeff")
    return decoded(text if code.strip(b"\0") in (b"ASCII", b"JIS", b"") else raw)


def _read_place(said: Statements, directories: Directories, place: Directory) -> None:
    """Where the photo was taken, and what the receiver says besides."""
    with contextlib.suppress(ValueError):
        said.place(_angle(directories, place, 2, b"S"), _angle(directories, place, 4, b"W"))
    numbers = directories.numbers(place.get(6))
    if numbers:
        below = directories.numbers(place.get(5))[:1] == (1,)
        said.fact("altitude", f"{-numbers[0] if below else numbers[0]:.1f}")
    time = directories.numbers(place.get(7))
    day = decoded(directories.raw(place[0x1D])).strip("\0 ") if 0x1D in place else ""
    if len(time) == 3 and all(0 <= part < 100 for part in time):
        hour, minute, second = (int(part) for part in time)
        day = day.replace(":", "-") + f"T{hour:02}:{minute:02}:{second:02}"
    said.fact("satellite time", day)
    for tag, entry in place.items():
        if tag in _GPS_READ or not entry.size:
            continue
        raw = directories.raw(entry)
        if entry.type == _ASCII:
            said.fact(f"gps {tag}", decoded(raw))
        elif found := directories.numbers(entry):
            said.fact(f"gps {tag}", numbers_in_one_form(found))
        else:
            said.fact(f"gps {tag}", _with_code(raw))


def _angle(directories: Directories, place: Directory, tag: int, negative: bytes) -> float:
    """Degrees; raises ValueError where there are none."""
    parts = directories.numbers(place.get(tag))[:3]
    if not parts:
        raise ValueError("no angle")
    degrees = sum(part / unit for part, unit in zip(parts, (1, 60, 3600), strict=False))
    side = directories.raw(place[tag - 1]) if tag - 1 in place else b""
    return -degrees if side.startswith(negative) else degrees
