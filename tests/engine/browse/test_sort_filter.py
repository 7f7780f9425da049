from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.browse import sort_filter
from photo_organizer.engine.browse.sort_filter import (
    REJECTED,
    UNRATED,
    Arrangement,
    Columns,
    Filters,
    Flawed,
    Membership,
    Month,
    People,
    Sorting,
    arrange,
    month_number,
    year_and_month,
)
from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.facts import XMP_REJECTED, Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import (
    LIBRARY,
    Flag,
    Flaw,
    Group,
    GroupKind,
    Ranked,
    Result,
)
from tests.engine.faces_made import face, seen

WHY = Reason("duplicates.next_keeper")


def photo(
    photo_id: int, name: str, size: int, taken: datetime | None = None, **more: object
) -> Photo:
    identity = FileIdentity(Path("/photos") / name, 1, photo_id, size, 0)
    kind = str(more.pop("format", "JPEG"))
    exif = Exif(taken_at=taken, **more)  # type: ignore[arg-type]
    return Photo(photo_id, identity, bytes([photo_id]) * 16, kind, 4, 3, exif)


PHOTOS = (
    photo(1, "img 10.jpg", 300, datetime(2026, 5, 2, 9)),
    photo(2, "IMG 9.jpg", 100, datetime(2025, 12, 31, 23, 59, 59, 500_000)),
    photo(3, "raw/a.dng", 900, None, format="RAW"),
    photo(4, "raw/deep/b.jpg", 200, datetime(2026, 5, 1, 7), rating=4),
    photo(5, "rawest.png", 50, datetime(2025, 12, 31, 23, 59, 59, 400_000), format="PNG"),
)
RESULT = Result(
    photos=PhotoDict.of(PHOTOS),
    categories={"people": (4,)},
    groups=(Group(GroupKind.EXACT, 1, (1, 4), WHY, (1.0, 1.0), (False, True)),),
    highlights={LIBRARY: [Ranked(i, score, 0.0) for i, score in ((2, 0.9), (1, 0.5), (4, 0.2))]},
    flags=(
        Flag(3, Flaw.BLUR, 0.6, 0.5, WHY),
        Flag(3, Flaw.DARK, 0.9, 0.5, WHY),
        Flag(5, Flaw.BLUR, 0.8, 0.5, WHY),
    ),
    skipped=(),
    faces={
        1: (seen(face(), Eyes.OPEN), seen(face(), Eyes.CLOSED)),
        2: (seen(face(), Eyes.CANT_TELL),),
        3: (),
    },
)
ALL = [1, 2, 3, 4, 5]


def shown(wanted: Arrangement, marks: set[int] = frozenset()) -> list[int]:  # type: ignore[assignment]
    stars = {PHOTOS[1].content_hash: 5, PHOTOS[2].content_hash: 0}
    return list(arrange(ALL, wanted, Columns(RESULT, stars), marks).ids)


@pytest.mark.parametrize(
    ("sorting", "ascending", "descending"),
    [
        (Sorting.GIVEN, [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
        (Sorting.DATE, [5, 2, 4, 1, 3], [1, 4, 2, 5, 3]),
        (Sorting.NAME, [3, 4, 2, 1, 5], [5, 1, 2, 4, 3]),
        (Sorting.SIZE, [5, 2, 4, 1, 3], [3, 1, 4, 2, 5]),
        (Sorting.SCORE, [4, 1, 2, 3, 5], [2, 1, 4, 3, 5]),
        (Sorting.FLAW, [5, 3, 1, 2, 4], [3, 5, 1, 2, 4]),
        (Sorting.RATING, [3, 4, 2, 1, 5], [2, 4, 3, 1, 5]),
    ],
)
def test_sorting(sorting: Sorting, ascending: list[int], descending: list[int]) -> None:
    """Whatever the direction, photos that do not say come last."""
    assert shown(Arrangement(sorting)) == ascending
    assert shown(Arrangement(sorting, descending=True)) == descending


MAY, DECEMBER = month_number(2026, 5), month_number(2025, 12)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ALL),
        (Filters(since=MAY), [1, 4]),
        (Filters(until=DECEMBER), [2, 5]),
        (Filters(since=DECEMBER, until=DECEMBER), [2, 5]),
        (Filters(format="RAW"), [3]),
        (Filters(folder=str(Path("/photos/raw"))), [3, 4]),
        (Filters(folder=str(Path("/"))), ALL),
        (Filters(flaws=Flawed.ANY), [3, 5]),
        (Filters(flaws=Flawed.NONE), [1, 2, 4]),
        (Filters(flaws=Flaw.DARK), [3]),
        (Filters(duplicates=Membership.GROUPED), [1, 4]),
        (Filters(duplicates=Membership.KEEPER), [1]),
        (Filters(duplicates=Membership.SPARE), [4]),
        (Filters(duplicates=Membership.SINGLE), [2, 3, 5]),
        (Filters(people=People.ANY), [1, 2, 4]),
        (Filters(people=People.ONE), [2]),
        (Filters(people=People.SEVERAL), [1]),
        (Filters(people=People.EYES_CLOSED), [1]),
        (Filters(people=People.NONE), [3, 5]),
        (Filters(stars=1), [2, 4]),
        (Filters(stars=5), [2]),
        (Filters(stars=REJECTED), [3]),
        (Filters(stars=UNRATED), [1, 5]),
        (Filters(marked=True), [2]),
        (Filters(marked=False), [1, 3, 4, 5]),
        (Filters(format="JPEG", flaws=Flawed.NONE, duplicates=Membership.SINGLE), [2]),
    ],
)
def test_filters(filters: Filters, expected: list[int]) -> None:
    assert shown(Arrangement(filters=filters), {2}) == expected
    assert bool(filters) == (expected != ALL or filters.folder is not None)


def test_months_head_what_is_sorted_by_date() -> None:
    columns = Columns(RESULT)
    assert arrange(ALL, Arrangement(Sorting.DATE), columns).months == [
        Month(0, DECEMBER),
        Month(2, MAY),
        Month(4, None),
    ]
    assert arrange(ALL, Arrangement(Sorting.NAME), columns).months == ()
    assert year_and_month(DECEMBER) == (2025, 12)


def test_the_best_date_sorts_and_heads_whatever_says_so() -> None:
    named = TakenDate(datetime(2026, 5, 1), DateSource.NAME, DatePrecision.DAY)
    photos = [PHOTOS[0], replace(PHOTOS[2], better_date=named), PHOTOS[3]]
    columns = Columns(replace(RESULT, photos=PhotoDict.of(photos)))
    arranged = arrange([1, 3, 4], Arrangement(Sorting.DATE), columns)
    assert list(arranged.ids) == [3, 4, 1]
    assert arranged.months == [Month(0, MAY)]


def test_what_there_is_to_choose() -> None:
    columns = Columns(RESULT)
    assert columns.present_months(ALL) == [DECEMBER, MAY]
    assert columns.present_formats(ALL) == ["JPEG", "RAW", "PNG"]
    below = Path("/photos/raw")
    assert columns.present_folders([3, 4]) == [str(below), str(below / "deep")]


@given(st.lists(st.integers(0, 9), max_size=60), st.booleans())
def test_sorting_in_pieces_is_sorting(keys: list[int], descending: bool) -> None:
    """Also that equal photos keep their order."""
    ids = list(range(len(keys)))
    whole = sorted(ids, key=keys.__getitem__, reverse=descending)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sort_filter, "PIECE", 7)
        assert sort_filter._sorted(ids, keys.__getitem__, descending) == whole


filters = st.builds(
    Filters,
    since=st.none() | st.integers(0, 30_000),
    format=st.none() | st.text(),
    flaws=st.none() | st.sampled_from([*Flawed, *Flaw]),
    duplicates=st.none() | st.sampled_from(Membership),
    people=st.none() | st.sampled_from(People),
    stars=st.none() | st.integers(-1, 5),
    marked=st.none() | st.booleans(),
)


@given(st.builds(Arrangement, st.sampled_from(Sorting), st.booleans(), filters))
def test_arrangements_are_remembered(wanted: Arrangement) -> None:
    assert Arrangement.from_json(wanted.to_json()) == wanted


@pytest.mark.parametrize(
    "junk",
    [None, [], {"sorting": "by mood", "filters": {"since": "May", "marked": 1, "flaws": "ugly"}}],
)
def test_an_unreadable_memory_is_as_usual(junk: object) -> None:
    assert Arrangement.from_json(junk) == Arrangement()


def test_what_another_program_rejected_is_rejected():
    rejected = photo(6, "no.jpg", 10, rating=XMP_REJECTED)
    columns = Columns(replace(RESULT, photos=PhotoDict.of((*PHOTOS, rejected))))
    assert columns.stars[6] == REJECTED
    columns.rate({rejected.content_hash: 4})
    assert columns.stars[6] == 4
