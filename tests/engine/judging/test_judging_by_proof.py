"""Judged by a model that proved itself: from pictures to the answers, nothing made up between."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LIBRARY, OTHERS, Flaw, Result
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders import opening
from photo_organizer.engine.encoders.protocols import Encoder
from photo_organizer.engine.judging.judge import Judge
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.pixels.fingerprints import SIZE
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.proving import arrival, pictures
from photo_organizer.engine.quality import flaws
from tests.engine.categories.test_assign import facts_of
from tests.planted import Planted

NAMED = [checked for checked in pictures.CHECKED if checked.keys]
STRANGE = [checked for checked in pictures.CHECKED if not checked.keys]


@pytest.fixture(scope="module", params=["planted", "planted_sigmoid"])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """A CLIP of OpenAI's kind and one of SigLIP's, each with what it proved."""
    planted: Planted = request.getfixturevalue(request.param)
    models = tmp_path_factory.mktemp("models")
    arrival.import_model(planted.name, planted.file, models=models)
    return opening.open_encoder(planted.name, "cpu", models=models)


def embedded(model: Encoder, shown: list[Picture]) -> Vectors:
    return model.embed_images(np.stack([model.prepare(picture) for picture in shown]))


def judge(model: Encoder, vectors: Vectors) -> Judge:
    photos = facts_of(vectors).photos
    table = np.full((len(vectors), len(measures.NAMES)), 0.5, np.float32)
    looks = np.random.default_rng(0).integers(0, 256, (len(vectors), SIZE), np.uint8)
    return Judge(Facts(photos, vectors, table, looks), (), model, offered=built_in())


def judged(model: Encoder, vectors: Vectors) -> Result:
    return judge(model, vectors).judge(Thresholds(), Decisions())


def test_what_it_knows_is_put_in_its_category_and_what_it_does_not_in_others(
    model: Encoder,
) -> None:
    shown = [pictures.picture_of(checked.name) for checked in (*NAMED, *STRANGE)]
    found = judged(model, embedded(model, shown)).categories
    where = {photo: key for key, photos in found.items() for photo in photos}
    for photo, checked in enumerate(NAMED, 100):
        assert where[photo] in checked.keys, checked.name
    strange = [
        where[photo] in {OTHERS, *checked.maybe}
        for photo, checked in enumerate(STRANGE, 100 + len(NAMED))
    ]
    assert sum(strange) >= 0.85 * len(STRANGE)  # one in twenty is let through


def test_its_own_answers_rank_the_highlights(model: Encoder) -> None:
    clean = pictures.picture_of(next(c.name for c in pictures.CHECKED if c.clean))
    vectors = embedded(model, [clean, pictures.damaged(clean, Flaw.NOISE)])
    result = judged(model, vectors)
    assert result.scorer == Reason("scorer.prompts")
    scores = {ranked.photo: ranked.score for ranked in result.highlights[LIBRARY]}
    assert scores[100] > 0.5 > scores[101]


@pytest.mark.parametrize("flaw", [Flaw.DARK, Flaw.NOISE, Flaw.BLUR])
def test_its_pairs_of_prompts_tip_what_the_pixels_leave_open(model: Encoder, flaw: Flaw) -> None:
    clean = pictures.picture_of(next(c.name for c in pictures.CHECKED if c.clean))
    vectors = embedded(model, [clean, pictures.damaged(clean, flaw)])
    column = flaws.FLAWS.index(flaw)
    told = judge(model, vectors)._flaws[:, column]
    assert model.proof is not None
    quality = {name: pair for name, pair in model.proof.quality.items() if name != flaw.value}
    silent = _Silent(model, replace(model.proof, quality=quality))
    alone = judge(silent, vectors)._flaws[:, column]
    assert told[1] > alone[1]
    assert told[0] < alone[0]


class _Silent:
    """A model with another proof."""

    def __init__(self, model: Encoder, proof: object) -> None:
        self._model, self.proof = model, proof

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)
