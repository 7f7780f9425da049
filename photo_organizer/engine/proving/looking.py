"""Shows the pictures of the check to a model, once: whole, cropped and damaged."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.proving.pictures import (
    CHECKED,
    crop_of,
    damaged,
    damages,
    picture_of,
)

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.protocols import ImageEncoder

_BATCH = 8
"""Pictures at a time: few, so that it can be seen how far it is, and stopped."""

Step = Callable[[int], None]
"""Told how many more pictures are done."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model makes of the pictures: unit rows, if it makes sense of them at all."""

    whole: Vectors
    """(P, D) of `pictures.CHECKED`."""
    crops: Vectors
    """(P, D) of the same, cropped and mirrored."""
    copies: Mapping[Flaw, Vectors]
    """(C, D) of damaged copies of those that are clean, in their order."""


def count() -> int:
    """How many pictures `look` shows."""
    clean = sum(picture.clean for picture in CHECKED)
    return 2 * len(CHECKED) + clean * len(damages())


def look(encoder: ImageEncoder, step: Step, cancel: threading.Event | None = None) -> Seen:
    """Have all pictures embedded.

    Raises:
        CancelledError: `cancel` was set.
    """
    makers = list(_makers())
    batches = [makers[i : i + _BATCH] for i in range(0, len(makers), _BATCH)]

    def embed(batch: list[Callable[[], Picture]]) -> Vectors:
        if cancel is not None and cancel.is_set():
            raise CancelledError
        rows = encoder.embed_images(np.stack([encoder.prepare(make()) for make in batch]))
        step(len(batch))
        return rows

    # The first batch alone: it loads the weights.
    with ThreadPoolExecutor(max(1, encoder.embed_threads)) as pool:
        first = pool.submit(embed, batches[0]).result()
        vectors = np.concatenate([first, *pool.map(embed, batches[1:])])
    whole, crops, *copies = np.split(vectors, _ends())
    return Seen(whole, crops, dict(zip(damages(), copies, strict=True)))


def likenesses(seen: Seen) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The cosines of pictures of the same kind, and those of pictures of different ones."""
    cosines = seen.whole @ seen.crops.T
    kinds = [each.keys for each in CHECKED]
    perhaps = [each.keys | each.maybe for each in CHECKED]
    same = np.array([[bool(one & other) for other in kinds] for one in kinds])
    np.fill_diagonal(same, val=True)
    apart = np.array(
        [
            # Two that fit no category may be of one kind all the same.
            [bool(kinds[i] or kinds[j]) and not perhaps[i] & perhaps[j] for j in range(len(kinds))]
            for i in range(len(kinds))
        ]
    )
    return cosines[same], cosines[apart & ~same]


def _makers() -> Iterator[Callable[[], Picture]]:
    for checked in CHECKED:
        yield partial(picture_of, checked.name)
    for checked in CHECKED:
        yield partial(_cropped, checked.name)
    for flaw in damages():
        for checked in CHECKED:
            if checked.clean:
                yield partial(_damaged, checked.name, flaw)


def _cropped(name: str) -> Picture:
    return crop_of(picture_of(name))


def _damaged(name: str, flaw: Flaw) -> Picture:
    return damaged(picture_of(name), flaw)


def _ends() -> list[int]:
    clean = sum(picture.clean for picture in CHECKED)
    sizes = [len(CHECKED)] * 2 + [clean] * (len(damages()) - 1)
    return [int(end) for end in np.cumsum(sizes)]
