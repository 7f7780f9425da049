"""Which of several folders somebody put in order, and which ones copies only passed through.

The names of folders tell: "2019/2019-05 Rome" and "Fotos/Urlaub Italien" are an order that somebody
made; "Backup", "Downloads", "WhatsApp Images", "Rome - Copy" and a camera's "DCIM/100CANON" hold
what was put aside. The words are in ``resources/folders.toml``.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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

_PLACES: Final = (
    r"^/home/[^/]+",
    r"^/users/[^/]+",
    r"^/run/media/[^/]+/[^/]+",
    r"^/media/[^/]+/[^/]+",
    r"^/(mnt|volumes|media)/[^/]+",
    r"^[a-z]:/users/[^/]+",
    r"^[a-z]:/?",
)
_SOMEWHERE: Final = re.compile("|".join(_PLACES), re.IGNORECASE)
"""Where a drive or a person's files begin: names that nobody gave to photos."""

_WORTH_A_NAME: Final = 3
"""Letters of the alphabet that a word must have to mean something; of other scripts one less."""


def organised(folders: Iterable[Path]) -> dict[Path, int]:
    """How much order the names of folders show, for each of them.

    1: somebody put the photos in order there. 0: nothing says so, or photos in order were put
    aside as a whole. -1: copies only passed through.

    What all of the folders have in common says nothing about any of them.

    Args:
        folders: absolute.
    """
    known = set(folders)
    common = len(_common(known).parts) if known else 0
    return {folder: _order(folder, common) for folder in known}


def _common(folders: Iterable[Path]) -> Path:
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # several drives
        return Path()


def _order(folder: Path, common: int) -> int:
    somewhere = _SOMEWHERE.match(folder.as_posix())
    begins = len(Path(somewhere.group()).parts) if somewhere else 1
    kinds = [_kind(name) for name in folder.parts[max(common, begins) :]]
    # A drive may be called "Backup": what it is called counts against it, never for it.
    put_aside = any(_kind(name).passing for name in folder.parts[common:begins])
    return any(kind.ordered for kind in kinds) - (put_aside or any(k.passing for k in kinds))


@dataclass(frozen=True, slots=True)
class _Name:
    """What one name says."""

    ordered: bool
    passing: bool


@cache
def _kind(name: str) -> _Name:
    passing = _is_passing(name)
    return _Name(not passing and _is_given(name), passing)


def _is_passing(name: str) -> bool:
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


def _is_set_apart(name: str, last: str) -> bool:
    before = unicodedata.normalize("NFKC", name).casefold().rpartition(last)[0]
    return _SET_APART.search(before) is not None


def _is_given(name: str) -> bool:
    """Whether somebody gave the name: it has a date, or a word that means something."""
    if _DATED.search(name):
        return True
    said = " ".join(next(_readings(name)))
    return any(map(_means, _without(said, frozenset())))


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
