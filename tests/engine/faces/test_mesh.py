"""Squares are cut out of photos where they should be, at any size, turn and place."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.faces.mesh import CORNERS, MOUTH, POINTS, Mesh, crop


def spot(x: float, y: float, width: int = 900, height: int = 700) -> Pixels:
    """A soft bright spot on black."""
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    light = np.exp(-((across - x) ** 2 + (down - y) ** 2) / 2 / 12**2)
    return np.repeat((light * 255).astype(np.uint8)[..., None], 3, axis=2)


def middle_of_light(view: Pixels) -> tuple[float, float]:
    light = view[..., 0].astype(np.float64)
    down, across = np.indices(light.shape)
    return float((across * light).sum() / light.sum()), float((down * light).sum() / light.sum())


@pytest.mark.parametrize("size", [60.0, 150.0, 200.0, 410.0, 640.0, 1400.0])
@pytest.mark.parametrize("angle", [0.0, 0.4, -1.2])
def test_a_place_is_found_again_by_the_transform(size: float, angle: float) -> None:
    x, y = 430.0 + size / 20, 340.0 - size / 30
    view, transform = crop(spot(x, y), np.array([430.0, 340.0]), size, angle, 192)
    expected = transform @ (x, y, 1)
    assert middle_of_light(view) == pytest.approx(tuple(expected), abs=1.2 if size < 100 else 0.6)


def test_a_square_is_turned_upright() -> None:
    """What lies along the angle lies level after it."""
    angle = 0.5
    start = np.array([300.0, 300.0])
    _, transform = crop(spot(0, 0), start, 200.0, angle, 100)
    ahead = transform @ (*(start + 50 * np.array([np.cos(angle), np.sin(angle)])), 1)
    assert ahead == pytest.approx((75, 50))


def test_large_squares_are_made_smaller_without_skipping_pixels() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (1200, 1200, 3), np.uint8)
    view, _ = crop(noise, np.array([600.0, 600.0]), 1000.0, 0.1, 100)
    assert view.std() < 20  # single pixels deviate by 74, means of 10 × 10 by 7


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (3, 4)])
@pytest.mark.parametrize("middle", [(0.0, 0.0), (-500.0, 20.0), (3000.0, 3000.0)])
def test_any_place_in_any_photo_gives_a_square(
    shape: tuple[int, int], middle: tuple[float, float]
) -> None:
    for size in (0.0, 1.0, 64.0, 5000.0):
        view, transform = crop(np.full((*shape, 3), 9, np.uint8), np.array(middle), size, 1.0, 64)
        assert view.shape == (64, 64, 3)
        assert (view == 9).all()
        assert np.isfinite(cv2.invertAffineTransform(transform)).all()


def test_a_broad_mouth_is_a_smile_however_large_and_turned_the_face_is() -> None:
    points = np.zeros((POINTS, 2))
    points[[CORNERS[0][0], CORNERS[1][1]]] = [0, 0], [100, 0]
    points[list(MOUTH)] = [10, 80], [85, 80]
    turned = points @ np.array([[0, 3], [-3, 0]])
    for each in (points, turned):
        assert Mesh(1.0, each, 0.0).smile == pytest.approx(0.75)


def test_a_face_without_extent_smiles_not() -> None:
    assert Mesh(1.0, np.zeros((POINTS, 2)), 0.0).smile == 0
