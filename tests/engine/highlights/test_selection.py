"""The best of something."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LIBRARY, Ranked, Result
from photo_organizer.engine.highlights.selection import UNDATED, Per, best, to_json
from tests.engine.highlights.test_ranking import flag, group

DAY = datetime(2024, 5, 6, 14, 30)


def photo(number: int, taken: datetime | None = None) -> Photo:
    identity = FileIdentity(Path(f"/photos/{number}.jpg"), 1, number, 1000, 0)
    return Photo(number, identity, bytes([number]) * 16, "JPEG", 40, 30, Exif(taken_at=taken))


def result(*photos: Photo, **more) -> Result:
    """Photos ranked in the order given."""
    ranked = [Ranked(p.id, 1 - i / 100, 0.0) for i, p in enumerate(photos)]
    return Result(
        photos=PhotoDict.of(photos),
        categories={},
        groups=(),
        highlights={LIBRARY: ranked},
        flags=(),
        skipped=(),
        **more,
    )


def ids(selections) -> dict[str, list[int]]:
    return {s.name: [c.photo.id for c in s.photos] for s in selections}


def test_the_best_of_the_library_are_ranked_from_one():
    (selection,) = best(result(*map(photo, range(5))), Per.LIBRARY, 3)
    assert [(c.rank, c.photo.id, c.score) for c in selection.photos] == [
        (1, 0, 1.0),
        (2, 1, 0.99),
        (3, 2, 0.98),
    ]


def test_of_a_duplicate_group_only_the_first_ranked_is_chosen():
    of = replace(result(*map(photo, range(6))), groups=(group(3, 1), group(0, 4, 2)))
    assert ids(best(of, Per.LIBRARY, 10)) == {LIBRARY: [0, 1, 5]}


def test_what_is_marked_for_the_trash_is_never_chosen_and_the_next_of_its_group_stands_for_it():
    of = replace(result(*map(photo, range(6))), groups=(group(3, 1), group(0, 4, 2)), stars={5: 5})
    assert ids(best(of, Per.LIBRARY, 10, marked={0, 1, 5})) == {LIBRARY: [2, 3]}
    assert best(of, Per.LIBRARY, 10, marked=set(range(6))) == []


def test_the_best_of_each_category_leave_out_empty_ones():
    of = result(*map(photo, range(4)))
    of = replace(
        of,
        highlights={
            **of.highlights,
            "food": [Ranked(2, 0.5, 0), Ranked(0, 0.4, 0)],
            "cars": [],
            "others": [Ranked(1, 0.3, 0)],
        },
    )
    assert ids(best(of, Per.CATEGORY, 1)) == {"food": [2], "others": [1]}


def test_months_are_in_order_and_undated_photos_together_at_the_end():
    photos = [
        photo(0),
        photo(1, DAY),
        photo(2, DAY - timedelta(days=40)),
        photo(3, DAY + timedelta(days=3)),
        photo(4),
    ]
    found = ids(best(result(*photos), Per.MONTH, 5))
    assert list(found.items()) == [("2024-03", [2]), ("2024-05", [1, 3]), (UNDATED, [0, 4])]


def test_an_event_ends_with_hours_without_a_photo():
    hours = [0, 5, 10, 17, 23, 47]
    photos = [photo(i, DAY + timedelta(hours=h)) for i, h in enumerate(hours)]
    found = ids(best(result(*reversed(photos)), Per.EVENT, 5))
    assert list(found.items()) == [
        ("2024-05-06 14.30", [2, 1, 0]),
        ("2024-05-07 07.30", [4, 3]),
        ("2024-05-08 13.30", [5]),
    ]


@given(
    hours=st.lists(st.one_of(st.none(), st.integers(0, 200)), max_size=25),
    per=st.sampled_from([Per.LIBRARY, Per.MONTH, Per.EVENT]),
)
def test_without_groups_every_photo_is_somewhere_once(hours, per):
    photos = [
        photo(i, None if h is None else DAY + timedelta(hours=h)) for i, h in enumerate(hours)
    ]
    found = [i for chosen in ids(best(result(*photos), per, 99)).values() for i in chosen]
    assert sorted(found) == list(range(len(photos)))


def test_json_names_photos_by_address_and_their_flaws():
    of = result(photo(0), photo(1), scorer=Reason("scorer.technical"), stars={1: 3})
    of = replace(of, flags=(flag(1),))
    answer = to_json(best(of, Per.LIBRARY, 5), of, Per.LIBRARY)
    assert (answer["per"], answer["scorer"]) == ("library", "technical score")
    (selection,) = answer["selections"]
    assert selection["images"] == [
        {"image": "file:///photos/0.jpg", "rank": 1, "score": 1.0, "flaws": []},
        {"image": "file:///photos/1.jpg", "rank": 2, "score": 0.99, "flaws": ["blur"]},
    ]


def test_no_photos_no_selections():
    assert [best(result(), per, 5) for per in Per] == [[], [], [], []]


def test_what_the_user_rejected_is_never_chosen():
    of = replace(result(*map(photo, range(4))), stars={0: 0, 1: 5})
    assert ids(best(of, Per.LIBRARY, 9)) == {LIBRARY: [1, 2, 3]}


def test_photos_with_a_flaw_are_chosen_only_where_there_are_no_others():
    of = replace(result(*map(photo, range(3))), flags=(flag(0), flag(2)))
    assert ids(best(of, Per.LIBRARY, 9)) == {LIBRARY: [1]}
    assert ids(best(replace(of, stars={2: 3}), Per.LIBRARY, 9)) == {LIBRARY: [1, 2]}
    assert ids(best(replace(of, stars={1: 0}), Per.LIBRARY, 9)) == {LIBRARY: [0, 2]}


def test_the_users_stars_come_before_the_ranking():
    of = result(*map(photo, range(8)), stars={1: 1, 2: 2, 3: 3, 5: 4, 6: 5, 7: 0})
    assert ids(best(of, Per.LIBRARY, 9)) == {LIBRARY: [6, 5, 0, 3, 4, 2, 1]}
    # Of a group, the one that was liked.
    grouped = replace(of, groups=(group(0, 6), group(3, 2)))
    assert ids(best(grouped, Per.LIBRARY, 9)) == {LIBRARY: [6, 5, 3, 4, 1]}


def test_the_best_within_one_category():
    of = result(*(photo(i, DAY + timedelta(days=30 * i)) for i in range(4)))
    of = replace(of, highlights={**of.highlights, "food": [Ranked(2, 0.5, 0), Ranked(0, 0.4, 0)]})
    assert ids(best(of, Per.LIBRARY, 1, "food")) == {LIBRARY: [2]}
    assert ids(best(of, Per.CATEGORY, 9, "food")) == {"food": [2, 0]}
    found = ids(best(of, Per.MONTH, 9, "food"))
    assert list(found.values()) == [[0], [2]]
    assert best(of, Per.LIBRARY, 1, "unknown") == []


def told(number, at, precision):
    dated = TakenDate(at, DateSource.NAME, precision)
    return replace(photo(number), better_date=dated)


def test_the_best_date_places_photos_in_months_whatever_says_so():
    photos = [
        replace(photo(0, DAY), better_date=TakenDate(datetime(2001, 3, 1), DateSource.NAME)),
        told(1, datetime(2024, 5, 1), DatePrecision.MONTH),
        photo(2),
    ]
    found = ids(best(result(*photos), Per.MONTH, 5))
    assert list(found.items()) == [("2001-03", [0]), ("2024-05", [1]), (UNDATED, [2])]


def test_a_day_joins_its_event_and_a_month_joins_none():
    photos = [
        photo(0, DAY),
        told(1, DAY.replace(hour=0, minute=0), DatePrecision.DAY),
        told(2, datetime(2024, 5, 5), DatePrecision.DAY),
        told(3, datetime(2024, 5, 1), DatePrecision.MONTH),
    ]
    found = ids(best(result(*photos), Per.EVENT, 5))
    assert list(found.items()) == [
        ("2024-05", [3]),
        ("2024-05-05", [2]),
        ("2024-05-06 14.30", [0, 1]),
    ]
