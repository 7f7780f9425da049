"""Faces cut out of photos: eyes level, at one place, in one size."""

import math

import cv2
import numpy as np
import pytest

from photo_organizer.engine.domain.closeups import EYES_APART, EYES_AT, Closeup
from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.closeups import BEYOND, LARGEST_VIEW, cut, view_side

SIDE = 120


def photo_with_eyes(middle: tuple[int, int], apart: float, turn: float) -> Pixels:
    """A grey photo, 900 × 600, with a red eye at the left and a blue one at the right."""
    pixels = np.full((600, 900, 3), 180, np.uint8)
    dx, dy = (apart / 2 * f(math.radians(turn)) for f in (math.cos, math.sin))
    for sign, colour in ((-1, (255, 0, 0)), (1, (0, 0, 255))):
        place = round(middle[0] + sign * dx), round(middle[1] + sign * dy)
        cv2.circle(pixels, place, max(4, round(apart / 12)), colour, -1)
    return pixels


def place_of(pixels: Pixels, channel: int) -> tuple[float, float]:
    """The middle of what has this colour alone, as fractions."""
    strong = pixels[..., channel].astype(int) - pixels[..., 2 - channel].astype(int) > 120
    ys, xs = np.nonzero(strong)
    return float(xs.mean() + 0.5) / pixels.shape[1], float(ys.mean() + 0.5) / pixels.shape[0]


@pytest.mark.parametrize("turn", [0.0, 17.0, -30.0, 90.0, 180.0])
@pytest.mark.parametrize("apart", [30.0, 120.0, 260.0])
def test_the_eyes_are_level_and_at_their_place(turn: float, apart: float) -> None:
    pixels = photo_with_eyes((430, 310), apart, turn)
    closeup = Closeup((430 / 900, 310 / 600), apart / EYES_APART / 900, turn)
    made = cut(pixels, closeup, SIDE)
    assert made.shape == (SIDE, SIDE, 3)
    for channel, sign in ((0, -1), (2, 1)):
        x, y = place_of(made, channel)
        assert x == pytest.approx(EYES_AT[0] + sign * EYES_APART / 2, abs=0.02)
        assert y == pytest.approx(EYES_AT[1], abs=0.02)


def test_the_size_of_the_photo_does_not_matter() -> None:
    pixels = photo_with_eyes((430, 310), 120, 10)
    closeup = Closeup((430 / 900, 310 / 600), 120 / EYES_APART / 900, 10)
    small = cv2.resize(pixels, (450, 300), interpolation=cv2.INTER_AREA)
    large = cut(pixels, closeup, SIDE).astype(int)
    assert np.abs(cut(np.asarray(small), closeup, SIDE).astype(int) - large).mean() < 4


def test_what_lies_beyond_the_photo_is_grey() -> None:
    made = cut(photo_with_eyes((4, 4), 60, 0), Closeup((0.0, 0.0), 0.3, 0), SIDE)
    assert tuple(made[2, 2]) == BEYOND
    assert tuple(made[-2, -2]) == (180, 180, 180)


@pytest.mark.parametrize("side", [0.0, 1e-9, 5.0])
def test_odd_numbers_do_no_harm(side: float) -> None:
    pixels = photo_with_eyes((430, 310), 120, 0)
    assert cut(pixels, Closeup((2.0, -1.0), side, 0), SIDE).shape == (SIDE, SIDE, 3)


def test_a_photo_is_decoded_as_large_as_the_face_needs() -> None:
    assert view_side(Closeup((0.5, 0.5), 0.25, 0), 100) == 400
    assert view_side(Closeup((0.5, 0.5), 2.0, 0), 100) == 100
    assert view_side(Closeup((0.5, 0.5), 0.0, 0), 100) == LARGEST_VIEW
