"""What a search answers. No numpy here: the window knows it from the beginning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from photo_organizer.engine.domain.query import Term
from photo_organizer.engine.domain.reasons import Reason


class Reading(StrEnum):
    """How well the model understood a text."""

    FREELY = "freely"
    """It reads any text."""
    BY_KIND = "by_kind"
    """It knows kinds of things, and this is one of them."""
    UNKNOWN = "unknown"
    """It knows kinds of things, and nothing like this."""
    FOREIGN = "foreign"
    """It cannot read this language."""
    NONE = "none"
    """No model was asked."""


class Place(StrEnum):
    """Where exactly what was asked for stands."""

    NAME = "name"
    FOLDER = "folder"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """How one term of a query was understood, and how many photos meet it alone.

    In a sentence for people: `photo_organizer.engine.domain.search_sentences.told`.
    """

    term: Term
    reading: Reading = Reading.NONE
    shown: int = 0
    """Photos that show it, or that are like the photo."""
    written: int = 0
    """Photos of which it is written; those that a restriction lets through."""
    problem: Reason | None = None
    """Why it could not be asked: no such date, a photo that cannot be read…; it found nothing."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to a question, best first."""

    shown: tuple[int, ...]
    """Ids of photos that show it."""
    written: tuple[int, ...]
    """Ids of photos whose name, folder, date or camera says it; those that say exactly it first.
    Where nothing but restrictions was asked: all that meet them."""
    reading: Reading = Reading.NONE
    """The poorest reading of the words that were asked for."""
    exact: Mapping[int, Place] = field(default_factory=dict)
    """Of those of `written` whose name, folder or date says exactly it: where; in their order."""
    terms: tuple[TermAnswer, ...] = ()
    """How each term was understood."""
    scores: Mapping[int, float] = field(default_factory=dict)
    """Of those of `shown` the chance that they are meant, by which they are ranked."""

    @property
    def all(self) -> tuple[int, ...]:
        """Everything that was found: what is exact, what shows it, then what says it by chance."""
        return tuple(dict.fromkeys((*self.exact, *self.shown, *self.written)))
