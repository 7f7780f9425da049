"""Which photos of a view are shown, and in what order: sorting and filtering by what is known.

Everything here may run beside the window on another thread: a sort of 100,000 keys in one call
would keep Python from the window's thread, so long lists are sorted in pieces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from heapq import merge
from typing import Any, TypeVar

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.facts import XMP_REJECTED
from photo_organizer.engine.domain.moments import DAY, moment
from photo_organizer.engine.domain.results import LIBRARY, PEOPLE, Flaw, Result

PIECE = 8192
"""Photos sorted in one call: a few milliseconds."""

REJECTED, UNRATED = 0, -1
"""Of `Filters.stars`."""

_NUMBER = re.compile(r"\d+")


class Sorting(StrEnum):
    """What photos are sorted by."""

    GIVEN = "given"
    """The view's own order: by rank, by likeness…"""
    DATE = "date"
    """When they were taken; those that do not say come last."""
    NAME = "name"
    """The file's name, numbers in it by value."""
    SCORE = "score"
    """The highlight score; photos without one come last."""
    SIZE = "size"
    """Bytes."""
    FLAW = "flaw"
    """The score of the worst flaw; photos without any come last."""
    RATING = "rating"
    """Stars; unrated photos come last."""


class Flawed(StrEnum):
    """A filter by flaws, beside the `Flaw` itself."""

    ANY = "any"
    NONE = "none"


class Membership(StrEnum):
    """A filter by duplicate groups."""

    GROUPED = "grouped"
    """In a group."""
    KEEPER = "keeper"
    """The suggested keeper of its group."""
    SPARE = "spare"
    """In a group, without being its keeper."""
    SINGLE = "single"
    """In no group."""


class People(StrEnum):
    """A filter by who is in a photo."""

    ANY = "any"
    """With people: a face was found, or the category says so."""
    ONE = "one"
    """One face was found."""
    SEVERAL = "several"
    """Several faces were found."""
    EYES_CLOSED = "eyes_closed"
    """Somebody's eyes seem to be closed."""
    NONE = "none"
    """Without people."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What photos must have to be shown; None asks for nothing."""

    since: int | None = None
    """First month, see `month_number`. Photos without a date are left out by it."""
    until: int | None = None
    """Last month."""
    format: str | None = None
    """See `Photo.format`."""
    folder: str | None = None
    """The folder the photo lies in, or one above it."""
    flaws: Flawed | Flaw | None = None
    duplicates: Membership | None = None
    people: People | None = None
    stars: int | None = None
    """At least so many; `REJECTED` or `UNRATED` mean just that."""
    marked: bool | None = None
    """Marked for the trash, or not."""

    def __bool__(self) -> bool:
        return bool(self.to_json())

    def to_json(self) -> dict[str, Any]:
        """What is asked for, by the name of the field."""
        asked = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a view's photos are shown."""

    sorting: Sorting = Sorting.GIVEN
    descending: bool = False
    filters: Filters = field(default_factory=Filters)

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads; what is as usual is left out."""
        return {
            "sorting": self.sorting.value,
            "descending": self.descending,
            "filters": self.filters.to_json(),
        }

    @classmethod
    def from_json(cls, value: object) -> Arrangement:
        """The arrangement that `to_json` wrote; whatever does not fit is as usual."""
        known = value if isinstance(value, dict) else {}
        filters = known.get("filters")
        filters = filters if isinstance(filters, dict) else {}
        flaws = _member(Flawed, filters.get("flaws")) or _member(Flaw, filters.get("flaws"))
        return cls(
            _member(Sorting, known.get("sorting")) or Sorting.GIVEN,
            known.get("descending") is True,
            Filters(
                since=_instance(int, filters.get("since")),
                until=_instance(int, filters.get("until")),
                format=_instance(str, filters.get("format")),
                folder=_instance(str, filters.get("folder")),
                flaws=flaws,
                duplicates=_member(Membership, filters.get("duplicates")),
                people=_member(People, filters.get("people")),
                stars=_instance(int, filters.get("stars")),
                marked=_instance(bool, filters.get("marked")),
            ),
        )


@dataclass(frozen=True, slots=True)
class Month:
    """Where the photos of a month begin among those shown."""

    first: int
    """Place of its first photo."""
    number: int | None
    """See `month_number`; None: the photos do not say when they were taken."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """The photos to show."""

    ids: Sequence[int]
    months: Sequence[Month] = ()
    """In order, when sorted by date; none where no photo says when it was taken."""
    leaving: Set[int] = frozenset()
    """Those of `ids` that are only there until they are sorted again: see `kept_place`."""
    settled: bool = True
    """Whether sorting again would change nothing."""


def month_number(year: int, month: int) -> int:
    """A month (1 to 12) as one number that grows with time."""
    return 12 * year + month - 1


def year_and_month(number: int) -> tuple[int, int]:
    """What `month_number` was made of."""
    return number // 12, number % 12 + 1


class Columns:
    """What the photos of one result are sorted and filtered by; each computed when first needed.

    Args:
        result: whose photos.
        stars: the user's ratings by content, before those that files carry.
    """

    def __init__(self, result: Result, stars: Mapping[bytes, int] | None = None) -> None:
        self.result = result
        self._stars = stars or {}

    def rate(self, stars: Mapping[bytes, int]) -> None:
        """The user's ratings are others now."""
        self._stars = stars
        self.__dict__.pop("stars", None)

    @cached_property
    def taken(self) -> Mapping[int, int]:
        """When photos were taken, growing with time; only of those that say."""
        return self.result.photos.taken()

    @cached_property
    def months(self) -> Mapping[int, int]:
        """The month in which photos were taken, see `month_number`; only of those that say."""
        days: dict[int, int] = {}
        months = {}
        for i, taken in self.taken.items():
            day = taken // DAY
            if day not in days:
                date = moment(taken)
                days[day] = month_number(date.year, date.month)
            months[i] = days[day]
        return months

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Names to sort by: "img 9" comes before "IMG 10"."""
        return {i: sortable(name) for i, name in self.result.photos.names().items()}

    @cached_property
    def sizes(self) -> Mapping[int, int]:
        """Bytes."""
        return self.result.photos.sizes()

    @cached_property
    def formats(self) -> Mapping[int, str]:
        """`Photo.format`."""
        return self.result.photos.formats()

    @cached_property
    def folders(self) -> Mapping[int, str]:
        """The folder that each photo lies in."""
        return self.result.photos.folders()

    @cached_property
    def scores(self) -> Mapping[int, float]:
        """Highlight scores."""
        return {ranked.photo: ranked.score for ranked in self.result.highlights.get(LIBRARY, ())}

    @cached_property
    def flaws(self) -> Mapping[int, Mapping[Flaw, float]]:
        """The flaws of flagged photos with their scores."""
        flaws: dict[int, dict[Flaw, float]] = {}
        for flag in self.result.flags:
            flaws.setdefault(flag.photo, {})[flag.flaw] = flag.score
        return flaws

    @cached_property
    def worst(self) -> Mapping[int, float]:
        """The score of the worst flaw of flagged photos."""
        return {i: max(scores.values()) for i, scores in self.flaws.items()}

    @cached_property
    def memberships(self) -> Mapping[int, Membership]:
        """`Membership.KEEPER` or `SPARE` of photos that are in a group."""
        return {
            i: Membership.KEEPER if i == group.keeper else Membership.SPARE
            for group in self.result.groups
            for i in group.photos
        }

    @cached_property
    def faces(self) -> Mapping[int, int]:
        """How many faces there are in photos that have any."""
        return {i: len(faces) for i, faces in self.result.faces.items() if faces}

    @cached_property
    def people(self) -> Set[int]:
        """The photos with people: in one a face was found, in another the category says so."""
        return self.faces.keys() | set(self.result.categories.get(PEOPLE, ()))

    @cached_property
    def closed_eyes(self) -> Set[int]:
        """The photos in which somebody's eyes seem to be closed."""
        return {
            i
            for i, faces in self.result.faces.items()
            if any(seen.eyes is Eyes.CLOSED for seen in faces)
        }

    @cached_property
    def stars(self) -> Mapping[int, int]:
        """Stars of rated photos, `REJECTED` included: the user's, else those in the file."""
        photos, own = self.result.photos, self._stars
        in_files = {
            i: REJECTED if rating == XMP_REJECTED else rating
            for i, rating in photos.ratings().items()
        }
        return in_files | {p.id: own[p.content_hash] for p in photos.of_content(own.keys())}

    # ------------------------------------------------------------------ what there is to choose

    def present_months(self, ids: Iterable[int]) -> list[int]:
        """The months of these photos, oldest first."""
        return sorted({self.months[i] for i in ids if i in self.months})

    def present_formats(self, ids: Iterable[int]) -> list[str]:
        """The formats of these photos, the most frequent first."""
        return [
            name
            for name, _ in Counter(self.formats[i] for i in ids if i in self.formats).most_common()
        ]

    def present_folders(self, ids: Iterable[int]) -> list[str]:
        """The folders that these photos lie in, by name."""
        return sorted({self.folders[i] for i in ids if i in self.folders})


def arrange(
    ids: Sequence[int],
    wanted: Arrangement,
    columns: Columns,
    marks: Collection[int] = frozenset(),
) -> Arranged:
    """The photos that pass the filters, sorted; equal ones stay in the order given.

    Args:
        ids: the view's photos in its own order.
        wanted: what to show.
        columns: of the result that the photos are in; others are left out by a filter.
        marks: the photos marked for the trash.
    """
    shown = _filtered(ids, wanted.filters, columns, marks)
    if wanted.sorting is Sorting.GIVEN:
        return Arranged(shown[::-1] if wanted.descending else shown)
    keys = _keys(wanted.sorting, columns)
    known = _sorted([i for i in shown if i in keys], keys.__getitem__, wanted.descending)
    if len(known) < len(shown):
        known += [i for i in shown if i not in keys]
    return Arranged(known, months_among(known, wanted, columns))


def months_among(ids: Sequence[int], wanted: Arrangement, columns: Columns) -> Sequence[Month]:
    """Where months begin among photos in the order wanted; none where they stand by themselves."""
    return _months(ids, columns.months) if wanted.sorting is Sorting.DATE else ()


def sortable(name: str) -> str:
    """A text that sorts as people sort file names: without case, numbers by value."""
    return _NUMBER.sub(lambda digits: digits[0].lstrip("0").zfill(20), name.casefold())


def _keys(sorting: Sorting, columns: Columns) -> Mapping[int, Any]:
    match sorting:
        case Sorting.NAME:
            return columns.names
        case Sorting.SCORE:
            return columns.scores
        case Sorting.SIZE:
            return columns.sizes
        case Sorting.FLAW:
            return columns.worst
        case Sorting.RATING:
            return columns.stars
        case Sorting.DATE | Sorting.GIVEN:
            return columns.taken


def _filtered(
    ids: Sequence[int], filters: Filters, columns: Columns, marks: Collection[int]
) -> list[int]:
    shown = list(ids)
    for keep in _tests(filters, columns, marks):
        shown = [i for i in shown if keep(i)]
    return shown


def _tests(
    filters: Filters, columns: Columns, marks: Collection[int]
) -> Iterable[Callable[[int], bool]]:
    """One question for each filter in force."""
    if filters.since is not None or filters.until is not None:
        months, first, last = columns.months, filters.since or 0, filters.until
        yield lambda i: i in months and first <= months[i] and (last is None or months[i] <= last)
    if filters.format is not None:
        formats, wanted = columns.formats, filters.format
        yield lambda i: formats.get(i) == wanted
    if filters.folder is not None:
        folders, below = columns.folders, _below(filters.folder, columns.folders.values())
        yield lambda i: folders.get(i) in below
    if filters.flaws is not None:
        yield _flaw_test(filters.flaws, columns.flaws)
    if filters.duplicates is not None:
        yield _membership_test(filters.duplicates, columns.memberships)
    if filters.people is not None:
        yield _people_test(filters.people, columns)
    if filters.stars is not None:
        yield _star_test(filters.stars, columns.stars)
    if filters.marked is not None:
        among, wish = marks, filters.marked
        yield lambda i: (i in among) is wish


def _below(folder: str, folders: Iterable[str]) -> frozenset[str]:
    """Those of `folders` that are `folder` or lie in it."""
    start = folder if folder.endswith(("/", "\\")) else folder + ("\\" if "\\" in folder else "/")
    return frozenset(each for each in set(folders) if each == folder or each.startswith(start))


def _flaw_test(
    wanted: Flawed | Flaw, flaws: Mapping[int, Mapping[Flaw, float]]
) -> Callable[[int], bool]:
    match wanted:
        case Flawed.ANY:
            return flaws.__contains__
        case Flawed.NONE:
            return lambda i: i not in flaws
        case Flaw():
            return lambda i: wanted in flaws.get(i, ())


def _star_test(wanted: int, stars: Mapping[int, int]) -> Callable[[int], bool]:
    if wanted == UNRATED:
        return lambda i: i not in stars
    if wanted == REJECTED:
        return lambda i: stars.get(i) == REJECTED
    return lambda i: stars.get(i, 0) >= wanted


def _membership_test(
    wanted: Membership, members: Mapping[int, Membership]
) -> Callable[[int], bool]:
    match wanted:
        case Membership.GROUPED:
            return members.__contains__
        case Membership.SINGLE:
            return lambda i: i not in members
        case Membership.KEEPER | Membership.SPARE:
            return lambda i: members.get(i) is wanted


def _people_test(wanted: People, columns: Columns) -> Callable[[int], bool]:
    faces, people = columns.faces, columns.people
    match wanted:
        case People.ANY:
            return people.__contains__
        case People.ONE:
            return lambda i: faces.get(i) == 1
        case People.SEVERAL:
            return lambda i: faces.get(i, 0) > 1
        case People.EYES_CLOSED:
            return columns.closed_eyes.__contains__
        case People.NONE:
            return lambda i: i not in people


def _sorted(ids: Sequence[int], key: Callable[[int], Any], descending: bool) -> list[int]:
    pieces = [
        sorted(ids[start : start + PIECE], key=key, reverse=descending)
        for start in range(0, len(ids), PIECE)
    ]
    if len(pieces) < 2:
        return pieces[0] if pieces else []
    return list(merge(*pieces, key=key, reverse=descending))


def _months(ids: Iterable[int], months: Mapping[int, int]) -> list[Month]:
    found: list[Month] = []
    last: int | str | None = ""
    for place, photo_id in enumerate(ids):
        number = months.get(photo_id)
        if number != last:
            found.append(Month(place, number))
            last = number
    return [] if [month.number for month in found] == [None] else found


E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


def _member(kind: type[E], value: object) -> E | None:
    return kind(value) if isinstance(value, str) and value in list(kind) else None


def _instance(kind: type[T], value: object) -> T | None:
    # True is an int to Python, not to people.
    return value if isinstance(value, kind) and (kind is bool) == isinstance(value, bool) else None
