"""A model that reads sentences, without a network: every text is a direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.following_rule import FollowingRule
from photo_organizer.engine.encoders.similarity import unit


class Reader:
    """Stands in for a `Matcher`: texts that it was not given lie by themselves, far from all."""

    name, version = "reader", "1"
    understands_text, multilingual, learned, proof = True, False, frozenset[str](), None
    category_threshold, logit_scale = 0.5, 100.0
    following = FollowingRule.by_likeness(0.9)

    def __init__(self, dimension: int, texts: Mapping[str, Sequence[float]]) -> None:
        self.dimension = dimension
        self.texts = None
        self.asked: list[str] = []
        self._known = {text: np.array(vector, np.float32) for text, vector in texts.items()}

    def knows(self, texts: Sequence[str]) -> list[bool]:
        return [True] * len(texts)

    def comparable(self, embeddings: Vectors) -> object:
        raise AssertionError("plain flows ask for cosines")

    def text_similarities(self, embeddings: Vectors, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return embeddings @ unit(np.stack([self._vector(text) for text in texts])).T

    def _vector(self, text: str) -> NDArray[np.float32]:
        if text not in self._known:
            random = np.random.default_rng(list(text.encode()))
            self._known[text] = random.normal(size=self.dimension).astype(np.float32)
        return self._known[text]
