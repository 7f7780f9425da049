"""What the starter was taught about the built-in categories: a linear head for each.

A head is the keyword's vector in the space of the starter's features. What it finds, ``w·x + b``,
and the log-odds of what the 1,000 classes make of the category's keywords, times a number of each
category, are together the log-odds that a photo belongs to it: the classes keep animals and
vehicles that heads alone lose. ``tools/fit_heads.py`` fits all numbers from photos, of which
nothing but the features was kept.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders import head_files
from photo_organizer.engine.encoders.protocols import EmbeddingModel

log = logging.getLogger(__name__)

LEAST = 1e-3
"""What the classes make of keywords is never taken for surer than this, either way."""

SURE = 0.4
"""How much more the classes count where they find a category likelier than not, on log-odds.

What they are sure of they know better than the heads, which were taught by fewer photos: the mean
of the four kinds of things of ``benchmarks/categories.py`` is 0.95, and 0.80 without it; on sources
that were left out it costs nothing. With 1, landscapes are lost and hardly anything is gained.
"""

WORN = "clothing"
"""Where the classes are no surer than the heads: they see the clothes of everybody."""

METADATA = "category_heads"
"""Under what name a file says whose heads these are, what they were fitted on, and how well."""


@dataclass(frozen=True, slots=True, eq=False)
class CategoryHeads:
    """A linear head for each of C categories, on the embeddings of one version of one encoder."""

    keys: Sequence[str]
    """(C,) of the built-in categories."""
    weights: Vectors
    """(C, D)"""
    biases: NDArray[np.float32]
    """(C,)"""
    trust: NDArray[np.float32]
    """(C,) how much the classes count for each."""
    encoder: str
    """Name of the encoder whose embeddings they read."""
    encoder_version: str
    """Of that encoder: another version sees photos differently."""
    fitted_on: dict[str, Any]
    """How many photos, sources and collections, and the numbers of the fit."""
    left_out: dict[str, Any]
    """How well they did on sources that were left out of the fit; without what `SURE` adds."""

    @property
    def _sure(self) -> NDArray[np.float32]:
        return np.array([0 if key == WORN else SURE for key in self.keys], np.float32)

    def fits(self, encoder: EmbeddingModel) -> bool:
        """Whether they read the embeddings of this encoder."""
        return (self.encoder, self.encoder_version, self.weights.shape[1]) == (
            encoder.name,
            encoder.version,
            encoder.dimension,
        )

    def found(self, embeddings: Vectors) -> Vectors:
        """What the heads alone find: (N, D) unit rows to (N, C) log-odds."""
        odds: Vectors = embeddings @ self.weights.T + self.biases
        return odds

    def chances(self, found: Vectors, by_classes: Vectors, places: Sequence[int]) -> Vectors:
        """The chances that N photos belong to P of the categories, 0 to 1: (N, P) float32.

        Args:
            found: (N, C) what the heads alone find.
            by_classes: (N, P) what the classes make of the keywords, 0 to 1.
            places: of the P categories, in `keys`.
        """
        classes = log_odds(by_classes)
        odds = found[:, places] + self.trust[places] * classes
        odds += self._sure[places] * np.maximum(classes, 0)
        chances: Vectors = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return chances

    def save(self, file: Path) -> None:
        """Write them as safetensors, everything but the numbers in the metadata."""
        facts = {
            "encoder": self.encoder,
            "encoder_version": self.encoder_version,
            "keys": list(self.keys),
            "fitted_on": self.fitted_on,
            "left_out": self.left_out,
        }
        tensors = {"weights": self.weights, "biases": self.biases, "trust": self.trust}
        head_files.write(file, METADATA, tensors, facts)

    @classmethod
    def load(cls, file: Path) -> CategoryHeads:
        """Read what `save` wrote.

        Raises:
            ModelError: there are no readable heads in `file`.
        """
        with head_files.opened(file, METADATA, otherwise="heads.no_head") as stored:
            return cls(
                weights=stored.tensor("weights"),
                biases=stored.tensor("biases"),
                trust=stored.tensor("trust"),
                **stored.facts,
            )


def log_odds(chances: Vectors) -> Vectors:
    """Of chances, 0 to 1, none of them quite sure."""
    odds: Vectors = np.log((chances + LEAST) / (np.maximum(1 - chances, 0) + LEAST))
    return odds


@cache
def shipped() -> CategoryHeads:
    """The heads that come with the program."""
    with as_file(assets.resource("heads", "categories.safetensors")) as file:
        return CategoryHeads.load(file)


def shipped_for(encoder: EmbeddingModel) -> CategoryHeads | None:
    """The heads that come with the program, unless they were fitted for another version."""
    heads = shipped()
    if heads.fits(encoder):
        return heads
    log.warning(
        "the category heads read %s %s, not %s %s: tools/fit_heads.py must be run again",
        heads.encoder,
        heads.encoder_version,
        encoder.name,
        encoder.version,
    )
    return None
