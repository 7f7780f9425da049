"""What things are called in the interface."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QDate, QDateTime, QLocale

from photo_organizer.engine import assets
from photo_organizer.engine.browse.sort_filter import month_number, year_and_month
from photo_organizer.engine.domain.results import LIBRARY, OTHERS, Flag, Flaw, GroupKind
from photo_organizer.engine.highlights.selection import UNDATED, Per
from photo_organizer.ui.words.language import spoken
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.translation import translate


def category_name(key: str, language: str = "en") -> str:
    """A category's name for people: the user's, else the built-in one, else its key."""
    if key == OTHERS:
        return translate("names", "Others")
    if key == LIBRARY:
        return translate("names", "All photos")
    known = _own_names.get(key) or assets.toml("categories.toml").get(key, {})
    name = known.get(language) or known.get("en")
    return visible(name or (key[:1].upper() + key[1:]).replace("_", " "))


def call_categories(names: Mapping[str, Mapping[str, str]]) -> None:
    """Know what the user calls the categories, by key and language; one list for all libraries."""
    _own_names.clear()
    _own_names.update(names)


_own_names: dict[str, Mapping[str, str]] = {}


def selection_name(key: str, per: Per, language: str = "en") -> str:
    """What a `Selection` of the best is called: a category, a month or the day of an event.

    Args:
        key: `Selection.name`.
        per: what the best were chosen of.
        language: one of `assets.languages`.
    """
    if key == UNDATED:
        return month_name(None)
    locale = QLocale()
    match per:
        case Per.MONTH:
            year, month = map(int, key.split("-"))
            return month_name(month_number(year, month))
        case Per.EVENT:
            begin = QDateTime.fromString(key, "yyyy-MM-dd HH.mm")
            if begin.isValid():
                return locale.toString(begin, translate("names", "d MMM yyyy, HH:mm"))
            return _day_name(key)
        case Per.LIBRARY | Per.CATEGORY:
            return category_name(key, language)


def _day_name(key: str) -> str:
    """What an event is called of which only the day or the month is known."""
    day = QDate.fromString(key, "yyyy-MM-dd")
    if day.isValid():
        return QLocale().toString(day, translate("names", "d MMM yyyy"))
    year, month = map(int, key.split("-"))
    return month_name(month_number(year, month))


def month_name(number: int | None) -> str:
    """A month for people, "May 2026"; what stands for it where there is no date.

    Args:
        number: see `sort_filter.month_number`.
    """
    if number is None:
        return translate("names", "Undated")
    return QLocale().toString(QDate(*year_and_month(number), 1), translate("names", "MMMM yyyy"))


def kind_name(kind: GroupKind) -> str:
    """The name of a kind of duplicates for people."""
    match kind:
        case GroupKind.EXACT:
            return translate("names", "Exact copies")
        case GroupKind.SAME:
            return translate("names", "Same picture")
        case GroupKind.SIMILAR:
            return translate("names", "Similar shots")


def flaw_name(flaw: Flaw) -> str:
    """A flaw's name for people."""
    return assets.sentence(f"flaws.{flaw.value}.name", spoken())


def flaw_part(flag: Flag) -> str:
    """What the part is that shows a flaw best: "the sharpest part"."""
    sign = flag.reason.code.removeprefix("flaws.")
    told = sign if "part" in assets.toml("flaws.toml").get(sign, ()) else flag.flaw.value
    return assets.sentence(f"flaws.{told}.part", spoken())


def flaw_outlines(flaw: Flaw) -> str:
    """What a whole photo is called whose flaw is outlined; empty where a flaw has no outlines."""
    if "outlines" not in assets.toml("flaws.toml")[flaw.value]:
        return ""
    return assets.sentence(f"flaws.{flaw.value}.outlines", spoken())


def duration(seconds: float) -> str:
    """A time left, as roughly as it is known: "4 s", "3 min", "2 h"."""
    if seconds < 60:
        return translate("names", "{} s").format(max(1, round(seconds)))
    if seconds < 3600:
        return translate("names", "{} min").format(round(seconds / 60))
    return translate("names", "{} h").format(round(seconds / 3600))
