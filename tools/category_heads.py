"""Fits a linear head for each built-in category on the starter's features.

The data are one ``.npz`` file: ``features`` (N, 1280), ``names`` of C categories, ``labels`` (N, C)
where several may be right, ``unsure`` (N, C) where nobody can tell, ``source`` and ``collection``
(N,) as numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.category_heads import CategoryHeads, log_odds
from photo_organizer.engine.encoders.starter import StarterEncoder

PENALTY = 1e-4
"""Strength of the L2 penalty beside the mean loss."""
BALANCE = 0.5
"""Rare categories count more: by (negatives / positives) to this power."""
UNSURE = 0.1
"""What a category that may be right as well counts beside the right ones. With none at all, it is
named instead of what is surely there: "sky" for a landscape."""
BACKDROPS = (("sky", "landscape"), ("sky", "water"), ("plant", "landscape"))
"""What the second of two is made of: where it is surely shown, and the first may be as well, the
photo is rather not about the first. Left as unsure, landscapes under a sky were called "sky"."""
BACKDROP = 0.5
"""What such a photo counts against its backdrop, beside one that surely does not show it. With 1,
photos of the sky alone become landscapes."""
PENALTY_TRUST = 0.01
"""Holds what the classes count for each category near what they count for all."""
PENALTY_ADDED = 0.03
"""Holds the other numbers of a category near none."""
FOLDS = 6
"""Parts of the sources, each left out once."""
TOLERANCE = 1e-8
"""Largest slope of the loss at which a fit ends: the decimals kept stand still."""
ROUGH = 1e-5
"""The same for fits of which only figures are printed."""
DIGITS = 3
"""Decimals of the weights: what is beyond depends on the machine that adds them up."""


@dataclass(frozen=True, slots=True, eq=False)
class Photos:
    """What the heads are fitted on."""

    features: NDArray[np.float64]
    """(N, D) unit rows."""
    labels: NDArray[np.bool_]
    """(N, C)"""
    unsure: NDArray[np.bool_]
    """(N, C): nobody can tell whether the photo belongs to it."""
    source: NDArray[np.intp]
    """(N,)"""
    collection: NDArray[np.intp]
    """(N,)"""
    names: list[str]
    """(C,)"""

    @staticmethod
    def read(file: Path) -> Photos:
        """Read the data."""
        with np.load(file) as stored:
            features = stored["features"].astype(np.float64)
            return Photos(
                features / np.linalg.norm(features, axis=1, keepdims=True),
                stored["labels"].astype(np.bool_),
                stored["unsure"].astype(np.bool_),
                stored["source"].astype(np.intp),
                stored["collection"].astype(np.intp),
                [str(name) for name in stored["names"]],
            )

    def without(self, rows: NDArray[np.bool_]) -> Photos:
        """All but some."""
        left = ~rows
        return Photos(
            self.features[left],
            self.labels[left],
            self.unsure[left],
            self.source[left],
            self.collection[left],
            self.names,
        )

    def by_source(self) -> NDArray[np.float64]:
        """(N,) how much each photo counts where all categories are compared; they add up to 1."""
        weight = 1 / np.sqrt(np.bincount(self.source)[self.source])
        return weight / weight.sum()

    def weights(self) -> NDArray[np.float64]:
        """(N, C) how much each photo counts for each head; the columns add up to 1."""
        found, backdrops = np.zeros(self.labels.shape), self.backdrops()
        for column, (labels, unsure) in enumerate(zip(self.labels.T, self.unsure.T, strict=True)):
            known = ~unsure | backdrops[:, column]
            sizes = np.bincount(self.source[known], minlength=self.source.max() + 1)
            weight = np.where(known, 1 / np.sqrt(np.maximum(sizes[self.source], 1)), 0)
            weight[backdrops[:, column]] *= BACKDROP
            weight[labels] *= (weight[~labels].sum() / weight[labels].sum()) ** BALANCE
            found[:, column] = weight / weight.sum()
        return found

    def backdrops(self) -> NDArray[np.bool_]:
        """(N, C) whether the photo may show the category, as the backdrop of what it is about."""
        found = np.zeros_like(self.unsure)
        for backdrop, about in BACKDROPS:
            if backdrop in self.names and about in self.names:
                found[self.labels[:, self.names.index(about)], self.names.index(backdrop)] = True
        return found & self.unsure & ~self.labels


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The numbers of C heads."""

    weights: NDArray[np.float64]
    """(D, C)"""
    biases: NDArray[np.float64]
    """(C,)"""

    def log_odds(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, D) to (N, C)."""
        return features @ self.weights + self.biases


def fit_heads(photos: Photos, tolerance: float = TOLERANCE) -> Fit:
    """One logistic regression for each category; they share the work, not the numbers.

    Args:
        photos: what to learn from.
        tolerance: see `TOLERANCE`.
    """
    rows, back, middle = even(photos.features)
    counts, heads = photos.weights(), photos.labels.shape[1]
    signs = np.where(photos.labels, 1.0, -1.0)
    penalty = PENALTY * (back**2).sum(axis=0)[:, None]

    def loss(numbers: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, biases = numbers[:-heads].reshape(-1, heads), numbers[-heads:]
        margins = signs * (rows @ weights + biases)
        total = (counts * np.logaddexp(0, -margins)).sum() + (penalty * weights**2).sum() / 2
        slopes = -counts * signs / (1 + np.exp(np.minimum(margins, 500)))
        gradient = rows.T @ slopes + penalty * weights
        return float(total), np.concatenate([gradient.ravel(), slopes.sum(axis=0)])

    begin = np.zeros((rows.shape[1] + 1) * heads)
    options = {"maxiter": 2000, "maxfun": 4000, "gtol": tolerance, "ftol": 0, "maxcor": 20}
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options=options)
    weights = back @ found.x[:-heads].reshape(-1, heads)
    return Fit(weights, found.x[-heads:] - middle @ weights)


def even(
    features: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The features turned and stretched so that a fit has the same way to go in all directions.

    Returns:
        (N, D) rows; (D, D) orthogonal columns that turn weights of these rows into weights of the
        features; (D,) what is to be taken from the features first.
    """
    middle = features.mean(axis=0)
    rows = features - middle
    spread, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    back = axes / np.sqrt(np.maximum(spread, 0) / 10 + PENALTY)
    return rows @ back, back, middle


def left_out_odds(photos: Photos) -> NDArray[np.float64]:
    """(N, C) log-odds of each photo by heads that have seen no photo of its source."""
    odds = np.zeros(photos.labels.shape)
    parts = parts_of(photos.source)
    for part in range(FOLDS):
        here = parts == part
        heads = fit_heads(photos.without(here), ROUGH)
        odds[here] = heads.log_odds(photos.features[here])
    return odds


def parts_of(source: NDArray[np.intp]) -> NDArray[np.intp]:
    """(N,) the part of each photo: sources stay whole, the parts are about equal."""
    sizes = np.bincount(source)
    part_of, load = np.zeros(len(sizes), np.intp), np.zeros(FOLDS, np.intp)
    for number in np.argsort(-sizes, kind="stable"):
        part_of[number] = load.argmin()
        load[part_of[number]] += sizes[number]
    return part_of[source]


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """How what heads find and what classes make of keywords become log-odds."""

    scale: float
    """Of what the heads find."""
    trust: NDArray[np.float64]
    """(C,) of the log-odds by the classes."""
    added: NDArray[np.float64]
    """(C,)"""

    def log_odds(
        self, found: NDArray[np.float64], classes: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """(N, C) of both to (N, C)."""
        return self.scale * found + self.trust * classes + self.added


def fit_mix(photos: Photos, found: NDArray[np.float64], classes: NDArray[np.float64]) -> Mix:
    """Choose the numbers with which the highest log-odds are those of a right category.

    A softmax over the categories, of which all right ones together shall get everything; unsure
    ones hardly take part in it. The numbers of the categories are held together by penalties.

    Args:
        photos: all of them.
        found: (N, C) what heads find that have not seen the photo's source.
        classes: (N, C) log-odds of what the classes make of the keywords.
    """
    right, counts = photos.labels, photos.by_source()
    left_out = np.where(photos.unsure & ~right, np.log(UNSURE), 0.0)
    left_out[photos.backdrops()] = np.log(BACKDROP)
    heads = right.shape[1]

    def loss(numbers: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scale, trust, more, added = numbers[0], numbers[1], *np.split(numbers[2:], 2)
        odds = scale * found + (trust + more) * classes + added + left_out
        powers = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        goal = powers * right
        goal /= goal.sum(axis=1, keepdims=True)
        total = -(counts * np.log((shares * right).sum(axis=1))).sum()
        total += PENALTY_TRUST / 2 * (more**2).sum() + PENALTY_ADDED / 2 * (added**2).sum()
        slopes = counts[:, None] * (shares - goal)
        by_classes = (slopes * classes).sum(axis=0)
        gradient = [
            [(slopes * found).sum(), by_classes.sum()],
            by_classes + PENALTY_TRUST * more,
            slopes.sum(axis=0) + PENALTY_ADDED * added,
        ]
        return float(total), np.concatenate(gradient)

    begin = np.concatenate([[1.0, 0.3], np.zeros(2 * heads)])
    options = {"maxiter": 2000, "maxfun": 4000, "gtol": TOLERANCE, "ftol": 0}
    numbers = minimize(loss, begin, jac=True, method="L-BFGS-B", options=options).x
    trust, added = numbers[1] + numbers[2 : 2 + heads], numbers[2 + heads :]
    mix = Mix(float(numbers[0]), trust, added)
    return Mix(mix.scale, trust, added + level(photos, mix.log_odds(found, classes)))


def level(photos: Photos, odds: NDArray[np.float64]) -> float:
    """What to add to all log-odds, so that they are chances: as often right as they say."""
    sure = photos.labels | ~photos.unsure
    counts = np.broadcast_to(photos.by_source()[:, None], sure.shape)[sure]
    odds, right = odds[sure], photos.labels[sure]
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        expected = (counts / (1 + np.exp(-odds - middle))).sum()
        low, high = (middle, high) if expected < (counts * right).sum() else (low, middle)
    return low


def fit(file: Path, version: str) -> CategoryHeads:
    """Fit the heads, print how they do on sources that they have not seen, and return them.

    Raises:
        SystemExit: the features are of another encoder, or the categories others.
    """
    starter, photos = StarterEncoder(device="cpu"), Photos.read(file)
    if version != starter.version:
        raise SystemExit(f"features of {version}, but the starter is {starter.version}")
    prompts = {category.key: category.prompts for category in built_in()}
    if unknown := set(photos.names) - set(prompts):
        raise SystemExit(f"{file}: no built-in categories: {', '.join(sorted(unknown))}")
    features: Vectors = photos.features.astype(np.float32)
    by_classes = starter.comparable(features).by_classes([prompts[name] for name in photos.names])
    classes = log_odds(by_classes).astype(np.float64)
    heads = fit_heads(photos)
    found = left_out_odds(photos)
    mix = fit_mix(photos, found, classes)
    return CategoryHeads(
        keys=photos.names,
        weights=rounded(heads.weights.T * mix.scale),
        biases=rounded(heads.biases * mix.scale + mix.added),
        trust=rounded(mix.trust),
        encoder=starter.name,
        encoder_version=version,
        fitted_on={
            "photos": len(photos.features),
            "sources": len(np.unique(photos.source)),
            "collections": len(np.unique(photos.collection)),
            "penalty": PENALTY,
            "balance": BALANCE,
        },
        left_out=judge(photos, left_out_mix(photos, found, classes), starter.category_threshold),
    )


def rounded(numbers: NDArray[np.float64]) -> Vectors:
    """As they are shipped."""
    return np.round(numbers, DIGITS).astype(np.float32)


def left_out_mix(
    photos: Photos, found: NDArray[np.float64], classes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(N, C) log-odds of each photo by numbers that have seen no photo of its source."""
    odds = np.zeros(found.shape)
    parts = parts_of(photos.source)
    for part in range(FOLDS):
        here = parts == part
        mix = fit_mix(photos.without(here), found[~here], classes[~here])
        odds[here] = mix.log_odds(found[here], classes[here])
    return odds


def judge(photos: Photos, odds: NDArray[np.float64], threshold: float) -> dict[str, object]:
    """Print and return how often the category is right, by category too.

    A photo does not count where nobody can tell whether the category that it gets is right; the
    backdrop of what it surely shows is not.
    """
    rows, favourite = np.arange(len(odds)), odds.argmax(axis=1)
    right = photos.labels[rows, favourite]
    counted = right | ~photos.unsure[rows, favourite] | photos.backdrops()[rows, favourite]
    seen = odds.max(axis=1) >= np.log(threshold / (1 - threshold))
    report: dict[str, object] = {
        "right": share(right & seen, counted),
        "wrong": share(~right & seen, counted),
        "others": share(~seen, counted),
    }
    print("left out:", report)
    recalls, precisions = {}, {}
    for place, name in enumerate(photos.names):
        # Of a photo that shows more than one thing, nobody can say which is missed.
        alone = photos.labels[:, place] & (photos.labels.sum(axis=1) == 1) & counted
        recalls[name] = share(right & seen, alone)
        precisions[name] = share(right, counted & seen & (favourite == place))
        print(f"{name:12} {alone.sum():5} recall {recalls[name]} precision {precisions[name]}")
    known = [recall for recall in recalls.values() if recall is not None]
    report |= {"mean recall": round(float(np.mean(known)), 3)}
    report |= {"recall": recalls, "precision": precisions}
    print("mean recall:", report["mean recall"])
    return report


def share(of: NDArray[np.bool_], among: NDArray[np.bool_]) -> float | None:
    """What part of some photos; None where there are none."""
    return round(float(of[among].mean()), 3) if among.any() else None
