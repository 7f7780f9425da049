"""Lets a process keep the memory that it freed, where the system's library can be told so (glibc).

Looking at one photo after another takes and frees the same few megabytes again and again. By
default glibc hands them back to the system each time, which then clears every page anew: a fifth of
the time that measuring a photo takes.
"""

from __future__ import annotations

import sys
from typing import Final

_MIB: Final = 1024**2

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Numbers of ``malloc.h``."""

KEPT: Final = 64 * _MIB
"""Bytes that may lie free at the end of what a process took; more go back to the system."""

APART: Final = 32 * _MIB
"""Blocks from so many bytes on are taken by themselves and go back at once: glibc's own limit."""


def keep_freed_memory() -> bool:
    """Keep freed memory for what comes next.

    Returns:
        Whether the system's library took it; elsewhere nothing changes.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        tell = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another library than glibc
        return False
    return all((tell(_MMAP_THRESHOLD, APART), tell(_TRIM_THRESHOLD, KEPT)))
