from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.ui.photos.photo_sequence import PhotoSequence

IDS = [3, 1, 4, 5, 9]


def sequence(current: int | None = None) -> PhotoSequence:
    made = PhotoSequence()
    made.begin(IDS, current)
    return made


def test_it_begins_where_it_is_asked_to_or_with_the_first() -> None:
    assert PhotoSequence().current is None
    assert sequence(4).current == 4
    assert sequence(7).current == 3


def test_both_ends_hold() -> None:
    one = sequence(3)
    assert not one.go_to(-1)
    assert one.go_to(99)
    assert (one.current, one.direction) == (9, 1)
    assert one.following == 3
    assert one.go_to(2)
    assert (one.current, one.direction) == (4, -1)


def test_what_comes_next_is_told_in_the_direction_of_the_last_step() -> None:
    one = sequence(4)
    assert one.coming(8) == [5, 9]
    one.turn_to(-1)
    assert one.coming(1) == [1]


def test_by_chance_all_photos_come_and_the_order_comes_back() -> None:
    one = sequence(4)
    one.shuffle(True)
    assert (one.current, one.position, sorted(one.ids)) == (4, 0, sorted(IDS))
    one.shuffle(False)
    assert (one.current, list(one.ids)) == (4, IDS)


@given(st.sampled_from(IDS), st.sets(st.sampled_from(IDS)))
def test_photos_that_go_leave_their_place_to_the_next(current: int, kept: set[int]) -> None:
    one = sequence(current)
    one.keep(kept)
    assert list(one.ids) == [i for i in IDS if i in kept]
    later = [i for i in IDS[IDS.index(current) :] if i in kept]
    assert one.current == next(iter(later), one.ids[-1] if one.ids else None)
