"""What the walk through folders leaves out, and how many files of which suffix that was.

The lists are in ``resources/left_out.toml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from photo_organizer.engine import assets
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LEFT_OUT
from photo_organizer.engine.files.formats import PICTURE_SUFFIXES

_FOLDERS: Final = assets.toml("left_out.toml")["folders"]
_FILES: Final = assets.toml("left_out.toml")["files"]

_LIBRARIES: Final = tuple(_FOLDERS["libraries"])
_PREVIEWS: Final = tuple(_FOLDERS["previews"])
_SYSTEM: Final = frozenset(_FOLDERS["system"])
_PICTURES: Final = frozenset(_FILES["pictures"]) - PICTURE_SUFFIXES
_FILMS: Final = frozenset(_FILES["films"])


def is_library(name: str) -> bool:
    """Whether a folder of this name is another program's database or document."""
    return _ends_with(name, _LIBRARIES)


def is_no_place_for_photos(name: str) -> bool:
    """Whether a folder of this name belongs to a system, or holds previews of other photos."""
    return name.lower() in _SYSTEM or _ends_with(name, _PREVIEWS)


def _ends_with(name: str, suffixes: tuple[str, ...]) -> bool:
    small = name.lower()
    return small.endswith(suffixes) and small not in suffixes


class LeftOut:
    """Counts files that look like pictures or films and are not read."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, names: Iterable[str]) -> None:
        """Count the files of one folder.

        Args:
            names: of all of its files that are not hidden, those that are read among them.
        """
        suffixes = [(PurePath(name), PurePath(name).suffix.lower()) for name in names]
        left = [(path, s) for path, s in suffixes if s in _PICTURES or s in _FILMS]
        if not left:
            return
        photos = {path.stem.casefold() for path, suffix in suffixes if suffix in PICTURE_SUFFIXES}
        for path, suffix in left:
            if suffix in _PICTURES or path.stem.casefold() not in photos:
                self._counts[suffix] += 1

    def told(self) -> Reason | None:
        """How many there were of which suffix, most first; None where there were none."""
        if not self._counts:
            return None
        most_first = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return Reason(
            LEFT_OUT,
            {"count": self._counts.total()},
            items=tuple(
                Reason("files.left_out_suffix", {"count": count, "suffix": suffix})
                for suffix, count in most_first
            ),
        )
