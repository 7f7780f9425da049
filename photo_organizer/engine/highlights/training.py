"""Trains a scorer from rated photos, and measures one: embeddings and scores in, a head out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.reasons import SpokenError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.protocols import EmbeddingModel
from photo_organizer.engine.highlights import fitting
from photo_organizer.engine.highlights.fitting import Agreement, Ratings

Method = Literal["ridge", "adam"]


class TrainingError(SpokenError, ValueError):
    """These ratings teach nothing; `reason` says why."""


@dataclass(frozen=True, slots=True, eq=False)
class RatedEmbeddings:
    """Rated photos as the training sees them, row by row."""

    contents: Sequence[bytes]
    """`Photo.content_hash` of each."""
    embeddings: Vectors
    """(N, D) unit rows."""
    scores: Ratings
    """(N,), finite."""


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A new scorer and what is known about it."""

    head: LinearHead
    photos: int
    """It was trained on so many."""
    agreement: Agreement
    """With photos that it was not trained on."""
    penalty: float | None
    """Of the ridge, see `fitting.Ridge`."""


def train(
    rated: RatedEmbeddings,
    encoder: EmbeddingModel,
    *,
    name: str,
    low: float,
    high: float,
    method: Method = "ridge",
    seed: int = 0,
) -> Trained:
    """Fit a linear scorer and measure it on photos held out.

    The same photos, scores and seed give the same scorer, in whatever order they come. Copies and
    near copies, which have (nearly) equal embeddings, are never on both sides of the split.

    Args:
        rated: the photos.
        encoder: the one their embeddings came from.
        name: begins the scorer's version.
        low: lower end of the ratings' scale.
        high: upper end of the ratings' scale.
        method: closed-form ridge regression, or gradient descent with early stopping.
        seed: draws the photos held out, the folds and the batches.

    Raises:
        TrainingError: too few photos that differ, or all ratings are equal.
        ModelError: `method` is "adam", and this is the light program.
    """
    rule = assets.toml("thresholds/training.toml")
    order = sorted(range(len(rated.contents)), key=lambda i: (rated.contents[i], rated.scores[i]))
    rows, scores = rated.embeddings[order], rated.scores[order]
    groups = fitting.alike(rows)
    different = int(groups.max(initial=-1)) + 1
    if different < rule["fewest"]:
        raise TrainingError("training.few", needed=rule["fewest"], count=different)
    apart = fitting.held_out(groups, rule["held_out"], seed)
    seen, unseen = scores[~apart], scores[apart]
    if len(seen) < rule["fewest"] / 2:
        raise TrainingError("training.copies")
    if np.ptp(seen) == 0:
        raise TrainingError("training.equal")
    penalty = None
    if method == "ridge":
        fitted = fitting.ridge(rows[~apart], seen, groups[~apart], seed=seed)
        line, penalty = fitted.line, fitted.penalty
    else:
        line = fitting.adam(rows[~apart], seen, groups[~apart], seed=seed)
    head = LinearHead(
        weights=line.weights.astype(np.float32),
        bias=line.bias,
        encoder=encoder.name,
        version="",
        low=low,
        high=high,
        encoder_version=encoder.version,
    )
    head = replace(head, version=f"{name}-{_digest(head)}")
    predicted = head.score(rows[apart]).astype(np.float64)
    measured = fitting.agreement(predicted, unseen, mean=float(seen.mean()))
    return Trained(head, len(seen), measured, penalty)


def evaluate(head: LinearHead, rated: RatedEmbeddings) -> Agreement:
    """Measure a scorer on rated photos; the baseline answers their mean.

    Raises:
        ModelError: the embeddings have another length than the scorer.
    """
    predicted = head.score(rated.embeddings).astype(np.float64)
    return fitting.agreement(predicted, rated.scores, mean=float(rated.scores.mean()))


def _digest(head: LinearHead) -> str:
    numbers = head.weights.tobytes() + np.float64(head.bias).tobytes()
    return hashlib.blake2b(numbers, digest_size=4).hexdigest()
