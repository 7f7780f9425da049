"""The spread of brightness values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.pixels.histogram import BINS, Histogram, histogram


def of(rgb: np.ndarray, padding: int = 0) -> Histogram:
    """The histogram of an (H, W, 3) picture, its rows padded as Qt may do it."""
    height, width, _ = rgb.shape
    rows = np.full((height, 4 * width + padding), 99, np.uint8)
    rows[:, : 4 * width].reshape(height, width, 4)[..., :3] = rgb[..., ::-1]
    return histogram(rows.tobytes(), width, height, 4 * width + padding)


@given(st.tuples(*[st.integers(0, 255)] * 3), st.integers(1, 40), st.integers(1, 40))
def test_one_colour_is_one_peak_in_each_curve(
    colour: tuple[int, int, int], width: int, height: int
) -> None:
    found = of(np.full((height, width, 3), colour, np.uint8), padding=8)
    for curve, value in zip((found.red, found.green, found.blue), colour, strict=True):
        assert len(curve) == BINS
        assert [i for i, h in enumerate(curve) if h] == [value // 2]
    assert found.dark == (max(colour) <= 1)
    assert found.bright == (max(colour) >= 254)


def test_a_white_sky_does_not_flatten_the_rest() -> None:
    picture = np.full((100, 100, 3), 255, np.uint8)
    picture[:50] = np.linspace(40, 200, 5000).astype(np.uint8).reshape(50, 100, 1)
    found = of(picture)
    assert found.bright == pytest.approx(0.5)
    assert max(found.green[20:100]) > 0.5


def test_a_large_picture_is_counted_in_part_and_looks_the_same() -> None:
    rng = np.random.default_rng(5)
    small = np.clip(rng.normal(120, 30, (300, 400, 3)), 0, 255).astype(np.uint8)
    large = np.repeat(np.repeat(small, 5, axis=0), 5, axis=1)
    assert np.allclose(of(small).red, of(large).red, atol=0.2)
