"""Highlights by prompts, by a probe and by measures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.flows.highlights import Beauty, by_probe, by_prompts, rank
from tests.engine.encoders.test_similarity import crowd
from tests.engine.flows.readers import Reader


def beauty(*native: float) -> Beauty:
    scores = np.array(native, np.float32)
    return Beauty(scores, np.clip(scores / 10, 0, 1))


def test_each_category_is_ranked_the_best_first() -> None:
    ranking = rank({"a": [0, 2, 3], "b": [], "others": [1]}, beauty(3, 9, 7, 5))
    assert [row for row, _ in ranking["a"]] == [2, 3, 0]
    assert ranking["b"] == []
    assert ranking["others"] == [(1, pytest.approx(0.9))]
    assert list(ranking) == ["a", "b", "others"]


def test_beyond_the_ends_of_the_scale_the_better_one_is_still_first() -> None:
    ranking = rank({"a": [0, 1, 2]}, beauty(12, 14, 14))
    assert ranking["a"] == [(1, 1.0), (2, 1.0), (0, 1.0)]


@given(st.lists(st.floats(0, 10, width=32), min_size=1, max_size=40))
def test_rankings_are_the_photos_sorted(native: list[float]) -> None:
    ranked = rank({"a": range(len(native))}, beauty(*native))["a"]
    assert sorted(row for row, _ in ranked) == list(range(len(native)))
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)


def test_prompts_give_the_expectation_over_the_scores_they_name() -> None:
    texts = {f"This is a photo with aesthetic score {n}": np.eye(10)[n - 1] for n in range(1, 11)}
    reader = Reader(10, texts)
    one, eight = np.eye(10, dtype=np.float32)[[0, 7]]
    between = (one + eight) / np.float32(2**0.5)
    found = by_prompts(reader, np.stack([one, eight, between]))
    np.testing.assert_allclose(found.native, [1, 8, 4.5], atol=1e-3)
    np.testing.assert_allclose(found.scores, [0, 7 / 9, 3.5 / 9], atol=1e-3)


def test_a_probe_is_a_line_through_the_embeddings() -> None:
    weights = np.array([2, -1, 0, 0], np.float32)
    head = LinearHead(weights, 5.0, "reader", "1", 1.0, 10.0)
    rows = crowd(20, 4)
    found = by_probe(head, rows)
    np.testing.assert_allclose(found.native, rows @ weights + 5, rtol=1e-6)
    np.testing.assert_allclose(found.scores, np.clip((found.native - 1) / 9, 0, 1), atol=1e-6)
