"""Out of focus, and shaken: what is measured, weighed with the size and the look of a photo.

How much detail is left says little by itself: a piece of a photo at full size, a face in soft
light and a drawing of light have no more of it than a photo out of focus. So what is measured is
weighed with the size of the photo (of many pixels, the whole photo should be sharp) and with its
looks: linear heads on the starter's features, of which one learned how photos look that are out of
focus, and one how shaken ones do.
``tools/fit_softness.py`` fits all of it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file
from typing import Final

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.protocols import EmbeddingModel
from photo_organizer.engine.quality.evidence import BLURRED_LOOK, SHAKEN_LOOK, Evidence
from photo_organizer.engine.quality.models import FlawModel, logistic, read_flaw_model

MEASURES: Final[dict[Flaw, tuple[str, ...]]] = {
    Flaw.BLUR: (
        "detail_worst_2_top",
        "detail_worst_4_top",
        "detail_worst_8_top",
        "detail_best_2_top",
        "detail_best_4_top",
        "detail_worst_2_all",
        "detail_worst_4_all",
        "detail_best_4_all",
        "noise_view",
    ),
    Flaw.MOTION: (
        "detail_worst_2_top",
        "detail_worst_4_top",
        "detail_worst_8_top",
        "detail_worst_2_all",
        "detail_worst_4_all",
        "detail_worst_8_all",
        "detail_best_2_top",
        "detail_best_4_top",
        "detail_best_2_all",
        "detail_best_4_all",
        "detail_best_8_all",
        "noise_view",
        "isotropy_1",
        "isotropy_4",
    ),
}
"""What the models read of the measures, beside `PIXELS` and `LOOKS`."""

LOOK_OF: Final[dict[Flaw, str]] = {Flaw.BLUR: BLURRED_LOOK, Flaw.MOTION: SHAKEN_LOOK}
"""Which of `LOOKS` is whose, in their order."""


def looks(model: EmbeddingModel, embeddings: Vectors) -> Vectors | None:
    """How blurred and how shaken photos look, (N, len(LOOKS)) log-odds.

    None for embeddings that the heads do not read.
    """
    heads = [look_head(flaw) for flaw in LOOK_OF]
    if any((head.encoder, head.encoder_version) != (model.name, model.version) for head in heads):
        return None
    return np.stack([head.score(embeddings) for head in heads], axis=1)


def out_of_focus(evidence: Evidence) -> Scores:
    """Chance that the lens left nothing sharp that should be, (N,)."""
    return _score(Flaw.BLUR, evidence)


def shaken(evidence: Evidence) -> Scores:
    """Chance that the camera moved, or everything before it, (N,)."""
    return _score(Flaw.MOTION, evidence)


def _score(flaw: Flaw, evidence: Evidence) -> Scores:
    name = flaw.value if evidence.looks is not None else f"{flaw.value}_measured"
    return logistic(_model(name).log_odds(evidence.column))


@cache
def look_head(flaw: Flaw) -> LinearHead:
    """The head that says how much a photo looks as if it had this flaw."""
    with as_file(assets.resource("quality", "softness", f"{flaw.value}.safetensors")) as file:
        return LinearHead.load(file)


@cache
def _model(name: str) -> FlawModel:
    return read_flaw_model(assets.resource("quality", "softness", f"{name}.json"))
