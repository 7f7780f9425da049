"""What each flaw is: the description and the files that go with it agree."""

import numpy as np
import pytest

from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality.descriptions import describe
from photo_organizer.engine.quality.models import flaw_models


@pytest.mark.parametrize("flaw", Flaw)
def test_a_flaw_has_a_threshold_and_words(flaw: Flaw) -> None:
    described = describe(flaw)
    assert 0 < Thresholds()[flaw.threshold] < 1
    assert described.signs[0].code == flaw.value
    words = assets.toml("flaws.toml")
    assert all(sign.code in words for sign in described.signs)
    assert {"name", "part"} <= words[flaw.value].keys()
    assert ("outlines" in words[flaw.value]) == (described.outlined is not None)


@pytest.mark.parametrize("flaw", Flaw)
def test_what_no_sign_scores_by_itself_has_a_model_of_the_measures_named(flaw: Flaw) -> None:
    described = describe(flaw)
    asked = any(sign.score is None for sign in described.signs)
    assert asked == (flaw in flaw_models()) == bool(described.features)
    if asked:
        assert tuple(flaw_models()[flaw].curves) == described.features
    named = {name for feature in described.features for name in feature.split(" - ")}
    assert named <= set(measures.NAMES)


@pytest.mark.parametrize("flaw", Flaw)
def test_a_flaw_is_shown_in_a_part_or_a_face_or_is_of_the_whole_photo(flaw: Flaw) -> None:
    described = describe(flaw)
    of_a_face = all(sign.region is not None for sign in described.signs)
    assert (described.shown is None) == (flaw.is_of_the_whole or of_a_face)
    pixels = np.random.default_rng(1).integers(0, 255, (65, 97, 3), np.uint8)
    if described.shown is not None:
        assert described.shown(pixels).shape == (4, 6)
    if described.outlined is not None:
        assert described.outlined(pixels).shape == (65, 97)


def test_every_sentence_about_a_flaw_is_said() -> None:
    said = {sign.code for flaw in Flaw for sign in describe(flaw).signs}
    assert said == set(assets.toml("flaws.toml"))
