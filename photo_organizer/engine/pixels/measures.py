"""Numbers measured on the pixels of one photo: raw, never judged here.

Three looks at a photo, each where its question can be answered:

* the *view*: the whole photo at a long side of about `VIEW` pixels. Blur and motion smear are seen
  here, relative to the size of the photo and tile by tile, so that the sharpest region decides.
* the *windows*: patches of `WINDOW` decoded pixels that no scaling has touched. Noise, the grids of
  JPEG blocks and of enlarged pixels, and focus at full size live here. Of a large photo the windows
  with the most contrast and a sample of the others are looked at.
* the *samples*: single pixels spread evenly over the photo, for exposure and colour.

**Detail.** Let J0 and Js be the structure tensors (means of the products of the gradients, Bigun
and Granlund 1987) of one tile at full size and reduced s times. The generalised eigenvalues of
J0 v = d Js v say how much of the contrast that is visible at 1/s is still there at full size, in
the direction that lost most (`worst`) and least (`best`). A sharp photo has both, defocus takes
both, motion only `worst`: and a fence or a horizon, directed at every scale, loses neither.
Noise is sharp also where the lens is not: what white noise adds to the tensors is taken off first.

Everything is safe on any thread, and most of the time is spent outside Python's lock.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels, Vectors
from photo_organizer.engine.pixels.picture import Picture

VERSION = 5
"""Changes whenever the same picture would get other numbers."""

VIEW = 512
WINDOW = 64
MAX_WINDOWS = 64
SAMPLES = 24_000

_REDUCTIONS = (2, 4, 8)
_NOISE = (np.pi / 2) ** 0.5 / 6
"""From the mean size of second differences across of second differences down to the standard
deviation of the noise behind it: Immerkaer, Fast Noise Variance Estimation, 1996."""

_LINES = 128
"""Rows and columns sampled for `_beat`."""
_SPECTRUM = 4096
"""Points of its Fourier transform."""

_FLOOR = 2.0
"""Squared grey levels: gradients below this are rounding and compression, not contrast."""

NAMES: tuple[str, ...] = (
    # Detail kept at full size over detail at 1/2, 1/4, 1/8 (log2); of the tiles that keep most
    # (top), and of the whole view (all).
    "detail_worst_2_top",
    "detail_worst_4_top",
    "detail_worst_8_top",
    "detail_best_2_top",
    "detail_best_4_top",
    "detail_best_8_top",
    "detail_worst_2_all",
    "detail_worst_4_all",
    "detail_worst_8_all",
    "detail_best_2_all",
    "detail_best_4_all",
    "detail_best_8_all",
    # log2 of the deviation of the noise that was taken off there, in grey levels of the view.
    "noise_view",
    # log2 of the weaker over the stronger direction of all gradients, at full size and at 1/4.
    "isotropy_1",
    "isotropy_4",
    # log2 of the mean squared gradient of the view.
    "gradient",
    # Where the sharpest tile's centre lies, 0 to 1 of width and height.
    "sharpest_x",
    "sharpest_y",
    # Share of the gradient energy that lies in the strongest tenth of the tiles, 0.1 to 1.
    "concentration",
    # The same detail at the decoded size, all directions: of the sharpest windows, of the middle
    # one, and of the third with the least contrast, where only noise is this fine.
    "fine_top",
    "fine_mid",
    "fine_calm",
    # The same of the windows with the most contrast, less the noise, where the decoded photo is
    # much larger than the view; else 0: the view says it all.
    "focus",
    # log2 of the noise's standard deviation in grey levels: flat windows, median window; of
    # brightness, and of the difference between red and blue at half size, where it does not matter
    # whether the file keeps colour at half size only.
    "noise_flat",
    "noise_mid",
    "noise_chroma_flat",
    "noise_chroma_mid",
    # The same of brightness at half size: coarse noise, and what compression leaves of it.
    "noise_half_flat",
    "noise_half_mid",
    # Share of all change between neighbours that falls on an eighth of the columns and rows:
    # median and low fifth of the busier windows; the same for the change of the change.
    "lattice",
    "lattice_low",
    "lattice_bend",
    # Share of neighbouring pixels that are equal but for one level: everywhere, busier windows.
    "still",
    "still_busy",
    # log2 of the step over the edges of 8 × 8 blocks against the steps inside; at whichever phase
    # is strongest; in the busier windows.
    "blocks",
    "blocks_any_phase",
    "blocks_busy",
    # log2 of the strongest regular beat of the change of the change, across and down alike, against
    # the typical one: blocks and enlarged pixels of any size, also after scaling.
    "beat",
    # The quality the file says it was saved with, 0 to 100; 100 where it does not say.
    "saved_quality",
    # Percentiles of brightness, 0 to 1.
    "bright_01",
    "bright_05",
    "bright_25",
    "bright_50",
    "bright_75",
    "bright_95",
    "bright_99",
    "bright_999",
    # Shares of pixels: every channel clipped, some channel clipped, the same in the middle of the
    # photo, black; clipped pixels beside unclipped ones among all clipped ones.
    "clipped_all",
    "clipped_any",
    "clipped_centre",
    "clipped_border",
    "black",
    # Share of pixels that are neither dark nor light.
    "midtones",
    # Standard deviation of brightness, and its entropy in bits (64 levels).
    "contrast",
    "entropy",
    # Mean saturation (HSV), 0 to 1.
    "saturation",
    # Hasler and Süsstrunk 2003; 0 (grey) to about 110.
    "colourfulness",
)

_COLUMNS = {name: i for i, name in enumerate(NAMES)}
_PERCENTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999)
_LEVELS = 4096
"""Of brightness, a multiple of 64."""

_Array = NDArray[Any]


def column(measures: Vectors, name: str) -> NDArray[np.float32]:
    """One measure of N photos, (N,), from the (N, len(NAMES)) table.

    Raises:
        KeyError: there is no such measure.
    """
    return measures[:, _COLUMNS[name]]


def measure(picture: Picture) -> NDArray[np.float32]:
    """All measures of one photo: (len(NAMES),) float32, finite, in the order of `NAMES`."""
    rgb, small = _at_least(picture.pixels, WINDOW), _at_least(picture.small, WINDOW)
    found, energy = _measure_view(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    found |= _measure_windows(rgb, energy, 8 * picture.scale)
    found["beat"] = _beat(rgb)
    found["saved_quality"] = picture.saved_quality
    found |= _measure_samples(picture.pixels)
    return np.array([found[name] for name in NAMES], np.float32)


def _at_least(pixels: Pixels, side: int) -> Pixels:
    """Mirror the edges of a picture that is smaller than `side`."""
    height, width = pixels.shape[:2]
    if height >= side and width >= side:
        return pixels
    below, right = max(0, side - height), max(0, side - width)
    mirrored: Pixels = cv2.copyMakeBorder(pixels, 0, below, 0, right, cv2.BORDER_REFLECT)
    return mirrored


def _measure_view(gray: _Array) -> tuple[dict[str, float], _Array]:
    """Detail, direction and composition; and the gradient energy of each tile, (rows, columns)."""
    level = _reduce_to_view(gray)
    rows, columns = level.shape[0] // WINDOW, level.shape[1] // WINDOW
    level = level[: rows * WINDOW, : columns * WINDOW].astype(np.float32)
    noise = _noise_floor(level)
    tensors, cleaned = [], []
    for reduction in (1, *_REDUCTIONS):
        tensors.append(_tensors(level, rows, columns))
        cleaned.append(_without_noise(tensors[-1], noise / reduction))
        half = level.shape[1] // 2, level.shape[0] // 2
        level = cv2.resize(level, half, interpolation=cv2.INTER_AREA)
    found: dict[str, float] = {"noise_view": float(np.log2(noise + 0.3))}
    for reduction, whole, coarse in zip(_REDUCTIONS, tensors[1:], cleaned[1:], strict=True):
        kept = _detail(cleaned[0], coarse)
        kept_all = _detail(
            _without_noise(tensors[0].mean(0), noise),
            _without_noise(whole.mean(0), noise / reduction),
        )
        # Only tiles with contrast in every direction can tell what the worst one lost.
        weak, strong = _eigenvalues(coarse)
        ends = zip(("worst", "best"), kept, kept_all, (weak, weak + strong), strict=True)
        for end, tiles, of_all, weights in ends:
            found[f"detail_{end}_{reduction}_top"] = _quantile(tiles, weights, 0.95)
            found[f"detail_{end}_{reduction}_all"] = float(of_all)
    for reduction, tensor in ((1, tensors[0]), (4, tensors[2])):
        weak, strong = _eigenvalues(tensor.mean(0))
        found[f"isotropy_{reduction}"] = float(np.log2((weak + 1) / (strong + 1)))
    energy = tensors[0][:, 0] + tensors[0][:, 2]
    found["gradient"] = float(np.log2(energy.mean() + 0.1))
    strongest = np.sort(energy)[-max(1, round(len(energy) / 10)) :]
    found["concentration"] = float((strongest.sum() + 0.01) / (energy.sum() + 0.1))
    row, column_ = divmod(int(energy.argmax()), columns)
    found["sharpest_x"] = (column_ + 0.5) / columns
    found["sharpest_y"] = (row + 0.5) / rows
    return found, energy.reshape(rows, columns)


def _reduce_to_view(gray: _Array) -> _Array:
    if max(gray.shape) <= 1.25 * VIEW:
        return gray
    height, width = (max(WINDOW, round(side * VIEW / max(gray.shape))) for side in gray.shape)
    # Halving is far cheaper than the general case, and the mean of means is the mean.
    while min(gray.shape[0] / height, gray.shape[1] / width) >= 2:
        half = gray.shape[1] // 2, gray.shape[0] // 2
        gray = cv2.resize(gray, half, interpolation=cv2.INTER_AREA)
    view: _Array = cv2.resize(gray, (width, height), interpolation=cv2.INTER_AREA)
    return view


def _tensors(level: _Array, rows: int, columns: int) -> _Array:
    """Structure tensor (xx, xy, yy) of each tile: (rows · columns, 3) float64."""
    x = cv2.Sobel(level, cv2.CV_32F, 1, 0, ksize=1)
    y = cv2.Sobel(level, cv2.CV_32F, 0, 1, ksize=1)
    means = [
        cv2.resize(product, (columns, rows), interpolation=cv2.INTER_AREA).ravel()
        for product in (x * x, x * y, y * y)
    ]
    return np.stack(means, axis=1).astype(np.float64)


def _noise_floor(level: _Array) -> float:
    """Standard deviation of the noise in the calmest tenth of 16 × 16 patches (see `_NOISE`)."""
    kernel = np.array([1, -2, 1], np.float32)
    masked = np.abs(cv2.sepFilter2D(level, cv2.CV_32F, kernel, kernel))
    patches = level.shape[1] // 16, level.shape[0] // 16
    deviation = _NOISE * cv2.resize(masked, patches, interpolation=cv2.INTER_AREA)
    bright = cv2.resize(level, patches, interpolation=cv2.INTER_AREA)
    usable = deviation[(bright > 12) & (bright < 243)]
    return float(np.quantile(usable, 0.1)) if usable.size else 0.0


def _without_noise(tensor: _Array, deviation: float) -> _Array:
    """The structure tensor (…, 3) less what white noise of this deviation adds to it."""
    weak, _ = _eigenvalues(tensor)
    noise = np.minimum(2 * deviation**2, 0.98 * weak)
    clean: _Array = tensor - np.stack([noise, np.zeros_like(noise), noise], axis=-1)
    return clean


def _eigenvalues(tensor: _Array) -> tuple[_Array, _Array]:
    """Smaller and larger eigenvalue of symmetric 2 × 2 matrices (…, 3)."""
    xx, xy, yy = np.moveaxis(tensor, -1, 0)
    spread = np.hypot((xx - yy) / 2, xy)
    return (xx + yy) / 2 - spread, (xx + yy) / 2 + spread


def _detail(fine: _Array, coarse: _Array) -> tuple[_Array, _Array]:
    """log2 of the generalised eigenvalues (smaller, larger) of fine v = d · coarse v."""
    a, b, c = np.moveaxis(fine + np.array([_FLOOR, 0, _FLOOR]), -1, 0)
    p, q, r = np.moveaxis(coarse + np.array([_FLOOR, 0, _FLOOR]), -1, 0)
    determinant = p * r - q * q
    middle = (r * a - 2 * q * b + p * c) / determinant / 2
    spread = np.sqrt(np.maximum(middle**2 - (a * c - b * b) / determinant, 0))
    return np.log2(np.maximum(middle - spread, 1e-4)), np.log2(middle + spread)


def _quantile(values: _Array, weights: _Array, share: float) -> float:
    """The value below which `share` of the weight lies."""
    order = np.argsort(values)
    below = np.cumsum(weights[order] + 1e-3)
    return float(values[order[np.searchsorted(below, share * below[-1])]])


def _measure_windows(rgb: Pixels, energy: _Array, period: float) -> dict[str, float]:
    """Noise, lattices, blocks and fine detail; `period` is the size of a JPEG block in pixels."""
    corners = _choose_windows(rgb, energy)
    # The windows one below the other: OpenCV takes them all at once, as one tall picture.
    colours = np.concatenate([rgb[y : y + WINDOW, x : x + WINDOW] for y, x in corners])
    levels = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    red, _, blue = cv2.split(colours)
    windows = _windows(levels).astype(np.float32)
    across, down = _change(windows, 2), _change(windows, 1)
    bends = _change(across, 2), _change(down, 1)
    red_blue = _windows(_half(cv2.subtract(red, blue, dtype=cv2.CV_32F)))
    halves = _windows(_half(levels)).astype(np.float32)
    found = _measure_noise(windows, bends[1], red_blue, halves)
    for change in (across, down, *bends):
        np.abs(change, out=change)
    # The change from each column (row) to the next, averaged over the window: (windows, 63).
    steps = _mean(across, 1), _mean(down, 2)
    change = steps[0].mean(1) + steps[1].mean(1)
    busy = change >= np.median(change)
    lattice = np.minimum(*(_on_few(profile[busy]) for profile in steps))
    found["lattice"] = float(np.median(lattice))
    found["lattice_low"] = float(np.quantile(lattice, 0.2))
    bent = _mean(bends[0], 1)[busy], _mean(bends[1], 2)[busy]
    found["lattice_bend"] = float(np.median(np.minimum(*(_on_few(profile) for profile in bent))))
    equal = (_share(across <= 1) + _share(down <= 1)) / 2
    found["still"] = float(equal.mean())
    found["still_busy"] = float(equal[busy].mean())
    found["blocks"], found["blocks_any_phase"] = _blocks(steps, period)
    found["blocks_busy"] = _blocks((steps[0][busy], steps[1][busy]), period)[0]
    power = _power(across) + _power(down)
    power_half = _power(_change(halves, 2)) + _power(_change(halves, 1))
    fine = np.log2((power + _FLOOR) / (power_half + _FLOOR))
    found["fine_top"] = _quantile(fine, power_half, 0.95)
    found["fine_mid"] = _quantile(fine, power_half, 0.5)
    found["focus"] = 0.0
    if max(rgb.shape) > 2 * VIEW:
        found["focus"] = _focus(power, power_half, 2 ** found["noise_flat"])
    calm = power_half <= np.quantile(power_half, 1 / 3)
    found["fine_calm"] = float(np.median(fine[calm]))
    return found


def _windows(tall: _Array) -> _Array:
    """Windows one below the other, (windows · side, side), as (windows, side, side)."""
    return tall.reshape(-1, tall.shape[1], tall.shape[1])


def _half(tall: _Array) -> _Array:
    height, width = tall.shape
    half: _Array = cv2.resize(tall, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return half


def _change(windows: _Array, axis: int) -> _Array:
    """``np.diff``: the differences to the next row (axis 1) or column (axis 2)."""
    count, rows, columns = windows.shape
    # Each row, or each whole window, as one line of a picture: that is where OpenCV is fast.
    step, shape = (columns, (count, -1)) if axis == 1 else (1, (count * rows, -1))
    lines = windows.reshape(shape)
    change: _Array = cv2.subtract(lines[:, step:], lines[:, :-step])
    return change.reshape(count, rows - (axis == 1), columns - (axis == 2))


def _mean(windows: _Array, axis: int) -> _Array:
    """``windows.mean(axis)`` of float32, as a product with ones: several times as fast."""
    ones = np.ones(windows.shape[axis], np.float32)
    total: _Array = ones @ windows if axis == 1 else windows @ ones
    return total / np.float32(len(ones))


def _choose_windows(rgb: Pixels, energy: _Array) -> _Array:
    """Corners (y, x) of at most `MAX_WINDOWS` windows; multiples of `WINDOW`, so grids stay."""
    rows, columns = rgb.shape[0] // WINDOW, rgb.shape[1] // WINDOW
    count = rows * columns
    if count > MAX_WINDOWS:
        contrast = cv2.resize(energy, (columns, rows), interpolation=cv2.INTER_LINEAR).ravel()
        strongest = np.argpartition(contrast, -MAX_WINDOWS // 3)[-MAX_WINDOWS // 3 :]
        spread = np.linspace(0, count - 1, MAX_WINDOWS - len(strongest)).astype(np.intp)
        chosen = np.union1d(strongest, spread)
    else:
        chosen = np.arange(count)
    return np.stack(np.divmod(chosen, columns), axis=1) * WINDOW


def _measure_noise(
    windows: _Array, bends: _Array, red_blue: _Array, halves: _Array
) -> dict[str, float]:
    """Standard deviation of noise, by a mask that straight edges and slopes do not reach.

    Args:
        windows: brightness.
        bends: its second differences down.
        red_blue: red less blue at half size.
        halves: brightness at half size.
    """
    middle = _mean(windows, 1).mean(1)
    usable = (middle > 12) & (middle < 243)  # in black and in white noise is cut off
    if not usable.any():
        usable[:] = True
    found = {}
    inputs = (
        ("noise", bends),
        ("noise_chroma", _change(_change(red_blue, 1), 1)),
        ("noise_half", _change(_change(halves, 1), 1)),
    )
    for name, bent in inputs:
        masked = _change(_change(bent, 2), 2)
        deviation = _NOISE * _mean(np.abs(masked, out=masked), 1).mean(1)
        flat, typical = np.log2(np.quantile(deviation[usable], (0.15, 0.5)) + 0.3)
        found[f"{name}_flat"], found[f"{name}_mid"] = float(flat), float(typical)
    return found


def _on_few(profiles: _Array) -> _Array:
    """Share of each profile's sum that its largest eighth holds."""
    few = profiles.shape[1] // 8
    largest = np.partition(profiles, -few, axis=1)[:, -few:].sum(1)
    share: _Array = (largest + 0.1) / (profiles.sum(1) + 0.8)
    return share


def _blocks(steps: tuple[_Array, _Array], period: float) -> tuple[float, float]:
    """Step over block edges against inside: at the phase of the file's grid, at any phase.

    Both directions must show it. Where scaling left no whole period there is no grid to see: 0.
    """
    size = round(period)
    if size < 2 or abs(period - size) > 0.02:
        return 0.0, 0.0
    at_grid, at_any = [], []
    for profile in steps:
        folded = np.full(WINDOW, np.nan, np.float32)
        folded[:-1] = profile.mean(0)
        phases = np.nanmean(folded.reshape(-1, size), axis=0)
        inside = phases[:-1].mean()
        at_grid.append(np.log2((phases[-1] + 0.2) / (inside + 0.2)))
        at_any.append(np.log2((phases.max() + 0.2) / (np.median(phases) + 0.2)))
    return float(min(at_grid)), float(min(at_any))


def _beat(rgb: Pixels) -> float:
    """log2 of the strongest peak over the typical line of the spectrum, common to both directions.

    The mean size of the second difference, column by column (row by row), over a sample of rows
    (columns); periods from 3 to 18 decoded pixels.
    """
    rows, columns = (
        np.linspace(0, side - 1, min(_LINES, side)).astype(np.intp) for side in rgb.shape[:2]
    )
    spectra = np.sqrt(
        _spectrum(np.ascontiguousarray(rgb[rows]))
        * _spectrum(cv2.transpose(rgb.take(columns, axis=1)))
    )
    heard = spectra[_SPECTRUM // 18 : _SPECTRUM // 3]
    return float(np.log2((heard.max() + 1e-3) / (np.median(heard) + 1e-3)))


def _spectrum(lines: Pixels) -> _Array:
    level = cv2.cvtColor(lines, cv2.COLOR_RGB2GRAY).astype(np.float32)
    bend = np.abs(level[:, 2:] + level[:, :-2] - 2 * level[:, 1:-1])
    # No single edge may drown the others.
    profile = np.minimum(bend, 3 * bend.mean() + 1).mean(0)
    around = cv2.blur(profile[None], (33, 1), borderType=cv2.BORDER_REFLECT)[0]
    relative = (profile / (around + 0.2) - 1) * np.hanning(len(profile))
    spectrum: _Array = np.abs(np.fft.rfft(relative, _SPECTRUM))
    return spectrum


def _focus(power: _Array, power_half: _Array, noise: float) -> float:
    """Detail of the windows with the most contrast, as if there were no noise.

    Differences of white noise of variance v have the power 4 v, and v where 2 × 2 pixels are one.
    """
    strongest = np.argsort(power_half)[-max(1, len(power) // 3) :]
    clean = np.maximum(power[strongest] - 4 * noise**2, 0) + _FLOOR
    clean_half = np.maximum(power_half[strongest] - noise**2, 0) + _FLOOR
    return _quantile(np.log2(clean / clean_half), clean_half, 0.9)


def _share(true: NDArray[np.bool_]) -> _Array:
    """Share of true values in each window."""
    counts: _Array = np.array([np.count_nonzero(window) for window in true])
    share: _Array = counts / true[0].size
    return share


def _power(change: _Array) -> _Array:
    """Mean square of each window."""
    flat = change.reshape(len(change), -1)
    power: _Array = np.einsum("ij,ij->i", flat, flat) / flat.shape[1]
    return power


def _measure_samples(rgb: Pixels) -> dict[str, float]:
    step = max(1, round((rgb.shape[0] * rgb.shape[1] / SAMPLES) ** 0.5))
    samples = rgb[step // 2 :: step, step // 2 :: step]
    if samples.size == 0:
        samples = rgb
    red, green, blue = (channel.astype(np.float32) for channel in cv2.split(samples))
    # Perceived brightness as in the HSP colour model.
    bright = np.sqrt(0.241 * red**2 + 0.691 * green**2 + 0.068 * blue**2) / 255
    # Counted instead of sorted: a fifth of the time, true to half a level.
    levels = np.rint((_LEVELS - 1) * bright).astype(np.intp)
    counts = np.bincount(levels.ravel(), minlength=_LEVELS)
    reached = np.searchsorted(counts.cumsum(), np.array(_PERCENTILES) * bright.size)
    found = {
        f"bright_{str(share)[2:].ljust(2, '0')}": float(level) / (_LEVELS - 1)
        for share, level in zip(_PERCENTILES, reached, strict=True)
    }
    lowest = np.minimum(np.minimum(red, green), blue)
    highest = np.maximum(np.maximum(red, green), blue)
    clipped = highest >= 250
    rows, columns = (slice(side // 4, max(side // 4 + 1, side * 3 // 4)) for side in clipped.shape)
    inner = cv2.erode(clipped.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=1)
    found["clipped_all"] = float((lowest >= 250).mean())
    found["clipped_any"] = float(clipped.mean())
    found["clipped_centre"] = float(clipped[rows, columns].mean())
    found["clipped_border"] = 1 - float((inner.sum() + 1) / (clipped.sum() + 1))
    found["black"] = float((highest <= 8).mean())
    found["midtones"] = float(((bright > 0.15) & (bright < 0.75)).mean())
    found["contrast"] = float(bright.std())
    shares = counts.reshape(64, -1).sum(1) / bright.size
    found["entropy"] = float(-(shares * np.log2(shares + 1e-9)).sum())
    found["saturation"] = float((1 - lowest / np.maximum(highest, 1)).mean())
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    found["colourfulness"] = float(
        np.hypot(red_green.std(), yellow_blue.std())
        + 0.3 * np.hypot(red_green.mean(), yellow_blue.mean())
    )
    return found
