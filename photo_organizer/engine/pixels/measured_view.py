"""Numbers measured on the whole photo at one size: blur, motion and composition, tile by tile.

**Detail.** Let J0 and Js be the structure tensors (means of the products of the gradients, Bigun
and Granlund 1987) of one tile at full size and reduced s times. The generalised eigenvalues of
J0 v = d Js v say how much of the contrast that is visible at 1/s is still there at full size, in
the direction that lost most (`worst`) and least (`best`). A sharp photo has both, defocus takes
both, motion only `worst`: and a fence or a horizon, directed at every scale, loses neither.
Noise is sharp also where the lens is not: what white noise adds to the tensors is taken off first.
"""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.pixels.small_statistics import quantile, weighted_quantile

VIEW: Final = 512
"""Pixels of the view's long side, about."""

TILE: Final = 64
"""Pixels of a tile's sides, at full size."""

_REDUCTIONS: Final = (1, 2, 4, 8)

NOISE: Final = float((np.pi / 2) ** 0.5 / 6)
"""From the mean size of second differences across of second differences down to the standard
deviation of the noise behind it: Immerkaer, Fast Noise Variance Estimation, 1996."""

FLOOR: Final = 2.0
"""Squared grey levels: gradients below this are rounding and compression, not contrast."""

_BEND: Final = np.array([1, -2, 1], np.float32)

_Array = NDArray[Any]


def measure_view(grey: _Array) -> tuple[dict[str, float], _Array]:
    """Detail, direction and composition; and the gradient energy of each tile, (rows, columns).

    Args:
        grey: the whole photo, (H, W) uint8, each side at least `TILE`.
    """
    view = _reduced_to_view(grey)
    rows, columns = view.shape[0] // TILE, view.shape[1] // TILE
    view = np.ascontiguousarray(view[: rows * TILE, : columns * TILE])
    levels = [view.astype(np.float32)]
    for _ in _REDUCTIONS:
        levels.append(_half(levels[-1]))
    noise = _noise_floor(view, levels[-1])
    tiles = np.stack([_tensors(level, rows, columns) for level in levels[:-1]])
    # The whole view stands behind the tiles, as one more of them.
    tensors = np.concatenate((tiles, tiles.mean(axis=1, keepdims=True)), axis=1)
    weak, strong = _eigenvalues(tensors)
    # What white noise adds is the same in every direction: both eigenvalues lose it.
    added = np.minimum(2 * (noise / np.array(_REDUCTIONS)[:, None]) ** 2, 0.98 * weak)
    clean = tensors.copy()
    clean[..., 0] -= added
    clean[..., 2] -= added
    worst, best = _detail(clean[:1], clean[1:])
    # Only tiles with contrast in every direction can tell what the worst one lost.
    trusted = (weak - added)[1:], (weak + strong - 2 * added)[1:]
    found: dict[str, float] = {"noise_view": float(np.log2(noise + 0.3))}
    for end, kept, weights in zip(("worst", "best"), (worst, best), trusted, strict=True):
        for place, reduction in enumerate(_REDUCTIONS[1:]):
            found[f"detail_{end}_{reduction}_top"] = weighted_quantile(
                kept[place, :-1], weights[place, :-1], 0.95
            )
            found[f"detail_{end}_{reduction}_all"] = float(kept[place, -1])
    for place, reduction in ((0, 1), (2, 4)):
        ratio = (weak[place, -1] + 1) / (strong[place, -1] + 1)
        found[f"isotropy_{reduction}"] = float(np.log2(ratio))
    energy = tiles[0, :, 0] + tiles[0, :, 2]
    found["gradient"] = float(np.log2(energy.mean() + 0.1))
    strongest = np.sort(energy)[-max(1, round(len(energy) / 10)) :]
    found["concentration"] = float((strongest.sum() + 0.01) / (energy.sum() + 0.1))
    row, column = divmod(int(energy.argmax()), columns)
    found["sharpest_x"] = (column + 0.5) / columns
    found["sharpest_y"] = (row + 0.5) / rows
    return found, energy.reshape(rows, columns)


def _reduced_to_view(grey: _Array) -> _Array:
    if max(grey.shape) <= 1.25 * VIEW:
        return grey
    height, width = (max(TILE, round(side * VIEW / max(grey.shape))) for side in grey.shape)
    # Halving is far cheaper than the general case, and the mean of means is the mean.
    while min(grey.shape[0] / height, grey.shape[1] / width) >= 2:
        grey = _half(grey)
    view: _Array = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    return view


def _half(level: _Array) -> _Array:
    size = level.shape[1] // 2, level.shape[0] // 2
    half: _Array = cv2.resize(level, size, interpolation=cv2.INTER_AREA)
    return half


def _tensors(level: _Array, rows: int, columns: int) -> _Array:
    """Structure tensor (xx, xy, yy) of each tile: (rows · columns, 3) float64."""
    height, width = level.shape
    across, down = np.empty_like(level), np.empty_like(level)
    # As one line, which is faster; at the edges, where it reaches into the next row, it is even.
    line = level.reshape(-1)
    np.subtract(line[2:], line[:-2], out=across.reshape(-1)[1:-1])
    across[:, :: width - 1] = 0
    np.subtract(level[2:], level[:-2], out=down[1:-1])
    down[:: height - 1] = 0
    side = height // rows
    # Each line of each tile at once, which stays in the processor's cache.
    x, y = across.reshape(height, columns, side), down.reshape(height, columns, side)
    lines = np.empty((3, height, columns), np.float32)
    for place, (one, other) in enumerate(((x, x), (x, y), (y, y))):
        np.einsum("lcs,lcs->lc", one, other, out=lines[place])
    sums = lines.reshape(3, rows, side, columns).sum(axis=2, dtype=np.float64)
    tensors: _Array = sums.reshape(3, -1).T / side**2
    return tensors


def _noise_floor(view: _Array, bright: _Array) -> float:
    """Standard deviation of the noise in the calmest tenth of 16 × 16 patches (see `NOISE`).

    Args:
        view: (H, W) uint8.
        bright: its patches' means.
    """
    masked = cv2.sepFilter2D(view, cv2.CV_16S, _BEND, _BEND)
    sizes = np.abs(masked, out=masked).astype(np.float32)
    for _ in range(4):
        sizes = _half(sizes)
    usable = sizes[(bright > 12) & (bright < 243)]
    return NOISE * quantile(usable, 0.1) if usable.size else 0.0


def _eigenvalues(tensor: _Array) -> tuple[_Array, _Array]:
    """Smaller and larger eigenvalue of symmetric 2 × 2 matrices (…, 3)."""
    xx, xy, yy = tensor[..., 0], tensor[..., 1], tensor[..., 2]
    middle, spread = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    return middle - spread, middle + spread


def _detail(fine: _Array, coarse: _Array) -> tuple[_Array, _Array]:
    """log2 of the generalised eigenvalues (smaller, larger) of fine v = d · coarse v."""
    a, b, c = fine[..., 0] + FLOOR, fine[..., 1], fine[..., 2] + FLOOR
    p, q, r = coarse[..., 0] + FLOOR, coarse[..., 1], coarse[..., 2] + FLOOR
    determinant = p * r - q * q
    middle = (r * a - 2 * q * b + p * c) / determinant / 2
    spread = np.sqrt(np.maximum(middle**2 - (a * c - b * b) / determinant, 0))
    return np.log2(np.maximum(middle - spread, 1e-4)), np.log2(middle + spread)
