"""The folders of a library as a tree, with the photos that lie in each of them.

Made beside the window: for 100,000 photos in 5,000 folders that takes a moment.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from photo_organizer.engine.browse.sort_filter import (
    Arrangement,
    Columns,
    Filters,
    arrange,
    sortable,
)


@dataclass(slots=True)
class Folder:
    """A folder that holds photos, itself or somewhere below."""

    path: str
    """Absolute, as photos in it are called."""
    name: str
    """The last part of the path; of a root the whole of it where it has none."""
    parent: Folder | None = None
    row: int = 0
    """Its place among its parent's children."""
    children: list[Folder] = field(default_factory=list)
    """By name, numbers by value."""
    photos: list[int] = field(default_factory=list)
    """The ids of the photos that lie in it, without those further below."""
    total: int = 0
    """How many photos lie in it and below."""

    def walk(self) -> Iterator[Folder]:
        """It and all folders below, from top to bottom."""
        waiting = [self]  # no recursion: folders may lie in one another as deep as they like
        while waiting:
            folder = waiting.pop()
            yield folder
            waiting += reversed(folder.children)

    def ids(self, *, below: bool) -> list[int]:
        """The photos that lie in it, and `below` it where that is asked for."""
        if not below:
            return list(self.photos)
        found: list[int] = []
        for folder in self.walk():
            found += folder.photos
        return found


class FolderTree:
    """Where the photos of a library lie.

    Args:
        folder_of: by photo id the folder that it lies in, see `Photos.folders`.
        roots: the folders that are open. Photos that lie in none of them have roots of their own.
    """

    def __init__(self, folder_of: Mapping[int, str], roots: Iterable[str] = ()) -> None:
        self._known: dict[str, Folder] = {}
        photos: dict[str, list[int]] = {}
        for photo, path in folder_of.items():
            photos.setdefault(path, []).append(photo)
        self._roots = _outermost({*roots}, photos)
        tops: dict[str, Folder] = {}
        for path, ids in photos.items():
            folder = self._folder(path, tops)
            folder.photos = ids
        self.roots: Sequence[Folder] = sorted(tops.values(), key=_order)
        """The outermost folders."""
        for row, root in enumerate(self.roots):
            root.row = row
            _complete(root)

    def all(self) -> list[Folder]:
        """Every folder, from top to bottom."""
        return [folder for root in self.roots for folder in root.walk()]

    def __len__(self) -> int:
        """How many folders there are."""
        return len(self._known)

    def get(self, path: str) -> Folder | None:
        """The folder of a path; None where no photo lies in or below it."""
        return self._known.get(path)

    def counts(self, folders_of_photos: Iterable[str], *, below: bool) -> dict[str, int]:
        """How many of some photos lie in each folder; folders without any are missing.

        Args:
            folders_of_photos: the folder of each of these photos.
            below: those further below count as well.
        """
        totals: dict[str, int] = {}
        own = Counter(folders_of_photos)
        if not below:
            return dict(own)
        for path, count in own.items():
            folder = self._known.get(path)
            while folder is not None:
                totals[folder.path] = totals.get(folder.path, 0) + count
                folder = folder.parent
        return totals

    def _folder(self, path: str, tops: dict[str, Folder]) -> Folder:
        """The folder of a path, made with those above it up to its root."""
        missing: list[str] = []
        root = next(root for root in self._roots if _is_below(path, root))
        here = path
        while here not in self._known:
            missing.append(here)
            if here == root:
                break
            here = os.path.dirname(here)  # noqa: PTH120 - 5,000 paths are cut as text
        parent = self._known.get(here)
        for made in reversed(missing):
            folder = Folder(made, PurePath(made).name or made, parent)
            if parent is None:
                tops[made] = folder
            else:
                parent.children.append(folder)
            self._known[made] = parent = folder
        return self._known[path]


def counts(
    tree: FolderTree,
    columns: Columns,
    filters: Filters,
    marks: Collection[int] = frozenset(),
    *,
    below: bool,
) -> dict[str, int]:
    """How many photos that pass the filters lie in each folder; see `FolderTree.counts`.

    Args:
        tree: of all photos.
        columns: of the same photos.
        filters: what photos must have to count.
        marks: the photos marked for the trash.
        below: those further below count as well.
    """
    folder_of = columns.folders
    passing: Iterable[int] = folder_of
    if filters:
        passing = arrange(list(folder_of), Arrangement(filters=filters), columns, marks).ids
    return tree.counts((folder_of[photo] for photo in passing), below=below)


def _complete(root: Folder) -> None:
    """Sort what lies below a root, and count it; from the bottom up."""
    for folder in reversed(list(root.walk())):
        folder.children.sort(key=_order)
        for row, child in enumerate(folder.children):
            child.row = row
        folder.total = len(folder.photos) + sum(child.total for child in folder.children)


def _outermost(roots: Iterable[str], folders: Iterable[str]) -> list[str]:
    """The roots that lie in no other, and the outermost folders that lie in no root."""
    found: list[str] = []
    for path in (*sorted(roots, key=len), *sorted(folders, key=len)):
        if not any(_is_below(path, root) for root in found):
            found.append(path)
    return found


def _order(folder: Folder) -> tuple[str, str]:
    return sortable(folder.name), folder.path


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root if root.endswith(os.sep) else root + os.sep)
