"""Tables of pairs: one row a pair, one column a field, so that names are checked as types are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.integer[Any]] | NDArray[np.bool_]
"""Which rows: their places, or for each whether it is meant."""


@dataclass(frozen=True, slots=True)
class PairTable:
    """Every field of a subclass is a column, (P, …), or a table of the same pairs itself."""

    def at(self, rows: Rows) -> Self:
        """A table of these rows, which shares no column with this one."""
        return self._made_of(lambda name: _at(getattr(self, name), rows))

    def put(self, rows: Rows, others: Self) -> None:
        """Put all rows of `others` in the place of these rows."""
        for name in self._names():
            mine, theirs = getattr(self, name), getattr(others, name)
            if isinstance(mine, PairTable):
                mine.put(rows, theirs)
            else:
                mine[rows] = theirs

    def followed_by(self, *others: Self) -> Self:
        """The rows of this and of further tables, one after the other."""
        tables = (self, *others)
        return self._made_of(lambda name: _joined([getattr(table, name) for table in tables]))

    def _made_of(self, column: Callable[[str], Any]) -> Self:
        return replace(self, **{name: column(name) for name in self._names()})

    def _names(self) -> list[str]:
        return [each.name for each in fields(self)]


def _at(column: Any, rows: Rows) -> Any:
    return column.at(rows) if isinstance(column, PairTable) else column[rows]


def _joined(columns: Sequence[Any]) -> Any:
    first = columns[0]
    if isinstance(first, PairTable):
        return first.followed_by(*columns[1:])
    return np.concatenate(columns)


def pairs_of_equal(
    labels: NDArray[np.integer[Any]], rows: NDArray[np.int32] | None = None, most: int = 512
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The pairs with equal labels: rows of the first and of the second.

    Args:
        labels: (N,) of the rows.
        rows: those to look at, equal labels one after another; None: all.
        most: so large a set of equal ones has all of its pairs; of larger ones each is paired with
            those nearest to it.
    """
    if rows is None:
        rows = np.argsort(labels, kind="stable").astype(np.int32)
    first, second = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for step in range(1, min(most, len(rows))):
        together = labels[rows[:-step]] == labels[rows[step:]]
        if not together.any():
            break
        first.append(rows[:-step][together])
        second.append(rows[step:][together])
    return np.concatenate(first), np.concatenate(second)
