"""What a CLIP model's embeddings show, wherever the model computes: cosines with those of texts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.following_rule import FollowingRule
from photo_organizer.engine.encoders.proofs import Proof
from photo_organizer.engine.encoders.protocols import Label, TextCache


class ClipMatching(ABC):
    """The half of a CLIP model that a `Matcher` is; it is judged by what it proved.

    Args:
        proof: of this model, see `proofs`.
        texts: remembers text embeddings between runs; may be set later.
    """

    def __init__(self, proof: Proof, texts: TextCache | None) -> None:
        self.texts = texts
        self._proof = proof

    @property
    @abstractmethod
    def dimension(self) -> int:
        """See `Encoder`."""

    @abstractmethod
    def _embed_texts(self, texts: list[str]) -> Vectors:
        """(T, D) float32 unit rows of texts that nobody remembers."""

    @property
    def understands_text(self) -> bool:
        """See `Encoder`."""
        return True

    @property
    def proof(self) -> Proof:
        """See `Encoder`."""
        return self._proof

    @property
    def category_threshold(self) -> float:
        """See `Encoder`."""
        return self._proof.category.middle

    @property
    def following(self) -> FollowingRule:
        """See `Encoder`."""
        return FollowingRule.by_proof(self._proof.likeness)

    @property
    def learned(self) -> frozenset[str]:
        """See `Encoder`; it reads."""
        return frozenset()

    @property
    def multilingual(self) -> bool:
        """See `Encoder`; it has shown so."""
        return len(self._proof.languages) > 1

    def knows(self, texts: Sequence[str]) -> list[bool]:
        """See `Encoder`: it has an opinion of every text."""
        return [True] * len(texts)

    def comparable(self, embeddings: Vectors) -> ClipPhotos:
        """See `Encoder`."""
        return ClipPhotos(self, embeddings)

    def label_vectors(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """The mean of each label's prompts, each in several phrases: (T, D) unit rows.

        Averaging the unit vectors of several phrases is prompt ensembling (Radford et al.,
        "Learning Transferable Visual Models From Natural Language Supervision", ICML 2021, 3.1.4).

        Raises:
            ValueError: a label has no prompt.
        """
        phrases: list[str] = assets.toml("prompts.toml")["categories"]["phrases"]
        prompts = [[phrase.format(text) for text in label for phrase in phrases] for label in texts]
        if not all(prompts):
            raise ValueError("a label without a prompt")
        vectors = self._text_vectors([prompt for label in prompts for prompt in label])
        labels = np.empty((len(prompts), self.dimension), np.float32)
        for row, label in enumerate(prompts):
            mean = np.mean([vectors[prompt] for prompt in label], axis=0)
            labels[row] = mean / np.linalg.norm(mean)
        return labels

    def text_similarities(self, embeddings: Vectors, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        vectors = self._text_vectors(texts)
        rows = np.array([vectors[text] for text in texts], np.float32)
        return embeddings @ rows.reshape(-1, self.dimension).T

    def _text_vectors(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The unit vector of each text, from the cache or the text tower."""
        known = self.texts.get_texts(texts) if self.texts else {}
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        if unknown:
            fresh = dict(zip(unknown, self._embed_texts(unknown), strict=True))
            if self.texts:
                self.texts.put_texts(fresh)
            known = known | fresh
        return known


class ClipPhotos:
    """See `ComparablePhotos`: every answer is a cosine, there is nothing to keep."""

    def __init__(self, model: ClipMatching, embeddings: Vectors) -> None:
        self._model = model
        self._embeddings = embeddings

    def match(self, labels: Sequence[Label]) -> Vectors:
        """See `ComparablePhotos`: the cosines with `ClipMatching.label_vectors`."""
        return self._embeddings @ self._model.label_vectors([label.prompts for label in labels]).T

    def likeness(self, vectors: Vectors) -> Vectors:
        """See `ComparablePhotos`: the cosine."""
        return self._embeddings @ vectors.T
