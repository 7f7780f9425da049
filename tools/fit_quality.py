"""Fit the models of the mechanical flaws and write ``resources/quality/models.json``.

    python -m tools.fit_quality PHOTOS [--jobs N]

PHOTOS is a folder of photos without flaws, a few hundred of all kinds. Each is damaged in every
way of `damage.DAMAGE` and changed in every harmless way of `damage.HARMLESS`; an additive logistic
model for each flaw learns to tell its damage from the rest. What is printed comes from models that
have not seen the photo (five folds over photos). Random numbers depend on photo, kind and seed.
"""

from __future__ import annotations

import argparse
import json
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.quality.descriptions import describe
from tools.damage import Pixels, grainy, kinds, resized, rounded, saved, sharpened, side

OUTPUT = Path(__file__).parents[1] / "resources" / "quality" / "models.json"
FOLDS = 5
PENALTY = 0.1
"""Inverse strength of the L2 penalty on standardised measures."""
KNOTS = (0.002, 0.1, 0.25, 0.5, 0.75, 0.9, 0.998)
"""Where the curves bend, as quantiles of the measure; beyond the ends they are flat."""
OTHER_DAMAGE = 0.3
"""Weight of a photo with another flaw: it helps to name the right one, no more."""
CLIPPED = 0.2
"""Share of burnt-out pixels from which much light counts as overexposure."""

# The measures of each flaw. Few, and such as a person would name.
FEATURES: dict[Flaw, tuple[str, ...]] = {
    flaw: features for flaw in Flaw if (features := describe(flaw).features)
}


def of_any_size(original: Pixels, random: np.random.Generator) -> Pixels:
    """The photo as it is, smaller, or larger: softer at the pixel, as photos of many pixels are."""
    draw = random.random()
    if draw < 0.25 and side(original) >= 300:
        return resized(original, random.uniform(0.6, 0.95), Image.Resampling.LANCZOS)
    if draw < 0.5:
        larger = resized(original, random.uniform(1.5, 3), Image.Resampling.BICUBIC)
        return grainy(sharpened(larger, random.uniform(0, 1)), random.uniform(0, 4), random)
    return original


def measure_photo(path: Path, seed: int) -> Vectors:
    """The measures of one photo after each of `kinds`, (kinds, measures)."""
    cv2.setNumThreads(1)
    original = np.asarray(Image.open(path).convert("RGB"))
    rows = []
    for flaw, name, change in kinds():
        random = np.random.default_rng([seed, zlib.crc32(f"{path.name} {flaw} {name}".encode())])
        pixels = rounded(change(of_any_size(original, random), random))
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
        """As `FlawModel` takes it."""
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


def weights(flaw: Flaw, flaws: NDArray[Any], table: Vectors) -> NDArray[Any]:
    """How much each photo counts for a flaw's model: (photos, kinds).

    Args:
        flaw: the flaw.
        flaws: which flaw each kind has, "" for none.
        table: (photos, kinds, measures).
    """
    weight = np.where((flaws == flaw.value) | (flaws == ""), 1.0, OTHER_DAMAGE)
    weight = np.tile(weight, (len(table), 1))
    if flaw is Flaw.OVEREXPOSED:
        # Much light alone is no flaw: a dark photo may gain by it.
        clipped = table[:, :, measures.NAMES.index("clipped_any")]
        weight[(clipped < CLIPPED) & (flaws == flaw.value)] = 0
    return weight


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("photos", type=Path, help="folder of photos without flaws")
    parser.add_argument("--jobs", type=int, default=1, help="processes that measure")
    parser.add_argument(
        "--without-every", type=int, metavar="N", help="leave photo 0, N, 2 N… aside, to ask later"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    paths = sorted(path for path in arguments.photos.iterdir() if path.is_file())
    if arguments.without_every:
        aside = set(paths[:: arguments.without_every])
        paths = [path for path in paths if path not in aside]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        table = np.stack(list(pool.map(partial(measure_photo, seed=1), paths)))
    stored = fit_all(table)
    arguments.output.write_text(json.dumps(stored, indent=1) + "\n")


def fit_all(table: Vectors) -> dict[str, Any]:
    """What is stored, from the measures of all photos after each of `kinds`; prints how good it is.

    Args:
        table: (photos, kinds, measures).
    """
    flaws = np.array([flaw for flaw, _, _ in kinds()])
    names = np.array([name for _, name, _ in kinds()])
    fold = np.random.default_rng(0).permutation(len(table)) % FOLDS
    models, worst = {}, np.zeros(table.shape[:2])
    for flaw, features in FEATURES.items():
        columns = [measures.NAMES.index(name) for name in features]
        damaged = flaws == flaw.value
        weight = weights(flaw, flaws, table)
        inputs = table[:, :, columns]

        def fit_on(chosen: NDArray[Any]) -> Fitted:
            rows = inputs[chosen].reshape(-1, inputs.shape[-1])  # noqa: B023
            truth = np.tile(damaged, int(chosen.sum()))  # noqa: B023
            return fit(rows, truth, weight[chosen].ravel())  # noqa: B023

        found = np.zeros(table.shape[:2])
        for number in range(FOLDS):
            found[fold == number] = fit_on(fold != number).score(inputs[fold == number])
        worst = np.maximum(worst, found)
        flagged = found >= 0.5
        print(f"{flaw.value}: found", end="")
        for kind in np.flatnonzero(damaged):
            counted = weight[:, kind] > 0
            print(f"  {names[kind]} {flagged[counted, kind].mean():.3f}", end="")
        shares = flagged.mean(axis=0)
        false = {names[k]: shares[k] for k in np.flatnonzero(flaws == "") if shares[k] > 0}
        print("  wrongly", *(f"{name} {share:.3f}" for name, share in false.items()), sep="  ")
        models[flaw.value] = fit_on(np.ones(len(table), bool)).to_json(features)
    for kind in np.flatnonzero(flaws == ""):
        print(f"flagged for any flaw, {names[kind]}: {(worst[:, kind] >= 0.5).mean():.3f}")
    plain = table[:, names == "as it is"].reshape(-1, len(measures.NAMES))
    typical = {
        name: round(float(value), 4)
        for name, value in zip(measures.NAMES, np.median(plain, axis=0), strict=True)
    }
    return {"models": models, "typical": typical}


if __name__ == "__main__":
    main()
