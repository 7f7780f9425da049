"""What follows the end of a picture: further pictures, films, what Samsung's phones append.

Formats: Google's Motion Photo 1.0 and Ultra HDR 1.0 (pictures and films one after another),
ISO 21496-1 (gain maps), CIPA DC-007 (several pictures), Samsung's trailer (blocks named by a
directory "SEFH" at the very end, as ExifTool documents it).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from typing import Final

from photo_organizer.engine.domain.holdings import Extra
from photo_organizer.engine.files.containers import jpeg
from photo_organizer.engine.files.containers.contents import Contents, after_padding

_MOST_PICTURES: Final = 16
_MOST_BLOCKS: Final = 256
_SMALL: Final = 4096
"""Bytes. Samsung's blocks up to this size say something; larger ones are something."""

_SEMANTIC: Final = re.compile(rb"Item:Semantic(?:=[\"']|>)\s*([A-Za-z]+)")
_GAIN: Final = re.compile(rb"hdrgm:Version|ns\.adobe\.com/hdr-gain-map|HDRGainMap|hdrgainmap")
_DEPTH: Final = re.compile(rb"[Dd]epth|[Dd]isparity|[Mm]atte")
_NAMED: Final = {
    b"gainmap": Extra.GAIN_MAP,
    b"depth": Extra.DEPTH_MAP,
    b"depthmap": Extra.DEPTH_MAP,
    b"confidence": Extra.DEPTH_MAP,
    b"motionphoto": Extra.FILM,
}
_DISPARITY: Final = 0x020002


def read(contents: Contents, data: bytes, start: int, picture: jpeg.Jpeg | None = None) -> None:
    """Note all that follows the end of a picture.

    Args:
        contents: where it is noted.
        data: the file.
        start: behind the end of the picture.
        picture: the JPEG picture that ends there, which may declare what follows.
    """
    stop = _read_samsung(contents, data, start)
    names = _declared(picture)
    at = start
    for _ in range(_MOST_PICTURES):
        at = after_padding(data, at, stop)
        if at >= stop:
            return
        further = jpeg.read(data, at)
        if further is None:
            # A second end marker says that it ends.
            if data[at : at + 2] == b"\xff\xd9":
                at += 2
                continue
            break
        kind = _kind(further, picture, names.pop(0) if names else None)
        end = min(further.end, stop)
        if kind is not None:
            contents.add(kind, memoryview(data)[at:end])
        at = end
    if at < stop:
        _read_rest(contents, data, start, at, stop)


def _read_rest(contents: Contents, data: bytes, start: int, at: int, stop: int) -> None:
    """Note what is no JPEG picture: a film, or bytes that cannot be named."""
    film = _film(data, start, at, stop)
    if film is None:
        contents.add(Extra.APPENDED, memoryview(data)[at:stop])
        return
    if film > at:
        contents.add(Extra.APPENDED, memoryview(data)[at:film])
    contents.add(Extra.FILM, memoryview(data)[film:stop])


def _film(data: bytes, start: int, at: int, stop: int) -> int | None:
    """Where a film begins: with a box that says what kind of film it is; None where none does."""
    name = data.find(b"ftyp", at, stop)
    while name >= 0:
        film = name - 4  # its length comes first, whose zeros may have passed for padding
        if film >= start and 8 <= int.from_bytes(data[film:name], "big") <= stop - film:
            return film
        name = data.find(b"ftyp", name + 1, stop)
    return None


def _declared(picture: jpeg.Jpeg | None) -> list[bytes]:
    """What the picture says of those that follow it, in their order."""
    for document in picture.xmp if picture else ():
        names = [name.lower() for name in _SEMANTIC.findall(document[:1_000_000])]
        if names:
            return [name for name in names if name != b"primary"]
    return []


def _kind(further: jpeg.Jpeg, picture: jpeg.Jpeg | None, name: bytes | None) -> Extra | None:
    """What a further JPEG picture is; None: a preview of the first one."""
    documents: Sequence[bytes] = [document[:1_000_000] for document in further.xmp]
    if further.has_gain or any(_GAIN.search(document) for document in documents):
        return Extra.GAIN_MAP
    several = picture.several.get(further.start) if picture else None
    if several in jpeg.LARGE_PREVIEWS:
        return None
    if several == _DISPARITY or any(_DEPTH.search(document) for document in documents):
        return Extra.DEPTH_MAP
    return _NAMED.get(name or b"", Extra.PICTURE)


def _read_samsung(contents: Contents, data: bytes, start: int) -> int:
    """Note the blocks of Samsung's trailer; where it begins, the end of the file without one."""
    end = len(data.rstrip(b"\0")) if data.endswith(b"\0") else len(data)
    if data[end - 4 : end] != b"SEFT" or end - 8 < start:
        return len(data)
    size = int.from_bytes(data[end - 8 : end - 4], "little")
    head = end - 8 - size
    if head < start or data[head : head + 4] != b"SEFH":
        return len(data)
    first = head
    count = int.from_bytes(data[head + 8 : head + 12], "little")
    for n in range(min(count, _MOST_BLOCKS)):
        try:
            _, back, length = struct.unpack_from("<III", data, head + 12 + 12 * n)
            block = head - back
            if not start <= block <= block + length <= head:
                continue
            (named,) = struct.unpack_from("<I", data, block + 4)
        except struct.error:
            break
        named = min(named, length)
        name = data[block + 8 : block + 8 + min(named, 64)].decode("ascii", "replace")
        body = memoryview(data)[block + 8 + named : block + length]
        first = min(first, block)
        _note_block(contents, name, body)
    return first


def _note_block(contents: Contents, name: str, body: memoryview) -> None:
    if name.startswith("MotionPhoto_Data") or bytes(body[4:8]) == b"ftyp":
        if len(body) > 16:  # in HEIC files a few bytes say where the film lies
            contents.add(Extra.FILM, body)
    elif "Sound" in name or "Voice" in name:
        contents.add(Extra.SOUND, body)
    elif "Depth" in name and len(body) > _SMALL:
        contents.add(Extra.DEPTH_MAP, body)
    elif bytes(body[:3]) == b"\xff\xd8\xff" and len(body) > _SMALL:
        contents.add(Extra.PICTURE, body)
    elif len(body) > _SMALL:
        contents.add(Extra.APPENDED, body)
    else:
        contents.unknown(f"samsung {name}", body)
