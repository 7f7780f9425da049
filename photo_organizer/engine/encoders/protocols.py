"""What the program asks of a model: embeddings of photos, and what those embeddings show.

The two halves are apart so that each can be had alone. The pipeline needs an `ImageEncoder` only,
which may be a small class that hands batches to another machine. Judging and searching need a
`Matcher` only: they work on stored embeddings. `Encoder` is a model that is installed here: both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.encoders.following_rule import FollowingRule
from photo_organizer.engine.encoders.proofs import Proof
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Preparing


class EmbeddingModel(Protocol):
    """Whose embeddings they are: vectors can be compared where name and version are the same."""

    @property
    def name(self) -> str:
        """Name for people and for the store: "starter", "ViT-B-32/openai"."""

    @property
    def version(self) -> str:
        """Changes whenever the same photo would get another vector; part of the store's key."""

    @property
    def dimension(self) -> int:
        """D, the length of an embedding."""


class ImageEncoder(EmbeddingModel, Protocol):
    """Turns photos into unit vectors.

    `prepare` runs on many threads at once, `embed_images` on as many as `embed_threads` says.
    Neither may load what only texts need. Opening an encoder is cheap: weights are loaded when
    the first photo comes.
    """

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
    def embed_threads(self) -> int:
        """How many threads may call `embed_images` at once; with 1 it is one thread throughout.

        More than 1 on a CPU also says that each call computes on one core, that of its thread.
        """
        return 1

    @property
    def preparing(self) -> Preparing | None:
        """What `prepare` does, to be sent to the processes that decode; None: it is asked here.

        Then whole pictures travel, which takes time, and memory that two processes share.
        """
        return None

    def prepare(self, picture: Picture) -> Pixels:
        """Resize and crop to the network's input: (S, S, 3) uint8. Thread-safe, no torch call."""

    def embed_images(self, batch: NDArray[np.uint8]) -> Vectors:
        """(B, S, S, 3) uint8 prepared photos to (B, D) float32 unit rows."""


class TextCache(Protocol):
    """Keeps text embeddings between runs (the store implements it for one model and version)."""

    def get_texts(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors known, by text."""

    def put_texts(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Remember vectors by text."""


@dataclass(frozen=True, slots=True)
class Label:
    """Something that photos may show, to match them with."""

    prompts: Sequence[str]
    """Plain keywords or descriptions."""
    key: str | None = None
    """Of the built-in category that it is, with the prompts that it comes with. A model that was
    taught such categories by photos (`Matcher.learned`) goes by what it learnt."""
    narrow: bool = False
    """Things that are only related do not count, where the model knows the very word: who looks
    for a car finds no ships. Categories rather hold what is related than leave it to others."""


class ComparablePhotos(Protocol):
    """Certain photos, ready to be compared with texts and with other photos, again and again."""

    def match(self, labels: Sequence[Label]) -> Vectors:
        """Score the N photos against T labels: (N, T) float32.

        Comparable with `Matcher.category_threshold`, and from label to label.

        Args:
            labels: that compete with each other.

        Raises:
            ValueError: a label has no prompt.
        """

    def likeness(self, vectors: Vectors) -> Vectors:
        """How much the N photos are like E others: (N, E) float32, up to 1.

        What it must be to follow them says `Matcher.following`.

        Args:
            vectors: (E, D) unit rows of the same model.
        """


class Matcher(EmbeddingModel, Protocol):
    """Tells what photos show by their embeddings alone; may be asked from any thread."""

    texts: TextCache | None
    """Where text embeddings are remembered; may be set at any time."""

    @property
    def understands_text(self) -> bool:
        """Whether `text_similarities` means anything: true for CLIP, false for the starter."""

    @property
    def learned(self) -> Collection[str]:
        """The keys of the built-in categories that it was taught by photos.

        It sees them, whatever it makes of their prompts.
        """

    @property
    def multilingual(self) -> bool:
        """Whether it reads other languages than English."""

    @property
    def proof(self) -> Proof | None:
        """What it proved on this machine, with the numbers that it is judged by.

        None for the starter: its numbers come with the program.
        """

    @property
    def category_threshold(self) -> float:
        """The `ComparablePhotos.match` from which a photo belongs to a category."""

    @property
    def following(self) -> FollowingRule:
        """When a photo follows examples, by `ComparablePhotos.likeness` and by its own scores."""

    @property
    def logit_scale(self) -> float:
        """CLIP's inverse temperature (about 100), for a softmax over similarities."""

    def knows(self, texts: Sequence[str]) -> list[bool]:
        """Whether it can tell photos of each text from others at all."""

    def comparable(self, embeddings: Vectors) -> ComparablePhotos:
        """Make photos ready for comparisons; free until the first question.

        Args:
            embeddings: (N, D) unit rows of this model.
        """

    def text_similarities(self, embeddings: Vectors, texts: Sequence[str]) -> Vectors:
        """Plain cosine similarity of N photos and T whole prompts, (N, T), -1 to 1.

        Raises:
            NotImplementedError: `understands_text` is false.
        """


class Encoder(ImageEncoder, Matcher, Protocol):
    """A model that is installed on this machine: it embeds photos, and tells what they show."""

    def reading(self) -> AbstractContextManager[None]:
        """Within it many texts are asked one after the other: what reads them stays loaded."""
