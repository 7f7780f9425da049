"""``find`` with CLIP models that work: small ones, planted, which proved themselves here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.encoders import installing
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.proving import pictures
from tests.engine.proofs import PROOF, trust
from tests.planted import Planted

PICTURES = (
    "chelsea",
    "coffee",
    "astronaut",
    "rocket",
    "china",
    "flower",
    "text",
    "hubble_deep_field",
    "brick",
    "coins",
    "gravel",
    "retina",
)


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures that the planted models know or not, and a mirrored part of one."""
    folder = tmp_path_factory.mktemp("album")
    for name in PICTURES:
        Image.fromarray(pictures.picture_of(name).pixels).save(
            folder / f"{name}.png", compress_level=1
        )
    part = pictures.crop_of(pictures.picture_of("coffee"))
    Image.fromarray(part.pixels).save(folder / "part of coffee.png", compress_level=1)
    return folder


@pytest.fixture(params=["planted", "planted_sigmoid"])
def clip(request: pytest.FixtureRequest) -> str:
    """An installed model, with the numbers that it would prove of itself."""
    planted: Planted = request.getfixturevalue(request.param)
    name = installing.import_model(planted.name, planted.file)
    lies = planted.cosines
    apart = lies.fitting - lies.unfitting
    middle = lies.unfitting + 0.4 * apart  # what shows two things at once fits each a bit less
    trust(
        paths.models_dir(),
        replace(
            PROOF,
            category=Calibrated(middle, apart / 10, 1.0),
            likeness=Calibrated((1 + lies.unlike) / 2, (1 - lies.unlike) / 10, 0.95),
        ),
    )
    return name


def test_words_sums_differences_and_photos_together(
    clip: str, album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, expected in {
        ("animal",): {"chelsea"},
        ("vehicle",): {"rocket"},
        ("vehicle +night",): {"rocket"},
        ("vehicle -night",): set(),
        ("food -people",): {"coffee", "part of coffee"},
        ("quantum",): set(),
        ("--like", album / "coffee.png"): {"part of coffee"},
        ("food", "--like", album / "coffee.png"): {"part of coffee"},
        ("document", "--like", album / "coffee.png"): set(),
    }.items():
        status = run_command(["find", *map(str, words), str(album), "--model", clip])
        out, err = capsys.readouterr()
        found = {Path(line.split(maxsplit=1)[1]).stem for line in out.splitlines()}
        assert (words, found) == (words, expected), err
        assert status == (0 if expected else 1)
