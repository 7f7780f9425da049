"""How many files go to another computer at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TypeVar

from photo_organizer.engine.cluster.messages import SHARD

T = TypeVar("T")

FIRST = 16
"""Files of a shard while nobody knows how quick the others are: first photos shall be seen soon."""

LEAST = 8
"""Files of a shard, unless fewer are left: each shard costs a way there and back."""

WORK = 6.0
"""Seconds that a worker shall be busy with a shard."""

AHEAD = 1
"""Shards that wait at each worker for those that it works on."""

SHARES = 2
"""The last shards are so many for each that is worked on at a time."""

BYTES = 1 << 31
"""Bytes of a shard, at most: of raw files fewer than `SHARD` are as much work."""


def files_of_a_shard(waiting: int, *, is_all: bool, workers: int, rate: float) -> int:
    """How many files the next shard shall have.

    Shards become smaller at the end, as in guided self-scheduling (Polychronopoulos and Kuck,
    1987): nobody shall wait for one computer that took a large one last.

    Args:
        waiting: files that wait to be sent.
        is_all: no others will come.
        workers: shards that are worked on at a time.
        rate: photos a second of one worker; 0.0 while unknown.
    """
    files = math.ceil(rate * WORK) if rate else FIRST
    if is_all:
        files = min(files, math.ceil(waiting / (SHARES * max(workers, 1))))
    return max(LEAST, min(files, SHARD))


def within(most: int, files: Iterable[tuple[T, int]]) -> Iterator[T]:
    """The first files, as many as one shard takes.

    Args:
        most: how many of them.
        files: and their sizes in bytes.
    """
    total = 0
    for taken, (file, size) in enumerate(files):
        total += size
        if taken == most or (taken and total > BYTES):
            return
        yield file
