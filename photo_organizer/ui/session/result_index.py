"""What views ask of a result photo by photo, gathered once.

Of a large library that takes a tenth of a second, so it is gathered beside the window wherever the
result comes from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from photo_organizer.engine.analysis.events import Finished, Partial
from photo_organizer.engine.domain.ranked_column import RankedColumn
from photo_organizer.engine.domain.results import LIBRARY, Flag, Group, GroupKind, Ranked, Result


@dataclass(frozen=True, slots=True)
class Duplicates:
    """A result's groups, ready to be listed."""

    of_photo: Mapping[int, Group]
    """The group of each photo that is in one."""
    of_kind: Mapping[GroupKind, Sequence[Group]]
    """Those first that free the most space, reviewed ones last."""
    freeable: Mapping[int, int]
    """By keeper: the bytes of all photos of its group but the keeper."""
    waiting: Mapping[GroupKind, int]
    """Groups that wait for a decision."""
    reviewed: Mapping[GroupKind, int]
    """Groups the user is done with."""
    waiting_bytes: Mapping[GroupKind, int]
    """Bytes that the waiting groups can free."""
    safe_bytes: Mapping[GroupKind, int]
    """Bytes of what is safe to remove in the waiting groups."""
    safe: frozenset[int]
    """Photos that may be marked for the trash without a look."""
    beside_safe: frozenset[int]
    """The other photos of groups that have such ones: what these are safe for."""

    @classmethod
    def of(cls, result: Result) -> Duplicates:
        """Gather the groups of a result."""
        of_photo: dict[int, Group] = {}
        of_kind: dict[GroupKind, list[Group]] = {kind: [] for kind in GroupKind}
        freeable: dict[int, int] = {}
        waiting: Counter[GroupKind] = Counter()
        reviewed: Counter[GroupKind] = Counter()
        waiting_bytes: Counter[GroupKind] = Counter()
        safe_bytes: Counter[GroupKind] = Counter()
        safe: list[int] = []
        beside: list[int] = []
        for group in result.groups:
            size = -result.photos.size_of(group.keeper)
            for photo, is_safe in zip(group.photos, group.safe, strict=True):
                of_photo[photo] = group
                size += result.photos.size_of(photo)
                if is_safe:
                    safe.append(photo)
                    safe_bytes[group.kind] += result.photos.size_of(photo)
            if any(group.safe):
                beside += group.photos
            freeable[group.keeper] = size
            of_kind[group.kind].append(group)
            if group.reviewed:
                reviewed[group.kind] += 1
            else:
                waiting[group.kind] += 1
                waiting_bytes[group.kind] += size
        for groups in of_kind.values():
            groups.sort(key=lambda group: (group.reviewed, -freeable[group.keeper]))
        return cls(
            of_photo,
            of_kind,
            freeable,
            waiting,
            reviewed,
            waiting_bytes,
            safe_bytes,
            frozenset(safe),
            frozenset(beside).difference(safe),
        )


class Places(Mapping[int, tuple[int, Ranked]]):
    """The place of each photo of a ranking, from 1, and its scores; best first."""

    def __init__(self, ranked: Sequence[Ranked]) -> None:
        self._ranked = ranked
        ids = ranked_ids(ranked)
        self._rows = dict(zip(ids, range(len(ids)), strict=True))

    def __getitem__(self, photo_id: int) -> tuple[int, Ranked]:
        row = self._rows[photo_id]
        return row + 1, self._ranked[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, photo_id: object) -> bool:
        return photo_id in self._rows


@dataclass(frozen=True, slots=True)
class ResultIndex:
    """A result, and the answers to what is asked of it again and again."""

    result: Result
    duplicates: Duplicates
    flags: Mapping[int, tuple[Flag, ...]]
    """The flaws of each flagged photo."""
    places: Mapping[int, tuple[int, Ranked]]
    """The place of each photo among all highlights, from 1, and its scores."""

    @classmethod
    def of(cls, result: Result | None, before: ResultIndex | None = None) -> ResultIndex:
        """Gather what there is to ask of a result.

        Args:
            result: None for one without photos.
            before: what it has in common with the result before is not gathered again.
        """
        result = result or Result.empty()
        same = before is not None and before.result.photos is result.photos
        return cls(
            result,
            before.duplicates
            if before and same and before.result.groups is result.groups
            else Duplicates.of(result),
            before.flags
            if before and before.result.flags is result.flags
            else _by_photo(result.flags),
            before.places
            if before and before.result.highlights is result.highlights
            else Places(result.highlights.get(LIBRARY, ())),
        )


def gathered(events: Iterable[object]) -> Iterator[object]:
    """The events of an analysis, and before each result what is asked of it."""
    for event in events:
        if isinstance(event, Partial | Finished):
            yield ResultIndex.of(event.result)
        yield event


def ranked_ids(ranked: Sequence[Ranked]) -> Sequence[int]:
    """The photos of a ranking, best first."""
    return ranked.ids if isinstance(ranked, RankedColumn) else [one.photo for one in ranked]


def _by_photo(flags: Sequence[Flag]) -> dict[int, tuple[Flag, ...]]:
    found: dict[int, tuple[Flag, ...]] = {}
    for flag in flags:
        found[flag.photo] = (*found.get(flag.photo, ()), flag)
    return found
