"""What the thumbnails of two photos say when they are laid over each other.

It follows from the two thumbnails alone: what was found once holds for these contents for good, see
`photo_organizer.engine.duplicates.known_pairs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.duplicates.alignment import (
    Alignment,
    align,
    align_tilted,
    coarse_correlation,
    settle,
)
from photo_organizer.engine.duplicates.effort import Effort, Part
from photo_organizer.engine.duplicates.pair_table import PairTable
from photo_organizer.engine.pixels.fingerprints import (
    HASH_SIDE,
    ORIENTATIONS,
    hash_distances,
    oriented,
    perceptual_hashes,
    texture,
)

VERSION: Final = 1
"""Changes whenever the same two thumbnails would be called something else, here or in the modules
`alignment` and `fingerprints`."""

COARSE: Final = 0.6
"""Layouts that agree less, even when aligned, are not laid over each other in detail."""

HASH_RADIUS: Final = 104
"""Differing bits of 256 up to which a turned version is believed; unrelated ones have about 128."""

DOUBTFUL: Final = (0.2, 0.9)
"""Pairs whose details correlate so much may be tilted, and are looked at again."""

TILTED: Final = 0.6
"""Only from this correlation on a tilt is believed: unrelated photos can be slanted up to 0.45."""

STRONG: Final = 0.7
"""From this correlation of the details on two photos surely show the same."""

UNSETTLED: Final = 0.1
"""From this `Alignment.inside` on it is asked whether only the frame moved."""

FLAT: Final = 1.0
"""Grey levels of texture below which thumbnails say nothing: empty sky, black frames."""

BLOCK: Final = 128
"""Pairs looked at at once: so many stay in the processor's cache."""

HASH_BYTES: Final = HASH_SIDE * HASH_SIDE // 8

Rows = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Pairs: the rows of the first and of the second ones."""


@dataclass(frozen=True, slots=True)
class Looks(PairTable):
    """What the thumbnails of P pairs say; rows are those of the thumbnails."""

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    aligned: Alignment
    """The first as it is oriented, and the second laid over it."""
    distance: NDArray[np.uint8]
    """See `PairEvidence.distance`."""
    orientation: NDArray[np.uint8]
    """See `PairEvidence.orientation`."""

    def call_equal(self, pairs: NDArray[np.bool_]) -> None:
        """Some pairs are known to be equal, whatever their thumbnails could tell."""
        aligned = self.aligned
        aligned.stretch[pairs], aligned.shift[pairs], aligned.tilt[pairs] = 1.0, 0.0, 0.0
        aligned.residual[pairs], aligned.peak[pairs], aligned.spot[pairs] = 0.0, 0.0, 0.0
        aligned.change[pairs], aligned.inside[pairs], aligned.settled[pairs] = 0.0, 0.0, 0.0
        aligned.motion[pairs] = 0.0
        aligned.correlation[pairs], aligned.gain[pairs] = 1.0, 1.0
        self.distance[pairs], self.orientation[pairs] = 0, 0


class Look:
    """Lays thumbnails over each other, pair by pair.

    Args:
        grey: (N, SIDE, SIDE) the thumbnails.
        flat: (N,) which of them say nothing, see `are_flat`.
        effort: hears what is done.
    """

    def __init__(self, grey: NDArray[np.uint8], flat: NDArray[np.bool_], effort: Effort) -> None:
        self.grey = grey
        self.flat = flat
        self._effort = effort
        self._hashes = np.zeros((ORIENTATIONS, len(grey), HASH_BYTES), np.uint8)
        self._is_hashed = np.zeros(len(grey), np.bool_)
        effort.expect(Part.HASH, 0)

    def _hash(self, *rows: NDArray[np.int32]) -> None:
        """Take the hashes of thumbnails that are needed now; most are never needed again."""
        needed = np.unique(np.concatenate(rows))
        needed = needed[~self._is_hashed[needed]]
        self._effort.expect(Part.HASH, len(needed))
        for start in range(0, len(needed), BLOCK):
            part = needed[start : start + BLOCK]
            for turn in range(ORIENTATIONS):
                self._hashes[turn, part] = perceptual_hashes(oriented(self.grey[part], turn))
            self._effort.do(Part.HASH, len(part))
        self._is_hashed[needed] = True

    def _turns(
        self, first: NDArray[np.int32], second: NDArray[np.int32]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The orientation with the nearest hash, and its distance."""
        distances = np.stack(
            [hash_distances(turned[first], self._hashes[0, second]) for turned in self._hashes]
        )
        best = distances.argmin(axis=0)
        return best.astype(np.uint8), distances[best, np.arange(len(best))]

    def screened(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Of which pairs the layouts agree in some orientation, (P,)."""
        keep = np.zeros(len(first), np.bool_)
        self._hash(first, second)
        self._effort.expect(Part.SCREEN, len(first))
        for start in range(0, len(first), BLOCK):
            part = slice(start, start + BLOCK)
            one, two = first[part], second[part]
            keep[part] = coarse_correlation(self.grey[one], self.grey[two]) >= COARSE
            turn, distance = self._turns(one, two)
            turned = np.flatnonzero((turn > 0) & (distance <= HASH_RADIUS) & ~keep[part])
            if len(turned):
                grey = self._turned(one[turned], turn[turned])
                agree = coarse_correlation(grey, self.grey[two[turned]]) >= COARSE
                keep[start + turned[agree]] = True
            self._effort.do(Part.SCREEN, len(one))
        return keep

    def at(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> Looks:
        """The evidence of pairs, from their thumbnails alone."""
        self._hash(first, second)
        self._effort.expect(Part.LOOK, len(first))
        parts = [
            self._block(first[start : start + BLOCK], second[start : start + BLOCK])
            for start in range(0, max(len(first), 1), BLOCK)
        ]
        return parts[0].followed_by(*parts[1:])

    def _block(self, one: NDArray[np.int32], two: NDArray[np.int32]) -> Looks:
        turn, distance = self._turns(one, two)
        straight = hash_distances(self._hashes[0, one], self._hashes[0, two])
        plain = align(self.grey[one], self.grey[two])
        looks = Looks(one, two, plain, straight, np.zeros(len(one), np.uint8))
        turned = np.flatnonzero((turn > 0) & (distance <= HASH_RADIUS))
        if len(turned):
            found = align(self._turned(one[turned], turn[turned]), self.grey[two[turned]])
            better = found.correlation > plain.correlation[turned]
            places = turned[better]
            looks.aligned.put(places, found.at(better))
            looks.distance[places] = distance[places]
            looks.orientation[places] = turn[places]
        looks.aligned.correlation[self.flat[one] | self.flat[two]] = 0.0
        self._look_again(looks)
        self._settle(looks)
        self._effort.do(Part.LOOK, len(one))
        return looks

    def _look_again(self, looks: Looks) -> None:
        """Follow tilts where they may be the reason that two photos do not quite agree."""
        low, high = DOUBTFUL
        correlation = looks.aligned.correlation
        doubtful = np.flatnonzero((correlation >= low) & (correlation < high))
        if not len(doubtful):
            return
        again = looks.at(doubtful)
        start = again.aligned
        turned = self._turned(again.first, again.orientation)
        found = align_tilted(turned, self.grey[again.second], start)
        believed = (found.correlation >= TILTED) & (found.correlation > start.correlation)
        looks.aligned.put(doubtful[believed], found.at(believed))

    def _settle(self, looks: Looks) -> None:
        """Fit closely what surely shows the same but differs somewhere: a copy, or another shot."""
        aligned = looks.aligned
        asked = (aligned.correlation >= STRONG) & (aligned.inside >= UNSETTLED)
        places = np.flatnonzero(asked)
        if not len(places):
            return
        again = looks.at(places)
        turned = self._turned(again.first, again.orientation)
        inside, settled, motion = settle(turned, self.grey[again.second], again.aligned)
        aligned.inside[places], aligned.settled[places] = inside, settled
        aligned.motion[places] = motion

    def _turned(self, rows: NDArray[np.int32], turn: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return oriented_each(self.grey[rows], turn)


def are_flat(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which of N thumbnails say nothing, (N,)."""
    flat = np.empty(len(grey), np.bool_)
    for start in range(0, len(grey), BLOCK):
        flat[start : start + BLOCK] = texture(grey[start : start + BLOCK]) < FLAT
    return flat


def oriented_each(squares: NDArray[np.uint8], turn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each of N squares in an orientation of its own."""
    result = squares.copy()
    for orientation in np.unique(turn):
        chosen = turn == orientation
        result[chosen] = oriented(squares[chosen], int(orientation))
    return result
