"""What photos look like tips what their measures leave open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.quality import graphics, looks
from photo_organizer.engine.quality.evidence import DRAWN, NOISY
from photo_organizer.engine.quality.models import flaw_models


@dataclass(frozen=True)
class Model:
    name: str
    version: str
    dimension: int = 1280


def test_both_heads_speak_of_the_starters_embeddings_and_of_no_others() -> None:
    head = looks.noise_head()
    assert head.encoder_version == graphics.graphic_model().encoder
    embeddings = np.eye(1280, dtype=np.float32)[:3]
    said = looks.seen(Model(head.encoder, head.encoder_version), embeddings)  # type: ignore[arg-type]
    assert {name: values.shape for name, values in said.items()} == {NOISY: (3,), DRAWN: (3,)}
    assert looks.seen(Model("ViT", head.encoder_version), embeddings) == {}  # type: ignore[arg-type]
    assert looks.seen(Model(head.encoder, "another"), embeddings) == {}  # type: ignore[arg-type]


def test_how_well_it_sees_noise_in_photos_left_out_comes_with_the_head() -> None:
    known = looks.noise_head().left_out
    assert known["made"] > 0.9
    assert known["real"] > 0.95


def test_looking_noisy_speaks_for_noise_and_looking_drawn_against_overexposure() -> None:
    looked = flaw_models(looked=True)
    noisy = [height for _, height in looked[Flaw.NOISE].curves[NOISY]]
    assert noisy == sorted(noisy)
    assert noisy[-1] > 2
    drawn = [height for _, height in looked[Flaw.OVEREXPOSED].curves[DRAWN]]
    assert drawn == sorted(drawn, reverse=True)
    assert drawn[-1] < -0.5
    assert looked[Flaw.DARK] == flaw_models()[Flaw.DARK]
