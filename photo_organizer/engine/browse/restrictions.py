"""What a restriction of a query means: which photos it lets through.

===========  ==================================================================================
name, camera  a part of it, or all of it with ``*`` and ``?``; case does not matter
folder        a part of the name of any folder above the photo, or of its path where it has a ``/``
date          a year, month or day as in `date_query`; ``2024-05..2024-07`` from one to another
stars         ``4``; ``3..5``; ``4+`` or ``4..`` for so many or more
category      its key, or its name in any language
===========  ==================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fnmatch import translate as pattern_of
from functools import cache

from photo_organizer.engine.browse.date_query import DateQuery, date_in
from photo_organizer.engine.browse.written_columns import WrittenColumns
from photo_organizer.engine.categories.catalog import built_in_called
from photo_organizer.engine.domain.dates import TakenDate
from photo_organizer.engine.domain.query import Field, Restriction
from photo_organizer.engine.domain.reasons import Reason

Rows = list[bool] | Reason
"""Of each photo whether it is let through; or why nobody can tell."""

_RANGE = ".."


def let_through(
    restriction: Restriction,
    columns: WrittenColumns,
    *,
    categories: Mapping[int, str] | None,
    stars: Mapping[int, int] | None,
) -> Rows:
    """Which photos a restriction lets through, whatever its sign.

    Args:
        restriction: one term of a query.
        columns: of the photos.
        categories: the key of each photo's category by its id; None where that is not known.
        stars: by id; those without are not in it. None where nobody knows of any.
    """
    value = " ".join(restriction.value.casefold().split())
    rows: Rows
    match restriction.field:
        case Field.NAME:
            rows = list(map(_like(value), columns.names))
        case Field.CAMERA:
            rows = list(map(_like(value), columns.cameras))
        case Field.FOLDER:
            rows = list(map(cache(_in_folder(value)), columns.folders))
        case Field.DATE:
            taken = _taken(value)
            unknown = Reason("search.no_date", {"text": restriction.value})
            rows = unknown if taken is None else list(map(taken, columns.taken))
        case Field.STARS:
            wanted = _stars(value)
            unknown, given = Reason("search.no_stars", {"text": restriction.value}), stars or {}
            rows = unknown if wanted is None else [given.get(i, 0) in wanted for i in columns.ids]
        case Field.CATEGORY:
            unknown, key = Reason("search.no_categories"), _category(value)
            of = categories
            rows = unknown if of is None else [of.get(i, "").casefold() == key for i in columns.ids]
    return rows


def _like(value: str) -> Callable[[str], bool]:
    if not set("*?") & set(value):
        return lambda text: value in text
    # A "[" stands for itself: names have it more often than anybody looks for a set of letters.
    pattern = re.compile(pattern_of(value.replace("[", "[[]")))
    return lambda text: pattern.match(text) is not None


def _in_folder(value: str) -> Callable[[str], bool]:
    """Whether a folder is one of those that are meant, or lies in one."""
    slashes = value.replace("\\", "/")
    if "/" in slashes:
        wanted = "/" + slashes.strip("/") + "/"
        return lambda folder: wanted in f"/{folder.replace(chr(92), '/').casefold()}/"
    meets = _like(value)
    return lambda folder: any(
        meets(part) for part in folder.replace("\\", "/").casefold().split("/") if part
    )


def _category(value: str) -> str:
    found = built_in_called(value)
    return found.key.casefold() if found is not None else value


def _stars(value: str) -> range | None:
    """The stars that are meant; None where that cannot be told."""
    found = re.fullmatch(r"([0-5])?\s?(\.\.|\+)?\s?([0-5])?\+?", value)
    if found is None or not (found[1] or found[3]):
        return None
    least = int(found[1] or 0)
    most = int(found[3]) if found[3] else 5 if found[2] else least
    return range(least, most + 1)


def _taken(value: str) -> Callable[[TakenDate | None], bool] | None:
    """Whether a photo was taken at a date, or between two; None where it is no date."""
    if _RANGE not in value:
        when = _whole_date(value)
        return None if when is None else when.is_met_by
    begin, _, end = (part.strip() for part in value.partition(_RANGE))
    first = _span(begin) if begin else (date.min, date.min)
    last = _span(end) if end else (date.max, date.max)
    if first is None or last is None or not (begin or end):
        return None
    return lambda taken: taken is not None and first[0] <= taken.at.date() <= last[1]


def _whole_date(value: str) -> DateQuery | None:
    found = date_in(value)
    return found if found is not None and not found.rest else None


def _span(value: str) -> tuple[date, date] | None:
    """The first and last day of a date; None where it has no year or is none."""
    when = _whole_date(value)
    if when is None or when.year is None:
        return None
    try:
        begin = date(when.year, when.month or 1, when.day or 1)
        if when.day:
            return begin, begin
        if when.month is None:
            return begin, date(when.year, 12, 31)
        return begin, (begin.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None
