"""Tells of the files that a clean-up or an undo could not move."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from photo_organizer.cli import terminal

if TYPE_CHECKING:
    from photo_organizer.engine.cleanup.events import Stayed


def rows(stayed: Sequence[Stayed]) -> list[dict[str, str]]:
    """The files as they stand in the JSON of ``clean`` and ``undo``."""
    return [{"image": one.path.as_uri(), "reason": one.reason.text()} for one in stayed]


def tell(stayed: Sequence[Stayed]) -> None:
    """Say on standard error which files were not moved, and why."""
    for one in stayed:
        path, reason = terminal.readable(one.path), terminal.readable(one.reason.text())
        print(f"Not moved: {path}: {reason}", file=sys.stderr)
