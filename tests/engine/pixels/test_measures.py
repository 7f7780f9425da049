from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels import measured_windows, measures
from photo_organizer.engine.pixels.beat import beat
from photo_organizer.engine.pixels.picture import Picture
from tests.engine import scenes


def measured(pixels: Pixels, name: str, reduced: int = 1) -> float:
    table = measures.measure(scenes.picture(pixels, reduced))[None]
    return float(measures.column(table, name)[0])


def test_names_are_unique_and_as_many_as_numbers():
    assert len(set(measures.NAMES)) == len(measures.NAMES)
    assert measures.measure(scenes.picture(scenes.fog())).shape == (len(measures.NAMES),)


def test_unknown_measure_is_refused():
    with pytest.raises(KeyError):
        measures.column(np.zeros((1, len(measures.NAMES)), np.float32), "beauty")


@settings(max_examples=15, deadline=None)
@given(
    arrays(
        np.uint8, st.tuples(st.integers(1, 90), st.integers(1, 90), st.just(3)), fill=st.just(7)
    ),
    st.sampled_from((1, 2, 3, 4, 8)),
)
def test_any_picture_gives_finite_numbers(pixels: Pixels, reduced: int):
    assert np.isfinite(measures.measure(scenes.picture(pixels, reduced))).all()


@pytest.mark.parametrize("value", [0, 128, 255])
@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 3), (512, 512)])
def test_even_pictures_give_finite_numbers(shape: tuple[int, int], value: int):
    pixels = np.full((*shape, 3), value, np.uint8)
    assert np.isfinite(measures.measure(scenes.picture(pixels))).all()


def test_the_picture_is_left_as_it_was():
    pixels = scenes.street_life()
    before = pixels.copy()
    measures.measure(scenes.picture(pixels))
    np.testing.assert_array_equal(pixels, before)


def test_threads_measure_the_same():
    pictures = [scenes.picture(scenes.street_life(seed)) for seed in range(3)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(measures.measure, pictures))
    for alone, found in zip(map(measures.measure, pictures), together, strict=True):
        np.testing.assert_array_equal(found, alone)


def test_detail_falls_with_every_step_of_blur():
    scene = scenes.street_life()
    found = [
        measured(cv2.GaussianBlur(scene, (0, 0), sigma), "detail_worst_4_top")
        for sigma in (0.5, 1, 2, 4)
    ]
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("size", [(23, 1), (1, 23)])
def test_motion_takes_detail_from_one_direction_only(size: tuple[int, int]):
    scene = scenes.street_life()
    smeared = cv2.blur(scene, size)
    lost_worst, lost_best = (
        measured(scene, f"detail_{end}_4_all") - measured(smeared, f"detail_{end}_4_all")
        for end in ("worst", "best")
    )
    assert lost_worst > lost_best + 0.7


@pytest.mark.parametrize("deviation", [5, 12, 30, 60])
def test_noise_is_measured_in_grey_levels(deviation: float):
    grain = np.random.default_rng(1).normal(0, deviation, (448, 640, 1))
    pixels = np.clip(scenes.portrait() * 0.3 + 90 + grain, 0, 255).astype(np.uint8)
    assert 2 ** measured(pixels, "noise_flat") == pytest.approx(deviation, rel=0.2, abs=2)


@pytest.mark.parametrize("reduced", [1, 2])
def test_blocks_are_seen_at_the_scale_of_the_file(reduced: int):
    side = 8 // reduced
    levels = np.random.default_rng(2).integers(60, 200, (60, 80, 1), np.uint8)
    blocks = np.kron(levels, np.ones((side, side, 3), np.uint8))
    assert measured(blocks, "blocks", reduced) > 5
    assert measured(scenes.street_life(), "blocks", reduced) < 0.5


@pytest.mark.parametrize("size", [5, 6.4, 8, 11.5])
def test_a_grid_of_any_size_and_place_has_a_beat(size: float):
    random = np.random.default_rng(4)
    rows, columns = (np.floor((np.arange(n) + 3) / size).astype(int) for n in (448, 640))
    cells = random.normal(0, 6, (rows[-1] + 1, columns[-1] + 1))
    grid = cells[rows][:, columns][..., None]
    scene = cv2.GaussianBlur(scenes.street_life(), (0, 0), 1)
    plain = measured(scene, "beat")
    assert measured(np.clip(scene + grid, 0, 255).astype(np.uint8), "beat") > plain + 1


def test_noise_does_not_count_as_detail():
    soft = cv2.GaussianBlur(scenes.street_life(), (0, 0), 5)
    grain = np.random.default_rng(5).normal(0, 8, soft.shape)
    noisy = np.clip(soft + grain, 0, 255).astype(np.uint8)
    sharp = measured(scenes.street_life(), "detail_worst_4_all")
    gap = sharp - measured(soft, "detail_worst_4_all")
    assert abs(measured(noisy, "detail_worst_4_all") - measured(soft, "detail_worst_4_all")) < (
        gap / 3
    )


def test_enlarged_pixels_lie_on_a_lattice():
    scene = scenes.street_life()
    assert measured(scenes.DAMAGED["pixelated"](scene), "lattice") > 0.8
    assert measured(scene, "lattice") < 0.5


def test_brightness_percentiles_and_clipping():
    pixels = np.zeros((200, 200, 3), np.uint8)
    pixels[:100] = 255
    pixels[100:150] = 128
    assert measured(pixels, "clipped_all") == pytest.approx(0.5, abs=0.02)
    assert measured(pixels, "black") == pytest.approx(0.25, abs=0.02)
    assert measured(pixels, "bright_05") == 0
    assert measured(pixels, "bright_99") == pytest.approx(1)


@pytest.mark.parametrize("scene", [scenes.street_life, scenes.fog])
def test_turning_a_photo_changes_no_judgement(scene: Callable[[], Pixels]):
    pixels = scene()[:448, :448]
    turned = np.ascontiguousarray(np.rot90(pixels))
    for name in ("detail_worst_4_top", "noise_flat", "lattice", "bright_50", "clipped_any"):
        assert measured(turned, name) == pytest.approx(measured(pixels, name), abs=0.1)


def test_the_sharpest_place_is_in_the_sharp_region():
    assert abs(measured(scenes.portrait(), "sharpest_x") - 0.45) < 0.2
    assert abs(measured(scenes.portrait(), "sharpest_y") - 0.5) < 0.25


def test_a_sharp_corner_of_a_large_photo_is_found():
    sharp = scenes.street_life()
    large = cv2.GaussianBlur(cv2.resize(sharp, (1920, 1344)), (0, 0), 6)
    soft = measured(large, "fine_top")
    large[1344 - 448 :, 1920 - 640 :] = sharp
    assert measured(large, "fine_top") > soft + 0.5


def test_a_picture_without_columns_keeps_its_shape():
    picture = Picture(np.zeros((64, 64, 3), np.uint8), 8192, 8192, "JPEG")
    assert np.isfinite(measures.measure(picture)).all()


@pytest.mark.parametrize("shape", [(512, 512), (640, 448), (333, 500), (1500, 1000)])
def test_windows_are_the_same_whether_brightness_is_known_already(shape: tuple[int, int]):
    pixels = np.ascontiguousarray(cv2.resize(scenes.street_life(), shape[::-1]))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    energy = np.random.default_rng(0).random((7, 5))
    known = measured_windows.measure_windows(pixels, grey, energy, 8.0)
    assert measured_windows.measure_windows(pixels, None, energy, 8.0) == known
    assert beat(pixels, None) == beat(pixels, grey)
