"""Low quality by pairs of opposite prompts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine import assets
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.flows.low_quality import (
    CRITERIA,
    JudgedBy,
    chances,
    differences,
    low_quality,
    low_quality_by_measures,
)
from photo_organizer.engine.quality.flaws import FLAWS
from tests.engine.encoders.test_similarity import crowd
from tests.engine.flows.readers import Reader

PAIRS = assets.toml("prompts.toml")["quality"]


def reader(apart: float = 1.0) -> Reader:
    """Each good prompt is an axis, and the bad one as far from it as is said."""
    texts = {}
    for place, flaw in enumerate(CRITERIA):
        good, bad = np.eye(10)[place], np.eye(10)[place + 5]
        texts[PAIRS[flaw.value]["good"]] = good
        texts[PAIRS[flaw.value]["bad"]] = (1 - apart) * good + apart * bad
    return Reader(10, texts)


def test_there_are_five_criteria_with_one_score_each() -> None:
    assert [flaw.value for flaw in CRITERIA] == [
        "blur",
        "pixelated",
        "noise",
        "dark",
        "compression",
    ]
    assert differences(reader(), crowd(7, 10)).shape == (7, 5)


def test_a_difference_is_the_good_cosine_minus_the_bad_one() -> None:
    rows = np.eye(10, dtype=np.float32)
    found = differences(reader(), rows)
    np.testing.assert_allclose(found[:5], np.eye(5), atol=1e-6)
    np.testing.assert_allclose(found[5:], -np.eye(5), atol=1e-6)


@given(st.integers(0, 1000))
def test_the_softmax_is_that_of_the_two_cosines_at_the_models_temperature(seed: int) -> None:
    rows, model = crowd(5, 10, seed), reader()
    found = chances(model, rows)
    for column, flaw in enumerate(CRITERIA):
        texts = [PAIRS[flaw.value][side] for side in ("good", "bad")]
        powers = np.exp(model.text_similarities(rows, texts).astype(np.float64) * 100)
        np.testing.assert_allclose(
            found[:, column], powers[:, 1] / powers.sum(axis=1), rtol=1e-3, atol=1e-6
        )


@pytest.mark.parametrize("judged_by", JudgedBy)
def test_one_criterion_is_enough(judged_by: JudgedBy) -> None:
    """A photo with five good prompts, and others with one bad one each."""
    fine = np.array([1] * 5 + [0] * 5) / 5**0.5
    flawed = [fine - np.eye(10)[n] / 5**0.5 + np.eye(10)[n + 5] / 5**0.5 for n in range(5)]
    rows = np.array([fine, *flawed], np.float32)
    assert low_quality(reader(), rows, judged_by) == [1, 2, 3, 4, 5]


def test_with_prompts_as_alike_as_real_ones_the_published_difference_flags_everything() -> None:
    rows, alike = crowd(50, 10, spread=0.1), reader(apart=0.1)
    texts = [PAIRS["blur"]["good"], PAIRS["blur"]["bad"]]
    good, bad = alike.text_similarities(np.eye(10, dtype=np.float32), texts).T
    assert good @ bad > 0.9
    assert low_quality(alike, rows, JudgedBy.DIFFERENCE) == list(range(50))
    assert 0 < len(low_quality(alike, rows, JudgedBy.SOFTMAX)) < 50


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 100))
def test_a_higher_chance_flags_fewer_and_a_higher_difference_more(
    one: float, two: float, seed: int
) -> None:
    rows, low, high = crowd(20, 10, seed), min(one, two), max(one, two)
    model = reader()
    fewer = set(low_quality(model, rows, JudgedBy.SOFTMAX, high))
    assert fewer <= set(low_quality(model, rows, JudgedBy.SOFTMAX, low))
    fewer = set(low_quality(model, rows, JudgedBy.DIFFERENCE, low))
    assert fewer <= set(low_quality(model, rows, JudgedBy.DIFFERENCE, high))


def test_measured_flaws_of_the_same_criteria_stand_in() -> None:
    measured = np.zeros((4, len(FLAWS)), np.float32)
    measured[0, FLAWS.index(CRITERIA[0])] = 0.99
    measured[1, [FLAWS.index(flaw) for flaw in FLAWS if flaw not in CRITERIA]] = 1.0
    measured[2, FLAWS.index(CRITERIA[1])] = 0.3
    assert low_quality_by_measures(measured, Thresholds()) == [0]
    assert low_quality_by_measures(measured, Thresholds(), 0.3) == [0, 2]
    least = Thresholds({CRITERIA[1].threshold: 0.2})
    assert low_quality_by_measures(measured, least) == [0, 2]
