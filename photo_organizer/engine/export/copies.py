"""Copies or links chosen photos into a folder, and writes ratings beside photos.

Nothing that exists is ever overwritten.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.domain.facts import Photo, UnreadableError
from photo_organizer.engine.domain.reasons import Reason, SpokenError, system_message
from photo_organizer.engine.export.naming import Target
from photo_organizer.engine.files import photo_files, xmp
from photo_organizer.engine.files.renaming import rename_new
from photo_organizer.engine.files.xmp import SidecarError
from photo_organizer.engine.highlights.selection import Selection

Stars = Callable[[Photo], int]
"""Which rating to write for a photo, 1 to 5; 0 for none."""


class ExportFolderError(SpokenError, ValueError):
    """A folder that photos cannot be exported to; `reason` says why."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A photo that is there now."""

    photo: Photo
    path: Path
    unrated: Reason | None = None
    """Why its rating could not be written beside it."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A photo that has a rating beside it or in it now."""

    photo: Photo


@dataclass(frozen=True, slots=True)
class NotExported:
    """A photo that is not exported or rated, and why."""

    photo: Photo
    reason: Reason


@dataclass(frozen=True, slots=True)
class Survey:
    """What an export would meet."""

    taken: int
    """So many names exist there already; what has them is left as it is."""
    needed: int
    """Bytes of the copies."""
    free: int
    """Bytes that the drive has left."""


def survey(targets: Sequence[Target], folder: Path) -> Survey:
    """Look at the place of an export before it is made; nothing is written.

    Raises:
        FolderError: see `check_folder`.
    """
    check_folder(folder)
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    open_names = [t for t in targets if not os.path.lexists(t.path)]
    return Survey(
        taken=len(targets) - len(open_names),
        needed=sum(t.chosen.photo.identity.size for t in open_names),
        free=shutil.disk_usage(there).free,
    )


def check_folder(folder: Path) -> None:
    """Make sure that photos may be put into a folder, which need not be there yet.

    Raises:
        FolderError: it is a file, lies in a trash or among a system's own files, or no drive is
            there to hold it.
    """
    whole = folder.absolute()
    if photo_files.is_set_apart(whole) or photo_files.is_set_apart(whole.resolve()):
        raise ExportFolderError("export.apart", folder=str(folder))
    there = next((place for place in (whole, *whole.parents) if os.path.lexists(place)), None)
    if there is None:
        raise ExportFolderError("export.no_drive", folder=str(folder))
    if not there.is_dir():
        raise ExportFolderError("export.no_folder", folder=str(there))


def export(
    targets: Sequence[Target],
    *,
    link: bool = False,
    stars: Stars | None = None,
    cancel: threading.Event | None = None,
) -> Iterator[Exported | NotExported]:
    """Copy (or hard-link) photos, one after the other; the originals are only read.

    A photo that changed since it was judged is not taken. A copy has its name only once it is
    whole.

    Args:
        targets: see `naming.plan`.
        link: hard links instead of copies.
        stars: which rating to write beside each copy; none where it answers 0 or is None.
        cancel: nothing more is begun once it is set.
    """
    for target in targets:
        if cancel is not None and cancel.is_set():
            return
        photo = target.chosen.photo
        try:
            unchanged = photo_files.identify(photo.path) == photo.identity
        except UnreadableError:
            unchanged = False
        if not unchanged:
            yield NotExported(photo, Reason("export.changed"))
            continue
        try:
            target.path.parent.mkdir(parents=True, exist_ok=True)
            (_link if link else _copy)(photo.path, target.path)
        except FileExistsError:
            yield NotExported(photo, Reason("export.exists", {"name": target.path.name}))
        except OSError as error:
            yield NotExported(photo, _failure(error))
        else:
            given = stars(photo) if stars else 0
            problem = rate(photo, given, target.path) if given else None
            yield Exported(photo, target.path, problem.reason if problem else None)


def rate_all(
    selections: Sequence[Selection], stars: Stars, cancel: threading.Event | None = None
) -> Iterator[Rated | NotExported | None]:
    """Write ratings beside the photos themselves, see `rate`; None for each that gets none."""
    for chosen in (chosen for selection in selections for chosen in selection.photos):
        if cancel is not None and cancel.is_set():
            return
        given = stars(chosen.photo)
        yield (rate(chosen.photo, given) or Rated(chosen.photo)) if given else None


def given_or(own: Mapping[bytes, int], others: int) -> Stars:
    """The user's own stars, and a number for the photos without any; rejected ones get none."""
    return lambda photo: own.get(photo.content_hash, others)


def rate(photo: Photo, stars: int, at: Path | None = None) -> NotExported | None:
    """Write a rating into the XMP sidecar of a photo that is not rated yet.

    Args:
        photo: the photo; what it and its sidecars say already stays as it is.
        stars: 1 to 5.
        at: the copy whose sidecar to write instead, with all that is known of the photo.

    Returns:
        Why it could not be written; None where it was, or where the photo is rated already.
    """
    try:
        change = xmp.rating(photo, stars, at)
        if change is not None:
            xmp.write(change.path, change.content)
    except SidecarError as error:
        return NotExported(photo, Reason("export.sidecar", why=error.reason))
    return None


def _copy(source: Path, target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        shutil.copyfile(source, part)
        with suppress(OSError):  # some drives keep no times
            shutil.copystat(source, part)
        rename_new(part, target)
    finally:
        part.unlink(missing_ok=True)


def _link(source: Path, target: Path) -> None:
    os.link(os.path.realpath(source), target)


def _failure(error: OSError) -> Reason:
    if error.errno == errno.EXDEV:
        return Reason("export.other_drive")
    return Reason("export.failed", {"message": system_message(error)})
