"""What a fingerprint says about a picture, and what leaves it unchanged."""

import imagehash
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photo_organizer.engine.pixels import fingerprints
from photo_organizer.engine.pixels.fingerprints import fingerprint, oriented, unpack
from photo_organizer.engine.pixels.picture import Picture


def scene(seed=0, width=480, height=320):
    """A picture of soft blobs, different for each seed."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 255, (8, 12, 3), dtype=np.uint8)
    image = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(image)


def picture(pixels, width=None, height=None):
    return Picture(pixels, width or pixels.shape[1], height or pixels.shape[0], "JPEG")


def fields(pixels, **kw):
    return unpack(fingerprint(picture(pixels, **kw))[None])[0]


def test_has_the_promised_size():
    row = fingerprint(picture(scene()))
    assert row.shape == (fingerprints.SIZE,)
    assert row.dtype == np.uint8


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 900, 3), (2000, 3, 3), (48, 48, 3), (5, 5, 3)])
def test_takes_pictures_of_any_size(shape):
    row = fields(np.full(shape, 90, np.uint8))
    assert (row["grey"] == 90).all()


def test_hardly_depends_on_the_resolution():
    whole = fields(scene(width=1920, height=1280))["grey"].astype(int)
    small = fields(scene(width=480, height=320))["grey"].astype(int)
    assert np.abs(whole - small).max() <= 3


def test_one_pixel_is_too_little_to_change_anything():
    pixels = scene()
    changed = pixels.copy()
    changed[7, 7] ^= 1
    assert (fields(pixels)["grey"] == fields(changed)["grey"]).all()


def test_a_border_is_cut_off():
    pixels = scene()
    framed = np.pad(pixels, ((20, 20), (20, 20), (0, 0)), constant_values=255)
    plain, bordered = fields(pixels), fields(framed)
    assert bordered["bordered"] == 1
    assert plain["bordered"] == 0
    assert np.abs(plain["grey"].astype(int) - bordered["grey"]).mean() < 4
    assert bordered["aspect"] == pytest.approx(plain["aspect"], rel=0.02)


def test_a_sky_at_one_side_is_no_border():
    pixels = scene().copy()
    pixels[:40] = (120, 160, 220)
    assert fields(pixels)["bordered"] == 0


def test_a_picture_of_one_colour_is_left_whole():
    assert fields(np.full((300, 400, 3), 200, np.uint8))["bordered"] == 0


def test_the_sharp_side_shows_in_the_focus_grid():
    random = np.random.default_rng(0)
    pixels = np.full((400, 400, 3), 128, np.uint8)
    pixels[:, :200] = (
        random.integers(0, 255, (100, 50, 1), dtype=np.uint8).repeat(4, 0).repeat(4, 1)
    )
    focus = fields(pixels)["focus"].astype(int)
    assert focus[:, 0].min() > focus[:, 3].max() + 16


def test_the_hash_is_that_of_imagehash():
    grey = fields(scene(3))["grey"]
    ours = fingerprints.perceptual_hashes(grey[None])[0]
    theirs = imagehash.phash(Image.fromarray(grey), hash_size=16, highfreq_factor=3)
    assert (np.unpackbits(ours) == theirs.hash.reshape(-1)).all()


def test_hash_distances_count_bits():
    one = np.zeros((2, 32), np.uint8)
    two = one.copy()
    two[1] = 255
    assert fingerprints.hash_distances(one, two).tolist() == [0, 255]


@given(st.integers(0, 7), st.integers(0, 7))
def test_orientations_are_the_eight_of_a_square(first, second):
    square = np.arange(9).reshape(1, 3, 3)
    same = (oriented(square, first) == oriented(square, second)).all()
    assert same == (first == second)
    twice = oriented(oriented(square, first), second)
    assert any((twice == oriented(square, k)).all() for k in range(8))


@pytest.mark.parametrize("turn", range(8))
def test_a_turned_picture_has_the_hash_of_the_turned_thumbnail(turn):
    pixels = scene(5, 480, 480)
    upright, turned = fields(pixels), fields(np.ascontiguousarray(oriented(pixels[None], turn)[0]))
    expected = fingerprints.perceptual_hashes(oriented(upright["grey"][None], turn))
    found = fingerprints.perceptual_hashes(turned["grey"][None])
    assert fingerprints.hash_distances(expected, found)[0] <= 8


def test_texture_tells_flat_pictures_from_others():
    sky = np.linspace(200, 150, 320).astype(np.uint8)[:, None, None].repeat(480, 1).repeat(3, 2)
    squares = np.stack([fields(sky)["grey"], fields(scene())["grey"]])
    flat, busy = fingerprints.texture(squares)
    assert flat < 1.0 < busy
