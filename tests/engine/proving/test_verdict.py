"""What lets a model be used, and what does not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.encoders.errors import RefusedError
from photo_organizer.engine.proving import verdict
from photo_organizer.engine.proving.check import answers, is_named

KEYS = [category.key for category in built_in()]
RIGHT, WRONG = answers(KEYS)
NAMED = RIGHT.any(axis=1)


def scores_of_a_weak_model(rng: np.random.Generator, strength: float) -> NDArray[np.float32]:
    """Cosines of which right ones are higher by a multiple of how far all of them stray."""
    scores = rng.normal(0.2, 0.02, RIGHT.shape)
    scores += np.where(RIGHT, strength * 0.02, 0) + rng.normal(0, 0.01, (1, RIGHT.shape[1]))
    return scores.astype(np.float32)


def test_a_weak_model_that_knows_most_pictures_comes_through() -> None:
    rng = np.random.default_rng(0)
    passed = 0
    for _ in range(50):
        scores = scores_of_a_weak_model(rng, 2.6)
        named = is_named(scores, RIGHT).sum()
        if named >= 12:  # as a ResNet-50 of CLIP's does at the least
            verdict.see_meeting("weak", scores, RIGHT, WRONG)
            passed += 1
    assert passed > 20


def test_of_models_that_know_nothing_none_comes_through() -> None:
    rng = np.random.default_rng(1)
    for _ in range(300):
        # Pictures in a few clusters, texts of which some attract everything.
        clusters = rng.normal(0, 1, (5, len(KEYS)))[rng.integers(0, 5, len(RIGHT))]
        scores = clusters + rng.normal(0, 0.3, RIGHT.shape) + rng.normal(0, 1, len(KEYS))
        with pytest.raises(RefusedError, match="the text part does not fit the picture part"):
            verdict.see_meeting("random", scores.astype(np.float32), RIGHT, WRONG)


@pytest.mark.parametrize("key", ["sky", "landscape", "document"])
def test_who_always_says_the_same_is_refused(key: str) -> None:
    rng = np.random.default_rng(2)
    scores = rng.normal(0.2, 0.01, RIGHT.shape).astype(np.float32)
    scores[:, KEYS.index(key)] = 0.3
    with pytest.raises(RefusedError, match=r"named \d of 21"):
        verdict.see_meeting("constant", scores, RIGHT, WRONG)


def test_too_few_named_pictures_are_told_as_such() -> None:
    rng = np.random.default_rng(3)
    scores = np.where(RIGHT, 0.26, 0.2) + rng.normal(0, 0.005, RIGHT.shape)
    # Nearly every picture is a little more like a toy: it meets, and names the wrong thing.
    scores[5:, KEYS.index("toy")] = 0.4
    with pytest.raises(RefusedError, match="it named only 5 of 21 test pictures, and 10"):
        verdict.see_meeting("few", scores.astype(np.float32), RIGHT, WRONG)


def test_numbers_that_are_none_and_texts_that_are_all_the_same_are_refused() -> None:
    with pytest.raises(RefusedError, match="no numbers"):
        verdict.see_texts("nan", np.full(RIGHT.shape, np.nan, np.float32))
    alike = np.full(RIGHT.shape, 0.2, np.float32)
    with pytest.raises(RefusedError, match="the same to every text"):
        verdict.see_texts("same", alike)
