"""Connected components, as scipy finds them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components as by_scipy

from photo_organizer.engine.domain.connected import connected_components


@pytest.mark.parametrize(("count", "links"), [(1, 0), (2, 1), (50, 20), (50, 49), (3000, 2500)])
def test_they_are_those_of_scipy_by_first_appearance(count: int, links: int) -> None:
    rng = np.random.default_rng(count + links)
    first, second = rng.integers(0, count, (2, links)).astype(np.int32)
    found = connected_components(count, first, second)
    graph = coo_array((np.ones(links, np.bool_), (first, second)), (count, count))
    np.testing.assert_array_equal(found, by_scipy(graph.tocsr(), directed=False)[1])


def test_a_long_chain_in_any_order_is_one() -> None:
    order = np.random.default_rng(0).permutation(5000)
    assert not connected_components(5000, order[1:], order[:-1]).any()


def test_no_links_leave_everything_apart() -> None:
    none = np.empty(0, np.int32)
    assert connected_components(3, none, none).tolist() == [0, 1, 2]
    assert connected_components(0, none, none).shape == (0,)
