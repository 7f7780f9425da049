"""Copies or links chosen photos into a folder.

Nothing that exists is ever overwritten.
"""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.domain.facts import Photo, UnreadableError
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.export import ratings
from photo_organizer.engine.export.copy_form import AS_THEY_ARE, CopyForm, Making
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.export.naming import Target
from photo_organizer.engine.export.ratings import StarsOf
from photo_organizer.engine.files import own_writes, photo_files, unfinished
from photo_organizer.engine.files.renaming import rename_new


class ExportFolderError(ExportError):
    """A folder that photos cannot be exported to; `reason` says why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A photo whose copy, or hard link, is there now."""

    photo: Photo
    path: Path
    """Of the copy."""
    unrated: Reason | None = None
    """Why its rating could not be written beside it."""


@dataclass(frozen=True, slots=True)
class NotCopied:
    """A photo without a copy, and why."""

    photo: Photo
    reason: Reason


def check_folder(folder: Path) -> None:
    """Make sure that photos may be put into a folder, which need not be there yet.

    Raises:
        ExportFolderError: it is a file, lies in a trash or among a system's own files, or no
            drive is there to hold it.
    """
    whole = folder.absolute()
    if photo_files.is_set_apart(whole) or photo_files.is_set_apart(whole.resolve()):
        raise ExportFolderError("export.apart", folder=str(folder))
    there = next((place for place in (whole, *whole.parents) if os.path.lexists(place)), None)
    if there is None:
        raise ExportFolderError("export.no_drive", folder=str(folder))
    if not there.is_dir():
        raise ExportFolderError("export.no_folder", folder=str(there))


def copy_all(
    targets: Sequence[Target],
    *,
    link: bool = False,
    form: CopyForm = AS_THEY_ARE,
    stars_of: StarsOf | None = None,
    cancel: threading.Event | None = None,
) -> Iterator[Copied | NotCopied]:
    """Copy (or hard-link) photos, one after the other; the originals are only read.

    A photo that changed since it was judged is not taken. A copy has its name only once it is
    whole.

    Args:
        targets: see `naming.targets`.
        link: hard links instead of copies.
        form: what copies are like; links are the files themselves.
        stars_of: which rating to write beside each copy; None: none.
        cancel: nothing more is begun once it is set.
    """
    unfinished.tidy()  # of exports that were interrupted
    for target in targets:
        if cancel is not None and cancel.is_set():
            return
        photo = target.chosen.photo
        try:
            unchanged = photo_files.identify(photo.path) == photo.identity
        except UnreadableError:
            unchanged = False
        if not unchanged:
            yield NotCopied(photo, Reason("export.changed"))
            continue
        try:
            target.path.parent.mkdir(parents=True, exist_ok=True)
            if link:
                _link(photo.path, target.path)
            else:
                _copy(photo, target.path, form)
        except UnreadableError as error:
            yield NotCopied(photo, error.reason)
        except FileExistsError:
            yield NotCopied(photo, Reason("export.exists", {"name": target.path.name}))
        except OSError as error:
            yield NotCopied(photo, _failure(error))
        else:
            own_writes.note(target.path)
            stars = stars_of(photo) if stars_of else 0
            unrated = None
            if stars:
                unrated = ratings.write(photo, stars, target.path, location=form.location)
            yield Copied(photo, target.path, unrated)


def _copy(photo: Photo, target: Path, form: CopyForm) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source = photo.path
    with unfinished.beside(target) as part:
        if form.making(photo) is Making.FILE:
            shutil.copyfile(source, part)
        else:
            # Imported here: most copies are made byte by byte, without what decodes.
            from photo_organizer.engine.export import jpeg_copies

            part.write_bytes(jpeg_copies.made(photo, form))
        with suppress(OSError):  # some drives keep no times
            shutil.copystat(source, part)
        rename_new(part, target)


def _link(source: Path, target: Path) -> None:
    os.link(os.path.realpath(source), target)


def _failure(error: OSError) -> Reason:
    if error.errno == errno.EXDEV:
        return Reason("export.other_drive")
    return Reason("export.failed", {"message": system_message(error)})
