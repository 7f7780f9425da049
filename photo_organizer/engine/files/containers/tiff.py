"""TIFF files: their pages, and what lies behind the last of them."""

from __future__ import annotations

import hashlib
from typing import Final

from photo_organizer.engine.domain.holdings import Extra
from photo_organizer.engine.files.containers import trailers
from photo_organizer.engine.files.containers.contents import DIGEST_BYTES, Contents
from photo_organizer.engine.files.containers.directories import Directories, Directory, Entry
from photo_organizer.engine.files.containers.jpeg import read_resources

MOST_PAGES: Final = 10_000
_MOST_STRIPS: Final = 1 << 20

_KIND, _OLD_KIND = 0x00FE, 0x00FF
_REDUCED, _MASK = 1, 4
_WIDTH, _HEIGHT, _BITS = 0x0100, 0x0101, 0x0102
_XMP, _IPTC, _RESOURCES, _LAYERS = 0x02BC, 0x83BB, 0x8649, 0x935C
_EXIF, _GPS, _BELOW = 0x8769, 0x8825, 0x014A
_PARTS: Final = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202))
"""Where the strips or tiles lie, and how long each is; the last is old JPEG."""
_CODING: Final = (
    0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x010A, 0x0115, 0x0116, 0x011C, 0x013D, 0x0140, 0x0142,
    0x0143, 0x0152, 0x0153, 0x015B, 0x0212,
)  # fmt: skip
"""Tags without which the compressed data is no picture."""


def read(contents: Contents, data: bytes) -> None:
    """Note the pages of a TIFF file and what lies around them."""
    try:
        directories = Directories(data)
    except ValueError:
        return
    digest = hashlib.sha256()
    pages = end = 0
    left = 2 * len(data)  # parts that lie over one another are made to cost time
    contents.exif.append(data)
    for offset, page in directories.chain(MOST_PAGES):
        below = [directories.at(at) for at in directories.wholes(page.get(_BELOW))[:64]]
        for directory in (page, *(directory for directory, _ in below)):
            end = max(end, _end_of(directories, directory))
            if _is_picture(directories, directory):
                pages += 1
                contents.area += _area(directories, directory)
                contents.bits = max(contents.bits, bits(directories, directory))
                left = _digest_parts(digest, data, directories, directory, left)
        end = max(end, offset + directories.length(page))
        for pointer in (_EXIF, _GPS):
            inner, _ = directories.at(directories.whole(page.get(pointer), 0))
            end = max(end, _end_of(directories, inner))
        _read_blocks(contents, directories, page)
    contents.pictures = max(pages, 1)
    contents.coded = digest.digest()[:DIGEST_BYTES] if pages and left >= 0 else b""
    if end:
        trailers.read(contents, data, min(end, len(data)))


def bits(directories: Directories, directory: Directory) -> int:
    """Of each channel, at least 8."""
    said = max(directories.wholes(directory.get(_BITS)), default=8)
    return min(max(said, 8), 64)


def bits_of_raw(data: bytes) -> int:
    """Of each pixel of the sensor; 12, the least of all, where the file does not tell."""
    try:
        directories = Directories(b"II*\0" + data[4:] if data[:2] == b"II" else data)
    except ValueError:
        return 12
    deepest = 0
    for _, page in directories.chain(16):
        below = [directories.at(at)[0] for at in directories.wholes(page.get(_BELOW))[:16]]
        for directory in (page, *below):
            if _BITS in directory:
                deepest = max(deepest, bits(directories, directory))
    return min(deepest, 32) if deepest > 8 else 12


def _area(directories: Directories, directory: Directory) -> int:
    sides = [directories.whole(directory.get(tag), 0) for tag in (_WIDTH, _HEIGHT)]
    return sides[0] * sides[1]


def _is_picture(directories: Directories, directory: Directory) -> bool:
    """Whether a directory has a picture that is no preview of another one."""
    if not any(place in directory for place, _ in _PARTS):
        return False
    kind = directories.whole(directory.get(_KIND), 0)
    return not kind & _REDUCED and directories.whole(directory.get(_OLD_KIND), 1) != 2


def _read_blocks(contents: Contents, directories: Directories, page: Directory) -> None:
    for tag, entry in page.items():
        if not entry.size:
            continue
        if tag == _XMP:
            contents.xmp.append(directories.raw(entry))
        elif tag == _IPTC:
            contents.iptc.append(directories.raw(entry))
        elif tag == _RESOURCES:
            iptc, others = read_resources(directories.raw(entry))
            contents.iptc += iptc
            for place, body in others:
                contents.unknown(place, body)
        elif tag == _LAYERS:
            contents.add(Extra.PICTURE, directories.raw(entry))


def _parts(directories: Directories, directory: Directory) -> list[tuple[int, int]]:
    """Where each strip or tile lies, and its length."""
    for place, length in _PARTS:
        found: Entry | None = directory.get(place)
        if found is not None and found.count <= _MOST_STRIPS:
            starts, sizes = directories.wholes(found), directories.wholes(directory.get(length))
            return list(zip(starts, sizes, strict=False))
    return []


def _digest_parts(
    digest: hashlib._Hash, data: bytes, directories: Directories, directory: Directory, left: int
) -> int:
    """Digest the compressed data of one picture; bytes left of `left`."""
    view = memoryview(data)
    for tag in _CODING:
        entry = directory.get(tag)
        if entry is not None:
            values = directories.numbers(entry) or directories.raw(entry)
            digest.update(repr((tag, values)).encode())
    for start, size in _parts(directories, directory):
        left -= size
        if left < 0:
            break
        digest.update(view[start : start + size])
    return left


def _end_of(directories: Directories, directory: Directory) -> int:
    """Behind the last byte that a directory names."""
    end = max((entry.at + entry.size for entry in directory.values()), default=0)
    return max([end, *(start + size for start, size in _parts(directories, directory))])
