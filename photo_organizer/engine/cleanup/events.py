"""What clean-ups and undos tell while they run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.cleanup.reach import Waiting
from photo_organizer.engine.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Moved:
    """A photo went to the trash, the files of its unit with it."""

    path: Path
    """Where it lay."""
    place: Path | None
    """Where it lies now; None where the system does not say."""
    size: int
    """Bytes, those of the unit's files included."""
    done: int
    """Photos dealt with so far, this one included."""
    total: int


@dataclass(frozen=True, slots=True)
class Stayed:
    """A photo was not moved (or not put back), and why. Nothing happened to it."""

    path: Path
    reason: Reason
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A file is back from the trash."""

    path: Path
    """Where it lay before the clean-up."""
    place: Path
    """Where it lies now: next to `path` under a free name when that was taken."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CleanedUp:
    """The last event of a clean-up."""

    batch: int | None
    """Names the clean-up for `Trash.undo`; None when there was nothing to move."""
    moved: int
    """Photos."""
    stayed: int
    size: int
    """Bytes moved."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The last event of an undo."""

    batch: int | None
    """None when there was nothing to undo."""
    restored: int
    """Files."""
    stayed: int
    waiting: tuple[Waiting, ...] = ()
    """Newer clean-ups, which cannot be undone before a drive is there again."""


MoveEvent = Moved | Stayed | CleanedUp
RestoreEvent = Restored | Stayed | Undone
