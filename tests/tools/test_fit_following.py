from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from photo_organizer.engine.encoders.following_rule import FollowingRule, inputs
from tools import fit_following
from tools.category_heads import Photos
from tools.fit_following import SHARE, Case, as_rule, fit, left_out, moved_photos, precision_recall


def case(category: int = 0, seed: int = 0) -> Case:
    """Photos of which those that belong are like the examples."""
    random = np.random.default_rng(seed)
    right = np.arange(250) < 50
    nearest = np.clip(np.where(right, 0.8, 0.3) + random.normal(0, 0.05, 250), 0, 1)
    likeness = np.stack([nearest, nearest - 0.05, nearest - 0.1], axis=1).astype(np.float32)
    own = np.zeros(250, np.float32)
    rows = inputs(likeness, 3, own, own + np.float32(0.3), absent=0.25)
    return Case(category, False, 3, rows, np.zeros(250, np.bool_), right)


def photos(sources: int = 3, each: int = 6) -> Photos:
    source = np.repeat(np.arange(sources), each)
    labels = np.ones((len(source), 1), np.bool_)
    return Photos(np.eye(len(source)), labels, ~labels, source, source, ["animal"])


def test_what_is_like_the_examples_follows() -> None:
    known = case()
    follows = known.follows(fit([known]))
    np.testing.assert_array_equal(follows, known.right)
    assert precision_recall(known, follows) == pytest.approx((1, 1))


def test_nothing_follows_from_afar() -> None:
    known = case()
    eager = np.array([100.0, 0, 0, 0, 0, 0])
    follows = known.follows(eager)
    np.testing.assert_array_equal(follows, known.inputs[:, 1] >= fit_following.LEAST)


def test_a_category_is_judged_by_numbers_that_have_not_seen_it() -> None:
    others = [case(category, category) for category in range(1, 4)]
    turned = case(0)
    opposite = Case(0, False, 3, turned.inputs, turned.wins, ~turned.right)
    follows, *rest = left_out([opposite, *others])
    np.testing.assert_array_equal(follows, turned.right)
    assert len(rest) == len(others)


def test_precision_is_that_of_a_library_in_which_few_belong() -> None:
    known = case()
    everything = np.ones(250, np.bool_)
    assert precision_recall(known, everything) == pytest.approx((SHARE, 1))
    assert precision_recall(known, ~everything) == (1, 0)


def test_examples_are_of_one_source_where_one_has_enough_and_of_any() -> None:
    given = photos()
    few = list(moved_photos(given, 0, 3, np.random.default_rng(0)))
    many = list(moved_photos(given, 0, 10, np.random.default_rng(0)))
    assert [len(moved) for moved in few] == [3, 3]
    assert len(set(given.source[few[0]])) == 1
    assert [len(moved) for moved in many] == [10]
    assert len(set(many[0])) == 10


def test_the_numbers_have_the_names_of_the_rule() -> None:
    named = as_rule(fit([case()]))
    assert list(named) == [field.name for field in fields(FollowingRule)]
    rule = FollowingRule(**named)
    alike, other = (np.full((1, 3), value, np.float32) for value in (0.8, 0.3))
    nothing, some = np.zeros(1, np.float32), np.full(1, 0.3, np.float32)
    assert rule.log_odds(alike, 3, nothing, some) > 0 > rule.log_odds(other, 3, nothing, some)
