"""Where the program's own folder cannot be written, a temporary one stands in for it.

What is known already is copied there and shown. Nothing new is remembered, and no photo is moved:
without a journal that lasts, nobody could bring it back.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.domain.reasons import Reason

log = logging.getLogger(__name__)

_COPIED = ("preferences.toml", "categories.toml", "library.sqlite", "library.sqlite-wal")


_stand_ins: list[Path] = []


@atexit.register
def clear_away() -> None:
    """Remove the folders that stood in: at the end, and by those who end without `atexit`."""
    while _stand_ins:
        shutil.rmtree(_stand_ins.pop(), ignore_errors=True)


def prepare() -> Reason | None:
    """Once at the start: let a temporary folder stand in where that is needed.

    Returns:
        What people should know then; None where the program's folder can be written.
    """
    paths.use_instead(None)
    home = paths.data_dir()
    if _writable(home):
        paths.tighten()
        return None
    folder = Path(tempfile.mkdtemp(prefix=f"{paths.APP}-"))
    _stand_ins.append(folder)
    for name in _COPIED:
        with suppress(FileNotFoundError, NotADirectoryError):
            try:
                shutil.copyfile(home / name, folder / name)
            except PermissionError:
                log.warning("%s cannot be read", home / name)
    paths.use_instead(folder)
    return trouble()


def trouble() -> Reason | None:
    """What people should know while a temporary folder stands in; None while none does."""
    original = paths.stood_in_for()
    return Reason("store.stand_in", {"folder": str(original)}) if original else None


def _writable(home: Path) -> bool:
    """Whether the program can write into its folder, or make it. Nothing is written to find out."""
    there = home.absolute()
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
