"""Statistics of a few numbers are those of NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from photo_organizer.engine.pixels.small_statistics import median, quantile, weighted_quantile

numbers = arrays(
    np.float32,
    st.integers(1, 40),
    elements=st.floats(-1000, 1000, width=32),
)


@given(numbers, st.floats(0, 1))
def test_a_quantile_is_that_of_numpy(values, share):
    assert quantile(values, share) == pytest.approx(
        np.quantile(values.astype(np.float64), share), rel=1e-6, abs=1e-3
    )


@given(numbers)
def test_a_median_is_that_of_numpy_and_the_numbers_stay_in_their_order(values):
    before = values.copy()
    assert median(values) == pytest.approx(np.median(values.astype(np.float64)), abs=1e-3)
    np.testing.assert_array_equal(values, before)


def test_a_weighted_quantile_goes_by_weight_not_by_number():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([10.0, 0.1, 0.1])
    assert weighted_quantile(values, weights, 0.5) == 3.0
    assert weighted_quantile(values, weights, 0.01) == 2.0
