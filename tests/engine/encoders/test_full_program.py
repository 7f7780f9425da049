"""The light program: what it cannot do is told in a sentence, and everything else goes on."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.analysis.events import Finished
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.encoders import (
    chosen_heads,
    full_program,
    installed_models,
    installing,
    opening,
)
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.offered_models import STARTER
from photo_organizer.engine.highlights import fitting
from tests.engine.encoders.conftest import Entries
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save
from tests.engine.proofs import trust


@pytest.fixture
def with_clip(tiny: dict[str, Path], models: Path) -> Path:
    """A folder of models in which the full program has put a CLIP."""
    installing.import_model("tiny-clip", tiny["one.safetensors"], models=models)
    trust(models)
    return models


def test_the_full_program_has_nothing_to_tell() -> None:
    assert full_program.how_to_get() is None
    assert full_program.told("full.adds") is None
    full_program.demand("full.clip")


def test_who_runs_a_bundle_is_told_to_download_and_others_get_a_command(
    light_program: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'pip install "photo-organizer[full]"' in str(full_program.told("full.adds"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    adds = str(full_program.told("full.adds"))
    assert "pip" not in adds
    assert "Download the full program" in adds


@pytest.mark.parametrize("name", ["auto", "tiny-clip", "tiny-clip/test", "tiny-clip/other"])
def test_the_starter_stands_in_for_clip(with_clip: Path, light_program: None, name: str) -> None:
    reason = opening.stand_in(name, models=with_clip)
    assert reason is not None
    assert str(reason).startswith("The starter did the work")


def test_nothing_stands_in_for_what_works(
    with_clip: Path, models: Path, request: pytest.FixtureRequest
) -> None:
    assert opening.stand_in("auto", models=with_clip) is None
    assert opening.stand_in("tiny-clip", models=with_clip) is None
    request.getfixturevalue("light_program")
    assert opening.stand_in(STARTER, models=with_clip) is None
    assert opening.stand_in("auto", models=models / "empty") is None


def test_an_impossible_name_stays_an_error(models: Path, light_program: None) -> None:
    with pytest.raises(ModelError, match="unknown model"):
        opening.stand_in("no such model", models=models)


def test_no_clip_is_opened_downloaded_or_imported(
    with_clip: Path, tiny: dict[str, Path], offered: Entries, head: Path, light_program: None
) -> None:
    calls = (
        lambda: opening.open_encoder("tiny-clip", "cpu", models=with_clip),
        lambda: installing.download("tiny-clip", models=with_clip / "empty"),
        lambda: installing.download("tiny-head", models=with_clip / "empty"),
        lambda: installing.import_model("tiny-clip", tiny["one.pt"], models=with_clip / "empty"),
    )
    for call in calls:
        with pytest.raises(ModelError, match="CLIP models need the full program"):
            call()


def test_installed_models_stay_listed_and_can_be_removed(
    with_clip: Path, light_program: None
) -> None:
    listed = {model.name: model for model in installed_models.list_models(with_clip)}
    assert not listed[STARTER].needs_full
    assert listed["tiny-clip/test"].needs_full
    assert listed["tiny-clip/test"].installed
    assert installing.remove("tiny-clip", models=with_clip) == "tiny-clip/test"
    assert not installed_models.is_installed(with_clip, "tiny-clip/test")


def test_a_scorer_for_clip_says_what_it_needs(
    with_clip: Path, tmp_path: Path, light_program: None
) -> None:
    weights = np.zeros(16, np.float32)
    LinearHead(weights, 0.0, "tiny-clip/test", "mine", 0.0, 1.0).save(tmp_path / "mine.safetensors")
    with pytest.raises(ModelError, match="need the full program"):
        chosen_heads.use_head(tmp_path / "mine.safetensors", models=with_clip)


def test_only_gradient_descent_needs_it(light_program: None) -> None:
    rows = np.random.default_rng(1).normal(size=(40, 8)).astype(np.float32)
    scores, groups = rows[:, 0].astype(np.float64), np.arange(40, dtype=np.int32)
    fitting.ridge(rows, scores, groups)
    with pytest.raises(ModelError, match=r"--method ridge.*works here"):
        fitting.adam(rows, scores, groups)


def test_an_analysis_goes_on_with_the_starter_and_says_why(
    tiny: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    installing.import_model("tiny-clip", tiny["one.safetensors"])
    asked: list[str] = []

    def open_encoder(name: str, _device: str) -> FakeEncoder:
        asked.append(name)
        return FakeEncoder()

    monkeypatch.setattr("photo_organizer.engine.analysis.run.open_encoder", open_encoder)
    request.getfixturevalue("light_program")
    save(tmp_path / "album" / "1.jpg", seed=1)
    *_, last = analyze(
        Options(folders=[tmp_path / "album"], model="tiny-clip/test"), threading.Event()
    )
    assert isinstance(last, Finished)
    assert asked == [STARTER]
    assert last.result.stand_in is not None
    told = last.result.to_contract()["details"]["stand_in"]
    assert told.startswith("The starter did the work")
    *_, last = analyze(Options(folders=[tmp_path / "album"], model=STARTER), threading.Event())
    assert isinstance(last, Finished)
    assert last.result.stand_in is None
