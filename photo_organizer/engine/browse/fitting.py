"""Which photos fit at all: log-odds from cosines, and where to stop.

A calibrated model (`photo_organizer.engine.encoders.proofs`) knows how cosines come out where photo
and text fit, and where not, for the words that it was proved with. That alone is not enough:

- Cosines shift from word to word. One word is 0.04 more like every photo than another.
- What is asked for is rare. Of 1,000 photos, 16 that show nothing of it reach the middle by
  chance, where 10 show it.

So the question is asked with what all photos of the library say of the word: they come from two
bells, a large one of photos that do not fit and perhaps a small one of those that do, as far apart
as the proof says. Where they lie, and how many photos belong to the second, is what makes the
cosines at hand likeliest, weighed against how far words shift. That is the local false discovery
rate with an empirical null (Efron, "Large-Scale Simultaneous Hypothesis Testing: The Choice of a
Null Hypothesis", JASA 2004), with one addition: a library may be nothing but beaches, so that the
larger bell is of those that fit.

A photo fits where both say so, the model's own middle and the word's place in the library.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfinv

from photo_organizer.engine.encoders.proofs import Calibrated

_SUREST = 0.9999
"""A proof of few pictures may say 1: that no fitting pair is ever below an unfitting one."""
_LEAST = 0.1

_SHIFT = 0.6
"""How far words shift, in widths of a bell (one standard deviation)."""

_FARTHEST = 4.0
"""Cosines that are so many widths beyond the bells count as if they were so many."""

_BINS = 240


def log_odds(
    cosines: NDArray[np.float32], calibrated: Calibrated, *, needs_middle: bool = True
) -> NDArray[np.float64]:
    """The log-odds that each of N photos fits; from 0 on it does. They rise with the cosine.

    Args:
        cosines: (N,) of all photos of a library with one text, or with one photo.
        calibrated: what the cosine means to the model.
        needs_middle: the model's own middle must be reached, too.
    """
    own = (np.asarray(cosines, np.float64) - calibrated.middle) / calibrated.spread
    if not len(own):
        return own
    # With two bells of one width whose log-odds rise by 1 for each 1, the width is also the
    # distance of their middles in widths; the area under the ROC curve tells it.
    width = 2 * float(erfinv(np.clip(calibrated.weight, _LEAST, _SUREST)))
    beside = _beside_the_others(own, width)
    return np.minimum(own, beside) if needs_middle else beside


def _beside_the_others(own: NDArray[np.float64], usual: float) -> NDArray[np.float64]:
    """The log-odds by where the word's bells lie in this library.

    Args:
        own: (N,) the model's log-odds.
        usual: the width of a bell, over all words.
    """
    apart = usual**2
    width = _width(own, usual)
    low, high = -apart / 2 - _FARTHEST * usual, apart / 2 + _FARTHEST * usual
    counts, edges = np.histogram(np.clip(own, low, high), _BINS, (low, high))
    at = (edges[1:] + edges[:-1]) / 2
    shifts = np.linspace(-2, 2, 41) * usual * _SHIFT
    shares = 1 / (1 + np.exp(-np.linspace(-np.log(3 * len(own)), np.log(3 * len(own)), 41)))
    unfitting = _log_bell(at - shifts[:, None] + apart / 2, width)
    fitting = _log_bell(at - shifts[:, None] - apart / 2, width)
    likelihood = np.stack(
        [
            np.logaddexp(np.log1p(-share) + unfitting, np.log(share) + fitting) @ counts
            for share in shares
        ]
    )
    likelihood -= (shifts / (usual * _SHIFT)) ** 2 / 2
    best, place = np.unravel_index(np.argmax(likelihood), likelihood.shape)
    share, shift = shares[best], shifts[place]
    beside: NDArray[np.float64] = np.log(share / (1 - share)) + apart * (own - shift) / width**2
    return beside


def _width(own: NDArray[np.float64], usual: float) -> float:
    """The width of this word's bells: of one word they are narrower than of all together.

    Measured on the lower side, where nothing is that fits.
    """
    if len(own) < 30:
        return usual
    low, high = np.quantile(own, [0.05, 0.25])
    return float(np.clip((high - low) / 0.9703, usual / 2, usual * 1.25))


def _log_bell(distance: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    return -((distance / width) ** 2) / 2  # both are of one width: what they share says nothing
