"""Keywords as an encoder can read them: most models know English only."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from photo_organizer.engine import assets


def readable(keywords: Sequence[str], *, multilingual: bool) -> tuple[str, ...]:
    """The keywords that a model can read; Korean ones are translated where the words are known.

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
    return _korean().get(" ".join(keyword.split()), ())


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


@cache
def _korean() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {
        korean: (english,) for korean, english in assets.toml("keywords/ko.toml").items()
    }
    for entry in assets.toml("categories.toml").values():
        known[entry["ko"]] = tuple(entry["prompts"])
    return known
