"""Photos keep their place until they are sorted again."""

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.browse.kept_place import kept_place
from photo_organizer.engine.browse.sort_filter import Arranged

EVERYTHING = range(100)


def never(_photo: int) -> bool:
    return False


def test_another_order_changes_nothing_until_it_is_asked_for() -> None:
    kept = kept_place([1, 2, 3], Arranged([3, 1, 2]), stays=EVERYTHING, comes=never)
    assert (list(kept.ids), kept.leaving, kept.settled) == ([1, 2, 3], set(), False)


def test_what_would_go_stays_and_is_said_to_leave() -> None:
    kept = kept_place([1, 2, 3], Arranged([1, 3]), stays=EVERYTHING, comes=never)
    assert (list(kept.ids), kept.leaving, kept.settled) == ([1, 2, 3], {2}, False)


def test_what_is_gone_from_the_library_is_gone() -> None:
    kept = kept_place([1, 2, 3], Arranged([1, 3]), stays={1, 3}, comes=never)
    assert (list(kept.ids), kept.leaving, kept.settled) == ([1, 3], set(), True)


def test_what_comes_back_comes_after_what_it_followed() -> None:
    kept = kept_place(
        [5, 2, 1], Arranged([9, 1, 2, 8, 7, 5]), stays=EVERYTHING, comes={9, 8}.__contains__
    )
    assert list(kept.ids) == [9, 5, 2, 8, 1]
    assert not kept.settled


def test_what_comes_takes_no_place_from_what_leaves() -> None:
    kept = kept_place([3, 4], Arranged([3, 9]), stays=EVERYTHING, comes={9}.__contains__)
    assert list(kept.ids) == [3, 4, 9]


def test_the_order_that_would_be_anyway_is_settled() -> None:
    assert kept_place([1, 2], Arranged([1, 2]), stays=EVERYTHING, comes=never).settled


@given(
    st.lists(st.integers(0, 20), unique=True),
    st.lists(st.integers(0, 20), unique=True),
    st.sets(st.integers(0, 20)),
)
def test_each_photo_is_there_once_and_those_shown_in_their_order(
    shown: list[int], arranged: list[int], coming: set[int]
) -> None:
    kept = kept_place(shown, Arranged(arranged), stays=EVERYTHING, comes=coming.__contains__)
    assert len(set(kept.ids)) == len(kept.ids)
    assert [i for i in kept.ids if i in shown] == shown
    assert set(kept.ids) == set(shown) | (set(arranged) & coming)
    assert kept.leaving == set(shown) - set(arranged)
