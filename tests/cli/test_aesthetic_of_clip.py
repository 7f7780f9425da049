"""Scorers trained for CLIP models, of any length and family, through the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.encoders import installing, opening
from photo_organizer.engine.encoders.heads import LinearHead
from tests.engine.proofs import trust
from tests.planted import Planted


def install(planted: Planted) -> None:
    """As if it had proved itself: that takes longer than all of this."""
    installing.import_model(planted.name, planted.file)
    trust(paths.models_dir())


@pytest.mark.parametrize(
    ("family", "method"), [("planted", "ridge"), ("planted_sigmoid", "ridge"), ("planted", "adam")]
)
def test_a_scorer_is_trained_for_any_model_and_says_what_it_is(
    rated: Path,
    family: str,
    method: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    planted: Planted = request.getfixturevalue(family)
    install(planted)
    best = ["best", str(rated), "--count", "1", "--model", planted.name]
    assert run_command(best) == 0
    assert "score that the model was asked for" in capsys.readouterr().out

    scorer = tmp_path / "red.safetensors"
    ratings = ["--model", planted.name, "--method", method, "--output", str(scorer)]
    assert run_command(["aesthetic", "train", str(rated / "ratings.csv"), *ratings]) == 0
    assert f"48 photos for {planted.name}; measured on 12 others" in capsys.readouterr().out
    head = LinearHead.load(scorer)
    version = opening.open_encoder(planted.name).version
    assert (head.encoder, head.encoder_version) == (planted.name, version)
    assert run_command(["aesthetic", "use", str(scorer)]) == 0
    assert run_command(best) == 0
    assert f"score learned from ratings ({head.version})" in capsys.readouterr().out


def test_a_scorer_of_another_model_is_refused_in_words(
    rated: Path,
    planted: Planted,
    planted_sigmoid: Planted,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    install(planted)
    scorer = tmp_path / "red.safetensors"
    ratings = ["--model", planted.name, "--output", str(scorer)]
    assert run_command(["aesthetic", "train", str(rated / "ratings.csv"), *ratings]) == 0
    install(planted_sigmoid)
    assert run_command(["models", "remove", planted.name]) == 0
    capsys.readouterr()
    assert run_command(["aesthetic", "use", str(scorer)]) == 2
    assert f"{planted.name} is not installed" in capsys.readouterr().err
