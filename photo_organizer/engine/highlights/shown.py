"""How much photos look like those that people choose to show, as far as the starter can tell.

A linear head on its embeddings says how likely it is that somebody chose a photo to show it, rather
than took it by the way. It was learned from photos of people who did either (see
``tools/fit_heads.py``) and comes with the program. The technical score adds a little, and a
picture of one colour counts nothing, whatever else it is like.

What makes photos differ from each other, and that flawed ones come last, is the ranking's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file
from typing import Any

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Facts, Scores, Vectors
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.protocols import EmbeddingModel
from photo_organizer.engine.highlights import technical
from photo_organizer.engine.pixels import measures

HEAD = ("heads", "highlights.safetensors")
"""Where the head lies below ``resources``."""

_NOTHING = -1


@dataclass(frozen=True, slots=True, eq=False)
class ShownScores:
    """What is known of N photos."""

    scores: Scores
    """(N,), 0 to 1."""
    native: Scores
    """(N,), the head's own: log odds that somebody chose the photo to show it."""
    reasons: Sequence[Reason]
    """Why each has its score; equal ones are one object."""


def head_for(model: EmbeddingModel) -> LinearHead | None:
    """The shipped head, if it reads the embeddings of this very version of the model."""
    head = _shipped()
    try:
        head.check(model)
    except ModelError:
        return None
    return head


@cache
def _shipped() -> LinearHead:
    with as_file(assets.resource(*HEAD)) as file:
        return LinearHead.load(file)


def shown_scores(facts: Facts, head: LinearHead) -> ShownScores:
    """Score N photos, and say why.

    Args:
        facts: of all photos.
        head: see `head_for`.
    """
    native = head.score(facts.embeddings)
    parts = technical.parts(facts.measures, technical.pixels(facts))
    gate = _gate(facts.measures)
    return ShownScores(
        combined(native, parts, facts.measures), native, _reasons(_chance(native), parts, gate)
    )


def combined(odds: Scores, parts: Vectors, table: Vectors) -> Scores:
    """The scores of N photos, (N,), 0 to 1, by all that counts.

    Args:
        odds: (N,) by the head.
        parts: (N, P) of the technical score.
        table: (N, measures).
    """
    share = np.float32(_rule()["technical"])
    scores: Scores = _gate(table) * ((1 - share) * _chance(odds) + share * technical.mean(parts))
    return scores


def _chance(odds: Scores) -> Scores:
    """Of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -50, 50))), np.float32)


def _rule() -> dict[str, Any]:
    rule: dict[str, Any] = assets.toml("thresholds/highlights.toml")["shown"]
    return rule


def _gate(table: Vectors) -> Scores:
    """What is left of the scores of N photos for their contrast: (N,), 0 to 1."""
    return technical.to_unit(contrast(table), *_rule()["contrast"])


def contrast(table: Vectors) -> Scores:
    """Between the darkest and the brightest hundredth of N photos, or thousandth: (N,), 0 to 1.

    Stars are bright, and few.
    """
    return measures.column(table, "bright_999") - measures.column(table, "bright_01")


def _reasons(likely: Scores, parts: Vectors, gate: Scores) -> list[Reason]:
    """How likely, then what is technically best and worst where that is worth a word."""
    rule = _rule()
    weighed = (parts - 0.5) * technical.weights()
    facts = np.stack(
        [
            np.searchsorted(rule["steps"], likely, side="right"),
            np.where(parts.max(axis=1) >= rule["good"], weighed.argmax(axis=1), _NOTHING),
            np.where(parts.min(axis=1) <= rule["bad"], weighed.argmin(axis=1), _NOTHING),
            gate < rule["flat"],
        ],
        axis=1,
    )
    different, which = np.unique(facts, axis=0, return_inverse=True)
    reasons = [_reason(*row) for row in different.tolist()]
    return [reasons[number] for number in which.reshape(-1).tolist()]


def _reason(step: int, best: int, worst: int, flat: int) -> Reason:
    if flat:
        return Reason("highlights.flat")
    names = technical.names()
    said = [Reason(f"highlights.shown_{step}")]
    if best != _NOTHING:
        said.append(Reason(f"highlights.good_{names[best]}"))
    if worst != _NOTHING:
        said.append(Reason(f"highlights.bad_{names[worst]}"))
    return Reason("highlights.why", items=tuple(said))
