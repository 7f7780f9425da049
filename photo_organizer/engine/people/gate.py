"""Which photos are worth looking for faces: most photos show nobody, and looking costs time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import PEOPLE
from photo_organizer.engine.encoders import category_heads
from photo_organizer.engine.encoders.protocols import EmbeddingModel


def may_show_faces(model: EmbeddingModel, embeddings: Vectors) -> NDArray[np.bool_]:
    """Whether photos may show somebody: (N, D) unit rows to (N,).

    By what the head of the category *people* finds in them; where there is none for this model,
    every photo may.
    """
    heads = category_heads.shipped()
    if not heads.fits(model):
        return np.ones(len(embeddings), bool)
    found = heads.found(embeddings)[:, list(heads.keys).index(PEOPLE)]
    return np.asarray(found >= assets.toml("thresholds/people.toml")["gate"]["least"], bool)
