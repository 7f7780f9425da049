"""Small JPEGs of photos on disk, named by content: a renamed photo keeps its thumbnail.

Several threads and processes may use one folder: files are written beside their place and moved
in, so that a reader sees a whole thumbnail or none.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from photo_organizer.engine import paths
from photo_organizer.engine.domain.facts import Pixels

SIDE = 512
"""Long side in pixels."""

_QUALITY = 85
_SUFFIX = ".jpg"
_UNFINISHED = ".part"
_ABANDONED = 3600
"""Seconds after which nobody is still writing an unfinished file."""


class ThumbnailSink(Protocol):
    """Takes the thumbnails of photos that are decoded."""

    def keep(self, content_hash: bytes, data: bytes) -> None:
        """See `ThumbnailCache.keep`."""


class ThumbnailCache:
    """A folder of thumbnails, bounded in size; the ones not looked at for longest go first."""

    def __init__(self, folder: Path, limit_mib: int) -> None:
        """Use `folder` (made when needed), kept at `limit_mib` by `trim`."""
        self._folder = folder
        self._limit = limit_mib * 1024 * 1024

    def path_of(self, content_hash: bytes) -> Path:
        """Where the thumbnail of this content lies, or would lie."""
        name = content_hash.hex()
        return self._folder / name[:2] / f"{name}{_SUFFIX}"

    def get(self, content_hash: bytes) -> bytes | None:
        """The thumbnail, a JPEG of sRGB pixels, or None where there is none."""
        path = self.path_of(content_hash)
        try:
            data = path.read_bytes()
            os.utime(path)  # the time of last use: many systems record none on reading
        except OSError:  # none, or trimmed away this moment
            return None
        return data

    def put(self, content_hash: bytes, pixels: Pixels) -> bytes:
        """Make the thumbnail of upright RGB pixels, keep it, and return it.

        Raises:
            OSError: the folder cannot be written (full or read-only).
        """
        data = encode(pixels)
        self.keep(content_hash, data)
        return data

    def keep(self, content_hash: bytes, data: bytes) -> None:
        """Keep the thumbnail that `encode` made.

        Raises:
            OSError: the folder cannot be written (full or read-only).
        """
        path = self.path_of(content_hash)
        paths.own_folder(path.parent)
        handle, unfinished = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise

    def size(self) -> int:
        """Bytes in use."""
        return sum(status.st_size for _, status in self._files())

    def trim(self) -> None:
        """Delete the thumbnails not used for longest until nine tenths of the limit are left."""
        files = list(self._files())
        excess = sum(status.st_size for _, status in files)
        if excess <= self._limit:
            return
        excess -= self._limit * 9 // 10
        for path, status in sorted(files, key=lambda file: file[1].st_mtime_ns):
            if excess <= 0:
                break
            path.unlink(missing_ok=True)
            excess -= status.st_size

    def clear(self) -> None:
        """Delete every thumbnail."""
        for path, _ in self._files():
            path.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """What this cache wrote, nothing else: thumbnails, and what a crashed run left."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            try:
                status = path.stat()
            except OSError:  # moved or trimmed by another process
                continue
            abandoned = path.suffix == _UNFINISHED and time.time() - status.st_mtime > _ABANDONED
            if path.suffix == _SUFFIX or abandoned:
                yield path, status


def encode(pixels: Pixels) -> bytes:
    """The thumbnail of upright RGB pixels: a JPEG."""
    import numpy as np
    import simplejpeg

    data: bytes = simplejpeg.encode_jpeg(
        np.ascontiguousarray(_fitted(pixels)),
        quality=_QUALITY,
        colorspace="RGB",
        colorsubsampling="420",
    )
    return data


def _fitted(pixels: Pixels) -> Pixels:
    """Shrunk until the long side is at most `SIDE`; never enlarged."""
    import cv2
    import numpy as np

    from photo_organizer.engine.pixels.scaling import halved

    height, width = pixels.shape[:2]
    scale = SIDE / max(height, width)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # Less than half is left to shrink by: four neighbours are all that a pixel covers, nearly, and
    # an area filter would take ten times as long.
    small = halved(pixels, min(size))
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)
