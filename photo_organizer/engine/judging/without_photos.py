"""Answers without the photos that left: what a clean-up changes before anything is judged anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, Result


def without_photos(result: Result, gone: Iterable[int]) -> Result:
    """The same answers when the photos `gone` are no longer there; nothing is judged anew.

    A group of which one photo is left vanishes. A group that lost its keeper is led by the next
    of its photos, and nothing in it counts as safe any more: its evidence was the lost keeper. Nor
    does a photo whose own original is lost.
    """
    lost = frozenset(gone) & result.photos.keys()
    if not lost:
        return result
    return replace(
        result,
        photos=result.photos.without(lost),
        categories={
            name: tuple(i for i in ids if i not in lost) for name, ids in result.categories.items()
        },
        groups=tuple(g for group in result.groups if (g := _shrunk(group, lost)) is not None),
        highlights={
            name: tuple(r for r in ranked if r.photo not in lost)
            for name, ranked in result.highlights.items()
        },
        flags=tuple(flag for flag in result.flags if flag.photo not in lost),
        fine=tuple(flag for flag in result.fine if flag.photo not in lost),
    )


def _shrunk(group: Group, lost: frozenset[int]) -> Group | None:
    kept = [i for i, photo in enumerate(group.photos) if photo not in lost]
    if len(kept) < 2:
        return None
    if len(kept) == len(group.photos):
        return group
    shrunk = replace(
        group,
        photos=tuple(group.photos[i] for i in kept),
        similarities=tuple(group.similarities[i] for i in kept),
        safe=tuple(
            group.safe[i] and group.stays_for(group.photos[i], lost) is not None for i in kept
        ),
        more=tuple(group.more[i] for i in kept if group.more),
        originals=tuple(
            group.stays_for(group.photos[i], lost) or group.photos[i]
            for i in kept
            if group.originals
        ),
    )
    if group.keeper not in lost:
        return shrunk
    return replace(
        shrunk,
        keeper=shrunk.photos[0],
        reason=Reason("duplicates.next_keeper"),
        similarities=(1.0, *shrunk.similarities[1:]),
        safe=(False,) * len(kept),
        more=(),
    )
