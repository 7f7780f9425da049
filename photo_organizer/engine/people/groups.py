"""What is judged of faces that are seen in several photos of one group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import Eyes, Face, SeenFace
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.people.eyes import can_be_told, eyes_of
from photo_organizer.engine.people.persons import Numbers, same_persons

Seen = tuple[SeenFace, ...]
"""The faces of one photo, judged."""


def seen_alone(faces: Sequence[Face], thresholds: Thresholds) -> Seen:
    """What is judged of the faces of a photo that is in no group."""
    return tuple(SeenFace(face, eyes_of(face, thresholds)) for face in faces)


class GroupedFaces:
    """The faces of the photos of groups, under whatever thresholds; who is who is kept.

    Args:
        faces: of N photos; None where nobody looked. Empty: nobody looked into any.
    """

    def __init__(self, faces: Sequence[tuple[Face, ...] | None]) -> None:
        self._faces = faces
        self._known: dict[tuple[int, ...], Numbers] = {}
        self._about: dict[str, float] = {}

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """The photos that show a face."""
        return np.flatnonzero(np.fromiter(map(bool, self._faces), np.bool_, len(self._faces)))

    def seen(
        self, rows: Sequence[int], takes: Sequence[int], thresholds: Thresholds
    ) -> dict[int, Seen]:
        """What is judged of the faces of one group's photos.

        Args:
            rows: the photos, in any order.
            takes: those of them that are no copies of another one: what a person's eyes are
                compared with. One that is compared with copies of one take is always as usual.
            thresholds: thresholds "people.…".
        """
        photos = {row: faces for row in sorted(rows) if (faces := self._of(row))}
        known = {
            row: list(zip(faces, numbers, strict=True))
            for (row, faces), numbers in zip(
                photos.items(), self._numbers(photos, thresholds), strict=True
            )
        }
        usual = _usual([known[row] for row in takes if row in known], thresholds)
        return {
            row: tuple(_judged(face, person, usual, thresholds) for face, person in faces)
            for row, faces in known.items()
        }

    def _of(self, row: int) -> tuple[Face, ...]:
        return (self._faces[row] if row < len(self._faces) else None) or ()

    def _numbers(self, photos: Mapping[int, tuple[Face, ...]], thresholds: Thresholds) -> Numbers:
        about = {n: v for n, v in thresholds.changes.items() if n.startswith("people.person.")}
        if about != self._about:
            self._known, self._about = {}, about
        rows = tuple(photos)
        if rows not in self._known:
            self._known[rows] = same_persons(list(photos.values()), thresholds)
        return self._known[rows]


def _usual(
    takes: Sequence[Sequence[tuple[Face, int | None]]], thresholds: Thresholds
) -> dict[int, float]:
    """How far persons usually open their eyes, where enough takes tell."""
    openness: dict[int, list[float]] = defaultdict(list)
    for faces in takes:
        for face, person in faces:
            if person is not None and can_be_told(face, thresholds):
                openness[person].append(face.openness)
    least, share = thresholds["people.person.takes"], thresholds["people.person.share"]
    found = {
        person: float(np.quantile(seen, share))
        for person, seen in openness.items()
        if len(seen) >= least
    }
    asleep = thresholds["people.person.asleep"]
    return {person: usual for person, usual in found.items() if usual > asleep}


def _judged(
    face: Face, person: int | None, usual: Mapping[int, float], thresholds: Thresholds
) -> SeenFace:
    if person is None or person not in usual or not can_be_told(face, thresholds):
        return SeenFace(face, eyes_of(face, thresholds), person)
    return SeenFace(face, _compared(face.openness, usual[person], thresholds), person)


def _compared(openness: float, usual: float, thresholds: Thresholds) -> Eyes:
    """What can be said of eyes that somebody usually opens so far."""
    share = openness / usual
    if share < thresholds["people.person.closed"]:
        return Eyes.CLOSED
    # Who hardly ever opens them wide may laugh in most takes, or sleep.
    wide = usual >= thresholds["people.eyes.closed"] or openness > thresholds["people.eyes.open"]
    return Eyes.OPEN if wide and share > thresholds["people.person.open"] else Eyes.CANT_TELL
