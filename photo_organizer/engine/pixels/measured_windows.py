"""Numbers measured on patches of decoded pixels that no scaling has touched.

Noise, the grids of JPEG blocks and of enlarged pixels, and focus at full size live here. Of a large
photo the windows with the most contrast and a sample of the others are looked at. Pixels stay whole
numbers as long as they can: those are small, and their sums are exact.
"""

from __future__ import annotations

from functools import cache
from math import log2
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.pixels.measured_view import FLOOR, NOISE, VIEW
from photo_organizer.engine.pixels.small_statistics import median, quantile, weighted_quantile

WINDOW: Final = 64
"""Pixels of a window's sides."""

MOST: Final = 64
"""Windows of one photo."""

_Array = NDArray[Any]


def measure_windows(
    rgb: Pixels, grey: _Array | None, energy: _Array, period: float
) -> dict[str, float]:
    """Noise, lattices, blocks and fine detail.

    Args:
        rgb: the decoded photo, each side at least `WINDOW`.
        grey: its brightness, (H, W) uint8; None: nobody needed it so far.
        energy: of its gradients by place, (rows, columns).
        period: the size of a JPEG block in decoded pixels.
    """
    corners = _chosen(rgb, energy)
    count = len(corners)
    # The windows one below the other: OpenCV takes them all at once, as one tall picture.
    colours = _tall(rgb, corners)
    levels = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY) if grey is None else _tall(grey, corners)
    halves = _half(levels)
    red, _, blue = cv2.split(colours)
    red_blue = red.astype(np.float32)
    red_blue -= blue.astype(np.float32)
    windows = levels.reshape(count, WINDOW, WINDOW).astype(np.int16)
    bent_down = _bent_down(windows)
    found = _measure_noise(levels, bent_down, _half(red_blue), halves)
    # The sizes of the changes from each column (row) to the next.
    across, down = _changes(levels)
    power, power_half = _power(across, count) + _power(down, count), _power_of(halves, count)
    # The same averaged over the window: (windows, 63).
    steps = _mean_of_columns(across, count), _mean_of_rows(down, count)
    change = steps[0].mean(1) + steps[1].mean(1)
    busy = change >= median(change)
    lattice = np.minimum(*(_on_few(profile[busy]) for profile in steps))
    found["lattice"] = median(lattice)
    found["lattice_low"] = quantile(lattice, 0.2)
    bends = np.abs(_bent_across(windows[busy])), np.abs(bent_down[busy])
    bent = _mean_of_columns(bends[0], len(bends[0])), _mean_of_rows(bends[1], len(bends[1]))
    found["lattice_bend"] = median(np.minimum(_on_few(bent[0][:, :-2]), _on_few(bent[1])))
    equal = (_share(across <= 1, count) + _share(down <= 1, count)) / 2
    found["still"] = float(equal.mean())
    found["still_busy"] = float(equal[busy].mean())
    found["blocks"], found["blocks_any_phase"] = _blocks(steps, period)
    found["blocks_busy"] = _blocks((steps[0][busy], steps[1][busy]), period)[0]
    fine = np.log2((power + FLOOR) / (power_half + FLOOR))
    found["fine_top"] = weighted_quantile(fine, power_half, 0.95)
    found["fine_mid"] = weighted_quantile(fine, power_half, 0.5)
    found["focus"] = 0.0
    if max(rgb.shape) > 2 * VIEW:
        found["focus"] = _focus(power, power_half, 2 ** found["noise_flat"])
    found["fine_calm"] = median(fine[power_half <= quantile(power_half, 1 / 3)])
    return found


def _chosen(rgb: Pixels, energy: _Array) -> list[tuple[int, int]]:
    """Corners (y, x) of at most `MOST` windows; multiples of `WINDOW`, so grids stay."""
    rows, columns = rgb.shape[0] // WINDOW, rgb.shape[1] // WINDOW
    count = rows * columns
    if count > MOST:
        contrast = cv2.resize(energy, (columns, rows), interpolation=cv2.INTER_LINEAR).ravel()
        strongest = np.argpartition(contrast, -MOST // 3)[-MOST // 3 :]
        spread = np.linspace(0, count - 1, MOST - len(strongest)).astype(np.intp)
        chosen = sorted({*strongest.tolist(), *spread.tolist()})
    else:
        chosen = list(range(count))
    return [(place // columns * WINDOW, place % columns * WINDOW) for place in chosen]


def _tall(pixels: _Array, corners: list[tuple[int, int]]) -> _Array:
    """Windows one below the other, (windows · side, side, …)."""
    rows, columns = pixels.shape[0] // WINDOW, pixels.shape[1] // WINDOW
    if len(corners) == rows * columns:
        grid = pixels[: rows * WINDOW, : columns * WINDOW]
        grid = grid.reshape(rows, WINDOW, columns, -1).swapaxes(1, 2)
        return grid.reshape(-1, WINDOW, *pixels.shape[2:])
    return np.concatenate([pixels[y : y + WINDOW, x : x + WINDOW] for y, x in corners])


def _half(tall: _Array) -> _Array:
    height, width = tall.shape
    half: _Array = cv2.resize(tall, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return half


def _changes(tall: _Array) -> tuple[_Array, _Array]:
    """How far each pixel is from the next.

    Returns:
        Across, (windows · side, side - 1); and down, (windows, side · (side - 1)).
    """
    side = tall.shape[1]
    lines = tall.reshape(-1, side * side)
    return (
        cv2.absdiff(tall[:, 1:], tall[:, :-1]),
        cv2.absdiff(lines[:, side:], lines[:, :-side]),
    )


def _bent_across(windows: _Array) -> _Array:
    """Second differences from column to column, in the first side - 2 columns of as many."""
    # As one line: the last two columns, which reach into the next row, mean nothing.
    line = windows.reshape(-1)
    bent = np.empty_like(line)
    bent[-2:] = 0
    inside = bent[:-2]
    np.add(line[2:], line[:-2], out=inside)
    inside -= line[1:-1]
    inside -= line[1:-1]
    return bent.reshape(windows.shape)


def _bent_down(windows: _Array) -> _Array:
    """Second differences from row to row, (windows, side - 2, side)."""
    count, side, _ = windows.shape
    lines = windows.reshape(count, -1)
    bent = lines[:, 2 * side :] + lines[:, : -2 * side]
    middle = lines[:, side:-side]
    bent -= middle
    bent -= middle
    return bent.reshape(count, side - 2, side)


def _mean_of_columns(tall: _Array, count: int) -> _Array:
    """Mean of each column of each window, (windows, columns)."""
    windows = tall.reshape(count, -1, tall.shape[-1]).astype(np.float32)
    mean: _Array = np.ones(windows.shape[1], np.float32) @ windows
    mean /= windows.shape[1]
    return mean


def _mean_of_rows(tall: _Array, count: int) -> _Array:
    """Mean of each row of `WINDOW` columns of each window, (windows, rows)."""
    rows = tall.reshape(-1, WINDOW).astype(np.float32)
    mean: _Array = rows @ np.ones(WINDOW, np.float32)
    mean /= WINDOW
    return mean.reshape(count, -1)


def _measure_noise(
    levels: _Array, bent: _Array, red_blue: _Array, halves: _Array
) -> dict[str, float]:
    """Standard deviation of noise, by a mask that straight edges and slopes do not reach.

    Args:
        levels: brightness, one window below the other.
        bent: its second differences down, window by window.
        red_blue: red less blue at half size, one window below the other.
        halves: brightness at half size, one window below the other.
    """
    count = len(bent)
    middle = cv2.reduce(levels.reshape(count, -1), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0]
    middle = middle / WINDOW**2
    usable = (middle > 12) & (middle < 243)  # in black and in white noise is cut off
    if not usable.any():
        usable[:] = True
    found = {}
    side = WINDOW // 2
    inputs = (
        ("noise", bent),
        ("noise_chroma", _bent_down(red_blue.reshape(count, side, side))),
        ("noise_half", _bent_down(halves.reshape(count, side, side).astype(np.int16))),
    )
    for name, bends in inputs:
        rows, columns = bends.shape[1:]
        masked = _bent_across(bends)
        sizes = np.abs(masked, out=masked).reshape(count, -1).astype(np.float32, copy=False)
        deviation = NOISE * (sizes @ _inside(rows, columns))[usable] / (rows * (columns - 2))
        found[f"{name}_flat"] = log2(quantile(deviation, 0.15) + 0.3)
        found[f"{name}_mid"] = log2(median(deviation) + 0.3)
    return found


@cache
def _inside(rows: int, columns: int) -> NDArray[np.float32]:
    """1 for each place of a window for which `_bent_across` means something, else 0; flat."""
    inside = np.ones((rows, columns), np.float32)
    inside[:, -2:] = 0
    return inside.ravel()


def _on_few(profiles: _Array) -> _Array:
    """Share of each profile's sum that its largest eighth holds."""
    few = profiles.shape[1] // 8
    largest = np.sort(profiles, axis=1)[:, -few:].sum(1)
    share: _Array = (largest + 0.1) / (profiles.sum(1) + 0.8)
    return share


def _blocks(steps: tuple[_Array, _Array], period: float) -> tuple[float, float]:
    """Step over block edges against inside: at the phase of the file's grid, at any phase.

    Both directions must show it. Where scaling left no whole period there is no grid to see: 0.
    """
    size = round(period)
    if size < 2 or abs(period - size) > 0.02:
        return 0.0, 0.0
    folded = np.zeros((2, WINDOW), np.float32)
    for place, profile in enumerate(steps):
        folded[place, :-1] = profile.mean(0)
    # There is no step behind the last column (row): its phase has one less.
    repeats = np.full(size, WINDOW // size, np.float32)
    repeats[-1] -= 1
    phases = folded.reshape(2, -1, size).sum(axis=1) / repeats
    inside = phases[:, :-1].mean(axis=1)
    typical = np.array([median(one) for one in phases], np.float32)
    at_grid = np.log2((phases[:, -1] + 0.2) / (inside + 0.2))
    at_any = np.log2((phases.max(axis=1) + 0.2) / (typical + 0.2))
    return float(at_grid.min()), float(at_any.min())


def _focus(power: _Array, power_half: _Array, noise: float) -> float:
    """Detail of the windows with the most contrast, as if there were no noise.

    Differences of white noise of variance v have the power 4 v, and v where 2 × 2 pixels are one.
    """
    strongest = np.argsort(power_half)[-max(1, len(power) // 3) :]
    clean = np.maximum(power[strongest] - 4 * noise**2, 0) + FLOOR
    clean_half = np.maximum(power_half[strongest] - noise**2, 0) + FLOOR
    return weighted_quantile(np.log2(clean / clean_half), clean_half, 0.9)


def _share(true: NDArray[np.bool_], count: int) -> _Array:
    """Share of true values in each window."""
    windows = true.reshape(count, -1)
    counts = cv2.reduce(windows.view(np.uint8), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    share: _Array = counts[:, 0] / windows.shape[1]
    return share


def _power(changes: _Array, count: int) -> _Array:
    """Mean square of each window."""
    flat = changes.reshape(count, -1).astype(np.float32)
    power: _Array = np.einsum("ij,ij->i", flat, flat) / flat.shape[1]
    return power


def _power_of(tall: _Array, count: int) -> _Array:
    across, down = _changes(tall)
    return _power(across, count) + _power(down, count)
