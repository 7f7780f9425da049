"""How much each small part of a photo shows of a flaw: a map over cells, brightest where most.

Masks say of every pixel whether it is clipped: that has outlines.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels

CELL = 16
"""Side of a cell in decoded pixels."""
_STILL = 3
"""Neighbours that differ by no more levels count as equal."""
_BURNT_OUT = 250
"""The lightest channel from here on is white: as `measures` counts it."""
_BLACK = 12
"""The lightest channel up to here shows nothing on a screen."""

Map = NDArray[Any]
"""(rows, columns) of cells."""
Mask = NDArray[np.bool_]
"""(height, width) of pixels."""


def _cells(values: Map) -> Map:
    """The mean over each cell; what is left over at the right and below is left out."""
    rows, columns = values.shape[0] // CELL, values.shape[1] // CELL
    whole = np.ascontiguousarray(values[: rows * CELL, : columns * CELL], np.float32)
    means: Map = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA)
    return means


def _level(pixels: Pixels) -> Map:
    level: Map = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return level


def sharpness(pixels: Pixels) -> Map:
    """Fine contrast without the noise that is everywhere: what is in focus, if anything is."""
    level = cv2.GaussianBlur(_level(pixels), (0, 0), 0.8)
    detail = _cells(np.abs(cv2.Laplacian(level, cv2.CV_32F)))
    above: Map = np.maximum(detail - np.quantile(detail, 0.2), 0) ** 2
    return above


def smear(pixels: Pixels) -> Map:
    """Contrast that has one direction only: structure tensor, strong less weak eigenvalue."""
    level = cv2.GaussianBlur(_level(pixels), (0, 0), 0.8)
    x, y = cv2.Sobel(level, cv2.CV_32F, 1, 0), cv2.Sobel(level, cv2.CV_32F, 0, 1)
    xx, xy, yy = (_cells(product) for product in (x * x, x * y, y * y))
    directed: Map = np.sqrt(np.hypot((xx - yy) / 2, xy))
    return directed


def flicker(pixels: Pixels) -> Map:
    """Noise where nothing else is: flat cells of middle brightness count most."""
    level = _level(pixels)
    fine = _cells(np.abs(cv2.Laplacian(level, cv2.CV_32F)))
    coarse = cv2.GaussianBlur(level, (0, 0), 4)
    contrast = _cells(np.abs(cv2.Laplacian(coarse, cv2.CV_32F, ksize=5)))
    bright = _cells(level)
    seen = (bright > 16) & (bright < 239)
    flickers: Map = fine * seen / (contrast / max(float(np.median(contrast)), 1e-3) + 0.3)
    return flickers


def burnt_out(pixels: Pixels) -> Mask:
    """What is white in at least one colour."""
    burnt: Mask = _lightest(pixels) >= _BURNT_OUT
    return burnt


def black(pixels: Pixels) -> Mask:
    """What shows nothing on a screen."""
    black: Mask = _lightest(pixels) <= _BLACK
    return black


def _lightest(pixels: Pixels) -> Map:
    """The lightest channel of every pixel; several times as fast as ``pixels.max(axis=2)``."""
    red, green, blue = cv2.split(pixels)
    lightest: Map = cv2.max(cv2.max(red, green), blue)
    return lightest


def whiteness(pixels: Pixels) -> Map:
    """Burnt-out cells; brightness decides between those that are alike, burnt out or not."""
    return _cells(burnt_out(pixels).astype(np.float32)) + _cells(_level(pixels)) / 2550


def brightness(pixels: Pixels) -> Map:
    """Of a photo that is too dark the brightest part tells how dark it is."""
    bright: Map = _cells(_level(pixels)) ** 2
    return bright


def squares(pixels: Pixels) -> Map:
    """Steps between pixels that are otherwise equal: enlarged pixels, and blocks of compression."""
    level = _level(pixels)
    rows, columns = level.shape
    across = np.abs(np.diff(level, axis=1))[: rows - 1]
    down = np.abs(np.diff(level, axis=0))[:, : columns - 1]
    still = _cells((across <= _STILL).astype(np.float32) + (down <= _STILL)) / 2
    squares: Map = still**4 * np.sqrt(_cells(across + down))
    return squares
