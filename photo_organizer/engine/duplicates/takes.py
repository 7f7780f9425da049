"""Which of several takes of one moment to keep: all are compared pair by pair.

A global score sees little but chance among takes of one moment. Two of them side by side differ in
something that people would name: closed eyes, a soft face, a bad light. Each pair is decided by the
first criterion that tells its two apart; the take that wins most (wins less defeats: Copeland's
rule) stays. Takes that win as much are compared among themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.duplicates.face_merits import FACE_CRITERIA, FaceMerits
from photo_organizer.engine.duplicates.keepers import Merits

_Rows = NDArray[np.int32]

MOST: Final = 200
"""So many takes of a moment are compared with one another; of more, the best by rank."""

_SAYS_LITTLE: Final = frozenset({"exif", "older", "plain_name", "equal"})
"""What tells takes apart where nothing better does: the next take may tell more."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Takes of one moment."""

    takes: _Rows
    """(M,) rows, the best by rank first."""
    may_stay: NDArray[np.bool_]
    """(M,) which of them every photo of the group agrees with."""
    nodes: _Rows
    """The contents of all photos of the group."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Takes of one moment in the order in which they should stay."""

    takes: _Rows
    """(M,) rows, the keeper first."""
    reason: Reason
    """Why it is the keeper."""


class TakeMerits:
    """What takes of one moment are better in than one another.

    Args:
        photos: what photos are good for by themselves.
        faces: compares their faces.
    """

    def __init__(self, photos: Merits, faces: FaceMerits) -> None:
        self._photos = photos
        self._faces = faces

    def between(self, criterion: str, ones: _Rows, twos: _Rows) -> NDArray[np.int8]:
        """Which take of each pair is better by a criterion: 1 the first, -1 the second, 0 none."""
        if criterion in FACE_CRITERIA:
            return self._faces.between(criterion, ones, twos)
        return self._photos.between(criterion, ones, twos)

    def linked(self, ones: _Rows, twos: _Rows) -> NDArray[np.int8]:
        """The same, where only a link leads to one: it can stay for nothing, however good it is."""
        one, two = (self._photos.are_linked(rows).astype(np.int8) for rows in (ones, twos))
        return two - one

    def can_be_said(self, criterion: str, keepers: _Rows, others: _Rows) -> NDArray[np.bool_]:
        """Whether there is a sentence for it where a keeper is better by a criterion."""
        if criterion == "holds":
            return self._photos.hold_more(keepers, others)
        return np.ones(len(keepers), np.bool_)

    def said(self, codes: Sequence[str], keepers: _Rows, others: _Rows) -> list[Reason]:
        """Why each keeper is better than another take: see `Merits.said`."""
        plain = ["equal" if code in FACE_CRITERIA else code for code in codes]
        said = self._photos.said(plain, keepers, others)
        for place, code in enumerate(codes):
            if code in FACE_CRITERIA:
                said[place] = self._faces.reason(code, int(keepers[place]), int(others[place]))
        return said


def choose(moments: Sequence[Moment], merits: TakeMerits, order: Sequence[str]) -> list[Choice]:
    """Which take of each moment to keep, and why.

    Args:
        moments: of at least two and at most `MOST` takes, of which one may stay.
        merits: of all takes.
        order: the criteria, the weightiest first.
    """
    if not moments:
        return []
    pairs = [_all_pairs(len(moment.takes)) for moment in moments]
    ones = np.concatenate([m.takes[one] for m, (one, _) in zip(moments, pairs, strict=True)])
    twos = np.concatenate([m.takes[two] for m, (_, two) in zip(moments, pairs, strict=True)])
    winners = _winners(ones, twos, merits, order)
    placed, start = [], 0
    for moment, (one, two) in zip(moments, pairs, strict=True):
        wins = np.zeros((len(moment.takes),) * 2, np.int8)
        wins[one, two] = winners[start : start + len(one)]
        wins -= wins.T
        start += len(one)
        places = by_wins(wins)
        keeper = next(place for place in places if moment.may_stay[place])
        places.remove(keeper)
        placed.append(moment.takes[[keeper, *places]])
    return [
        Choice(takes, reason)
        for takes, reason in zip(placed, _reasons(placed, merits, order), strict=True)
    ]


@cache
def _all_pairs(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of both takes of each pair."""
    one, two = np.triu_indices(count, 1)
    return one, two


def by_wins(wins: NDArray[np.int8]) -> list[int]:
    """The order of M takes by how often they win; equals in the order in which they came.

    Args:
        wins: (M, M), 1 where the first of two is better, -1 where it is worse, else 0.
    """
    if len(wins) == 2:
        return [1, 0] if wins[1, 0] > 0 else [0, 1]
    score = wins.sum(axis=1, dtype=np.int64)
    placed: list[int] = []
    for value in np.unique(score)[::-1]:
        tied = np.flatnonzero(score == value)
        if 1 < len(tied) < len(score):
            tied = tied[by_wins(wins[np.ix_(tied, tied)])]
        placed += tied.tolist()
    return placed


def _winners(
    ones: _Rows, twos: _Rows, merits: TakeMerits, order: Sequence[str]
) -> NDArray[np.int8]:
    """Which take of each pair is better by the first criterion that tells them apart."""
    winners = merits.linked(ones, twos)
    for criterion in order:
        open_ = np.flatnonzero(winners == 0)
        if not len(open_):
            break
        winners[open_] = merits.between(criterion, ones[open_], twos[open_])
    return winners


def _reasons(placed: Sequence[_Rows], merits: TakeMerits, order: Sequence[str]) -> list[Reason]:
    """Why each first take stays: what decided between it and the runner-up.

    Where that says little, or another take is better in it, the next take that lost tells.
    """
    keepers = np.concatenate([np.full(len(takes) - 1, takes[0], np.int32) for takes in placed])
    others = np.concatenate([takes[1:] for takes in placed])
    codes = ["linked", *order]
    better = np.stack(
        [
            merits.linked(keepers, others),
            *(
                merits.between(name, keepers, others) * merits.can_be_said(name, keepers, others)
                for name in order
            ),
        ]
    )
    decided, start = [], 0
    for takes in placed:
        stop = start + len(takes) - 1
        place, code = _telling(better[:, start:stop], codes)
        decided.append((code, takes[0], takes[1 + place]))
        start = stop
    named, first, second = zip(*decided, strict=True)
    return merits.said(named, np.array(first, np.int32), np.array(second, np.int32))


def _telling(better: NDArray[np.int8], codes: Sequence[str]) -> tuple[int, str]:
    """The take that says most of why the keeper stays: its place, and what decided against it.

    Args:
        better: (criteria, takes), 1 where the keeper is better, -1 where it is worse.
        codes: of the criteria.
    """
    lost = []
    for place in range(better.shape[1]):
        column = np.flatnonzero(better[:, place])
        if len(column) and better[column[0], place] > 0:
            lost.append((place, int(column[0])))
    for place, row in lost:
        if codes[row] not in _SAYS_LITTLE and better[row].min() >= 0:
            return place, codes[row]
    for place, row in lost:
        if codes[row] not in _SAYS_LITTLE:
            return place, codes[row]
    return (lost[0][0], codes[lost[0][1]]) if lost else (0, "equal")
