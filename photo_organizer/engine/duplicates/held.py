"""What the files of a library hold, compared with one another: which are copies, which hold more.

See `photo_organizer.engine.domain.holdings` for what a file can hold.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.connected import connected_components
from photo_organizer.engine.domain.facts import Facts
from photo_organizer.engine.domain.holdings import PLAIN, Extra, Holdings
from photo_organizer.engine.domain.reasons import Reason

_Rows = NDArray[np.int32]


class Held:
    """What each of N files holds.

    Nearly all files hold the same: nothing but their picture. What a file holds is numbered, so
    that only different numbers are ever compared, and each two of them once.

    Args:
        facts: of the N photos. Where nobody looked, a file is taken to hold its picture alone.
    """

    def __init__(self, facts: Facts) -> None:
        count = len(facts)
        self._of: Sequence[Holdings] = facts.holdings or [PLAIN] * count
        numbers: dict[Hashable, int] = {}
        self._number = np.array(
            [numbers.setdefault(_beside(held), len(numbers)) for held in self._of], np.int32
        )
        self._compared: dict[tuple[int, int], tuple[Reason, ...]] = {}
        self.weight = np.array([_weight(held) for held in self._of], np.int32)
        """(N,) how much each holds beside a picture; metadata does not count."""

    def more(self, row: int, other: int) -> tuple[Reason, ...]:
        """What one file holds and another one lacks; empty: nothing."""
        numbers = int(self._number[row]), int(self._number[other])
        if numbers[0] == numbers[1]:
            return ()
        if numbers not in self._compared:
            self._compared[numbers] = self._of[row].more_than(self._of[other])
        return self._compared[numbers]

    def hold_more(self, rows: _Rows, others: _Rows) -> NDArray[np.bool_]:
        """Whether each file holds anything that the other one lacks, (M,)."""
        found = np.asarray(self._number[rows] != self._number[others], np.bool_)
        for place in np.flatnonzero(found).tolist():
            found[place] = bool(self.more(int(rows[place]), int(others[place])))
        return found

    def say_more(self, rows: _Rows, others: _Rows) -> NDArray[np.bool_]:
        """Whether each file has words that the other one lacks, (M,)."""
        pairs = zip(rows.tolist(), others.tolist(), strict=True)
        return np.array([self._of[one].says_more_than(self._of[two]) for one, two in pairs], bool)

    def contents(self, facts: Facts, leader: _Rows) -> _Rows:
        """For each photo the first row that is equal in all that is held, (N,).

        Equal bytes, or equal pictures to the last bit and equal in everything else. What a
        clean-up carries over (`Holdings.words`) does not count, but for the place, of which a photo
        has one. The files of a unit stand for themselves.
        """
        numbers = self._number.tolist()
        names: list[list[Hashable]] = [
            [photo.content_hash, *((number, name) for name in _pictures(held))]
            for photo, number, held in zip(facts.photos, numbers, self._of, strict=True)
        ]
        return _first_alike(names, leader)

    def pictures(self, leader: _Rows) -> _Rows:
        """For each photo the first row whose pictures are all equal to the last bit, (N,)."""
        return _first_alike([list(_pictures(held)) for held in self._of], leader)


def _beside(held: Holdings) -> Hashable:
    """Everything that `Holdings.more_than` compares: where it is equal, neither holds more."""
    pictures = (held.pixels, held.coded) if held.pictures > 1 or held.bits > 8 else ()
    return (
        held.pictures,
        held.animated,
        held.bits,
        held.alpha,
        held.profile,
        held.wide,
        held.extras,
        held.facts,
        held.places,
        pictures,
    )


def _pictures(held: Holdings) -> Sequence[Hashable]:
    """The names of what `Holdings.shows_the_same` compares; one in common is enough."""
    view = (held.profile, held.bits, held.alpha)
    names = (("pixels", held.pixels), ("coded", held.coded))
    return [(name, *view, digest) for name, digest in names if digest]


def _weight(held: Holdings) -> int:
    named = sum(kind is not Extra.APPENDED for kind, _ in held.extras)
    return named + held.pictures - 1 + (held.bits > 8) + held.alpha + held.wide


def _first_alike(names: Sequence[Sequence[Hashable]], leader: _Rows) -> _Rows:
    """For each row the first that it shares a name with, also by way of others, (N,)."""
    count = len(names)
    seen: dict[Hashable, int] = {}
    rows, others = [], []
    for row, own in enumerate(names):
        if leader[row] == row:
            rows += [row] * len(own)
            others += [seen.setdefault(name, row) for name in own]
    labels = connected_components(count, np.array(rows, np.int32), np.array(others, np.int32))
    return np.asarray(np.unique(labels, return_index=True)[1][labels], np.int32)
