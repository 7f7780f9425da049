"""Image and text encoders behind one protocol: see `Encoder`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.pixels.picture import Picture


class TextCache(Protocol):
    """Keeps text embeddings between runs (the store implements it for one model and version)."""

    def get_texts(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors known, by text."""

    def put_texts(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Remember vectors by text."""


class Seen(Protocol):
    """What an encoder makes of certain photos: made once, then asked about ever other texts."""

    def match(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """Score the N photos against T labels: see `Encoder.match_texts`."""

    def likeness(self, vectors: Vectors) -> Vectors:
        """How much the N photos are like E others: (N, E) float32, up to 1.

        Comparable with `Encoder.likeness_threshold`.

        Args:
            vectors: (E, D) unit rows of this encoder.
        """


class Encoder(Protocol):
    """Turns photos into unit vectors, and scores those against texts.

    `prepare` runs on the decode threads; `embed_images` on one thread only. Neither embedding
    images nor `prepare` may load what only texts need. Opening one is cheap: weights are loaded
    when the first photo comes.
    """

    texts: TextCache | None
    """Where text embeddings are remembered; may be set at any time."""

    @property
    def name(self) -> str:
        """Name for people and for the store: "starter", "ViT-B-32/openai"."""

    @property
    def version(self) -> str:
        """Changes whenever the same photo would get another vector; part of the store's key."""

    @property
    def dimension(self) -> int:
        """D, the length of an embedding."""

    @property
    def device(self) -> str:
        """One of "cuda", "mps" and "cpu"."""

    @property
    def dtype(self) -> str:
        """Of the weights in use: "float32", "bfloat16", "float16"."""

    @property
    def batch_size(self) -> int:
        """The batch that is fastest on this device."""

    @property
    def understands_text(self) -> bool:
        """Whether `text_similarities` means anything: true for CLIP, false for the starter."""

    @property
    def category_threshold(self) -> float:
        """The `match_texts` score from which a photo belongs to a category."""

    def prepare(self, picture: Picture) -> Pixels:
        """Resize and crop to the network's input: (S, S, 3) uint8. Thread-safe, no torch call."""

    def embed_images(self, batch: NDArray[np.uint8]) -> Vectors:
        """(B, S, S, 3) uint8 prepared photos to (B, D) float32 unit rows."""

    @property
    def likeness_threshold(self) -> float:
        """The `Seen.likeness` from which a photo follows an example into its category."""

    @property
    def multilingual(self) -> bool:
        """Whether it reads other languages than English."""

    def knows(self, texts: Sequence[str]) -> list[bool]:
        """Whether it can tell photos of each text from others at all."""

    def look(self, embeddings: Vectors) -> Seen:
        """See `Seen`; cheap to ask again.

        Args:
            embeddings: (N, D) unit rows of this encoder.
        """

    def match_texts(self, embeddings: Vectors, texts: Sequence[Sequence[str]]) -> Vectors:
        """Score N photos against T labels: (N, T) float32, comparable with `category_threshold`.

        Args:
            embeddings: (N, D) unit rows of this encoder.
            texts: for each label its prompts (plain keywords or descriptions), averaged.
        """

    def text_similarities(self, embeddings: Vectors, texts: Sequence[str]) -> Vectors:
        """Plain cosine similarity of N photos and T whole prompts, (N, T), -1 to 1.

        Raises:
            NotImplementedError: `understands_text` is false.
        """

    @property
    def logit_scale(self) -> float:
        """CLIP's inverse temperature (about 100), for a softmax over similarities."""
