"""How long a run will still take: an estimate from what is left, or none where none is honest."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from photo_organizer.engine.duplicates.effort import expected
from photo_organizer.engine.judging.judging_progress import BESIDE, JudgingProgress

WINDOW = 10.0
"""Seconds over which a pace is measured."""

LITTLE = 5.0, 0.25
"""Seconds, or a share of what is left otherwise, up to which comparing photos may be guessed before
its pace was measured: however wrong that is, the sum is about right."""


class Pace:
    """How many a second, over the last seconds.

    Args:
        clock: seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def forget(self) -> None:
        """Count from now on: a pause is not slowness."""
        self._seen.clear()

    def rate(self, done: int) -> float:
        """Note how many are done in all; 0.0 while the pace is unknown."""
        now = self._clock()
        self._seen.append((now, done))
        while now - self._seen[0][0] > WINDOW:
            self._seen.popleft()
        start, first = self._seen[0]
        return (done - first) / (now - start) if now > start else 0.0


@dataclass(frozen=True, slots=True)
class ToLook:
    """How many looks into files are done and left: to measure a photo, and to find its faces."""

    measured: int
    unmeasured: int
    faces_found: int
    faces_awaited: int
    faces_asked: int
    """Of the measured ones, those in which faces are looked for."""

    @property
    def done(self) -> int:
        """Looks."""
        return self.measured + self.faces_found

    @property
    def left(self) -> float:
        """Looks; of the unmeasured photos as many show somebody as of the measured ones."""
        share = self.faces_asked / self.measured if self.measured else 0.0
        return self.unmeasured * (1 + share) + self.faces_awaited


def to_the_end(
    looks_left: float, rate: float, photos: int, judgements: Sequence[JudgingProgress]
) -> float | None:
    """Seconds to the end of a run that knows of all files.

    Args:
        looks_left: see `ToLook.left`.
        rate: looks a second.
        photos: how many will be judged in the end.
        judgements: that were begun, the oldest first; the last one of so many photos is the last.

    Returns:
        None: something takes time of which nobody knows how long.
    """
    if looks_left and not rate:
        return None
    looking = looks_left / rate if looks_left else 0.0
    running = [one for one in judgements if not one.ended]
    final = running[-1] if running and running[-1].photos >= photos else None
    if final is None:
        judging = _seconds_of(photos, judgements, most=max(LITTLE[0], LITTLE[1] * looking))
        if judging is None:
            return None
        # What is judged meanwhile is done before the last judgement begins.
        waiting = sum(_left(one, judgements) or 0.0 for one in running)
        return max(looking, waiting) + judging
    lefts = [_left(one, judgements) for one in running]
    known = [left for left in lefts if left is not None]
    return sum(known) if len(known) == len(lefts) else None


def compared(judgements: Sequence[JudgingProgress]) -> float | None:
    """How much of the comparing of these judgements is done; None where nothing is compared."""
    whole = sum(expected(one.photos) for one in judgements)
    if not whole or all(one.compared is None for one in judgements):
        return None
    return sum(expected(one.photos) * one.share for one in judgements) / whole


def _left(one: JudgingProgress, others: Sequence[JudgingProgress]) -> float | None:
    left = one.seconds_left
    return left if left is not None else _seconds_of(one.photos, others, most=LITTLE[0])


def _seconds_of(photos: int, judgements: Sequence[JudgingProgress], *, most: float) -> float | None:
    """What judging so many takes by the newest pace there is; guessed where that is at most so."""
    for one in reversed(judgements):
        if (seconds := one.seconds_of(photos)) is not None:
            return seconds
    guessed = BESIDE * expected(photos) / 1000
    return guessed if guessed <= most else None
