"""What the user decided about photos; remembered by content, across renames and rescans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from photo_organizer.engine.results import Flaw


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
    categories: Mapping[bytes, str] = field(default_factory=dict)
    """Photos the user moved to a category by hand."""

    def is_protected(self, path: Path) -> bool:
        """Whether `path` lies in a protected folder."""
        return any(path.is_relative_to(folder) for folder in self.protected)
