"""Scores of beauty where there is no head."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.highlights.scorers import prompt_scores


def unit_rows(count: int) -> Vectors:
    rows = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Judge:
    """Stands in for an encoder: photo i is most similar to the prompt of `votes[i]`."""

    logit_scale = 100.0

    def __init__(self, votes: Sequence[float], strength: float) -> None:
        self.votes, self.strength = votes, strength
        self.asked: list[str] = []

    def text_similarities(self, embeddings: Vectors, texts: Sequence[str]) -> Vectors:
        self.asked = list(texts)
        numbers = np.arange(1, len(texts) + 1, dtype=np.float32)
        away = np.abs(numbers[None] - np.array(self.votes, np.float32)[:, None])
        return (0.25 - self.strength * away).astype(np.float32)


def test_prompt_scores_are_the_expected_score() -> None:
    sure = Judge(votes=[1, 5, 10], strength=1.0)
    scores = prompt_scores(sure, unit_rows(3))  # type: ignore[arg-type]
    np.testing.assert_allclose(scores, [1, 5, 10], atol=1e-3)
    assert scores.dtype == np.float32
    assert len(sure.asked) == 10
    assert sure.asked[6] == "This is a photo with aesthetic score 7"


def test_what_an_answer_means_is_what_the_model_has_proved() -> None:
    """Models answer with numbers close to each other, around any middle."""
    native = np.array([4.1, 4.2, 4.3], np.float32)
    proved = Calibrated(4.2, 0.05, 0.8)
    np.testing.assert_allclose(proved.chances(native), [0.119, 0.5, 0.881], atol=1e-3)


def test_undecided_prompts_give_the_middle() -> None:
    undecided = Judge(votes=[1, 10], strength=0.0)
    scores = prompt_scores(undecided, unit_rows(2))  # type: ignore[arg-type]
    np.testing.assert_allclose(scores, 5.5, atol=1e-5)
