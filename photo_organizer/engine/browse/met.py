"""Which photos meet one term of a query, and how surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.browse.seeing import Odds
from photo_organizer.engine.browse.written import Written


@dataclass(slots=True, eq=False)
class Met:
    """Which of N photos meet a term, by their rows in the columns."""

    written: Written = field(default_factory=lambda: Written({}, frozenset()))
    odds: Odds | None = None
    """(N,) log-odds that they show it; −∞ where nothing is known of a photo."""

    def fits(self, count: int) -> NDArray[np.bool_]:
        """(N,) whether the model says so."""
        return np.zeros(count, np.bool_) if self.odds is None else self.odds >= 0

    def is_written(self, count: int) -> NDArray[np.bool_]:
        """(N,) whether it is written of them."""
        return mask(count, [*self.written.exact, *self.written.partly])

    def is_exact(self, count: int) -> NDArray[np.bool_]:
        """(N,) whether exactly it is written of them."""
        return mask(count, list(self.written.exact))

    def log_chances(self, count: int) -> NDArray[np.float64]:
        """(N,) the logarithm of the chance that a photo is meant."""
        chances = np.full(count, -np.inf) if self.odds is None else -np.logaddexp(0, -self.odds)
        rows = list(self.written.partly)
        chances[rows] = np.maximum(chances[rows], np.log(0.5))
        chances[list(self.written.exact)] = 0.0
        return chances


def mask(count: int, rows: Iterable[int]) -> NDArray[np.bool_]:
    """(N,) true for some rows."""
    chosen = np.zeros(count, np.bool_)
    chosen[list(rows)] = True
    return chosen
