"""Memory that two processes share: pixels are written by one and looked at by the other.

It has no name in the system but on Windows, so that nothing is left behind by a process that
dies: an open file without a name, which the child inherits. On Windows it is a named mapping, which
the system drops with its last user.
"""

from __future__ import annotations

import itertools
import mmap
import os
import sys
import tempfile
from collections.abc import Sequence

import numpy as np

from photo_organizer.engine.domain.facts import Pixels

Shape = tuple[int, ...]

_KEPT = 64 * 1024**2
"""Bytes that stay allocated between two photos."""

_numbers = itertools.count()


def unnamed_file() -> int:
    """The descriptor of a new file that no folder names, in memory where the system can."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("photo-organizer")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def open_shared() -> tuple[int | None, str]:
    """Make shared memory in the parent.

    Returns:
        The descriptor of what the parent keeps open and a child inherits, and the address by
        which both find it.
    """
    if sys.platform == "win32":
        return None, f"photo-organizer-{os.getpid()}-{next(_numbers)}"
    file = unnamed_file()
    return file, str(file)


def look(address: str, shapes: Sequence[Shape]) -> list[Pixels]:
    """The pictures that were written last; valid until the next are written, and only to be read.

    Args:
        address: see `open_shared`.
        shapes: what `SharedPixels.write` returned.
    """
    if not shapes:
        return []
    size = sum(map(_bytes, shapes))
    if sys.platform == "win32":
        memory = mmap.mmap(-1, size, tagname=address, access=mmap.ACCESS_READ)
    else:
        memory = mmap.mmap(int(address), size, access=mmap.ACCESS_READ)
    pictures, start = [], 0
    for shape in shapes:
        flat = np.frombuffer(memory, np.uint8, _bytes(shape), start)
        pictures.append(flat.reshape(shape))
        start += _bytes(shape)
    return pictures


class SharedPixels:
    """The child's side.

    Args:
        address: see `open_shared`.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._mapped: mmap.mmap | None = None

    def write(self, pictures: Sequence[Pixels]) -> list[Shape]:
        """Put pictures where the parent looks.

        Raises:
            OSError: there is no room for them.
        """
        plain = [np.ascontiguousarray(picture) for picture in pictures]
        if not plain:
            pass
        elif sys.platform == "win32":
            size = sum(picture.nbytes for picture in plain)
            self._mapped = mmap.mmap(-1, size, tagname=self._address)
            for picture in plain:
                self._mapped.write(picture.data)
        else:
            # Written, not mapped: a full disk or memory is an error here, not the end of a process.
            at = 0
            for picture in plain:
                rest = memoryview(picture.data).cast("B")
                while rest:
                    written = os.pwrite(int(self._address), rest, at)
                    rest, at = rest[written:], at + written
        return [picture.shape for picture in plain]

    def clear(self) -> None:
        """Nobody looks any more: give back what a giant took."""
        if sys.platform == "win32":
            if self._mapped is not None:
                self._mapped.close()
                self._mapped = None
        elif os.fstat(int(self._address)).st_size > _KEPT:
            os.ftruncate(int(self._address), 0)


def _bytes(shape: Shape) -> int:
    size = 1
    for side in shape:
        size *= side
    return size
