"""Fit the models of the mechanical flaws and write ``resources/quality/models.json``.

    python tools/fit_quality.py PHOTOS

PHOTOS is a folder of photos without flaws, a few hundred of all kinds. Each is damaged in every
way of `DAMAGE` and changed in every harmless way of `HARMLESS`; an additive logistic model for
each flaw learns to tell its damage from the rest. What is printed comes from models that have
seen neither the photo (five folds over photos) nor the seed. Random numbers depend on photo, kind
and seed only.
"""

from __future__ import annotations

import argparse
import io
import json
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine import measures
from photo_organizer.engine.facts import Picture, Vectors
from photo_organizer.engine.results import Flaw

OUTPUT = Path(__file__).parents[1] / "resources" / "quality" / "models.json"
FOLDS = 5
PENALTY = 0.1
"""Inverse strength of the L2 penalty on standardised measures."""
KNOTS = (0.002, 0.1, 0.25, 0.5, 0.75, 0.9, 0.998)
"""Where the curves bend, as quantiles of the measure; beyond the ends they are flat."""
OTHER_DAMAGE = 0.3
"""Weight of a photo with another flaw: it helps to name the right one, no more."""

# The measures of each flaw. Few, and such as a person would name.
FEATURES: dict[Flaw, tuple[str, ...]] = {
    Flaw.BLUR: (
        "detail_worst_2_top",
        "detail_worst_4_top",
        "detail_worst_8_top",
        "detail_best_2_top",
        "detail_best_4_top",
        "detail_worst_2_all",
        "detail_worst_4_all",
        "detail_best_4_all",
    ),
    Flaw.MOTION: (
        "detail_worst_2_top",
        "detail_worst_4_top",
        "detail_worst_8_top",
        "detail_worst_2_all",
        "detail_worst_4_all",
        "detail_worst_8_all",
        "detail_best_2_top",
        "detail_best_4_top",
        "detail_best_2_all",
        "detail_best_4_all",
        "detail_best_8_all",
        "isotropy_1",
        "isotropy_4",
    ),
    Flaw.NOISE: (
        "noise_flat",
        "noise_mid",
        "noise_chroma_flat",
        "noise_chroma_mid",
        "still",
        "fine_mid",
        "fine_calm",
    ),
    Flaw.DARK: ("bright_95", "bright_99", "bright_999", "black"),
    Flaw.OVEREXPOSED: (
        "clipped_any",
        "clipped_all",
        "clipped_centre",
        "clipped_border",
        "bright_01",
        "bright_05",
        "bright_25",
        "bright_75",
        "midtones",
        "entropy",
    ),
    Flaw.PIXELATED: ("lattice", "lattice_low", "lattice_bend", "still_busy"),
    Flaw.COMPRESSION: (
        "blocks",
        "blocks_any_phase",
        "blocks_busy",
        "lattice_bend",
        "lattice",
        "still_busy",
    ),
}

Pixels = NDArray[Any]
Random = np.random.Generator
Change = Callable[[Pixels, Random], Pixels]


def rounded(pixels: Pixels) -> Pixels:
    return np.clip(pixels, 0, 255).astype(np.uint8)


def saved(pixels: Pixels, quality: int, kind: str = "JPEG", **options: Any) -> Pixels:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, quality=quality, **options)
    return np.asarray(Image.open(buffer).convert("RGB"))


def resized(pixels: Pixels, factor: float, resample: Image.Resampling) -> Pixels:
    size = tuple(max(8, round(side * factor)) for side in pixels.shape[1::-1])
    return np.asarray(Image.fromarray(pixels).resize(size, resample))


def enlarged(pixels: Pixels, factor: float, down: Image.Resampling, up: Image.Resampling) -> Pixels:
    """Reduced and brought back to its size."""
    small = Image.fromarray(pixels)
    size = tuple(max(2, int(side / factor)) for side in small.size)
    return np.asarray(small.resize(size, down).resize(small.size, up))


def gaussian(pixels: Pixels, sigma: float) -> Pixels:
    return cv2.GaussianBlur(pixels, (0, 0), sigma)


def defocused(pixels: Pixels, radius: float) -> Pixels:
    """Blurred by the image of a round aperture."""
    half = int(np.ceil(radius))
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return cv2.filter2D(pixels, -1, kernel / kernel.sum())


def smeared(pixels: Pixels, length: float, angle: float, bend: float = 0.0) -> Pixels:
    """Blurred along a path: straight, or bent by `bend` of its length."""
    size = int(length) + 3 | 1
    along = np.linspace(-0.5, 0.5, int(length) * 4 + 1)
    aside = bend * (4 * along**2 - 0.3)
    x = size // 2 + length * (along * np.cos(angle) - aside * np.sin(angle))
    y = size // 2 + length * (along * np.sin(angle) + aside * np.cos(angle))
    kernel = np.histogram2d(y, x, bins=size, range=[[-0.5, size - 0.5]] * 2)[0]
    kernel = gaussian(kernel, 0.4)
    return cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)


def grainy(pixels: Pixels, deviation: float, random: Random, channels: int = 3) -> Pixels:
    grain = random.normal(0, deviation, (*pixels.shape[:2], channels))
    return rounded(pixels + grain)


def coarse_grain(pixels: Pixels, random: Random) -> Pixels:
    grain = random.normal(0, random.uniform(70, 110), pixels.shape)
    return rounded(pixels + gaussian(grain, 0.8))


def shot_noise(pixels: Pixels, random: Random) -> Pixels:
    gain = random.uniform(10, 35)
    return rounded(random.poisson(pixels / gain) * gain)


def specks(pixels: Pixels, random: Random) -> Pixels:
    share, draw = random.uniform(0.04, 0.15), random.random(pixels.shape[:2])[..., None]
    return np.where(draw < share / 2, 0, np.where(draw > 1 - share / 2, 255, pixels)).astype(
        np.uint8
    )


def bent(pixels: Pixels, gamma: float, gain: float, lift: float = 0.0) -> Pixels:
    return rounded(255 * (pixels / 255) ** gamma * gain + lift)


def rolled(pixels: Pixels, random: Random) -> Pixels:
    """Mean of copies moved by one pixel each along one side."""
    length, axis = int(max(pixels.shape) / random.uniform(18, 32)), int(random.integers(2))
    return smeared(pixels, length, axis * np.pi / 2)


def spot(shape: tuple[int, ...], random: Random, low: float, high: float) -> Pixels:
    """A soft ellipse: 1 inside, 0 outside, radii as shares of the sides."""
    size = random.uniform(low, high)
    y, x = np.mgrid[: shape[0], : shape[1]]
    middle = random.uniform(0.3, 0.7, 2)
    distance = np.hypot(x / shape[1] - middle[0], y / shape[0] - middle[1]) / size
    return np.clip((1.15 - distance) / 0.3, 0, 1)[..., None]


def mixed(inside: Pixels, outside: Pixels | float, mask: Pixels | float) -> Pixels:
    return rounded(inside * mask + outside * (1 - mask))


def lamps(pixels: Pixels, random: Random) -> Pixels:
    """Night: everything dark but some lamps."""
    night = pixels * random.uniform(0.06, 0.16)
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    for _ in range(random.integers(4, 14)):
        radius = max(pixels.shape) * random.uniform(0.006, 0.03)
        middle = random.random(2) * pixels.shape[:2]
        distance = np.hypot(x - middle[1], y - middle[0])
        lit = np.clip(radius - distance, 0, 1)[..., None] * [330, 290, random.uniform(160, 290)]
        night = night + lit + 60 * np.exp(-distance / radius / 3)[..., None]
    return rounded(night)


def product(pixels: Pixels, random: Random) -> Pixels:
    """The photo, smaller, on white paper."""
    thing = resized(pixels, random.uniform(0.35, 0.7), Image.Resampling.LANCZOS)
    paper = np.full_like(pixels, 255 if random.random() < 0.7 else 247)
    top, left = (int(random.integers(paper.shape[i] - thing.shape[i] + 1)) for i in (0, 1))
    paper[top : top + thing.shape[0], left : left + thing.shape[1]] = thing
    return paper


def side(pixels: Pixels) -> int:
    return max(pixels.shape)


_BILINEAR, _BICUBIC = Image.Resampling.BILINEAR, Image.Resampling.BICUBIC
_BOX, _NEAREST, _LANCZOS = Image.Resampling.BOX, Image.Resampling.NEAREST, Image.Resampling.LANCZOS

DAMAGE: dict[Flaw, dict[str, Change]] = {
    Flaw.BLUR: {
        "gaussian": lambda p, r: gaussian(p, side(p) / r.uniform(60, 140)),
        "slight": lambda p, r: gaussian(p, side(p) / r.uniform(140, 220)),
        "disk": lambda p, r: defocused(p, max(2, side(p) / r.uniform(40, 120))),
        "enlarged": lambda p, r: enlarged(
            p, r.uniform(5, 12), _BOX, (_BILINEAR, _BICUBIC, _LANCZOS)[r.integers(3)]
        ),
    },
    Flaw.MOTION: {
        "rolled": rolled,
        "diagonal": lambda p, r: smeared(p, side(p) / r.uniform(16, 50), r.uniform(0, np.pi)),
        "straight": lambda p, r: smeared(p, side(p) / r.uniform(16, 50), r.integers(2) * np.pi / 2),
        "shaken": lambda p, r: smeared(
            p, side(p) / r.uniform(14, 35), r.uniform(0, np.pi), r.uniform(0.05, 0.2)
        ),
    },
    Flaw.NOISE: {
        "colour": lambda p, r: grainy(p, r.uniform(28, 75), r),
        "strong": lambda p, r: grainy(p, r.uniform(40, 75), r),
        "brightness": lambda p, r: grainy(p, r.uniform(38, 75), r, 1),
        "shot": shot_noise,
        "coarse": coarse_grain,
        "specks": specks,
    },
    Flaw.DARK: {
        "scaled": lambda p, r: bent(p, 1, r.uniform(0.06, 0.14)),
        "wider": lambda p, r: bent(p, 1, r.uniform(0.04, 0.2)),
        "gamma": lambda p, r: bent(p, r.uniform(2.5, 5), r.uniform(0.12, 0.25)),
    },
    Flaw.OVEREXPOSED: {
        "lifted": lambda p, r: bent(p, 1, r.uniform(2.6, 4), 50),
        "scaled": lambda p, r: bent(p, 1, r.uniform(2.6, 5), r.uniform(0, 60)),
        "gamma": lambda p, r: bent(p, r.uniform(0.3, 0.5), r.uniform(1.3, 1.8), r.uniform(10, 40)),
    },
    Flaw.PIXELATED: {
        "boxes": lambda p, r: enlarged(p, r.integers(10, 20), _BOX, _NEAREST),
        "small": lambda p, r: enlarged(p, r.integers(5, 11), _BOX, _NEAREST),
        "large": lambda p, r: enlarged(
            p, r.uniform(10, 26), (_BOX, _BILINEAR, _NEAREST)[r.integers(3)], _NEAREST
        ),
    },
    Flaw.COMPRESSION: {
        "strong": lambda p, r: saved(p, int(r.integers(2, 6))),
        "wider": lambda p, r: saved(p, int(r.integers(2, 10))),
        "all colours": lambda p, r: saved(p, int(r.integers(3, 10)), subsampling=0),
    },
}

HARMLESS: dict[str, Change] = {
    "as it is": lambda p, _: p,
    "saved again": lambda p, r: saved(p, int(r.integers(60, 96))),
    "sent by chat": lambda p, _: saved(resized(p, 0.4, _LANCZOS), 65),
    "more contrast": lambda p, r: rounded((p - p.mean()) * r.uniform(0.85, 1.2) + p.mean()),
    "another take": lambda p, r: grainy(resized(p[3:, 5:], 1.02, _BICUBIC), 4, r),
    "turned": lambda p, _: np.ascontiguousarray(np.rot90(p)),
    "dim": lambda p, r: bent(p, 1, r.uniform(0.5, 0.8)),
    "bright": lambda p, r: bent(p, 1, r.uniform(1.1, 1.25)),
    "grain": lambda p, r: grainy(p, r.uniform(5, 12), r),
    "soft": lambda p, r: gaussian(p, r.uniform(0.4, 0.8) * side(p) / 500),
    "grey": lambda p, _: np.repeat(cv2.cvtColor(p, cv2.COLOR_RGB2GRAY)[..., None], 3, 2),
    "soft background": lambda p, r: mixed(
        p, defocused(p, side(p) / r.uniform(25, 70)), spot(p.shape, r, 0.12, 0.3)
    ),
    "panned": lambda p, r: mixed(
        p, smeared(p, side(p) / r.uniform(12, 30), 0), spot(p.shape, r, 0.15, 0.3)
    ),
    "lamps at night": lamps,
    "lit spot": lambda p, r: mixed(p, p * 0.06, spot(p.shape, r, 0.08, 0.2)),
    "on white": product,
    "fog": lambda p, r: mixed(p, r.uniform(150, 240), r.uniform(0.2, 0.5)),
    "snow": lambda p, r: bent(p, 0.8, 0.56, 255 * r.uniform(0.35, 0.42)),
}


def kinds() -> Iterator[tuple[str, str, Change]]:
    """Flaw (empty for none), name and change of everything done to a photo."""
    for flaw, changes in DAMAGE.items():
        for name, change in changes.items():
            yield flaw.value, name, change
    for name, change in HARMLESS.items():
        yield "", name, change


def measure_photo(path: Path, seed: int) -> Vectors:
    """The measures of one photo after each of `kinds`, (kinds, measures)."""
    cv2.setNumThreads(1)
    original = np.asarray(Image.open(path).convert("RGB"))
    rows = []
    for flaw, name, change in kinds():
        random = np.random.default_rng([seed, zlib.crc32(f"{path.name} {flaw} {name}".encode())])
        pixels = original
        if random.random() < 0.3 and side(original) >= 300:
            pixels = resized(original, random.uniform(0.6, 0.95), _LANCZOS)
        pixels = rounded(change(pixels, random))
        if random.random() < 0.75:  # whatever was done, the file's own quality must not tell
            pixels = saved(
                pixels, int(random.integers(88, 98)), subsampling=int(random.choice((0, 2)))
            )
        rows.append(measures.measure(Picture(pixels, pixels.shape[1], pixels.shape[0], "JPEG")))
    return np.array(rows)


@dataclass(frozen=True)
class Fitted:
    """What is added to the log-odds, feature by feature."""

    bias: float
    knots: NDArray[Any]
    """(features, knots) values of the measure."""
    heights: NDArray[Any]
    """(features, knots) what each of them adds."""

    def score(self, table: Vectors) -> NDArray[Any]:
        """(…, features) measures to (…) scores."""
        logits = np.full(table.shape[:-1], self.bias)
        for column in range(table.shape[-1]):
            logits += np.interp(table[..., column], self.knots[column], self.heights[column])
        return 1 / (1 + np.exp(-logits))

    def to_json(self, features: tuple[str, ...]) -> dict[str, Any]:
        """As `quality.Model` takes it."""
        curves = {
            name: [[round(float(x), 4), round(float(y), 3)] for x, y in zip(at, add, strict=True)]
            for name, at, add in zip(features, self.knots, self.heights, strict=True)
        }
        return {"bias": round(self.bias, 4), "curves": curves}


def bend_at(table: Vectors, knots: NDArray[Any]) -> NDArray[Any]:
    """Each measure and its hinges: piecewise linear functions that bend at the inner knots."""
    inside = np.clip(table, knots[0], knots[-1])
    return np.concatenate(
        [inside, *(np.maximum(0, inside - knot) for knot in knots[1:-1])], axis=-1
    )


def fit(table: Vectors, damaged: NDArray[Any], weights: NDArray[Any]) -> Fitted:
    """The additive logistic model of one flaw: (rows, features) measures to curves."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    knots = np.quantile(table, KNOTS, axis=0)
    scaler = StandardScaler()
    inputs = scaler.fit_transform(bend_at(table, knots))
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit(inputs, damaged, weights)
    slopes = model.coef_[0] / np.where(scaler.scale_ > 0, scaler.scale_, 1)
    bias = float(model.intercept_[0] - slopes @ scaler.mean_)
    parts = (bend_at(knots, knots) * slopes).reshape(len(knots), len(KNOTS) - 1, -1)
    return Fitted(bias, knots.T, parts.sum(axis=1).T)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", type=Path, help="folder of photos without flaws")
    parser.add_argument("--jobs", type=int, default=1, help="processes that measure")
    arguments = parser.parse_args()
    paths = sorted(path for path in arguments.photos.iterdir() if path.is_file())
    flaws = np.array([flaw for flaw, _, _ in kinds()])
    names = np.array([name for _, name, _ in kinds()])
    with ProcessPoolExecutor(arguments.jobs) as pool:
        learn = np.stack(list(pool.map(partial(measure_photo, seed=1), paths)))
        check = np.stack(list(pool.map(partial(measure_photo, seed=2), paths)))
    fold = np.random.default_rng(0).permutation(len(paths)) % FOLDS
    models, worst = {}, np.zeros(check.shape[:2])
    for flaw, features in FEATURES.items():
        columns = [measures.NAMES.index(name) for name in features]
        damaged = flaws == flaw.value
        weights = np.where(damaged | (flaws == ""), 1.0, OTHER_DAMAGE)

        def fit_on(chosen: NDArray[Any]) -> Fitted:
            count = int(chosen.sum())
            flat = learn[chosen][:, :, columns].reshape(-1, len(columns))  # noqa: B023
            return fit(flat, np.tile(damaged, count), np.tile(weights, count))  # noqa: B023

        found = np.zeros(check.shape[:2])
        for number in range(FOLDS):
            model = fit_on(fold != number)
            found[fold == number] = model.score(check[fold == number][:, :, columns])
        worst = np.maximum(worst, found)
        shares = (found >= 0.5).mean(axis=0)
        print(f"{flaw.value}: found", end="")
        for kind in np.flatnonzero(damaged):
            print(f"  {names[kind]} {shares[kind]:.3f}", end="")
        false = {names[k]: shares[k] for k in np.flatnonzero(flaws == "") if shares[k] > 0}
        print("  wrongly", *(f"{name} {share:.3f}" for name, share in false.items()), sep="  ")
        final = fit_on(np.ones(len(paths), bool))
        models[flaw.value] = final.to_json(features)
    for kind in np.flatnonzero(flaws == ""):
        print(f"flagged for any flaw, {names[kind]}: {(worst[:, kind] >= 0.5).mean():.3f}")
    plain = learn[:, names == "as it is"].reshape(-1, len(measures.NAMES))
    typical = {
        name: round(float(value), 4)
        for name, value in zip(measures.NAMES, np.median(plain, axis=0), strict=True)
    }
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps({"models": models, "typical": typical}, indent=1) + "\n")


if __name__ == "__main__":
    main()
