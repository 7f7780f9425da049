"""The tool that learns blur and shake, on a small table that is made here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit, logit

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality.models import read_flaw_model
from tools import fit_softness
from tools.flaw_photos import MADE, REAL, SHOWN
from tools.soft_kinds import AS_IT_IS
from tools.soft_photos import OTHER, SoftPhotos

WORST = measures.NAMES.index("detail_worst_4_top")
BEST = measures.NAMES.index("detail_best_4_all")


def some(part: str, flaw: str, count: int, sources: int, random: np.random.Generator) -> SoftPhotos:
    """Blurred ones have no detail, shaken ones only across the smear; looks say it, too."""
    table = random.normal(0, 1, (count, len(measures.NAMES))).astype(np.float32)
    table[:, WORST] -= 6 if flaw else 0
    table[:, BEST] -= 6 if flaw == "blur" else 0
    embeddings = random.normal(0, 0.4, (count, 6)) + 1
    embeddings[:, 0] += 2 * (flaw == "blur")
    embeddings[:, 1] += 2 * (flaw == "motion")
    return SoftPhotos(
        measures=table if part != OTHER else np.zeros_like(table),
        embeddings=embeddings.astype(np.float16),
        pixels=np.full(count, 0 if part == OTHER else 1_000_000),
        flaw=np.full(count, flaw, "U6"),
        graphic=np.zeros(count, bool),
        part=np.full(count, part, "U5"),
        name=np.full(count, flaw or AS_IT_IS, "U8"),
        source=np.array([f"{part} {number % sources}" for number in range(count)]),
    )


@pytest.fixture(scope="module")
def photos() -> SoftPhotos:
    random = np.random.default_rng(4)
    return SoftPhotos.join(
        some(part, flaw, count, sources, random)
        for part, flaw, count, sources in (
            (MADE, "blur", 36, 18),
            (MADE, "motion", 36, 18),
            (MADE, "", 36, 18),
            (REAL, "blur", 12, 6),
            (REAL, "motion", 12, 6),
            (REAL, "", 60, 12),
            (SHOWN, "", 60, 12),
            (OTHER, "", 60, 12),
        )
    )


@pytest.fixture(scope="module")
def output(photos: SoftPhotos, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("softness")
    fit_softness.fit(photos, folder)
    return folder


@pytest.mark.parametrize("name", ["blur", "blur_measured", "motion", "motion_measured"])
def test_models_tell_what_was_left_out(output: Path, name: str) -> None:
    told = read_flaw_model(output / f"{name}.json").fitted["left out"]
    assert told["real, flawed"] == {"flagged": 12, "of": 12}
    assert told["made, damaged"]["flagged"] >= 34
    assert told["real, good"]["flagged"] + told["shown"]["flagged"] <= 2


def test_only_models_with_looks_read_looks(output: Path) -> None:
    curves = {file.stem: json.loads(file.read_text())["curves"] for file in output.glob("*.json")}
    assert "blurred look" in curves["blur"]
    assert "shaken look" in curves["motion"]
    assert not any(
        "look" in name for stem in ("blur", "motion") for name in curves[f"{stem}_measured"]
    )


@pytest.mark.parametrize("flaw", [Flaw.BLUR, Flaw.MOTION])
def test_a_head_knows_its_flaw_from_the_other(output: Path, flaw: Flaw) -> None:
    head = LinearHead.load(output / f"{flaw.value}.safetensors")
    own, other = (0, 1) if flaw is Flaw.BLUR else (1, 0)
    assert head.weights[own] > 2 * abs(head.weights[other])


def test_the_same_photos_make_the_same_files(
    photos: SoftPhotos, output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fit_softness.fit(photos, tmp_path)
    for file in sorted(output.iterdir()):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name
    printed = capsys.readouterr().out
    assert "real, flawed 12/12" in printed
    assert "found motion: " in printed


def test_a_real_photo_that_may_be_either_gets_the_flaw_that_it_shows(photos: SoftPhotos) -> None:
    unknown = np.where((photos.part == REAL) & (photos.flaw != ""), "blur", photos.flaw)
    columns = {field: getattr(photos, field) for field in photos.__dataclass_fields__}
    told = fit_softness.named(SoftPhotos(**{**columns, "flaw": unknown}))
    assert (told.flaw == photos.flaw).all()


def test_where_nobody_looked_few_good_photos_are_flagged(photos: SoftPhotos) -> None:
    random = np.random.default_rng(0)
    scores = random.uniform(0.01, 0.6, len(photos))
    good = (photos.flaw == "") & np.isin(photos.part, (REAL, SHOWN))
    shift = fit_softness.strictness(photos, scores, 0.38)
    flagged = expit(logit(scores[good]) + shift) > 0.38
    assert shift < 0
    assert flagged.mean() <= 2 * fit_softness.MOST
    assert fit_softness.strictness(photos, scores / 2, 0.38) == 0
