"""Paths in exchanged files: relative, with "/", byte by byte; none leads out of its folder."""

from __future__ import annotations

import os
from pathlib import Path


def carried(path: bytes, *, separator: str = os.sep) -> bytes:
    """A relative path of this computer, as `os.fsencode` writes it, as it stands in a file."""
    return path if separator == "/" else path.replace(separator.encode(), b"/")


def readable(path: bytes) -> str | None:
    """The path as text; None where its bytes are none."""
    try:
        return path.decode()
    except UnicodeDecodeError:
        return None


def below(folder: Path, path: bytes, *, windows: bool = os.name == "nt") -> Path | None:
    """Where a path from a file would lie in a folder here.

    Args:
        folder: absolute.
        path: relative, with "/".
        windows: by the rules of Windows, where more than "/" leads elsewhere.

    Returns:
        The path; None where it may lead out of the folder, or can be no path here.
    """
    try:
        parts = os.fsdecode(path).split("/")
    except UnicodeDecodeError:  # on Windows, where names are text
        return None
    if any(part in ("", ".", "..") or "\0" in part for part in parts):
        return None
    if windows and any(sign in part for part in parts for sign in "\\:"):
        return None
    return folder.joinpath(*parts)
