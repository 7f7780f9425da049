"""Lists of nearest neighbours: those made anew, and those carried over."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.encoders import neighbours
from photo_organizer.engine.encoders.neighbours import Wanted, carry_over, find


def rows_of(count, dimension, seed, equal=0.2):
    """Unit rows in clusters, some of them equal to others to the last bit."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(count // 6, 1), dimension))
    rows = centres[random.integers(0, len(centres), count)]
    rows = rows + 0.4 * random.normal(size=rows.shape)
    same = random.random(count) < equal
    rows[same] = rows[random.integers(0, count, int(same.sum()))]
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def same(one, two, wanted):
    found, other = (lists.pairs(wanted.nearest, wanted.least) for lists in (one, two))
    assert found.first.tolist() == other.first.tolist()
    assert found.second.tolist() == other.second.tolist()
    assert found.similarity.tolist() == other.similarity.tolist()


def test_the_nearest_are_those_of_the_whole_product():
    rows = rows_of(300, 24, 1, equal=0.0)
    wanted = Wanted(5, 0.3)
    pairs = find(rows, np.arange(300), wanted).pairs(5, 0.3)
    product = rows.astype(np.float64) @ rows.T.astype(np.float64)
    np.fill_diagonal(product, -2.0)
    best = np.argsort(-product, axis=1)[:, :5]
    true = {
        (min(one, int(two)), max(one, int(two)))
        for one, others in enumerate(best)
        for two in others
        if product[one, two] >= 0.3
    }
    assert set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == true


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_rows(count):
    rows = np.ones((count, 4), np.float32)
    pairs = find(rows, np.arange(count), Wanted(2, -1.0)).pairs(2, -1.0)
    assert len(pairs) == count * (count - 1) // 2


@given(st.integers(0, 10_000), st.data())
@settings(max_examples=25, deadline=None)
def test_whoever_comes_and_goes_the_lists_are_as_if_made_at_once(seed, data):
    everyone = rows_of(120, 12, seed)
    random = np.random.default_rng(seed)
    names = random.permutation(len(everyone))
    here = np.sort(random.choice(len(everyone), 80, replace=False))
    lists = find(everyone[here], names[here], Wanted(4, 0.5, ease=0.05))
    for _ in range(3):
        leave = data.draw(st.sets(st.sampled_from(range(len(here))), max_size=15))
        come = np.setdiff1d(np.arange(len(everyone)), here)
        come = come[random.random(len(come)) < 0.3]
        stay = np.array([i for i in range(len(here)) if i not in leave], int)
        # Also in another order: files are renamed.
        after = random.permutation(np.concatenate([here[stay], come]))
        wanted = Wanted(4, data.draw(st.floats(0.4, 0.6)), ease=0.05)
        places = np.array([np.flatnonzero(after == row)[0] if row in after else -1 for row in here])
        lists = carry_over(lists, places.astype(np.int32), everyone[after], names[after], wanted)
        same(lists, find(everyone[after], names[after], wanted), wanted)
        here = after


def test_who_is_known_is_not_compared_with_all_again(monkeypatch):
    rows = rows_of(400, 16, 3, equal=0.0)
    wanted, names = Wanted(4, 0.5), np.arange(400)
    before = find(rows[:390], names[:390], wanted)

    def no_search(*_):
        raise AssertionError

    monkeypatch.setattr(neighbours, "find", no_search)
    places = np.arange(390, dtype=np.int32)
    lists = carry_over(before, places, rows, names, wanted)
    monkeypatch.undo()
    same(lists, find(rows, names, wanted), wanted)


def test_very_many_are_searched_by_an_index(monkeypatch):
    monkeypatch.setattr(neighbours, "APPROXIMATE", 100)
    rows = rows_of(300, 16, 5, equal=0.0)
    wanted = Wanted(3, 0.5)
    near = find(rows, np.arange(300), wanted).pairs(3, 0.5)
    monkeypatch.undo()
    exact = find(rows, np.arange(300), wanted).pairs(3, 0.5)
    keys = [set(zip(p.first.tolist(), p.second.tolist(), strict=True)) for p in (near, exact)]
    assert len(keys[0] & keys[1]) >= 0.98 * len(keys[1])
