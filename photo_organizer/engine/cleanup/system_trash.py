"""Moves one file to the system's trash and back; knows Qt, and nothing of photos or the journal.

Never unlinks a photo: where a drive has no trash, `TrashError` says so and `move_beside` can put
the photo into a dated folder beside the others.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QFile

from photo_organizer.engine.cleanup import freedesktop
from photo_organizer.engine.domain.reasons import SpokenError, system_message
from photo_organizer.engine.files.renaming import drop_second_name, rename_free
from photo_organizer.engine.paths import TRASH_BESIDE

FOLDER_HELPS = frozenset(("trash.no_trash", "trash.failed", "trash.stayed"))
"""Codes of reasons after which `move_beside` is worth offering."""

_SECOND = "2"
"""In the name of a file whose own is taken in a dated folder."""

_FREEDESKTOP = sys.platform not in ("win32", "darwin")


class TrashError(SpokenError):
    """A file was not moved and is still where it was; `reason` tells people why."""


def move_to_trash(path: Path) -> Path | None:
    """Move a file to the trash of its drive.

    Args:
        path: absolute.

    Returns:
        Its place in the trash; None where the system does not say.

    Raises:
        TrashError: there is no trash there, or the file cannot be moved.
    """
    if _FREEDESKTOP:
        try:
            # Qt makes the trash, but not the user's data folder around it.
            freedesktop.data_home().mkdir(mode=0o700, parents=True, exist_ok=True)
            if not freedesktop.qt_carries(path):
                return freedesktop.put(path)
        except OSError as error:
            raise refused(path, system_message(error)) from error
    file = QFile(str(path))
    if not file.moveToTrash():
        raise refused(path, file.errorString())
    place = Path(file.fileName())
    return place if file.fileName() and place != path else None


def move_beside(path: Path, root: Path) -> Path:
    """Move a file into today's dated folder in `root`, at the same place below it.

    Args:
        path: absolute, below `root`.
        root: the folder that the user opened.

    Returns:
        Its new place.

    Raises:
        TrashError: the file cannot be moved.
    """
    target = root / f"{TRASH_BESIDE} {datetime.now():%Y-%m-%d}" / path.relative_to(root)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return rename_free(path, target, _SECOND)
    except OSError as error:
        tidy(target)
        raise refused(path, system_message(error)) from error


def restore(place: Path, original: Path) -> Path:
    """Put a file back from the trash; nothing that is there now is overwritten.

    Args:
        place: what `move_to_trash` or `move_beside` returned.
        original: where it lay.

    Returns:
        Where it lies now: `original`, or a free name next to it when that is taken.

    Raises:
        TrashError: it cannot be put back and is still in the trash.
    """
    try:
        original.parent.mkdir(parents=True, exist_ok=True)
        if drop_second_name(place, original):
            back = original  # a crash came while it had both names: rename_new
        else:
            back = rename_free(place, original, "restored")
    except OSError as error:
        raise TrashError("trash.not_restored", message=system_message(error)) from error
    tidy(place)
    return back


def forget_interrupted(originals: Sequence[Path], *, but: Collection[Path] = ()) -> None:
    """Tidy the trash after a crash: of what moves of files that are in their place left there.

    Both Qt and `rename_new` link a file to its new name and unlink the old one then: after a crash
    between the two, one of the file's two names lies in the trash, and goes.

    Args:
        originals: the files that are in their place.
        but: names in the trash that are of other files: two photos can be one file of two names.
    """
    for original in originals:
        with suppress(OSError):  # a leftover harms nothing
            for name in list(_second_names(original)):
                if name not in but and drop_second_name(name, original):
                    tidy(name)
        for folder in _dated_folders(original):
            tidy(folder / original.name)
    if _FREEDESKTOP:
        with suppress(OSError):
            freedesktop.forget_records(originals)


def _second_names(original: Path) -> Iterator[Path]:
    status = original.lstat()
    if status.st_nlink < 2:
        return
    for folder in places(original) if _FREEDESKTOP else _dated_folders(original):
        if not folder.is_dir():
            continue
        for name in folder.iterdir():
            if name.lstat().st_ino == status.st_ino and _is_of(name, original):
                yield name


def _is_of(name: Path, original: Path) -> bool:
    """Whether a name in the trash was made for a file; someone may have put another one there."""
    if any(folder.name.startswith(TRASH_BESIDE + " ") for folder in name.parents):
        return name.suffix == original.suffix and (
            name.stem == original.stem or name.stem.startswith(f"{original.stem} ({_SECOND}")
        )
    return freedesktop.recorded(name) in (None, original)


def tidy(place: Path) -> None:
    """Remove the trash's record of a file that left it, and dated folders that became empty."""
    with suppress(OSError):  # the photo is back; what is left behind harms nothing
        if _FREEDESKTOP:
            freedesktop.forget(place)
        dated = next((f for f in place.parents if f.name.startswith(TRASH_BESIDE + " ")), None)
        if dated is None:
            return
        for folder in place.parents:
            if folder.is_dir():  # a crash may have come while they were made
                if any(folder.iterdir()):
                    return
                folder.rmdir()
            if folder == dated:
                return


def places(original: Path) -> Iterator[Path]:
    """The folders into which a file from `original` may have been moved; some may be missing."""
    if _FREEDESKTOP:
        yield from (trash / "files" for trash in freedesktop.trashes(original))
    elif sys.platform == "darwin":
        yield Path.home() / ".Trash"
        yield from (root / ".Trashes" / str(os.getuid()) for root in original.parents)
    else:
        yield from Path(original.anchor).glob("$Recycle.Bin/*")
    yield from _dated_folders(original)


def recorded(place: Path) -> Path | None:
    """Where the trash says that a file lay; None where it says nothing."""
    return freedesktop.recorded(place) if _FREEDESKTOP else None


def _dated_folders(original: Path) -> Iterator[Path]:
    for root in original.parents:
        for folder in root.glob(f"{TRASH_BESIDE} *"):
            yield folder / original.parent.relative_to(root)


def refused(path: Path, said: str = "") -> TrashError:
    """Why a move failed. Qt's own words are often "Unknown error", so the disk is asked.

    Args:
        path: what was to move.
        said: the system's own words; "" when it reported success, and the file stayed.
    """
    folder = path.parent
    if not os.path.lexists(path):
        return TrashError("trash.gone")
    with suppress(OSError):  # a drive that does not answer: what was said is all there is
        if hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY:
            return TrashError("trash.read_only")
        if not os.access(folder, os.W_OK | os.X_OK) or _is_anothers(path):
            return TrashError("trash.no_permission")
        if shutil.disk_usage(folder).free == 0:
            return TrashError("trash.full")
        if _FREEDESKTOP and not freedesktop.has_trash(path):
            return TrashError("trash.no_trash")
    return TrashError("trash.failed", message=said) if said else TrashError("trash.stayed")


def _is_anothers(path: Path) -> bool:
    """Whether the file is another user's, in a folder where each may remove only their own."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        return False
    folder = path.parent.stat()
    owners = (folder.st_uid, path.lstat().st_uid)
    return bool(folder.st_mode & stat.S_ISVTX) and os.geteuid() not in owners
