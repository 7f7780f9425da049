"""Photos that keep their place while somebody decides about them, until they are sorted again."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from photo_organizer.engine.browse.sort_filter import (
    Arranged,
    Arrangement,
    Columns,
    months_among,
)


def kept_place(
    shown: Sequence[int],
    arranged: Arranged,
    *,
    stays: Container[int],
    comes: Callable[[int], bool],
) -> Arranged:
    """The photos in the places where they are shown at present, whatever was decided about them.

    Args:
        shown: as they are shown.
        arranged: as they would be if they were sorted again.
        stays: photos that are not in it leave: they are in the library no more.
        comes: of a photo that is not shown and would be, whether it comes nevertheless. It does so
            after the one that it would follow.

    Returns:
        The same without `Arranged.months`.
    """
    wanted = frozenset(arranged.ids)
    kept = [i for i in shown if i in stays]
    known = frozenset(kept)
    first: list[int] = []
    after: dict[int, list[int]] = {}
    place = first
    for i in arranged.ids:
        if i in known:
            place = after.setdefault(i, [])
        elif comes(i):
            place.append(i)
    ids: list[int] = []
    coming = first
    for i in kept:
        if i in wanted:
            ids += coming
            coming = after.get(i, [])
        ids.append(i)
    ids += coming
    return Arranged(ids, leaving=known - wanted, settled=ids == list(arranged.ids))


def with_months(arranged: Arranged, wanted: Arrangement, columns: Columns) -> Arranged:
    """The same with the months in which the photos were taken."""
    return replace(arranged, months=months_among(arranged.ids, wanted, columns))
