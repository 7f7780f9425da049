"""Highlights: a score of beauty for every photo, and each category ranked by it.

Nothing makes neighbours in the ranking differ from each other, and flawed photos and copies are
ranked like all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Facts, Scores, Vectors
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.protocols import Matcher
from photo_organizer.engine.highlights import scorers, shown, technical


class ScoredBy(StrEnum):
    """Where scores come from."""

    PROMPTS = "prompts"
    """Asking the model."""
    PROBE = "probe"
    """A linear head on its embeddings."""


@dataclass(frozen=True, slots=True)
class Beauty:
    """The scores of N photos."""

    native: Scores
    """(N,) on the scorer's own scale; what photos are ranked by."""
    scores: Scores
    """(N,) the same, 0 to 1."""


Ranking = dict[str, list[tuple[int, float]]]
"""The rows of each category with their scores, 0 to 1, the best first."""


def rank(placed: Mapping[str, Sequence[int]], beauty: Beauty) -> Ranking:
    """Rank each category; of equals the first photo comes first."""
    ranking: Ranking = {}
    for key, rows in placed.items():
        chosen = np.array(rows, np.intp)
        best_first = chosen[np.argsort(-beauty.native[chosen], kind="stable")]
        scores = beauty.scores[best_first].tolist()
        ranking[key] = list(zip(best_first.tolist(), scores, strict=True))
    return ranking


def by_prompts(matcher: Matcher, embeddings: Vectors) -> Beauty:
    """The expectation over "This is a photo with aesthetic score N".

    Raises:
        NotImplementedError: the model does not understand text.
    """
    native = scorers.prompt_scores(matcher, embeddings)
    numbers = assets.toml("prompts.toml")["aesthetic"]["scores"]
    return Beauty(native, technical.to_unit(native, min(numbers), max(numbers)))


def by_probe(head: LinearHead, embeddings: Vectors) -> Beauty:
    """What a linear head says of the embeddings: ``w·x + b``.

    Raises:
        ModelError: the embeddings have another length than the head.
    """
    native = head.score(embeddings)
    return Beauty(native, technical.to_unit(native, head.low, head.high))


def by_measures(matcher: Matcher, facts: Facts, flaws: Vectors) -> Beauty:
    """What the program makes of photos without asking anybody: no learned score of beauty.

    Args:
        matcher: of the model that the embeddings came from.
        facts: of all photos.
        flaws: (N, flaws) see `flaws.flaw_scores`.
    """
    head = shown.head_for(matcher)
    if head is not None:
        scores = shown.shown_scores(facts, head).scores
    else:
        scores = technical.technical_scores(facts, flaws)
    return Beauty(scores, scores)
