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

from photo_organizer.engine.domain.connected import connected_components
from photo_organizer.engine.domain.facts import Facts, Photo, Vectors
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.effort import Effort, Part, Tell
from photo_organizer.engine.duplicates.evidence_store import EvidenceStore
from photo_organizer.engine.duplicates.held import Held
from photo_organizer.engine.duplicates.keepers import Traits, traits
from photo_organizer.engine.duplicates.known_pairs import KnownPairs
from photo_organizer.engine.duplicates.looks import STRONG, Look, Looks, Rows, oriented_each
from photo_organizer.engine.duplicates.noise import NoiseGap, noise_gap
from photo_organizer.engine.duplicates.pair_table import pairs_of_equal
from photo_organizer.engine.duplicates.search import Beside, Search, keep, search
from photo_organizer.engine.duplicates.sequences import (
    PhotoSequence,
    ViewChange,
    find_sequences,
)
from photo_organizer.engine.duplicates.standing import Standing
from photo_organizer.engine.pixels.fingerprints import unpack

STACK: Final = 30.0
"""Seconds within which the very next shot is looked at: turning a focus ring takes time."""

FOLLOWERS: Final = 6
"""So many shots of the same camera after each photo are looked at, whatever they look like."""

MOMENT: Final = 10.0
"""Seconds within which the next shot is looked at."""

KEPT: Final = 0.3
"""Pairs whose details correlate less are dropped: unrelated photos reach it once in a thousand."""

CLOSED: Final = 64
"""Sets of connected photos up to this size get all of their pairs looked at."""

ONE_FRAME: Final = 0.04
"""Half sides that the view may move between two shots from one place, lenses breathing included."""

FOCUS_STEPS: Final = 8.0
"""Steps of the fingerprint's sharpness by place for each doubling."""

NOTHING_BESIDE: Final = Beside(0, 1.0)
"""Nobody asks the search anything else."""

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


def find_pairs(
    facts: Facts,
    tell: Tell = lambda _: None,
    standing: Standing | None = None,
    found: Search | None = None,
    store: EvidenceStore | None = None,
) -> PairEvidence:
    """Everything that speaks for pairs of photos; costly, but independent of thresholds.

    Args:
        facts: of all photos.
        tell: hears how much is done.
        standing: which of them are compared, where that is known already.
        found: what a search among these said, where somebody searched already.
        store: what is known of pairs from before; it is told what is new.
    """
    standing = Standing.of(facts) if standing is None else standing
    found = search(facts, standing, NOTHING_BESIDE, store) if found is None else found
    fields = unpack(facts.fingerprints)
    taken, shutter, cameras = _times(facts.photos)
    rows, count = standing.rows, len(standing.rows)
    soon = _soon(shutter[rows], cameras[rows])
    picture = standing.held.pictures(standing.leader)[rows]
    effort = Effort(count, tell)
    effort.do(Part.NET, count**2)
    grey = standing.of_rows(fields["grey"])
    known = KnownPairs(found.contents, Look(grey, found.flat, effort), store)
    certain = _unique([soon, pairs_of_equal(picture)], count)
    nets = _unique(found.candidates(), count)
    alike = known.agreeing(*_without(nets, certain, count))
    first, second = _unique([alike, certain], count)
    looks = known.looks(first, second)
    more = _closure(first, second, looks.aligned.correlation >= STRONG, count)
    looks = looks.followed_by(known.looks(*more))
    known.keep()
    equal = picture[looks.first] == picture[looks.second]
    looks.call_equal(equal)
    kept = looks.aligned.correlation >= KEPT
    looks, equal = looks.at(kept), equal[kept]
    cosine, found = found.with_cosines(facts.embeddings, rows, looks.first, looks.second)
    keep(found, store)
    return _columns(facts, standing, looks, equal, (taken, shutter, cameras), cosine, found.usual)


def _columns(  # noqa: PLR0917 - each is a part of what is known
    facts: Facts,
    standing: Standing,
    looks: Looks,
    equal: NDArray[np.bool_],
    times: _Times,
    cosine: Vectors,
    usual: float,
) -> PairEvidence:
    """All columns of pairs that were looked at."""
    fields = unpack(facts.fingerprints)
    taken, shutter, cameras = times
    rows, others = standing.rows[looks.first], standing.rows[looks.second]
    gap = taken[others] - taken[rows]
    named = (cameras[rows] >= 0) & (cameras[others] >= 0)
    camera = named & (cameras[rows] == cameras[others])
    sequences = find_sequences(
        facts.photos, _steps(rows, others, gap, looks), fields["focus"], Thresholds()
    )
    sequence = np.full(len(facts), -1, np.int32)
    for number, whole_set in enumerate(sequences):
        sequence[[facts.rows[photo] for photo in whole_set.photos]] = number
    known = traits(facts.photos, standing.leader, _dates(facts.photos), fields)
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
        held=standing.held,
        content=standing.content,
        traits=known,
        sequences=tuple(sequences),
        sequence=sequence,
        leader=standing.leader,
    )


_Times = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32]]


def _times(
    photos: Sequence[Photo],
) -> _Times:
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


def _soon(taken: NDArray[np.float64], cameras: NDArray[np.int32]) -> Rows:
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


def _unique(parts: Sequence[Rows], count: int) -> Rows:
    """All pairs of several lists, each once, the smaller row first."""
    first = np.concatenate([one for one, _ in parts]).astype(np.int64)
    second = np.concatenate([two for _, two in parts]).astype(np.int64)
    keys = np.unique(np.minimum(first, second) * count + np.maximum(first, second))
    return (keys // max(count, 1)).astype(np.int32), (keys % max(count, 1)).astype(np.int32)


def _without(pairs: Rows, others: Rows, count: int) -> Rows:
    """The pairs that are not among others."""
    keys = pairs[0].astype(np.int64) * count + pairs[1]
    new = ~np.isin(keys, others[0].astype(np.int64) * count + others[1])
    return pairs[0][new], pairs[1][new]


def _closure(
    first: NDArray[np.int32], second: NDArray[np.int32], strong: NDArray[np.bool_], count: int
) -> Rows:
    """The pairs still missing between photos that strong pairs connect."""
    labels = connected_components(count, first[strong], second[strong])
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
    looks: Looks,
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
    looks: Looks,
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
        one = oriented_each(colour[first[part]], turn[part]).astype(np.int16)
        distance[part] = np.abs(one - colour[second[part]]).mean(axis=(1, 2, 3))
    return distance
