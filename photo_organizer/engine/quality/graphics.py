"""Which pictures are graphics: screens, pages, drawings, flags, diagrams, scans.

They are judged by what they are and have no photographic flaws: white paper is not overexposed, and
the squares of a drawing in pixels are no damage. What a picture shows (a linear head on the
starter's embedding) and how its pixels lie (stored measures) are added up to one chance. Neither
is enough: a photo of a book shows a page, and a crushed photo is as still as a drawing. With
another encoder, whose embeddings the head does not know, measures alone decide.

``tools/fit_graphics.py`` writes ``resources/quality/graphic.json``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Facts, Scores, Vectors
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality.models import FlawModel, logistic

FEATURES: Final = (
    "still",
    "still_busy",
    "noise_flat",
    "noise_mid",
    "noise_chroma_flat",
    "noise_half_flat",
    "entropy",
    "lattice",
    "beat",
    "fine_top",
    "saturation",
    "isotropy_1",
)
"""The measures that tell what was drawn from what was photographed."""


@dataclass(frozen=True, slots=True)
class GraphicModel:
    """How graphics are told from photos."""

    encoder: str
    """The version of the encoder whose embeddings the head reads."""
    head: NDArray[np.float32]
    """(D + 1,): weights of an embedding, and a bias last."""
    looked: FlawModel
    """Over measures and ``look``, what the head says."""
    measured: FlawModel
    """Over measures alone."""

    def score(self, facts: Facts, encoder: str | None) -> Scores:
        """The chance that each of N pictures is a graphic: (N,) float32.

        Args:
            facts: of all pictures.
            encoder: the version of the encoder that the embeddings came from, if it is known.
        """
        values: dict[str, NDArray[Any]] = {
            name: measures.column(facts.measures, name) for name in FEATURES
        }
        if encoder != self.encoder:
            return logistic(self.measured.log_odds(values.__getitem__))
        values["look"] = look(facts.embeddings, self.head)
        return logistic(self.looked.log_odds(values.__getitem__))


def look(embeddings: Vectors, head: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a head says of N embeddings (N, D): log-odds (N,)."""
    said: NDArray[np.float32] = embeddings @ head[:-1] + head[-1]
    return said


@cache
def graphic_model() -> GraphicModel:
    """The shipped model."""
    stored = json.loads(assets.resource("quality", "graphic.json").read_text(encoding="utf-8"))
    return GraphicModel(
        encoder=stored["encoder"],
        head=np.array(stored["head"], np.float32),
        looked=FlawModel(**stored["looked"]),
        measured=FlawModel(**stored["measured"]),
    )


def are_graphics(facts: Facts, encoder: str | None) -> NDArray[np.bool_]:
    """Which of N pictures are graphics, (N,): see `GraphicModel.score`."""
    rule = assets.toml("thresholds/quality.toml")["graphic"]
    least = rule["looked" if encoder == graphic_model().encoder else "measured"]
    found: NDArray[np.bool_] = graphic_model().score(facts, encoder) >= least
    return found
