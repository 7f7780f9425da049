from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tools import category_heads
from tools.category_heads import FOLDS, Photos, fit_heads, fit_mix, level, parts_of


def photos(seed: int = 0) -> Photos:
    """Two categories, each with a direction of its own, in twelve sources of different size."""
    random = np.random.default_rng(seed)
    source = np.repeat(np.arange(12), np.arange(4, 16))
    labels = np.eye(2, dtype=np.bool_)[random.integers(0, 2, len(source))]
    features = np.hstack([labels, random.normal(0, 0.3, (len(source), 3))])
    return Photos(
        features / np.linalg.norm(features, axis=1, keepdims=True),
        labels,
        np.zeros_like(labels),
        source,
        source,
        ["cat", "dog"],
    )


def test_each_head_tells_its_category() -> None:
    given = photos()
    odds = fit_heads(given).log_odds(given.features)
    np.testing.assert_array_equal(odds > 0, given.labels)


def test_where_nobody_can_tell_a_photo_teaches_nothing() -> None:
    given = photos()
    unsure = given.unsure.copy()
    unsure[:20, 0] = True
    other = given.labels.copy()
    other[:20, 0] ^= True
    first = fit_heads(replace(given, unsure=unsure))
    second = fit_heads(replace(given, unsure=unsure, labels=other))
    np.testing.assert_allclose(first.weights[:, 0], second.weights[:, 0], atol=1e-4)


def test_a_sky_over_a_landscape_rather_speaks_against_sky() -> None:
    given = photos()
    unsure = given.labels[:, ::-1] & (given.source < 6)[:, None]
    unsure[:, 1] = False  # of landscapes alone nobody can tell whether they show sky
    labels = given.labels.copy()
    labels[unsure[:, 0], 0] = False
    doubtful = replace(given, names=["sky", "landscape"], labels=labels, unsure=unsure)
    other = replace(doubtful, names=["toy", "landscape"])
    assert (doubtful.backdrops() == unsure).all()
    assert not other.backdrops().any()
    rows = unsure[:, 0]
    assert (other.weights()[rows, 0] == 0).all()
    assert (doubtful.weights()[rows, 0] > 0).all()
    low, high = (fit_heads(each).log_odds(given.features)[rows, 0] for each in (doubtful, other))
    assert low.mean() < high.mean()


def test_a_photo_counts_half_against_its_backdrop() -> None:
    one = Photos(
        np.eye(3),
        np.array([[False, True], [False, False], [True, False]]),
        np.array([[True, False], [False, False], [False, False]]),
        np.zeros(3, np.intp),
        np.zeros(3, np.intp),
        ["sky", "landscape"],
    )
    against = one.weights()[:, 0]
    assert against[0] / against[1] == pytest.approx(category_heads.BACKDROP)


def test_a_fit_ends_where_the_loss_is_least() -> None:
    given = photos()
    heads, sizes = fit_heads(given), given.weights()
    margins = np.where(given.labels, 1, -1) * heads.log_odds(given.features)
    slopes = -sizes * np.where(given.labels, 1, -1) / (1 + np.exp(margins))
    gradient = given.features.T @ slopes + category_heads.PENALTY * heads.weights
    np.testing.assert_allclose(gradient, 0, atol=1e-6)
    np.testing.assert_allclose(slopes.sum(axis=0), 0, atol=1e-6)


def test_a_large_source_does_not_drown_the_small_ones() -> None:
    given = photos()
    weight = given.by_source()
    small, large = weight[given.source == 0].sum(), weight[given.source == 11].sum()
    assert large / small == pytest.approx((15 / 4) ** 0.5)
    assert weight.sum() == pytest.approx(1)
    np.testing.assert_allclose(given.weights().sum(axis=0), 1)


@given(arrays(np.intp, st.integers(1, 200), elements=st.integers(0, 20)))
def test_sources_are_left_out_whole(source: np.ndarray) -> None:
    parts = parts_of(source)
    assert ((parts >= 0) & (parts < FOLDS)).all()
    for number in np.unique(source):
        assert len(np.unique(parts[source == number])) == 1


def test_the_classes_count_where_they_know_more_than_the_head() -> None:
    given = photos()
    random = np.random.default_rng(1)
    telling = np.where(given.labels, 3.0, -3.0)
    noise = random.normal(0, 3, given.labels.shape)
    found = np.stack([telling[:, 0], noise[:, 0]], axis=1)
    classes = np.stack([noise[:, 1], telling[:, 1]], axis=1)
    mix = fit_mix(given, found, classes)
    assert mix.trust[1] > mix.trust[0]
    odds = mix.log_odds(found, classes)
    assert given.labels[np.arange(len(odds)), odds.argmax(axis=1)].mean() > 0.95


def test_log_odds_are_as_often_right_as_they_say() -> None:
    given = photos()
    odds = np.random.default_rng(2).normal(0, 2, given.labels.shape)
    chances = 1 / (1 + np.exp(-odds - level(given, odds)))
    weight = given.by_source()[:, None]
    assert (weight * chances).sum() == pytest.approx((weight * given.labels).sum(), abs=1e-6)
