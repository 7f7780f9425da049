"""How the faces of two takes of one moment compare: whose eyes are open, whose faces are sharp.

Everybody is compared with themselves in the other take, and counts as much as their face is large.
Who is in one of the two only, or cannot be told in one of them, counts for neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import Eyes, SeenFace
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.thresholds import Thresholds

EYES, SHARP = "eyes_open", "faces_sharp"
FACE_CRITERIA: Final = (EYES, SHARP)
"""The criteria by which faces are compared."""

_MOST_STEPS: Final = 3.0
"""No face counts for more steps of sharpness than that."""

_BEHIND: Final = 0.8
"""Whose face is no larger than so much of the largest is behind that person."""

_DARKEST: Final = 1e-4
"""Sharpness of a face that shows nothing."""

_Table = NDArray[np.float64]


@dataclass(frozen=True)
class _Takes:
    """The faces in M takes of one moment, by person: (M, P) tables; NaN where nothing is told."""

    open: _Table
    """1 open, 0 closed."""
    sharp: _Table
    """In doublings."""
    weights: _Table
    """(P,) how much each person counts, 1 the one in front."""
    takes: Sequence[Sequence[SeenFace]]
    thresholds: Thresholds

    @classmethod
    def of(cls, takes: Sequence[Sequence[SeenFace]], thresholds: Thresholds) -> _Takes:
        persons = sorted({f.person for faces in takes for f in faces if f.person is not None})
        column = {person: place for place, person in enumerate(persons)}
        is_open, sharp, sizes = (np.full((len(takes), len(persons)), np.nan) for _ in range(3))
        least, turned = thresholds["duplicates.faces.size"], thresholds["duplicates.faces.yaw"]
        for row, faces in enumerate(takes):
            for seen in faces:
                if seen.person is None:
                    continue
                place, face = (row, column[seen.person]), seen.face
                sizes[place] = face.size
                if seen.eyes is not Eyes.CANT_TELL:
                    is_open[place] = float(seen.eyes is Eyes.OPEN)
                if face.size >= least and abs(face.yaw) <= turned:
                    sharp[place] = np.log2(face.sharpness + _DARKEST)
        mean = np.nanmean(sizes, axis=0) if persons else np.zeros(0)
        return cls(is_open, sharp, mean / max(mean.max(initial=0.0), 1e-9), takes, thresholds)

    def votes(self, criterion: str, one: NDArray[np.intp], two: NDArray[np.intp]) -> _Table:
        """By how much each person is better in the first take of each pair: (pairs, P)."""
        if criterion == EYES:
            ahead = self.open[one] - self.open[two]
        else:
            steps = (self.sharp[one] - self.sharp[two]) / self.thresholds["duplicates.step.face"]
            ahead = np.clip(np.trunc(steps), -_MOST_STEPS, _MOST_STEPS)
        return np.asarray(np.nan_to_num(ahead))

    def compared(self, one: int, two: int) -> int:
        """Of how many persons the face can be compared in two takes."""
        return int((~np.isnan(self.sharp[one] - self.sharp[two])).sum())

    @cached_property
    def signs(self) -> Mapping[str, NDArray[np.int8]]:
        """By criterion which of two takes is better: (M, M), 1 the first, -1 the second."""
        count = len(self.takes)
        one, two = (places.ravel() for places in np.indices((count, count)))
        least = self.thresholds["duplicates.step.eyes"]
        found = {}
        for criterion in FACE_CRITERIA:
            ahead = self.votes(criterion, one, two) @ self.weights
            sign = np.where(np.abs(ahead) >= least, np.sign(ahead), 0.0)
            found[criterion] = sign.reshape(count, count).astype(np.int8)
        return found


class FaceMerits:
    """Compares the faces of takes, group by group.

    Args:
        count: of photos, N.
        groups: for each group its takes by row, each with its faces. A row is in one group.
        thresholds: thresholds "duplicates.faces.…" and "duplicates.step.…".
    """

    def __init__(
        self,
        count: int,
        groups: Sequence[Mapping[int, Sequence[SeenFace]]],
        thresholds: Thresholds,
    ) -> None:
        self._groups = [_Takes.of(list(group.values()), thresholds) for group in groups]
        self._number, self._place = np.full((2, count), -1, np.int32)
        for number, group in enumerate(groups):
            rows = list(group)
            self._number[rows] = number
            self._place[rows] = np.arange(len(rows))

    def between(
        self, criterion: str, ones: NDArray[np.int32], twos: NDArray[np.int32]
    ) -> NDArray[np.int8]:
        """Which photo of each pair is better: 1 the first, -1 the second, 0 none.

        Args:
            criterion: one of `FACE_CRITERIA`.
            ones: (pairs,) the first of each pair.
            twos: (pairs,) the second, a take of the same group.
        """
        better = np.zeros(len(ones), np.int8)
        numbers, others = self._number[ones], self._number[twos]
        known = np.flatnonzero((numbers >= 0) & (numbers == others))
        numbers = numbers[known]
        known = known[np.argsort(numbers, kind="stable")]
        _, counts = np.unique(numbers, return_counts=True)
        for pairs in np.split(known, np.cumsum(counts)[:-1]) if len(known) else ():
            signs = self._groups[self._number[ones[pairs[0]]]].signs[criterion]
            better[pairs] = signs[self._place[ones[pairs]], self._place[twos[pairs]]]
        return better

    def reason(self, criterion: str, keeper: int, other: int) -> Reason:
        """Why a take is better than another one that `between` says is worse."""
        group = self._groups[self._number[keeper]]
        one, two = int(self._place[keeper]), int(self._place[other])
        votes = group.votes(criterion, np.array([one]), np.array([two]))[0]
        for_it, against = int((votes > 0).sum()), int((votes < 0).sum())
        in_front = _in_front(group.weights)
        front = in_front is not None and votes[in_front] > 0
        if criterion == EYES:
            return _of_eyes(group.takes[one], for_it, against, front=front)
        compared = group.compared(one, two)
        if for_it == compared:
            return Reason("keepers.faces_sharp" if compared > 1 else "keepers.faces_sharp_one")
        if front:
            return Reason("keepers.faces_sharp_front")
        if not against:
            return Reason("keepers.faces_sharp_some", {"count": for_it})
        return Reason("keepers.faces_sharp_larger")


def _of_eyes(faces: Sequence[SeenFace], for_it: int, against: int, *, front: bool) -> Reason:
    """Why the eyes in a take are better: what holds of it, or by how much."""
    if all(seen.eyes is Eyes.OPEN for seen in faces):
        return Reason("keepers.eyes_open" if len(faces) > 1 else "keepers.eyes_open_one")
    if front:
        return Reason("keepers.eyes_open_front")
    if for_it > against:
        return Reason("keepers.eyes_open_more", {"count": for_it - against})
    return Reason("keepers.eyes_open_larger")


def _in_front(weights: _Table) -> int | None:
    """The person whose face is clearly larger than any other one."""
    largest = np.sort(weights)[::-1]
    if len(weights) < 2 or largest[1] > _BEHIND * largest[0]:
        return None
    return int(weights.argmax())
