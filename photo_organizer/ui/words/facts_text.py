"""A photo's facts as short texts: "1/250 s", "f/2.8", "12.2 MB", in the user's language."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QDate, QLocale

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.facts import Exif, Photo
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.translation import translate

KEYS = (
    "name",
    "folder",
    "pixels",
    "size",
    "format",
    "taken",
    "dated",
    "camera",
    "lens",
    "exposure",
    "place",
    "software",
)
"""All facts in the order shown."""

UNKNOWN = "\N{EN DASH}"
"""In place of a fact that the file does not say."""

_MM = "\N{NO-BREAK SPACE}mm"
_SECONDS = "\N{NO-BREAK SPACE}s"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a photo."""

    key: str
    """Which fact it is, the same in every language: "pixels", "size", "taken"…"""
    label: str
    text: str


def facts(photo: Photo, keys: Collection[str] = KEYS, dashes: bool = False) -> tuple[Fact, ...]:
    """Everything known about a photo that people ask for.

    Args:
        photo: whose facts.
        keys: only these of `KEYS`, in its order.
        dashes: also what the file does not say, as a dash; otherwise it is left out.
    """
    exif, taken = photo.exif, photo.taken
    lines = (
        ("name", translate("facts_text", "Name"), visible(photo.path.name)),
        ("folder", translate("facts_text", "Folder"), folder_text(photo.path.parent)),
        ("pixels", translate("facts_text", "Pixels"), pixels_text(photo.width, photo.height)),
        ("size", translate("facts_text", "Size"), size_text(photo.identity.size)),
        ("format", translate("facts_text", "Format"), visible(photo.format)),
        (
            "taken",
            translate("facts_text", "Taken"),
            taken_text(taken) if taken else "",
        ),
        (
            "dated",
            translate("facts_text", "Date from"),
            # What the camera says needs no words, but beside photos that others date.
            date_source_name(taken.source)
            if taken and (dashes or taken.source is not DateSource.SHUTTER)
            else "",
        ),
        ("camera", translate("facts_text", "Camera"), visible(exif.camera or "")),
        ("lens", translate("facts_text", "Lens"), visible(exif.lens or "")),
        ("exposure", translate("facts_text", "Exposure"), exposure_text(exif)),
        ("place", translate("facts_text", "Place"), place_text(*exif.gps) if exif.gps else ""),
        ("software", translate("facts_text", "Software"), visible(exif.software or "")),
    )
    return tuple(
        Fact(key, label, text or UNKNOWN)
        for key, label, text in lines
        if key in keys and (text or dashes)
    )


@dataclass(frozen=True, slots=True)
class SharedFacts:
    """Which facts there are of photos that are seen side by side: see `shared`."""

    known: frozenset[str]
    """Keys of the facts of any of them."""
    differing: frozenset[str]
    """Keys of the facts in which they are not all alike; a missing fact differs too."""


@lru_cache(maxsize=4)
def shared(photos: tuple[Photo, ...], language: str) -> SharedFacts:  # noqa: ARG001 - tells answers apart
    """Which facts there are of photos, asked again for each of them.

    Args:
        photos: those of a group.
        language: the window's: texts that differ in one may be the same in another.
    """
    texts = [{fact.key: fact.text for fact in facts(photo)} for photo in photos]
    known = frozenset(key for lines in texts for key in lines)
    return SharedFacts(
        known,
        frozenset(key for key in known if len({lines.get(key) for lines in texts}) > 1),
    )


def folder_text(folder: Path) -> str:
    """The folder, with "~" for the user's own: "~/Pictures/Holidays"."""
    home = Path.home()
    inside = folder.is_relative_to(home)
    return visible(Path("~") / folder.relative_to(home) if inside else folder)


def short_folders(folders: Sequence[Path]) -> list[str]:
    """Folders by what tells them apart: what they have in common is left out, but for one name.

    ``/a/photos/2024/trip`` and ``/a/photos/backup`` become "2024/trip" and "backup"; folders that
    are all the same have their last name. What lies above is "…/".
    """
    paths = [folder.parts for folder in folders]
    first, last = min(paths), max(paths)
    common = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    if any(len(parts) == common for parts in paths):
        common -= 1
    common = max(0, common)
    start = "\N{HORIZONTAL ELLIPSIS}" + os.sep if common > 1 else ""
    return [
        visible(start + str(Path(*parts[common:]))) if parts[common:] else visible(folder)
        for parts, folder in zip(paths, folders, strict=True)
    ]


def size_text(size: int) -> str:
    """Bytes as people read them: "4.2 MB" (powers of ten, like file managers)."""
    digits = 0 if size < 1_000_000 or 100_000_000 <= size < 1_000_000_000 else 1
    return QLocale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


def pixels_text(width: int, height: int) -> str:
    """Width and height with megapixels: "4000 × 3000 (12 MP)"."""
    megapixels = width * height / 1e6
    if megapixels < 0.1:
        return translate("facts_text", "{0} × {1}").format(width, height)
    text = QLocale().toString(megapixels, "f", 1 if megapixels < 10 else 0)
    return translate("facts_text", "{0} × {1} ({2} MP)").format(width, height, text)


def taken_text(taken: TakenDate) -> str:
    """Date in the user's locale, as exactly as it is known: the day, or the month, alone.

    With the time come its seconds: bursts differ in nothing else.
    """
    at = taken.at
    day = QDate(at.year, at.month, at.day)
    match taken.precision:
        case DatePrecision.MONTH:
            return QLocale().toString(day, translate("names", "MMMM yyyy"))
        case DatePrecision.DAY:
            return _day_text(day)
        case DatePrecision.SECOND:
            return f"{_day_text(day)} {at:%H:%M:%S}"


def _day_text(day: QDate) -> str:
    """A day as the user's locale writes it in short, its year whole: old prints have dates, too."""
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return QLocale().toString(day, form if "yyyy" in form else form.replace("yy", "yyyy"))


def date_source_name(source: DateSource) -> str:
    """What says when a photo was taken, for people."""
    names = {
        DateSource.SHUTTER: translate("facts_text", "Camera"),
        DateSource.XMP: translate("facts_text", "XMP in the file"),
        DateSource.SIDECAR: translate("facts_text", "XMP beside the file"),
        DateSource.DIGITIZED: translate("facts_text", "When it was scanned or made"),
        DateSource.NAME: translate("facts_text", "File name"),
        DateSource.TAKEOUT: translate("facts_text", "Google Takeout"),
        DateSource.FOLDER: translate("facts_text", "Folder name"),
        DateSource.SAVED: translate("facts_text", "Last save"),
    }
    return names[source]


def exposure_text(exif: Exif) -> str:
    """Time, aperture, sensitivity, focal length and bias, as far as the file says."""
    parts = (
        seconds_text(exif.exposure_time) if exif.exposure_time else "",
        f"f/{exif.f_number:.2g}" if exif.f_number else "",
        f"ISO {exif.iso}" if exif.iso else "",
        f"{exif.focal_length:.3g}{_MM}" if exif.focal_length else "",
        f"{exif.exposure_bias:+.2g} EV" if exif.exposure_bias else "",
    )
    return ", ".join(part for part in parts if part)


def seconds_text(seconds: float) -> str:
    """An exposure time as cameras write it: "1/250 s", from a third of a second on "0.5 s"."""
    if seconds <= 0 or not math.isfinite(seconds):
        return ""
    if seconds < 0.3:
        return f"1/{round(1 / seconds)}{_SECONDS}"
    return f"{seconds:.2g}{_SECONDS}" if seconds < 10 else f"{seconds:.0f}{_SECONDS}"


def place_text(latitude: float, longitude: float) -> str:
    """Coordinates with four decimals (about 10 m): "37.5665° N, 126.9780° E"."""
    north = translate("facts_text", "N") if latitude >= 0 else translate("facts_text", "S")
    east = translate("facts_text", "E") if longitude >= 0 else translate("facts_text", "W")
    return f"{abs(latitude):.4f}° {north}, {abs(longitude):.4f}° {east}"
