"""What photos are made of to learn softness."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.domain.results import Flaw
from tests.engine import scenes
from tools import soft_kinds
from tools.soft_kinds import KINDS, MORE
from tools.soft_photos import pictures

EVERYTHING = [kind for kinds in (*KINDS, *MORE) for kind in kinds]


def contrast(pixels: np.ndarray) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.CV_32F).var())


def test_each_photo_is_made_sharp_blurred_and_shaken() -> None:
    for first, second in zip(KINDS, MORE, strict=True):
        names = [(flaw, name) for flaw, name, _ in (*first, *second)]
        assert len(set(names)) == len(names)
        assert {flaw for flaw, _ in names} == {"", Flaw.BLUR.value, Flaw.MOTION.value}


def test_the_same_photo_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    Image.fromarray(scenes.street_life()).resize((240, 160)).save(file)
    kinds = MORE[0] + MORE[1]
    for one, two in zip(pictures(file, kinds), pictures(file, kinds), strict=True):
        assert np.array_equal(one.pixels, two.pixels)


@pytest.mark.parametrize("seed", range(4))
def test_turning_the_camera_leaves_one_point_sharp(seed: int) -> None:
    scene = scenes.street_life()
    made = soft_kinds.turned(scene, np.random.default_rng(seed))
    difference = np.abs(made - scene).mean(2)
    assert difference.min() < 1
    assert contrast(soft_kinds.rounded(made)) < 0.8 * contrast(scene)


def test_a_painting_of_light_is_dark_but_for_its_trails() -> None:
    made = soft_kinds.light_painting(scenes.street_life(), np.random.default_rng(2))
    assert np.quantile(made.max(2), 0.3) < 40
    assert made.max() > 150


def test_a_silhouette_is_sharp_and_what_is_behind_it_is_not() -> None:
    scene = scenes.street_life()
    made = soft_kinds.silhouette(scene, np.random.default_rng(1))
    assert made.shape == scene.shape
    assert np.quantile(made, 0.2) < 40 < np.quantile(made, 0.9)


def test_a_printed_photo_has_a_raster() -> None:
    grey = np.full((128, 128, 3), 128, np.uint8)
    made = soft_kinds.printed(grey, np.random.default_rng(5))
    spectrum = np.abs(np.fft.fft2(made[..., 1] - made[..., 1].mean())) ** 2
    assert np.sort(spectrum.ravel())[-40:].sum() > 0.5 * spectrum.sum()
