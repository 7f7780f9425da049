"""What the 1,000 ImageNet classes are called, and what each is a kind of, as sentence vectors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors

CLASSES = 1000
TABLE = ("imagenet", "texts.npz")
"""Made by ``tools/build_class_texts.py``: vectors in 8 bits, to load without a text model."""

_SAME_WORD = 0.81
"""Cosine of sentences from which the nearest word says the same: "dog" for "dogs" and "a dog"."""


@dataclass(frozen=True, slots=True)
class ClassTexts:
    """Sentence vectors of the classes and of the words above them; unit rows of 384."""

    names: Vectors
    """(1000, 384): "sports car, sport car"."""
    definitions: Vectors
    """(1000, 384): "sports car: a small low car with a high-powered engine"."""
    words: tuple[str, ...]
    """W general words: "car", "vehicle", "animal"…"""
    word_vectors: Vectors
    """(W, 384)."""
    members: NDArray[np.bool_]
    """(1000, W): which class is a kind of which word."""

    def similarities(self, prompts: Vectors, *, generality: float) -> Vectors:
        """How well each class fits each of P prompts, up to 1: (1000, P).

        A class is what it is called and every kind of thing it is, so its best text counts.

        - A text counts less by as much as it falls behind the one text that is nearest to the
          prompt: "dogs" is rather near to "animal", but nearest to "dog", so a fish is none.
        - A word that stands for many classes says less about each (its information content is
          lower: Resnik, IJCAI 1995) and loses up to `generality`.

        Args:
            prompts: (P, 384) unit rows.
            generality: what a word for all 1,000 classes would lose.
        """
        words = self.word_vectors @ prompts.T
        own = np.maximum(self.names @ prompts.T, self.definitions @ prompts.T)
        nearest = np.maximum(words.max(0), own.max(0))
        loss = generality * np.log(self.members.sum(0)) / np.log(CLASSES)
        words = 2 * words - nearest - loss[:, None]
        fits: Vectors = (2 * own - nearest).astype(np.float32)
        for row, member in enumerate(self.members):
            if member.any():
                np.maximum(fits[row], words[member].max(0), out=fits[row])
        return fits

    def kinds(self, prompts: Vectors) -> NDArray[np.bool_] | None:
        """The classes that are of a kind that prompts name, (1000,); None where they name none.

        Args:
            prompts: (P, 384) unit rows; each must say the same as a general word, or as good as.
        """
        likeness = self.word_vectors @ prompts.T
        if (likeness.max(0) < _SAME_WORD).any():
            return None
        return np.asarray(self.members[:, likeness.argmax(0)].any(1))


def hypernyms() -> dict[str, NDArray[np.intp]]:
    """Each general word of ``resources/imagenet/hypernyms.toml`` with its class numbers."""
    found: dict[str, NDArray[np.intp]] = {}
    for table in assets.toml("imagenet/hypernyms.toml").values():
        for words, ranges in table.items():
            numbers = numbers_of(ranges)
            found.update(dict.fromkeys(words.split(", "), numbers))
    return found


def numbers_of(ranges: str) -> NDArray[np.intp]:
    """The class numbers of "3 5-7": 3, 5, 6, 7."""
    parts = (part.partition("-") for part in ranges.split())
    return np.concatenate([np.arange(int(a), int(b or a) + 1) for a, _, b in parts])


@cache
def class_texts() -> ClassTexts:
    """The shipped table.

    Raises:
        ValueError: it was not rebuilt after a change of the hypernyms.
    """
    above = hypernyms()
    with as_file(assets.resource(*TABLE)) as path, np.load(path) as table:
        if table["words"].tolist() != list(above):
            raise ValueError("hypernyms.toml has changed: run tools/build_class_texts.py")
        names, definitions, word_vectors = (
            _unpacked(table[key]) for key in ("names", "definitions", "word_vectors")
        )
    members = np.zeros((CLASSES, len(above)), np.bool_)
    for column, numbers in enumerate(above.values()):
        members[numbers, column] = True
    return ClassTexts(names, definitions, tuple(above), word_vectors, members)


def _unpacked(rows: NDArray[np.int8]) -> Vectors:
    vectors = rows.astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
