"""What is known of photos when their flaws are scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import SeenFace
from photo_organizer.engine.domain.facts import Photo, Scores, Vectors
from photo_organizer.engine.quality.models import feature

PIXELS: Final = "pixels"
"""log2 of the number of pixels."""
BLURRED_LOOK: Final = "blurred look"
"""How much a photo looks out of focus to the starter, see `softness`: log-odds."""
SHAKEN_LOOK: Final = "shaken look"
"""How much it looks shaken."""
LOOKS: Final = (BLURRED_LOOK, SHAKEN_LOOK)
NOISY: Final = "noisy"
"""How noisy it looks to the starter, see `looks`: log-odds."""
DRAWN: Final = "drawn"
"""How much like a page or a drawing it looks to the starter, see `looks`: log-odds."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """N photos with all that their flaws are scored by."""

    photos: Sequence[Photo]
    table: Vectors
    """(N, len(measures.NAMES))"""
    looks: Vectors | None = None
    """(N, len(LOOKS)); None: the embeddings are another model's, and nobody looked."""
    seen: Mapping[str, Scores] = field(default_factory=dict)
    """(N,) `NOISY` and `DRAWN` of each; nothing as above."""
    faces: Sequence[Sequence[SeenFace]] = ()
    """The faces of people in each of N photos, the largest first; empty: nobody is in any."""

    def column(self, name: str) -> NDArray[np.floating[Any]]:
        """A measure or the difference of two, `PIXELS`, or what was seen of each photo, (N,).

        Raises:
            KeyError: there is no such measure, or nobody looked.
        """
        if name == PIXELS:
            return np.log2([max(1, photo.width * photo.height) for photo in self.photos])
        if name in LOOKS:
            if self.looks is None:
                raise KeyError(name)
            return self.looks[:, LOOKS.index(name)]
        if name in (NOISY, DRAWN):
            return self.seen[name]
        return feature(self.table, name)
