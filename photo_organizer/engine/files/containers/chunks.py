"""PNG, WebP, GIF and BMP files: their chunks, and what follows the last one.

Formats: PNG third edition, WebP container specification (RFC 9649), GIF89a, Microsoft's BMP.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Final

from photo_organizer.engine.files.containers import trailers
from photo_organizer.engine.files.containers.contents import DIGEST_BYTES, Contents
from photo_organizer.engine.files.containers.jpeg import read_resources

_MOST_CHUNKS: Final = 1_000_000
_MOST_TEXT: Final = 16 << 20
"""Bytes of one text when unpacked. What is longer counts by its packed bytes."""

_PNG_PICTURE: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT"))
_PNG_OF_FILE: Final = frozenset(
    (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"sBIT", b"pHYs", b"tIME", b"bKGD", b"hIST",
     b"sPLT", b"IEND", b"mDCV", b"cLLI", b"mDCv", b"cLLi", b"vpAg", b"iDOT", b"CgBI", b"orNT")
)  # fmt: skip
"""Chunks that describe the file, or colours, which are judged by what they do."""
_RAW_PROFILE: Final = "Raw profile type "

_WEBP_PICTURE: Final = frozenset((b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"))
_GIF_LABELS: Final = (0x01, 0xFE, 0xFF)


def read_png(contents: Contents, data: bytes) -> None:
    """Note what the chunks of a PNG file hold."""
    view = memoryview(data)
    digest = hashlib.sha256()
    at, end = 8, len(data)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = view[at + 8 : at + 8 + size]
        at = min(at + 12 + size, len(data))
        if kind in _PNG_PICTURE:
            if kind == b"IHDR" and size >= 9 and body[8] == 16:
                contents.bits = 16
            digest.update(kind)
            digest.update(body)
        elif kind == b"IEND":
            end = at
            break
        elif kind == b"eXIf":
            contents.exif.append(bytes(body))
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            _read_png_text(contents, kind, bytes(body))
        elif kind not in _PNG_OF_FILE:
            contents.unknown(f"chunk {kind!r}", body)
    contents.coded = digest.digest()[:DIGEST_BYTES]
    trailers.read(contents, data, end)


def _read_png_text(contents: Contents, kind: bytes, body: bytes) -> None:
    keyword, _, text = body.partition(b"\0")
    name = keyword.decode("latin-1")
    try:
        if kind == b"zTXt":
            text = _unpacked(text[1:]).decode("latin-1").encode()
        elif kind == b"iTXt":
            packed = text[:1] == b"\1"
            text = text[2:].split(b"\0", 2)[2]
            text = _unpacked(text) if packed else text
        else:
            text = text.decode("latin-1").encode()
    except (ValueError, IndexError, zlib.error):
        contents.unknown(f"text {name}", body)
        return
    if name == "XML:com.adobe.xmp":
        contents.xmp.append(text)
    elif name.startswith(_RAW_PROFILE):
        _read_raw_profile(contents, name.removeprefix(_RAW_PROFILE), text)
    else:
        contents.texts.append((name, text))


def _read_raw_profile(contents: Contents, name: str, text: bytes) -> None:
    """Note a block that ImageMagick wrote in hexadecimal digits below its name and length."""
    try:
        block = bytes.fromhex(text.strip().split(b"\n", 2)[2].decode("ascii"))
    except (ValueError, IndexError):
        contents.unknown(f"profile {name}", text)
        return
    if block.startswith(b"Exif\0\0"):
        contents.exif.append(block[6:])
    elif name in ("exif", "APP1") and block[:2] in (b"II", b"MM"):
        contents.exif.append(block)
    elif name == "xmp" or block.lstrip().startswith((b"<?xpacket", b"<x:xmpmeta")):
        contents.xmp.append(block)
    elif name in ("iptc", "8bim"):
        iptc, others = read_resources(block.removeprefix(b"Photoshop 3.0\0"))
        contents.iptc += iptc or [block]
        for place, body in others:
            contents.unknown(place, body)
    elif name not in ("icc", "icm"):
        contents.unknown(f"profile {name}", block)


def _unpacked(packed: bytes) -> bytes:
    """Raises zlib.error or ValueError for what is broken or unpacks to too much."""
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, _MOST_TEXT)
    if unpacker.unconsumed_tail:
        raise ValueError("a long text")
    return text


def read_webp(contents: Contents, data: bytes) -> None:
    """Note what the chunks of a WebP file hold."""
    view = memoryview(data)
    digest = hashlib.sha256()
    end = min(8 + int.from_bytes(data[4:8], "little"), len(data))
    at = 12
    while at + 8 <= end:
        kind, size = struct.unpack_from("<4sI", data, at)
        body = view[at + 8 : min(at + 8 + size, end)]
        at = at + 8 + size + size % 2
        if kind in _WEBP_PICTURE:
            digest.update(kind)
            digest.update(body)
        elif kind == b"EXIF":
            contents.exif.append(bytes(body).removeprefix(b"Exif\0\0"))
        elif kind == b"XMP ":
            contents.xmp.append(bytes(body))
        elif kind not in (b"VP8X", b"ICCP"):
            contents.unknown(f"chunk {kind!r}", body)
    contents.coded = digest.digest()[:DIGEST_BYTES]
    trailers.read(contents, data, end)


def read_gif(contents: Contents, data: bytes) -> None:
    """Note what the blocks of a GIF file hold."""
    at = 13 + _colours(data[10] if len(data) > 10 else 0)
    for _ in range(_MOST_CHUNKS):
        kind = data[at : at + 1]
        if kind == b"\x3b":
            trailers.read(contents, data, at + 1)
            return
        if kind == b"\x2c":
            at += 10 + _colours(data[at + 9] if at + 9 < len(data) else 0) + 1
            at = _skip_blocks(data, at)
        elif kind == b"\x21":
            label = data[at + 1] if at + 1 < len(data) else 0
            start, at = at + 2, _skip_blocks(data, at + 2)
            _read_gif_extension(contents, label, data[start:at])
        else:
            # Cut short, or broken: viewers stop here, too.
            if at < len(data) and data[at:].strip(b"\0\r\n\t "):
                trailers.read(contents, data, at)
            return


def _read_gif_extension(contents: Contents, label: int, blocks: bytes) -> None:
    if label not in _GIF_LABELS:
        return
    if label == 0xFF and blocks[1:12] == b"XMP DataXMP":
        # It is not cut into blocks; a "magic trailer" of 258 bytes leads readers to its end.
        contents.xmp.append(blocks[12:-258])
    elif label == 0xFF:
        if blocks[1:9] not in (b"NETSCAPE", b"ANIMEXTS", b"ICCRGBG1"):
            contents.unknown("extension", blocks)
    else:
        text, at = [], 0
        while at < len(blocks) and blocks[at]:
            text.append(blocks[at + 1 : at + 1 + blocks[at]])
            at += 1 + blocks[at]
        contents.texts.append(("comment", b"".join(text)))


def _colours(flags: int) -> int:
    """Bytes of the table of colours that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(data: bytes, at: int) -> int:
    """Behind a chain of blocks, each of which begins with its length; a length of 0 ends it."""
    while at < len(data):
        size = data[at]
        at += 1 + size
        if not size:
            break
    return min(at, len(data))


def read_bmp(contents: Contents, data: bytes) -> None:
    """Note what follows the pixels of a BMP file."""
    if len(data) < 34:
        return
    said, offset, head = struct.unpack_from("<I4xII", data, 2)
    if head < 40:
        return
    width, height, _, depth, packed = struct.unpack_from("<iiHHI", data, 18)
    if packed in (0, 3, 6):
        end = offset + (abs(width) * depth + 31) // 32 * 4 * abs(height)
        if head >= 124 and len(data) >= 14 + 124:
            at, size = struct.unpack_from("<II", data, 14 + 112)
            end = max(end, 14 + at + size) if size else end
    else:
        end = said
    trailers.read(contents, data, min(max(end, 14), len(data)))
