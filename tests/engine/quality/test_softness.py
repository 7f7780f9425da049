"""What is not sharp: the measures, the size and the look of a photo together."""

import json
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from photo_organizer.engine.assets import resource
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo, Pixels
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.starter import StarterEncoder
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality import softness
from photo_organizer.engine.quality.evidence import BLURRED_LOOK, LOOKS, PIXELS, Evidence
from photo_organizer.engine.quality.models import read_flaw_model
from tests.engine import scenes

CASES = json.loads((Path(__file__).parent / "soft_cases.json").read_text(encoding="utf-8"))
JUDGES = {Flaw.BLUR: softness.out_of_focus, Flaw.MOTION: softness.shaken}


def photo(width: int, height: int) -> Photo:
    return Photo(
        id=1,
        identity=FileIdentity(Path("photo.jpg"), 1, 1, 1000, 0),
        content_hash=bytes(16),
        format="JPEG",
        width=width,
        height=height,
        exif=Exif(taken_at=datetime(2024, 1, 1)),
    )


def evidence(pixels: Pixels, look: float | None = None, reduced: int = 1) -> Evidence:
    picture = scenes.picture(pixels, reduced)
    looks = None if look is None else np.full((1, len(LOOKS)), look, np.float32)
    seen = photo(picture.width, picture.height)
    return Evidence((seen,), measures.measure(picture)[None], looks)


def softened(scene: Callable[[], Pixels], sigma: float) -> Pixels:
    return cv2.GaussianBlur(scene(), (0, 0), sigma) if sigma else scene()


@pytest.mark.parametrize("look", [None, -2.0, 1.0])
@pytest.mark.parametrize("scene", [scenes.street_life, scenes.macro], ids=lambda s: s.__name__)
def test_blurring_more_never_makes_a_photo_much_sharper(
    scene: Callable[[], Pixels], look: float | None
) -> None:
    steps = [
        float(softness.out_of_focus(evidence(softened(scene, sigma), look))[0])
        for sigma in (0, 1, 2, 3, 5)
    ]
    for sharper, softer in pairwise(steps):
        assert softer >= 0.5 * sharper - 0.02
    assert steps[-1] > 5 * steps[0]


def test_smear_is_told_from_missing_focus() -> None:
    scene = scenes.street_life()
    smear = evidence(cv2.filter2D(scene, -1, np.full((1, 25), 1 / 25)), 0.0)
    assert softness.shaken(smear)[0] > 3 * softness.out_of_focus(smear)[0]
    soft = evidence(softened(scenes.street_life, 4), 0.0)
    assert softness.out_of_focus(soft)[0] > 3 * softness.shaken(soft)[0]


def test_what_looks_sharp_is_less_likely_soft() -> None:
    soft = softened(scenes.street_life, 2)
    by_look = [softness.out_of_focus(evidence(soft, look))[0] for look in (-4.0, -1.0, 1.0)]
    assert by_look == sorted(by_look)
    assert by_look[0] < by_look[2]


def test_a_piece_at_full_size_may_be_softer_than_a_photo_of_many_pixels() -> None:
    soft = softened(scenes.street_life, 2)
    small, large = (softness.out_of_focus(evidence(soft, -1.0, reduced))[0] for reduced in (1, 5))
    assert small < large


def test_flags_and_pages_with_one_line_are_not_shaken() -> None:
    flag = Image.new("RGB", (1000, 667), "#AE1C28")
    draw = ImageDraw.Draw(flag)
    draw.rectangle((0, 222, 1000, 444), fill="white")
    draw.rectangle((0, 445, 1000, 667), fill="#21468B")
    page = Image.new("RGB", (800, 600), "white")
    ImageDraw.Draw(page).text((230, 270), "A page with one line of text", fill="#765")
    for picture in (flag, page):
        assert softness.shaken(evidence(np.asarray(picture), -3.0))[0] < 0.1
        assert softness.out_of_focus(evidence(np.asarray(picture), -3.0))[0] < 0.1


def test_only_the_starters_embeddings_are_looked_at() -> None:
    rows = np.eye(2, 1280, dtype=np.float32)
    starter = StarterEncoder(device="cpu")
    found = softness.looks(starter, rows)
    assert found is not None
    assert found.shape == (2, len(LOOKS))
    other = SimpleNamespace(name=starter.name, version="another", dimension=1280)
    assert softness.looks(other, rows) is None  # type: ignore[arg-type]


def test_a_column_is_a_measure_or_the_size_or_the_look() -> None:
    seen = evidence(scenes.fog(), 0.5, reduced=2)
    assert seen.column(PIXELS)[0] == pytest.approx(np.log2(4 * scenes.WIDTH * scenes.HEIGHT))
    for look in LOOKS:
        assert seen.column(look)[0] == pytest.approx(0.5)
    assert seen.column("gradient")[0] == measures.column(seen.table, "gradient")[0]
    with pytest.raises(KeyError):
        evidence(scenes.fog()).column(BLURRED_LOOK)


@pytest.mark.parametrize("name", CASES)
def test_what_was_judged_wrongly_once_is_judged_rightly_now(name: str) -> None:
    case = CASES[name]
    table, looks = (np.array([case[key]], np.float32) for key in ("measures", "looks"))
    seen = Evidence((photo(*case["size"]),), table, looks)
    found = [f.value for f, score in JUDGES.items() if score(seen)[0] >= Thresholds()[f.threshold]]
    assert found == case["flaws"]


def test_a_photo_may_look_shaken_without_looking_out_of_focus() -> None:
    heads = [softness.look_head(flaw).weights for flaw in softness.LOOK_OF]
    alike = np.dot(*(weights / np.linalg.norm(weights) for weights in heads))
    assert alike < 0.9


@pytest.mark.parametrize("flaw", JUDGES)
@pytest.mark.parametrize("suffix", ["", "_measured"])
def test_how_well_a_model_told_what_was_left_out_comes_with_it(flaw: Flaw, suffix: str) -> None:
    folder = resource("quality", "softness")
    fitted = read_flaw_model(folder / f"{flaw.value}{suffix}.json").fitted
    told = fitted["left out"]
    assert fitted["at"] == Thresholds()[flaw.threshold]
    assert told["real, good"]["of"] >= 500
    wrong = told["real, good"]["flagged"] + told["shown"]["flagged"]
    assert wrong / (told["real, good"]["of"] + told["shown"]["of"]) < 0.02
    if not suffix:
        assert told["made, damaged"]["flagged"] / told["made, damaged"]["of"] > 0.75
