"""The files that go where a photo goes: the RAW of a JPEG, the film of a Live Photo, sidecars."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group
from photo_organizer.engine.duplicates.sequences import units
from photo_organizer.engine.files.formats import PICTURE_SUFFIXES

MOVIES = frozenset({".mov", ".mp4"})
"""What the moving part of a Live Photo or Motion Photo is called."""

SIDECARS = frozenset({".xmp", ".aae", ".thm"})
"""Small files about a photo that make no sense without it."""

_Listing: TypeAlias = Mapping[str, Sequence[Path]]
"""The files of a folder by what their names begin with, in lower case."""


class Part(StrEnum):
    """What a unit can have besides its photo that is worth as much as the photo."""

    RAW = "raw"
    FILM = "film"


def find(chosen: Collection[int], photos: Mapping[int, Photo]) -> dict[int, tuple[Path, ...]]:
    """What goes where chosen photos go, and what belongs to photos of the same name that stay.

    Files named after the photo's whole name ("IMG_1.JPG.xmp") belong to it alone; those named
    after its stem ("IMG_1.MOV") to each photo of that stem, and to none where a picture of that
    stem is not among `photos`: it could be that one's. Lists each folder once.

    Args:
        chosen: photo ids.
        photos: all photos of the library.

    Returns:
        Photo id to files, the RAW first; photos without any are missing. Hand it to
        `planning.plan`, which leaves alone what belongs to a photo that stays.
    """
    chosen = frozenset(chosen)
    folders = {photos[i].path.parent for i in chosen}
    nearby = [photo for photo in photos.values() if photo.path.parent in folders]
    raws = _raws(nearby)
    following = {raw.id for unit in raws.values() for raw in unit}
    named = {(p.path.parent, p.path.stem.casefold()) for i in chosen for p in (photos[i],)}
    known = {photo.path for photo in nearby}
    listings = {folder: _list(folder) for folder in folders}
    found = {}
    for photo in nearby:
        if (photo.path.parent, photo.path.stem.casefold()) not in named:
            continue
        if photo.id in following and photo.id not in chosen:
            continue  # it goes, or stays, with its leader
        unit = (photo, *(raw for raw in raws.get(photo.id, ()) if raw.id not in chosen))
        beside = _beside(unit, listings[photo.path.parent], known, follows=photo.id in following)
        if files := (*(raw.path for raw in unit[1:]), *beside):
            found[photo.id] = files
    return found


def parts(photos: Iterable[Photo]) -> dict[int, frozenset[Part]]:
    """What the units of these photos have besides them, by photo id; lists each folder once."""
    photos = list(photos)
    listings = {folder: _list(folder) for folder in {photo.path.parent for photo in photos}}
    found: dict[int, frozenset[Part]] = {}
    for leader in _raws(photos):
        found[leader] = frozenset((Part.RAW,))
    for photo in photos:
        alike = listings[photo.path.parent].get(photo.path.stem.casefold(), ())
        if any(path.suffix.casefold() in MOVIES for path in alike):
            found[photo.id] = found.get(photo.id, frozenset()) | {Part.FILM}
    return found


def keep_parts(groups: Iterable[Group], of: Mapping[int, frozenset[Part]]) -> list[Group]:
    """The groups; safe to remove is only what has no RAW or film that its group would lose.

    Args:
        groups: duplicate groups.
        of: see `parts`.
    """
    return [
        replace(group, safe=_safe_with_parts(group, of))
        if any(of.get(i) for i, safe in zip(group.photos, group.safe, strict=True) if safe)
        else group
        for group in groups
    ]


def _safe_with_parts(group: Group, of: Mapping[int, frozenset[Part]]) -> tuple[bool, ...]:
    none: frozenset[Part] = frozenset()
    members = list(zip(group.photos, group.safe, strict=True))
    staying = none.union(*(of.get(i, none) for i, safe in members if not safe))
    return tuple(safe and of.get(i, none) <= staying for i, safe in members)


def _raws(photos: Sequence[Photo]) -> dict[int, list[Photo]]:
    """The RAW files that follow each leader of a unit, by its id."""
    following: dict[int, list[Photo]] = defaultdict(list)
    for row, leader in enumerate(units(photos).tolist()):
        if leader != row:
            following[photos[leader].id].append(photos[row])
    return following


def _beside(
    unit: Sequence[Photo], listing: _Listing, known: Collection[Path], *, follows: bool
) -> list[Path]:
    """The films and sidecars of a unit.

    Args:
        unit: its photos, the leader first.
        listing: of its folder.
        known: the paths of all photos of the folder.
        follows: the photo is a RAW that goes without its leader, and takes only what is its own.
    """
    belongs = MOVIES | SIDECARS
    own = [p for photo in unit for p in listing.get(photo.path.name.casefold(), ())]
    alike = [] if follows else listing.get(unit[0].path.stem.casefold(), ())
    if any(p.suffix.casefold() in PICTURE_SUFFIXES and p not in known for p in alike):
        alike = []
    return sorted(p for p in (*own, *alike) if p.suffix.casefold() in belongs)


def _list(folder: Path) -> _Listing:
    listing: dict[str, list[Path]] = defaultdict(list)
    # A folder that cannot be listed lets nothing be moved either.
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            path = folder / entry.name
            listing[path.stem.casefold()].append(path)
    return listing
