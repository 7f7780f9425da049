"""The encoder of the first start: EfficientNet-Lite2, joined to text by the names of its classes.

The network (Tan and Le, ICML 2019; Lite variant by Google) knows the 1,000 classes of ImageNet. Its
pooled features are the embedding; from their class probabilities it goes to any keyword by the
similarity of sentences, after ConSE (Norouzi et al., ICLR 2014). Its classes have no notion of
people, mood or light, but its features have: what it was taught about the built-in categories it
sees by linear heads (`category_heads`).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.encoders.category_heads import CategoryHeads, shipped_for
from photo_organizer.engine.encoders.devices import (
    choose_device,
    choose_dtype,
    embed_threads,
)
from photo_organizer.engine.encoders.following_rule import FollowingRule
from photo_organizer.engine.encoders.imagenet import CLASSES, class_texts
from photo_organizer.engine.encoders.known_texts import known_texts
from photo_organizer.engine.encoders.protocols import Label, TextCache
from photo_organizer.engine.encoders.starter_layers import HEAD
from photo_organizer.engine.encoders.starter_network import Network, last_layer, load
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Middle, Preparing

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.sentences import SentenceEncoder

SIZE = 224
"""Side of the network's input, in pixels. It was trained at 260; at 224 it takes two thirds of the
time, and no photo of benchmarks/categories.py changes its category."""

DIMENSION = HEAD

LIKELY = 64
"""Classes of a photo that count when it is matched with texts."""

_ROWS = 512
"""Photos whose class probabilities are worked out at a time: 2 MiB, which caches hold."""

_VERSION = "lite2-9656183e-3"
"""Weights, and a number to raise when `prepare` or the normalisation changes."""

_BATCH = {"cpu": 4, "mps": 32, "cuda": 128}
"""On a CPU 8 are no faster, and take 80 MiB more."""


class StarterEncoder:
    """An `Encoder` that is part of the program; nothing is ever downloaded.

    Making one is free. The network is loaded with the first photo, the text model with the first
    text that neither `known_texts` nor `texts` has.
    """

    def __init__(self, *, device: str = "auto", texts: TextCache | None = None) -> None:
        """Choose where to run.

        Args:
            device: "auto", "cuda", "mps" or "cpu".
            texts: remembers text embeddings between runs; may be set later.
        """
        self.texts = texts
        self._wanted_device = device
        self._loading = threading.Lock()
        self._network: Network | None = None
        self._sentences: SentenceEncoder | None = None

    @property
    def name(self) -> str:
        """See `Encoder`."""
        return "starter"

    @property
    def version(self) -> str:
        """See `Encoder`.

        The number format is left out: embeddings in bfloat16 and float32 are 0.999 alike.
        """
        return _VERSION

    @property
    def dimension(self) -> int:
        """See `Encoder`."""
        return DIMENSION

    @cached_property
    def device(self) -> str:
        """See `Encoder`."""
        return choose_device(self._wanted_device)

    @cached_property
    def dtype(self) -> str:
        """See `Encoder`."""
        return "float32" if self.device == "cpu" else choose_dtype(self.device)

    @property
    def batch_size(self) -> int:
        """See `Encoder`."""
        return _BATCH[self.device]

    @property
    def embed_threads(self) -> int:
        """See `Encoder`; running the loaded network changes nothing in it."""
        return embed_threads(self.device)

    @property
    def understands_text(self) -> bool:
        """See `Encoder`."""
        return False

    @property
    def category_threshold(self) -> float:
        """See `Encoder`."""
        return _number("threshold")

    @property
    def following(self) -> FollowingRule:
        """See `Encoder`."""
        return FollowingRule(**assets.toml("thresholds/categories.toml")["starter"]["following"])

    @cached_property
    def heads(self) -> CategoryHeads | None:
        """What it was taught about the built-in categories, if that fits its version."""
        return shipped_for(self)

    @cached_property
    def learned(self) -> frozenset[str]:
        """See `Encoder`."""
        return frozenset(self.heads.keys if self.heads else ())

    @property
    def multilingual(self) -> bool:
        """See `Encoder`."""
        return False

    @property
    def proof(self) -> None:
        """See `Encoder`; its thresholds come with the program."""

    @property
    def logit_scale(self) -> float:
        """See `Encoder`; the inverse of the temperature over labels."""
        return 1.0 / _number("temperature")

    @property
    def preparing(self) -> Preparing:
        """See `Encoder`."""
        return Middle(SIZE)

    def prepare(self, picture: Picture) -> Pixels:
        """See `Encoder`."""
        return self.preparing(picture)

    def embed_images(self, batch: NDArray[np.uint8]) -> Vectors:
        """See `Encoder`; on the CPU a photo's row is the same in every batch."""
        return _unit(self._loaded().features(batch))

    def reading(self) -> AbstractContextManager[None]:
        """See `Encoder`: nothing is loaded for texts alone."""
        return nullcontext()

    def comparable(self, embeddings: Vectors) -> StarterPhotos:
        """See `Encoder`; the classes are worked out with the first question."""
        return StarterPhotos(self, embeddings)

    def knows(self, texts: Sequence[str]) -> list[bool]:
        """See `Encoder`: whether any of the 1,000 classes is about it."""
        if not texts:
            return []
        fit = class_texts().similarities(
            self._text_vectors(list(texts)), generality=_number("generality")
        )
        return [bool(known) for known in fit.max(0) >= _number("unrelated")]

    def class_scores(
        self, texts: Sequence[Sequence[str]], *, narrow: Sequence[bool] | None = None
    ) -> Vectors:
        """What share of each ImageNet class goes to each label: (1000, T), rows sum to 1 or less.

        Of a label's prompts the nearest counts for each class. A softmax over the labels and "none
        of them", which weighs as much as a label just barely related.

        Args:
            texts: for each label its prompts.
            narrow: see `Label.narrow`, for each label; None: none of them is.

        Raises:
            ValueError: a label has no prompt.
        """
        if not all(texts):
            raise ValueError("a label without a prompt")
        if not texts:
            return np.empty((CLASSES, 0), np.float32)
        prompts = list(dict.fromkeys(prompt for label in texts for prompt in label))
        column = {prompt: i for i, prompt in enumerate(prompts)}
        vectors = self._text_vectors(prompts)
        fit = class_texts().similarities(vectors, generality=_number("generality"))
        labels = np.stack([fit[:, [column[p] for p in label]].max(1) for label in texts], axis=1)
        for place, label in enumerate(texts if narrow else ()):
            kinds = class_texts().kinds(vectors[[column[p] for p in label]])
            if narrow and narrow[place] and kinds is not None:
                labels[~kinds, place] = -1.0
        none = np.full((len(labels), 1), _number("unrelated"), np.float32)
        fits: Vectors = np.hstack([labels, none])
        return _softmax(fits * self.logit_scale)[:, :-1]

    def likely_classes(self, embeddings: Vectors) -> LikelyClasses:
        """The probabilities of the `LIKELY` classes that each of (N, D) unit rows shows likeliest.

        The features' length is not stored: one for all keeps the first class in 229 of 230 photos.
        """
        weight, bias = last_layer()
        by_class = (weight * np.float32(_number("feature_norm"))).T
        count = len(embeddings)
        places = np.empty((count, LIKELY), np.int16)
        values = np.empty((count, LIKELY), np.float32)
        for start in range(0, count, _ROWS):
            part = slice(start, start + _ROWS)
            logits = embeddings[part] @ by_class + bias
            top = np.argpartition(logits, CLASSES - LIKELY, axis=1)[:, -LIKELY:]
            largest = logits.max(axis=1, keepdims=True)
            likely = np.exp(np.take_along_axis(logits, top, axis=1) - largest)
            places[part] = top
            values[part] = likely / np.exp(logits - largest).sum(axis=1, keepdims=True)
        return LikelyClasses(places, values)

    def text_similarities(self, embeddings: Vectors, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        raise NotImplementedError("the starter compares photos with classes, not with sentences")

    def _text_vectors(self, texts: list[str]) -> Vectors:
        known = dict(known_texts())
        unknown = [text for text in texts if text not in known]
        if unknown and self.texts:
            known |= self.texts.get_texts(unknown)
            unknown = [text for text in unknown if text not in known]
        if unknown:
            fresh = dict(zip(unknown, self._sentence_encoder().embed(unknown), strict=True))
            if self.texts:
                self.texts.put_texts(fresh)
            known |= fresh
        return np.stack([known[text] for text in texts])

    def _sentence_encoder(self) -> SentenceEncoder:
        from photo_organizer.engine.encoders.sentences import SentenceEncoder

        with self._loading:
            if self._sentences is None:
                self._sentences = SentenceEncoder()
            return self._sentences

    def _loaded(self) -> Network:
        with self._loading:
            if self._network is None:
                self._network = load(self.device, self.dtype)
            return self._network


@dataclass(frozen=True, slots=True, eq=False)
class LikelyClasses:
    """The classes that each of N photos shows likeliest; of all others none is kept."""

    places: NDArray[np.int16]
    """(N, LIKELY) which classes, in no order."""
    values: Vectors
    """(N, LIKELY) their probabilities."""

    def dense(self) -> Vectors:
        """The (N, 1000) probabilities, zero where they were not kept."""
        return self.times(np.eye(CLASSES, dtype=np.float32))

    def times(self, columns: Vectors) -> Vectors:
        """The product of the (N, 1000) probabilities with (1000, T)."""
        product = np.empty((len(self.places), columns.shape[1]), np.float32)
        dense = np.zeros((min(_ROWS, len(product)), CLASSES), np.float32)
        flat, starts = dense.reshape(-1), np.arange(len(dense))[:, None] * CLASSES
        for start in range(0, len(product), _ROWS):
            part = product[start : start + _ROWS]
            kept = slice(start, start + len(part))
            places = self.places[kept] + starts[: len(part)]
            flat[places] = self.values[kept]
            np.matmul(dense[: len(part)], columns, out=part)
            flat[places] = 0
        return product


class StarterPhotos:
    """See `ComparablePhotos`: keeps the likely classes of each photo, to match them with texts.

    All 1,000 classes of 100,000 photos would take 0.4 GiB and seconds at every question; the
    likely ones take 50 MiB and hold 0.98 of the probability, on average.
    """

    def __init__(self, encoder: StarterEncoder, embeddings: Vectors) -> None:
        self._encoder = encoder
        self._embeddings = embeddings
        self._by_heads: Vectors | None = None

    def match(self, labels: Sequence[Label]) -> Vectors:
        """See `ComparablePhotos`: the probability that a photo shows something of a label, 0 to 1.

        A label that the starter was taught is told by its head and the classes together, any other
        by the classes alone. Both are chances, as often right as they say on photos of sources that
        nothing was fitted on: so they can be compared.
        """
        scores = self.by_classes(
            [label.prompts for label in labels], [label.narrow for label in labels]
        )
        heads = self._encoder.heads
        if heads is None:
            return scores
        learned = {key: place for place, key in enumerate(heads.keys)}
        columns = [i for i, label in enumerate(labels) if label.key in learned]
        if columns:
            places = [learned[labels[i].key or ""] for i in columns]
            scores[:, columns] = heads.chances(self._found(heads), scores[:, columns], places)
        return scores

    def by_classes(
        self, texts: Sequence[Sequence[str]], narrow: Sequence[bool] | None = None
    ) -> Vectors:
        """The probability that a photo shows something of a label, by the 1,000 classes: (N, T).

        Over all labels the scores add up to at most 1. A photo's `LIKELY` most likely classes
        count; what is left of the probability counts as spread over all classes.

        Args:
            texts: for each label its prompts.
            narrow: see `StarterEncoder.class_scores`.

        Raises:
            ValueError: a label has no prompt.
        """
        shares = self._encoder.class_scores(texts, narrow=narrow)
        scores = self._classes.times(shares)
        scores += self._rest[:, None] * shares.mean(0)
        return scores

    def likeness(self, vectors: Vectors) -> Vectors:
        """See `ComparablePhotos`: the mean of two cosines, of embeddings and of what photos show.

        The network was trained to tell classes apart: two breeds of dogs are hardly more alike to
        it than a dog and a lamp. What the words above a class say puts that right (0.82 instead of
        0.31 of the five nearest photos show the same kind of thing: ``benchmarks/categories.py``).
        """
        kinds = _kinds(self._encoder.likely_classes(vectors))
        both = self._kinds @ kinds.T + self._embeddings @ vectors.T
        return np.asarray(both / 2, np.float32)

    def _found(self, heads: CategoryHeads) -> Vectors:
        """What the heads find in the photos; found once, whatever else is asked."""
        if self._by_heads is None:
            self._by_heads = heads.found(self._embeddings)
        return self._by_heads

    @cached_property
    def _classes(self) -> LikelyClasses:
        return self._encoder.likely_classes(self._embeddings)

    @cached_property
    def _rest(self) -> NDArray[np.float32]:
        rest: NDArray[np.float32] = np.maximum(1 - self._classes.values.sum(1), 0)
        return rest

    @cached_property
    def _kinds(self) -> Vectors:
        return _kinds(self._classes)


def _kinds(classes: LikelyClasses) -> Vectors:
    """(N, 1000) class probabilities to (N, W) unit rows over the words above the classes.

    A word counts by how few classes it stands for, as terms of documents do (Spärck Jones 1972).
    """
    members = class_texts().members
    rarity = np.log(len(members) / np.maximum(members.sum(0), 1))
    words = _unit((members * rarity).astype(np.float32))
    return _unit(classes.times(words))


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)


def _number(name: str) -> float:
    return float(assets.toml("thresholds/categories.toml")["starter"][name])


def _softmax(logits: Vectors) -> Vectors:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Vectors = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares
