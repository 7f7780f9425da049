"""Looks for folders that are there."""

from __future__ import annotations

from pathlib import Path


def nearest(path: Path) -> Path | None:
    """The path if it is a folder, else the nearest folder above it; None where there is none.

    A folder that cannot be looked at counts as not there.
    """
    return next((folder for folder in (path, *path.parents) if is_there(folder)), None)


def is_there(folder: Path) -> bool:
    """Whether a folder is there and can be looked at."""
    try:
        return folder.is_dir()
    except OSError:  # no right to look, or no name that a drive can have
        return False
