"""Duplicates: DBSCAN on cosine distance, the same labels as scikit-learn's, in little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.connected import connected_components
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.similarity import ROUNDING, Pairs, pairs_in_tiles

NOISE = -1
"""The label of photos that are in no cluster."""

COLUMNS = 2048
"""Of a tile: where all photos are alike, all pairs of it are held at once."""

KEPT = 2_000_000
"""Up to so many pairs are kept where they are looked at twice; more are looked for again."""

AT_ONCE = 4096
"""Pairs whose distances are taken again at once."""


def duplicates(
    embeddings: Vectors, eps: float, min_samples: int, *, go_on: Callable[[], object] = bool
) -> list[list[int]]:
    """The rows of each group, ascending, the group with the first photo first.

    A photo alone is no duplicate: clusters of one, which `min_samples` 1 makes of everything, are
    left out as noise is.

    Args:
        embeddings: (N, D).
        eps: see `dbscan`, as are the others.
        min_samples: likewise.
        go_on: likewise.
    """
    groups: dict[int, list[int]] = {}
    labels = dbscan(embeddings, eps, min_samples, go_on=go_on)
    for row, label in enumerate(labels.tolist()):
        if label != NOISE:
            groups.setdefault(label, []).append(row)
    return [rows for rows in groups.values() if len(rows) > 1]


def dbscan(
    embeddings: Vectors, eps: float, min_samples: int, *, go_on: Callable[[], object] = bool
) -> NDArray[np.int32]:
    """Exactly scikit-learn's ``DBSCAN(eps, min_samples, metric="cosine")`` labels, (N,).

    A photo with enough neighbours is a core photo, core photos within reach of each other are one
    cluster, and whoever is within reach of core photos belongs to the first of their clusters. So
    clusters are connected components, and the N × N matrix need not be there: memory does not
    depend on how many neighbours there are.

    Args:
        embeddings: (N, D).
        eps: the largest cosine distance of neighbours.
        min_samples: how many neighbours make a core photo, itself counted.
        go_on: called now and then; what it raises ends the work.
    """
    count = len(embeddings)
    # With up to two, whoever has a neighbour at all is a core photo: nobody has to be counted.
    is_core = np.ones(count, np.bool_)
    known: Iterable[Pairs] | None = None
    if min_samples > 2:
        neighbours, known = _counted(embeddings, eps, go_on)
        is_core = neighbours >= min_samples
    component = np.arange(count, dtype=np.int32)
    cores, borders = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for pairs in _within(embeddings, eps, go_on) if known is None else known:
        first_is, second_is = is_core[pairs.first], is_core[pairs.second]
        both = first_is & second_is
        one, two = component[pairs.first[both]], component[pairs.second[both]]
        component = connected_components(count, one, two)[component]
        for core, border, wanted in (
            (pairs.first, pairs.second, first_is & ~second_is),
            (pairs.second, pairs.first, second_is & ~first_is),
        ):
            cores.append(core[wanted])
            borders.append(border[wanted])
    if min_samples == 2:
        is_core = np.bincount(component, minlength=1)[component] > 1
    labels = np.full(count, NOISE, np.int32)
    # Components are numbered by their first photo: so are clusters, in which order they are found.
    labels[is_core] = np.unique(component[is_core], return_inverse=True)[1].reshape(-1)
    core, border = np.concatenate(cores), np.concatenate(borders)
    first = np.full(count, count, np.int32)
    np.minimum.at(first, border, labels[core])
    reached = first < count
    labels[reached] = first[reached]
    return labels


def _counted(
    embeddings: Vectors, eps: float, go_on: Callable[[], object]
) -> tuple[NDArray[np.int64], list[Pairs] | None]:
    """How many photos are within reach of each, itself counted, (N,); the pairs if they are few."""
    count = len(embeddings)
    neighbours = np.ones(count, np.int64)
    kept: list[Pairs] | None = []
    held = 0
    for pairs in _within(embeddings, eps, go_on):
        neighbours += np.bincount(pairs.first, minlength=count)
        neighbours += np.bincount(pairs.second, minlength=count)
        held += len(pairs)
        if held > KEPT:
            kept = None
        if kept is not None:
            kept.append(pairs)
    return neighbours, kept


def _within(embeddings: Vectors, eps: float, go_on: Callable[[], object]) -> Iterator[Pairs]:
    """The pairs within reach of each other, a part at a time.

    Distances that float32 cannot tell from `eps` are taken again in float64.
    """
    for tile in pairs_in_tiles(embeddings, 1.0 - eps - ROUNDING, block=COLUMNS):
        go_on()
        near = tile.similarity > 1.0 - eps + ROUNDING
        doubtful = np.flatnonzero(~near)
        for start in range(0, len(doubtful), AT_ONCE):
            some = doubtful[start : start + AT_ONCE]
            near[some] = _distances(embeddings, tile[some]) <= eps
        yield tile[near]


def _distances(embeddings: Vectors, pairs: Pairs) -> NDArray[np.float64]:
    one = embeddings[pairs.first].astype(np.float64)
    two = embeddings[pairs.second].astype(np.float64)
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
    lengths[lengths == 0.0] = 1.0
    return np.asarray(1.0 - np.einsum("nd,nd->n", one, two) / lengths)
