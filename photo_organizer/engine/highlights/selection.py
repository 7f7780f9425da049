"""The best photos: of the library, of every category, month or event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from photo_organizer.engine import assets
from photo_organizer.engine.domain.dates import DatePrecision, TakenDate
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import LIBRARY, Ranked, Result

UNDATED = "undated"
"""The name of the photos that do not say when they were taken."""


class Per(StrEnum):
    """What the best are chosen of."""

    LIBRARY = "library"
    CATEGORY = "category"
    MONTH = "month"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the best."""

    photo: Photo
    rank: int
    """From 1, within its selection."""
    score: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The best of something, best first."""

    name: str
    """`LIBRARY`, a category's key, "2024-05", the start of an event "2024-05-06 14.30" (or
    only its day or month), or `UNDATED`."""
    photos: tuple[Chosen, ...]


def best(
    result: Result,
    per: Per,
    count: int,
    within: str = LIBRARY,
    marked: Collection[int] = frozenset(),
) -> list[Selection]:
    """Choose up to `count` photos of the library, or of every category, month or event.

    The user's word comes first: photos with five and with four stars are chosen before all others,
    those with two or one after them, and what was rejected or is marked for the trash never; among
    equals the ranking decides. Of each duplicate group only the first stands for it, and photos
    with a flaw are chosen only where there are no others or the user gave them stars. Empty
    selections are left out. Categories keep their order; months and events go from old to new, what
    is undated comes last.

    Args:
        result: of an analysis.
        per: what to choose of.
        count: at least 1.
        within: a category's key, to choose among its photos alone; it is its own only category.
        marked: the photos marked for the trash.
    """
    whole = result.highlights.get(within, ())
    match per:
        case Per.LIBRARY:
            lists: dict[str, Sequence[Ranked]] = {LIBRARY: whole}
        case Per.CATEGORY if within == LIBRARY:
            lists = {name: ranked for name, ranked in result.highlights.items() if name != LIBRARY}
        case Per.CATEGORY:
            lists = {within: whole}
        case Per.MONTH:
            lists = _split(whole, months(result.photos.values()))
        case Per.EVENT:
            lists = _split(whole, events(result.photos.values()))
    group_of = {photo: number for number, g in enumerate(result.groups) for photo in g.photos}
    flawed = {flag.photo for flag in result.flags if not flag.flaw.is_gentle}
    selections = []
    for name, ranks in lists.items():
        ranked = [r for r in ranks if result.stars.get(r.photo) != 0 and r.photo not in marked]
        good = [r for r in ranked if r.photo not in flawed or r.photo in result.stars]
        # Sorting keeps the order of equals.
        liked = sorted(good or ranked, key=lambda r: -_liking(result.stars.get(r.photo)))
        leaders = _one_a_group(liked, group_of)[:count]
        chosen = tuple(
            Chosen(result.photos[r.photo], rank, r.score) for rank, r in enumerate(leaders, 1)
        )
        if chosen:
            selections.append(Selection(name, chosen))
    return selections


def months(photos: Iterable[Photo]) -> dict[str, list[int]]:
    """Photo ids by the month they were taken in, "2024-05"; old to new, `UNDATED` last."""
    placed: dict[str, list[int]] = {}
    dated, undated = _by_time(photos)
    for photo, taken in dated:
        placed.setdefault(f"{taken.at:%Y-%m}", []).append(photo.id)
    return placed | ({UNDATED: undated} if undated else {})


def events(photos: Iterable[Photo]) -> dict[str, list[int]]:
    """Photo ids by event, named by its first photo's time; old to new, `UNDATED` last.

    A new event begins where no photo was taken for ``gap_hours`` of
    ``resources/thresholds/export.toml``. Photos of which only the day is known are in the first
    event of that day, or else by themselves, as those are of which only the month is.
    """
    gap = timedelta(hours=assets.toml("thresholds/export.toml")["event"]["gap_hours"])
    placed: dict[str, list[int]] = {}
    days: dict[date, str] = {}
    """The first event of each day."""
    begins: dict[str, datetime] = {}
    dated, undated = _by_time(photos)
    name, before = "", None
    for photo, taken in dated:
        if taken.precision is not DatePrecision.SECOND:
            continue
        if before is None or taken.at - before > gap:
            name = f"{taken.at:%Y-%m-%d %H.%M}"
            begins[name] = taken.at
        placed.setdefault(name, []).append(photo.id)
        days.setdefault(taken.at.date(), name)
        before = taken.at
    for photo, taken in dated:
        if taken.precision is DatePrecision.SECOND:
            continue
        known = taken.precision is DatePrecision.DAY
        name = (known and days.get(taken.at.date())) or taken.text()
        begins.setdefault(name, taken.at)
        placed.setdefault(name, []).append(photo.id)
    in_order = {name: placed[name] for name in sorted(placed, key=lambda name: begins[name])}
    return in_order | ({UNDATED: undated} if undated else {})


def to_json(selections: Sequence[Selection], result: Result, per: Per) -> dict[str, Any]:
    """The selections as a JSON object; images are absolute ``file://`` URIs."""
    flaws: dict[int, list[str]] = {}
    for flag in result.flags:
        flaws.setdefault(flag.photo, []).append(flag.flaw.value)
    return {
        "per": per.value,
        "scorer": str(result.scorer or ""),
        "selections": [
            {
                "name": selection.name,
                "images": [
                    {
                        "image": chosen.photo.uri,
                        "rank": chosen.rank,
                        "score": round(chosen.score, 4),
                        "flaws": flaws.get(chosen.photo.id, []),
                    }
                    for chosen in selection.photos
                ],
            }
            for selection in selections
        ],
        "skipped": [
            {"image": s.path.as_uri(), "reason": s.reason.text()}
            for s in result.skipped
            if s.is_photo
        ],
    }


def _liking(stars: int | None) -> int:
    """Three stars say no more than none: the score decides there."""
    return 0 if stars is None else stars - 3


def _one_a_group(ranked: Sequence[Ranked], group_of: Mapping[int, int]) -> list[Ranked]:
    seen: set[int] = set()
    kept = []
    for one in ranked:
        group = group_of.get(one.photo)
        if group is None or group not in seen:
            kept.append(one)
        if group is not None:
            seen.add(group)
    return kept


def _split(
    ranked: Sequence[Ranked], placed: Mapping[str, Sequence[int]]
) -> dict[str, Sequence[Ranked]]:
    """The ranking of each place, in the order of the library's."""
    name_of = {photo: name for name, photos in placed.items() for photo in photos}
    lists: dict[str, list[Ranked]] = {name: [] for name in placed}
    for one in ranked:
        lists[name_of[one.photo]].append(one)
    return dict(lists)


def _by_time(photos: Iterable[Photo]) -> tuple[list[tuple[Photo, TakenDate]], list[int]]:
    """Dated photos with their times, old to new, and the ids of the others."""
    dated, undated = [], []
    for photo in photos:
        if photo.taken is None:
            undated.append(photo.id)
        else:
            dated.append((photo, photo.taken))
    return sorted(dated, key=lambda pair: (pair[1].at, pair[0].path)), undated
