"""Replaces a file as a whole: whoever reads it finds the old content or the new one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from photo_organizer.engine import paths
from photo_organizer.engine.files import unfinished


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A hidden name beside `path`, for a file that is to be written piece by piece.

    When the block ends well, the file takes the place of the one that is there, and outlasts a
    power cut; when it ends in an exception, nothing of it is left and the file of before is as it
    was. Where `path` is a link, the file that it leads to is replaced and the link stays.

    Raises:
        OSError: it cannot be written; the file of before is as it was.
    """
    path = Path(os.path.realpath(path))
    with unfinished.beside(path) as staged:
        yield staged
        with staged.open("rb+") as file:
            os.fsync(file.fileno())
        staged.replace(path)
    _sync_folder(path.parent)


def replace_whole(path: Path, data: bytes, *, keep_old: bool = False) -> Path | None:
    """Write a private file in place of the one that is there; it outlasts a power cut.

    Where `path` is a link, the file that it leads to is replaced and the link stays. Folders are
    made as needed.

    Args:
        path: the file to write.
        data: its whole content.
        keep_old: keep the file of before beside it, under a name that was free.

    Returns:
        The name under which the file of before is kept; None when it is not.

    Raises:
        OSError: it cannot be written. The file of before is as it was, or at least kept.
    """
    path = Path(os.path.realpath(path))
    paths.own_folder(path.parent)
    with unfinished.beside(path) as staged:
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # nobody else's
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside = set_aside(path, "damaged") if keep_old else None
        staged.replace(path)
    _sync_folder(path.parent)
    return aside


def set_aside(path: Path, mark: str) -> Path:
    """Give a file another name, free until now; its old one is its too, or free afterwards.

    Args:
        path: the file.
        mark: what stands behind the stem in the new name, with a number where that is taken.

    Raises:
        OSError: it cannot have another name.
    """
    number = 1
    while True:
        numbered = mark if number == 1 else f"{mark}-{number}"
        aside = path.with_name(f"{path.stem}.{numbered}{path.suffix}")
        number += 1
        if os.path.lexists(aside):
            continue
        try:
            aside.hardlink_to(path)
        except FileExistsError:  # another program was quicker
            continue
        except OSError:  # no second names on this drive, or not for this file
            path.rename(aside)
        return aside


def _sync_folder(folder: Path) -> None:
    # The file is written. That its name outlasts a power cut too is not for all systems to promise:
    # Windows opens no folder, and network drives refuse.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
