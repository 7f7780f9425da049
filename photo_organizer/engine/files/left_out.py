"""What the walk through folders leaves out, and how many files of which suffix that was.

The lists are in ``resources/left_out.toml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final, TypeVar

from photo_organizer.engine import assets
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LEFT_OUT, VIDEOS
from photo_organizer.engine.files.formats import PICTURE_SUFFIXES
from photo_organizer.engine.files.unit_names import belongings

_FOLDERS: Final = assets.toml("left_out.toml")["folders"]
_FILES: Final = assets.toml("left_out.toml")["files"]

_LIBRARIES: Final = tuple(_FOLDERS["libraries"])
_PREVIEWS: Final = tuple(_FOLDERS["previews"])
_SYSTEM: Final = frozenset(_FOLDERS["system"])
_PICTURES: Final = frozenset((*_FILES["pictures"], *_FILES["small_films"])) - PICTURE_SUFFIXES
_FILMS: Final = frozenset(_FILES["films"])

NAMED: Final = 3
"""So many videos, or folders with videos, are named in a sentence."""

_HERE: Final = PurePath()

T = TypeVar("T", str, PurePath)


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
    """Counts files that look like pictures and are not read, and videos, below one folder."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._videos: list[PurePath] = []

    def count(self, names: Sequence[str], folder: PurePath = _HERE) -> None:
        """Count the files of one folder.

        Args:
            names: of all of its files that are not hidden, those that are read among them.
            folder: where it lies below the one that is told of.
        """
        suffixes = [(name, PurePath(name).suffix.lower()) for name in names]
        self._counts.update(suffix for _, suffix in suffixes if suffix in _PICTURES)
        films = [name for name, suffix in suffixes if suffix in _FILMS]
        if films:
            parts = belongings(names)
            self._videos += [folder / name for name in films if name not in parts]

    def told(self) -> Reason | None:
        """How many pictures there were of which suffix, most first; None where there were none."""
        if not self._counts:
            return None
        return Reason(
            LEFT_OUT,
            {"count": self._counts.total()},
            items=tuple(
                Reason("files.left_out_suffix", {"count": count, "suffix": suffix})
                for suffix, count in _most_first(self._counts)
            ),
        )

    @property
    def videos(self) -> tuple[str, ...]:
        """The videos, by where they lie."""
        return tuple(str(video) for video in self._videos)

    def told_of_videos(self, name: str) -> Reason | None:
        """How many videos there were, and where; None where there were none.

        Args:
            name: of the folder that is told of.
        """
        if not self._videos:
            return None
        count = len(self._videos)
        if count <= NAMED:
            named = (Reason("files.name", {"name": str(video)}) for video in self._videos)
            return Reason(VIDEOS, {"count": count}, items=tuple(named))
        folders = Counter(video.parent for video in self._videos)
        most = _most_first(folders)
        places = [
            Reason(
                "files.videos_in",
                {"count": count, "folder": name if folder == _HERE else str(folder)},
            )
            for folder, count in most[:NAMED]
        ]
        if rest := most[NAMED:]:
            left = {"count": sum(count for _, count in rest), "folders": len(rest)}
            places.append(Reason("files.videos_elsewhere", left))
        return Reason(VIDEOS, {"count": count}, items=tuple(places))


def _most_first(counts: Counter[T]) -> list[tuple[T, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
