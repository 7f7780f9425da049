"""Categories by nearest neighbours and keywords."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.similarity import unit
from photo_organizer.engine.flows import categories as module
from photo_organizer.engine.flows.categories import (
    KeywordScores,
    Placed,
    categorize,
    group_means,
    keyword_scores,
    keyword_vectors,
    nearest,
)
from tests.engine.encoders.test_similarity import crowd
from tests.engine.fakes import FakeEncoder
from tests.engine.flows.readers import Reader

SEA, WOOD = [1, 0, 0, 0], [0, 1, 0, 0]


def category(key: str, *prompts: str) -> Category:
    return Category(key, {}, prompts)


def axes(rows: Vectors) -> Vectors:
    """Scores of categories that are the axes themselves."""
    return rows


def sort(
    rows: Vectors,
    scores: KeywordScores = axes,
    *,
    threshold: float = 0.5,
    neighbors: int = 1,
    top: int = 1,
) -> Placed:
    keys = [f"{place}" for place in range(rows.shape[1])] if scores is axes else ["sea", "wood"]
    return categorize(rows, scores, keys, threshold=threshold, neighbors=neighbors, top=top)


@given(st.integers(1, 80), st.integers(1, 12), st.integers(0, 10_000), st.integers(1, 100))
@settings(max_examples=60)
def test_neighbours_are_those_of_scikit_learn(
    count: int, neighbors: int, seed: int, at_once: int
) -> None:
    rows = crowd(count, 8, seed)
    wanted = min(neighbors, count)
    known = NearestNeighbors(n_neighbors=wanted, metric="cosine").fit(rows.astype(np.float64))
    expected = known.kneighbors(rows.astype(np.float64), return_distance=False)
    found = np.concatenate(
        [
            nearest(rows, neighbors, range(start, min(start + at_once, count)))
            for start in range(0, count, at_once)
        ]
    )
    assert np.sort(found, axis=1).tolist() == np.sort(expected, axis=1).tolist()


def test_a_photo_is_among_its_own_neighbours_however_many_copies_it_has() -> None:
    rows = np.tile(crowd(1, 8), (20, 1))
    found = nearest(rows, 3, range(20))
    assert all(row in near for row, near in enumerate(found.tolist()))
    assert all(len(set(near)) == 3 for near in found.tolist())


def test_means_are_unit_rows() -> None:
    rows = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    means = group_means(rows, np.array([[0, 1], [2, 2]], np.int32))
    np.testing.assert_allclose(means, [[0.5**0.5, 0.5**0.5], [0.6, 0.8]], atol=1e-6)


def test_a_photo_goes_with_its_neighbours() -> None:
    rows = unit(np.array([[1, 0.1], [1, 0], [1, -0.1], [0.68, 0.72], [-0.3, 1]], np.float32))
    assert sort(rows)["1"] == [3, 4]
    assert sort(rows, neighbors=3)["1"] == [4]
    assert 3 in sort(rows, neighbors=3)["0"]


def test_below_the_threshold_a_photo_is_in_others_which_is_always_there_and_last() -> None:
    rows = unit(np.array([[1, 0], [0.7, 0.7]], np.float32))
    assert sort(rows, threshold=0.9) == {"0": [0], "1": [], "others": [1]}
    assert sort(rows, threshold=-1)["others"] == []
    assert list(sort(rows)) == ["0", "1", "others"]
    exact = np.array([[1, 0]], np.float32)
    assert sort(exact, threshold=1.0)["0"] == [0]


def test_a_photo_may_go_into_the_best_few() -> None:
    rows = unit(np.array([[1, 0.9, 0.8], [1, 0, 0]], np.float32))
    assert sort(rows, top=2) == {"0": [0, 1], "1": [0], "2": [], "others": []}
    assert sort(rows, top=9) == {"0": [0, 1], "1": [0], "2": [0], "others": []}


@given(
    st.integers(1, 60),
    st.integers(0, 1000),
    st.integers(1, 9),
    st.integers(1, 4),
    st.floats(-1, 1),
)
@settings(max_examples=60)
def test_every_photo_is_somewhere_and_in_no_more_than_asked_for(
    count: int, seed: int, neighbors: int, top: int, threshold: float
) -> None:
    rows = crowd(count, 6, seed)
    found = sort(rows, threshold=threshold, neighbors=neighbors, top=top)
    assert {row for photos in found.values() for row in photos} == set(range(count))
    places = [row for photos in found.values() for row in photos]
    assert max(places.count(row) for row in range(count)) <= top
    assert all(photos == sorted(set(photos)) for photos in found.values())
    assert not set(found["others"]) & {
        row for key, photos in found.items() if key != "others" for row in photos
    }


@pytest.mark.parametrize("neighbors", [1, 4])
def test_the_size_of_blocks_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, neighbors: int
) -> None:
    rows = crowd(100, 6)
    whole = sort(rows, neighbors=neighbors, top=2)
    monkeypatch.setattr(module, "AT_ONCE", 700)
    assert sort(rows, neighbors=neighbors, top=2) == whole


def test_keywords_are_asked_once_each_as_a_photo_of_it() -> None:
    reader = Reader(
        4, {"a photo of sea": SEA, "a photo of beach": [0.6, 0, 0.8, 0], "a photo of wood": WOOD}
    )
    vectors = keyword_vectors(reader, [category("sea", "sea", "beach"), category("wood", "wood")])
    assert sorted(reader.asked) == ["a photo of beach", "a photo of sea", "a photo of wood"]
    np.testing.assert_allclose(vectors, unit(np.array([[1.6, 0, 0.8, 0], WOOD], np.float32)))


def test_keyword_vectors_are_computed_once_for_all_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(4, {"a photo of sea": SEA, "a photo of wood": WOOD})
    scores = keyword_scores(reader, [category("sea", "sea"), category("wood", "wood")])
    monkeypatch.setattr(module, "AT_ONCE", 4)
    assert sort(np.eye(4, dtype=np.float32), scores) == {"sea": [0], "wood": [1], "others": [2, 3]}
    assert len(reader.asked) == 2


def test_keywords_that_the_model_cannot_read_are_translated_or_leave_a_category_empty() -> None:
    reader = Reader(4, {"a photo of the sea": SEA})
    offered = [category("바다", "바다"), category("없음", "쀍쀍")]
    scores = keyword_scores(reader, offered)(np.eye(4, dtype=np.float32))
    assert all(text.isascii() for text in reader.asked)
    assert (scores[:, 1] == -1).all()


def test_without_any_readable_keyword_all_photos_are_in_others() -> None:
    scores = keyword_scores(Reader(4, {}), [category("a"), category("b", "쀍쀍")])
    found = categorize(
        np.eye(4, dtype=np.float32), scores, ["a", "b"], threshold=0.0, neighbors=1, top=1
    )
    assert found == {"a": [], "b": [], "others": [0, 1, 2, 3]}


def test_a_model_that_cannot_be_asked_sentences_scores_in_its_own_way() -> None:
    scores = keyword_scores(FakeEncoder(), [category("sea", "sea"), category("wood", "wood")])
    assert scores(crowd(3, 48)).tolist() == [[0, 0]] * 3


def test_no_category_at_all_leaves_everything_in_others() -> None:
    rows = np.eye(3, dtype=np.float32)
    found = categorize(
        rows, keyword_scores(Reader(3, {}), []), [], threshold=0.2, neighbors=2, top=1
    )
    assert found == {"others": [0, 1, 2]}
