"""Where faces are: the full-range detector on the whole photo, and on parts of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.faces.networks import Network, NetworksError, OnnxNetwork

log = logging.getLogger(__name__)

SIDE = 192
"""Of the input, in pixels."""

CELLS = 48
"""The detector answers for so many places along each side of its input."""

LEAST = 0.45
"""Detections that are less sure than this are none."""

HINT, FAINT = 0.3, 0.03
"""From so sure on, a part of the photo is worth a closer look. The second where a face would be
wider than `WIDE` (there are few of those, and little else looks like them), and where many small
ones stand together."""

CROWD = 0.25
"""Where nothing else is seen, but faint hints at small faces are so sure together, one look is
taken at where most of them are."""

GROUP, RATHER_SURE = 3, 0.6
"""From so many small faces on that are as sure as this, others are looked for in all tiles."""

SURE = 0.7
"""No closer look is taken at a face that is as sure as this, and wider than `SMALL`."""

FINE, FAR, SMALL, WIDE = 0.06, 0.08, 0.12, 0.4
"""Widths of faces, as shares of the photo's longer side. Narrower than the first they are looked at
in 3 × 3 tiles, in 2 × 2 up to the last, and with a broad margin beyond it. In a crowd faces are
narrower than the second."""

MARGIN, BROAD_MARGIN = 1.1, 1.5
"""The first look sees so many times the photo's width and height; so does that at faces which fill
it."""

OVERLAP = 0.25
"""Share of a tile that its neighbour has as well: a face lies whole in one of them."""

SAME_UNION, SAME_INSIDE = 0.3, 0.6
"""Two detections are one face where their boxes share so much of both, or of the smaller one."""

Part = tuple[float, float, float, float]
"""Left, top, width and height in pixels of the photo; may reach beyond it."""


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
        self._network = _network()
        middles = (np.arange(CELLS) + 0.5) / CELLS
        self._anchors = np.stack(np.meshgrid(middles, middles), -1).reshape(-1, 1, 2)

    def detect(self, pixels: Pixels) -> list[Detection]:
        """The faces of a photo, the surest first.

        One look at the whole photo; in most photos that show nobody it is the only one. Where it
        hints at something, that part is looked at more closely.

        Args:
            pixels: (H, W, 3) upright RGB.
        """
        height, width = pixels.shape[:2]
        side = max(height, width)
        halves = _Halves(pixels)
        found = self._within(halves, _with_margin(width, height, MARGIN), FAINT)
        hints = _distinct(found)
        parts = {part for one in hints if (part := _closer(one, width, height))}
        if not any(one.score >= HINT for one in hints):
            crowd = _crowd([one for one in hints if one.width < FAR * side], width, height)
            if sum(crowd.values()) >= CROWD:
                parts.add(max(crowd, key=lambda tile: crowd[tile]))
        found += self._in_all(halves, parts)
        small = [one for one in found if one.score >= RATHER_SURE and one.width < FINE * side]
        if len(_distinct(small)) >= GROUP:
            found += self._in_all(halves, set(_tiles(width, height, 3)) - parts)
        return [one for one in _distinct(found) if one.score >= LEAST]

    def _in_all(self, halves: _Halves, parts: Iterable[Part]) -> list[Detection]:
        return [one for part in sorted(parts) for one in self._within(halves, part, LEAST)]

    def _within(self, halves: _Halves, part: Part, least: float) -> list[Detection]:
        """What is a face within one part of the photo, as surely as that at least."""
        left, top, width, height = part
        scale = SIDE / max(width, height)
        shift = np.array(
            [(SIDE - width * scale) / 2 - left * scale, (SIDE - height * scale) / 2 - top * scale]
        )
        view = halves.letterboxed(scale, shift)
        answers = self._network.answers(view)
        logits = answers[1, CELLS * CELLS, 1][0, :, 0]
        chances = 1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -100, 100)))
        # A face is seen at several places next to each other, of which one is the surest.
        around = cv2.dilate(chances.reshape(CELLS, CELLS), np.ones((3, 3), np.uint8)).ravel()
        rows = np.flatnonzero((chances >= least) & (chances == around))
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
            Detection(float(chances[row]), place)
            for row, place in zip(rows, in_photo, strict=True)
            if (place[1] > place[0]).all()
        ]


def _network() -> Network | OnnxNetwork:
    """The detector's network, in the quickest hands there are.

    Raises:
        NetworksError: see `Network`.
    """
    outputs = ((1, CELLS * CELLS, 1), (1, CELLS * CELLS, 16))
    try:
        return OnnxNetwork("detector.onnx", SIDE, -1, outputs)
    except NetworksError as error:
        log.info("faces are looked for by OpenCV: %s", error)
        return Network("detector.tflite", SIDE, -1, outputs)


class _Halves:
    """A photo, and halves of it, each made once: looks at several parts share them."""

    def __init__(self, pixels: Pixels) -> None:
        self._halves = [pixels]

    def letterboxed(self, scale: float, shift: NDArray[np.float64]) -> Pixels:
        """The photo in the detector's input, black around it.

        Args:
            scale: by which it is made smaller, or larger.
            shift: (x, y) of its left top corner in the input.
        """
        times = 0
        while scale * 2 ** (times + 1) <= 1 and self._has(times + 1):
            times += 1
        block = 2**times
        # The middle of the first block lies half a block behind its corner.
        moved = shift + scale * (block - 1) / 2
        transform = np.array([[scale * block, 0, moved[0]], [0, scale * block, moved[1]]])
        view = cv2.warpAffine(self._halves[times], transform, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
        return np.asarray(view, np.uint8)

    def _has(self, times: int) -> bool:
        """Whether the photo can be halved so often; it is, if so."""
        if times == len(self._halves):
            height, width = (side // 2 for side in self._halves[-1].shape[:2])
            if min(height, width) == 0:
                return False
            # Of an odd side the last row is left out: means of whole blocks are fast.
            even = self._halves[-1][: height * 2, : width * 2]
            half = cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA)
            self._halves.append(np.asarray(half, np.uint8))
        return times < len(self._halves)


def _closer(one: Detection, width: int, height: int) -> Part | None:
    """The part of a photo in which to look at what may be a face; None: no need to."""
    share = one.width / max(width, height)
    if one.score < (FAINT if share > WIDE else HINT):
        return None
    if one.score >= SURE and share >= SMALL:
        return None
    if share > WIDE:
        return _with_margin(width, height, BROAD_MARGIN)
    return _roomiest(one, _tiles(width, height, 3 if share < FINE else 2))


def _crowd(small: Sequence[Detection], width: int, height: int) -> dict[Part, float]:
    """The tiles of 3 × 3 with what may be small faces, and how sure those are together."""
    tiles = _tiles(width, height, 3)
    sums: dict[Part, float] = {}
    for one in small:
        tile = _roomiest(one, tiles)
        sums[tile] = sums.get(tile, 0.0) + one.score
    return sums


def _roomiest(one: Detection, parts: Sequence[Part]) -> Part:
    """The part from whose borders a face stays away furthest."""
    return max(parts, key=lambda part: _room(one, part))


def _room(one: Detection, part: Part) -> float:
    """How far a face stays away from the borders of a part, in pixels; below 0 it crosses one."""
    left, top, right, bottom = map(float, one.points[:2].ravel())
    return min(
        left - part[0],
        top - part[1],
        part[0] + part[2] - right,
        part[1] + part[3] - bottom,
    )


def _with_margin(width: int, height: int, times: float) -> Part:
    return (
        -width * (times - 1) / 2,
        -height * (times - 1) / 2,
        width * times,
        height * times,
    )


def _tiles(width: int, height: int, count: int) -> list[Part]:
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
    """Each face once, the surest of its detections first."""
    if not found:
        return []
    ordered = sorted(found, key=lambda one: -one.score)
    corners = np.stack([one.points[:2] for one in ordered])
    areas = np.prod(corners[:, 1] - corners[:, 0], axis=-1)
    left = np.ones(len(ordered), bool)
    kept = []
    for place, one in enumerate(ordered):
        if not left[place]:
            continue
        kept.append(one)
        low = np.maximum(corners[place, 0], corners[:, 0])
        high = np.minimum(corners[place, 1], corners[:, 1])
        shared = np.prod(np.maximum(high - low, 0), axis=-1)
        left &= shared <= SAME_UNION * (areas + areas[place] - shared)
        left &= shared <= SAME_INSIDE * np.minimum(areas, areas[place])
    return kept
