"""What speaks for two photos showing the same thing, column by column, independent of thresholds.

Candidates come from four nets: nearest embeddings, alike layout, alike layout after turning or
mirroring, and shots taken one after the other. Each candidate's thumbnails are then laid over each
other; only what agrees is kept. Judging the pairs is `photo_organizer.engine.duplicates.grouping`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from photo_organizer.engine.domain.facts import Facts, Photo, Vectors
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.alignment import (
    Alignment,
    align,
    align_tilted,
    coarse_correlation,
    layouts,
    settle,
)
from photo_organizer.engine.duplicates.effort import Effort, Part, Tell
from photo_organizer.engine.duplicates.held import Held
from photo_organizer.engine.duplicates.keepers import Traits, traits
from photo_organizer.engine.duplicates.noise import NoiseGap, noise_gap
from photo_organizer.engine.duplicates.pair_table import PairTable, pairs_of_equal
from photo_organizer.engine.duplicates.sequences import (
    PhotoSequence,
    ViewChange,
    find_sequences,
    units,
)
from photo_organizer.engine.encoders.similarity import measured, nearest_pairs, pairs_above
from photo_organizer.engine.pixels.fingerprints import (
    ORIENTATIONS,
    hash_distances,
    oriented,
    perceptual_hashes,
    texture,
    unpack,
)

STACK: Final = 30.0
"""Seconds within which the very next shot is looked at: turning a focus ring takes time."""

NEAREST: Final = 12
"""Neighbours by embedding that are looked at for each photo."""

NEAREST_LAYOUT: Final = 4
"""Neighbours by layout that are looked at for each photo."""

CROWD: Final = 64
"""So many neighbours a photo are above the similarity at which neighbours start to count."""

FOLLOWERS: Final = 6
"""So many shots of the same camera after each photo are looked at, whatever they look like."""

MOMENT: Final = 10.0
"""Seconds within which the next shot is looked at."""

APPROXIMATE: Final = 200_000
"""From so many photos on, neighbours come from an approximate index."""

COARSE: Final = 0.6
"""Layouts that agree less, even when aligned, are not laid over each other in detail."""

HASH_RADIUS: Final = 104
"""Differing bits of 256 up to which a turned version is believed; unrelated ones have about 128."""

KEPT: Final = 0.3
"""Pairs whose details correlate less are dropped: unrelated photos reach it once in a thousand."""

DOUBTFUL: Final = (0.2, 0.9)
"""Pairs whose details correlate so much may be tilted, and are looked at again."""

TILTED: Final = 0.6
"""Only from this correlation on a tilt is believed: unrelated photos can be slanted up to 0.45."""

STRONG: Final = 0.7
"""From this correlation of the details on two photos surely show the same."""

UNSETTLED: Final = 0.1
"""From this `Alignment.inside` on it is asked whether only the frame moved."""

CLOSED: Final = 64
"""Sets of connected photos up to this size get all of their pairs looked at."""

ONE_FRAME: Final = 0.04
"""Half sides that the view may move between two shots from one place, lenses breathing included."""

FOCUS_STEPS: Final = 8.0
"""Steps of the fingerprint's sharpness by place for each doubling."""

FLAT: Final = 1.0
"""Grey levels of texture below which thumbnails say nothing: empty sky, black frames."""

BLOCK: Final = 512
"""Pairs looked at at once."""


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """Pairs of photos that may belong together; rows are those of the `Facts` they came from.

    Only one photo of each content and the leader of each unit appear in pairs: `content` and
    `leader` tell which others stand behind them.
    """

    first: NDArray[np.int32]
    """(P,) row of the earlier row of each pair."""
    second: NDArray[np.int32]
    cosine: Vectors
    """(P,) similarity of the embeddings, -1 to 1."""
    likeness: Vectors
    """(P,) the same, between unrelated photos of this library (0) and equal (1)."""
    correlation: Vectors
    """(P,) of the details laid over each other, -1 to 1; 0 for flat pictures."""
    residual: Vectors
    """(P,) grey levels that differ after fitting light and contrast (98th percentile)."""
    peak: Vectors
    """(P,) grey levels by which the one place differs that differs most."""
    change: Vectors
    """(P,) share of the detail that differs where most of it does: see `Alignment`."""
    inside: Vectors
    """(P,) the same, apart from a strip along one edge."""
    settled: Vectors
    """(P,) the same after the closest fit, blind to edges that lie parts of a cell elsewhere."""
    motion: Vectors
    """(P,) how far anything had to be moved for the closest fit, in half sides."""
    spot: Vectors
    """(P,) what one cell differs by, over the detail around it: one word of a page."""
    refocused: Vectors
    """(P,) doublings by which the second is sharper in one place and softer in another; 0 where the
    frame or the size differs: sharpness by place can be compared in one frame only."""
    tone: Vectors
    """(P,) contrast of the first over that of the second."""
    colour: Vectors
    """(P,) mean difference of Cr and Cb, in levels, as oriented."""
    stretch: Vectors
    """(P, 2) along y and x: above 1 the second is a part of the first."""
    shift: Vectors
    """(P, 2) along y and x, in half sides."""
    tilt: Vectors
    """(P,) how far the edges are turned or slanted along themselves, in half sides."""
    distance: NDArray[np.uint8]
    """(P,) differing bits of the perceptual hashes, 0 to 255, in the best orientation."""
    orientation: NDArray[np.uint8]
    """(P,) how the first is turned to lie like the second: see `fingerprints.oriented`."""
    gap: Vectors
    """(P,) seconds from the first to the second by Exif; NaN where one does not say.

    By the last save too, where nothing better is known: times that differ keep photos apart."""
    shutters: NDArray[np.bool_]
    """(P,) the gap is that between the shutters: only then can it say that photos are of one
    moment."""
    camera: NDArray[np.bool_]
    """(P,) both name the same camera."""
    other_camera: NDArray[np.bool_]
    """(P,) both name a camera, and not the same one."""
    equal: NDArray[np.bool_]
    """(P,) the pictures of both are equal to the last bit; they differ in what else is held."""
    noise: NoiseGap
    """Of each of the P pairs: which one is noisier."""
    held: Held
    """What each of the N files holds."""
    content: NDArray[np.int32]
    """(N,) the first row that is equal in all that is held: see `Held.contents`."""
    traits: Traits
    """What is known about each of the N photos for good."""
    sequences: tuple[PhotoSequence, ...]
    """Brackets, panoramas and focus stacks: to keep whole, never grouped within."""
    sequence: NDArray[np.int32]
    """(N,) the place in `sequences` each photo belongs to, or -1."""
    leader: NDArray[np.int32]
    """(N,) the row that leads the photo's unit (RAW + JPEG); see `sequences.units`."""

    def __len__(self) -> int:
        return len(self.first)


def find_pairs(facts: Facts, tell: Tell = lambda _: None) -> PairEvidence:
    """Everything that speaks for pairs of photos; costly, but independent of thresholds.

    Args:
        facts: of all photos.
        tell: hears how much is done.
    """
    fields = unpack(facts.fingerprints)
    leader = units(facts.photos)
    held = Held(facts)
    content = held.contents(facts, leader)
    taken, shutter, cameras = _times(facts.photos)
    standing = np.flatnonzero(
        (content == np.arange(len(facts))) & (leader == np.arange(len(facts)))
    ).astype(np.int32)
    whole = len(standing) == len(facts)
    embeddings = facts.embeddings if whole else facts.embeddings[standing]
    grey = fields["grey"][standing]
    flat = np.empty(len(grey), np.bool_)
    for start in range(0, len(grey), BLOCK):
        flat[start : start + BLOCK] = texture(grey[start : start + BLOCK]) < FLAT
    usual = _quantile(embeddings, 0.5)

    soon = _soon(shutter[standing], cameras[standing])
    picture = held.pictures(leader)[standing]
    effort = Effort(len(standing), tell)
    looked = _Look(grey, flat, effort)
    nets = _nets(embeddings, grey, flat)
    effort.do(Part.NET, len(standing) ** 2)
    alike = looked.screened(*_unique(nets, len(standing)))
    first, second = _unique([alike, soon, pairs_of_equal(picture)], len(standing))
    looks = looked.at(first, second)
    more = _closure(first, second, looks.aligned.correlation >= STRONG, len(standing))
    looks = looks.followed_by(looked.at(*more))
    equal = picture[looks.first] == picture[looks.second]
    looks.call_equal(equal)
    kept = looks.aligned.correlation >= KEPT
    looks, equal = looks.at(kept), equal[kept]
    cosine = measured(embeddings, looks.first, looks.second).similarity
    rows, others = standing[looks.first], standing[looks.second]
    gap = taken[others] - taken[rows]
    named = (cameras[rows] >= 0) & (cameras[others] >= 0)
    camera = named & (cameras[rows] == cameras[others])
    sequences = find_sequences(
        facts.photos, _steps(rows, others, gap, looks), fields["focus"], Thresholds()
    )
    sequence = np.full(len(facts), -1, np.int32)
    for number, whole_set in enumerate(sequences):
        sequence[[facts.rows[photo] for photo in whole_set.photos]] = number
    known = traits(facts.photos, leader, _dates(facts.photos), fields)
    return PairEvidence(
        first=rows,
        second=others,
        cosine=cosine,
        likeness=np.clip((cosine - usual) / max(1.0 - usual, 1e-3), 0.0, 1.0).astype(np.float32),
        correlation=looks.aligned.correlation,
        residual=looks.aligned.residual,
        peak=looks.aligned.peak,
        change=looks.aligned.change,
        inside=looks.aligned.inside,
        settled=looks.aligned.settled,
        motion=looks.aligned.motion,
        spot=looks.aligned.spot,
        refocused=_refocused(facts.photos, fields["focus"], rows, others, looks),
        tone=looks.aligned.gain,
        colour=_colour(fields["colour"], rows, others, looks.orientation),
        stretch=looks.aligned.stretch,
        shift=looks.aligned.shift,
        tilt=looks.aligned.tilt,
        distance=looks.distance,
        orientation=looks.orientation,
        gap=gap.astype(np.float32),
        shutters=~np.isnan(shutter[rows]) & ~np.isnan(shutter[others]),
        camera=camera,
        other_camera=named & ~camera,
        equal=equal,
        noise=noise_gap(facts, known.sharpness, rows, others),
        held=held,
        content=content,
        traits=known,
        sequences=tuple(sequences),
        sequence=sequence,
        leader=leader,
    )


_Rows = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class _Looks(PairTable):
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


class _Look:
    """Lays thumbnails over each other, pair by pair."""

    def __init__(self, grey: NDArray[np.uint8], flat: NDArray[np.bool_], effort: Effort) -> None:
        self.grey = grey
        self.flat = flat
        self._effort = effort
        self.hashes = np.stack(
            [
                np.concatenate(
                    [
                        perceptual_hashes(oriented(grey[start : start + BLOCK], turn))
                        for start in range(0, max(len(grey), 1), BLOCK)
                    ]
                )
                for turn in range(ORIENTATIONS)
            ]
        )
        effort.do(Part.HASH, len(grey))

    def turns(
        self, first: NDArray[np.int32], second: NDArray[np.int32]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The orientation with the nearest hash, and its distance."""
        distances = np.stack(
            [hash_distances(turned[first], self.hashes[0, second]) for turned in self.hashes]
        )
        best = distances.argmin(axis=0)
        return best.astype(np.uint8), distances[best, np.arange(len(best))]

    def screened(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> _Rows:
        """The pairs whose layouts agree in some orientation."""
        keep = np.zeros(len(first), np.bool_)
        self._effort.expect(Part.SCREEN, len(first))
        for start in range(0, len(first), BLOCK):
            part = slice(start, start + BLOCK)
            one, two = first[part], second[part]
            keep[part] = coarse_correlation(self.grey[one], self.grey[two]) >= COARSE
            turn, distance = self.turns(one, two)
            turned = np.flatnonzero((turn > 0) & (distance <= HASH_RADIUS) & ~keep[part])
            if len(turned):
                grey = self._turned(one[turned], turn[turned])
                agree = coarse_correlation(grey, self.grey[two[turned]]) >= COARSE
                keep[start + turned[agree]] = True
            self._effort.do(Part.SCREEN, len(one))
        return first[keep], second[keep]

    def at(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> _Looks:
        """The evidence of pairs, from their thumbnails alone."""
        self._effort.expect(Part.LOOK, len(first))
        parts = [
            self._block(first[start : start + BLOCK], second[start : start + BLOCK])
            for start in range(0, max(len(first), 1), BLOCK)
        ]
        return parts[0].followed_by(*parts[1:])

    def _block(self, one: NDArray[np.int32], two: NDArray[np.int32]) -> _Looks:
        turn, distance = self.turns(one, two)
        straight = hash_distances(self.hashes[0, one], self.hashes[0, two])
        plain = align(self.grey[one], self.grey[two])
        looks = _Looks(one, two, plain, straight, np.zeros(len(one), np.uint8))
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

    def _look_again(self, looks: _Looks) -> None:
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

    def _settle(self, looks: _Looks) -> None:
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
        return _oriented_each(self.grey[rows], turn)


def _oriented_each(squares: NDArray[np.uint8], turn: NDArray[np.uint8]) -> NDArray[np.uint8]:
    result = squares.copy()
    for orientation in np.unique(turn):
        chosen = turn == orientation
        result[chosen] = oriented(squares[chosen], int(orientation))
    return result


def _times(
    photos: Sequence[Photo],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32]]:
    """By the files alone, seconds since 1970 (NaN: unknown), and a number for the camera (-1).

    Names, folders and sidecars say nothing here: they are not the content's, and many photos are
    named after one day.

    Returns:
        When photos were taken or else saved, when the shutter opened, the camera.
    """
    numbers: dict[str, int] = {}
    taken = np.full(len(photos), np.nan)
    shutter = np.full(len(photos), np.nan)
    cameras = np.full(len(photos), -1, np.int32)
    for row, photo in enumerate(photos):
        exif = photo.exif
        if exif.moment is not None:
            taken[row] = _seconds(exif.moment)
        if exif.shutter is not None:
            shutter[row] = _seconds(exif.shutter)
        if exif.camera is not None:
            cameras[row] = numbers.setdefault(exif.camera, len(numbers))
    return taken, shutter, cameras


def _dates(photos: Sequence[Photo]) -> NDArray[np.float64]:
    """Seconds since 1970 by the best date of each photo (NaN: none); of a day, those of its end.

    So whoever is older by it is older, whatever the time of day was.
    """
    dates = [photo.taken for photo in photos]
    return np.array([np.nan if date is None else _seconds(date.last) for date in dates], np.float64)


def _seconds(moment: datetime) -> float:
    return (moment.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds()


def _soon(taken: NDArray[np.float64], cameras: NDArray[np.int32]) -> _Rows:
    """Shots of one camera within a moment, each with some of its followers."""
    known = np.flatnonzero(~np.isnan(taken) & (cameras >= 0))
    order = known[np.lexsort((taken[known], cameras[known]))].astype(np.int32)
    first, second = [], []
    for step in range(1, FOLLOWERS + 1):
        one, two = order[:-step], order[step:]
        near = cameras[one] == cameras[two]
        near &= taken[two] - taken[one] <= (STACK if step == 1 else MOMENT)
        first.append(one[near])
        second.append(two[near])
    return np.concatenate(first), np.concatenate(second)


def _nets(embeddings: Vectors, grey: NDArray[np.uint8], flat: NDArray[np.bool_]) -> list[_Rows]:
    """Candidate pairs by embedding, by layout, and by layout however turned."""
    plain, upright = layouts(grey)
    # Flat pictures are all alike to a layout: they take no part.
    plain[flat], upright[flat] = 0.0, 0.0
    return [
        _neighbours(embeddings, NEAREST),
        _neighbours(plain, NEAREST_LAYOUT, COARSE),
        _neighbours(upright, NEAREST_LAYOUT, COARSE),
    ]


def _neighbours(vectors: Vectors, nearest: int, least: float = -1.0) -> _Rows:
    count = len(vectors)
    if count > APPROXIMATE:
        pairs = nearest_pairs(vectors, least, nearest=nearest)
    else:
        crowd = _quantile(vectors, 1.0 - CROWD / count) if count > CROWD else -1.0
        pairs = pairs_above(vectors, max(crowd, least), nearest=nearest)
    return pairs.first, pairs.second


def _quantile(vectors: Vectors, share: float) -> float:
    """A quantile of all similarities, from a sample of the rows."""
    if len(vectors) < 3:
        return 0.0
    sample = vectors[:: max(1, len(vectors) // 256)]
    similarity = sample @ vectors.T
    return float(np.quantile(similarity, share))


def _unique(parts: Sequence[_Rows], count: int) -> _Rows:
    """All pairs of several lists, each once, the smaller row first."""
    first = np.concatenate([one for one, _ in parts]).astype(np.int64)
    second = np.concatenate([two for _, two in parts]).astype(np.int64)
    keys = np.unique(np.minimum(first, second) * count + np.maximum(first, second))
    return (keys // max(count, 1)).astype(np.int32), (keys % max(count, 1)).astype(np.int32)


def _closure(
    first: NDArray[np.int32], second: NDArray[np.int32], strong: NDArray[np.bool_], count: int
) -> _Rows:
    """The pairs still missing between photos that strong pairs connect."""
    edges = (first[strong], second[strong])
    graph = coo_array((np.ones(int(strong.sum()), np.bool_), edges), (count, count))
    labels = connected_components(graph.tocsr(), directed=False)[1]
    sizes = np.bincount(labels, minlength=1)
    order = np.argsort(labels, kind="stable").astype(np.int32)
    order = order[(sizes[labels[order]] > 2) & (sizes[labels[order]] <= CLOSED)]
    one, two = pairs_of_equal(labels, order, CLOSED)
    wanted = one.astype(np.int64) * count + two
    missing = np.setdiff1d(wanted, first.astype(np.int64) * count + second)
    return (missing // count).astype(np.int32), (missing % count).astype(np.int32)


def _steps(
    first: NDArray[np.int32],
    second: NDArray[np.int32],
    gap: NDArray[np.float64],
    looks: _Looks,
) -> dict[tuple[int, int], ViewChange]:
    """How the view changed between photos taken one soon after the other, by rows in time."""
    steps = {}
    for place in np.flatnonzero((np.abs(gap) <= STACK) & (looks.orientation == 0)).tolist():
        one, two = int(first[place]), int(second[place])
        correlation = float(looks.aligned.correlation[place])
        shift, stretch = looks.aligned.shift[place], looks.aligned.stretch[place]
        if gap[place] < 0.0:
            one, two = two, one
            shift, stretch = -shift / stretch, 1.0 / stretch
        steps[one, two] = ViewChange(
            correlation,
            tuple(shift.tolist()),
            tuple(stretch.tolist()),
            float(looks.aligned.inside[place]),
        )
    return steps


def _refocused(
    photos: Sequence[Photo],
    focus: NDArray[np.uint8],
    first: NDArray[np.int32],
    second: NDArray[np.int32],
    looks: _Looks,
) -> Vectors:
    """See `PairEvidence.refocused`."""
    sides = np.array([(photo.width, photo.height) for photo in photos], np.int32).reshape(-1, 2)
    one_frame = (
        (looks.orientation == 0)
        & (looks.aligned.motion <= ONE_FRAME)
        & (sides[first] == sides[second]).all(axis=1)
    )
    sharper = (focus[second].astype(np.float32) - focus[first]) / FOCUS_STEPS
    gain, loss = sharper.max(axis=(1, 2)), -sharper.min(axis=(1, 2))
    return np.where(one_frame, np.maximum(np.minimum(gain, loss), 0.0), 0.0).astype(np.float32)


def _colour(
    colour: NDArray[np.uint8],
    first: NDArray[np.int32],
    second: NDArray[np.int32],
    turn: NDArray[np.uint8],
) -> Vectors:
    distance = np.empty(len(first), np.float32)
    for start in range(0, len(first), BLOCK):
        part = slice(start, start + BLOCK)
        one = _oriented_each(colour[first[part]], turn[part]).astype(np.int16)
        distance[part] = np.abs(one - colour[second[part]]).mean(axis=(1, 2, 3))
    return distance
