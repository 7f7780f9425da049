"""Where in a photo a flaw is seen best: found when somebody looks, never stored.

A map over small cells says how much each of them shows of the flaw; the region is the window with
the greatest sum. Clipping has outlines too: what is burnt out or black can be drawn round.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import decode

CELL = 16
"""Side of a cell in decoded pixels."""
OUTLINES = 24
"""At most so many areas are outlined, the largest ones."""
_OUTLINE_SIDE = 320
"""Longest side, in pixels, of the picture in which areas are outlined."""
_STILL = 3
"""Neighbours that differ by no more levels count as equal."""
_BURNT_OUT = 250
"""The lightest channel from here on is white: as `measures` counts it."""
_BLACK = 12
"""The lightest channel up to here shows nothing on a screen."""

_Array = NDArray[Any]
Outline = tuple[tuple[float, float], ...]
"""Corners (x, y) of a polygon, 0 to 1 of the width and height."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of an upright photo; everything in shares of its width and height, 0 to 1."""

    left: float
    top: float
    width: float
    height: float
    outlines: tuple[Outline, ...] = ()
    """What is burnt out (overexposed) or black (too dark)."""


def find(path: Path, flaw: Flaw, side: int = 480) -> Region:
    """The square of a photo that shows a flaw best, or decides it.

    Args:
        path: the photo's file.
        flaw: the flaw it is flagged for. The sharpest part speaks for `Flaw.BLUR` and the
            brightest for `Flaw.DARK`: nothing is better. `Flaw.SMALL` is the whole photo's.
        side: of the square, in pixels of the photo; cut to the photo's size.

    Raises:
        UnreadableError: the file cannot be decoded whole.
        OSError: the file cannot be read.
    """
    picture = decode.decode(path.read_bytes(), path.suffix)
    return locate(picture.pixels, flaw, side * picture.scale)


def locate(pixels: Pixels, flaw: Flaw, side: float) -> Region:
    """See `find`; `side` in pixels of `pixels`."""
    height, width = pixels.shape[:2]
    if flaw is Flaw.SMALL or min(width, height) < 2 * CELL:
        return Region(0.0, 0.0, 1.0, 1.0)
    cells = _MAPS[flaw](pixels)
    rows, columns = (min(n, max(1, round(side / CELL))) for n in cells.shape)
    sums = cv2.boxFilter(
        cells.astype(np.float64), -1, (columns, rows), anchor=(0, 0), normalize=False
    )
    sums = sums[: cells.shape[0] - rows + 1, : cells.shape[1] - columns + 1]
    row, column = divmod(int(sums.argmax()), sums.shape[1])
    clipped = {Flaw.OVEREXPOSED: _burnt_out, Flaw.DARK: _black}.get(flaw)
    return Region(
        column * CELL / width,
        row * CELL / height,
        min(1.0, columns * CELL / width),
        min(1.0, rows * CELL / height),
        _outlines(clipped(pixels)) if clipped else (),
    )


def _cells(values: _Array) -> _Array:
    """The mean over each cell; what is left over at the right and below is left out."""
    rows, columns = values.shape[0] // CELL, values.shape[1] // CELL
    whole = np.ascontiguousarray(values[: rows * CELL, : columns * CELL], np.float32)
    means: _Array = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA)
    return means


def _level(pixels: Pixels) -> _Array:
    level: _Array = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return level


def _sharpness(pixels: Pixels) -> _Array:
    """Fine contrast without the noise that is everywhere: what is in focus, if anything is."""
    level = cv2.GaussianBlur(_level(pixels), (0, 0), 0.8)
    detail = _cells(np.abs(cv2.Laplacian(level, cv2.CV_32F)))
    above: _Array = np.maximum(detail - np.quantile(detail, 0.2), 0) ** 2
    return above


def _smear(pixels: Pixels) -> _Array:
    """Contrast that has one direction only: structure tensor, strong less weak eigenvalue."""
    level = cv2.GaussianBlur(_level(pixels), (0, 0), 0.8)
    x, y = cv2.Sobel(level, cv2.CV_32F, 1, 0), cv2.Sobel(level, cv2.CV_32F, 0, 1)
    xx, xy, yy = (_cells(product) for product in (x * x, x * y, y * y))
    directed: _Array = np.sqrt(np.hypot((xx - yy) / 2, xy))
    return directed


def _flicker(pixels: Pixels) -> _Array:
    """Noise where nothing else is: flat cells of middle brightness count most."""
    level = _level(pixels)
    fine = _cells(np.abs(cv2.Laplacian(level, cv2.CV_32F)))
    coarse = cv2.GaussianBlur(level, (0, 0), 4)
    contrast = _cells(np.abs(cv2.Laplacian(coarse, cv2.CV_32F, ksize=5)))
    bright = _cells(level)
    seen = (bright > 16) & (bright < 239)
    flickers: _Array = fine * seen / (contrast / max(float(np.median(contrast)), 1e-3) + 0.3)
    return flickers


def _burnt_out(pixels: Pixels) -> NDArray[np.bool_]:
    burnt: NDArray[np.bool_] = _lightest(pixels) >= _BURNT_OUT
    return burnt


def _black(pixels: Pixels) -> NDArray[np.bool_]:
    black: NDArray[np.bool_] = _lightest(pixels) <= _BLACK
    return black


def _lightest(pixels: Pixels) -> _Array:
    """The lightest channel of every pixel; several times as fast as ``pixels.max(axis=2)``."""
    red, green, blue = cv2.split(pixels)
    lightest: _Array = cv2.max(cv2.max(red, green), blue)
    return lightest


def _whiteness(pixels: Pixels) -> _Array:
    # Brightness decides between cells that are burnt out, or not burnt out, alike.
    return _cells(_burnt_out(pixels).astype(np.float32)) + _cells(_level(pixels)) / 2550


def _brightness(pixels: Pixels) -> _Array:
    """Of a photo that is too dark the brightest part tells how dark it is."""
    bright: _Array = _cells(_level(pixels)) ** 2
    return bright


def _squares(pixels: Pixels) -> _Array:
    """Steps between pixels that are otherwise equal: enlarged pixels, and blocks of compression."""
    level = _level(pixels)
    rows, columns = level.shape
    across = np.abs(np.diff(level, axis=1))[: rows - 1]
    down = np.abs(np.diff(level, axis=0))[:, : columns - 1]
    still = _cells((across <= _STILL).astype(np.float32) + (down <= _STILL)) / 2
    squares: _Array = still**4 * np.sqrt(_cells(across + down))
    return squares


_MAPS: dict[Flaw, Callable[[Pixels], _Array]] = {
    Flaw.BLUR: _sharpness,
    Flaw.MOTION: _smear,
    Flaw.NOISE: _flicker,
    Flaw.DARK: _brightness,
    Flaw.OVEREXPOSED: _whiteness,
    Flaw.PIXELATED: _squares,
    Flaw.COMPRESSION: _squares,
}


def _outlines(mask: NDArray[np.bool_]) -> tuple[Outline, ...]:
    height, width = mask.shape
    scale = min(1.0, _OUTLINE_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    share = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    # A frame of nothing around it: areas at the edge are closed along the edge.
    small = np.pad((share > 0.5).astype(np.uint8), 1)
    for smooth in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN):
        small = cv2.morphologyEx(small, smooth, np.ones((5, 5), np.uint8))
    found, _ = cv2.findContours(small, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    found = sorted(found, key=cv2.contourArea, reverse=True)[:OUTLINES]
    outlines = []
    for contour in found:
        corners = cv2.approxPolyDP(contour, 1.0, closed=True)[:, 0].astype(float) - 0.5
        corners = np.clip(corners / size, 0, 1)
        if len(corners) >= 3:
            outlines.append(tuple((float(x), float(y)) for x, y in corners))
    return tuple(outlines)
