"""Dates in what people search: "2024-08", "August 2024", "10 Aug 2024", "2024년 8월", "2024"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from photo_organizer.engine.domain.dates import DatePrecision, TakenDate
from photo_organizer.engine.files.month_names import MONTHS

_NAMES: Final = "|".join(sorted((name for name in MONTHS if name.isascii()), key=len, reverse=True))
_YEAR: Final = r"(?P<year>(?:18[3-9]|19\d|20\d)\d)"
_DAY: Final = r"(?P<day>\d{1,2})"
_BEGIN, _END = r"(?<![\w.-])", r"(?![\w-])(?!\.\d)"

_FORMS: Final = tuple(
    re.compile(_BEGIN + form + _END, re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s?(?P<sign>[-./])\s?(?P<month>\d{{1,2}})(?:\s?(?P=sign)\s?{_DAY})?\.?",
        rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"{_YEAR}\s?[년年](?:\s?(?P<month>\d{{1,2}})\s?[월月](?:\s?{_DAY}\s?[일日])?)?",
        rf"(?P<month>\d{{1,2}})\s?[월月](?:\s?{_DAY}\s?[일日])?",
        rf"(?:{_DAY}(?:st|nd|rd|th)?\.?\s)?(?P<month>{_NAMES})\.?,?\s{_YEAR}",
        rf"(?P<month>{_NAMES})\.?\s{_DAY}(?:st|nd|rd|th)?(?:,?\s{_YEAR})?",
        rf"{_YEAR}\s(?P<month>{_NAMES})\.?(?:\s{_DAY})?",
        rf"{_DAY}(?:st|nd|rd|th)?\.?\s(?P<month>{_NAMES})",
        rf"{_YEAR}",
    )
)
"""The first form that a text has counts: those that say more stand before those that say less."""


@dataclass(frozen=True, slots=True)
class DateQuery:
    """The date that a text asks for, as much of it as is said."""

    year: int | None
    month: int | None
    day: int | None
    rest: str
    """What the text says besides."""

    def is_met_by(self, taken: TakenDate | None) -> bool:
        """Whether a photo was taken then, as far as that is known."""
        if taken is None:
            return False
        if self.day is not None and taken.precision is DatePrecision.MONTH:
            return False
        said = (self.year, taken.at.year), (self.month, taken.at.month), (self.day, taken.at.day)
        return all(wanted is None or wanted == there for wanted, there in said)


def date_in(text: str) -> DateQuery | None:
    """The date that a text asks for; None where it asks for none."""
    for form in _FORMS:
        match = form.search(text)
        if match is None:
            continue
        said = match.groupdict()
        month, day = said.get("month"), said.get("day")
        number = None if month is None else MONTHS.get(month.casefold()) or int(month)
        query = DateQuery(
            int(said["year"]) if said.get("year") else None,
            number,
            int(day) if day else None,
            " ".join((text[: match.start()] + " " + text[match.end() :]).split()),
        )
        if (number is None or 1 <= number <= 12) and (not day or 1 <= int(day) <= 31):
            return query
    return None
