"""Who is who in the photos of one group: the same person, found again by place and look.

Only takes of one moment are compared, where clothes, light and surroundings are the same: it tells
the people of one burst apart, and recognises nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
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

    numbers: tuple[int, ...]
    """Which faces of the photo they are."""
    places: _Array
    """(K, 2) their middles, as fractions of the photo."""
    sizes: _Array
    """(K, 2) width and height, as fractions of the photo."""
    looks: _Array
    """(K, colours) grey levels; each channel's mean is 0, so that light does not count."""

    @classmethod
    def of(cls, faces: Sequence[Face]) -> _Faces:
        """In an order of their own: the one they come in must not matter."""
        order = sorted(
            range(len(faces)), key=lambda number: (faces[number].box, faces[number].look)
        )
        boxes = np.array([faces[number].box for number in order], np.float64)
        looks = np.frombuffer(b"".join(faces[number].look for number in order), np.uint8)
        levels = looks.reshape(len(faces), -1, 3).astype(np.float64)
        levels -= levels.mean(axis=1, keepdims=True)
        sizes = np.maximum(boxes[:, 2:], 1e-6)
        return cls(tuple(order), boxes[:, :2] + sizes / 2, sizes, levels.reshape(len(faces), -1))

    def without(self, known: Container[int]) -> _Faces | None:
        """Those whose place among these is not known; None: there are none."""
        left = [place for place in range(len(self.numbers)) if place not in known]
        if len(left) == len(self.numbers):
            return self
        numbers = tuple(self.numbers[place] for place in left)
        return (
            _Faces(numbers, self.places[left], self.sizes[left], self.looks[left]) if left else None
        )


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
    left = {row: _Faces.of(faces) for row, faces in enumerate(photos) if faces}
    persons: list[dict[int, int]] = []
    for _ in range(_ROUNDS):
        if len(left) < 2:
            break
        first = _first(left)
        compared = left.pop(first)
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for row, faces in list(left.items()):
            pairs = _matched(compared, faces, thresholds)
            for one, two in pairs:
                found[one][row] = faces.numbers[two]
            rest = faces.without({two for _, two in pairs})
            if rest is None:
                del left[row]
            else:
                left[row] = rest
        persons += [{first: compared.numbers[one], **others} for one, others in found.items()]
    return _numbered(photos, persons)


def _first(photos: Mapping[int, _Faces]) -> int:
    """The photo with the most and largest faces, wherever it stands."""
    most = {row: (len(faces.numbers), float(faces.sizes.sum())) for row, faces in photos.items()}
    best = max(most.values())
    rows = [row for row, value in most.items() if value == best]
    return max(rows, key=lambda row: (photos[row].places.tobytes(), photos[row].looks.tobytes()))


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
    unlike = np.sqrt(np.square(one.looks[:, None] - two.looks[None]).mean(axis=2)) / limits[0]
    found = _by_look(one, two, unlike, limits)
    if found is None:
        found = _assigned(one, two, unlike, limits)
    firsts = one.without({first for first, _ in found})
    seconds = two.without({second for _, second in found})
    if firsts is None or seconds is None:
        return found
    ones, twos = (
        [faces.numbers.index(number) for number in rest.numbers]
        for faces, rest in ((one, firsts), (two, seconds))
    )
    unlike = unlike[np.ix_(ones, twos)] / _ALIKE
    if (unlike < 1.0).any():
        found += [
            (ones[first], twos[second])
            for first, second in _assigned(firsts, seconds, unlike, limits)
        ]
    return found


def _by_look(
    one: _Faces, two: _Faces, unlike: _Array, limits: _Array
) -> list[tuple[int, int]] | None:
    """The same persons where looks alone say who they are, and places agree; else None.

    That is how it is in most photos, and quickly seen.
    """
    alike = unlike < 1.0
    if alike.sum(axis=0).max() > 1 or alike.sum(axis=1).max() > 1:
        return None
    first, second = np.nonzero(alike)
    if len(first):
        zoom = (two.sizes[second, 0] / one.sizes[first, 0]).mean()[None]
        move = (two.places[second] - one.places[first] * zoom).mean(axis=0)[None]
        costs = _costs(one, two, unlike, (zoom, move), limits)[0]
        if (costs[first, second] >= 1.0).any():
            return None
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _assigned(one: _Faces, two: _Faces, unlike: _Array, limits: _Array) -> list[tuple[int, int]]:
    """The faces that are the same under the one move of the camera that explains most.

    Every pair of the larger faces that look alike says how the camera may have moved and zoomed.
    Faces are assigned under that move such that all together fit best.
    """
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
