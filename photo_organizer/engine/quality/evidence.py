"""What is known of photos when their flaws are scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Photo, Scores, Vectors
from photo_organizer.engine.pixels import measures

PIXELS: Final = "pixels"
"""log2 of the number of pixels."""
LOOK: Final = "look"
"""How blurred a photo looks to the starter, see `softness`: log-odds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """N photos with all that their flaws are scored by."""

    photos: Sequence[Photo]
    table: Vectors
    """(N, len(measures.NAMES))"""
    looks: Scores | None = None
    """(N,) `LOOK` of each; None: the embeddings are another model's, and nobody looked."""

    def column(self, name: str) -> NDArray[np.floating[Any]]:
        """A measure, `PIXELS` or `LOOK` of each photo, (N,).

        Raises:
            KeyError: there is no such measure, or nobody looked.
        """
        if name == PIXELS:
            return np.log2([max(1, photo.width * photo.height) for photo in self.photos])
        if name == LOOK:
            if self.looks is None:
                raise KeyError(name)
            return self.looks
        return measures.column(self.table, name)
