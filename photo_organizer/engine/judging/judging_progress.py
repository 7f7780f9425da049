"""How far a judgement is; the judging thread writes it, any other may read it."""

from __future__ import annotations

import time
from collections.abc import Callable

from photo_organizer.engine.duplicates.effort import expected

RELIABLE = 0.1
"""From this share of the comparing on, its pace says how long the rest takes."""

AT_LEAST = 200
"""Photos from which on the pace of comparing them says anything of more photos."""

BESIDE = 1.15
"""All of judging over comparing, which takes nearly all of its time."""


class JudgingProgress:
    """The judgement of so many photos, of which comparing them takes nearly all of the time.

    Args:
        photos: how many.
        clock: seconds.
    """

    def __init__(self, photos: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.photos = photos
        self.compared: float | None = None
        """How much of the comparing is done, 0 to 1; None before it begins and after its end."""
        self.ended = False
        self._is_compared = False
        self._clock = clock
        self._began = 0.0
        self._seconds: float | None = None

    @property
    def share(self) -> float:
        """How much of the comparing is done, 0 to 1, also before and after it."""
        if self.compared is not None:
            return self.compared
        return 1.0 if self.ended or self._is_compared else 0.0

    def begin_comparing(self) -> None:
        """Photos are compared with one another from now on."""
        self._began = self._clock()
        self.compared = 0.0

    def tell(self, share: float) -> None:
        """So much of the comparing is done."""
        self.compared = share
        if share >= RELIABLE:
            self._seconds = (self._clock() - self._began) / share

    def end_comparing(self) -> None:
        """All is compared."""
        self._seconds = self._clock() - self._began
        self._is_compared = True
        self.compared = None

    @property
    def seconds_left(self) -> float | None:
        """Until it is judged; None while that is not known."""
        if self.ended:
            return 0.0
        if self._seconds is None:
            return None
        whole = BESIDE * self._seconds
        return max(0.0, self._began + whole - self._clock())

    def seconds_of(self, photos: int) -> float | None:
        """How long judging so many photos takes; None where the pace of these says nothing."""
        if self._seconds is None or self.photos < AT_LEAST:
            return None
        return BESIDE * self._seconds * expected(photos) / expected(self.photos)
