"""What is written of photos, side by side: 100,000 of them are asked within a blink."""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property

from photo_organizer.engine.domain.dates import TakenDate
from photo_organizer.engine.domain.facts import Photo

_FIELD, _END = "\x1f", "\n"
"""Between two things that are written of a photo, and after the last: no word holds either."""

_FOLDERS = 2
"""So many folders above a photo are searched."""


class WrittenColumns:
    """Name, folders, camera and date of N photos, in small letters; row i is of ``ids[i]``."""

    def __init__(self, photos: Mapping[int, Photo]) -> None:
        self.ids: list[int] = list(photos)
        self.names: list[str] = []
        self.folders: list[str] = []
        """The whole path of the folder."""
        self.cameras: list[str] = []
        """With the lens."""
        self.taken: list[TakenDate | None] = []
        self._near: dict[str, tuple[str, ...]] = {}
        for photo in photos.values():
            path = photo.path
            folder = str(path.parent)
            if folder not in self._near:
                parts = path.parts[-_FOLDERS - 1 : -1]
                self._near[folder] = tuple(part.casefold() for part in parts)
            self.names.append(path.name.casefold())
            self.folders.append(folder)
            exif = photo.exif
            self.cameras.append(_FIELD.join(filter(None, (exif.camera, exif.lens))).casefold())
            self.taken.append(photo.taken)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def rows(self) -> dict[int, int]:
        """The row of each photo by its id."""
        return {i: row for row, i in enumerate(self.ids)}

    def near_folders(self, row: int) -> tuple[str, ...]:
        """The folders right above a photo."""
        return self._near[self.folders[row]]

    def rows_with(self, words: str) -> set[int]:
        """The photos of which words are written anywhere, also as a part of a word.

        Args:
            words: in small letters, single spaces between them.
        """
        found: set[int] = set()
        text, starts = self._text, self._starts
        at = text.find(words)
        while at >= 0:
            row = bisect_right(starts, at) - 1
            found.add(row)
            if row + 1 == len(starts):
                break
            at = text.find(words, starts[row + 1])
        return found

    @cached_property
    def _lines(self) -> list[str]:
        return [
            _FIELD.join(
                (
                    name,
                    *self._near[folder],
                    taken.text()[: len("2024-05-31")] if taken is not None else "",
                    camera,
                )
            ).replace(_END, " ")
            + _END
            for name, folder, taken, camera in zip(
                self.names, self.folders, self.taken, self.cameras, strict=True
            )
        ]

    @cached_property
    def _text(self) -> str:
        return "".join(self._lines)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for line in self._lines:
            starts.append(at)
            at += len(line)
        return starts


_last: tuple[weakref.ref[Mapping[int, Photo]], WrittenColumns] | None = None


def columns_of(photos: Mapping[int, Photo]) -> WrittenColumns:
    """What is written of photos; kept for the next question about the same ones."""
    global _last  # noqa: PLW0603 - the photos of one library are asked again and again
    known = _last
    if known is not None and known[0]() is photos:
        return known[1]
    columns = WrittenColumns(photos)
    if not isinstance(photos, dict):  # may change, and cannot be held weakly
        _last = weakref.ref(photos), columns
    return columns
