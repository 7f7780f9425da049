"""What is judged of the faces of a library, and what follows from it; the same ones are one object.

A star or a slider changes few groups: only the faces in these are compared again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import SeenFace
from photo_organizer.engine.domain.facts import Facts, Scores, Vectors
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.highlights import faces as of_faces
from photo_organizer.engine.people.groups import GroupedFaces, seen_alone
from photo_organizer.engine.quality import flaws

_Seen = Mapping[int, Sequence[SeenFace]]


class SeenPeople:
    """The faces of a library under some thresholds, in some groups.

    Args:
        facts: of N photos.
        seen: the judged faces by photo id.
        drawn: (N,) which photos show no people, but drawn ones.
    """

    def __init__(self, facts: Facts, seen: _Seen, drawn: NDArray[np.bool_]) -> None:
        self._facts = facts
        self.seen = seen
        self.people: list[Sequence[SeenFace]] = [
            () if no_people else seen.get(photo, ())
            for photo, no_people in zip(facts.rows, drawn.tolist(), strict=True)
        ]
        """The faces in each photo that are those of people."""
        self._reasons: tuple[Sequence[Reason], list[Reason]] | None = None
        self._flaws: tuple[Vectors, Vectors] | None = None

    @cached_property
    def added(self) -> Scores:
        """(N,) what faces add to the score of each photo."""
        return of_faces.shifts(self.people)

    def flaws(self, scores: Vectors) -> Vectors:
        """Scores of flaws that know of closed eyes: see `flaws.with_eyes`."""
        if self._flaws is None or self._flaws[0] is not scores:
            self._flaws = scores, flaws.with_eyes(scores, self._facts, self.people)
        return self._flaws[1]

    def told(self, reasons: Sequence[Reason]) -> list[Reason]:
        """Reasons of scores that tell of faces: see `highlights.faces.with_faces`."""
        if self._reasons is None or self._reasons[0] is not reasons:
            self._reasons = reasons, of_faces.with_faces(reasons, self.added)
        return self._reasons[1]


class SeenFaces:
    """Judges the faces of a library, under whatever thresholds and in whatever groups.

    Args:
        facts: of N photos.
        grouped: their faces.
        drawn: (N,) which photos show no people, but drawn ones.
    """

    def __init__(self, facts: Facts, grouped: GroupedFaces, drawn: NDArray[np.bool_]) -> None:
        self._facts = facts
        self._grouped = grouped
        self._drawn = drawn
        self._about: dict[str, float] | None = None
        self._alone: _Seen = {}
        self._of_groups: dict[tuple[tuple[int, ...], ...], _Seen] = {}
        self._known: SeenPeople | None = None

    def judge(self, groups: Sequence[Group], thresholds: Thresholds) -> SeenPeople:
        """The faces of all photos, those in groups compared with one another."""
        about = {n: v for n, v in thresholds.changes.items() if n.startswith("people.")}
        if about != self._about:
            self._about, self._of_groups = about, {}
            self._alone = {
                photo: seen_alone(faces, thresholds)
                for photo, faces in zip(self._facts.rows, self._facts.faces, strict=False)
                if faces is not None
            }
        before, self._of_groups = self._of_groups, {}
        seen = dict(self._alone)
        for group in groups if seen else ():
            name = group.photos, group.originals
            found = before.get(name)
            if found is None:
                found = self._compared(group, thresholds)
            self._of_groups[name] = found
            seen.update(found)
        if self._known is None or self._known.seen != seen:
            self._known = SeenPeople(self._facts, seen, self._drawn)
        return self._known

    def _compared(self, group: Group, thresholds: Thresholds) -> _Seen:
        """The faces of one group by photo; none where only one photo shows any."""
        facts = self._facts
        rows = [facts.rows[photo] for photo in group.photos if self._alone.get(photo)]
        if len(rows) < 2:
            return {}
        takes = [
            facts.rows[photo]
            for photo, original in zip(group.photos, group.originals, strict=False)
            if photo == original
        ]
        found = self._grouped.seen(rows, takes, thresholds)
        return {facts.photos[row].id: faces for row, faces in found.items()}
