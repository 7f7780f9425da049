"""Statistics of a few numbers: NumPy's own take far longer to begin than these take as a whole."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_Array = NDArray[Any]


def quantile(values: _Array, share: float) -> float:
    """``np.quantile`` of numbers in a row; at least one."""
    ordered = np.sort(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    low = float(ordered[below])
    if below + 1 == len(ordered):
        return low
    return low + (float(ordered[below + 1]) - low) * (place - below)


def median(values: _Array) -> float:
    """``np.median`` of numbers in a row; at least one."""
    return quantile(values, 0.5)


def weighted_quantile(values: _Array, weights: _Array, share: float) -> float:
    """The value below which `share` of the weight lies."""
    order = np.argsort(values)
    below = np.cumsum(weights[order] + 1e-3)
    return float(values[order[np.searchsorted(below, share * below[-1])]])
