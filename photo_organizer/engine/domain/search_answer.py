"""What a search answers. No numpy here: the window knows it from the beginning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
class SearchAnswer:
    """The answer to a question, best first."""

    shown: tuple[int, ...]
    """Ids of photos that show it."""
    written: tuple[int, ...]
    """Ids of photos whose name, folder, date or camera says it; those that say exactly it first."""
    reading: Reading = Reading.NONE
    exact: Mapping[int, Place] = field(default_factory=dict)
    """Of those of `written` whose name, folder or date says exactly it: where; in their order."""

    @property
    def all(self) -> tuple[int, ...]:
        """Everything that was found: what is exact, what shows it, then what says it by chance."""
        return tuple(dict.fromkeys((*self.exact, *self.shown, *self.written)))
