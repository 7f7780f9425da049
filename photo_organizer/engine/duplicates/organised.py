"""Which of several folders somebody put in order, and which ones copies only passed through.

The names of folders tell: "2019/2019-05 Rome" and "Fotos/Urlaub Italien" are an order that somebody
made; "Backup", "Downloads", "WhatsApp Images", "Rome - Copy" and a camera's "DCIM/100CANON" hold
what was put aside: see `photo_organizer.engine.files.folder_words`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from photo_organizer.engine.files.folder_words import is_given, is_passing

_PLACES: Final = (
    r"^/home/[^/]+",
    r"^/users/[^/]+",
    r"^/run/media/[^/]+/[^/]+",
    r"^/media/[^/]+/[^/]+",
    r"^/(mnt|volumes|media)/[^/]+",
    r"^[a-z]:/users/[^/]+",
    r"^[a-z]:/?",
)
_SOMEWHERE: Final = re.compile("|".join(_PLACES), re.IGNORECASE)
"""Where a drive or a person's files begin: names that nobody gave to photos."""


def organised(folders: Iterable[Path]) -> dict[Path, int]:
    """How much order the names of folders show, for each of them.

    1: somebody put the photos in order there. 0: nothing says so, or photos in order were put
    aside as a whole. -1: copies only passed through.

    What all of the folders have in common says nothing about any of them.

    Args:
        folders: absolute.
    """
    known = set(folders)
    common = len(_common(known).parts) if known else 0
    return {folder: _order(folder, common) for folder in known}


def _common(folders: Iterable[Path]) -> Path:
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # several drives
        return Path()


def _order(folder: Path, common: int) -> int:
    somewhere = _SOMEWHERE.match(folder.as_posix())
    begins = len(Path(somewhere.group()).parts) if somewhere else 1
    kinds = [_kind(name) for name in folder.parts[max(common, begins) :]]
    # A drive may be called "Backup": what it is called counts against it, never for it.
    put_aside = any(_kind(name).passing for name in folder.parts[common:begins])
    return any(kind.ordered for kind in kinds) - (put_aside or any(k.passing for k in kinds))


@dataclass(frozen=True, slots=True)
class _Name:
    """What one name says."""

    ordered: bool
    passing: bool


@cache
def _kind(name: str) -> _Name:
    passing = is_passing(name)
    return _Name(not passing and is_given(name), passing)
