"""What hangs together: the connected components of a graph.

Of scipy's 0.3 seconds of loading this was all that most runs needed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def connected_components(
    count: int, first: NDArray[np.integer], second: NDArray[np.integer]
) -> NDArray[np.int32]:
    """The component of each of `count` nodes, numbered by first appearance from 0.

    Each round, the first node of a component takes the first node of an earlier one that it is
    linked with: at least half of the components that are linked are gone after it.

    Args:
        count: of nodes.
        first: (E,) one end of each link.
        second: (E,) the other.
    """
    leader = np.arange(count)
    while True:
        one, two = leader[first], leader[second]
        apart = one != two
        if not apart.any():
            break
        first, second, one, two = first[apart], second[apart], one[apart], two[apart]
        np.minimum.at(leader, np.maximum(one, two), np.minimum(one, two))
        while not np.array_equal(leader, further := leader[leader]):
            leader = further
    # A leader is the first of its component: in their order components appear.
    leads = leader == np.arange(count)
    return (np.cumsum(leads, dtype=np.int32) - 1)[leader].astype(np.int32)
