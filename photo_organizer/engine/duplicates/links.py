"""Which pairs show the same picture, and which are similar shots: evidence under thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.pair_evidence import PairEvidence

_Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Links:
    """The pairs that hold under the thresholds in force."""

    first: _Rows
    second: _Rows
    same: NDArray[np.bool_]
    """The same picture; else similar shots."""
    agreement: Vectors
    place: NDArray[np.intp]
    """Of each link in the evidence."""
    keys: NDArray[np.int64]
    """Ascending: first × N + second."""
    count: int

    def at(self, places: NDArray[np.intp]) -> Links:
        """Some of the links, in ascending order."""
        return Links(
            first=self.first[places],
            second=self.second[places],
            same=self.same[places],
            agreement=self.agreement[places],
            place=self.place[places],
            keys=self.keys[places],
            count=self.count,
        )

    def find(self, one: _Rows, two: _Rows) -> NDArray[np.intp]:
        """The links between given rows, which must be linked."""
        return np.searchsorted(self.keys, self._keys(one, two))

    def hold_all(self, ones: _Rows, twos: _Rows) -> NDArray[np.bool_]:
        """Which of some nodes are linked to all others of a group, (M,).

        Args:
            ones: (M,) nodes of the group.
            twos: all nodes of the group.
        """
        keys = self._keys(ones[:, None], twos[None])
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        linked = (self.keys[found] == keys) | (ones[:, None] == twos[None])
        return np.asarray(linked.all(axis=1))

    def _keys(self, one: _Rows, two: _Rows) -> NDArray[np.int64]:
        lower, upper = np.minimum(one, two).astype(np.int64), np.maximum(one, two)
        return np.asarray(lower * self.count + upper)


def judge_links(
    evidence: PairEvidence,
    thresholds: Thresholds,
    content: _Rows,
    forbidden: Mapping[int, set[int]],
) -> Links:
    """Judge the evidence: which pairs show the same picture, which are similar shots."""
    seconds = np.abs(evidence.gap)
    # Unknown times compare as false: without Exif only the picture speaks.
    another_moment = seconds > thresholds["duplicates.apart.seconds"]
    another_shot = seconds > 0.0
    burst = (
        evidence.camera & evidence.shutters & (seconds <= thresholds["duplicates.burst.seconds"])
    )
    agreement = np.clip(0.9 * evidence.correlation + 0.1 * evidence.likeness, 0.0, 1.0)
    crop = thresholds["duplicates.frame.crop"]
    framed = cropped(evidence) <= crop

    least = np.full(len(evidence), thresholds["duplicates.similar"])
    least[burst] = np.minimum(least[burst], thresholds["duplicates.burst.similar"])
    elsewhere = another_moment | evidence.other_camera
    least[elsewhere] = np.maximum(least[elsewhere], thresholds["duplicates.apart.similar"])
    # Light and dark lie alike in two sunsets, in two people before a white wall, once one is moved
    # over the other. An edit, black and white say, lies where it was.
    unlike = evidence.likeness < thresholds["duplicates.unlike.likeness"]
    unlike &= ~burst & (evidence.motion > thresholds["duplicates.unlike.moved"])
    least[unlike] = np.maximum(least[unlike], thresholds["duplicates.unlike.similar"])
    similar = agreement >= least
    same = (agreement >= thresholds["duplicates.same"]) & framed & ~another_shot
    same &= _unchanged(evidence, thresholds)
    same |= evidence.equal
    agreement[evidence.equal] = 1.0
    sequence = evidence.sequence
    on_purpose = (sequence[evidence.first] >= 0) & (
        sequence[evidence.first] == sequence[evidence.second]
    )
    holds = ((similar | same) & ~on_purpose) | evidence.equal
    # A photo told from its content stands alone, its evidence is that of the other.
    holds &= (content[evidence.first] == evidence.first) & (
        content[evidence.second] == evidence.second
    )
    count = len(content)
    keys = evidence.first.astype(np.int64) * count + evidence.second
    if forbidden:
        holds &= ~np.isin(keys, [one * count + two for one in forbidden for two in forbidden[one]])
    place = np.flatnonzero(holds)
    place = place[np.argsort(keys[place])]
    return Links(
        first=evidence.first[place],
        second=evidence.second[place],
        same=same[place],
        agreement=agreement[place].astype(np.float32),
        place=place,
        keys=keys[place],
        count=count,
    )


def _unchanged(evidence: PairEvidence, thresholds: Thresholds) -> NDArray[np.bool_]:
    """Whether nothing in the picture is another: a hand, a smile, the words of a page, (P,).

    The part that differs most tells. Where a crop, a turn or a hand moved everything by parts of a
    cell, edges differ everywhere a little, and what is left after the closest fit tells. In no copy
    one place is sharper and another softer: that is another focus.
    """
    limit = "duplicates.change."
    moved = evidence.motion > thresholds[limit + "still"]
    alike = evidence.inside <= thresholds[limit + "part"]
    # The more a crop was stretched to lie over the whole, the more its edges differ by that alone.
    stretched = np.maximum(1.0, evidence.motion / thresholds[limit + "stretched"])
    alike |= moved & (evidence.settled <= thresholds[limit + "settled"] * stretched)
    return np.asarray(alike & (evidence.refocused < thresholds[limit + "focus"]))


def cropped(
    evidence: PairEvidence, pairs: NDArray[np.intp] | slice = slice(None)
) -> NDArray[np.float32]:
    """The largest share of a side that only one of two photos shows, of some or all pairs."""
    stretch, shift = evidence.stretch[pairs], evidence.shift[pairs]
    low, high = -stretch + shift, stretch + shift
    beyond = np.stack([np.abs(-1.0 - low), np.abs(high - 1.0)]).max(axis=(0, 2))
    # A tilt moves the ends of an edge outwards.
    return np.asarray((beyond + evidence.tilt[pairs]) / 2.0, np.float32)
