"""The three networks that come with the program: where they are, and how they are run.

MediaPipe's full-range face detector, face mesh and iris model, by Google (Apache-2.0; see
``resources/faces/NOTICE``), as OpenCV's ``dnn`` reads them. ``tools/fetch_faces.py`` fetched them.
"""

from __future__ import annotations

from importlib.resources import as_file

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets

Outputs = dict[tuple[int, ...], NDArray[np.float32]]
"""What a network answers, by its shape: the order of outputs is up to OpenCV."""


class NetworksError(Exception):
    """The networks cannot be run on this machine: another OpenCV reads them differently."""


class Network:
    """One network; belongs to the thread that made it.

    Args:
        name: of the file below ``resources/faces``.
        side: of its square input, in pixels.
        outputs: the shapes that it must answer.

    Raises:
        NetworksError: OpenCV cannot read it, or answers something else.
    """

    def __init__(self, name: str, side: int, outputs: tuple[tuple[int, ...], ...]) -> None:
        self.side = side
        try:
            with as_file(assets.resource("faces", name)) as file:
                # The engine that OpenCV 5 takes by itself returns only one output of these.
                engine = cv2.dnn.ENGINE_CLASSIC
                self._network = cv2.dnn.readNetFromTFLite(str(file), engine)
            self._names = self._network.getUnconnectedOutLayersNames()
            found = set(self.answers(np.zeros((side, side, 3), np.float32)))
        except (cv2.error, AttributeError, TypeError, OSError) as error:
            raise NetworksError(f"{name}: {error}") from error
        if found != set(outputs):
            raise NetworksError(f"{name}: answers {sorted(found)} instead of {sorted(outputs)}")

    def answers(self, pixels: NDArray[np.float32]) -> Outputs:
        """Run it.

        Args:
            pixels: (side, side, 3) RGB, in the range that the network was taught.
        """
        self._network.setInput(np.ascontiguousarray(pixels.transpose(2, 0, 1)[None]))
        return {output.shape: output for output in self._network.forward(self._names)}
