"""Watches over one clean-up: nothing goes unless what is kept for it is there, before and after."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

from photo_organizer.engine.cleanup.checks import content_of, identity, is_unchanged
from photo_organizer.engine.cleanup.planning import Plan, Removal
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.files import unfinished


class Guard:
    """What one clean-up may move, and what it must not.

    Args:
        plan: what is to go. Made elsewhere, perhaps long ago: nothing of it is taken for granted.
    """

    def __init__(self, plan: Plan) -> None:
        self._going = {_real(path) for r in plan.removals for path in (r.photo.path, *r.unit_files)}
        self._verified: set[FileIdentity] = set()
        """Kept photos whose content was read in this clean-up already."""
        self._relied_on: set[Path] = set()
        """The real files for which something went already."""
        self._one_folder: dict[tuple[Path, Path], bool] = {}

    def objection(self, removal: Removal) -> Reason | None:
        """Why a photo must stay after all: it, or what is kept for it, is not what was judged."""
        if objection := _objection_to_moving(removal.photo):
            return objection
        if self._relied_on & {_real(p) for p in (removal.photo.path, *removal.unit_files)}:
            return Reason("trash.relied_on")
        objections = [self._objection_to(kept, removal.photo) for kept in removal.kept]
        return objections[0] if objections and all(objections) else None

    def objection_afterwards(self, removal: Removal) -> Reason | None:
        """Why a photo that was moved a moment ago must come back: what is kept for it went too.

        One folder can be seen through two file systems, so that two names with other numbers are
        one file. Nothing tells but looking.
        """
        if not removal.kept:
            return None
        there = next((kept for kept in removal.kept if _is_there(kept, removal.photo)), None)
        if there is None:
            return Reason("trash.kept_went")
        self._relied_on.add(_real(there.path))
        return None

    def _objection_to(self, kept: Photo, leaving: Photo) -> Reason | None:
        """Why this photo does not stand for the one that leaves."""
        changed = Reason("trash.kept_changed")
        try:
            if identity(kept.path, kept.path.stat()) != kept.identity:
                return changed
            if kept.path.is_symlink():
                return Reason("trash.kept_link")
            if _real(kept.path) in self._going or self._is_one_file(kept, leaving):
                return Reason("trash.same_file")
            if kept.identity not in self._verified and not is_unchanged(kept):
                return changed
        except OSError:
            return changed
        self._verified.add(kept.identity)
        return None

    def _is_one_file(self, kept: Photo, leaving: Photo) -> bool:
        """Whether two names are one file, as far as can be told before it moves."""
        if kept.path.samefile(leaving.path):
            return True
        if _spelling(kept.path.name) != _spelling(leaving.path.name):
            return False
        folders = (_real(kept.path.parent), _real(leaving.path.parent))
        if folders[0] == folders[1]:
            # A drive that does not tell case apart lists one name for both.
            listed = set(os.listdir(folders[0]))  # noqa: PTH208 - names are compared, no paths
            return not {kept.path.name, leaving.path.name} <= listed
        if kept.identity.device == leaving.identity.device and kept.identity.inode:
            return False  # one drive with two numbers
        if folders not in self._one_folder:
            self._one_folder[folders] = _shows_through(folders[1], folders[0])
        return self._one_folder[folders]


def _objection_to_moving(photo: Photo) -> Reason | None:
    """Why a photo is not the file that was judged."""
    try:
        if photo.path.is_symlink():
            return Reason("trash.link")
        return None if is_unchanged(photo) else Reason("trash.changed")
    except (FileNotFoundError, NotADirectoryError):
        return Reason("trash.gone")
    except OSError as error:
        return Reason("trash.unreadable", {"message": system_message(error)})


def _is_there(kept: Photo, leaving: Photo) -> bool:
    """Whether a kept photo is still the file that was judged, now that another one went."""
    try:
        # Opened, not only asked for: a network drive remembers names for a while.
        with kept.path.open("rb") as file:
            status = os.fstat(file.fileno())
        if not stat.S_ISREG(kept.path.lstat().st_mode):
            return False
        if identity(kept.path, status) != kept.identity:
            return False
        if kept.identity.device == leaving.identity.device and kept.identity.inode:
            return True
        return content_of(kept.path) == kept.content_hash
    except OSError:
        return False


def _shows_through(folder: Path, other: Path) -> bool:
    """Whether what is made in one folder appears in the other: they are one, seen twice."""
    try:
        with unfinished.beside(folder / "probe") as probe:
            probe.touch(exist_ok=False)
            return os.path.lexists(other / probe.name)
    except OSError:
        return False  # nothing can be written there: then nothing moves either


def _real(path: Path) -> Path:
    """Where a name lies once the links of its folder are followed."""
    return Path(os.path.realpath(path.parent)) / path.name


def _spelling(name: str) -> str:
    """What drives that tell neither case nor composed letters apart take for one name."""
    return unicodedata.normalize("NFC", name).casefold()
