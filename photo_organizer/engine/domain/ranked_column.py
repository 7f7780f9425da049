"""Highlights as columns: 100,000 photos in 25 lists are millions of objects otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Ranked


class RankedColumn(Sequence[Ranked]):
    """Highlights as columns, made into objects as they are asked for.

    Args:
        ids: of the photos, best first.
        scores: of each.
        native: the same on the scorer's own scale.
        places: where in `reasons` the reason of each is.
        reasons: several photos may share one.

    Raises:
        ValueError: the columns do not fit together.
    """

    def __init__(
        self,
        ids: memoryview[int],
        scores: memoryview[Any],
        native: memoryview[Any],
        places: memoryview[int],
        reasons: Sequence[Reason | None],
    ) -> None:
        if not len(ids) == len(scores) == len(native) == len(places):
            raise ValueError("columns of different lengths")
        self.ids = ids
        self.scores = scores
        self._native = native
        self._places = places
        self._reasons = reasons

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Ranked]: ...

    def __getitem__(self, place: int | slice) -> Ranked | Sequence[Ranked]:
        if isinstance(place, slice):
            return RankedColumn(
                self.ids[place],
                self.scores[place],
                self._native[place],
                self._places[place],
                self._reasons,
            )
        reason = self._reasons[self._places[place]]
        return Ranked(self.ids[place], self.scores[place], self._native[place], reason)

    def __iter__(self) -> Iterator[Ranked]:
        reasons = map(self._reasons.__getitem__, self._places)
        return map(Ranked, self.ids, self.scores, self._native, reasons)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
