"""What a photo looks like in 2.4 kB: enough to confirm that two photos show the same picture.

A fingerprint is one row of bytes, so that the store keeps it as a blob and N of them are one
array; `unpack` names its parts. Everything else (perceptual hash, turned and mirrored versions,
texture) is derived from those parts without reading a pixel again.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.scaling import halved

VERSION: Final = 4
"""Changes whenever the same picture would get another fingerprint, rounding aside."""

SIDE: Final = 48
"""Side of the grey thumbnail."""

COLOUR_SIDE: Final = 8
"""Side of the colour grid."""

HASH_SIDE: Final = 16
"""The perceptual hash has 16 × 16 bits."""

ORIENTATIONS: Final = 8
"""Four quarter turns, each plain and mirrored: see `oriented`."""

FOCUS_SIDE: Final = 4
"""Side of the grid that tells where a picture is sharp."""

FIELDS: Final = np.dtype(
    [
        ("grey", np.uint8, (SIDE, SIDE)),
        ("colour", np.uint8, (COLOUR_SIDE, COLOUR_SIDE, 2)),
        ("focus", np.uint8, (FOCUS_SIDE, FOCUS_SIDE)),
        ("aspect", "<f4"),
        ("bordered", np.uint8),
    ]
)
"""``grey``: luma of the picture inside its border, squeezed to a square. ``colour``: Cr and Cb
around 128. ``focus``: sharpness by place, 8 steps for each doubling. ``aspect``: width over height
inside the border. ``bordered``: 1 where an even border was cut off."""

SIZE: Final = FIELDS.itemsize
"""Bytes of a fingerprint."""

EVEN: Final = 10
"""A border is even when its pixels are within this many levels of each other."""

INSIDE: Final = 0.5
"""Of the line where a frame ends, at most this share has the frame's colour: of a page, where its
margin ends, nearly all has. How wide a margin is depends on the size, and it is no frame."""


_CELLS_AT_ONCE: Final = 8
"""Cells of the square whose lines are summed up in one product."""


def fingerprint(picture: Picture) -> NDArray[np.uint8]:
    """The fingerprint of a picture: (SIZE,) uint8."""
    small = halved(picture.small, 4 * SIDE)
    inner = _without_border(small)
    whole = inner.shape == small.shape
    square = _squeezed(inner, picture.pixels.shape if whole else inner.shape)
    colour = cv2.resize(square, (COLOUR_SIDE, COLOUR_SIDE), interpolation=cv2.INTER_AREA)
    row = np.zeros(1, FIELDS)
    row["grey"] = np.rint(square[..., 0])
    row["colour"] = np.rint(colour[..., 1:])
    is_small = inner is picture.small
    row["focus"] = _focus(
        picture.small_grey if is_small else np.asarray(cv2.cvtColor(inner, cv2.COLOR_RGB2GRAY))
    )
    # From the whole photo's sides: those of a scaled decode are rounded.
    kept = (inner.shape[1] / small.shape[1]) / (inner.shape[0] / small.shape[0])
    row["aspect"] = kept * picture.width / picture.height
    row["bordered"] = not whole
    return np.array(np.frombuffer(row.tobytes(), np.uint8))


def _squeezed(pixels: Pixels, of: tuple[int, ...]) -> Vectors:
    """Luma, Cr and Cb of a picture squeezed to a square, (SIDE, SIDE, 3) float32.

    Args:
        pixels: what halving left of the picture.
        of: shape of the picture before. Halving leaves out odd rows and columns: told where the
            picture ends, cells of a large picture and of its small copy cover the same.
    """
    colours = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)
    if is_wide := pixels.shape[1] > pixels.shape[0]:  # the longer side first: less is left then
        colours, of = cv2.transpose(colours), (of[1], of[0])
    height, width = colours.shape[:2]
    levels = colours.astype(np.float32).reshape(height, -1)
    rows = np.concatenate(
        [weights @ levels[start:stop] for start, stop, weights in _cells(height, of[0])]
    )
    # Each channel by itself, its columns one below the other.
    upright = np.ascontiguousarray(rows.reshape(-1, 3).T).reshape(3, SIDE, width).transpose(0, 2, 1)
    columns = [weights @ upright[:, start:stop] for start, stop, weights in _cells(width, of[1])]
    square = np.concatenate(columns, axis=1)
    return np.asarray(square.transpose((1, 2, 0) if is_wide else (2, 1, 0)), np.float32)


@lru_cache(maxsize=64)
def _cells(side: int, whole: int) -> tuple[tuple[int, int, Vectors], ...]:
    """How much of each line lies in each of `SIDE` cells; the shares of a cell sum up to 1.

    Returns:
        For some cells after the others: the lines that they cover, from and to, and how much of
        each lies in each, (cells, lines).
    """
    halvings = max(0, round(np.log2(whole / side)))
    edges = np.linspace(0.0, whole / 2**halvings, SIDE + 1)
    lines = np.arange(side)
    overlap = np.minimum(edges[1:, None], lines + 1) - np.maximum(edges[:-1, None], lines)
    weights = np.maximum(overlap, 0.0)
    weights = np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)
    parts = []
    for cell in range(0, SIDE, _CELLS_AT_ONCE):
        some = weights[cell : cell + _CELLS_AT_ONCE]
        covered = np.flatnonzero(some.any(axis=0))
        start, stop = int(covered[0]), int(covered[-1]) + 1
        parts.append((start, stop, np.ascontiguousarray(some[:, start:stop])))
    return tuple(parts)


def _without_border(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cut off an even frame or even bars on opposite sides, at most a fifth on each side.

    A border on one side alone is left: it may as well be a sky.
    """
    for axis in (0, 1):
        lines = np.moveaxis(pixels, axis, 0)
        start = _even_lines(lines)
        end = _even_lines(lines[::-1]) if start else 0
        if not end:
            continue
        # A frame has one colour, and ends all along: a page's margin ends where the first letters
        # are, and the bar at the top of a screen is none.
        if np.abs(_colour(lines[0]) - _colour(lines[-1])).max() > EVEN:
            continue
        stop = len(lines) - end
        if not (_ends(lines, start) and _ends(lines[::-1], end)):
            continue
        if start < stop:
            pixels = np.moveaxis(lines[start:stop], 0, axis)
    return pixels


def _ends(lines: NDArray[np.uint8], count: int) -> bool:
    """Whether most of the first line after so many even ones has another colour than they have."""
    if not 0 < count < len(lines):
        return False
    colour = _colour(lines[0])
    return bool((np.abs(lines[count] - colour).max(axis=1) <= EVEN).mean() <= INSIDE)


def _even_lines(lines: NDArray[np.uint8]) -> int:
    """How many of the first lines, less than a fifth of all, have one and the same colour."""
    most = len(lines) // 5
    colour = _colour(lines[0])
    lowest = np.maximum(np.ceil(colour - EVEN), 0).astype(np.uint8)[:, None]
    highest = np.minimum(np.floor(colour + EVEN), 255).astype(np.uint8)[:, None]
    count = 0
    while count < most and _is_within(lines[count], lowest, highest):
        count += 1
    if count in (0, most):
        return 0  # no border, or so much of it that it is the picture's own background
    return count + 1  # the line in which border and picture are mixed belongs to the border


def _colour(line: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The median of each channel of a line, (3,)."""
    ordered = np.sort(np.ascontiguousarray(line.T), axis=1)
    count = ordered.shape[1]
    return (ordered[:, (count - 1) // 2].astype(np.float64) + ordered[:, count // 2]) / 2


def _is_within(
    line: NDArray[np.uint8], lowest: NDArray[np.uint8], highest: NDArray[np.uint8]
) -> bool:
    """Whether nearly all of a line is between two colours, (3, 1)."""
    channels = np.ascontiguousarray(line.T)
    near = (channels >= lowest) & (channels <= highest)
    return bool(np.count_nonzero(near) >= 0.98 * near.size)


def _focus(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Sharpness of 4 × 4 tiles: 8 × log2 of the Laplacian's mean size, blind to fine noise."""
    edges = cv2.Laplacian(cv2.GaussianBlur(grey, (0, 0), 1.0), cv2.CV_16S)
    sizes = np.abs(edges, out=edges).astype(np.float32)
    # Two steps, the first of them the fast one: the mean of means is the mean.
    half = max(1, edges.shape[1] // 2), max(1, edges.shape[0] // 2)
    halves = cv2.resize(sizes, half, interpolation=cv2.INTER_AREA)
    tiles = cv2.resize(halves, (FOCUS_SIDE, FOCUS_SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip(8.0 * np.log2(1.0 + 16.0 * tiles), 0, 255), np.uint8)


def unpack(fingerprints: NDArray[np.uint8]) -> NDArray[np.void]:
    """(N, SIZE) bytes as N records of `FIELDS`."""
    records: NDArray[np.void] = np.ascontiguousarray(fingerprints).view(FIELDS).reshape(-1)
    return records


def oriented(squares: NDArray[np.generic], orientation: int) -> NDArray[np.generic]:
    """Turn and mirror N squares, (N, S, S) or (N, S, S, C).

    Args:
        squares: pictures squeezed to squares.
        orientation: 0 to 7; the quarter turns counter-clockwise are ``orientation % 4``, and from
            4 on the picture is mirrored left to right first.
    """
    if orientation >= 4:
        squares = squares[:, :, ::-1]
    return np.asarray(np.rot90(squares, orientation % 4, axes=(1, 2)))


def perceptual_hashes(grey: NDArray[np.generic]) -> NDArray[np.uint8]:
    """The 256-bit pHash of N grey squares, (N, SIDE, SIDE): (N, 32) packed bits.

    ImageHash's ``phash(hash_size=16, highfreq_factor=3)``: the low frequencies of the cosine
    transform, each compared with their median.
    """
    # As products with the few waves that count: all others would be computed for nothing.
    along = _waves(grey.shape[1])
    waves = (along @ grey.astype(np.float64) @ along.T).astype(np.float32)
    waves = waves.reshape(len(grey), HASH_SIDE * HASH_SIDE)
    return np.packbits(waves > np.median(waves, axis=1, keepdims=True), axis=1)


def hash_distances(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Differing bits, 0 to 255 (256 is reported as 255), of N hashes and N others: (N,)."""
    bits = np.bitwise_count(first ^ second).sum(axis=1, dtype=np.uint16)
    return np.asarray(np.minimum(bits, 255), np.uint8)


def texture(grey: NDArray[np.generic]) -> Vectors:
    """How much there is to recognise in N grey squares, (N,) float32, in grey levels.

    The standard deviation of the thumbnail less its own blur. Empty sky, black frames and smooth
    gradients have next to none, and their hashes and correlations mean nothing.
    """
    return np.asarray(details(grey).std(axis=(1, 2)), np.float32)


def details(grey: NDArray[np.generic]) -> Vectors:
    """N grey squares less their own blur, float32: structure without light and tone."""
    sharp = grey.astype(np.float32)
    smooth = _blur(sharp.shape[1])
    return np.asarray(sharp - smooth @ sharp @ smooth.T, np.float32)


def structure(grey: NDArray[np.generic]) -> Vectors:
    """The details of N grey squares, every place given the same weight, float32.

    Divided by their local strength (above 6 grey levels): what two screenshots or pages have in
    common, a strong header or frame, must not outweigh all that differs.
    """
    fine = details(grey)
    smooth = _blur(fine.shape[1], 6.0)
    strength = smooth @ (fine * fine) @ smooth.T
    return np.asarray(fine / np.sqrt(strength + 36.0), np.float32)


def smoothed(grey: Vectors, sigma: float) -> Vectors:
    """N grey squares, each cell with those around it (a Gaussian's sigma in cells), float32."""
    smooth = _blur(grey.shape[1], sigma)
    return np.asarray(smooth @ grey @ smooth.T, np.float32)


@cache
def _waves(side: int) -> NDArray[np.float64]:
    """The lowest waves of the cosine transform over one axis, (HASH_SIDE, side)."""
    places = (np.arange(side) + 0.5) * np.pi / side
    waves: NDArray[np.float64] = 2 * np.cos(np.arange(HASH_SIDE)[:, None] * places)
    return waves


@cache
def _blur(side: int, sigma: float = 3.0) -> NDArray[np.float32]:
    """The Gaussian blur of one axis as a matrix, (side, side): thousands of squares at once."""
    reach = int(4 * sigma + 0.5)
    steps = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (steps / sigma) ** 2)
    weights /= weights.sum()
    blur = np.zeros((side, side))
    rows = np.arange(side)
    for step, weight in zip(steps, weights, strict=True):
        # What lies beyond the edge looks like the edge.
        blur[rows, np.clip(rows + step, 0, side - 1)] += weight
    return blur.astype(np.float32)
