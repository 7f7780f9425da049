"""What the name of a folder says: somebody gave it, or copies only passed through.

The words are in ``resources/folders.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from photo_organizer.engine import assets

_WORD: Final = re.compile(r"[^\W\d_]+")
_HUMP: Final = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
"""Where a word begins inside another: "PhotosBackup"."""

_DATED: Final = re.compile(r"(?<!\d)(18[4-9]\d|(19|20)\d\d(\d\d)?(\d\d)?)(?!\d)")
"""A year from the first photographs on, or a month or day in digits alone: "20190531"."""

_OF_A_CAMERA: Final = re.compile(r"[1-9]\d\d([A-Z0-9_]{5}|_[A-Za-z0-9]+)")
"""A folder as cameras name it (DCF): "100CANON", "101MSDCF"."""

_SET_APART: Final = re.compile(r"( -+ |[_.(\[~]|--)\W*$")
"""What stands before a word that is set apart from the name it follows."""


_WORTH_A_NAME: Final = 3
"""Letters of the alphabet that a word must have to mean something; of other scripts one less."""


def is_passing(name: str) -> bool:
    """Whether the name says that copies only passed through."""
    words = _words()
    if _OF_A_CAMERA.fullmatch(name) and not _DATED.match(name):
        return True
    for found in _readings(name):
        said = " ".join(found)
        if _says(said, words["anywhere"]):
            return True
        others = _without(said, words["at_end"] | words["alone"])
        if len(others) < len(found) and not any(map(_means, others)):
            return True
        if any(said.endswith(f" {word}") or said == word for word in words["at_end"]):
            return True
        last = found[-1] if found else ""
        if last in words["alone"] and _is_set_apart(name, last):
            return True
    return False


def is_given(name: str) -> bool:
    """Whether somebody gave the name: it has a date, or a word that means something."""
    if _DATED.search(name):
        return True
    said = " ".join(next(_readings(name)))
    return any(map(_means, _without(said, frozenset())))


def _is_set_apart(name: str, last: str) -> bool:
    before = unicodedata.normalize("NFKC", name).casefold().rpartition(last)[0]
    return _SET_APART.search(before) is not None


def _means(word: str) -> bool:
    if word in _words()["neutral"]:
        return False
    others = sum(not ("a" <= letter <= "z") for letter in word)
    return len(word) + others >= _WORTH_A_NAME


def _readings(name: str) -> Iterator[list[str]]:
    """The words of a name, small; once more with the humps of its words apart, if it has any."""
    plain = unicodedata.normalize("NFKC", name)
    yield _WORD.findall(plain.casefold())
    apart = _HUMP.sub(" ", plain)
    if apart != plain:
        yield _WORD.findall(apart.casefold())


def _says(said: str, phrases: frozenset[str]) -> bool:
    return any(f" {phrase} " in f" {said} " for phrase in phrases)


def _without(said: str, phrases: frozenset[str]) -> Sequence[str]:
    """The words that are left when phrases are taken out."""
    rest = f" {said} "
    for phrase in sorted(phrases, key=len, reverse=True):
        while f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " ")
    return rest.split()


@cache
def _words() -> Mapping[str, frozenset[str]]:
    table = assets.toml("folders.toml")
    listed = {**table["passing"], "neutral": table["neutral"]["words"]}
    return {
        name: frozenset(" ".join(next(_readings(phrase))) for phrase in phrases)
        for name, phrases in listed.items()
    }
