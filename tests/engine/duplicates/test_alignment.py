"""Laying thumbnails over each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from photo_organizer.engine.duplicates.alignment import (
    align,
    align_tilted,
    coarse_correlation,
    layouts,
    settle,
)
from photo_organizer.engine.pixels.fingerprints import SIDE, oriented


def large(seed, side=480):
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 255, (12, 12), dtype=np.uint8))
    return coarse.resize((side, side), Image.Resampling.BICUBIC)


def thumbnail(image, box=None):
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX, box))[None]


@given(
    st.integers(0, 1000),
    st.floats(0, 0.1),
    st.floats(0, 0.1),
    st.floats(0, 0.1),
    st.floats(0, 0.1),
)
@settings(max_examples=40, deadline=None)
def test_finds_the_crop(seed, left, top, right, bottom):
    image = large(seed)
    box = (480 * left, 480 * top, 480 * (1 - right), 480 * (1 - bottom))
    found = align(thumbnail(image, box), thumbnail(image))
    assert found.correlation[0] > 0.9
    assert found.shift[0] == pytest.approx([top - bottom, left - right], abs=0.03)
    assert found.stretch[0] == pytest.approx([1 - top - bottom, 1 - left - right], abs=0.03)


@given(st.integers(0, 1000), st.floats(-6, 6), st.floats(0.75, 1.0))
@settings(max_examples=40, deadline=None)
def test_a_second_look_finds_the_turn(seed, degrees, part):
    image = large(seed)
    edge = 240 * (1 - part * 0.85)
    box = (edge, edge, 480 - edge, 480 - edge)
    still = thumbnail(image, box)
    moving = thumbnail(image.rotate(degrees, Image.Resampling.BICUBIC), box)
    start = align(still, moving)
    found = align_tilted(still, moving, start)
    assert found.correlation[0] > 0.9
    assert found.correlation[0] >= start.correlation[0]
    assert found.tilt[0] == pytest.approx(abs(np.sin(np.radians(degrees))), abs=0.02)


def test_a_second_look_at_unrelated_pictures_believes_little():
    squares = np.concatenate([thumbnail(large(seed)) for seed in range(40)])
    start = align(squares[:20], squares[20:])
    found = align_tilted(squares[:20], squares[20:], start)
    assert (found.correlation >= start.correlation).all()
    assert found.correlation.max() < 0.75
    same = found.correlation == start.correlation
    assert (found.shift[same] == start.shift[same]).all()


@pytest.mark.parametrize("degrees", [0.0, 0.7, 2.0])
def test_the_closest_fit_tells_what_moved_from_how_the_camera_was_held(degrees):
    image = large(1)
    box = (25, 18, 458, 465)
    held = image.rotate(degrees, Image.Resampling.BICUBIC)
    other = held.copy()
    other.paste(90, (200, 210, 270, 290))
    still = thumbnail(image, (20, 20, 460, 460))
    found = [
        settle(still, thumbnail(moving, box), align(still, thumbnail(moving, box)))
        for moving in (held, other)
    ]
    (_, same, motion), (_, different, _) = found
    assert same[0] < 0.02
    assert different[0] > 0.2
    assert motion[0] == pytest.approx(max(0.03, np.sin(np.radians(degrees))), abs=0.02)


def test_a_caption_does_not_pull_the_closest_fit_away():
    square = thumbnail(large(1))
    captioned = square.copy()
    captioned[0, -4:] = 20
    inside, settled, motion = settle(square, captioned, align(square, captioned))
    assert max(inside[0], settled[0], motion[0]) < 0.02


def test_a_picture_lies_on_itself():
    square = thumbnail(large(1))
    found = align(square, square)
    assert found.correlation[0] == pytest.approx(1.0, abs=1e-3)
    assert found.residual[0] < 0.5
    assert found.peak[0] < 1.0
    assert found.gain[0] == pytest.approx(1.0, abs=0.01)


def test_light_and_contrast_do_not_matter_but_are_told():
    square = thumbnail(large(1))
    flatter = (square * 0.8 + 20).astype(np.uint8)
    found = align(square, flatter)
    assert found.correlation[0] > 0.99
    assert found.residual[0] < 2.0
    assert found.gain[0] == pytest.approx(1.25, abs=0.03)


def test_one_changed_place_shows_in_the_peak_only():
    square = thumbnail(large(1))
    changed = square.copy()
    changed[0, 20:22, 30:32] = 255 - changed[0, 20:22, 30:32]
    found = align(square, changed)
    assert found.residual[0] < 5.0
    assert found.peak[0] > 20.0


def test_unrelated_pictures_do_not_correlate():
    squares = np.concatenate([thumbnail(large(seed)) for seed in range(40)])
    found = align(squares[:20], squares[20:])
    assert np.abs(found.correlation).max() < 0.6
    assert (coarse_correlation(squares, squares) > 0.99).all()


def test_no_pairs_are_no_trouble():
    none = np.empty((0, SIDE, SIDE), np.uint8)
    assert len(align(none, none).correlation) == 0
    assert len(align_tilted(none, none, align(none, none)).correlation) == 0
    assert layouts(none)[0].shape[0] == 0


@pytest.mark.parametrize("turn", range(8))
def test_upright_layouts_are_the_same_however_a_picture_is_turned(turn):
    square = thumbnail(large(3))
    _, upright = layouts(square)
    plain, turned = layouts(np.ascontiguousarray(oriented(square, turn)))
    assert (upright @ turned.T)[0, 0] > 0.999
    assert (plain @ plain.T)[0, 0] == pytest.approx(1.0, abs=1e-3)
