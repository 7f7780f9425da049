"""Fits the starter's head for highlights: how likely it is that people chose a photo to show it.

A logistic regression learns from photos that somebody chose to show and from ordinary ones. Three
things are added, or it comes to like what such photos have by chance: each photo is to be better
than its damaged copies; pages and screens, which are kept to be read, count as ordinary; and what a
photo is of shall say little: photos of a stage are no better than those of stars.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import rankdata

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.starter import DIMENSION, StarterEncoder
from photo_organizer.engine.highlights import technical
from photo_organizer.engine.highlights.shown import combined
from tools.highlight_photos import Damaged, Kinds, Pages, Shown

PENALTY = 9e-4
"""Strength of the L2 penalty beside the mean loss."""
DAMAGED = 0.15
"""How much all copies count beside the photos of people."""
COUNTS = {Flaw.OVEREXPOSED: 3.0}
"""How much the copies with a flaw count together, beside 1 for each other flaw: bright photos are
shown so often that the head would like burnt ones."""
BETTER = 1.0
"""By so much, in log odds, a photo shall be better than its damaged copies."""
PAGES = 0.1
"""How much all pages count beside them."""
KINDS = 0.1
"""Times half the mean squared distance of the categories' log odds from their middle."""
FEW = 20
"""Fewer photos of a subject that were shown, or of those that were not, say less."""
FOLDS = 10
"""Parts of the sources, each left out once."""
TOLERANCE = 1e-7
"""Largest slope of the loss at which a fit ends: the decimals kept stand still."""
DIGITS = 4
"""Decimals of the weights: what is beyond depends on the machine that adds them up."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """``w·x + b``."""

    weights: Numbers
    """(D,)"""
    bias: float

    def odds(self, rows: Vectors) -> Numbers:
        """Log odds of N rows."""
        found: Numbers = rows @ self.weights + self.bias
        return found


def fit(shown: Shown, damaged: Damaged, pages: Pages, kinds: Kinds, *, version: str) -> LinearHead:
    """Fit the head, and ask it about sources that were left out.

    Args:
        shown: photos that people chose to show, and ordinary ones.
        damaged: photos and their damaged copies.
        pages: pages and screens.
        kinds: what photos of each category are like.
        version: of the starter that the features came from.
    """
    line = fit_line(shown, damaged, pages, kinds)
    unseen = odds_left_out(shown, damaged, pages, kinds)
    above = above_copies(damaged, shown, pages, kinds)
    bright = [flaw is Flaw.OVEREXPOSED for flaw in damaged.flaws()]
    parts = technical.parts(shown.measures, shown.pixels)
    scores = combined(unseen.astype(np.float32), parts, shown.measures)
    left_out = {
        "within_subjects": {
            "technical score": round(within_subjects(technical.mean(parts), shown), 3),
            "head": round(within_subjects(unseen, shown), 3),
            "score": round(within_subjects(scores, shown), 3),
        },
        "of_a_subject": {
            name: round(value, 2) for name, value in by_subject(scores, shown).items()
        },
        "above_damaged_copy": round(float(above.mean()), 3),
        "above_overexposed_copy": round(float(above[bright].mean()), 3),
    }
    weights = np.round(line.weights, DIGITS).astype(np.float32)
    bias = round(line.bias, DIGITS)
    digest = hashlib.blake2b(weights.tobytes() + np.float64(bias).tobytes(), digest_size=4)
    low, high = (round(float(odds), 2) for odds in np.quantile(unseen, (0.001, 0.999)))
    return LinearHead(
        weights,
        bias,
        StarterEncoder().name,
        f"shown-{digest.hexdigest()}",
        low,
        high,
        version,
        fitted_on={
            "shown": int(shown.shown.sum()),
            "ordinary": int((~shown.shown).sum()),
            "sources": len(np.unique(shown.source)),
            "damaged": len(damaged.copies) * damaged.copies.shape[1],
            "pages": len(pages.rows),
            "penalty": PENALTY,
        },
        left_out=left_out,
    )


def report(head: LinearHead) -> str:
    """What a head was fitted on and how well it does, for people."""
    return "\n".join(_lines({"fitted on": head.fitted_on, "left out": head.left_out}))


def _lines(told: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}"
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}{name:<26} {value}"


def fit_line(shown: Shown, damaged: Damaged, pages: Pages, kinds: Kinds) -> Line:
    """Logistic regression; see the module."""
    middle = shown.rows.mean(axis=0, dtype=np.float64)
    scale = np.sqrt(DIMENSION)
    # One table: photos and pages with their sign, then by how much photos differ from copies.
    signs = np.concatenate([np.where(shown.shown, 1.0, -1.0), -np.ones(len(pages.rows))])
    rows = (np.concatenate([shown.rows, pages.rows]).astype(np.float64) - middle) * scale
    weights = np.concatenate([weigh(shown), PAGES * per_source(pages.source)])
    better = (damaged.photos[:, None].astype(np.float64) - damaged.copies).reshape(-1, DIMENSION)
    better *= scale
    each = DAMAGED * np.tile(weigh_copies(damaged), len(damaged.photos)) / len(damaged.photos)
    apart = (kinds.rows - kinds.counts @ kinds.rows) * scale

    def loss(numbers: Numbers) -> tuple[float, Numbers]:
        line, bias = numbers[:-1], numbers[-1]
        right = signs * (rows @ line + bias)
        more = better @ line - BETTER
        off = apart @ line
        value = weights @ np.logaddexp(0, -right) + each @ np.logaddexp(0, -more)
        value += KINDS / 2 * kinds.counts @ off**2 + PENALTY * DIMENSION / 2 * line @ line
        pull = -weights * signs * expit(-right)
        slope = rows.T @ pull - better.T @ (each * expit(-more))
        slope += KINDS * apart.T @ (kinds.counts * off) + PENALTY * DIMENSION * line
        return float(value), np.append(slope, pull.sum())

    found = minimize(
        loss,
        np.zeros(DIMENSION + 1),
        jac=True,
        method="L-BFGS-B",
        options={"gtol": TOLERANCE, "ftol": 0, "maxiter": 5000, "maxcor": 30},
    )
    line = found.x[:-1] * scale
    return Line(line, float(found.x[-1] - middle @ line))


def per_source(source: NDArray[np.int64]) -> Numbers:
    """What each photo counts: a source of many as the square root of them; they add up to 1."""
    _, which, counts = np.unique(source, return_inverse=True, return_counts=True)
    each = 1 / np.sqrt(counts[which])
    return np.asarray(each / each.sum())


def weigh_copies(damaged: Damaged) -> Numbers:
    """What each of the K copies of a photo counts, (K,): flaws as in `COUNTS`; they add up to 1."""
    flaws = damaged.flaws()
    each = np.array([COUNTS.get(flaw, 1.0) / flaws.count(flaw) for flaw in flaws])
    return np.asarray(each / each.sum())


def weigh(shown: Shown) -> Numbers:
    """What each photo counts, (N,): shown and ordinary alike, in all and of each subject."""
    each = per_source(shown.source)
    weights = np.zeros(len(each))
    for subject in np.unique(shown.subject):
        of_subject = shown.subject == subject
        for label in (False, True):
            cell = of_subject & (shown.shown == label)
            if cell.any():
                wanted = np.sqrt(of_subject.sum()) * min(1.0, cell.sum() / FEW)
                weights[cell] = each[cell] / each[cell].sum() * wanted
    for label in (False, True):
        weights[shown.shown == label] *= 0.5 / weights[shown.shown == label].sum()
    return weights


def odds_left_out(shown: Shown, damaged: Damaged, pages: Pages, kinds: Kinds) -> Numbers:
    """Log odds of each photo by a fit that has seen nothing of its source, (N,)."""
    fold = folds(shown)
    unseen = np.empty(len(fold))
    for number in range(FOLDS):
        apart = fold == number
        unseen[apart] = fit_line(shown.only(~apart), damaged, pages, kinds).odds(shown.rows[apart])
    return unseen


def above_copies(damaged: Damaged, shown: Shown, pages: Pages, kinds: Kinds) -> Numbers:
    """How often a photo is above each of its K damaged copies, (K,).

    By a fit that has seen the other half of the photos.
    """
    half = np.arange(len(damaged.photos)) % 2 == 0
    right = []
    for seen in (half, ~half):
        learned = Damaged(damaged.photos[seen], damaged.copies[seen])
        line = fit_line(shown, learned, pages, kinds)
        photos, copies = line.odds(damaged.photos[~seen]), line.odds(damaged.copies[~seen])
        right.append((copies < photos[:, None]).mean(axis=0))
    return np.asarray(np.mean(right, axis=0))


def folds(shown: Shown) -> NDArray[np.int64]:
    """In which fold each photo is left out, (N,): whole sources, of each kind in every fold."""
    fold = np.zeros(len(shown.source), np.int64)
    for label in (False, True):
        sources, counts = np.unique(shown.source[shown.shown == label], return_counts=True)
        for number, source in enumerate(sources[np.argsort(-counts, kind="stable")]):
            fold[shown.source == source] = number % FOLDS
    return fold


def by_subject(odds: Numbers | Vectors, shown: Shown) -> dict[str, float]:
    """Of each subject that has both kinds, the area under the curve."""
    found = {}
    for subject in np.unique(shown.subject).tolist():
        chosen = shown.subject == subject
        if 0 < shown.shown[chosen].sum() < chosen.sum():
            found[str(subject)] = auc(odds[chosen], shown.shown[chosen])
    return found


def within_subjects(odds: Numbers | Vectors, shown: Shown) -> float:
    """The mean of `by_subject`."""
    return float(np.mean(list(by_subject(odds, shown).values())))


def auc(odds: Numbers | Vectors, right: NDArray[np.bool_]) -> float:
    """The chance that one of these is above one of the others."""
    ranks, count = rankdata(odds), right.sum()
    return float((ranks[right].sum() - count * (count + 1) / 2) / (count * (len(right) - count)))
