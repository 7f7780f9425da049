"""The part of a photo that shows a flaw."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.domain.facts import Pixels, UnreadableError
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.quality import regions
from tests.engine import scenes

SIDE = 128


def middle(region: Region) -> tuple[float, float]:
    return region.left + region.width / 2, region.top + region.height / 2


def mostly(damaged: Pixels, whole: Pixels) -> Pixels:
    """`damaged` in the right half, `whole` in the left."""
    mixed = whole.copy()
    mixed[:, mixed.shape[1] // 2 :] = damaged[:, mixed.shape[1] // 2 :]
    return mixed


@pytest.mark.parametrize("flaw", list(Flaw))
def test_a_region_lies_within_the_photo_and_is_as_large_as_asked(flaw: Flaw) -> None:
    pixels = scenes.street_life()
    region = regions.locate(pixels, flaw, SIDE)
    assert region.left >= 0
    assert region.top >= 0
    assert region.left + region.width <= 1
    assert region.top + region.height <= 1
    if flaw not in (Flaw.SMALL, Flaw.EYES_CLOSED):  # those are not found in pixels
        assert region.width * pixels.shape[1] == pytest.approx(SIDE)
        assert region.height * pixels.shape[0] == pytest.approx(SIDE)


def test_the_sharpest_part_decides_about_blur() -> None:
    x, y = middle(regions.locate(scenes.portrait(), Flaw.BLUR, SIDE))
    assert abs(x - 0.45) < 0.15
    assert abs(y - 0.5) < 0.2


def test_of_a_dark_photo_the_brightest_part_decides() -> None:
    pixels = np.full((320, 480, 3), 3, np.uint8)
    pixels[200:300, 300:420] = 25
    region = regions.locate(pixels, Flaw.DARK, 96)
    assert middle(region) == pytest.approx((360 / 480, 250 / 320), abs=0.1)
    # What is black is surrounded: the hole of the bright part is an outline of its own.
    assert len(region.outlines) == 2


def test_the_burnt_out_part_is_found_and_outlined() -> None:
    pixels = np.full((320, 480, 3), 120, np.uint8)
    pixels[40:140, 60:200] = 255
    region = regions.locate(pixels, Flaw.OVEREXPOSED, 96)
    assert middle(region) == pytest.approx((130 / 480, 90 / 320), abs=0.15)
    (outline,) = region.outlines
    xs, ys = zip(*outline, strict=True)
    assert (min(xs), max(xs)) == pytest.approx((60 / 480, 200 / 480), abs=0.02)
    assert (min(ys), max(ys)) == pytest.approx((40 / 320, 140 / 320), abs=0.02)


@pytest.mark.parametrize("flaw", [Flaw.NOISE, Flaw.PIXELATED, Flaw.COMPRESSION])
def test_the_damaged_half_is_shown(flaw: Flaw) -> None:
    scene = scenes.street_life()
    damaged = scenes.DAMAGED[flaw.value](scene)
    assert middle(regions.locate(mostly(damaged, scene), flaw, SIDE))[0] > 0.5


def test_noise_is_shown_where_nothing_else_is() -> None:
    rough = scenes.street_life()
    calm = np.full_like(rough, 128)
    pixels = scenes.DAMAGED["noise"](mostly(calm, rough))
    assert middle(regions.locate(pixels, Flaw.NOISE, SIDE))[0] > 0.5


def test_a_smear_is_shown_where_it_is() -> None:
    scene = scenes.street_life()
    smeared = cv2.blur(scene, (31, 1))
    calm = np.full_like(scene, 128)
    assert middle(regions.locate(mostly(smeared, calm), Flaw.MOTION, SIDE))[0] > 0.5


@pytest.mark.parametrize("shape", [(1, 1), (8, 300), (40, 40), (33, 64)])
@pytest.mark.parametrize("flaw", list(Flaw))
def test_tiny_photos_have_a_region_too(flaw: Flaw, shape: tuple[int, int]) -> None:
    region = regions.locate(np.full((*shape, 3), 255, np.uint8), flaw, 480)
    assert 0 < region.width <= 1
    assert 0 < region.height <= 1


def test_the_side_is_told_in_pixels_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.fromarray(cv2.resize(scenes.street_life(), (3584, 2560))).save(path, quality=80)
    region = regions.find(path, Flaw.BLUR, 640)
    assert region.width * 3584 == pytest.approx(640, abs=64)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("not a picture")
    with pytest.raises(UnreadableError):
        regions.find(path, Flaw.BLUR)
