"""When a photo was taken, as what lies beside its file and what the file is called say.

The content of a photo is known by its hash, and so is what its Exif says. Names, folders and
sidecars are not the content's: two copies may have others. So what they say is found out for each
file anew, and only where the file itself does not know when the shutter opened.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.files import exif as exif_facts
from photo_organizer.engine.files import name_dates, unit_names, xmp
from photo_organizer.engine.files.unit_names import JSON
from photo_organizer.engine.files.xmp_document import SidecarError

_log = logging.getLogger(__name__)

_FOLDERS = 64
"""Folders whose sidecars are kept in mind: photos come folder by folder, a few at once."""


class BesideDates:
    """Finds better dates of photos than their files have; safe to ask from several threads."""

    def __init__(self) -> None:
        self._folders: OrderedDict[Path, Mapping[str, Sequence[str]]] = OrderedDict()
        self._lock = threading.Lock()

    def better_date(self, path: Path, exif: Exif) -> TakenDate | None:
        """See `Photo.better_date`; None where the file itself tells best, or nothing tells.

        The order: the shutter as the file knows it, XMP beside it, the file's name, Google's JSON,
        the folder; last the moment in which the file was made or saved, which refutes what would
        be later. What is told to the day or month gives way to what tells the same more exactly.
        """
        own = exif.taken
        if exif.shutter is not None:
            return None
        late = own if own is not None and own.source.may_be_later else None
        best = own if late is None else None
        for date in chain(self._told(path), (late,)):
            if date is None or (late is not None and _is_refuted(date, late)):
                continue
            if best is None or best.is_told_closer_by(date):
                best = date
            if best.precision is DatePrecision.SECOND:
                break
        return None if best is own else best

    def _told(self, path: Path) -> Iterator[TakenDate]:
        """What speaks for a date, the weightiest first."""
        sidecars = list(self._sidecars(path))
        for name in sidecars:
            if not name.casefold().endswith(JSON) and (date := _of_xmp(path.with_name(name))):
                yield date
        if date := name_dates.date_of_name(path.name):
            yield date
        for name in sidecars:
            if name.casefold().endswith(JSON) and (date := _of_takeout(path.with_name(name))):
                yield date
        if date := name_dates.date_of_folder(str(path.parent)):
            yield date

    def _sidecars(self, path: Path) -> Sequence[str]:
        """The XMP and JSON of a photo, those named after its whole name first."""
        folder = path.parent
        with self._lock:
            if folder not in self._folders:
                self._folders[folder] = _sidecars_in(folder)
                if len(self._folders) > _FOLDERS:
                    self._folders.popitem(last=False)
            return self._folders[folder].get(path.name, ())


def _is_refuted(date: TakenDate, late: TakenDate) -> bool:
    """Whether a date is that of something else; what somebody wrote beside the photo is meant."""
    return date.source is not DateSource.SIDECAR and date.is_refuted_by(late)


def _sidecars_in(folder: Path) -> Mapping[str, Sequence[str]]:
    """The XMP and JSON of each picture in a folder, by name."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:  # a drive that is gone: what was known of its photos is shown anyway
        _log.debug("No sidecars of %s are known: %s", folder, error)
        return {}
    suffixes = (".xmp", JSON)
    if not any(name.casefold().endswith(suffixes) for name in names):
        return {}
    found = unit_names.belongings(names)
    ours = {name: found[name] for name in found if name.casefold().endswith(suffixes)}
    return {
        picture: sorted(beside, key=lambda name: not unit_names.is_named_after(name, picture))
        for picture, beside in unit_names.by_picture(ours).items()
    }


def _of_xmp(path: Path) -> TakenDate | None:
    data = _read(path)
    return exif_facts.date_in_sidecar(data) if data else None


def _of_takeout(path: Path) -> TakenDate | None:
    data = _read(path)
    if data is None:
        return None
    try:
        said = json.loads(data)
        seconds = int(said["photoTakenTime"]["timestamp"])
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        # JSON of another program, or nonsense.
        return None
    return name_dates.date_of_timestamp(seconds, DateSource.TAKEOUT)


def _read(path: Path) -> bytes | None:
    try:
        return xmp.read_bytes(path) if path.is_file() else None
    except (SidecarError, OSError) as error:
        _log.debug("The date in %s is not known: %s", path, error)
        return None
