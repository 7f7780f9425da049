"""Where faces are: the full-range detector on the whole photo, and on parts of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.faces.networks import Network

SIDE = 192
"""Of the input, in pixels."""

CELLS = 48
"""The detector answers for so many places along each side of its input."""

LEAST = 0.5
"""Detections that are less sure than this are none."""

SMALL = 0.12
"""Share of the photo's longer side; where a face is narrower, others may be too small to be seen
in the whole photo."""

OVERLAP = 0.25
"""Share of a tile that its neighbour has as well: a face lies whole in one of them."""

SAME_UNION, SAME_INSIDE = 0.3, 0.6
"""Two detections are one face where their boxes share so much of both, or of the smaller one."""

Corners = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Detection:
    """One face, in pixels of the photo; may reach beyond it."""

    score: float
    points: NDArray[np.float64]
    """(8, 2): left top and right bottom of the box, then the eyes (first the one on the left of the
    upright face), the tip of the nose, the mouth, and both ears."""

    @property
    def width(self) -> float:
        """The longer side of the box, which is nearly square."""
        return float((self.points[1] - self.points[0]).max())


class Detector:
    """Finds faces; belongs to the thread that made it.

    Raises:
        NetworksError: see `Network`.
    """

    def __init__(self) -> None:
        places = CELLS * CELLS
        self._network = Network("detector.tflite", SIDE, ((1, places, 1), (1, places, 16)))
        middles = (np.arange(CELLS) + 0.5) / CELLS
        self._anchors = np.stack(np.meshgrid(middles, middles), -1).reshape(-1, 1, 2)

    def detect(self, pixels: Pixels) -> list[Detection]:
        """The faces of a photo, the surest first.

        The whole photo first, then with a margin (for faces that fill it), in 2 × 2 tiles and,
        where faces are small or several, in 3 × 3.

        Args:
            pixels: (H, W, 3) upright RGB.
        """
        height, width = pixels.shape[:2]
        found = self._within(pixels, (0, 0, width, height))
        found += self._within(pixels, (-width / 4, -height / 4, width * 1.5, height * 1.5))
        found += self._in_all(pixels, _tiles(width, height, 2))
        narrow = any(one.width < SMALL * max(width, height) for one in found)
        if narrow or len(_distinct(found)) > 1:
            found += self._in_all(pixels, _tiles(width, height, 3))
        return _distinct(found)

    def _in_all(self, pixels: Pixels, parts: Iterable[Corners]) -> list[Detection]:
        return [one for part in parts for one in self._within(pixels, part)]

    def _within(self, pixels: Pixels, part: Corners) -> list[Detection]:
        """The faces within one part: left, top, width and height in pixels."""
        left, top, width, height = part
        scale = SIDE / max(width, height)
        shift = np.array(
            [(SIDE - width * scale) / 2 - left * scale, (SIDE - height * scale) / 2 - top * scale]
        )
        view = _letterboxed(pixels, scale, shift)
        answers = self._network.answers(view.astype(np.float32) / 127.5 - 1)
        logits = answers[1, CELLS * CELLS, 1][0, :, 0]
        chances = 1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -100, 100)))
        rows = np.flatnonzero(chances >= LEAST)
        places = answers[1, CELLS * CELLS, 16][0, rows].reshape(-1, 8, 2) / SIDE
        middle, size = self._anchors[rows, 0] + places[:, 0], places[:, 1]
        points = np.concatenate(
            (
                (middle - size / 2)[:, None],
                (middle + size / 2)[:, None],
                places[:, 2:] + self._anchors[rows],
            ),
            axis=1,
        )
        in_photo = (points * SIDE - shift) / scale
        return [
            Detection(float(chances[row]), place) for row, place in zip(rows, in_photo, strict=True)
        ]


def _letterboxed(pixels: Pixels, scale: float, shift: NDArray[np.float64]) -> Pixels:
    """The photo in the detector's input, black around it."""
    height, width = pixels.shape[:2]
    transform = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    if scale < 0.5:
        # Means of blocks first: a plain transform would skip pixels.
        factor = int(1 / scale / 1.01)
        size = (max(1, width // factor), max(1, height // factor))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        transform[:, :2] *= (width / size[0], height / size[1])
    return np.asarray(
        cv2.warpAffine(pixels, transform, (SIDE, SIDE), flags=cv2.INTER_LINEAR), np.uint8
    )


def _tiles(width: int, height: int, count: int) -> list[Corners]:
    """`count` × `count` parts that overlap."""
    share = count - (count - 1) * OVERLAP
    wide, high = width / share, height / share
    step = 1 - OVERLAP
    return [
        (column * wide * step, row * high * step, wide, high)
        for row in range(count)
        for column in range(count)
    ]


def _distinct(found: Sequence[Detection]) -> list[Detection]:
    """Each face once, the surest of its detections."""
    kept: list[Detection] = []
    for one in sorted(found, key=lambda detection: -detection.score):
        if not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _is_same(one: Detection, other: Detection) -> bool:
    low = np.maximum(one.points[0], other.points[0])
    high = np.minimum(one.points[1], other.points[1])
    shared = float(np.prod(np.maximum(high - low, 0)))
    areas = [float(np.prod(d.points[1] - d.points[0])) for d in (one, other)]
    return shared > SAME_UNION * (sum(areas) - shared) or shared > SAME_INSIDE * min(areas)
