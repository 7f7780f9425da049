"""What the user decided about photos; remembered by content, across renames and rescans."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.engine.domain.results import Flaw, Group

Contents = tuple[bytes, ...]
"""The content of each photo of a group, sorted: copies appear as often as they are there."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The user's standing decisions, handed to the flows that respect them.

    Content is named by `Photo.content_hash`.
    """

    not_duplicates: frozenset[tuple[bytes, bytes]] = frozenset()
    """Pairs of contents (smaller hash first) that must never share a group again."""
    fine: frozenset[tuple[bytes, Flaw]] = frozenset()
    """Flaws the user called fine."""
    ratings: Mapping[bytes, int] = field(default_factory=dict)
    """Stars, 0 to 5, given in the window."""
    protected: tuple[Path, ...] = ()
    """Folders whose photos are never pre-selected for the trash and win as keepers."""
    keep_from: tuple[Path, ...] = ()
    """Folders whose photos win over copies elsewhere; what lies twice in them may go all the same.
    """
    carries: bool = True
    """A clean-up carries sidecars, stars, captions, keywords and places of copies over to the photo
    that stays. Where it does not, copies that have any of their own are not safe to remove."""
    categories: Mapping[bytes, str] = field(default_factory=dict)
    """Photos the user moved to a category by hand."""
    reviewed: frozenset[Contents] = frozenset()
    """Groups the user looked at and decided about."""

    def is_protected(self, path: Path) -> bool:
        """Whether `path` lies in a protected folder."""
        return any(path.is_relative_to(folder) for folder in self.protected)


@dataclass(frozen=True, slots=True)
class Mark:
    """A photo that was marked for the trash, as it is remembered over a restart."""

    content_hash: bytes
    path: Path

    @classmethod
    def of(cls, photo: Photo) -> Mark:
        """The mark of a photo."""
        return cls(photo.content_hash, photo.path)


def contents(group: Group, photos: Mapping[int, Photo]) -> Contents:
    """What a group consists of, whatever its photos are called."""
    return tuple(sorted(photos[i].content_hash for i in group.photos))


def with_reviews(
    groups: Iterable[Group], photos: Mapping[int, Photo], reviewed: Collection[Contents]
) -> list[Group]:
    """The groups, each `Group.reviewed` when all of its photos were reviewed together.

    A part of what was reviewed counts as reviewed too, so that a group does not come back because
    some of it went to the trash or the slider moved. One new photo, or one more copy, makes it a
    new group.
    """
    if not reviewed:
        return list(groups)
    found = [(group, contents(group, photos)) for group in groups]
    wanted = {of_group[0] for _, of_group in found}
    reviews: dict[bytes, list[Counter[bytes]]] = defaultdict(list)
    for review in reviewed:
        for content in wanted.intersection(review):
            reviews[content].append(Counter(review))
    return [
        replace(group, reviewed=True, safe=(False,) * len(group.photos))
        if _is_reviewed(of_group, reviews)
        else group
        for group, of_group in found
    ]


def _is_reviewed(group: Contents, reviews: Mapping[bytes, Sequence[Counter[bytes]]]) -> bool:
    return any(Counter(group) <= known for known in reviews.get(group[0], ()))


def marked(
    marks: Collection[Mark],
    photos: Photos,
    *,
    complete: bool,
    copies: Collection[Mark] = frozenset(),
) -> dict[int, Mark]:
    """The photos that remembered marks mean, by id.

    A mark belongs to one file: of two copies, the one that is to stay must never get the mark of
    the other, also when that other is gone. So it follows content to another path only where that
    content is there once, and was not there before.

    Args:
        marks: the remembered ones.
        photos: those of the library.
        complete: all photos are known, so that content can be said to be there once.
        copies: the files of such content that were known when the marks were: none of them is a
            marked one under another name.
    """
    wanted = {mark.content_hash for mark in marks}
    of_content: dict[bytes, list[Photo]] = defaultdict(list)
    for photo in photos.of_content(wanted):
        of_content[photo.content_hash].append(photo)
    found: dict[int, Mark] = {}
    for mark in marks:
        alike = of_content.get(mark.content_hash, [])
        here = [photo for photo in alike if photo.path == mark.path]
        if not here and complete and len(alike) == 1 and Mark.of(alike[0]) not in copies:
            here = alike
        found |= {photo.id: mark for photo in here}
    return found
