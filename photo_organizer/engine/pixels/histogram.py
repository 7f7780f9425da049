"""How the brightness values of a picture are spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BINS = 128
MOST_PIXELS = 150_000
"""More are not counted: a curve of 128 points is smooth long before."""
_TOP = 99.0
"""Percentile of the bins that reaches the upper edge: one white sky must not flatten the rest."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Curves of a picture, each of `BINS` heights from 0.0 to 1.0, dark to bright."""

    red: tuple[float, ...]
    green: tuple[float, ...]
    blue: tuple[float, ...]
    dark: float
    """Share of the pixels that are black in every colour (0 or 1 of 255), 0.0 to 1.0."""
    bright: float
    """Share of the pixels that are burnt out in some colour (254 or 255 of 255)."""


def histogram(data: bytes | memoryview, width: int, height: int, stride: int) -> Histogram:
    """Count the values of a picture.

    Args:
        data: rows of 4 bytes a pixel: blue, green, red and one that means nothing.
        width: in pixels.
        height: in pixels.
        stride: bytes from row to row.
    """
    rows = np.frombuffer(data, np.uint8)[: height * stride].reshape(height, stride)
    pixels = rows[:, : 4 * width].reshape(height, width, 4)[..., 2::-1]
    step = max(1, round((width * height / MOST_PIXELS) ** 0.5))
    colours = pixels[::step, ::step].reshape(-1, 3)
    counts = np.stack(
        [np.bincount(colours[:, c] >> 1, minlength=BINS).astype(np.float64) for c in range(3)]
    )
    top = max(np.percentile(counts, _TOP), 1.0)
    curves = np.minimum(counts / top, 1.0)
    red, green, blue = (tuple(map(float, curve)) for curve in curves)
    return Histogram(
        red,
        green,
        blue,
        dark=float((colours.max(axis=1) <= 1).mean()),
        bright=float((colours.max(axis=1) >= 254).mean()),
    )
