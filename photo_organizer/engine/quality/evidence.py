"""What is known of photos when their flaws are scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Photo, Vectors
from photo_organizer.engine.pixels import measures

PIXELS: Final = "pixels"
"""log2 of the number of pixels."""
BLURRED_LOOK: Final = "blurred look"
"""How much a photo looks out of focus to the starter, see `softness`: log-odds."""
SHAKEN_LOOK: Final = "shaken look"
"""How much it looks shaken."""
LOOKS: Final = (BLURRED_LOOK, SHAKEN_LOOK)


@dataclass(frozen=True, slots=True)
class Evidence:
    """N photos with all that their flaws are scored by."""

    photos: Sequence[Photo]
    table: Vectors
    """(N, len(measures.NAMES))"""
    looks: Vectors | None = None
    """(N, len(LOOKS)); None: the embeddings are another model's, and nobody looked."""

    def column(self, name: str) -> NDArray[np.floating[Any]]:
        """A measure, `PIXELS` or one of `LOOKS` of each photo, (N,).

        Raises:
            KeyError: there is no such measure, or nobody looked.
        """
        if name == PIXELS:
            return np.log2([max(1, photo.width * photo.height) for photo in self.photos])
        if name in LOOKS:
            if self.looks is None:
                raise KeyError(name)
            return self.looks[:, LOOKS.index(name)]
        return measures.column(self.table, name)
