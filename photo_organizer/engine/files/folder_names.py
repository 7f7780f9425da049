"""The names that one folder has."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def every_name(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Folders as they are called, absolute, and as they are called without links on the way.

    Whoever names a folder may mean either, and photos are found by both.

    Args:
        folders: relative ones lie below the present folder; need not exist.
    """
    names: dict[Path, None] = {}
    for folder in folders:
        # pathlib's own `absolute` leaves "..", which no photo's path has.
        names[Path(os.path.abspath(folder))] = None  # noqa: PTH100
        names[Path(os.path.realpath(folder))] = None
    return tuple(names)
