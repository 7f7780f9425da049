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

A photo fits where both say so, the model's own middle and the word's place in the library. A few
photos say nothing of where the bells lie, and chance brings hardly one of them to the middle: of
them only the model is asked.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.encoders.proofs import Calibrated

_SUREST = 0.999
"""A proof of few pictures may say 1: that no fitting pair is ever below an unfitting one."""
_LEAST = 0.1

_SHIFT, _FAR_SHIFT = 0.8, 2.0
"""How far words shift, in widths of a bell (one standard deviation): the names of things, and words
that only say how something is ("at night")."""

_NARROWER = 0.7
"""How much narrower the bells of one word are than those of all words together."""

_FEW, _ENOUGH = 8, 30
"""From enough photos on the library is asked, too; from a few on where only it can tell."""

_BINS, _SHIFTS, _SHARES = 240, 41, 41


def log_odds(
    cosines: NDArray[np.float32], calibrated: Calibrated, *, needs_middle: bool = True
) -> NDArray[np.float64]:
    """The log-odds that each of N photos fits; from 0 on it does. They rise with the cosine.

    Args:
        cosines: (N,) of all photos of a library with one text, or with one photo.
        calibrated: what the cosine means to the model.
        needs_middle: the model's own middle must be reached, too. False: the text is no name of a
            thing, and may lie anywhere.
    """
    own = (np.asarray(cosines, np.float64) - calibrated.middle) / calibrated.spread
    if len(own) < (_ENOUGH if needs_middle else _FEW):
        return own
    # Of two bells of one width the area under the ROC curve tells how many widths they are apart.
    area = (1 + min(max(calibrated.weight, _LEAST), _SUREST)) / 2
    apart = float(np.sqrt(2)) * NormalDist().inv_cdf(area)
    beside = _beside_the_others(own, apart, _SHIFT if needs_middle else _FAR_SHIFT)
    return np.minimum(own, beside) if needs_middle else beside


def _beside_the_others(own: NDArray[np.float64], apart: float, far: float) -> NDArray[np.float64]:
    """The log-odds by where the word's bells lie in this library.

    Args:
        own: (N,) the model's log-odds.
        apart: how many widths the bells are apart.
        far: how many widths words shift.
    """
    width = _width(own, apart)
    places = own / width
    reach = apart / 2 + 2 * far + 4.0  # what is farther out counts as being there
    counts, edges = np.histogram(np.clip(places, -reach, reach), _BINS, (-reach, reach))
    at = (edges[1:] + edges[:-1]) / 2
    shifts = np.linspace(-2 * far, 2 * far, _SHIFTS)
    most = np.log(3 * len(own))
    shares = 1 / (1 + np.exp(-np.linspace(-most, most, _SHARES)))
    unfitting = -((at - shifts[:, None] + apart / 2) ** 2) / 2
    fitting = -((at - shifts[:, None] - apart / 2) ** 2) / 2
    likelihood = np.stack(
        [
            np.logaddexp(np.log1p(-share) + unfitting, np.log(share) + fitting) @ counts
            for share in shares
        ]
    )
    likelihood -= (shifts / far) ** 2 / 2
    best, place = np.unravel_index(np.argmax(likelihood), likelihood.shape)
    share, shift = shares[best], shifts[place]
    beside: NDArray[np.float64] = np.log(share / (1 - share)) + apart * (places - shift)
    return beside


def _width(own: NDArray[np.float64], apart: float) -> float:
    """The width of this word's bells, in log-odds of the model.

    Measured on the lower side, where nothing is that fits. Where the model's log-odds are right it
    is as many log-odds as the bells are widths apart, and somewhat less for one word alone; a proof
    of few pictures claims no steeper odds than those can show, and the width is far less.
    """
    few = len(own) < _ENOUGH
    low, high = np.quantile(own, [0.1, 0.5] if few else [0.05, 0.25])
    width = (high - low) / (1.2816 if few else 0.9703)
    return float(np.clip(width, apart / 5, apart * (_NARROWER if few else 2)))
