"""CLIP through open_clip: one encoder for every model that `checkpoints.install` has put down."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.clip_matching import ClipMatching
from photo_organizer.engine.encoders.devices import (
    choose_device,
    choose_dtype,
    compute_on_one_core,
    computing_on,
    embed_threads,
)
from photo_organizer.engine.encoders.feeding import computing, there
from photo_organizer.engine.encoders.model_parts import Part
from photo_organizer.engine.encoders.proofs import Proof
from photo_organizer.engine.encoders.protocols import TextCache
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Preparing, Resized, ResizeMode

_BATCH = {"cpu": 32, "mps": 64, "cuda": 256}
_TEXT_BATCH = 64

KEPT = 60.0
"""Seconds for which the text part stays when nobody reads: who searches soon asks again, and to
load it takes several."""


class ClipEncoder(ClipMatching):
    """An `Encoder` over an installed CLIP model.

    Opening it reads two small files: torch, open_clip and the weights are loaded when the first
    photo or the first unknown text has to be encoded, so a run over known photos needs neither.
    Of the weights that part which is asked: photos leave the text part, which may be the larger
    one, on disk, and a while after the last text it is given back.
    """

    def __init__(
        self,
        folder: Path,
        *,
        proof: Proof,
        device: str = "auto",
        texts: TextCache | None = None,
    ) -> None:
        """Open the model in `folder`.

        Args:
            folder: made by `checkpoints.install`.
            proof: of this model, see `proofs`.
            device: "auto", "cuda", "mps" or "cpu".
            texts: remembers text embeddings between runs; may be set later.

        Raises:
            ModelError: no usable model in `folder`.
        """
        super().__init__(proof, texts)
        self._folder = folder
        self._wanted_device = device
        self._meta = checkpoints.read_meta(folder)
        self._version = checkpoints.version(folder)
        self._preprocessing = checkpoints.read_preprocessing(folder)
        size = self._preprocessing["size"]
        height, width = (size, size) if isinstance(size, int) else size
        self._height, self._width = int(height), int(width)
        self._loading = threading.Lock()
        self._pictures: Any = None
        self._texts: Any = None
        self._readers = 0
        self._waiting: threading.Timer | None = None

    @property
    def name(self) -> str:
        """See `Encoder`."""
        return self._meta.name

    @property
    def version(self) -> str:
        """See `Encoder`; the one of its folder, `checkpoints.version`."""
        return self._version

    @property
    def dimension(self) -> int:
        """See `Encoder`."""
        return self._meta.dimension

    @cached_property
    def device(self) -> str:
        """See `Encoder`."""
        return choose_device(self._wanted_device)

    @cached_property
    def dtype(self) -> str:
        """See `Encoder`."""
        return choose_dtype(self.device)

    @property
    def batch_size(self) -> int:
        """See `Encoder`."""
        return _BATCH[self.device]

    @property
    def embed_threads(self) -> int:
        """See `Encoder`; running a loaded network changes nothing in it."""
        return embed_threads(self.device)

    @property
    def logit_scale(self) -> float:
        """See `Encoder`."""
        return self._meta.logit_scale

    @property
    def preparing(self) -> Preparing:
        """See `Encoder`."""
        return Resized(
            self._width,
            self._height,
            self._preprocessing["interpolation"],
            ResizeMode(self._preprocessing["resize_mode"]),
            int(self._preprocessing.get("fill_color", 0)),
        )

    def prepare(self, picture: Picture) -> Pixels:
        """See `Encoder`."""
        return self.preparing(picture)

    def embed_images(self, batch: NDArray[np.uint8]) -> Vectors:
        """See `Encoder`."""
        import torch

        model = self._looker()
        dtype = getattr(torch, self.dtype)
        if self.device == "cpu":
            compute_on_one_core()
        with computing(self.device):
            mean, std = (
                torch.tensor(self._preprocessing[key], device=self.device).mul_(255)
                for key in ("mean", "std")
            )
            pixels = there(batch, self.device)
            # Moving the colours to the front is a view: torch calls it channels-last.
            network_input = ((pixels - mean) / std).permute(0, 3, 1, 2).to(dtype)
            return _unit_rows(model.encode_image(network_input))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See `Encoder`: a while after the last reader the text part is given back."""
        with self._loading:
            self._readers += 1
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None
        try:
            yield
        finally:
            with self._loading:
                self._readers -= 1
                if not self._readers:
                    self._waiting = threading.Timer(KEPT, self._give_back)
                    self._waiting.daemon = True
                    self._waiting.start()

    def _give_back(self) -> None:
        with self._loading:
            if not self._readers:
                self._texts = None

    def _embed_texts(self, texts: list[str]) -> Vectors:
        import torch

        with self.reading():
            model = self._reader()
            tokenize = self._tokenizer
            with computing_on(self.device), torch.inference_mode():
                return np.concatenate(
                    [
                        _unit_rows(
                            model.encode_text(tokenize(texts[i : i + _TEXT_BATCH]).to(self.device))
                        )
                        for i in range(0, len(texts), _TEXT_BATCH)
                    ]
                )

    @cached_property
    def _tokenizer(self) -> Any:
        """Words to numbers; it reads a long list of words when it is made."""
        import open_clip

        return open_clip.get_tokenizer(f"local-dir:{self._folder}")

    def _looker(self) -> Any:
        """The picture part; it stays."""
        with self._loading:
            if self._pictures is None:
                self._pictures = self._load(Part.PICTURES)
            return self._pictures

    def _reader(self) -> Any:
        """The text part, to be asked for within `reading`."""
        with self._loading:
            if self._texts is None:
                self._texts = self._load(Part.TEXTS)
            return self._texts

    def _load(self, part: Part) -> Any:
        return checkpoints.load(self._folder, device=self.device, dtype=self.dtype, part=part)


def _unit_rows(features: Any) -> Vectors:
    """Network output (B, D) in any float format to unit float32 rows on the host."""
    from torch.nn.functional import normalize

    rows: Vectors = normalize(features.float(), dim=-1).cpu().numpy()
    return rows
