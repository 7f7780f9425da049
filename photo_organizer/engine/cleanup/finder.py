"""Finds files in the trash whose place is unknown."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.checks import COARSEST_TIME, is_file_of
from photo_organizer.engine.cleanup.journal import Journal, Move


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file in a trash."""

    path: Path
    inode: int
    mtime_ns: int


class Finder:
    """Finds files in the trash whose place is unknown; lists each folder of it once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._taken: set[Path] | None = None
        self._places: dict[Path, list[Path]] = {}
        self._listings: dict[Path, Mapping[int, Sequence[_Candidate]]] = {}

    def find(self, move: Move) -> Path | None:
        """Where the file of a move lies, if in any trash.

        Copies may be alike in everything but their number on disk, so that decides. A drive that
        numbers anew at every mount leaves what the trash recorded of each file, and the content.
        The places of other files are left out.
        """
        if self._taken is None:
            self._taken = self._journal.places()
        parent = move.path.parent
        if parent not in self._places:
            self._places[parent] = list(system_trash.places(move.path))
        folders = dict.fromkeys(self._places[parent])
        if move.place is not None:
            folders[move.place.parent] = None
        alike = [
            candidate
            for folder in folders
            for candidate in self._listing(folder).get(move.identity.size, ())
            if candidate.path not in self._taken
        ]
        for candidate in sorted(alike, key=partial(_unlikeliness, move)):
            if _can_be(move, candidate) and is_file_of(move, candidate.path):
                self._taken.add(candidate.path)
                return candidate.path
        return None

    def _listing(self, folder: Path) -> Mapping[int, Sequence[_Candidate]]:
        """Size to the files of a folder that have it."""
        if folder not in self._listings:
            listing: dict[int, list[_Candidate]] = {}
            # A trash that cannot be listed holds nothing of this user.
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    listing.setdefault(status.st_size, []).append(
                        _Candidate(Path(entry.path), status.st_ino, status.st_mtime_ns)
                    )
            self._listings[folder] = listing
        return self._listings[folder]


def _unlikeliness(move: Move, candidate: _Candidate) -> tuple[bool, ...]:
    """What sorts files of one size; the likeliest first."""
    return (
        candidate.inode != move.identity.inode or candidate.mtime_ns != move.identity.mtime_ns,
        system_trash.recorded(candidate.path) != move.path,
        candidate.path.name != move.path.name,
        candidate.mtime_ns != move.identity.mtime_ns,
    )


def _can_be(move: Move, candidate: _Candidate) -> bool:
    """Whether a file is not plainly another one of the same content."""
    if (candidate.inode, candidate.mtime_ns) == (move.identity.inode, move.identity.mtime_ns):
        return True
    record = system_trash.recorded(candidate.path)
    if record is not None:
        return record == move.path
    return abs(candidate.mtime_ns - move.identity.mtime_ns) <= COARSEST_TIME
