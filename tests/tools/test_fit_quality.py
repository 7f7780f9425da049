"""Flaws are learned from photos of which it is known what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality.evidence import NOISY
from photo_organizer.engine.quality.models import read_flaw_model
from tools import fit_quality, flaw_photos
from tools.flaw_photos import BAD, GOOD, MADE, REAL, SHOWN, UNTOUCHED, KnownPhotos

DARK = ("bright_50", "bright_75", "bright_95", "bright_99", "bright_999")


def photos_of(part: str, dark: int, good: int, seed: int) -> KnownPhotos:
    """So many dark and good photos of one part, two of each source."""
    random = np.random.default_rng(seed)
    count = dark + good
    table = random.normal(0, 1, (count, len(measures.NAMES))).astype(np.float32)
    bad = np.arange(count) < dark
    for name in DARK:
        column = measures.NAMES.index(name)
        table[:, column] = np.where(bad, 0.1, 0.8) + random.normal(0, 0.08, count)
    return flaw_photos.known(
        part,
        (table, random.normal(0, 1, (count, 8)).astype(np.float16)),
        labels=[BAD if flawed else GOOD for flawed in bad],
        flaws=[[Flaw.DARK.value] if flawed else [] for flawed in bad],
        names=[
            part if part != MADE else "deep" if flawed else UNTOUCHED for flawed in bad.tolist()
        ],
        sources=[f"{part} {number // 2:03}" for number in range(count)],
    )


@pytest.fixture(scope="module")
def photos() -> KnownPhotos:
    return KnownPhotos.join(
        (photos_of(MADE, 60, 60, 1), photos_of(REAL, 20, 60, 2), photos_of(SHOWN, 0, 40, 3))
    )


def test_a_fitted_model_tells_photos_that_it_has_not_seen(photos: KnownPhotos) -> None:
    recipe = fit_quality.RECIPES[Flaw.DARK]
    fitted = fit_quality.fit_flaw(Flaw.DARK, recipe, photos, DARK, {})
    dark = photos.has(Flaw.DARK)
    assert fitted.unseen[dark].min() > fitted.unseen[~dark].max()


def test_what_a_photo_looks_like_is_read_as_its_measures_are(photos: KnownPhotos) -> None:
    dark = photos.has(Flaw.DARK)
    recipe = fit_quality.Recipe(rising=(NOISY,))
    fitted = fit_quality.fit_flaw(
        Flaw.DARK, recipe, photos, ("contrast", NOISY), {NOISY: np.where(dark, 3.0, -3.0)}
    )
    assert fitted.unseen[dark].min() > fitted.unseen[~dark].max()


def test_how_well_is_printed_and_stored_beside_the_model(
    photos: KnownPhotos, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = fit_quality.RECIPES[Flaw.DARK]
    fitted = fit_quality.fit_flaw(Flaw.DARK, recipe, photos, DARK, {})
    known = fit_quality.report(Flaw.DARK, fitted.unseen, photos, 0.5)
    assert "real, flawed 20/20" in capsys.readouterr().out
    assert known["left out"]["real, good"] == {"flagged": 0, "of": 60}
    text = fit_quality.written(fit_quality.stored(DARK, fitted.model, known))
    file = tmp_path / "dark.json"
    file.write_text(text, encoding="utf-8")
    model = read_flaw_model(file)
    assert tuple(model.curves) == DARK
    assert model.fitted == json.loads(json.dumps(known))
    again = fit_quality.fit_flaw(Flaw.DARK, recipe, photos, DARK, {})
    assert fit_quality.written(fit_quality.stored(DARK, again.model, known)) == text


def test_known_photos_are_kept(photos: KnownPhotos, tmp_path: Path) -> None:
    photos.save(tmp_path / "photos.npz")
    kept = KnownPhotos.load(tmp_path / "photos.npz")
    assert np.array_equal(kept.measures, photos.measures)
    assert np.array_equal(kept.embeddings, photos.embeddings)
    assert np.array_equal(kept.has(Flaw.DARK), photos.has(Flaw.DARK))
    assert kept.source.tolist() == photos.source.tolist()
