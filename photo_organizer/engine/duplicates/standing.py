"""The photos that stand for all: one of each content, and of each unit its leader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Facts
from photo_organizer.engine.duplicates.held import Held
from photo_organizer.engine.duplicates.sequences import units

_Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Standing:
    """Which S of N photos are compared, and for whom each of them stands."""

    rows: _Rows
    """(S,) ascending."""
    leader: _Rows
    """(N,) see `PairEvidence.leader`."""
    content: _Rows
    """(N,) see `PairEvidence.content`."""
    held: Held
    """What each of the N files holds."""

    @classmethod
    def of(cls, facts: Facts) -> Standing:
        """Of these photos."""
        leader = units(facts.photos)
        held = Held(facts)
        content = held.contents(facts, leader)
        own = np.arange(len(facts))
        rows = np.flatnonzero((content == own) & (leader == own)).astype(np.int32)
        return cls(rows, leader, content, held)

    def of_rows(self, values: NDArray[Any]) -> NDArray[Any]:
        """A column of all photos as one of those that stand; the same object where all stand."""
        return values if len(self.rows) == len(values) else values[self.rows]

    def spread(self, values: _Rows) -> _Rows:
        """What is said of those that stand, said of all that they stand for.

        Args:
            values: (S,) places among those that stand.

        Returns:
            (N,) rows.
        """
        place = np.full(len(self.leader), -1, np.int32)
        place[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        return np.asarray(self.rows[values[place[self.content[self.leader]]]], np.int32)
