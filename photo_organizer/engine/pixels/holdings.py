"""Reads what a file holds beside the picture that is judged: see `domain.holdings`."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np

from photo_organizer.engine.domain.holdings import PLAIN, Holdings
from photo_organizer.engine.pixels.picture import Picture

VERSION: Final = 1
"""Raise it when the same file would be said to hold something else."""

DIGEST_BYTES: Final = 12
"""Length of a digest."""


def holdings(data: bytes, suffix: str, picture: Picture) -> Holdings:  # noqa: ARG001
    """What a file holds.

    Args:
        data: the whole file.
        suffix: of the file's name, as for `decode.open_photo`.
        picture: what was decoded of it.
    """
    if picture.scale < 1.0:
        return PLAIN
    return Holdings(pixels=_digest(np.ascontiguousarray(picture.pixels).data, picture.pixels.shape))


def _digest(data: bytes | memoryview, *also: object) -> bytes:
    digest = hashlib.sha256(repr(also).encode())
    digest.update(data)
    return digest.digest()[:DIGEST_BYTES]
