"""What a found face looks like: a mesh of 468 points, and the lids of both eyes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.faces.detector import Detection
from photo_organizer.engine.faces.networks import Network

SIDE, EYE_SIDE = 192, 64
"""Of the inputs, in pixels."""

MARGIN = 1.5
"""The mesh sees a square so many times as wide as the box."""

EYE_MARGIN = 2.3
"""The iris model sees a square so many times as wide as the eye."""

POINTS, OUTLINE = 468, 71

CORNERS = ((33, 133), (362, 263))
"""Points of the mesh at the corners of each eye, the one further left in the upright face first."""

MOUTH = (61, 291)
"""Points of the mesh at the corners of the mouth."""

CHEEKS = (234, 454)
"""Points of the mesh at both sides of the face: how far they are away tells its turn."""

LOWER_LID, UPPER_LID, LID_CORNERS = (3, 4, 5), (11, 12, 13), (0, 8)
"""Points of the lids' outline: three around its middle, below and above, and its corners."""

DOUBT = (0.14, 0.26)
"""An eye whose openness seems to lie between is looked at once more, as a mirror shows it: both
looks err in different ways, and their mean errs less."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mesh:
    """The mesh of one face, in pixels of the photo."""

    presence: float
    """0 to 1."""
    points: Points
    """(468, 2)"""
    yaw: float
    """Degrees; see `Face.yaw`."""

    def eye(self, number: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Both corners of an eye, the one further left first."""
        first, second = CORNERS[number]
        return self.points[first], self.points[second]

    @property
    def smile(self) -> float:
        """See `Face.smile`."""
        left, right = self.points[list(MOUTH)]
        outer = self.points[CORNERS[1][1]] - self.points[CORNERS[0][0]]
        return float(np.linalg.norm(right - left)) / max(float(np.linalg.norm(outer)), 1e-6)


class FaceReader:
    """Reads mesh and lids of found faces; belongs to the thread that made it.

    Raises:
        NetworksError: see `Network`.
    """

    def __init__(self) -> None:
        self._mesh = Network("mesh.tflite", SIDE, 0, ((1, 1, 1, 1), (1, 3 * POINTS, 1, 1)))
        lids, iris = (1, 3 * OUTLINE), (1, 15)
        self._iris = Network("iris.tflite", EYE_SIDE, 0, (lids, iris), wanted=(lids,))

    def mesh(self, pixels: Pixels, face: Detection) -> Mesh:
        """The mesh of a face.

        Args:
            pixels: (H, W, 3) upright RGB.
            face: where it is.
        """
        across = face.points[3] - face.points[2]
        middle = (face.points[0] + face.points[1]) / 2
        angle = float(np.arctan2(across[1], across[0]))
        view, transform = crop(pixels, middle, face.width * MARGIN, angle, SIDE)
        answers = self._mesh.answers(view)
        logit = float(answers[1, 1, 1, 1].ravel()[0])
        found = answers[1, 3 * POINTS, 1, 1].reshape(POINTS, 3).astype(np.float64)
        back = cv2.invertAffineTransform(transform)
        points = found[:, :2] @ back[:, :2].T + back[:, 2]
        side = found[CHEEKS[1]] - found[CHEEKS[0]]
        yaw = float(np.degrees(np.arctan2(side[2], side[0])))
        return Mesh(1 / (1 + float(np.exp(-np.clip(logit, -100, 100)))), points, yaw)

    def openness(self, pixels: Pixels, mesh: Mesh, number: int) -> float:
        """How far an eye is open: the mean height between the lids over the width.

        Args:
            pixels: (H, W, 3) upright RGB.
            mesh: of the face.
            number: 0 for the eye further left in the upright face, 1 for the other one.
        """
        left, right = mesh.eye(number)
        across = right - left
        angle = float(np.arctan2(across[1], across[0]))
        size = float(np.linalg.norm(across)) * EYE_MARGIN
        view, _ = crop(pixels, (left + right) / 2, size, angle, EYE_SIDE)
        # The network was taught by eyes like the first.
        views = (view, view[:, ::-1]) if number == 0 else (view[:, ::-1], view)
        first = self._lids_apart(views[0])
        if DOUBT[0] < first < DOUBT[1]:
            return (first + self._lids_apart(views[1])) / 2
        return first

    def _lids_apart(self, view: Pixels) -> float:
        answers = self._iris.answers(np.ascontiguousarray(view))
        outline = answers[1, 3 * OUTLINE].reshape(OUTLINE, 3)[:, :2].astype(np.float64)
        left, right = outline[list(LID_CORNERS)]
        width = max(float(np.linalg.norm(right - left)), 1e-6)
        down = np.array([left[1] - right[1], right[0] - left[0]]) / width
        heights = (outline[list(LOWER_LID)] - outline[list(UPPER_LID)]) @ down
        return max(float(heights.mean()), 0.0) / width  # below 0 the lids seem to overlap


def crop(
    pixels: Pixels, middle: Points, size: float, angle: float, side: int
) -> tuple[Pixels, NDArray[np.float64]]:
    """A square of the photo, turned upright.

    Args:
        pixels: (H, W, 3).
        middle: of the square, in pixels.
        size: of its sides, in pixels.
        angle: by which it is turned, in radians.
        side: of the answer, in pixels.

    Returns:
        (side, side, 3), and the (2, 3) transform from the photo to it. Beyond the photo its edge
        goes on.
    """
    scale = side / max(size, 1e-3)
    cosine, sine = np.cos(-angle) * scale, np.sin(-angle) * scale
    turn = np.array([[cosine, -sine], [sine, cosine]])
    transform = np.column_stack((turn, side / 2 - turn @ middle))
    pixels, start, block = _reduced(pixels, middle, size, int(1 / scale))
    # The middle of the first block lies half a block behind its corner.
    moved = transform[:, :2] @ (start + (block - 1) / 2) + transform[:, 2]
    view = cv2.warpAffine(
        pixels,
        np.column_stack((turn * block, moved)),
        (side, side),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(view, np.uint8), transform


def _reduced(
    pixels: Pixels, middle: Points, size: float, factor: int
) -> tuple[Pixels, Points, Points]:
    """What is around a square, in means of blocks: a plain transform would skip pixels.

    Returns:
        The blocks, where they begin in the photo (x, y), and how many pixels each is wide and high.
    """
    if factor < 2:
        return pixels, np.zeros(2), np.ones(2)
    end = np.array(pixels.shape[1::-1])
    reach = size * 0.75 + factor  # a turned square reaches 0.71 of its side
    low = np.clip(np.floor(middle - reach), 0, end - 1).astype(int)
    high = np.clip(np.ceil(middle + reach), low + 1, end).astype(int)
    count = np.maximum((high - low) // factor, 1)
    part = pixels[low[1] : high[1], low[0] : high[0]]
    blocks = cv2.resize(part, (int(count[0]), int(count[1])), interpolation=cv2.INTER_AREA)
    return np.asarray(blocks, np.uint8), low.astype(np.float64), (high - low) / count
