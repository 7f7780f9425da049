"""When a photo follows examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.encoders.following_rule import COPIES, SURE, FollowingRule
from photo_organizer.engine.encoders.proofs import Calibrated

OPENAI, LAION, SIGLIP = (
    Calibrated(0.65, 0.018, 0.95),
    Calibrated(0.37, 0.023, 0.95),
    Calibrated(0.55, 0.02, 0.95),
)
"""As the published models tell photos of one category from others, about."""

NOTHING = np.zeros(1, np.float32)


def odds(rule: FollowingRule, likeness: float, count: int = 1) -> float:
    nearest = np.array([[likeness, *[-1.0] * 2]], np.float32)
    return float(rule.log_odds(nearest, count, NOTHING, NOTHING)[0])


@pytest.mark.parametrize(
    ("model", "unlike", "alike"), [(OPENAI, 0.65, 0.80), (LAION, 0.37, 0.60), (SIGLIP, 0.55, 0.75)]
)
def test_each_model_goes_by_what_its_cosines_mean(
    model: Calibrated, unlike: float, alike: float
) -> None:
    rule = FollowingRule.by_proof(model)
    assert odds(rule, unlike) < 0 <= odds(rule, alike)
    assert unlike < rule.least < alike
    assert odds(rule, model.number_at(SURE)) == pytest.approx(0, abs=1e-3)


def test_among_many_examples_a_stranger_finds_a_more_alike_one() -> None:
    rule = FollowingRule.by_proof(OPENAI)
    border = OPENAI.number_at(SURE) + 0.01
    assert odds(rule, border, count=3) >= 0 > odds(rule, border, count=50)


@given(st.floats(-0.5, 0.99), st.floats(0.001, 0.5))
def test_what_is_a_copy_follows_whatever_the_model_has_proved(middle: float, spread: float) -> None:
    rule = FollowingRule.by_proof(Calibrated(middle, spread, 0.5))
    assert rule.least <= COPIES
    assert odds(rule, 1.0, count=3) >= 0
