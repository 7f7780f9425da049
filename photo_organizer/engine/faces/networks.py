"""The three networks that come with the program: where they are, and how they are run.

MediaPipe's full-range face detector, face mesh and iris model, by Google (Apache-2.0; see
``resources/faces/NOTICE``), as OpenCV's ``dnn`` reads them. ``tools/fetch_faces.py`` fetched them.
The detector, which looks at every photo, is there for ONNX Runtime as well, in whose hands it takes
half the time; the other two, which look at faces, are quicker in OpenCV's.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets, onnx
from photo_organizer.engine.domain.facts import Pixels

Shape = tuple[int, ...]

Outputs = dict[Shape, NDArray[np.float32]]
"""What a network answers, by its shape: the order of outputs is up to OpenCV."""


class NetworksError(Exception):
    """The networks cannot be run on this machine: another OpenCV reads them differently."""


class _Answering:
    """Has pixels in the range that a network wants."""

    def __init__(self, darkest: float) -> None:
        self._scale = (1 - darkest) / 255
        self._mean = -darkest / self._scale

    def _ranged(self, pixels: Pixels) -> NDArray[np.float32]:
        """(side, side, 3) RGB as (1, 3, side, side)."""
        mean = (self._mean, self._mean, self._mean)
        return np.asarray(cv2.dnn.blobFromImage(pixels, self._scale, mean=mean), np.float32)


class OnnxNetwork(_Answering):
    """One network on ONNX Runtime; belongs to the thread that made it.

    Args:
        name: of the file below ``resources/faces``.
        side: of its square input, in pixels.
        darkest: what black is in its input; white is 1.
        outputs: the shapes that it must answer.

    Raises:
        NetworksError: it cannot be run, or answers something else.
    """

    def __init__(self, name: str, side: int, darkest: float, outputs: Sequence[Shape]) -> None:
        super().__init__(darkest)
        try:
            with as_file(assets.resource("faces", name)) as file:
                self._session = onnx.session(file, log_severity=4)
            self._input = self._session.get_inputs()[0].name
            found = set(self.answers(np.zeros((side, side, 3), np.uint8)))
        except Exception as error:  # each kind of broken file raises a kind of its own
            raise NetworksError(f"{name}: {error}") from error
        if found != set(outputs):
            raise NetworksError(f"{name}: answers {sorted(found)} instead of {sorted(outputs)}")

    def answers(self, pixels: Pixels) -> Outputs:
        """Run it.

        Args:
            pixels: (side, side, 3) RGB.
        """
        outputs = self._session.run(None, {self._input: self._ranged(pixels)})
        return {output.shape: output for output in outputs}


class Network(_Answering):
    """One network in OpenCV's hands; belongs to the thread that made it.

    Args:
        name: of the file below ``resources/faces``.
        side: of its square input, in pixels.
        darkest: what black is in its input; white is 1.
        outputs: the shapes that it must answer.
        wanted: those of them that are asked for: what only others need is not computed.

    Raises:
        NetworksError: OpenCV cannot read it, or answers something else.
    """

    def __init__(
        self,
        name: str,
        side: int,
        darkest: float,
        outputs: Sequence[Shape],
        wanted: Sequence[Shape] | None = None,
    ) -> None:
        super().__init__(darkest)
        try:
            with as_file(assets.resource("faces", name)) as file:
                # The engine that OpenCV 5 takes by itself returns only one output of these.
                engine = cv2.dnn.ENGINE_CLASSIC
                self._network = cv2.dnn.readNetFromTFLite(str(file), engine)
            self._names = list(self._network.getUnconnectedOutLayersNames())
            found = list(self.answers(np.zeros((side, side, 3), np.uint8)))
        except (cv2.error, AttributeError, TypeError, OSError) as error:
            raise NetworksError(f"{name}: {error}") from error
        if set(found) != set(outputs):
            raise NetworksError(f"{name}: answers {sorted(found)} instead of {sorted(outputs)}")
        if wanted is not None:
            self._names = [self._names[found.index(shape)] for shape in wanted]

    def answers(self, pixels: Pixels) -> Outputs:
        """Run it.

        Args:
            pixels: (side, side, 3) RGB.
        """
        self._network.setInput(self._ranged(pixels))
        return {output.shape: output for output in self._network.forward(self._names)}
