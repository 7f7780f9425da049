"""Straight lines through ratings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.highlights import fitting


def unit_rows(count: int, length: int = 32, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, length)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def alone(count: int) -> np.ndarray:
    return np.arange(count, dtype=np.int32)


@given(
    sizes=st.lists(st.integers(1, 9), min_size=2, max_size=30),
    share=st.floats(0.05, 0.9),
    seed=st.integers(0, 99),
)
def test_a_split_holds_its_share_and_never_parts_a_group(sizes, share, seed):
    groups = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    apart = fitting.held_out(groups, share, seed)
    assert share * len(groups) <= apart.sum() < share * len(groups) + max(sizes)
    assert not set(groups[apart]) & set(groups[~apart])
    np.testing.assert_array_equal(apart, fitting.held_out(groups, share, seed))


@given(sizes=st.lists(st.integers(1, 9), min_size=2, max_size=30), seed=st.integers(0, 99))
def test_folds_never_part_a_group_and_are_at_least_two(sizes, seed):
    groups = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    fold = fitting.folds(groups, 5, seed)
    assert all(len(set(fold[groups == group])) == 1 for group in groups)
    assert 2 <= len(set(fold)) <= 5


def test_copies_and_near_copies_are_alike():
    rows = unit_rows(5)
    near = rows[1] + 0.02 * rows[2]
    groups = fitting.alike(np.vstack([rows, rows[0], near / np.linalg.norm(near)]))
    assert groups.tolist() == [0, 1, 2, 3, 4, 0, 1]


def test_a_model_that_finds_all_photos_alike_has_copies_too():
    rows = unit_rows(60)
    narrow = rows + 15 * rows[0]
    narrow = (narrow / np.linalg.norm(narrow, axis=1, keepdims=True)).astype(np.float32)
    assert np.quantile(narrow @ narrow.T, 0.1) > 0.98
    groups = fitting.alike(np.vstack([narrow, narrow[5]]))
    assert groups.tolist() == [*range(60), 5]


@pytest.mark.parametrize("count", [20, 400], ids=["fewer rows than columns", "more"])
def test_ridge_is_scikit_learns(count):
    from sklearn.linear_model import Ridge

    rows = unit_rows(count)
    rated = rows @ np.linspace(-1, 1, 32) + 3 + np.random.default_rng(1).normal(size=count)
    fitted = fitting.ridge(rows, rated, alone(count))
    centred = rows - rows.mean(axis=0)
    mean_eigenvalue = (centred**2).sum() / min(count, 32)
    theirs = Ridge(alpha=fitted.penalty * mean_eigenvalue).fit(rows.astype(float), rated)
    np.testing.assert_allclose(fitted.line.weights, theirs.coef_, rtol=1e-4, atol=1e-6)
    assert fitted.line.bias == pytest.approx(theirs.intercept_, rel=1e-5)


def test_what_ridge_foretells_was_not_seen_by_it():
    rows = unit_rows(300)
    noise = np.random.default_rng(1).normal(size=300)
    unseen = fitting.ridge(rows, noise, alone(300)).unseen
    # A line through noise agrees with the noise it was fitted to, with no other.
    assert fitting.agreement(unseen, noise, mean=0.0).spearman < 0.15


def test_adam_and_ridge_find_the_same_line():
    rows = unit_rows(600)
    rated = 4 * rows @ np.linspace(-1, 1, 32) + 5
    line = fitting.adam(rows, rated, alone(600), seed=3)
    np.testing.assert_allclose(line.predict(rows), rated, atol=0.05)


def test_agreement_of_known_numbers():
    rated = np.array([1.0, 2.0, 3.0, 4.0])
    seen = fitting.agreement(np.array([1.0, 2.0, 3.0, 10.0]), rated, mean=2.5)
    assert seen.spearman == pytest.approx(1.0)
    assert 0.8 < seen.pearson < 0.95
    assert (seen.mse, seen.baseline_mse) == (9.0, 1.25)
    assert np.isnan(fitting.agreement(np.full(4, 2.0), rated, mean=2.5).spearman)
