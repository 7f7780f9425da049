"""The technical score: what measured properties say of a photo. It knows no beauty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Facts, Scores, Vectors
from photo_organizer.engine.pixels import measures


def technical_scores(facts: Facts, flaws: Vectors) -> Scores:
    """Score N photos by measured properties: (N,) float32, 0 to 1.

    The mean of their `parts`, times one minus the photo's worst flaw.

    Args:
        facts: of all photos.
        flaws: (N, flaws) scores 0 to 1, what `flaws.flaw_scores` answered.
    """
    scores: Scores = mean(parts(facts.measures, pixels(facts))) * (
        1 - flaws.max(axis=1, initial=0.0)
    )
    return scores


def pixels(facts: Facts) -> Scores:
    """How many pixels each of N photos has, (N,)."""
    return np.array([photo.width * photo.height for photo in facts.photos], np.float32)


def parts(table: Vectors, pixels: Scores) -> Vectors:
    """What the score of N photos is made of: (N, P), each 0 to 1, in the order of `names`.

    The parts are in ``resources/thresholds/highlights.toml``, each with the range on which it is
    brought to 0 to 1.

    Args:
        table: (N, measures).
        pixels: (N,) how many each photo has.
    """
    columns: Vectors = np.stack([_part(table, pixels, part) for part in _listed()], axis=1)
    return columns


def mean(parts: Vectors) -> Scores:
    """The weighted mean of (N, P) parts: (N,)."""
    each = weights()
    total: Scores = parts @ each / each.sum()
    return total


def names() -> list[str]:
    """What the P parts are called in codes of sentences."""
    return [part["name"] for part in _listed()]


def weights() -> Scores:
    """How much each of the P parts counts, (P,)."""
    return np.array([part["weight"] for part in _listed()], np.float32)


def to_unit(native: Scores, low: float, high: float) -> Scores:
    """Native scores on a scale from `low` to `high` as 0 to 1; what lies outside is clipped."""
    unit: Scores = np.clip((native - low) / (high - low), 0, 1).astype(np.float32)
    return unit


def _listed() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = assets.toml("thresholds/highlights.toml")["technical"]
    return listed


def _part(table: Vectors, pixels: Scores, part: Mapping[str, Any]) -> Scores:
    """A measure on its way from `bad` to `good`: 0 to 1, flat outside."""
    values = (
        np.log2(pixels) if part["measure"] == "pixels" else measures.column(table, part["measure"])
    )
    if "ideal" in part:
        values = -np.abs(values - np.float32(part["ideal"]))
    return to_unit(values, part["bad"], part["good"])
