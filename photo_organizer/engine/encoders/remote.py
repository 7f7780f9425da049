"""A CLIP model that computes on another computer: reduced pictures go there, vectors come back."""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders.clip_matching import ClipMatching
from photo_organizer.engine.encoders.errors import ServiceError
from photo_organizer.engine.encoders.proofs import Proof
from photo_organizer.engine.encoders.protocols import TextCache
from photo_organizer.engine.encoders.remote_service import RemoteService
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Preparing, Resized, ResizeMode

SIDE = 384
"""Pixels of the square that is sent: no fewer than nearly all models look at (224 to 384). The
service scales it to what its model wants. Whether it would cut out the middle of a photo or squash
it depends on its version (older ones cut for every model): of a square both make the same."""

QUALITY = 95
"""Of the JPEG that is sent, with all its colours: about 63 kB a photo, a third of a PNG (200 kB)
and made in 1 ms (a PNG takes 54). It moves a vector about as far as the second scaling by itself
(cosines of 0.996 and 0.997 to what is without it, the starter's); a WebP of that quality moves it
four times as far, as it keeps a quarter of the colours."""

WAY = 1
"""Part of the version; raise it when pictures are sent in another way."""

_SQUASHED = re.compile("siglip|clipa[-_]|pe-core|dfn5b|worldwide-378", re.IGNORECASE)
"""The families of which open_clip squashes photos; of all others it cuts out the middle."""

_MEDIA_TYPE = "image/jpeg"


class RemoteEncoder(ClipMatching):
    """An `Encoder` over a service on another computer.

    Args:
        service: that computes.
        dimension: of its vectors.
        version: see `Encoder`; `remote_versions` finds it.
        proof: of this model, see `proofs`.
        texts: remembers text embeddings between runs; may be set later.
        cancel: ends what is asked: of photos from when it is set, of texts what is asked just then.
            A run that was stopped leaves an encoder with which people go on searching.
    """

    def __init__(
        self,
        service: RemoteService,
        *,
        dimension: int,
        version: str,
        proof: Proof,
        texts: TextCache | None = None,
        cancel: threading.Event | None = None,
    ) -> None:
        super().__init__(proof, texts)
        self.service = service
        self._dimension = dimension
        self._version = version
        self._cancel = cancel

    def without_end(self) -> RemoteEncoder:
        """The same, for who works on when the run that opened it is over."""
        other = copy.copy(self)
        other._cancel = None
        return other

    @property
    def name(self) -> str:
        """See `Encoder`; without the computer: photos get the same vectors on another one."""
        return self.service.asked.name

    @property
    def version(self) -> str:
        """See `Encoder`."""
        return self._version

    @property
    def dimension(self) -> int:
        """See `Encoder`."""
        return self._dimension

    @property
    def device(self) -> str:
        """See `Encoder`: none of this computer."""
        return "remote"

    @property
    def dtype(self) -> str:
        """See `Encoder`: what comes back, whatever computes there."""
        return "float32"

    @property
    def batch_size(self) -> int:
        """See `Encoder`: the service takes one picture a request."""
        return 1

    @property
    def embed_threads(self) -> int:
        """See `Encoder`; they wait, and compute nothing."""
        return self.service.at_once

    @property
    def logit_scale(self) -> float:
        """See `Encoder`: CLIP's usual one, as the service does not tell.

        What is made of it was calibrated with the same number.
        """
        return 100.0

    @property
    def preparing(self) -> Preparing:
        """See `Encoder`."""
        return preparing_for(self.service.asked.model)

    def prepare(self, picture: Picture) -> Pixels:
        """See `Encoder`."""
        return self.preparing(picture)

    def embed_images(self, batch: NDArray[np.uint8]) -> Vectors:
        """See `Encoder`.

        Raises:
            PhotoRefusedError: the service does not take one of the photos.
            ServiceError: the service does not answer, or not as it should.
            StoppedAskingError: it was told to stop.
        """
        return np.stack([self._whole(image_vector(self.service, p, self._cancel)) for p in batch])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See `Encoder`: nothing is loaded here."""
        yield

    def _embed_texts(self, texts: list[str]) -> Vectors:
        # Whoever asks after the end of a run is somebody else.
        cancel = self._cancel
        if cancel is not None and cancel.is_set():
            cancel = None
        ask = partial(self.service.embed_text, cancel=cancel)
        if len(texts) == 1:
            return self._whole(ask(texts[0]))[None]
        pool = ThreadPoolExecutor(self.service.at_once, "ask-texts")
        try:
            return np.stack([self._whole(vector) for vector in pool.map(ask, texts)])
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _whole(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        if len(vector) != self._dimension:
            sizes = {"expected": self._dimension, "found": len(vector)}
            raise ServiceError(
                "services.unknown",
                why=Reason("services.dimension", sizes),
                place=self.service.asked.place,
            )
        return vector


def preparing_for(model: str) -> Preparing:
    """What `RemoteEncoder.prepare` does: a square, made of a photo as the model was trained to see.

    Args:
        model: as a service calls it, architecture and training: "ViT-B-32-SigLIP2-256__webli".
    """
    mode = ResizeMode.SQUASH if _SQUASHED.search(model) else ResizeMode.SHORTEST
    return Resized(SIDE, SIDE, "bicubic", mode)


def image_vector(
    service: RemoteService, prepared: Pixels, cancel: threading.Event | None = None
) -> NDArray[np.float32]:
    """Send a prepared photo, nothing else of it: (SIDE, SIDE, 3) uint8 to (D,), of length 1.

    Raises:
        PhotoRefusedError: see `RemoteService.embed_image`, as the others.
    """
    return service.embed_image(packed(prepared), _MEDIA_TYPE, cancel)


def packed(prepared: Pixels) -> bytes:
    """The file that is sent: pixels, without anything that the photo's own file says."""
    file = BytesIO()
    Image.fromarray(prepared).save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()
