"""``flows`` with a CLIP model: it is asked prompts, and what it proved is its threshold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from PIL import Image

from photo_organizer.cli.main import run_command
from photo_organizer.engine import assets, paths
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders import installing, opening
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.proving import arrival, pictures
from tests.engine.encoders.conftest import offered, tiny, tiny_clip
from tests.engine.proofs import trust
from tests.planted import Planted

__all__ = ["offered", "tiny", "tiny_clip"]

SCHEMA = json.loads(assets.resource("flows.schema.json").read_text(encoding="utf-8"))
CLEAN = [checked for checked in pictures.CHECKED if checked.clean and checked.keys]
DAMAGED = {"chelsea blur": Flaw.BLUR, "coffee dark": Flaw.DARK, "china noise": Flaw.NOISE}


def write(picture: Picture, file: Path) -> None:
    Image.fromarray(picture.pixels).save(file, compress_level=1)


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clean pictures that the planted model knows, a copy of one, and three damaged ones."""
    folder = tmp_path_factory.mktemp("album")
    for checked in CLEAN:
        write(pictures.picture_of(checked.name), folder / f"{Path(checked.name).stem}.png")
    (folder / "flower (1).png").write_bytes((folder / "flower.png").read_bytes())
    for name, flaw in DAMAGED.items():
        whole = pictures.picture_of(name.split()[0])
        write(pictures.damaged(whole, flaw), folder / f"{name}.png")
    return folder


@pytest.fixture
def clip(planted: Planted) -> str:
    name = installing.import_model(planted.name, planted.file)
    trust(paths.models_dir())
    return name


def run(capsys: Any, album: Path, *words: object) -> tuple[dict[str, Any], str]:
    assert run_command(["flows", str(album), *map(str, words)]) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    Draft202012Validator(SCHEMA).validate(told)
    return told, err


def stem(address: str) -> str:
    return Path(unquote(urlsplit(address).path)).stem


def by_photo(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in told["categories"]:
        for image in one["images"]:
            yield stem(image), one["category"]


def scores(told: dict[str, Any]) -> dict[str, float]:
    return {
        stem(each["image"]): each["score"] for one in told["highlights"] for each in one["images"]
    }


@pytest.mark.parametrize("family", ["planted", "planted_sigmoid"])
def test_a_model_that_works_answers_all_four(
    request: pytest.FixtureRequest, album: Path, capsys: Any, family: str
) -> None:
    planted: Planted = request.getfixturevalue(family)
    clip = arrival.import_model(planted.name, planted.file)
    told, err = run(capsys, album, "--model", clip, "--neighbors", 1)
    assert err == ""
    placed = dict(by_photo(told))
    right = [placed[Path(each.name).stem] in each.keys | each.maybe for each in CLEAN]
    assert sum(right) >= 0.8 * len(right)
    (group,) = [group for group in told["duplicates"] if "flower" in map(stem, group)]
    assert {"flower", "flower (1)"} <= set(map(stem, group))
    assert set(map(stem, told["low_quality"])) == set(DAMAGED)
    ranked = scores(told)
    worst = max(score for name, score in ranked.items() if name in DAMAGED)
    assert worst < np.mean([score for name, score in ranked.items() if name not in DAMAGED])


def test_it_is_asked_as_the_options_say(clip: str, album: Path, capsys: Any) -> None:
    words = ("--model", clip, "--only", "low_quality", "--quality-by")
    every = len(list(album.iterdir()))
    assert len(run(capsys, album, *words, "difference")[0]["low_quality"]) == every
    nobody = run(capsys, album, *words, "difference", "--quality-threshold", "-1")[0]
    assert nobody["low_quality"] == []
    chosen = run(capsys, album, *words, "softmax", "--quality-threshold", "0.5")[0]
    assert set(DAMAGED) <= set(map(stem, chosen["low_quality"]))
    words = ("--model", clip, "--only", "categories", "--neighbors", 1, "--threshold")
    nothing = run(capsys, album, *words, 0.99)[0]
    assert len(nothing["categories"][-1]["images"]) == every
    everything = run(capsys, album, *words, -1)[0]
    assert everything["categories"][-1]["images"] == []
    usual = run(capsys, album, *words[:-1])[0]
    middle = opening.open_encoder(clip).category_threshold
    assert run(capsys, album, *words, middle)[0] == usual


def test_without_the_store_it_can_be_asked_all_the_same(
    clip: str, album: Path, capsys: Any
) -> None:
    words = ("--model", clip, "--neighbors", 1)
    (one, said), (other, told) = (
        run(capsys, album, *words, "--no-cache"),
        run(capsys, album, *words),
    )
    # Which photos are embedded together is a matter of time, and so is the last digit.
    assert scores(one) == pytest.approx(scores(other), abs=1e-3)
    del one["highlights"], other["highlights"]
    assert (one, said) == (other, told)
    assert not list(paths.data_dir().glob("*.sqlite-corrupt*"))


def test_any_model_that_is_trusted_answers_in_form(
    tiny: dict[str, Path], album: Path, capsys: Any, tmp_path: Path
) -> None:
    installing.import_model("tiny-clip/test", tiny["one.pt"])
    trust(paths.models_dir())
    told, err = run(capsys, album, "--model", "tiny-clip/test")
    assert err == ""
    prompted = [ranked["score"] for one in told["highlights"] for ranked in one["images"]]
    encoder = opening.open_encoder("tiny-clip/test")
    weights = np.ones(encoder.dimension, np.float32)
    head = LinearHead(weights, 5.0, encoder.name, "head", 1.0, 10.0, encoder.version)
    head.save(tmp_path / "probe.safetensors")
    probe = ("--model", "tiny-clip/test", "--probe", tmp_path / "probe.safetensors")
    told, _ = run(capsys, album, *probe)
    probed = [ranked["score"] for one in told["highlights"] for ranked in one["images"]]
    assert len(probed) == len(prompted) == len(list(album.iterdir()))
    assert probed != prompted
