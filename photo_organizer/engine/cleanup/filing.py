"""Moves photos into a folder of the user's: planned here, carried out and undone as a clean-up is.

Nothing that lies there is ever overwritten, and nothing leaves or enters a protected folder.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from photo_organizer.engine.cleanup import planning
from photo_organizer.engine.cleanup.moving import Mover
from photo_organizer.engine.cleanup.planning import Plan, Refusal, Removal
from photo_organizer.engine.cleanup.system_trash import TrashError
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.files import folders
from photo_organizer.engine.files.renaming import rename_new


def plan_into(
    folder: Path,
    chosen: Collection[int],
    result: Result,
    *,
    protected: Sequence[Path] = (),
    unit_files: Mapping[int, Sequence[Path]] | None = None,
) -> Plan:
    """Plan to move chosen photos into a folder, each with the files of its unit.

    Refused are links, photos of protected folders, photos that lie there already, photos on another
    drive, and photos whose name, or that of a file of their unit, is taken there. Everything is
    refused where the folder is protected, or lies in a trash or among a system's own files. Looks
    at the folder; nothing is moved.

    Args:
        folder: absolute; need not be there yet.
        chosen: photo ids of `result`.
        result: the answers the choice was made from.
        protected: folders that nothing goes from, and nothing is moved into.
        unit_files: see `planning.plan`.
    """
    there = Path(os.path.realpath(folder))
    objection = _objection_to(there, protected)
    if objection:
        return Plan([], [Refusal(result.photos[i], Reason(objection)) for i in chosen])
    base = planning.plan(
        chosen,
        result,
        protected=protected,
        unit_files=unit_files,
        allow_last_copy=True,  # nothing is lost: it is only elsewhere
        sidecars=False,
    )
    nearest = folders.nearest(there)
    drive = nearest.stat().st_dev if nearest else None
    taken: set[str] = set()
    removals, refusals = [], list(base.refusals)
    for removal in base.removals:
        names = [_spelling(path.name) for path in (removal.photo.path, *removal.unit_files)]
        code = _objection_to_one(removal, there, drive)
        if not code and (_are_taken(removal, there) or taken.intersection(names)):
            code = "move.exists"
        if code:
            refusals.append(Refusal(removal.photo, Reason(code)))
        else:
            taken.update(names)
            removals.append(replace(removal, group=None, kept=()))
    return Plan(removals, refusals)


def into(folder: Path) -> Mover:
    """A mover into a folder, under the names that files have; see `moving.move_away`."""

    def move(path: Path) -> Path:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            rename_new(path, folder / path.name)
        except FileExistsError as error:
            raise TrashError("move.exists") from error
        except OSError as error:
            if error.errno == errno.EXDEV:
                raise TrashError("move.other_drive") from error
            raise TrashError("move.failed", message=system_message(error)) from error
        return folder / path.name

    return move


def _objection_to(folder: Path, protected: Sequence[Path]) -> str:
    """Code of why nothing may be moved into a folder; "" where it may."""
    # The command `undo` knows this module before it can afford what reads photos.
    from photo_organizer.engine.files import photo_files

    if any(folder.is_relative_to(os.path.realpath(root)) for root in protected):
        return "move.protected"
    return "move.apart" if photo_files.is_set_apart(folder) else ""


def _objection_to_one(removal: Removal, folder: Path, drive: int | None) -> str:
    if os.path.realpath(removal.photo.path.parent) == str(folder):
        return "move.there"
    return "move.other_drive" if removal.photo.identity.device != drive else ""


def _are_taken(removal: Removal, folder: Path) -> bool:
    return any(
        os.path.lexists(folder / path.name) for path in (removal.photo.path, *removal.unit_files)
    )


def _spelling(name: str) -> str:
    """What drives that tell neither case nor composed letters apart take for one name."""
    return unicodedata.normalize("NFC", name).casefold()
