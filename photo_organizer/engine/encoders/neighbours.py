"""The nearest others of each photo, kept so that a change costs what changed.

A list is true for good as long as it says down to where it is whole: whoever is added is put in its
place, whoever leaves is taken out, and a list of which too little is left is made anew. All of it
comes to the same, to the last bit, as if the lists were made at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.similarity import (
    ROUNDING,
    Pairs,
    measured,
    nearest_pairs,
    pairs_above,
    unit,
)

APPROXIMATE: Final = 200_000
"""From so many rows on, the first lists come from an approximate index."""

SPARE: Final = 4
"""So many more neighbours are listed than are asked for: some may leave."""

AT_ONCE: Final = 256
"""Rows that are held against all others at once."""

ANEW: Final = 0.25
"""Where more than this share of all lists is missing, all of them are made anew."""

_NOBODY: Final = np.float32(-2.0)
"""The similarity in the empty places of a list."""

_Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of lists."""

    nearest: int
    """Neighbours of each row."""
    least: float
    """How alike they must be."""
    ease: float = 0.0
    """Lists reach lower than `least` by this: a little lower one finds them whole."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each of N rows the K nearest others, the nearest first; of equals the lower name."""

    rows: _Rows
    """(N, K), -1 in empty places, which come last."""
    similarity: Vectors
    """(N, K)."""
    floor: Vectors
    """(N,) whoever is more alike than this is in the list."""

    def __len__(self) -> int:
        return len(self.rows)

    def pairs(self, nearest: int, least: float) -> Pairs:
        """The pairs in which one is among the nearest of the other, and that alike.

        Args:
            nearest: at most as many as were asked for, and not more alike than that.
            least: the similarity.
        """
        rows, similarity = self.rows[:, :nearest], self.similarity[:, :nearest]
        one, place = np.nonzero((rows >= 0) & (similarity >= least))
        two, alike = rows[one, place], similarity[one, place]
        keys = np.minimum(one, two) * np.int64(len(self)) + np.maximum(one, two)
        keys, chosen = np.unique(keys, return_index=True)
        first, second = keys // max(len(self), 1), keys % max(len(self), 1)
        return Pairs(first.astype(np.int32), second.astype(np.int32), alike[chosen])

    def answers(self, wanted: Wanted) -> NDArray[np.bool_]:
        """Which of the lists tell all that is wanted, (N,)."""
        sure = (self.similarity > self.floor[:, None]).sum(axis=1)
        return np.asarray((sure >= wanted.nearest) | (self.floor < wanted.least))


def find(vectors: Vectors, names: NDArray[np.integer], wanted: Wanted) -> Neighbours:
    """The neighbours of all rows; costs as much as comparing all with all.

    Args:
        vectors: (N, D).
        names: (N,) of any two that are as alike to a third one, the lower name comes first.
        wanted: what the lists are to tell.
    """
    count, most, least = len(vectors), wanted.nearest + SPARE, wanted.least - wanted.ease
    if count > APPROXIMATE:
        pairs = nearest_pairs(vectors, least, nearest=most)
    else:
        pairs = pairs_above(vectors, least, nearest=most, ties=True)
    one = np.concatenate([pairs.first, pairs.second])
    two = np.concatenate([pairs.second, pairs.first])
    return _listed(
        _Edges(one, two, np.tile(pairs.similarity, 2)), names, most, _below(count, least)
    )


def carry_over(
    known: Neighbours,
    places: _Rows,
    vectors: Vectors,
    names: NDArray[np.integer],
    wanted: Wanted,
) -> Neighbours:
    """The same as `find`, where most of the neighbours are known.

    Args:
        known: lists of M rows.
        places: (M,) where each of them is now, -1 for those that left.
        vectors: (N, D) as they are now.
        names: (N,) see `find`; equal vectors must have kept theirs in the same order.
        wanted: what the lists are to tell.
    """
    count, most = len(vectors), wanted.nearest + SPARE
    stay = np.flatnonzero(places >= 0)
    floor = np.full(count, np.inf, np.float32)
    floor[places[stay]] = known.floor[stay]
    added = np.flatnonzero(np.isinf(floor)).astype(np.int32)
    if len(added) > ANEW * count or known.rows.shape[1] != most:
        return find(vectors, names, wanted)
    edges = _staying(known, places)
    if len(added):
        lines = _Lines(vectors, wanted, most)
        found, met = lines.of(added, floor)
        floor[added] = _below(1, wanted.least - wanted.ease)
        edges = edges.followed_by(found, met)
    lists = _listed(edges, names, most, floor)
    short = np.flatnonzero(~lists.answers(wanted)).astype(np.int32)
    if len(short) > ANEW * count:
        return find(vectors, names, wanted)
    if len(short):
        found, _ = _Lines(vectors, wanted, most).of(short, None)
        again = _listed(found, names, most, _below(count, wanted.least - wanted.ease))
        lists.rows[short], lists.similarity[short] = again.rows[short], again.similarity[short]
        lists.floor[short] = again.floor[short]
    return lists


@dataclass(frozen=True, slots=True)
class _Edges:
    """Who is to be in whose list."""

    one: _Rows
    """Whose."""
    two: _Rows
    similarity: Vectors

    def followed_by(self, *others: _Edges) -> _Edges:
        every = (self, *others)
        return _Edges(
            np.concatenate([each.one for each in every]),
            np.concatenate([each.two for each in every]),
            np.concatenate([each.similarity for each in every]),
        )


def _below(count: int, least: float) -> Vectors:
    """(count,) the floor of lists that hold all that are at least so much alike."""
    return np.full(count, np.nextafter(np.float32(least), _NOBODY), np.float32)


def _listed(edges: _Edges, names: NDArray[np.integer], most: int, floor: Vectors) -> Neighbours:
    """The best of each list, which are whole down to `floor`, or to the last of a full one."""
    count = len(floor)
    order = np.lexsort((names[edges.two], -edges.similarity, edges.one))
    one, two, similarity = edges.one[order], edges.two[order], edges.similarity[order]
    place = np.arange(len(one)) - np.searchsorted(one, one)
    kept = place < most
    rows = np.full((count, most), -1, np.int32)
    rows[one[kept], place[kept]] = two[kept]
    alike = np.full((count, most), _NOBODY, np.float32)
    alike[one[kept], place[kept]] = similarity[kept]
    return Neighbours(rows, alike, np.maximum(floor, alike[:, -1]))


def _staying(known: Neighbours, places: _Rows) -> _Edges:
    """The lists of those that stay, without those that left."""
    here = (known.rows >= 0) & (places >= 0)[:, None] & (places[known.rows] >= 0)
    one, place = np.nonzero(here)
    return _Edges(places[one], places[known.rows[one, place]], known.similarity[one, place])


class _Lines:
    """Some rows held against all."""

    def __init__(self, vectors: Vectors, wanted: Wanted, most: int) -> None:
        self._vectors = vectors
        self._least = wanted.least - wanted.ease
        self._most = most

    def of(self, rows: _Rows, floor: Vectors | None) -> tuple[_Edges, _Edges]:
        """The neighbours of `rows`, and whom they are neighbours of.

        Args:
            rows: ascending.
            floor: (N,) of the lists of all rows, infinite for those without one; None: it is not
                asked whose neighbours the rows are.
        """
        found, met = [_no_edges()], [_no_edges()]
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            product = self._products(part)
            found.append(self._nearest(part, product))
            if floor is not None:
                row, column = np.nonzero(product > floor - ROUNDING)
                edges = self._measured(column.astype(np.int32), part[row])
                met.append(_only(edges, edges.similarity > floor[edges.one]))
        return _Edges.followed_by(*found), _Edges.followed_by(*met)

    def _products(self, part: _Rows) -> Vectors:
        lines = unit(self._vectors[part])
        product = np.empty((len(part), len(self._vectors)), np.float32)
        for left in range(0, len(self._vectors), 4096):
            block = unit(self._vectors[left : left + 4096])
            np.matmul(lines, block.T, out=product[:, left : left + 4096])
        product[np.arange(len(part)), part] = _NOBODY
        return product

    def _nearest(self, part: _Rows, product: Vectors) -> _Edges:
        least = np.full(len(part), self._least, np.float32)
        if product.shape[1] > self._most:
            last = np.partition(product, -self._most, axis=1)[:, -self._most]
            np.maximum(least, last, out=least)
        row, column = np.nonzero(product >= least[:, None] - ROUNDING)
        edges = self._measured(part[row], column.astype(np.int32))
        return _only(edges, edges.similarity >= self._least)

    def _measured(self, one: _Rows, two: _Rows) -> _Edges:
        return _Edges(one, two, measured(self._vectors, one, two).similarity)


def _only(edges: _Edges, chosen: NDArray[np.bool_]) -> _Edges:
    return _Edges(edges.one[chosen], edges.two[chosen], edges.similarity[chosen])


def _no_edges() -> _Edges:
    none = np.empty(0, np.int32)
    return _Edges(none, none, np.empty(0, np.float32))
