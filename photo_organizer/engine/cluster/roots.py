"""The library's folder, which every computer has somewhere else: names in it are relative."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from photo_organizer.engine.cluster.errors import ClusterError

NAMES = 32
"""Names of a folder that tell it from others, at most."""

_SHOWN = 4


def names_in(root: Path) -> list[str]:
    """Some names of folders and files by which another computer knows this library.

    Raises:
        ClusterError: the folder cannot be read.
    """
    try:
        names = [name for name in os.listdir(root) if not name.startswith(".")]  # noqa: PTH208
    except OSError as error:
        raise ClusterError("cluster.root_missing", folder=str(root)) from error
    spoken = [name for name in names if name.isprintable()]
    # Folders first: files come and go.
    return sorted(spoken, key=lambda name: (not (root / name).is_dir(), name))[:NAMES]


def demand_same(root: Path, expected: Sequence[str]) -> None:
    """Make sure that a folder here is the library that has such names in it.

    Args:
        root: a folder of this computer.
        expected: see `names_in`. Some may be new, or gone since they were listed.

    Raises:
        ClusterError: most of them are not there, or the folder is not.
    """
    if not root.is_dir():
        raise ClusterError("cluster.root_missing", folder=str(root))
    missing = [name for name in expected if not _there(root, name)]
    if 2 * len(missing) > len(expected):
        shown = ", ".join(missing[:_SHOWN]) + (", …" if len(missing) > _SHOWN else "")
        raise ClusterError("cluster.root_other", names=shown, folder=str(root))


def relative(root: Path, path: Path) -> str | None:
    """How a file below the root is called on every computer; None where it lies elsewhere."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return None


def local(root: Path, name: str) -> Path | None:
    """Where a file of the library lies here, whether it is there or not.

    Args:
        root: of this computer.
        name: see `relative`. Some systems write "é" as one letter, others as two: the one that is
            there counts.

    Returns:
        None where no file of the library can be called so here.
    """
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return None
    if os.name == "nt" and len(PureWindowsPath(*parts).parts) != len(parts):
        return None  # "C:" or a backslash, which are no part of a name there
    path = root.joinpath(*parts)
    if os.path.lexists(path):
        return path
    for form in ("NFC", "NFD"):
        # The root is this computer's own name and stays as it is.
        other = root.joinpath(*(unicodedata.normalize(form, part) for part in parts))
        if os.path.lexists(other):
            return other
    return path


def _there(root: Path, name: str) -> bool:
    place = local(root, name)
    return place is not None and os.path.lexists(place)
