"""Looks for faces once it is known in which photos they matter: in few, where few are alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.analysis import priority
from photo_organizer.engine.analysis.looking import Looker
from photo_organizer.engine.analysis.outcomes import LookedThrough
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.encoders.protocols import EmbeddingModel
from photo_organizer.engine.people.gate import may_show_faces


def those_with_faces(
    photos: Iterable[Photo], vectors: dict[bytes, NDArray[np.float16]], model: EmbeddingModel
) -> list[Photo]:
    """The photos that may show somebody, one of each content.

    Args:
        photos: some of which may be copies of one another.
        vectors: their embeddings by content.
        model: whose embeddings they are.
    """
    each = list({photo.content_hash: photo for photo in photos}.values())
    if not each:
        return []
    embeddings = np.stack([vectors[photo.content_hash] for photo in each]).astype(np.float32)
    may = may_show_faces(model, embeddings)
    return [photo for photo, show in zip(each, may.tolist(), strict=True) if show]


class LateFaces:
    """Looks for the faces of certain photos on threads of its own.

    Args:
        photos: in which faces are looked for.
        looker: has their files looked into.
        threads: at most so many.
        pause: while it is paused, nobody begins with another photo.
    """

    def __init__(
        self, photos: Sequence[Photo], looker: Looker, threads: int, pause: PauseSwitch
    ) -> None:
        self._looker = looker
        self._pause = pause
        self._pool = ThreadPoolExecutor(threads, "faces", priority.follow())
        self._waiting: set[Future[LookedThrough]] = {
            self._pool.submit(self._look, photo.identity, photo.content_hash) for photo in photos
        }

    def found(self, tick: float) -> Iterator[list[LookedThrough]]:
        """What was found since the last time, about every `tick` seconds until all is found."""
        while self._waiting:
            done, self._waiting = wait(self._waiting, tick, FIRST_COMPLETED)
            yield [one.result() for one in done]

    def stop(self) -> None:
        """Look for no more; whoever looks at present ends with that photo."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _look(self, identity: FileIdentity, content_hash: bytes) -> LookedThrough:
        self._pause.wait()
        return LookedThrough(content_hash, self._looker.faces(identity, content_hash))
