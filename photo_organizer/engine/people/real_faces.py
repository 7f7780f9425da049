"""Faces of people, and those that are drawn: the networks do not tell one from the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import PEOPLE
from photo_organizer.engine.encoders import category_heads
from photo_organizer.engine.encoders.protocols import EmbeddingModel


def drawn(model: EmbeddingModel, embeddings: Vectors) -> NDArray[np.bool_]:
    """Which photos are of art, a page or a screen rather than of people, (N,).

    What the heads of these categories find decides, where they find more than the one of people;
    numbers: ``[drawn]`` of ``resources/thresholds/people.toml``.

    Args:
        model: where there are no heads for it, nothing is known to be drawn.
        embeddings: (N, D) unit rows.
    """
    heads = category_heads.shipped()
    if not heads.fits(model):
        return np.zeros(len(embeddings), bool)
    rule = assets.toml("thresholds/people.toml")["drawn"]
    found = heads.found(embeddings)
    things = found[:, _places(heads.keys, rule["categories"])].max(axis=1)
    people = found[:, list(heads.keys).index(PEOPLE)]
    return np.asarray((things >= rule["least"]) & (things > people), bool)


def _places(keys: Sequence[str], wanted: Sequence[str]) -> list[int]:
    return [list(keys).index(key) for key in wanted]
