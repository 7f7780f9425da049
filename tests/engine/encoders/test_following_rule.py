"""When a photo follows examples."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.following_rule import FollowingRule
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.proving.calibration import calibrated

KINDS, NEAREST = 20, 3


def odds(rule: FollowingRule, *likeness: float, count: int = 1) -> float:
    nearest = np.full((1, NEAREST), -1, np.float32)
    nearest[0, : len(likeness)] = likeness
    nothing = np.zeros(1, np.float32)
    return float(rule.log_odds(nearest, count, nothing, nothing)[0])


def space(unlike: float, alike: float, seed: int) -> Callable[[Vectors], Vectors]:
    """Draws photos of given kinds, whose cosines lie about as wanted."""
    draws = np.random.default_rng(seed)

    def directions(count: int) -> Vectors:
        rows = draws.normal(size=(count, 24))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return np.column_stack([np.zeros(count), rows])

    kinds, common = directions(KINDS), np.eye(1, 25)

    def draw(of: Vectors) -> Vectors:
        rows = unlike**0.5 * common + (alike - unlike) ** 0.5 * kinds[of]
        rows = rows + (1 - alike) ** 0.5 * directions(len(of))
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    return draw


@pytest.mark.parametrize("examples", [1, 3, 20])
@pytest.mark.parametrize(
    ("unlike", "alike"), [(0.55, 0.75), (0.2, 0.5), (0.4, 0.67)], ids=["OpenAI", "LAION", "SigLIP"]
)
def test_most_of_what_follows_is_of_that_kind_in_any_space(
    unlike: float, alike: float, examples: int
) -> None:
    right, followed, there = 0, 0, 0
    for seed in range(6):
        draw = space(unlike, alike, seed)
        # As a model is checked: some pairs are a picture and a piece of it.
        shown = np.arange(40) % KINDS
        likeness = draw(shown) @ draw(shown).T
        same = shown[:, None] == shown
        fits = np.append(likeness[same], np.full(40, 0.06 * alike + 0.94))
        others = likeness[~same]
        rule = FollowingRule.by_proof(calibrated(fits, others, kept_out=others, takes=2))
        kinds = np.arange(1000) % KINDS
        found = draw(kinds) @ draw(np.zeros(examples, np.int64)).T
        nearest = np.full((len(found), max(NEAREST, examples)), -1, np.float32)
        nearest[:, :examples] = found
        nearest = -np.sort(-nearest, axis=1)[:, :NEAREST]
        nothing = np.zeros(len(found), np.float32)
        follows = rule.log_odds(nearest, examples, nothing, nothing) >= 0
        right += int((follows & (kinds == 0)).sum())
        followed += int(follows.sum())
        there += int((kinds == 0).sum())
    assert right / followed > 0.55  # by chance 0.05
    assert right / there > 0.15


def test_among_many_examples_a_stranger_finds_a_more_alike_one() -> None:
    rule = FollowingRule.by_proof(Calibrated(0.75, 0.05, 0.9))
    assert odds(rule, 0.78, 0.78, 0.78, count=3) >= 0 > odds(rule, 0.78, 0.78, 0.78, count=50)


def test_several_examples_that_agree_say_more_than_one() -> None:
    rule = FollowingRule.by_proof(Calibrated(0.75, 0.05, 0.9))
    one, odd, agreed = (
        odds(rule, 0.8),
        odds(rule, 0.8, 0.4, 0.4, count=3),
        odds(rule, 0.8, 0.8, 0.8, count=3),
    )
    assert agreed > one > odd


@given(st.floats(-0.5, 1), st.floats(0.001, 0.5))
def test_a_copy_follows_whatever_the_model_has_proved(middle: float, spread: float) -> None:
    rule = FollowingRule.by_proof(Calibrated(middle, spread, 0.5))
    assert rule.least < 1
    assert odds(rule, 1.0) >= 0
