"""What a container holds, gathered by the reader of its format."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from photo_organizer.engine.domain.holdings import Extra

DIGEST_BYTES: Final = 12
"""Length of a digest."""

_PADDING: Final = b"\0\r\n\t "
_PIECE: Final = 1 << 16


@dataclass(slots=True)
class Contents:
    """What lies beside the pixels of one file."""

    pictures: int = 1
    """Pages of a document, as the container says."""
    area: int = 0
    """Pixels of all pictures, where the container says so."""
    bits: int = 8
    """Of each channel, by the header."""
    coded: bytes = b""
    """Digest of the compressed pictures, without what turns them; empty: not looked at."""
    extras: list[tuple[Extra, bytes]] = field(default_factory=list)
    """What else is there, and a digest of each."""
    exif: list[bytes] = field(default_factory=list)
    """Blocks of Exif, each laid out like a TIFF file."""
    xmp: list[bytes] = field(default_factory=list)
    """XMP documents."""
    iptc: list[bytes] = field(default_factory=list)
    """Blocks of IPTC-IIM."""
    texts: list[tuple[str, bytes]] = field(default_factory=list)
    """Comments and other texts by their names."""
    opaque: list[tuple[str, bytes]] = field(default_factory=list)
    """What this program cannot read, by where it lies: digests."""

    def add(self, kind: Extra, data: bytes | memoryview) -> None:
        """Note something beside the picture."""
        self.extras.append((kind, digest_of(data)))

    def unknown(self, place: str, data: bytes | memoryview) -> None:
        """Note what cannot be read, unless it is empty."""
        if data:
            self.opaque.append((place, digest_of(data)))


def digest_of(*parts: bytes | memoryview) -> bytes:
    """Digest of these bytes, one part after another."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()[:DIGEST_BYTES]


def after_padding(data: bytes, start: int, stop: int) -> int:
    """The first place before `stop` with no zero, blank or end of a line; `stop` where none is."""
    while start < stop:
        piece = data[start : min(start + _PIECE, stop)]
        kept = piece.lstrip(_PADDING)
        if kept:
            return start + len(piece) - len(kept)
        start += len(piece)
    return stop
