"""Lays one thumbnail over another: finds small crops, shifts and zooms, then compares.

The method is that of Lucas and Kanade (Image Registration, IJCAI 1981), coarse to fine, for
many pairs at once. As thumbnails are squeezed to squares, a crop is a stretch and a shift along
each axis: four numbers a pair. Such a warp is separable, so it is two small matrix products.

Few pairs are worth a second, slower look at what four numbers cannot follow: a straightened
horizon, a hand that turned the camera a little, a caption that pulls the light away
(`align_tilted`). Where a crop or a turn moved everything, a last look tells a copy from another
shot of the same scene (`settle`).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.duplicates.pair_table import PairTable
from photo_organizer.engine.pixels.fingerprints import SIDE, details, smoothed, structure

LEVELS = ((SIDE // 4, 6), (SIDE // 2, 4), (SIDE, 3))
"""Sides of the pyramid and the steps taken on each."""

REACH = 0.3
"""The largest stretch followed; more than that is not the same frame."""

OVERLAP = 0.4
"""Share of the first thumbnail that the second must cover in a second look to be believed."""

CLOSER = 1.6
"""The largest stretch, either way, believed in a second look: a crop to five eighths of a side."""

ECC_STEPS = 30

PART = 2.0
"""Cells around a place that make up its part of the picture (sigma)."""

STRIP = SIDE // 6
"""Cells along an edge that a caption and what it outshines can take up."""

_WITHOUT_STRIP = (
    np.s_[:, STRIP:],
    np.s_[:, :-STRIP],
    np.s_[:, :, STRIP:],
    np.s_[:, :, :-STRIP],
)

FAINT = 16.0
"""Squared grey levels of detail below which a part of a picture says nothing."""

CLOSE = 1.0
"""Cells over which two pictures that were moved are smoothed before they are compared (sigma): a
copy's edges lie up to half a cell elsewhere, what somebody moved lies further."""

SPECK = 3.0
"""Grey levels that a copy may differ by in any cell."""


@dataclass(frozen=True, slots=True)
class Alignment(PairTable):
    """How the second thumbnails of N pairs lie over the first; coordinates run from -1 to 1."""

    stretch: Vectors
    """(N, 2) along y and x: above 1 the first shows more than the second."""
    shift: Vectors
    """(N, 2) along y and x."""
    correlation: Vectors
    """(N,) of the structure where both show something, -1 to 1."""
    residual: Vectors
    """(N,) grey levels: the 98th percentile of what differs after fitting light and contrast."""
    peak: Vectors
    """(N,) the same of the one place that differs most: closed eyes, a retouched spot."""
    change: Vectors
    """(N,) share of the detail that differs in the part where most of it does, whatever became of
    the tones: 0 where copies agree, about 2 where two pictures have nothing in common there."""
    inside: Vectors
    """(N,) the same, apart from a strip along one edge: a caption, the clock of a screen."""
    settled: Vectors
    """(N,) the same as `inside` of the smoothed pictures: blind to edges that lie parts of a cell
    elsewhere because everything was moved. See `settle`."""
    motion: Vectors
    """(N,) how far the corners or edges had to be moved for that, in half sides."""
    spot: Vectors
    """(N,) what the one cell that differs most differs by, over the detail around it: one word of a
    page."""
    gain: Vectors
    """(N,) contrast of the first over that of the second, 0.5 to 2."""
    tilt: Vectors
    """(N,) how far a turn or slant moves the edges along themselves, in half sides; 0 from `align`,
    which follows none."""


def align(first: NDArray[np.generic], second: NDArray[np.generic]) -> Alignment:
    """Align N pairs of grey squares, (N, SIDE, SIDE) each; about 0.5 ms a pair."""
    count = len(first)
    stretch, shift = np.ones((count, 2), np.float32), np.zeros((count, 2), np.float32)
    one, two = first.astype(np.float32), second.astype(np.float32)
    for side, steps in LEVELS:
        still, moving = _standard(_reduced(one, side)), _standard(_reduced(two, side))
        for _ in range(steps):
            _step(still, moving, stretch, shift)
    fine, weights = _warped(structure(two), stretch, shift)
    correlation = _correlation(structure(one), fine, weights)
    moved, _ = _warped(two, stretch, shift)
    tilt = np.zeros(count, np.float32)
    return _compared(
        one, moved, weights, correlation=correlation, stretch=stretch, shift=shift, tilt=tilt
    )


def align_tilted(
    first: NDArray[np.generic], second: NDArray[np.generic], start: Alignment
) -> Alignment:
    """Align N pairs once more, turned and slanted ones too; about 0.5 ms a pair.

    Maximises the enhanced correlation coefficient of the structure (ECC, Evangelidis and Psarakis,
    IEEE PAMI 2008) over all affine warps, beginning at `start`. Where that finds nothing, or only
    by leaving too little of the pictures to compare, the pair comes back as it was.
    """
    one, two = first.astype(np.float32), second.astype(np.float32)
    fine_one, fine_two = structure(one), structure(two)
    count = len(one)
    moved, fine_moved = np.zeros_like(two), np.zeros_like(two)
    weights = np.zeros_like(two)
    warps = np.zeros((count, 2, 3), np.float32)
    for n in range(count):
        warp = _ecc(fine_one[n], fine_two[n], start.stretch[n], start.shift[n])
        if warp is not None:
            warps[n] = _centred(warp)
            weights[n] = _lay(np.ones_like(two[n]), warp) > 0.99
            moved[n], fine_moved[n] = _lay(two[n], warp), _lay(fine_two[n], warp)
    stretch, shift = warps[:, (1, 0), (1, 0)], warps[:, ::-1, 2]
    found = _compared(
        one,
        moved,
        weights,
        correlation=_correlation(fine_one, fine_moved, weights),
        stretch=stretch,
        shift=shift,
        tilt=np.maximum(np.abs(warps[:, 0, 1]), np.abs(warps[:, 1, 0])),
    )
    worse = ~(
        (found.correlation > start.correlation)
        & (weights.mean(axis=(1, 2)) >= OVERLAP)
        & (np.abs(np.log(np.maximum(stretch, 0.1))).max(axis=1) <= np.log(CLOSER))
    )
    found.put(worse, start.at(worse))
    return found


def settle(
    first: NDArray[np.generic], second: NDArray[np.generic], start: Alignment
) -> tuple[Vectors, Vectors, Vectors]:
    """`Alignment.inside`, `settled` and `motion` of N pairs after the closest fit; 1 ms a pair.

    A crop or a turn by parts of a cell makes edges differ everywhere a little. Of a copy nothing of
    that is left once it is followed as closely as can be; of another shot of the same scene, taken
    by a hand that moved a little, what moved meanwhile is left. A caption must not pull the fit
    away: a second one leaves out the strip along the edge in which most differs.
    """
    one, two = first.astype(np.float32), second.astype(np.float32)
    fine_one, fine_two = structure(one), structure(two)
    inside, settled, motion = start.inside.copy(), start.settled.copy(), start.motion.copy()
    rows: NDArray[np.intp] = np.arange(len(one))
    where: NDArray[np.uint8] | None = None
    for _ in range(2):
        warps = [
            _ecc(fine_one[n], fine_two[n], start.stretch[n], start.shift[n], mask)
            for n, mask in zip(
                rows, where if where is not None else [None] * len(rows), strict=True
            )
        ]
        follows = np.array([warp is not None for warp in warps], np.bool_)
        rows, where = rows[follows], where if where is None else where[follows]
        if not len(rows):
            break
        found = np.stack([warp for warp in warps if warp is not None])
        share, close = _differing(one[rows], two[rows], found, where)
        left, moved = _inside(close), np.array([_motion(warp) for warp in found], np.float32)
        better = left < settled[rows]
        closer = rows[better]
        settled[closer], motion[closer] = left[better], moved[better]
        inside[closer] = np.minimum(inside[closer], _inside(share)[better])
        where = np.zeros((len(rows), SIDE, SIDE), np.uint8)
        for place, strip in enumerate(_without_strips(close).argmin(axis=0).tolist()):
            where[place][_WITHOUT_STRIP[strip][1:]] = 1
    return inside, settled, motion


def coarse_correlation(first: NDArray[np.generic], second: NDArray[np.generic]) -> Vectors:
    """The correlation of N pairs of squares aligned at the coarsest level only, (N,)."""
    side = LEVELS[0][0]
    stretch = np.ones((len(first), 2), np.float32)
    shift = np.zeros((len(first), 2), np.float32)
    still = _standard(_reduced(first.astype(np.float32), side))
    moving = _standard(_reduced(second.astype(np.float32), side))
    for _ in range(4):
        _step(still, moving, stretch, shift)
    return _correlation(still, *_warped(moving, stretch, shift))


def layouts(grey: NDArray[np.generic]) -> tuple[Vectors, Vectors]:
    """Unit vectors (N, 144) of light and dark, whose cosine is the correlation of two layouts.

    Returns:
        The layouts as they lie; and turned and mirrored so that the light is at the right and,
        less so, at the bottom, which makes them the same for all eight orientations of a picture
        (but for those in which the light is in the middle).
    """
    side = LEVELS[0][0]
    # So few at once stay in the processor's cache.
    blocks = [grey[start : start + 128] for start in range(0, max(len(grey), 1), 128)]
    plain = np.concatenate([_standard(_reduced(b.astype(np.float32), side)) for b in blocks]) / side
    places = np.linspace(-1.0, 1.0, side, dtype=np.float32)
    upright = plain.copy()
    top = plain.sum(axis=2) @ places < 0.0
    upright[top] = upright[top, ::-1]
    left = plain.sum(axis=1) @ places < 0.0
    upright[left] = upright[left, :, ::-1]
    tall = upright.sum(axis=2) @ places > upright.sum(axis=1) @ places
    upright[tall] = upright[tall].transpose(0, 2, 1)
    shape = (len(grey), side * side)
    plain, upright = plain.reshape(shape), upright.reshape(shape)
    return np.asarray(plain, np.float32), np.asarray(upright, np.float32)


def _differing(
    one: Vectors, two: Vectors, warps: NDArray[np.float32], where: NDArray[np.uint8] | None
) -> tuple[Vectors, Vectors]:
    """What share of the detail differs around each cell, as it is and smoothed, (N, SIDE, SIDE)."""
    full = np.ones((SIDE, SIDE), np.float32)
    weights = (np.stack([_lay(full, warp) for warp in warps]) > 0.99).astype(np.float32)
    if where is not None:
        weights *= where
    moved = np.stack(
        [
            _lay(square, warp, between=cv2.INTER_CUBIC, beyond=cv2.BORDER_REPLICATE)
            for square, warp in zip(two, warps, strict=True)
        ]
    )
    toned = _toned_inside(one, moved, weights)
    return _share(one, toned)[0], _share(smoothed(one, CLOSE), smoothed(toned, CLOSE))[0]


def _ecc(
    still: Vectors,
    moving: Vectors,
    stretch: Vectors,
    shift: Vectors,
    where: NDArray[np.uint8] | None = None,
) -> NDArray[np.float32] | None:
    """The affine warp, in pixels, that lays `moving` over `still`; None where there is none.

    Args:
        still: (SIDE, SIDE).
        moving: (SIDE, SIDE).
        stretch: (2,) to start from.
        shift: (2,) to start from.
        where: 1 where `moving` counts; None: everywhere.
    """
    half = (SIDE - 1) / 2
    start = np.zeros((2, 3), np.float32)
    for axis, along in ((0, 1), (1, 0)):
        start[axis, axis] = stretch[along]
        start[axis, 2] = half * (shift[along] + 1.0 - stretch[along])
    stop = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, ECC_STEPS, 1e-4)
    try:
        _, warp = cv2.findTransformECC(still, moving, start, cv2.MOTION_AFFINE, stop, where, 3)
    except cv2.error:  # it does not converge: the two have nothing in common
        return None
    return np.asarray(warp, np.float32)


def _motion(warp: NDArray[np.float32]) -> np.float32:
    """How far a warp moves anything, in half sides."""
    return np.float32(np.abs(_centred(warp) - np.eye(2, 3, dtype=np.float32)).max())


def _centred(warp: NDArray[np.float32]) -> NDArray[np.float32]:
    """A warp in pixels as one in coordinates of -1 to 1."""
    half = (SIDE - 1) / 2
    centred = warp.copy()
    centred[:, 2] = warp[:, 2] / half + warp[:, 0] + warp[:, 1] - 1.0
    return centred


def _lay(
    square: Vectors,
    warp: NDArray[np.float32],
    *,
    between: int = cv2.INTER_LINEAR,
    beyond: int = cv2.BORDER_CONSTANT,
) -> Vectors:
    flags = between | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(square, warp, (SIDE, SIDE), flags=flags, borderMode=beyond), np.float32
    )


def _compared(
    one: Vectors,
    moved: Vectors,
    weights: Vectors,
    *,
    correlation: Vectors,
    stretch: Vectors,
    shift: Vectors,
    tilt: Vectors,
) -> Alignment:
    """What differs where one square and another, moved over it, both show something."""
    total = np.maximum(weights.sum(axis=(1, 2)), 1.0)
    mean_one = (one * weights).sum(axis=(1, 2)) / total
    mean_two = (moved * weights).sum(axis=(1, 2)) / total
    flat_one = (one - mean_one[:, None, None]) * weights
    flat_two = (moved - mean_two[:, None, None]) * weights
    power = np.maximum((flat_two**2).sum(axis=(1, 2)), 1e-3)
    gain = np.clip((flat_one * flat_two).sum(axis=(1, 2)) / power, 0.5, 2.0)
    differ = np.abs(flat_one - gain[:, None, None] * flat_two).reshape(len(one), SIDE * SIDE)
    residual = np.percentile(differ, 98, axis=1).astype(np.float32)
    toned = _toned_inside(one, moved, weights)
    change, inside, spot = _changes(one, toned)
    moves = np.concatenate([stretch - 1.0, shift, tilt[:, None]], axis=1)
    return Alignment(
        stretch=stretch,
        shift=shift,
        correlation=correlation,
        residual=residual,
        peak=differ.max(axis=1),
        change=change,
        inside=inside,
        settled=_settled(one, toned),
        motion=np.asarray(np.abs(moves).max(axis=1), np.float32),
        spot=spot,
        gain=gain.astype(np.float32),
        tilt=tilt,
    )


def _changes(one: Vectors, toned: Vectors) -> tuple[Vectors, Vectors, Vectors]:
    """`Alignment.change`, `inside` and `spot`."""
    share, strength = _share(one, toned)
    spot = np.abs(one - toned) / (np.sqrt(strength) + SPECK)
    return (
        share.max(axis=(1, 2)),
        _inside(share),
        np.asarray(spot.max(axis=(1, 2)), np.float32),
    )


def _settled(one: Vectors, toned: Vectors) -> Vectors:
    """`Alignment.settled`."""
    return _inside(_share(smoothed(one, CLOSE), smoothed(toned, CLOSE))[0])


def _share(one: Vectors, toned: Vectors) -> tuple[Vectors, Vectors]:
    """How much of the detail differs around each cell, of about 2; and how much there is."""
    fine, other = details(one), details(toned)
    difference = smoothed(np.asarray((fine - other) ** 2, np.float32), PART)
    strength = smoothed(np.asarray((fine**2 + other**2) / 2, np.float32), PART)
    return np.asarray(difference / (strength + FAINT), np.float32), strength


def _inside(share: Vectors) -> Vectors:
    """The largest share apart from the one strip along an edge in which most differs."""
    return np.asarray(_without_strips(share).min(axis=0), np.float32)


def _without_strips(share: Vectors) -> Vectors:
    """The largest share apart from each of the strips, (4, N)."""
    return np.stack([share[part].max(axis=(1, 2)) for part in _WITHOUT_STRIP])


def _toned_inside(one: Vectors, moved: Vectors, weights: Vectors) -> Vectors:
    """The moved squares in the others' tones; where only one shows something, nothing differs."""
    return np.where(weights > 0.5, _toned(one, moved, weights), one)


def _toned(one: Vectors, moved: Vectors, weights: Vectors) -> Vectors:
    """The moved squares with their tones fitted to the others' by a curve of the third degree."""
    level = (moved - 128.0) / 64.0
    powers = np.stack([level**power for power in range(4)], axis=1)
    powers = powers.reshape(len(one), 4, SIDE * SIDE)
    weighted = powers * weights.reshape(len(one), 1, SIDE * SIDE)
    normal = weighted @ powers.transpose(0, 2, 1) + 0.01 * np.eye(4, dtype=np.float32)
    curve = np.linalg.solve(normal, weighted @ one.reshape(len(one), SIDE * SIDE, 1))
    return np.asarray((powers * curve).sum(axis=1).reshape(one.shape), np.float32)


def _correlation(one: Vectors, two: Vectors, weights: Vectors) -> Vectors:
    total = np.maximum(weights.sum(axis=(1, 2), keepdims=True), 1.0)
    one = (one - (one * weights).sum(axis=(1, 2), keepdims=True) / total) * weights
    two = (two - (two * weights).sum(axis=(1, 2), keepdims=True) / total) * weights
    power = np.sqrt((one**2).sum(axis=(1, 2)) * (two**2).sum(axis=(1, 2)))
    return np.asarray((one * two).sum(axis=(1, 2)) / np.maximum(power, 1e-3), np.float32)


def _reduced(grey: Vectors, side: int) -> Vectors:
    factor = SIDE // side
    tiles = grey.reshape(len(grey), side, factor, side, factor)
    return np.asarray(tiles.mean(axis=(2, 4)), np.float32)


def _standard(grey: Vectors) -> Vectors:
    flat = grey - grey.mean(axis=(1, 2), keepdims=True)
    spread = np.maximum(flat.std(axis=(1, 2), keepdims=True), 1.0)
    return np.asarray(flat / spread, np.float32)


def _axis(stretch: Vectors, shift: Vectors, side: int) -> tuple[Vectors, Vectors]:
    """Interpolation matrices (N, S, S) along one axis, and 1.0 (N, S) where they reach."""
    places = np.linspace(-1.0, 1.0, side, dtype=np.float32)
    target = (stretch[:, None] * places + shift[:, None] + 1.0) * ((side - 1) / 2)
    inside = (target >= -0.5) & (target <= side - 0.5)
    target = np.clip(target, 0.0, side - 1.0)
    hats = 1.0 - np.abs(target[:, :, None] - np.arange(side, dtype=np.float32))
    return np.asarray(np.maximum(hats, 0.0), np.float32), inside.astype(np.float32)


def _warped(grey: Vectors, stretch: Vectors, shift: Vectors) -> tuple[Vectors, Vectors]:
    side = grey.shape[1]
    rows, reach_y = _axis(stretch[:, 0], shift[:, 0], side)
    columns, reach_x = _axis(stretch[:, 1], shift[:, 1], side)
    warped = np.asarray(rows @ grey @ columns.transpose(0, 2, 1), np.float32)
    return warped, reach_y[:, :, None] * reach_x[:, None, :]


def _step(still: Vectors, moving: Vectors, stretch: Vectors, shift: Vectors) -> None:
    """One Gauss-Newton step on all four numbers, in place."""
    side = still.shape[1]
    places = np.linspace(-1.0, 1.0, side, dtype=np.float32)
    warped, weights = _warped(moving, stretch, shift)
    # Gradients by coordinates of -1 to 1, of the mean of both: twice the reach of either alone.
    slope_y, slope_x = np.gradient((warped + still) / 2, 2.0 / (side - 1), axis=(1, 2))
    slopes = np.stack(
        [slope_y * places[:, None], slope_x * places[None, :], slope_y, slope_x], axis=1
    )
    slopes = (slopes * weights[:, None]).reshape(len(still), 4, side * side).astype(np.float32)
    missing = ((still - warped) * weights).reshape(len(still), side * side, 1)
    normal = slopes @ slopes.transpose(0, 2, 1)
    normal += (
        np.eye(4, dtype=np.float32)
        * (1e-3 * np.trace(normal, axis1=1, axis2=2) + 1e-3)[:, None, None]
    )
    change = np.linalg.solve(normal, slopes @ missing)[..., 0]
    stretch += np.clip(change[:, :2], -0.1, 0.1)
    shift += np.clip(change[:, 2:], -0.1, 0.1)
    np.clip(stretch, 1.0 - REACH, 1.0 + REACH, out=stretch)
    np.clip(shift, -REACH, REACH, out=shift)
