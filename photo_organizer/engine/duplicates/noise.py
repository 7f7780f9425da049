"""Which of two versions of one picture is the noisier, and whether the other only lost detail.

Noise looks like sharpness, and smearing looks like a lack of noise. Two things tell them apart:
noise lies evenly over a picture, so the calm places lose as much of it as the busy ones; detail
lies where the picture is busy. And whoever takes off noise leaves the edges as they are.

Noise is compared at half size: compression down to a quality of about 65 changes it by less than a
third of a doubling there, at full size by more than a weak noise reduction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.pair_table import PairTable
from photo_organizer.engine.pixels.measures import VIEW, column

GENTLE: Final = 3.0
"""A file saved at a quality lower by more than this is smoother because of its compression."""

REDUCED: Final = 1.25 * VIEW
"""From this long side on the view that noise is measured in is reduced to one size."""

_OFFSET: Final = 0.3
"""Grey levels added to each deviation before its logarithm was taken: see `measures`."""

_UNEVEN: Final = 1e3
"""How uneven a loss is that calm places have no part in."""

_FAINT: Final = 0.0025
"""Squared grey levels below which there is no noise to speak of."""


@dataclass(frozen=True, slots=True)
class NoiseGap(PairTable):
    """How much noisier the second of each of P pairs is, in doublings; below 0: the first is."""

    calm: Vectors
    """(P,) at half size, in the calm places; 0 where the two have not the same size."""
    typical: Vectors
    """(P,) the same, in the middle one of all places."""
    fine: Vectors
    """(P,) at full size, in the calm places; 0 where compression explains it, or another size."""
    view: Vectors
    """(P,) in the view, for pairs of different size; 0 where one is too small for it."""
    spread: Vectors
    """(P,) what the busy places lost over what the calm ones lost: 1 for noise, more for detail."""
    softer: Vectors
    """(P,) doublings of sharpness that the less noisy one lacks."""

    def clear(self, thresholds: Thresholds) -> NDArray[np.bool_]:
        """Whether noise clearly differs: neither is a copy of the other, (P,)."""
        limit = "duplicates.noise."
        return np.asarray(
            (np.abs(self.calm) >= thresholds[limit + "calm"])
            | (np.abs(self.typical) >= thresholds[limit + "typical"])
            | (np.abs(self.fine) >= thresholds[limit + "fine"])
            | (np.abs(self.view) >= thresholds[limit + "view"])
        )

    def noisier(self, thresholds: Thresholds) -> NDArray[np.int8]:
        """Which one is worse, because the other has less noise and all of the detail, (P,).

        Returns:
            1: the second; -1: the first; 0: neither, or nobody can tell.
        """
        limit = "duplicates.noise."
        less = (np.abs(self.calm) >= thresholds[limit + "cleaner_calm"]) & (
            np.abs(self.typical) >= thresholds[limit + "cleaner_typical"]
        )
        smeared = (self.spread - 1.0) * np.maximum(self.softer, 0.0)
        kept = (self.spread <= thresholds[limit + "spread"]) & (
            smeared <= thresholds[limit + "smeared"]
        )
        agreed = np.sign(self.calm) == np.sign(self.typical)
        return np.where(less & kept & agreed, np.sign(self.calm), 0).astype(np.int8)


def noise_gap(
    facts: Facts, sharpness: Vectors, first: NDArray[np.int32], second: NDArray[np.int32]
) -> NoiseGap:
    """What the measures say about the noise of P pairs of photos.

    Args:
        facts: of N photos.
        sharpness: (N,) in doublings.
        first: (P,) rows.
        second: (P,) rows.
    """
    sides = np.array([(p.width, p.height) for p in facts.photos], np.int32).reshape(-1, 2)
    one_size = (np.sort(sides[first]) == np.sort(sides[second])).all(axis=1)
    reduced = (sides.max(axis=1) >= REDUCED) if len(sides) else np.zeros(0, np.bool_)

    def gap(name: str, where: NDArray[np.bool_]) -> Vectors:
        values = column(facts.measures, name)
        return np.where(where, values[second] - values[first], 0.0).astype(np.float32)

    calm, typical = gap("noise_half_flat", one_size), gap("noise_half_mid", one_size)
    fine = gap("noise_flat", one_size)
    quality = column(facts.measures, "saved_quality")
    cleaner_quality = np.where(fine > 0.0, quality[first], quality[second])
    gentle = cleaner_quality >= np.maximum(quality[first], quality[second]) - GENTLE
    busy_loss = _lost(facts, "noise_half_mid", first, second)
    calm_loss = _lost(facts, "noise_half_flat", first, second)
    uneven = np.full(len(first), _UNEVEN)
    even = calm_loss * busy_loss > 0.0
    spread = np.divide(busy_loss, calm_loss, out=uneven, where=even)
    softer = (sharpness[second] - sharpness[first]) * np.sign(calm)
    return NoiseGap(
        calm=calm,
        typical=typical,
        fine=np.where(gentle, fine, 0.0).astype(np.float32),
        view=gap("noise_view", ~one_size & reduced[first] & reduced[second]),
        spread=spread.astype(np.float32),
        softer=softer.astype(np.float32),
    )


def _lost(
    facts: Facts, name: str, first: NDArray[np.int32], second: NDArray[np.int32]
) -> NDArray[np.float64]:
    """How much larger the variance of the second is, in squared grey levels, (P,)."""
    deviation = np.exp2(column(facts.measures, name).astype(np.float64)) - _OFFSET
    variance = np.maximum(deviation**2, _FAINT)
    return np.asarray(variance[second] - variance[first])
