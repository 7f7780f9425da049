"""Pairs of similar embeddings, without ever holding the N × N matrix.

Similarity is the cosine of the angle between two embeddings, -1 to 1. Rows need not be exactly
unit length (the store rounds them); they are normalised block by block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.connected import connected_components
from photo_organizer.engine.domain.facts import Vectors

ROWS = 1024
COLUMNS = 8192
"""A tile of the product is ROWS × COLUMNS float32: 32 MiB."""

SKETCHING = 1e-4
"""Sketches may be too small by less than this; see `_sketch`."""

ROUNDING = 1e-5
"""A product of unit rows is surely nearer than this to what `measured` says of them."""

TIES = 4
"""So many times as many neighbours are kept, at most, where they cannot be told apart."""

BLURRED = 0.01
"""The approximate index rounds its embeddings; similarities are surely nearer than this."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows, each once, ``first < second``; three arrays of the same length."""

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    similarity: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Pairs:
        """The pairs under a mask or at some places."""
        return Pairs(self.first[chosen], self.second[chosen], self.similarity[chosen])

    @staticmethod
    def join(parts: list[Pairs]) -> Pairs:
        """All pairs of several."""
        parts = parts or [Pairs.none()]
        return Pairs(
            np.concatenate([p.first for p in parts]),
            np.concatenate([p.second for p in parts]),
            np.concatenate([p.similarity for p in parts]),
        )

    @staticmethod
    def none() -> Pairs:
        """No pair at all."""
        return Pairs(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))


def pairs_above(
    embeddings: Vectors,
    threshold: float,
    *,
    nearest: int | None = None,
    block: int = COLUMNS,
    ties: bool = False,
) -> Pairs:
    """All pairs of rows whose similarity is at least `threshold`.

    Extra memory is a few tiles (about 0.1 GiB) and the pairs themselves, 12 bytes each.

    Args:
        embeddings: (N, D) float32.
        threshold: -1 to 1.
        nearest: bound the pairs: only those in which one photo is among the `nearest` most
            similar ones of the other; None keeps all.
        block: columns of a tile.
        ties: who is exactly as similar as the last of the nearest is among them, too; else chance
            decides.
    """
    parts: list[Pairs] = []
    held, most = 0, 0 if nearest is None else max(4 * nearest * len(embeddings), 1_000_000)
    sketch = _sketch(embeddings, threshold)
    for tile in _tiles_of(embeddings, sketch, threshold, block):
        parts.append(tile)
        held += len(tile)
        if nearest is not None and held > most:
            parts = [keep_nearest(Pairs.join(parts), nearest, ROUNDING)]
            held = len(parts[0])
            most = max(most, 2 * held)
    pairs = Pairs.join(parts)
    if nearest is not None:
        pairs = keep_nearest(pairs, nearest, ROUNDING)
    if sketch is None:
        # Last bits of a product depend on what else is in its tile; these do not.
        pairs = measured(embeddings, pairs.first, pairs.second)
        pairs = pairs[pairs.similarity >= threshold]
    return pairs if nearest is None else keep_nearest(pairs, nearest, 0.0 if ties else None)


def keep_nearest(pairs: Pairs, nearest: int, doubt: float | None = None) -> Pairs:
    """The pairs in which one end is among the `nearest` most similar ones of the other.

    Args:
        pairs: the pairs.
        nearest: how many.
        doubt: who is less similar than the last of them by no more than this is kept, too, up to
            `TIES` times as many; None: nobody is.
    """
    if not len(pairs):
        return pairs
    keep = np.zeros(len(pairs), np.bool_)
    ends = np.concatenate([pairs.first, pairs.second])
    order = np.lexsort((-np.tile(pairs.similarity, 2), ends))
    ordered = ends[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    places = np.arange(len(ends)) - np.repeat(starts, np.diff(np.r_[starts, len(ends)]))
    among = places < nearest
    if doubt is not None:
        alike = np.tile(pairs.similarity, 2)[order]
        last = np.minimum(starts + nearest, np.r_[starts[1:], len(ends)]) - 1
        least = np.repeat(alike[last], np.diff(np.r_[starts, len(ends)])) - np.float32(doubt)
        among |= (alike >= least) & (places < TIES * nearest)
    keep[order[among] % len(pairs)] = True
    return pairs[keep]


def nearest_pairs(embeddings: Vectors, threshold: float, *, nearest: int = 16) -> Pairs:
    """Like `pairs_above` with `nearest`, through an approximate index (HNSW, from usearch).

    For libraries where the product of all with all takes too long. Misses a pair now and then:
    ``benchmarks/duplicates.py`` measures how few.
    """
    from usearch.index import Index  # heavy: only very large libraries need it

    count, dimension = embeddings.shape
    # bf16 has instructions of its own and is at most 0.002 wrong; bytes err by 0.06 where
    # embeddings are sparse, like the starter's.
    index = Index(ndim=dimension, metric="cos", dtype="bf16", connectivity=16, expansion_add=64)
    index.add(np.arange(count, dtype=np.uint64), embeddings)
    parts = []
    for start in range(0, count, 16384):
        rows = embeddings[start : start + 16384]
        found = index.search(rows, nearest + 1)
        mine = np.repeat(np.arange(start, start + len(rows)), found.keys.shape[1])
        other = found.keys.reshape(-1).astype(np.int64)
        near = (1.0 - found.distances.reshape(-1) >= threshold - BLURRED) & (mine != other)
        first, second = np.minimum(mine, other)[near], np.maximum(mine, other)[near]
        parts.append(measured(embeddings, first.astype(np.int32), second.astype(np.int32)))
    pairs = Pairs.join(parts)
    pairs = pairs[pairs.similarity >= threshold]
    _, once = np.unique(pairs.first.astype(np.int64) * count + pairs.second, return_index=True)
    return pairs[once]


def measured(embeddings: Vectors, first: NDArray[np.int32], second: NDArray[np.int32]) -> Pairs:
    """Given pairs of rows with their similarities."""
    similarity = np.empty(len(first), np.float32)
    for start in range(0, len(first), ROWS):
        part = slice(start, start + ROWS)
        one, two = unit(embeddings[first[part]]), unit(embeddings[second[part]])
        similarity[part] = np.einsum("nd,nd->n", one, two)
    return Pairs(first, second, similarity)


def components(count: int, pairs: Pairs) -> NDArray[np.int32]:
    """The connected component of each of `count` rows, numbered by first appearance from 0."""
    return connected_components(count, pairs.first, pairs.second)


def pairs_in_tiles(
    embeddings: Vectors, threshold: float, *, block: int = COLUMNS
) -> Iterator[Pairs]:
    """The pairs of rows at or above the threshold, and some just below it, a part at a time.

    For who needs none of them for long: however many there are, memory holds few. Similarities are
    nearer to the truth than `ROUNDING`.

    Args:
        embeddings: (N, D) float32.
        threshold: -1 to 1.
        block: columns of a tile.
    """
    return _tiles_of(embeddings, _sketch(embeddings, threshold), threshold, block)


def _tiles_of(
    embeddings: Vectors, sketch: Vectors | None, threshold: float, block: int
) -> Iterator[Pairs]:
    if sketch is None:
        yield from _products(embeddings, threshold - ROUNDING, block)
        return
    for tile in _products(sketch, threshold - SKETCHING, block):
        pairs = measured(embeddings, tile.first, tile.second)
        yield pairs[pairs.similarity >= threshold]


def _sketch(embeddings: Vectors, threshold: float) -> Vectors | None:
    """Shorter unit rows whose products are never below those of the embeddings.

    A row keeps its coordinates along the main axes of the library and, as one more, the length of
    the rest: by Cauchy and Schwarz the rests of two rows have no larger product than their
    lengths. A quarter of the axes rules out almost all pairs where the threshold is high; None
    where it would not, or where there is little to gain.
    """
    count, dimension = embeddings.shape
    if count < 4096 or dimension < 128:
        return None
    sample = unit(embeddings[:: count // 2048])
    axes = np.linalg.eigh(sample.T @ sample)[1][:, -(dimension // 4) :].astype(np.float32)

    def shortened(rows: Vectors) -> Vectors:
        main = unit(rows) @ axes
        # The root of a rounding error is large: it must not make the rest too short.
        rest = np.sqrt(np.maximum(1.0 - np.einsum("nd,nd->n", main, main), 0.0) + 1e-6)
        return np.column_stack([main, rest]).astype(np.float32)

    tried = shortened(sample)
    if ((tried @ tried.T) >= threshold - SKETCHING).mean() > 0.005:
        return None
    sketch = np.empty((count, axes.shape[1] + 1), np.float32)
    for start in range(0, count, COLUMNS):
        sketch[start : start + COLUMNS] = shortened(embeddings[start : start + COLUMNS])
    return sketch


def _products(embeddings: Vectors, threshold: float, block: int) -> Iterator[Pairs]:
    """The pairs at or above the threshold, tile by tile of the upper triangle."""
    count = len(embeddings)
    buffer = np.empty(ROWS * block, np.float32)
    for left in range(0, count, block):
        columns = unit(embeddings[left : left + block])
        for top in range(0, min(left + len(columns), count), ROWS):
            # Rows of the diagonal tile start at its own columns: the triangle below is theirs.
            skip = max(0, top - left)
            rows = (
                unit(embeddings[top : top + ROWS])
                if top + ROWS <= left
                else unit(embeddings[top : min(top + ROWS, left + len(columns))])
            )
            part = columns[skip:]
            product = buffer[: len(rows) * len(part)].reshape(len(rows), len(part))
            np.matmul(rows, part.T, out=product)
            places = np.flatnonzero(product >= threshold)
            first = places // len(part) + top
            second = places % len(part) + left + skip
            upper = first < second
            yield Pairs(
                first[upper].astype(np.int32),
                second[upper].astype(np.int32),
                product.reshape(-1)[places[upper]],
            )


def unit(rows: Vectors) -> Vectors:
    """The rows with length 1; those of length 0 stay as they are."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    norms[norms == 0.0] = 1.0
    return np.asarray(rows / norms, np.float32)
