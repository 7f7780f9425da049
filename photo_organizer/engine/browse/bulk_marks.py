"""Many flagged photos marked for the trash at once: which ones, and which nobody meant.

Who marks hundreds of photos looks at few of them. So what people said of a photo before counts
more: it is left out, and that is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from photo_organizer.engine.browse.sort_filter import Columns
from photo_organizer.engine.files.folder_names import every_name


class Spared(StrEnum):
    """Why a photo is not marked with the others; the first that holds is told."""

    PROTECTED = "protected"
    """It lies in a protected folder."""
    STARRED = "starred"
    """It has stars, from the user or in its file."""
    FINE = "fine"
    """The user called it fine, whatever flaw that was about."""
    KEPT = "kept"
    """The user kept it, or a group that it is in."""


@dataclass(frozen=True, slots=True)
class BulkMarks:
    """What is marked when people mark many at once."""

    ids: tuple[int, ...] = ()
    """The photos to mark; none of them is marked yet."""
    spared: Mapping[Spared, int] = field(default_factory=Counter)
    """How many are left out, and why."""
    already: int = 0
    """How many are marked already."""


def bulk_marks(
    photos: Iterable[int],
    columns: Columns,
    marks: Set[int],
    kept: Collection[int] = frozenset(),
    protected: Callable[[str], bool] = lambda _folder: False,
) -> BulkMarks:
    """Which of the photos are marked, and why the others are not.

    Args:
        photos: those that people see.
        columns: of the result that they are in.
        marks: the photos that are marked already.
        kept: those that the user kept.
        protected: whether photos in a folder never go, see `protects`.
    """
    result, folders, stars = columns.result, columns.folders, columns.stars
    fine = {flag.photo for flag in result.fine}
    reviewed = {i for group in result.groups if group.reviewed for i in group.photos}

    def why(photo: int) -> Spared | None:
        if protected(folders.get(photo, "")):
            return Spared.PROTECTED
        if stars.get(photo, 0) > 0:
            return Spared.STARRED
        if photo in fine:
            return Spared.FINE
        return Spared.KEPT if photo in kept or photo in reviewed else None

    listed = list(photos)
    left = {i: why(i) for i in listed if i not in marks}
    return BulkMarks(
        tuple(i for i, reason in left.items() if reason is None),
        Counter(reason for reason in left.values() if reason is not None),
        len(listed) - len(left),
    )


def protects(folders: Collection[Path], library: Collection[Path]) -> Callable[[str], bool]:
    """Tells whether a folder is protected or lies in one that is. Looks at the drive, once.

    Args:
        folders: the protected ones.
        library: the folders that photos are looked for in.
    """
    names = every_name(tuple(folders), tuple(library)) if folders else ()

    @cache
    def is_protected(folder: str) -> bool:
        return any(Path(folder).is_relative_to(name) for name in names)

    return is_protected
