"""Photos that are asked with and lie outside the library: looked at once, for the search."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.engine.domain.reasons import Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from photo_organizer.engine.encoders.protocols import Matcher

    Vector = NDArray[np.float32]


class PhotosElsewhere:
    """Remembers what was seen in them, by the version of the model. Asked in the background."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, Path], Vector | Reason] = {}

    def look(self, photo: Path, matcher: Matcher, device: str) -> Vector | Reason:
        """The embedding of a photo, or why there is none.

        Args:
            photo: its file, which is only read.
            matcher: of the model whose embedding is asked for.
            device: to compute on, as the preferences say.
        """
        asked = matcher.version, photo
        if asked not in self._seen:
            self._seen[asked] = _look(photo, matcher, device)
        return self._seen[asked]


def _look(photo: Path, matcher: Matcher, device: str) -> Vector | Reason:
    from photo_organizer.engine import paths
    from photo_organizer.engine.analysis import embedding
    from photo_organizer.engine.encoders.errors import ModelError
    from photo_organizer.engine.proving.opening import open_again

    try:
        encoder = open_again(matcher, device)
        for event in embedding.embed([photo], encoder, paths.store_path(), threading.Event()):
            if isinstance(event, embedding.Embedded):
                vector = event.vectors.get(photo)
                return event.skipped[photo] if vector is None else vector
    except ModelError as error:
        return error.reason
    return Reason("search.not_compared", {"text": photo.name})
