import hashlib
import json
from pathlib import Path

import open_clip
import pytest
import torch
from safetensors.torch import save_file

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.model_folders import folder_of
from tests.engine.encoders.conftest import TINY
from tests.planted import Harm, harm


def test_models_are_listed(capsys):
    assert run_command(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert "starter" in out
    assert "ViT-B-32/openai" in out
    assert out.count("Recommended. ") == 1
    assert "xlm-roberta" not in out
    assert "full" not in out


def test_the_light_program_lists_them_and_says_what_the_full_one_adds(light_program, capsys):
    assert run_command(["models", "list"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "The full one adds the CLIP models: they understand any words" in out


def test_the_light_program_downloads_nothing_it_cannot_use(light_program, capsys):
    assert run_command(["models", "download", "ViT-B-32"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "CLIP models need the full program" in line


@pytest.fixture
def tiny_random(tmp_path: Path) -> Path:
    """A checkpoint of the architecture "tiny-clip" that knows nothing."""
    config = tmp_path / "tiny-clip.json"
    config.write_text(json.dumps(TINY))
    open_clip.add_model_config(config)
    with torch.random.fork_rng():
        torch.manual_seed(2)
        state = open_clip.create_model("tiny-clip").state_dict()
    file = tmp_path / "random.safetensors"
    save_file(state, file)
    return file


def test_a_model_with_random_weights_is_refused_and_nothing_is_left(tiny_random, capsys):
    assert run_command(["models", "import", "tiny-clip", str(tiny_random)]) == 1
    error = " ".join(capsys.readouterr().err.split())
    assert "tiny-clip/custom is not used: the text part does not fit the picture part" in error
    assert "of 21 test pictures" in error
    assert "chance" in error
    assert not any(paths.models_dir().iterdir())
    assert run_command(["models", "list"]) == 0
    assert "tiny-clip" not in capsys.readouterr().out


def test_a_model_that_works_tells_what_it_knows(planted, album, capsys):
    assert run_command(["models", "import", planted.name, str(planted.file)]) == 0
    assert (
        capsys.readouterr().out
        == f"{planted.name} is installed and knows 21 of 21 test pictures.\n"
    )
    assert run_command(["models", "list"]) == 0
    assert "Knows 21 of 21 test pictures." in " ".join(capsys.readouterr().out.split())
    assert run_command(["models", "check"]) == 0
    out = capsys.readouterr().out
    assert f"{planted.name} knows 21 of 21 test pictures." in out
    assert "Flaws it tells by words: blur (" in out
    assert "Languages it reads: en" in out


def test_a_model_of_before_is_listed_as_not_checked_and_checked_when_asked(
    planted, tmp_path, capsys
):
    digest = hashlib.sha256(planted.file.read_bytes()).hexdigest()
    good = folder_of(paths.models_dir(), planted.name)
    checkpoints.install(planted.file, planted.name, good, sha256=digest)
    assert run_command(["models", "list"]) == 0
    assert "Not checked yet." in " ".join(capsys.readouterr().out.split())

    bad = harm(planted, Harm.SHUFFLED, tmp_path)
    checkpoints.install(bad.file, bad.name, good, sha256="1" * 64)
    assert run_command(["models", "check"]) == 1
    assert "does not fit the picture part" in capsys.readouterr().err
    assert run_command(["models", "check", bad.name]) == 1
    capsys.readouterr()
    assert run_command(["models", "list"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "refused" in out
    assert "does not fit the picture part" in out


def test_a_refused_model_makes_room_and_the_result_says_so(planted, tmp_path, album, capsys):
    bad = harm(planted, Harm.OTHER_TEXT, tmp_path)
    checkpoints.install(
        bad.file, bad.name, folder_of(paths.models_dir(), bad.name), sha256="2" * 64
    )
    result = tmp_path / "result.json"
    call = ["analyze", str(album), "--json", str(result), "--only", "categories"]
    assert run_command(call) == 0
    found = json.loads(result.read_text())["details"]
    assert found["model"]["name"] == "starter"
    assert "a better model did not pass its check" in found["stand_in"]
    assert run_command(["analyze", str(album), "--model", bad.name]) == 2
    assert "does not fit the picture part" in capsys.readouterr().err


def test_there_is_nothing_to_check_without_a_clip_model(capsys):
    assert run_command(["models", "check"]) == 0
    assert "nothing to check" in capsys.readouterr().out
    assert run_command(["models", "check", "starter"]) == 1
    assert "no CLIP model" in capsys.readouterr().err
