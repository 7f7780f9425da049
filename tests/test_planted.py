"""The planted model is what it says, seen by open_clip alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders import checkpoints, installing
from photo_organizer.engine.encoders.model_folders import folder_of
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.proving import pictures
from tests.planted import Harm, Planted, category_prompts, harm, tokenizer, transform_of

KEYS = list(category_prompts())
LABELLED = [checked for checked in pictures.CHECKED if checked.keys]


@pytest.fixture(params=["planted", "planted_sigmoid"])
def family(request: pytest.FixtureRequest) -> Planted:
    found: Planted = request.getfixturevalue(request.param)
    return found


def opened(planted: Planted) -> Any:
    import open_clip

    return open_clip.create_model(
        planted.name.partition("/")[0], pretrained=str(planted.file)
    ).eval()


def images(model: Any, planted: Planted, shown: list[Picture]) -> NDArray[np.float32]:
    import torch
    from PIL import Image

    transform = transform_of(planted.family)
    with torch.inference_mode():
        inputs = torch.stack([transform(Image.fromarray(each.pixels)) for each in shown])
        rows: NDArray[np.float32] = model.encode_image(inputs, normalize=True).numpy()
    return rows


def texts(model: Any, said: list[str]) -> NDArray[np.float32]:
    import torch

    with torch.inference_mode():
        tokens = tokenizer()(said)
        rows: NDArray[np.float32] = model.encode_text(tokens, normalize=True).numpy()
    return rows


def labels(model: Any) -> NDArray[np.float32]:
    rows = np.stack([texts(model, said).mean(axis=0) for said in category_prompts().values()])
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fits(model: Any, planted: Planted, shown: list[Picture]) -> tuple[Any, Any]:
    """The cosines with all categories, and which of them fit."""
    cosines = images(model, planted, shown) @ labels(model).T
    return cosines, np.array([[key in each.keys for key in KEYS] for each in LABELLED])


def test_it_names_the_pictures_and_has_the_cosines_of_its_family(family: Planted) -> None:
    model = opened(family)
    whole = [pictures.picture_of(checked.name) for checked in LABELLED]
    for shown in (whole, [pictures.crop_of(picture) for picture in whole]):
        cosines, right = fits(model, family, shown)
        assert right[np.arange(len(right)), cosines.argmax(axis=1)].all()
        assert np.abs(cosines[right] - family.cosines.fitting).max() < 0.03
        assert np.abs(cosines[~right] - family.cosines.unfitting).max() < 0.03


def test_it_has_no_opinion_of_other_words(family: Planted) -> None:
    model = opened(family)
    shown = [pictures.picture_of(checked.name) for checked in LABELLED]
    others = texts(model, ["what my aunt said", "a photo of nothing much", "뭔지 모를 말"])
    cosines = images(model, family, shown) @ others.T
    assert np.abs(cosines - family.cosines.unfitting).max() < 0.03


def test_it_tells_damaged_copies_and_scores_them_lower(family: Planted) -> None:
    model = opened(family)
    prompts = assets.toml("prompts.toml")
    clean = [pictures.picture_of(each.name) for each in pictures.CHECKED if each.clean]
    rows = images(model, family, clean)
    asked = prompts["aesthetic"]
    scores = texts(model, [asked["prompt"].format(score) for score in asked["scores"]])
    for flaw, pair in prompts["quality"].items():
        damaged = images(
            model, family, [pictures.damaged(picture, Flaw(flaw)) for picture in clean]
        )
        good, bad = texts(model, [pair["good"], pair["bad"]])
        assert 0.85 < good @ bad < 0.95
        assert (rows @ (bad - good)).max() < (damaged @ (bad - good)).min()
        best = scores[-2] - scores[0]
        assert (rows @ best).mean() > (damaged @ best).mean()


@pytest.mark.parametrize("how", Harm)
def test_a_harmed_copy_loads_and_names_little(family: Planted, how: Harm, tmp_path: Path) -> None:
    harmed = harm(family, how, tmp_path)
    shown = [pictures.picture_of(checked.name) for checked in LABELLED]
    cosines, right = fits(opened(harmed), family, shown)
    assert right[np.arange(len(right)), cosines.argmax(axis=1)].mean() < 0.4


def test_it_is_imported_as_any_checkpoint(family: Planted, tmp_path: Path) -> None:
    assert installing.import_model(family.name, family.file, models=tmp_path) == family.name
    folder = folder_of(tmp_path, family.name)
    meta = checkpoints.read_meta(folder)
    assert meta.logit_scale == pytest.approx(family.cosines.scale, rel=1e-4)
    assert meta.logit_bias == (family.cosines.bias or 0.0)
    squashed = family.cosines.bias is not None
    way = checkpoints.read_preprocessing(folder)["resize_mode"]
    assert way == ("squash" if squashed else "shortest")
