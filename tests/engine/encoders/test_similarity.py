"""Pairs and components, against plain numpy and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.encoders import similarity
from photo_organizer.engine.encoders.similarity import (
    Pairs,
    components,
    keep_nearest,
    measured,
    nearest_pairs,
    pairs_above,
)


def crowd(count, dimension, seed=0, spread=0.3):
    """Unit rows in clusters of about five."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(count // 5, 1), dimension))
    rows = centres[random.integers(0, len(centres), count)]
    rows = rows + spread * random.normal(size=rows.shape)
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def brute(rows, threshold):
    unit = rows.astype(np.float64) / np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    product = np.triu(unit @ unit.T, 1)
    first, second = np.nonzero(product >= threshold)
    keep = first < second
    return {(int(a), int(b)) for a, b in zip(first[keep], second[keep], strict=True)}


def as_set(pairs):
    return set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))


@pytest.mark.parametrize("block", [7, 64, 8192])
def test_pairs_are_those_of_the_whole_product(block):
    rows = crowd(200, 16)
    found = pairs_above(rows, 0.8, block=block)
    assert as_set(found) == brute(rows, 0.8)
    assert len(found) == len(as_set(found)) > 50
    assert found.similarity.min() >= 0.8


def test_rows_need_not_be_unit_length():
    rows = crowd(100, 16)
    assert as_set(pairs_above(rows * 3, 0.8)) == as_set(pairs_above(rows, 0.8))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_photos(count):
    rows = np.ones((count, 4), np.float32)
    assert len(pairs_above(rows, 0.5)) == (count == 2)


def test_sketches_lose_no_pair(monkeypatch):
    rows = crowd(5000, 128, spread=0.2)
    assert similarity._sketch(rows, 0.9) is not None
    found = pairs_above(rows, 0.9)
    monkeypatch.setattr(similarity, "_sketch", lambda *_: None)
    assert as_set(found) == as_set(pairs_above(rows, 0.9))
    assert len(found) > 1000


@given(st.integers(0, 10_000), st.floats(0.5, 0.999))
@settings(max_examples=20, deadline=None)
def test_products_of_sketches_are_bounds(seed, threshold):
    rows = crowd(4096, 128, seed, spread=0.2)
    sketch = similarity._sketch(rows, threshold)
    if sketch is not None:
        some = slice(0, 200)
        bound, true = sketch[some] @ sketch[some].T, rows[some] @ rows[some].T
        assert (bound >= true - similarity.SKETCHING).all()


def test_nearest_bounds_the_pairs_of_a_crowd():
    rows = np.ones((300, 8), np.float32)
    assert len(pairs_above(rows, 0.5)) == 300 * 299 // 2
    assert len(pairs_above(rows, 0.5, nearest=3)) <= 3 * 300


def test_keep_nearest_keeps_what_either_end_counts_among_its_nearest():
    pairs = Pairs(
        np.array([0, 0, 0], np.int32),
        np.array([1, 2, 3], np.int32),
        np.array([0.9, 0.8, 0.7], np.float32),
    )
    assert as_set(keep_nearest(pairs, 1)) == {(0, 1), (0, 2), (0, 3)}
    joined = Pairs.join(
        [
            pairs,
            Pairs(
                np.array([1, 2], np.int32),
                np.array([2, 3], np.int32),
                np.array([0.95, 0.96], np.float32),
            ),
        ]
    )
    assert as_set(keep_nearest(joined, 1)) == {(0, 1), (1, 2), (2, 3)}


def test_streaming_finds_the_same_nearest_as_all_at_once():
    rows = crowd(900, 8, spread=1.0)
    everything = pairs_above(rows, -1.0)
    assert as_set(pairs_above(rows, -1.0, nearest=2, block=50)) == as_set(
        keep_nearest(everything, 2)
    )


def test_measured_is_the_cosine():
    rows = crowd(50, 8)
    one, two = np.array([0, 3], np.int32), np.array([9, 4], np.int32)
    assert measured(rows, one, two).similarity == pytest.approx((rows[one] * rows[two]).sum(1))


def test_the_index_finds_nearly_all_close_pairs():
    rows = crowd(2000, 64, spread=0.2)
    exact, near = as_set(pairs_above(rows, 0.8)), as_set(nearest_pairs(rows, 0.8))
    assert near <= exact
    assert len(near) >= 0.99 * len(exact)


def test_components_are_numbered_by_first_appearance():
    pairs = Pairs(np.array([1, 2], np.int32), np.array([4, 3], np.int32), np.ones(2, np.float32))
    assert components(6, pairs).tolist() == [0, 1, 2, 2, 1, 3]
