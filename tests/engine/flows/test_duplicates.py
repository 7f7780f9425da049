"""DBSCAN on cosine distance, against scikit-learn's."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN
from sklearn.metrics.pairwise import cosine_distances

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders import similarity
from photo_organizer.engine.flows import duplicates as module
from photo_organizer.engine.flows.duplicates import dbscan, duplicates
from tests.engine.encoders.test_similarity import crowd


def theirs(rows: Vectors, eps: float, min_samples: int) -> NDArray[np.int64]:
    # In float64, as the truth; in float32 scikit-learn rounds at the threshold.
    fitted = DBSCAN(eps=eps, min_samples=min_samples, metric="cosine").fit(rows.astype(np.float64))
    labels: NDArray[np.int64] = fitted.labels_
    return labels


def assert_same(rows: Vectors, eps: float, min_samples: int) -> None:
    assert dbscan(rows, eps, min_samples).tolist() == theirs(rows, eps, min_samples).tolist()


numbers = st.integers(1, 5)


@given(
    st.integers(1, 60),
    st.integers(2, 24),
    st.integers(0, 10_000),
    st.sampled_from([0.02, 0.1, 0.3, 1.2, 2.0]),
    numbers,
)
@settings(max_examples=80)
def test_labels_are_those_of_scikit_learn(
    count: int, dimension: int, seed: int, eps: float, min_samples: int
) -> None:
    assert_same(crowd(count, dimension, seed), eps, min_samples)


@given(
    st.lists(st.tuples(*[st.integers(-3, 3)] * 3).filter(any), min_size=1, max_size=40),
    st.floats(0.001, 2.0),
    numbers,
)
@settings(max_examples=100)
def test_so_they_are_where_many_are_equal_and_some_are_on_a_border(
    points: list[tuple[int, int, int]], eps: float, min_samples: int
) -> None:
    rows = np.array(points, np.float32)
    # What lies within rounding of the radius may be on either side of it.
    assume(np.abs(cosine_distances(rows.astype(np.float64)) - eps).min() > 1e-9)
    assert_same(rows, eps, min_samples)


@given(st.lists(st.integers(-8, 8), min_size=2, max_size=40), numbers)
@settings(max_examples=60)
def test_so_they_are_within_the_rounding_of_float32(steps: list[int], min_samples: int) -> None:
    angles = np.cumsum([np.arccos(0.9) + step * 3e-9 for step in steps])
    angles = angles[angles < 2 * np.pi]
    rows = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    if len(rows):
        assert_same(rows, 0.1, min_samples)


@pytest.mark.parametrize("min_samples", [2, 4])
def test_so_they_are_over_several_tiles_and_with_sketches(
    monkeypatch: pytest.MonkeyPatch, min_samples: int
) -> None:
    monkeypatch.setattr(module, "COLUMNS", 1000)
    rows = crowd(4200, 128, spread=0.2)
    assert similarity._sketch(rows, 0.9) is not None
    assert_same(rows, 0.1, min_samples)
    found = theirs(rows, 0.1, min_samples)
    assert len(set(found.tolist())) > 100


def test_a_border_photo_belongs_to_the_first_cluster_that_reaches_it() -> None:
    def at(*degrees: float) -> Vectors:
        angles = np.radians(degrees)
        return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)

    # Two clusters of three, and one photo within reach of an end of each.
    rows = at(40, 2, 4, 6, 23, 42, 44)
    eps = 1 - np.cos(np.radians(17.5))
    assert dbscan(rows, eps, 4).tolist() == [0, 1, 1, 1, 0, 0, 0]
    assert_same(rows, eps, 4)


@pytest.mark.parametrize("kept", [0, 20, 10_000])
def test_so_they_are_whether_pairs_are_kept_or_not(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(module, "KEPT", kept)
    monkeypatch.setattr(module, "COLUMNS", 50)
    assert_same(crowd(300, 16), 0.1, 3)


@pytest.mark.parametrize("min_samples", range(1, 5))
def test_few_photos(min_samples: int) -> None:
    assert dbscan(np.empty((0, 0), np.float32), 0.1, min_samples).tolist() == []
    for count in (1, 2, 3):
        assert_same(np.ones((count, 4), np.float32), 0.1, min_samples)


def test_copies_are_one_cluster_and_a_chain_is_too() -> None:
    copies = np.tile(crowd(4, 32, spread=0), (50, 1))
    for min_samples in (2, 50, 51):
        assert_same(copies, 0.1, min_samples)
    angles = np.arange(0, 3, 0.4)
    chain = np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)
    assert dbscan(chain, 0.1, 2).tolist() == [0] * len(chain)


@pytest.mark.parametrize("min_samples", [2, 3])
def test_all_pairs_need_not_be_there_at_once(
    monkeypatch: pytest.MonkeyPatch, min_samples: int
) -> None:
    monkeypatch.setattr(module, "COLUMNS", 512)
    monkeypatch.setattr(module, "KEPT", 1000)
    rows = np.concatenate([np.ones((5_000, 4)), -np.ones((10, 4))]).astype(np.float32)
    tracemalloc.start()
    labels = dbscan(rows, 0.1, min_samples)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert labels.tolist() == [0] * 5_000 + [1] * 10
    assert peak < 5_000**2 * 4  # all pairs, 12 bytes each, take half as much again


def test_groups_are_the_clusters_without_noise_and_without_those_of_one() -> None:
    rows = np.array([[1, 0], [0, 1], [1, 0.01], [-1, 0], [0, 1.01], [0.01, 1]], np.float32)
    assert duplicates(rows, 0.1, 2) == [[0, 2], [1, 4, 5]]
    assert duplicates(rows, 0.1, 1) == [[0, 2], [1, 4, 5]]
    assert duplicates(rows, 0.1, 3) == [[1, 4, 5]]
    assert duplicates(rows, 0.1, 4) == []


def test_what_is_called_between_may_end_the_work() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dbscan(crowd(10, 4), 0.1, 2, go_on=stop)
