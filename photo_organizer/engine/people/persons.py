"""Who is who in the photos of one group: the same person, found again by place and look.

Only takes of one moment are compared, where clothes, light and surroundings are the same: it tells
the people of one burst apart, and recognises nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.thresholds import Thresholds

Numbers: TypeAlias = tuple[tuple[int | None, ...], ...]
"""For each photo and each of its faces the number of the person."""

_ROUNDS: Final = 8
"""So many photos at most are compared with all others: each finds those whom the ones before it
do not show."""

_GUIDES: Final = 5
"""So many of the largest faces of a photo may tell how the camera moved."""

_MOVE_COSTS: Final = 0.02
"""What it costs to say that the camera moved, or zoomed: of equal answers the still one holds."""

_ALIKE: Final = 0.6
"""So much more alike must somebody look who did not stay where the others did."""

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Faces:
    """K faces of one photo."""

    places: _Array
    """(K, 2) their middles, as fractions of the photo."""
    sizes: _Array
    """(K, 2) width and height, as fractions of the photo."""
    looks: _Array
    """(K, colours) grey levels; each channel's mean is 0, so that light does not count."""

    @classmethod
    def of(cls, faces: Sequence[Face]) -> _Faces:
        boxes = np.array([face.box for face in faces], np.float64).reshape(len(faces), 4)
        looks = [np.frombuffer(face.look, np.uint8).reshape(-1, 3) for face in faces]
        levels = np.array(looks, np.float64)
        levels -= levels.mean(axis=1, keepdims=True)
        return cls(
            boxes[:, :2] + boxes[:, 2:] / 2,
            np.maximum(boxes[:, 2:], 1e-6),
            levels.reshape(len(faces), -1),
        )

    def some(self, which: Sequence[int]) -> _Faces:
        chosen = list(which)
        return _Faces(self.places[chosen], self.sizes[chosen], self.looks[chosen])

    def key(self) -> tuple[float | int | bytes, ...]:
        """Sorts photos, whatever their order: the most and largest faces last."""
        written = (self.places.tobytes(), self.sizes.tobytes(), self.looks.tobytes())
        return len(self.sizes), float(self.sizes.sum()), *written


def same_persons(photos: Sequence[Sequence[Face]], thresholds: Thresholds) -> Numbers:
    """Who is who in the photos of one group.

    The photo with the most faces is compared with all others, then the one with the most faces that
    were not found again, and so on. The order of the photos does not matter.

    Args:
        photos: the faces of each photo.
        thresholds: thresholds "people.person.…".

    Returns:
        For each photo the numbers of its faces; the person whose face is largest is 0. A person
        has at most one face a photo. None: found in no other photo.
    """
    everybody = [_Faces.of(faces) if faces else None for faces in photos]
    left = {row: list(range(len(faces))) for row, faces in enumerate(photos) if faces}
    persons: list[dict[int, int]] = []
    for _ in range(_ROUNDS):
        if len(left) < 2:
            break
        here = {row: _chosen(everybody, row, which) for row, which in left.items()}
        first = max(here, key=lambda row: here[row].key())
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for row, faces in here.items():
            if row != first:
                for one, two in _matched(here[first], faces, thresholds):
                    found[one][row] = left[row][two]
        for one, others in found.items():
            persons.append({first: left[first][one], **others})
        del left[first]
        known = {(row, face) for others in found.values() for row, face in others.items()}
        left = {row: [f for f in faces if (row, f) not in known] for row, faces in left.items()}
        left = {row: faces for row, faces in left.items() if faces}
    return _numbered(photos, persons)


def _chosen(everybody: Sequence[_Faces | None], row: int, which: Sequence[int]) -> _Faces:
    faces = everybody[row]
    assert faces is not None
    return faces.some(which)


def _numbered(photos: Sequence[Sequence[Face]], persons: Sequence[dict[int, int]]) -> Numbers:
    """Number persons by their largest face, the largest first."""

    def rank(person: dict[int, int]) -> tuple[float, list[tuple[float, ...]]]:
        faces = [photos[row][face] for row, face in person.items()]
        return -max(face.size for face in faces), sorted(face.box for face in faces)

    numbers: list[list[int | None]] = [[None] * len(faces) for faces in photos]
    for number, person in enumerate(sorted(persons, key=rank)):
        for row, face in person.items():
            numbers[row][face] = number
    return tuple(map(tuple, numbers))


def _matched(one: _Faces, two: _Faces, thresholds: Thresholds) -> list[tuple[int, int]]:
    """Which faces of two photos are the same persons': places in both.

    Who went elsewhere than the camera's move says must look the more alike.
    """
    limits = np.array([thresholds[f"people.person.{of}"] for of in ("look", "moved", "resized")])
    found = _assigned(one, two, limits)
    rest = [
        [place for place in range(len(faces.sizes)) if place not in known]
        for faces, known in (
            (one, {first for first, _ in found}),
            (two, {second for _, second in found}),
        )
    ]
    if all(rest):
        limits[0] *= _ALIKE
        more = _assigned(one.some(rest[0]), two.some(rest[1]), limits)
        found += [(rest[0][first], rest[1][second]) for first, second in more]
    return found


def _assigned(one: _Faces, two: _Faces, limits: _Array) -> list[tuple[int, int]]:
    """The faces that are the same under the one move of the camera that explains most.

    Every pair of the larger faces that look alike says how the camera may have moved and zoomed.
    Faces are assigned under that move such that all together fit best.
    """
    unlike = np.sqrt(np.square(one.looks[:, None] - two.looks[None]).mean(axis=2)) / limits[0]
    if unlike.size == 1:  # one face in both: some move and zoom explain all but its look
        return [(0, 0)] if unlike[0, 0] < 1.0 else []
    # Imported here: it takes a while, and many libraries show nobody twice.
    from scipy.optimize import linear_sum_assignment

    zooms, moves = _moves(one, two, unlike)
    costs = _costs(one, two, unlike, (zooms, moves), limits)
    totals = costs.min(axis=2).sum(axis=1) + costs.min(axis=1).sum(axis=1)
    still = (np.abs(moves).max(axis=1) < 1e-9) & (zooms == 1.0)
    cost = costs[int(np.argmin(totals + np.where(still, 0.0, _MOVE_COSTS)))]
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    return [(int(first), int(second)) for first, second in pairs if cost[first, second] < 1.0]


def _moves(one: _Faces, two: _Faces, unlike: _Array) -> tuple[_Array, _Array]:
    """How the camera may have zoomed and moved between two photos: (C,) factors, (C, 2) moves.

    A place in the second photo is its place in the first times the zoom, plus the move.
    """
    largest = [np.argsort(-faces.sizes[:, 0])[:_GUIDES] for faces in (one, two)]
    zooms, moves = [1.0], [np.zeros(2)]
    for first, second in product(*(which.tolist() for which in largest)):
        if unlike[first, second] < 1.0:
            zoom = float(two.sizes[second, 0] / one.sizes[first, 0])
            for factor in {1.0, zoom}:
                zooms.append(factor)
                moves.append(two.places[second] - one.places[first] * factor)
    return np.array(zooms), np.array(moves)


def _costs(
    one: _Faces, two: _Faces, unlike: _Array, camera: tuple[_Array, _Array], limits: _Array
) -> _Array:
    """How unlike the faces of two photos are under each move, (C, K1, K2); 1 and more: too much."""
    zooms, moves = camera
    expected = one.places[None] * zooms[:, None, None] + moves[:, None]  # (C, K1, 2)
    sizes = one.sizes[None] * zooms[:, None, None]
    larger = np.sqrt(sizes[:, :, None] * two.sizes[None, None])  # (C, K1, K2, 2)
    apart = (expected[:, :, None] - two.places[None, None]) / larger
    moved = np.linalg.norm(apart, axis=3) / limits[1]
    resized = np.abs(np.log2(two.sizes[None, None, :, 0] / sizes[:, :, None, 0])) / limits[2]
    worst = np.maximum(np.maximum(unlike[None], moved), resized)
    together = (np.square(unlike)[None] + np.square(moved) + np.square(resized)) / 3.0
    return np.asarray(np.where(worst < 1.0, np.minimum(together, 0.999), 1.0))
