"""What the model sees: which photos show a text, and which are like a photo, as log-odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.browse import fitting
from photo_organizer.engine.categories.catalog import (
    Category,
    built_in,
    built_in_about,
    built_in_called,
)
from photo_organizer.engine.categories.keywords import readable
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.search_answer import Reading
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.encoders.protocols import ComparablePhotos, Label, Matcher

Odds = NDArray[np.float64]
"""(N,) log-odds of the photos of the facts; from 0 on a photo fits."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees of something."""

    reading: Reading
    odds: Odds | None = None
    """None where it can tell nothing of it."""
    beyond_usual: NDArray[np.float32] | None = None
    """(N,) how much more the text is like each photo than texts are; only where it was asked."""


class Seeing:
    """A model and the photos that it looks at; each text is asked once."""

    def __init__(self, comparable: ComparablePhotos, facts: Facts, matcher: Matcher) -> None:
        self.facts = facts
        self._comparable = comparable
        self._matcher = matcher
        self._known: dict[tuple[str, bool], Seen] = {}

    def shows(self, text: str, *, alike: bool = False) -> Seen:
        """Which photos show what a text says.

        Args:
            text: any words.
            alike: they must be like a photo, too. Such words say what is different there ("at
                night"); they need not fit as well as the name of a thing does.
        """
        if (text, alike) not in self._known:
            self._known[text, alike] = self._look(text, alike=alike)
        return self._known[text, alike]

    def _look(self, text: str, *, alike: bool) -> Seen:
        matcher = self._matcher
        texts = readable([text], multilingual=matcher.multilingual)
        category = self._learned(text, texts)
        if category is not None:
            return Seen(Reading.BY_KIND, self._of_category(category))
        if not texts:
            return Seen(Reading.FOREIGN)
        if not any(matcher.knows(texts)):
            return Seen(Reading.UNKNOWN)
        scores = self._comparable.match([Label(texts)])[:, 0]
        if matcher.proof is None:
            return Seen(Reading.BY_KIND, _of_chances(scores, Thresholds()["search.share"]))
        odds = fitting.log_odds(scores, matcher.proof.category, needs_middle=not alike)
        if not alike:
            return Seen(Reading.FREELY, odds)
        return Seen(Reading.FREELY, odds, scores - self._anything)

    @cached_property
    def _anything(self) -> NDArray[np.float32]:
        """How much each photo is like texts at all: the mean over the built-in categories."""
        labels = [Label(each.prompts, each.key) for each in built_in()]
        mean: NDArray[np.float32] = self._comparable.match(labels).mean(axis=1)
        return mean

    def _learned(self, text: str, texts: Sequence[str]) -> Category | None:
        """The built-in category that a text asks for, where the model was taught it by photos.

        A name of a category is about all that is in it. A keyword is, where the model knows nothing
        narrower: who looks for a person finds people, who looks for a dog no cats.
        """
        matcher = self._matcher
        category = built_in_called(text)
        if category is None and texts and not any(matcher.knows(texts)):
            about = (built_in_about(each) for each in texts)
            category = next((found for found in about if found is not None), None)
        return category if category is not None and category.key in matcher.learned else None

    def _of_category(self, category: Category) -> Odds:
        """Whether photos fit a built-in category, whatever else they show as well."""
        labels = [Label(each.prompts, each.key) for each in built_in()]
        place = [label.key for label in labels].index(category.key)
        return _of_chances(
            self._comparable.match(labels)[:, place], self._matcher.category_threshold
        )

    def like(self, vectors: Vectors) -> tuple[Odds, NDArray[np.float32]]:
        """Which photos are like a photo, and how much.

        Args:
            vectors: (E, D) unit rows of the photos that are asked with; one of them is enough.
        """
        likeness = self._comparable.likeness(vectors).max(axis=1)
        return fitting.log_odds(likeness, self._likeness), likeness

    @property
    def _likeness(self) -> Calibrated:
        if self._matcher.proof is not None:
            return self._matcher.proof.likeness
        numbers = Thresholds()
        return Calibrated(
            *(numbers[f"search.likeness.{name}"] for name in ("middle", "spread", "weight"))
        )


def _of_chances(chances: NDArray[np.float32], least: float) -> Odds:
    """Chances as log-odds that are 0 at the least one that counts."""
    sure = np.clip(np.asarray(chances, np.float64), 1e-6, 1 - 1e-6)
    odds: Odds = np.log(sure / (1 - sure)) - np.log(least / (1 - least))
    return odds
