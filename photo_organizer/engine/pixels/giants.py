"""Giant pictures are unpacked one after another: several at once could fill the memory.

Threads wait for one another, and so do the processes that were given the same file by `share`.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PIXELS = 50_000_000
"""A picture with more of them is a giant."""

_turn = threading.Lock()
_shared: list[int] = []


def share(file: int) -> None:
    """Wait for other processes, too, from now on.

    Args:
        file: descriptor of an open file that all of them have. Its lock ends with a process that
            dies while it holds it. Left aside on Windows.
    """
    _shared[:] = [file]


@contextmanager
def one_at_a_time(pixels: int) -> Iterator[None]:
    """Hold this while a picture is unpacked; only giants wait.

    Args:
        pixels: width × height.
    """
    if pixels <= PIXELS:
        yield
        return
    with _turn:
        if _shared and sys.platform != "win32":
            import fcntl

            fcntl.lockf(_shared[0], fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(_shared[0], fcntl.LOCK_UN)
        else:
            yield
