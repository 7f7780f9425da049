"""How much of the comparing of photos is done, and how much work there is for so many.

The parts are weighed by what they cost on one machine; on another one the ratios are much the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

Tell = Callable[[float], object]
"""Hears how much is done, 0 to 1, on the thread that works."""


class Part(Enum):
    """What takes time; the value is its milliseconds for one, see `benchmarks/known.py`."""

    HASH = 0.37
    """One photo, in all orientations."""
    NET = 1.2e-4
    """One photo held against one other: those that may be alike are looked for."""
    SCREEN = 0.22
    """One pair that may be alike."""
    LOOK = 4.8
    """One pair laid over each other in detail."""


PAIRS: Final = 10.0
"""Pairs for each photo that may be alike, until it is known how many there are."""

LOOKS: Final = 2.5
"""Of them, for each photo those that are looked at in detail."""


def expected(photos: int) -> float:
    """The milliseconds that comparing so many photos takes about, on that machine."""
    return sum(part.value * amount for part, amount in _amounts(photos).items())


def _amounts(photos: int) -> Mapping[Part, float]:
    return {
        Part.HASH: photos,
        Part.NET: photos * photos,
        Part.SCREEN: PAIRS * photos,
        Part.LOOK: LOOKS * photos,
    }


class Effort:
    """Counts what is done, and tells how much of the whole that is; it never goes back.

    Args:
        photos: that are compared.
        tell: hears of it.
    """

    def __init__(self, photos: int, tell: Tell) -> None:
        self._all = dict(_amounts(photos))
        self._done = dict.fromkeys(Part, 0.0)
        self._tell = tell
        self._told = 0.0

    def expect(self, part: Part, amount: float) -> None:
        """So much more of a part is to be done, whatever was guessed before."""
        self._all[part] = self._done[part] + amount

    def do(self, part: Part, amount: float) -> None:
        """So much of a part was done."""
        self._done[part] += amount
        whole = sum(part.value * max(self._all[part], self._done[part]) for part in Part)
        done = sum(part.value * self._done[part] for part in Part)
        self._told = max(self._told, done / whole if whole else 1.0)
        self._tell(self._told)
