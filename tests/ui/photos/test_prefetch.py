"""The next photos are loaded before anybody asks; what is not wanted any more is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.ui.photos.prefetch import neighbours


def test_two_ahead_come_before_one_behind() -> None:
    assert neighbours(5, 10, 1) == [6, 7, 4]
    assert neighbours(5, 10, -1) == [4, 3, 6]


@pytest.mark.parametrize(
    ("position", "direction", "wanted"), [(0, 1, [1, 2]), (9, 1, [8]), (0, -1, [1]), (8, 1, [9, 7])]
)
def test_there_is_nothing_beyond_the_ends(position: int, direction: int, wanted: list[int]) -> None:
    assert neighbours(position, 10, direction) == wanted


def test_a_slideshow_goes_round() -> None:
    assert neighbours(9, 10, 1, loops=True) == [0, 1, 8]
    assert neighbours(0, 2, 1, loops=True) == [1]
    assert neighbours(0, 1, 1, loops=True) == []


@given(st.integers(1, 6), st.data(), st.sampled_from([1, -1]), st.booleans())
def test_only_other_photos_of_the_list_each_once(
    count: int, data: st.DataObject, direction: int, loops: bool
) -> None:
    position = data.draw(st.integers(0, count - 1))
    found = neighbours(position, count, direction, loops=loops)
    assert len(found) == len(set(found))
    assert set(found) <= set(range(count)) - {position}
