"""What fits at all: on made cosines, which lie where those of published models do."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from photo_organizer.engine.browse.fitting import log_odds
from photo_organizer.engine.encoders.proofs import Calibrated


@dataclass(frozen=True)
class Family:
    """Where the cosines of a photo and a text lie: the means, and their width over all words."""

    unfitting: float
    fitting: float
    width: float

    @property
    def calibrated(self) -> Calibrated:
        apart = (self.fitting - self.unfitting) / self.width
        middle = (self.fitting + self.unfitting) / 2
        return Calibrated(middle, self.width / apart, math.erf(apart / 2))

    def cosines(self, photos: int, fit: int, shift: float, seed: int) -> NDArray[np.float32]:
        """Of one word, which is `shift` widths more like every photo than others are; the first
        `fit` photos show it."""
        random = np.random.default_rng(seed)
        of_word = self.width * 0.85
        cosines = random.normal(self.unfitting, of_word, photos)
        cosines[:fit] = random.normal(self.fitting, of_word, fit)
        return (cosines + shift * self.width).astype(np.float32)


OPENAI = Family(0.185, 0.285, 0.02)
LAION = Family(0.06, 0.27, 0.035)
SIGMOID = Family(-0.005, 0.125, 0.025)
SHIFTS = (-0.5, 0.0, 0.5, 1.0)

families = pytest.mark.parametrize("family", [OPENAI, LAION, SIGMOID], ids=["a", "b", "sigmoid"])
shifts = pytest.mark.parametrize("shift", SHIFTS)


@families
@shifts
def test_a_word_that_fits_nothing_finds_nothing(family: Family, shift: float) -> None:
    found = [
        int((log_odds(family.cosines(1000, 0, shift, seed), family.calibrated) >= 0).sum())
        for seed in range(10)
    ]
    assert np.median(found) == 0
    assert max(found) <= 3


@families
@shifts
def test_a_word_that_fits_ten_photos_finds_about_these(family: Family, shift: float) -> None:
    for seed in range(5):
        fits = log_odds(family.cosines(1000, 10, shift, seed), family.calibrated) >= 0
        assert fits[:10].sum() >= 8
        assert fits[10:].sum() <= 4


@families
@pytest.mark.parametrize("fit", [300, 700, 1000])
def test_a_word_that_fits_most_photos_finds_them(family: Family, fit: int) -> None:
    fits = log_odds(family.cosines(1000, fit, 0.0, 1), family.calibrated) >= 0
    assert fits[:fit].mean() > 0.95
    assert fits[fit:].sum() <= 8


@families
@pytest.mark.parametrize("flatter", [1.0, 3.0])
def test_a_few_photos_are_told_apart_too(family: Family, flatter: float) -> None:
    right = family.calibrated
    proved = replace(right, spread=right.spread * flatter, weight=1.0)
    for seed in range(5):
        fits = log_odds(family.cosines(12, 3, 0.0, seed), proved) >= 0
        assert fits[:3].sum() >= 2
        assert fits[3:].sum() <= 1


@families
@pytest.mark.parametrize("flatter", [0.5, 2.0])
def test_odds_that_a_proof_of_few_pictures_gets_wrong_do_little_harm(
    family: Family, flatter: float
) -> None:
    """It cannot know how steep they are, and may say that it never errs."""
    right = family.calibrated
    proved = replace(right, spread=right.spread * flatter, weight=1.0)
    for seed in range(5):
        fits = log_odds(family.cosines(1000, 10, 0.0, seed), proved) >= 0
        assert fits[:10].sum() >= 8
        assert fits[10:].sum() <= 6


def test_what_says_what_is_different_need_not_reach_the_middle() -> None:
    cosines = OPENAI.cosines(1000, 10, -2.5, 1)  # "at night" is the name of no thing
    strict = log_odds(cosines, OPENAI.calibrated)
    loose = log_odds(cosines, OPENAI.calibrated, needs_middle=False)
    assert (strict >= 0)[:10].sum() <= 6
    assert (loose >= 0)[:10].sum() >= 8
    assert (loose >= 0)[10:].sum() <= 4


@given(
    arrays(np.float32, st.integers(0, 60), elements=st.floats(-1, 1, width=32)),
    st.floats(-0.5, 0.5),
    st.floats(1e-4, 0.5),
    st.floats(0, 1),
)
def test_more_alike_is_never_less_likely(
    cosines: NDArray[np.float32], middle: float, spread: float, weight: float
) -> None:
    odds = log_odds(cosines, Calibrated(middle, spread, weight))
    assert np.isfinite(odds).all()
    assert (np.diff(odds[np.argsort(cosines, kind="stable")]) >= -1e-9).all()


def test_of_a_few_photos_only_the_model_is_asked() -> None:
    """As a model of few words proves itself: surer than its log-odds say, and far apart."""
    cosines = np.array([0.294, 0.294, *[0.176] * 19], np.float32)
    odds = log_odds(cosines, Calibrated(0.246, 0.018, 1.0))
    assert np.flatnonzero(odds >= 0).tolist() == [0, 1]
