"""What photos are called in the answers: as files here, or below the address of a server."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlsplit

from photo_organizer.engine.domain.facts import Photo

_KEPT = "/%:@!$&'()*+,;=~"
"""What stands in paths of addresses as it is; "%" because the rest may be escaped already."""


class AddressError(ValueError):
    """No address of a photo can be made so; the message says why."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Names photos."""

    base: str = ""
    """What the path below `folder` is joined to, ending with "/"; empty: photos are files here."""
    folder: Path = Path()
    """Where `base` leads to."""

    @classmethod
    def below(cls, address: str, folders: Sequence[Path]) -> Addresses:
        """Photos are reached below an address, which leads to their folder.

        Args:
            address: with or without "/" at its end.
            folders: that are analysed, absolute. Of several, the address leads to the nearest
                folder that holds them all: so no two photos have one name.

        Raises:
            AddressError: it is no address, or there is no such folder.
        """
        try:
            folder = Path(os.path.commonpath(folders))
        except ValueError:  # drives of Windows
            raise AddressError("the folders lie on several drives: give one at a time") from None
        return cls(_base(address), folder)

    def of(self, photo: Photo) -> str:
        """The address of a photo, escaped byte by byte (invalid UTF-8 included)."""
        if not self.base:
            return photo.uri
        below = photo.path.relative_to(self.folder).as_posix()
        return self.base + quote_from_bytes(os.fsencode(below))


def _base(address: str) -> str:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where it is no number
    except ValueError as error:
        raise AddressError(f"{address} is no address: {error}") from None
    has_place = parts.netloc or parts.scheme == "file"
    if "://" not in address or not has_place or len(parts.netloc.split()) > 1:
        raise AddressError(f"{address} is no address: write it like http://server:8000/")
    if parts.query or parts.fragment or address.endswith(("?", "#")):
        raise AddressError(f"{address} goes on after its path: leave out what begins with ? or #")
    path = quote(parts.path.removesuffix("/"), safe=_KEPT)
    return f"{parts.scheme}://{parts.netloc}{path}/"
