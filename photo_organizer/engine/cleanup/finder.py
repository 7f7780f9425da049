"""Finds files in the trash whose place is unknown."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.checks import is_file_of
from photo_organizer.engine.cleanup.journal import Journal, Move


class Finder:
    """Finds files in the trash whose place is unknown; lists each folder of it once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._taken: set[Path] | None = None
        self._places: dict[Path, list[Path]] = {}
        self._listings: dict[Path, dict[tuple[int, int], list[Path]]] = {}

    def find(self, move: Move) -> Path | None:
        """Where the file of a move lies, if in any trash.

        Copies may be alike in everything but their number on disk, so that decides. A drive that
        numbers anew at every mount leaves the content, and the places of other files are left out.
        """
        if self._taken is None:
            self._taken = self._journal.places()
        key = (move.identity.size, move.identity.mtime_ns)
        parent = move.path.parent
        if parent not in self._places:
            self._places[parent] = list(system_trash.places(move.path))
        alike = [
            place
            for folder in self._places[parent]
            for place in self._listing(folder).get(key, ())
            if place not in self._taken and is_file_of(move, place)
        ]
        if not alike:
            return None
        found = min(alike, key=lambda place: place.lstat().st_ino != move.identity.inode)
        self._taken.add(found)
        return found

    def _listing(self, folder: Path) -> dict[tuple[int, int], list[Path]]:
        """Size and time to the files of a folder that have them."""
        if folder not in self._listings:
            listing: dict[tuple[int, int], list[Path]] = {}
            # A trash that cannot be listed holds nothing of this user.
            with suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    listing.setdefault((status.st_size, status.st_mtime_ns), []).append(
                        Path(entry.path)
                    )
            self._listings[folder] = listing
        return self._listings[folder]
