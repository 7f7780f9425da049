"""What the model sees: which photos show a text, and which are like a photo, as log-odds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.browse import fitting
from photo_organizer.engine.categories.catalog import (
    Category,
    built_in,
    built_in_about,
    built_in_called,
    names_a_part,
)
from photo_organizer.engine.categories.keywords import readable
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.search_answer import Reading
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.encoders.protocols import ComparablePhotos, Label, Matcher

Odds = NDArray[np.float64]
"""(N,) log-odds of the photos of the facts; from 0 on a photo fits."""

_FILLING = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "my",
        "of",
        "on",
        "our",
        "the",
        "to",
        "with",
    ]
)
"""English words that name nothing by themselves."""

_WORDS = 6
"""Longer texts are no lists of things."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees of something."""

    reading: Reading
    odds: Odds | None = None
    """None where it can tell nothing of it."""


class Seeing:
    """A model and the photos that it looks at; each text is asked once."""

    def __init__(self, comparable: ComparablePhotos, facts: Facts, matcher: Matcher) -> None:
        self.facts = facts
        self._comparable = comparable
        self._matcher = matcher
        self._known: dict[tuple[str, bool, bool], Seen] = {}
        self._scores: dict[tuple[str, ...], NDArray[np.float32]] = {}

    def look_ahead(self, texts: Iterable[str]) -> None:
        """Compare the photos with several texts at once, which takes hardly longer than with one.

        Only of a model that reads: to one of kinds, texts in one question compete.
        """
        if self._matcher.proof is None:
            return
        read = [_readable(text, multilingual=self._matcher.multilingual) for text in texts]
        wanted = [each for each in dict.fromkeys(read) if each and each not in self._scores]
        if wanted:
            scores = self._comparable.match([Label(each) for each in wanted])
            self._scores |= {each: scores[:, place] for place, each in enumerate(wanted)}

    def shows(self, text: str, *, minus: bool = False, alike: bool = False) -> Seen:
        """Which photos show what a text says.

        Args:
            text: any words.
            minus: they are shut out: nothing that is only related shall go with them.
            alike: they must be like a photo, too. Such words say what is different there ("at
                night"); they need not fit as well as the name of a thing does.
        """
        asked = text, minus, alike
        if asked not in self._known:
            self._known[asked] = self._look(text, minus=minus, alike=alike)
        return self._known[asked]

    def _look(self, text: str, *, minus: bool, alike: bool) -> Seen:
        matcher = self._matcher
        texts = _readable(text, multilingual=matcher.multilingual)
        category = self._learned(text, texts, minus=minus)
        if category is not None:
            return Seen(Reading.BY_KIND, self._of_category(category))
        if not texts:
            return Seen(Reading.FOREIGN)
        if matcher.proof is None:
            return self._look_for_kinds(texts, minus=minus)
        self.look_ahead([text])
        odds = fitting.log_odds(self._scores[texts], matcher.proof.category, needs_middle=not alike)
        return Seen(Reading.FREELY, odds)

    def _look_for_kinds(self, texts: Sequence[str], *, minus: bool) -> Seen:
        """What a model sees that knows kinds of things, as the starter does."""
        listed = self._word_by_word(texts[0], minus=minus) if len(texts) == 1 else None
        if listed is not None:
            return listed
        if not any(self._matcher.knows(texts)):
            return Seen(Reading.UNKNOWN)
        chances = self._comparable.match([Label(texts, narrow=True)])[:, 0]
        odds = _of_chances(chances, Thresholds()["search.share"])
        category = built_in_about(texts[0]) if len(texts) == 1 else None
        if category is not None and category.key in self._matcher.learned:
            # Learned by photos, the category knows better: no field of rape seed is a flower to it.
            within = self._of_category(category)
            odds = np.minimum(odds, within)
            if not minus and names_a_part(category, texts[0]) and not (odds >= 0).any():
                odds = within  # of the words in its name it is the nearest that can be seen
        return Seen(Reading.BY_KIND, odds)

    def _word_by_word(self, text: str, *, minus: bool) -> Seen | None:
        """What a model of kinds of things makes of "a dog on a beach": both of them.

        None where the text does not name two or more kinds, and nothing else.
        """
        words = [word for word in text.split() if word.casefold() not in _FILLING]
        if not 1 < len(words) <= _WORDS or built_in_about(text) is not None:
            return None
        kinds = [word for word in words if built_in_called(word) or built_in_about(word)]
        if len(kinds) < 2 and any(self._matcher.knows([text])):
            return None  # a kind whose name has several words: "traffic light"
        each = [self.shows(word, minus=minus) for word in words]
        odds = [seen.odds for seen in each if seen.odds is not None]
        if len(odds) < len(each):
            return None
        return Seen(Reading.BY_KIND, np.min(odds, axis=0))

    def _learned(self, text: str, texts: Sequence[str], *, minus: bool) -> Category | None:
        """The built-in category that a text asks for, where the model was taught it by photos.

        A name of a category is about all that is in it. A keyword is, where the model knows nothing
        narrower: who looks for a person finds people, who looks for a dog no cats.
        """
        matcher = self._matcher
        category = built_in_called(text)
        if category is None and len(texts) == 1:
            category = built_in_called(texts[0])  # a word of another language that means its name
        if category is None and texts and not minus and not any(matcher.knows(texts)):
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


def _readable(text: str, *, multilingual: bool) -> tuple[str, ...]:
    """What the model can read of a text; word by word where it does not know it whole."""
    texts = readable([text], multilingual=multilingual)
    words = text.split()
    if texts or not 1 < len(words) <= _WORDS:
        return texts
    each = [readable([word], multilingual=multilingual) for word in words]
    return (" ".join(first for first, *_ in each),) if all(each) else ()


def _of_chances(chances: NDArray[np.float32], least: float) -> Odds:
    """Chances as log-odds that are 0 at the least one that counts."""
    sure = np.clip(np.asarray(chances, np.float64), 1e-6, 1 - 1e-6)
    odds: Odds = np.log(sure / (1 - sure)) - np.log(least / (1 - least))
    return odds
