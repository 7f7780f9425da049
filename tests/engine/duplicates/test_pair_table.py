"""Tables of pairs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.duplicates.pair_table import PairTable, pairs_of_equal


@dataclass(frozen=True, slots=True)
class Inner(PairTable):
    places: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Outer(PairTable):
    number: NDArray[np.int32]
    inner: Inner


def table(*numbers: int) -> Outer:
    column = np.array(numbers, np.int32)
    return Outer(column, Inner(np.stack([column, -column], axis=1).astype(np.float32)))


def same(one: Outer, other: Outer) -> bool:
    return np.array_equal(one.number, other.number) and np.array_equal(
        one.inner.places, other.inner.places
    )


def test_rows_are_taken_by_place_and_by_mask() -> None:
    assert same(table(1, 2, 3).at(np.array([2, 0])), table(3, 1))
    assert same(table(1, 2, 3).at(np.array([True, False, True])), table(1, 3))


def test_rows_are_put_into_all_columns() -> None:
    changed = table(1, 2, 3)
    changed.put(np.array([2, 0]), table(7, 8))
    assert same(changed, table(8, 2, 7))


def test_what_is_taken_does_not_change_what_it_was_taken_from() -> None:
    whole = table(1, 2, 3)
    whole.at(np.array([0])).put(np.array([0]), table(9))
    assert same(whole, table(1, 2, 3))


def test_tables_follow_each_other() -> None:
    assert same(table(1).followed_by(table(2), table()), table(1, 2))
    assert same(table(1).followed_by(), table(1))


def test_equal_labels_are_paired_each_with_each() -> None:
    first, second = pairs_of_equal(np.array([7, 3, 7, 5, 7, 3]))
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == {
        (0, 2),
        (0, 4),
        (2, 4),
        (1, 5),
    }


def test_of_large_sets_of_equal_labels_only_the_nearest_are_paired() -> None:
    first, second = pairs_of_equal(np.zeros(5, np.int32), most=3)
    assert set((second - first).tolist()) == {1, 2}
    assert len(first) == 4 + 3


def test_only_the_rows_that_were_asked_for_are_paired() -> None:
    labels = np.array([1, 1, 1])
    first, second = pairs_of_equal(labels, np.array([0, 2], np.int32))
    assert (first.tolist(), second.tolist()) == ([0], [2])
    assert not len(pairs_of_equal(np.array([1, 2]))[0])
