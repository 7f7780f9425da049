"""What a search answers. No numpy here: the window knows it from the beginning."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to a question, best first."""

    shown: tuple[int, ...]
    """Ids of photos that show it."""
    written: tuple[int, ...]
    """Ids of photos whose name, folder, date or camera says it."""
    reading: Reading = Reading.NONE
