"""What a process that decodes may take: so much memory, and so much time for one photo.

The system itself holds to both where it can (memory on Linux, time on all but Windows); `pool`
looks at the clock besides.
"""

from __future__ import annotations

import os
import sys
import time

SECONDS = 60
"""Of computing that one photo may take; the slowest honest ones take about 15."""

PATIENCE = 5
"""So many times as long by the clock: other programs compute, too."""

_MIB = 1024**2
_MEMORY = 6 * 1024 * _MIB
"""Bytes. A picture of 400 megapixels with transparency takes up to 5 GiB while it is unpacked."""
_LEAST_MEMORY = 1024 * _MIB
_MEMORY_SHARE = 0.75
"""Of what the machine has: more would push everything else out of it."""


def seconds(size: int) -> int:
    """How many seconds of computing a file may take.

    Args:
        size: of the file, in bytes.
    """
    return SECONDS + size // (4 * _MIB)


def limit_memory() -> None:
    """Let the calling process run out of memory before the machine does."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return  # set, but not held to
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    most = max(_LEAST_MEMORY, min(_MEMORY, int(there * _MEMORY_SHARE)))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def limit_time(size: int) -> None:
    """Let the system end the calling process when one photo takes too long from now on.

    Args:
        size: of the file, in bytes.
    """
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    end = int(time.process_time()) + 1 + seconds(size)
    if hard == resource.RLIM_INFINITY or end < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (end, hard))


def give_way() -> None:
    """Let other processes go first: see `photo_organizer.engine.analysis.priority`.

    On Windows it is said when the process is made.
    """
    if sys.platform != "win32":
        now = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(now, NICE))


NICE = 5
"""As a thread of an analysis beside a window."""
