"""Training a scorer from rated photos."""

import hashlib

import numpy as np
import pytest

from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.highlights import fitting, training
from photo_organizer.engine.highlights.training import RatedEmbeddings, TrainingError
from tests.engine.fakes import FakeEncoder

NOISE = 0.5
"""Standard deviation of the raters' noise; that of the planted score is 1."""


def unit_rows(count: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, FakeEncoder.dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def planted(rows: np.ndarray) -> np.ndarray:
    """A score that is linear in the embedding, mean 5, deviation 1."""
    direction = np.random.default_rng(99).normal(size=rows.shape[1])
    return 5 + rows @ direction


def rated(count: int, noise: float = NOISE) -> RatedEmbeddings:
    rows = unit_rows(count)
    scores = planted(rows) + np.random.default_rng(1).normal(0, noise, count)
    return RatedEmbeddings(
        [hashlib.blake2b(row, digest_size=16).digest() for row in rows], rows, scores
    )


def train(of: RatedEmbeddings, **more):
    return training.train(of, FakeEncoder(), name="mine", low=1, high=10, **more)


@pytest.mark.parametrize("method", ["ridge", "adam"])
def test_a_planted_score_is_recovered_from_noisy_ratings(method):
    trained = train(rated(1500), method=method)
    new = unit_rows(1000, seed=7)
    found = trained.head.score(new).astype(np.float64)
    assert fitting.agreement(found, planted(new), mean=5).spearman >= 0.95
    seen = trained.agreement
    # What is held out is noisy itself: the best possible correlation is 1 / sqrt(1 + NOISE²).
    assert 0.8 < seen.pearson < 0.95
    assert 0.8 < seen.spearman < 0.95
    assert seen.mse < 0.4 * seen.baseline_mse
    assert (trained.photos, seen.photos) == (1200, 300)


@pytest.mark.parametrize("method", ["ridge", "adam"])
def test_the_same_seed_gives_the_same_scorer_in_whatever_order(method):
    of = rated(200)
    turned = np.arange(200)[::-1]
    reverse = RatedEmbeddings(
        [of.contents[i] for i in turned], of.embeddings[turned], of.scores[turned]
    )
    one, other = train(of, method=method, seed=4), train(reverse, method=method, seed=4)
    np.testing.assert_array_equal(one.head.weights, other.head.weights)
    assert (one.head.bias, one.head.version) == (other.head.bias, other.head.version)
    assert one.agreement == other.agreement
    assert train(of, method=method, seed=5).head.version != one.head.version


def test_copies_do_not_leak_into_the_measurement():
    rows = unit_rows(60)
    noise = np.random.default_rng(3).normal(size=60)
    contents = [bytes([i]) * 16 for i in range(60)]
    # Each photo ten times with its own random score: whoever has seen a copy knows the answer.
    copies = RatedEmbeddings(contents * 10, np.tile(rows, (10, 1)), np.tile(noise, 10))
    assert abs(train(copies).agreement.spearman) < 0.6


def test_the_scorer_knows_its_model_and_comes_back_from_its_file(tmp_path):
    head = train(rated(100)).head
    assert (head.encoder, head.encoder_version, head.low, head.high) == ("fake", "1", 1, 10)
    assert head.version.startswith("mine-")
    head.save(tmp_path / "probe.safetensors")
    loaded = LinearHead.load(tmp_path / "probe.safetensors")
    loaded.check(FakeEncoder())
    np.testing.assert_array_equal(loaded.score(unit_rows(3)), head.score(unit_rows(3)))


def test_evaluating_measures_against_the_mean():
    of = rated(300, noise=0.0)
    seen = training.evaluate(train(of).head, of)
    assert seen.spearman > 0.99
    assert seen.mse < 0.01
    assert seen.baseline_mse == pytest.approx(of.scores.var())
    other = RatedEmbeddings(of.contents, of.embeddings[:, :40], of.scores)
    with pytest.raises(ModelError, match="48 numbers"):
        training.evaluate(train(of).head, other)


@pytest.mark.parametrize(("count", "copies"), [(0, 1), (49, 1), (5, 20)])
def test_too_few_different_photos_are_refused(count, copies):
    of = rated(count) if count else RatedEmbeddings([], np.empty((0, 48), np.float32), np.empty(0))
    again = RatedEmbeddings(
        list(of.contents) * copies, np.tile(of.embeddings, (copies, 1)), np.tile(of.scores, copies)
    )
    with pytest.raises(TrainingError, match=f"at least 50 different photos .* {count}$"):
        train(again)


def test_equal_ratings_are_refused():
    of = rated(60)
    with pytest.raises(TrainingError, match="rated the same"):
        train(RatedEmbeddings(of.contents, of.embeddings, np.full(60, 3.0)))
