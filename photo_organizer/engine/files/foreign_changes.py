"""What other programs did to a library: pictures that are new or others now, and those gone."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from photo_organizer.engine.domain.facts import FileIdentity, UnreadableError
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.engine.files import own_writes, photo_files


@dataclass(frozen=True, slots=True)
class ForeignChanges:
    """What is not as it was known, apart from what this program did itself."""

    new: Mapping[Path, FileIdentity] = field(default_factory=dict)
    """Pictures that are not known as they are now, known ones with another content too."""
    gone: frozenset[int] = frozenset()
    """Ids of photos that are not in their places."""
    is_away: bool = False
    """A whole folder of the library is not there: its drive, perhaps."""

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.is_away)


def look(
    changed: Collection[Path],
    photos: Photos,
    folders: Sequence[Path],
    excluded: Sequence[Path] = (),
) -> ForeignChanges:
    """Compare places that changed with what is known of them.

    Args:
        changed: pictures, and folders with all that lies in them; they may be gone.
        photos: as they are known.
        folders: of the library.
        excluded: folders that are left out of it.
    """
    if not all(folder.is_dir() for folder in folders):
        return ForeignChanges(is_away=True)
    found = {one.path: one for one in _pictures(changed, excluded)}
    missing = [path for path in changed if path not in found and not os.path.lexists(path)]
    known = photos.at([*found, *missing])
    new = {
        path: one
        for path, one in found.items()
        if not own_writes.is_own(one)
        and (path not in known or not _is_same(photos[known[path]].identity, one))
    }
    gone = {known[path] for path in missing if path in known}
    gone.update(_below([path for path in missing if path not in known], photos))
    return ForeignChanges(new, frozenset(gone))


def _pictures(changed: Collection[Path], excluded: Sequence[Path]) -> Iterator[FileIdentity]:
    left_out = [Path(os.path.realpath(folder)) for folder in excluded]
    for path in sorted(changed):
        place = Path(os.path.realpath(path))
        if photo_files.is_set_apart(path) or any(map(place.is_relative_to, left_out)):
            continue
        if not path.is_dir():
            try:
                yield photo_files.identify(path)
            except UnreadableError:  # gone again, or no file
                continue
            continue
        try:
            inside = photo_files.walk([path], excluded=excluded)
        except photo_files.FolderError:  # gone meanwhile
            continue
        yield from (one for one in inside if isinstance(one, FileIdentity))


def _is_same(known: FileIdentity, now: FileIdentity) -> bool:
    """Whether a file is as it was; drives may number their files anew at every mount."""
    return (known.size, known.mtime_ns) == (now.size, now.mtime_ns)


def _below(places: Sequence[Path], photos: Photos) -> Iterator[int]:
    """The photos that lay in folders which are gone."""
    if not places:
        return
    names = tuple(str(place) for place in places)
    whole, inside = frozenset(names), tuple(name + os.sep for name in names)
    for photo_id, folder in photos.folders().items():
        if folder in whole or folder.startswith(inside):
            yield photo_id
