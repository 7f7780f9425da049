"""What photos look like to the starter, where measures alone cannot tell.

Sand and fur are as rough as noise, and paper is as white as a burnt sky; who looks at the whole
photo is not mistaken. So linear heads on the starter's features say how noisy a photo looks, and
how much like a page or a drawing (`graphics`); the models of those flaws weigh it with what is
measured. ``tools/fit_quality.py`` fits them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.protocols import EmbeddingModel
from photo_organizer.engine.quality import graphics
from photo_organizer.engine.quality.evidence import DRAWN, NOISY


def seen(model: EmbeddingModel, embeddings: Vectors) -> Mapping[str, Scores]:
    """`NOISY` and `DRAWN` of photos, (N,) log-odds each; nothing for another model's embeddings."""
    head = noise_head()
    read_by_both = (head.encoder, head.encoder_version) == (model.name, model.version)
    if not read_by_both or graphics.graphic_model().encoder != model.version:
        return {}
    return {NOISY: head.score(embeddings), DRAWN: drawn(embeddings)}


def drawn(embeddings: Vectors) -> Scores:
    """How much like a page or a drawing photos look, (N,) log-odds."""
    return graphics.look(embeddings, graphics.graphic_model().head)


@cache
def noise_head() -> LinearHead:
    """The head that says how noisy a photo looks."""
    with as_file(assets.resource("quality", "noise_look.safetensors")) as file:
        return LinearHead.load(file)
