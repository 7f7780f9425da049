"""Finds the faces of a photo and measures each of them."""

from __future__ import annotations

import cv2
import numpy as np

from photo_organizer.engine.domain.faces import Eye, Face
from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.faces.detector import Detection, Detector
from photo_organizer.engine.faces.mesh import FaceReader, Mesh, crop

VERSION = 2
"""Raise it when the same pixels would give other faces: they are looked for again then."""

PRESENT = 0.5
"""A face on which the mesh is less sure than this is none..."""

SURE = 0.85
"""...unless the detector is as sure as this."""

SHARP_SIDE = 96
"""Sharpness is measured on faces of so many pixels, whatever the photo's size."""

LOOK_SIDE, LOOK_MARGIN = 6, 2.0
"""`Face.look` has so many colours along a side, of a square so many times as wide as the face."""


class FaceFinder:
    """Finds and measures faces; belongs to the thread that made it.

    Raises:
        NetworksError: the networks cannot be run.
    """

    def __init__(self) -> None:
        self._detector = Detector()
        self._reader = FaceReader()

    def find(self, pixels: Pixels) -> tuple[Face, ...]:
        """The faces of a photo, the largest first.

        Args:
            pixels: (H, W, 3) upright sRGB.
        """
        found = []
        for detection in self._detector.detect(pixels):
            mesh = self._reader.mesh(pixels, detection)
            if mesh.presence >= PRESENT or detection.score >= SURE:
                found.append(self._measured(pixels, detection, mesh))
        return tuple(sorted(found, key=lambda face: -face.size))

    def _measured(self, pixels: Pixels, detection: Detection, mesh: Mesh) -> Face:
        height, width = pixels.shape[:2]
        low, high = detection.points[:2]
        first, second = (self._eye(pixels, mesh, number) for number in (0, 1))
        return Face(
            box=(
                float(low[0] / width),
                float(low[1] / height),
                float((high[0] - low[0]) / width),
                float((high[1] - low[1]) / height),
            ),
            eyes=(first, second),
            size=detection.width,
            score=detection.score,
            presence=mesh.presence,
            yaw=mesh.yaw,
            sharpness=sharpness(pixels, detection),
            look=look(pixels, detection),
            smile=mesh.smile,
        )

    def _eye(self, pixels: Pixels, mesh: Mesh, number: int) -> Eye:
        height, width = pixels.shape[:2]
        left, right = mesh.eye(number)
        x, y = (left + right) / 2
        seen = 0 <= x < width and 0 <= y < height
        return Eye(
            (float(x / width), float(y / height)),
            float(np.linalg.norm(right - left)) if seen else 0.0,
            self._reader.openness(pixels, mesh, number) if seen else 0.0,
        )


def sharpness(pixels: Pixels, face: Detection) -> float:
    """How sharp a face is: variance of the Laplacian over that of the greys, at one size."""
    middle = (face.points[0] + face.points[1]) / 2
    view, _ = crop(pixels, middle, face.width, 0.0, SHARP_SIDE)
    greys = cv2.cvtColor(view, cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(greys, cv2.CV_32F).var() / (greys.var() + 1.0))


def look(pixels: Pixels, face: Detection) -> bytes:
    """See `Face.look`."""
    middle = (face.points[0] + face.points[1]) / 2
    view, _ = crop(pixels, middle, face.width * LOOK_MARGIN, 0.0, LOOK_SIDE * 16)
    small = cv2.resize(view, (LOOK_SIDE, LOOK_SIDE), interpolation=cv2.INTER_AREA)
    return bytes(np.asarray(small, np.uint8).tobytes())
