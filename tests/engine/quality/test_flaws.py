import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photo_organizer.engine import assets
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo, Pixels
from photo_organizer.engine.domain.results import Flag, Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.pixels import decode, measures
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.quality import flaws
from tests.engine import scenes
from tests.engine.proofs import PROOF


def library(pictures: Sequence[Picture]) -> Facts:
    photos = [
        Photo(
            id=10 + i,
            identity=FileIdentity(Path(f"/photos/{i}.jpg"), 1, i, 1000, 0),
            content_hash=i.to_bytes(16, "big"),
            format="JPEG",
            width=picture.width,
            height=picture.height,
            exif=Exif(taken_at=datetime(2024, 1, 1)),
        )
        for i, picture in enumerate(pictures)
    ]
    table = np.stack([measures.measure(picture) for picture in pictures])
    return Facts(
        photos, np.eye(len(photos), 4, dtype=np.float32), table, np.zeros((1, 1), np.uint8)
    )


def flaws_of(pixels: Pixels, reduced: int = 1) -> list[Flaw]:
    facts = library([scenes.picture(pixels, reduced)])
    return [
        flag.flaw for flag in flaws.judge(facts, flaws.flaw_scores(facts), Thresholds()).standing
    ]


def saved(pixels: Pixels) -> Pixels:
    """As a camera would: photos come as JPEG."""
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 93])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


@pytest.mark.parametrize("scene", scenes.NATURAL.values(), ids=scenes.NATURAL.keys())
@pytest.mark.parametrize("finish", [np.asarray, saved], ids=["lossless", "jpeg"])
def test_what_photographers_do_on_purpose_is_no_flaw(
    scene: Callable[[], Pixels], finish: Callable[[Pixels], Pixels]
):
    assert flaws_of(finish(scene())) == []


@pytest.mark.parametrize("flaw", scenes.DAMAGED)
@pytest.mark.parametrize("scene", [scenes.street_life, scenes.macro], ids=lambda s: s.__name__)
def test_damage_is_called_by_its_name(flaw: str, scene: Callable[[], Pixels]):
    assert Flaw(flaw) in flaws_of(saved(scenes.DAMAGED[flaw](scene())))


@pytest.mark.parametrize("flaw", ["noise", "dark", "overexposed", "pixelated", "compression"])
@pytest.mark.parametrize("scene", [scenes.portrait, scenes.fog], ids=lambda s: s.__name__)
def test_damage_is_found_where_little_is_sharp(flaw: str, scene: Callable[[], Pixels]):
    assert Flaw(flaw) in flaws_of(saved(scenes.DAMAGED[flaw](scene())))


def test_a_missed_focus_that_only_full_size_shows():
    sharp = scenes.large()
    assert flaws_of(sharp, reduced=2) == []
    soft = cv2.GaussianBlur(sharp, (0, 0), 2.5)
    assert flaws_of(soft, reduced=2) == [Flaw.BLUR]
    facts = library([scenes.picture(soft, 2)])
    (flag,) = flaws.judge(facts, flaws.flaw_scores(facts), Thresholds()).standing
    assert "full size" in str(flag.reason)


@pytest.mark.parametrize("deviation", [4, 8])
def test_grain_does_not_hide_that_nothing_is_sharp(deviation: float):
    soft = cv2.GaussianBlur(scenes.street_life(), (0, 0), max(scenes.street_life().shape) / 100)
    grain = np.random.default_rng(3).normal(0, deviation, soft.shape)
    assert Flaw.BLUR in flaws_of(np.clip(soft + grain, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("scene", [scenes.street_life, scenes.portrait], ids=lambda s: s.__name__)
def test_compression_is_found_wherever_its_blocks_begin(scene: Callable[[], Pixels]):
    blocks = scenes.DAMAGED["compression"](scene())[3:, 5:]
    assert Flaw.COMPRESSION in flaws_of(saved(np.ascontiguousarray(blocks)))


@pytest.mark.parametrize(("side", "small"), [(64, True), (300, False)])
def test_thumbnails_are_too_small(side: int, small: bool):
    pixels = cv2.resize(scenes.street_life(), (side, side), interpolation=cv2.INTER_AREA)
    assert (Flaw.SMALL in flaws_of(pixels)) is small


def test_the_worst_comes_first_and_the_reason_has_its_number():
    gains = (0.12, 0.06, 0.09)
    dark = [(scenes.street_life() * gain).astype(np.uint8) for gain in gains]
    facts = library([scenes.picture(pixels) for pixels in dark])
    flags = flaws.judge(facts, flaws.flaw_scores(facts), Thresholds()).standing
    flags = [flag for flag in flags if flag.flaw is Flaw.DARK]
    assert len(flags) == 3
    assert [flag.score for flag in flags] == sorted((f.score for f in flags), reverse=True)
    brightest = next(flag for flag in flags if flag.photo == 10)
    assert "10 %" in str(brightest.reason) or "11 %" in str(brightest.reason)
    assert brightest.reason.text("ko").startswith("너무 어두움")


def test_the_most_certain_flag_comes_first_whatever_the_flaw():
    facts = library([scenes.picture(scenes.fog())] * 2)
    scores = np.zeros((2, len(Flaw)), np.float32)
    noise, dark, small = (flaws.FLAWS.index(f) for f in (Flaw.NOISE, Flaw.DARK, Flaw.SMALL))
    scores[0, noise], scores[0, small], scores[1, dark], scores[1, small] = 0.85, 0.97, 0.92, 0.97
    thresholds = Thresholds({flaw.threshold: 0.5 for flaw in Flaw})
    flags = flaws.judge(facts, scores, thresholds).standing
    assert [(flag.flaw, flag.photo) for flag in flags] == [
        (Flaw.SMALL, 10),
        (Flaw.SMALL, 11),
        (Flaw.DARK, 11),
        (Flaw.NOISE, 10),
    ]
    assert [str(flag.certainty) for flag in flags] == ["certainly"] * 3 + ["probably"]
    assert flags[3].certainty.text("ko") == "가능성 높음"


def test_a_flaw_called_fine_is_not_flagged_again():
    pixels = scenes.DAMAGED["noise"](scenes.street_life())
    facts = library([scenes.picture(pixels)])
    fine = Decisions(fine=frozenset({(facts.photos[0].content_hash, Flaw.NOISE)}))
    flags = flaws.judge(facts, flaws.flaw_scores(facts), Thresholds(), fine).standing
    assert Flaw.NOISE not in [flag.flaw for flag in flags]
    kept = flaws.judge(facts, flaws.flaw_scores(facts), Thresholds(), fine).fine
    assert [flag.flaw for flag in kept] == [Flaw.NOISE]


BLACK = library([scenes.picture(np.zeros((8, 8, 3), np.uint8))])


@given(
    st.lists(st.floats(0, 1, width=32), min_size=len(Flaw), max_size=len(Flaw)),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_stricter_threshold_only_takes_flags_away(scores: list[float], one: float, two: float):
    table = np.array([scores], np.float32)

    def flagged(threshold: float) -> set[Flaw]:
        changes = {flaw.threshold: threshold for flaw in Flaw}
        return {flag.flaw for flag in flaws.judge(BLACK, table, Thresholds(changes)).standing}

    assert flagged(max(one, two)) <= flagged(min(one, two))


def test_every_flaw_has_a_threshold_and_a_sentence_in_both_languages():
    facts = library([scenes.picture(scenes.fog())])
    flags = flaws.judge(facts, np.ones((1, len(Flaw)), np.float32), Thresholds()).standing
    assert [flag.flaw for flag in flags] == list(Flaw)
    for flag in flags:
        assert flag.reason.text("en") != flag.reason.text("ko")


class TextModel:
    """Knows one photo that matches every bad prompt, one neutral, one that matches the good."""

    logit_scale = 100.0

    def __init__(self, **pairs: Calibrated) -> None:
        self.proof = replace(PROOF, quality=pairs)

    def text_similarities(self, embeddings: np.ndarray, texts: Sequence[str]) -> np.ndarray:
        good_then_bad = np.array([[0.20, 0.25], [0.22, 0.22], [0.25, 0.20]], np.float32)
        return np.tile(good_then_bad, (1, len(texts) // 2))


THREE = np.zeros((3, 4), np.float32)


def test_prompts_are_compared_pair_by_pair():
    found = flaws.prompt_differences(TextModel(), THREE)
    assert found.shape == (3, len(flaws.PROMPTED))
    np.testing.assert_allclose(found.T, np.tile([5, 0, -5], (len(flaws.PROMPTED), 1)), atol=1e-4)


def test_a_pair_counts_as_much_as_it_has_proved():
    limit = assets.toml("thresholds/quality.toml")["prompts"]["limit"]
    model = TextModel(dark=Calibrated(0.0, 1.0, 0.9), blur=Calibrated(0.0, 1.0, 0.5))
    found = flaws.prompt_odds(model, THREE)
    assert found.keys() == {Flaw.DARK, Flaw.BLUR}
    np.testing.assert_allclose(found[Flaw.DARK], [0.9 * limit, 0, -0.9 * limit], atol=1e-5)
    np.testing.assert_allclose(found[Flaw.BLUR], [0.5 * limit, 0, -0.5 * limit], atol=1e-5)


def test_a_pair_is_judged_by_what_is_usual_for_the_model():
    leaning = TextModel(dark=Calibrated(5.0, 20.0, 1.0))
    np.testing.assert_allclose(
        flaws.prompt_odds(leaning, THREE)[Flaw.DARK], [0, -0.25, -0.5], atol=1e-5
    )


def test_a_pair_that_proved_nothing_changes_nothing():
    facts = library([scenes.picture(scenes.portrait()), scenes.picture(scenes.fog())])
    alone = flaws.flaw_scores(facts)
    prompts = flaws.prompt_odds(TextModel(dark=Calibrated(0.0, 1.0, 0.9)), THREE)
    together = flaws.flaw_scores(facts, {flaw: odds[:2] for flaw, odds in prompts.items()})
    dark = flaws.FLAWS.index(Flaw.DARK)
    np.testing.assert_array_equal(np.delete(together, dark, axis=1), np.delete(alone, dark, axis=1))
    assert flaws.prompt_odds(TextModel(), THREE) == {}


@given(
    st.floats(-3, 3),
    st.floats(0.1, 5),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_surer_pair_moves_no_photo_against_its_sign(
    middle: float, spread: float, one: float, two: float
):
    less, more = (
        flaws.prompt_odds(TextModel(dark=Calibrated(middle, spread, weight)), THREE)[Flaw.DARK]
        for weight in sorted((one, two))
    )
    signs = np.sign(flaws.prompt_differences(TextModel(), THREE)[:, 0] - np.float32(middle))
    assert (less * signs >= 0).all()
    assert (more * signs >= less * signs).all()


def test_prompts_tip_the_balance_but_do_not_overrule():
    pictures = [scenes.picture(scenes.DAMAGED["dark"](scenes.street_life()))] * 3
    facts = library(pictures)
    alone = flaws.flaw_scores(facts)
    prompts = flaws.prompt_odds(TextModel(**PROOF.quality), THREE)
    together = flaws.flaw_scores(facts, prompts)
    dark, motion = (flaws.FLAWS.index(flaw) for flaw in (Flaw.DARK, Flaw.MOTION))
    assert together[0, dark] > alone[0, dark] > together[2, dark]
    np.testing.assert_allclose(together[1], alone[1], atol=1e-5)
    np.testing.assert_array_equal(together[:, motion], alone[:, motion])
    assert (together[:, dark] > 0.9).all()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_crushed_file_says_so_itself(kind: str):
    def flags(quality_: int) -> list[Flag]:
        buffer = io.BytesIO()
        Image.fromarray(scenes.portrait()).save(buffer, kind, quality=quality_)
        facts = library([decode.decode(buffer.getvalue())])
        return flaws.judge(facts, flaws.flaw_scores(facts), Thresholds()).standing

    assert flags(60) == []
    (flag,) = [flag for flag in flags(2) if flag.flaw is Flaw.COMPRESSION]
    if kind == "WEBP":  # its blocks are smoothed, and leave no grid
        assert "of 100" in str(flag.reason)
