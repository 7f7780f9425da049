"""What people look for, as a value. No numpy here: the window knows it from the beginning.

A query is a list of terms. Each asks for something (plus) or shuts it out (minus): words, a photo
that others are to be like, or a restriction of what is written of a photo. How people type it, and
how it is read: `photo_organizer.engine.browse.query_line`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from photo_organizer.engine import assets

SIGNS: Final = "+-−–"
"""What may stand before a term; all but the first one are a minus."""

QUOTES: Final = {'"': '"', "“": "”", "„": "“”"}
"""What begins a phrase, and what may end it."""

LIKE_FILE, LIKE_NUMBER = "like", "photo"
"""The names of the two ways to ask for photos like another one."""


class Field(StrEnum):
    """What a query can restrict."""

    NAME = "name"
    FOLDER = "folder"
    DATE = "date"
    CAMERA = "camera"
    CATEGORY = "category"
    STARS = "stars"


@dataclass(frozen=True, slots=True)
class Words:
    """Something that photos show, or of which it is written in name, folder, date or camera."""

    text: str
    """Each space in it a single one; empty words ask for nothing."""
    minus: bool = False
    phrase: bool = False
    """Between quotation marks: where it is written, it stands so, word by word."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.text.split()))
        if not self.phrase and not all(map(is_plain, self.text.split())):
            object.__setattr__(self, "phrase", True)


@dataclass(frozen=True, slots=True)
class Like:
    """Photos that are like another one."""

    photo: int | Path
    """Its number in the library, or its file, which may lie anywhere."""
    minus: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """What is written of a photo must say something."""

    field: Field
    value: str
    """As people typed it; an empty one restricts nothing."""
    minus: bool = False


Term: TypeAlias = Words | Like | Restriction


@dataclass(frozen=True, slots=True)
class Query:
    """What people look for; a photo must meet every term. Terms that ask nothing are left out."""

    terms: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", tuple(term for term in self.terms if _asks(term)))

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.terms)

    def plus(self, *terms: Term) -> Query:
        """The same with further terms."""
        return Query((*self.terms, *terms))

    def without(self, term: Term) -> Query:
        """The same without a term."""
        return Query(tuple(each for each in self.terms if each != term))


def turned(term: Term) -> Term:
    """The term with the other sign."""
    return replace(term, minus=not term.minus)


def _asks(term: Term) -> bool:
    match term:
        case Words():
            return bool(term.text)
        case Restriction():
            return bool(term.value)
        case Like():
            return True


def is_plain(word: str) -> bool:
    """Whether a word stands for itself where people type it: no sign, quotation mark or field."""
    return word[0] not in SIGNS and word[0] not in QUOTES and field_names().match(word) is None


@cache
def field_names() -> re.Pattern[str]:
    """Finds the name of a field with its colon, as `field_called` takes it."""
    names = "|".join(sorted(map(re.escape, _names()), key=len, reverse=True))
    return re.compile(rf"({names}):", re.IGNORECASE)


def field_called(name: str) -> str:
    """The `Field`, `LIKE_FILE` or `LIKE_NUMBER` that people call so in any language."""
    return _names()[name.casefold()]


@cache
def _names() -> dict[str, str]:
    return {
        name.casefold(): key
        for key, entry in assets.toml("search_words.toml").items()
        for language in assets.languages()
        for name in entry.get(language, ())
    }
