"""From a few dozen numbers of a model, where something is so and where not, to what they mean.

The samples are small and some of the pictures are odd, so nothing here follows a single number:
middles are those of clipped samples, spreads lean on each other, and no odds are claimed that so
few cases cannot show.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.encoders.proofs import Calibrated

KEPT_OUT = 0.95
"""The share of what fits nothing that shall stay below the middle."""

_SKEWED = 1.87
"""How many spreads above its middle `KEPT_OUT` of a largest-of-many lies (Gumbel's distribution; of
a normal one 1.64): the best of 23 categories is one, and so is the most alike of many photos."""

_ONE_IN_20 = 1.64
"""How many spreads below its middle one in twenty lies."""

_SURE = 1.28
"""That the share is kept out is 0.9 likely for a sample of this size: in spreads, one-sided."""

_CLIPPED = 2.5
"""Numbers farther from the median than so many spreads count as being there."""

_LEANING = 10
"""Each group's spread leans on that of both as if it had been seen so many times."""

_NOWHERE = 1e-6
"""Middles that are apart by no more than this share of the spread are rounded differently, no more:
odds that follow from such a distance would be noise."""

_MARGIN = 0.1
"""Where nothing lies between two groups, the middle stays off both by this share of the gap."""

Numbers = NDArray[np.float64]


def calibrated(
    fitting: Sequence[float] | NDArray[np.floating],
    unfitting: Sequence[float] | NDArray[np.floating],
    *,
    kept_out: Sequence[float] | NDArray[np.floating] = (),
    takes: int = 1,
) -> Calibrated:
    """What a number means, from cases in which it is so and others in which it is not.

    The middle is where two normal distributions err equally often. Where `kept_out` is given, two
    things come before that. `KEPT_OUT` of those lie below the middle, also in a fresh sample: to
    leave a photo in *others* costs a look, to put it under a wrong name costs trust. And for the
    sake of the other unfitting ones no more than 1 in 20 fitting ones is lost: the best wrong name
    of a photo that has a right one (they are close) wins only where the right one is not on the
    list. Where the two groups are apart the middle lies between them in any case.

    Args:
        fitting: the numbers where it is so.
        unfitting: the numbers where it is not.
        kept_out: those of `unfitting` (or others like them) that must not pass.
        takes: how many of the numbers come from one picture, and so say less than as many others.

    Raises:
        ValueError: a group is empty, or a number is not finite.
    """
    fits, others, out = _numbers(fitting), _numbers(unfitting), _numbers(kept_out, may_lack=True)
    (fit_middle, fit_spread), (other_middle, other_spread) = _robust(fits), _robust(others)
    both = np.hypot(fit_spread * len(fits) ** 0.5, other_spread * len(others) ** 0.5)
    pooled = float(both / (len(fits) + len(others)) ** 0.5)
    fit_spread = _leaning(fit_spread, len(fits), pooled)
    other_spread = _leaning(other_spread, len(others), pooled)
    if fit_spread + other_spread > 0:
        share = other_spread / (fit_spread + other_spread)
        middle = other_middle + share * (fit_middle - other_middle)
    else:
        middle = (fit_middle + other_middle) / 2
    if len(out):
        out_middle, out_spread = _robust(out)
        out_spread = _leaning(out_spread, len(out), pooled)
        middle = min(middle, fit_middle - _ONE_IN_20 * fit_spread)
        middle = max(middle, out_middle + _reach(len(out) / takes) * out_spread)
    lowest, highest = float(fits.min()), float(max(others.max(), out.max(initial=-np.inf)))
    if lowest > highest:
        room = _MARGIN * (lowest - highest)
        middle = min(max(middle, highest + room), lowest - room)
    cases = min(len(fits), len(others)) / takes
    return Calibrated(
        middle=float(middle),
        spread=_spread(fit_middle - other_middle, pooled, cases),
        weight=max(0.0, 2 * area(fits, others) - 1),
    )


def area(
    fitting: Sequence[float] | NDArray[np.floating],
    unfitting: Sequence[float] | NDArray[np.floating],
) -> float:
    """The chance that a fitting number is above an unfitting one: the area under the ROC curve.

    Equal ones count half.

    Raises:
        ValueError: a group is empty, or a number is not finite.
    """
    fits, others = _numbers(fitting), np.sort(_numbers(unfitting))
    below = np.searchsorted(others, fits, side="left")
    up_to = np.searchsorted(others, fits, side="right")
    return float((below + up_to).sum() / (2 * len(fits) * len(others)))


def chance_spread(fitting: int, unfitting: int) -> float:
    """How far from 0.5 `area` strays where a number says nothing: one standard deviation."""
    return float(np.sqrt((fitting + unfitting + 1) / (12 * fitting * unfitting)))


def _numbers(given: Sequence[float] | NDArray[np.floating], *, may_lack: bool = False) -> Numbers:
    numbers = np.asarray(given, np.float64).ravel()
    if not (len(numbers) or may_lack) or not np.isfinite(numbers).all():
        raise ValueError("a group without numbers, or with some that are not finite")
    return numbers


def _robust(numbers: Numbers) -> tuple[float, float]:
    """Mean and standard deviation without what lies far away."""
    median = np.median(numbers)
    usual = 1.4826 * np.median(np.abs(numbers - median))
    if usual > 0:
        numbers = np.clip(numbers, median - _CLIPPED * usual, median + _CLIPPED * usual)
    # A mean of equal numbers may differ from them in the last digit.
    alike = numbers.min() == numbers.max()
    return (float(median), 0.0) if alike else (float(numbers.mean()), float(numbers.std()))


def _leaning(spread: float, cases: int, pooled: float) -> float:
    return float(np.sqrt((cases * spread**2 + _LEANING * pooled**2) / (cases + _LEANING)))


def _reach(cases: float) -> float:
    """How many spreads above its middle a sample's share lies, for sure enough: Natrella 1963."""
    cases = max(cases, 4)
    a = 1 - _SURE**2 / (2 * (cases - 1))
    b = _SKEWED**2 - _SURE**2 / cases
    return float((_SKEWED + np.sqrt(max(0.0, _SKEWED**2 - a * b))) / a)


def _spread(distance: float, pooled: float, cases: float) -> float:
    """How far from the middle the log-odds are 1.

    Of two normal distributions with one spread s, d apart, it is s² / d. From n cases of each no
    odds follow that are higher than n to 1 at the middle of either.
    """
    if distance <= _NOWHERE * pooled:
        return pooled or 1.0
    surest = distance / 2 / np.log(cases + 1)
    return float(max(pooled**2 / distance, surest))
