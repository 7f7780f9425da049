"""Libraries: named sets of folders, remembered over restarts, the one opened last first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

KEY = "libraries"
MOST = 12
"""Libraries remembered; the one that was not opened for the longest time is forgotten first."""


@dataclass(frozen=True, slots=True)
class Library:
    """Some folders under one name."""

    name: str
    folders: tuple[Path, ...]
    looked_at: tuple[int, int] | None = field(default=None, compare=False)
    """How many photos of how many (0: nobody knows) were looked at, where the last analysis was
    stopped; None where it was not."""


class Libraries(QObject):
    """The user's libraries."""

    changed = Signal()
    """`known` or `current` are others now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.known: list[Library] = _load()
        """The one opened last comes first."""
        self.current: Library | None = None

    @property
    def last(self) -> Library | None:
        """The library opened last, also in an earlier session."""
        return self.known[0] if self.known else None

    def open(self, folders: Sequence[Path]) -> Library:
        """Make the library of these folders the current one; a new one is called after them."""
        self._look()
        unique = tuple(dict.fromkeys(folders))
        found = next((one for one in self.known if set(one.folders) == set(unique)), None)
        self.current = found or Library(self._free_name(unique), unique)
        self._put_first(self.current)
        return self.current

    def stopped_at(self, folders: Sequence[Path], looked_at: tuple[int, int] | None) -> None:
        """Remember how far the analysis of a library went.

        Args:
            folders: of the library.
            looked_at: see `Library.looked_at`.
        """
        for place, one in enumerate(self.known):
            if set(one.folders) == set(folders) and one.looked_at != looked_at:
                told = replace(one, looked_at=looked_at)
                self.known[place] = told
                if one == self.current:
                    self.current = told
                self._save()

    def rename(self, name: str) -> None:
        """Give the current library another name; an empty one changes nothing."""
        if self.current is not None and name.strip():
            self._replace(replace(self.current, name=name.strip()))

    def with_folders(self, folders: Iterable[Path]) -> tuple[Path, ...]:
        """Add folders to the current library; what it holds then."""
        if self.current is None:
            return self.open(tuple(folders)).folders
        self._replace(
            replace(
                self.current,
                folders=tuple(dict.fromkeys((*self.current.folders, *folders))),
                looked_at=None,
            )
        )
        return self.current.folders

    def without_folder(self, folder: Path) -> tuple[Path, ...]:
        """Take a folder out of the current library, which keeps at least one; what it then holds.

        The folder itself is not touched.
        """
        if self.current is None:
            return ()
        left = tuple(one for one in self.current.folders if one != folder)
        if left:
            self._replace(replace(self.current, folders=left, looked_at=None))
        return self.current.folders

    def forget(self, library: Library) -> None:
        """Remember a library no longer. Its photos, and what is known of them, stay."""
        self._look()
        self.known = [one for one in self.known if one != library]
        self._save()

    def _free_name(self, folders: Sequence[Path]) -> str:
        name = ", ".join(folder.name or str(folder) for folder in folders)
        taken = {one.name for one in self.known}
        if name not in taken or len(folders) != 1:
            return name
        return f"{name} ({folders[0].parent.name or folders[0].anchor})"

    def _replace(self, library: Library) -> None:
        self._look()
        # Another one of the same folders would be the same library twice.
        self.known = [
            one
            for one in self.known
            if one != self.current and set(one.folders) != set(library.folders)
        ]
        self.current = library
        self._put_first(library)

    def _put_first(self, library: Library) -> None:
        self.known = [library, *(one for one in self.known if one != library)][:MOST]
        self._save()

    def _look(self) -> None:
        """Another window may have remembered others meanwhile: they are not to be forgotten."""
        QSettings().sync()
        self.known = _load()

    def _save(self) -> None:
        rows = [
            {
                "name": one.name,
                "folders": [str(f) for f in one.folders],
                "looked_at": one.looked_at,
            }
            for one in self.known
        ]
        QSettings().setValue(KEY, json.dumps(rows))
        self.changed.emit()


def _load() -> list[Library]:
    """What was remembered; whatever is unreadable is as if it had never been."""
    try:
        rows = json.loads(str(QSettings().value(KEY, "[]")))
        made = [
            Library(
                str(row["name"]), tuple(map(Path, row["folders"])), _looked_at(row.get("looked_at"))
            )
            for row in rows
        ]
    except (ValueError, TypeError, KeyError):
        return []
    return [library for library in made if library.folders]


def _looked_at(written: object) -> tuple[int, int] | None:
    match written:
        case [int(done), int(total)]:
            return done, total
        case _:
            return None
