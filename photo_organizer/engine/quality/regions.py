"""Where in a photo a flaw is seen best: found when somebody looks, never stored.

A map over small cells says how much each of them shows of the flaw; the region is the window with
the greatest sum. Clipping has outlines too: what is burnt out or black can be drawn round.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.domain.regions import Outline, Region
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.isolation import views
from photo_organizer.engine.quality.descriptions import describe
from photo_organizer.engine.quality.maps import CELL, Mask

OUTLINES = 24
"""At most so many areas are outlined, the largest ones."""
_OUTLINE_SIDE = 320
"""Longest side, in pixels, of the picture in which areas are outlined."""


def find(path: Path, flaw: Flaw, side: int = 480) -> Region:
    """The square of a photo that shows a flaw best, or decides it.

    Args:
        path: the photo's file.
        flaw: the flaw it is flagged for. The sharpest part speaks for `Flaw.BLUR` and the
            brightest for `Flaw.DARK`: nothing is better. `Flaw.SMALL` is the whole photo's.
        side: of the square, in pixels of the photo; cut to the photo's size.

    Raises:
        UnreadableError: the file cannot be read or decoded whole.
    """
    pixels, scale = views.analysed(path)
    return locate(pixels, flaw, side * scale)


def locate(pixels: Pixels, flaw: Flaw, side: float) -> Region:
    """See `find`; `side` in pixels of `pixels`."""
    height, width = pixels.shape[:2]
    described = describe(flaw)
    if described.shown is None or min(width, height) < 2 * CELL:
        return Region(0.0, 0.0, 1.0, 1.0)
    cells = described.shown(pixels)
    rows, columns = (min(n, max(1, round(side / CELL))) for n in cells.shape)
    sums = cv2.boxFilter(
        cells.astype(np.float64), -1, (columns, rows), anchor=(0, 0), normalize=False
    )
    sums = sums[: cells.shape[0] - rows + 1, : cells.shape[1] - columns + 1]
    row, column = divmod(int(sums.argmax()), sums.shape[1])
    return Region(
        column * CELL / width,
        row * CELL / height,
        min(1.0, columns * CELL / width),
        min(1.0, rows * CELL / height),
        _outlines(described.outlined(pixels)) if described.outlined else (),
    )


def _outlines(mask: Mask) -> tuple[Outline, ...]:
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
