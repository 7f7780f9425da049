"""Dates in the names of files and folders, as telephones, programs and people write them.

- ``IMG-20240820-WA0001``, ``WhatsApp Image 2024-08-20 at 10.11.12`` (WhatsApp);
- ``PXL_20240810_101112345``, ``IMG_20240810_101112``, ``20240810_101112``, ``VID_…`` (telephones);
- ``Screenshot_2024-08-10-10-11-12``, ``Screen Shot 2024-08-10 at 9.11.12 PM``,
  ``스크린샷 2024-08-10 오후 9.11.12`` (screens);
- ``signal-2024-08-10-101112``, ``photo_2024-08-10_10-11-12``, ``KakaoTalk_20240810_101112345``;
- ``FB_IMG_1723284672000`` (milliseconds since 1970);
- folders: ``2024-08-10 Party``, ``2024/08/10``, ``2024/08 August``, ``August 2024``,
  ``2024년 8월``.

The year comes first: "10.08.2024" means two days. A year alone is no date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import PurePath
from typing import Final

from photo_organizer.engine.domain.dates import DateSource, TakenDate, dated
from photo_organizer.engine.files.folder_words import is_passing
from photo_organizer.engine.files.month_names import MONTHS

_YEARS: Final = r"(?<!\d)(1[89]\d\d|20\d\d)"
_SEPARATED: Final = re.compile(_YEARS + r"(\s?[-_./:]\s?|\s)(\d{1,2})\2(\d{1,2})(?!\d)")
"""2024-08-10, 2024_8_1, 2024. 8. 10."""
_LETTERED: Final = re.compile(_YEARS + r"\s?[년年]\s?(\d{1,2})\s?[월月]\s?(\d{1,2})\s?[일日]")
"""2024년 8월 10일."""
_COMPACT: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?:(\d\d)(\d\d)(\d\d)(?:\d{3})?)?(?!\d)"
)
"""20240810, 20240810101112."""
_TIME: Final = re.compile(
    r"""
    [\W_]* (?P<before>오전|오후|午前|午後|上午|下午)? (?:T|at|um|à|om|kl|klo|alle|о|в)? [\W_]*
    (?:
        (?P<hour>\d{1,2}) \s? (?P<sign>[-_.:∶]|시|时|時) \s?
        (?P<minute>\d\d) \s? (?:(?P=sign)|분|分) \s?
        (?P<second>\d\d)
        | (?P<hours>\d\d) (?P<minutes>\d\d) (?P<seconds>\d\d) (?:\d{3})?
    )
    (?!\d) (?: [\s_]* (?P<after>[ap]\.?\s?m)\b )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The time of day right behind a date; not the number of a photo of WhatsApp."""
_SINCE_1970: Final = re.compile(r"(?:FB_IMG_|mmexport|wx_camera_)(1\d{9})\d{3}(?!\d)")
_RANGE: Final = re.compile(r"\s?(?:-|–|—|_|~|\+|&|,|to|bis|und|and|au|al|до)\s?\d{1,2}(?!\d)")
"""What stands behind the first day of several: "2024-08-10 - 17"."""

_MONTH: Final = re.compile(_YEARS + r"(?:[-.]\s?(\d{1,2})|[\s_](\d\d))(?!\d)(?!\s?[-_./]\s?\d)")
_LETTERED_MONTH: Final = re.compile(_YEARS + r"\s?[년年]\s?(\d{1,2})\s?[월月]()")
_COMPACT_MONTH: Final = re.compile(r"(?<!\d)((?:19[89]|20\d)\d)(0[1-9]|1[0-2])(?!\d)()")
_YEAR: Final = re.compile(_YEARS + r"(?!\d)")
_YEAR_ALONE: Final = re.compile(r"\s*(1[89]\d\d|20\d\d)\s?[년年]?\s*")
_NUMBER: Final = re.compile(r"(\d\d?)\s?[월月일日]?")
"""A month below the folder of its year, a day below that of its month: "08", "8월", "10일"."""
_NAMED: Final = re.compile(
    r"(?<![^\W\d_])("
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\.?(?![^\W\d_])(?!['’])",
    re.IGNORECASE,
)

_DEEP: Final = 4
"""So many folders above a file may say when it was taken; further up are whole collections."""


def date_of_name(name: str) -> TakenDate | None:
    """When a photo was taken, as the name of its file says."""
    stem = PurePath(name).stem
    since = _SINCE_1970.search(stem)
    if since:
        return date_of_timestamp(int(since[1]), DateSource.NAME)
    for day, behind in _days(stem):
        time = None if len(day) > 3 else _time(stem[behind:])
        found = dated((*day, *(time or ())), DateSource.NAME) or dated(day[:3], DateSource.NAME)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=4096)
def date_of_folder(folder: str) -> TakenDate | None:
    """When the photos of a folder were taken, as its name and those above it say.

    The nearest that has a date counts. What names a second copy or what merely passed through,
    "Backup 2024-08-10", has the date of that.
    """
    parts = PurePath(folder).parts[-_DEEP - 2 :]
    for place in range(len(parts) - 1, max(-1, len(parts) - 1 - _DEEP), -1):
        name = parts[place]
        if is_passing(name):
            continue
        above = (parts[place - 1] if place else "", parts[place - 2] if place > 1 else "")
        found = _date_of_folder(name, *above)
        if found is not None:
            return found
    return None


def date_of_timestamp(seconds: int, source: DateSource) -> TakenDate | None:
    """A moment since 1970, by the clock of this computer's place: the photo's is not known."""
    try:
        at = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone()
    except (OverflowError, OSError, ValueError):
        return None
    return dated((at.year, at.month, at.day, at.hour, at.minute, at.second), source)


def _days(text: str) -> list[tuple[tuple[int, ...], int]]:
    """The days in a text (year, month, day, perhaps with the time) and where each ends."""
    found = []
    for pattern, groups in ((_SEPARATED, (1, 3, 4)), (_LETTERED, (1, 2, 3)), (_COMPACT, None)):
        for match in pattern.finditer(text):
            numbers = match.groups() if groups is None else match.group(*groups)
            day = tuple(int(number) for number in numbers if number is not None)
            if dated(day[:3], DateSource.NAME) is not None:
                found.append((match.start(), day, match.end()))
    return [(day, end) for _, day, end in sorted(found)]


def _time(text: str) -> tuple[int, int, int] | None:
    match = _TIME.match(text)
    if not match:
        return None
    hour = int(match["hour"] or match["hours"])
    minute = int(match["minute"] or match["minutes"])
    second = int(match["second"] or match["seconds"])
    half = (match["before"] or match["after"] or "").casefold()
    if half and 1 <= hour <= 12:
        is_late = half.startswith("p") or half in ("오후", "午後", "下午")
        hour = hour % 12 + 12 * is_late
    return hour, minute, second


def _date_of_folder(name: str, above: str, further: str) -> TakenDate | None:
    days = _days(name)
    if days:
        several = {day[:3] for day, _ in days}
        if len(several) == 1 and not _RANGE.match(name, days[0][1]):
            return dated(days[0][0][:3], DateSource.FOLDER)
        if len({day[:2] for day in several}) == 1:
            return dated(days[0][0][:2], DateSource.FOLDER)
        return None  # of several months: the photos may be of any of them
    if month := _month_in(name) or _month_below(name, above):
        return dated(month, DateSource.FOLDER)
    day = _NUMBER.fullmatch(name.strip())
    month = _month_in(above) or _month_below(above, further)
    return dated((*month, int(day[1])), DateSource.FOLDER) if day and month else None


def _month_in(name: str) -> tuple[int, int] | None:
    """A year with one of its months in one name."""
    for pattern in (_LETTERED_MONTH, _MONTH, _COMPACT_MONTH):
        found = {(int(m[1]), int(m[2] or m[3])) for m in pattern.finditer(name)}
        found = {(year, month) for year, month in found if 1 <= month <= 12}
        if found:
            return found.pop() if len(found) == 1 else None
    years, months = {int(m[1]) for m in _YEAR.finditer(name)}, _named(name)
    return (years.pop(), months.pop()) if len(years) == len(months) == 1 else None


def _month_below(name: str, above: str) -> tuple[int, int] | None:
    """A month whose year is the folder above.

    Other words beside a number mean that somebody numbered folders: "01 Wedding", "02 Travel".
    """
    year = _YEAR_ALONE.fullmatch(above)
    if not year:
        return None
    number = _NUMBER.fullmatch(name.strip())
    months = {int(number[1])} if number else _named(name)
    months = {month for month in months if 1 <= month <= 12}
    return (int(year[1]), months.pop()) if len(months) == 1 else None


def _named(name: str) -> set[int]:
    """The months that are named in a text."""
    return {MONTHS[match[1].casefold()] for match in _NAMED.finditer(name)}
