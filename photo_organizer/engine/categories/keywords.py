"""Keywords as an encoder can read them: most models know English only."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from photo_organizer.engine import assets


def readable(keywords: Sequence[str], *, multilingual: bool) -> tuple[str, ...]:
    """The keywords that a model can read, in English where it reads nothing else.

    Words of the program's other languages are translated where they are known.

    Args:
        keywords: in any language.
        multilingual: the model reads them all, as they are.

    Returns:
        Each once. What is written in another script and not known is left out: a model that reads
        English only would match it with anything.
    """
    if multilingual:
        return tuple(dict.fromkeys(keywords))
    found: dict[str, None] = {}
    for keyword in keywords:
        found |= dict.fromkeys(in_english(keyword))
    return tuple(found)


def in_english(keyword: str) -> tuple[str, ...]:
    """A keyword in English words; empty where it is in another script and not known.

    Latin letters count as English: nobody can tell "gift" from "Gift".
    """
    if all(_is_latin(letter) for letter in keyword if letter.isalpha()):
        return (keyword,)
    return _known().get(" ".join(keyword.split()), ())


def shown_in(keyword: str, language: str) -> str:
    """A keyword of a built-in category as people of a language call it; itself where unknown."""
    return _words(language).get(keyword, keyword)


@cache
def _words(language: str) -> dict[str, str]:
    """The first word of a language for each English keyword."""
    if not assets.resource("keywords", f"{language}.toml").is_file():
        return {}
    words: dict[str, str] = {}
    for word, english in assets.toml(f"keywords/{language}.toml").items():
        words.setdefault(english, word)
    return words


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """The words that are known, by what they are called in each language but English."""
    known: dict[str, tuple[str, ...]] = {}
    for language in assets.languages():
        if assets.resource("keywords", f"{language}.toml").is_file():
            words = assets.toml(f"keywords/{language}.toml")
            known |= {word: (english,) for word, english in words.items()}
        for entry in assets.toml("categories.toml").values():
            if language in entry:
                known[entry[language]] = tuple(entry["prompts"])
    return known
