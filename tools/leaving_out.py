"""Asking models of photos whose source they have not seen.

What a model says of photos that it learned from tells little: so each is asked of photos that were
left out while it was fitted, whole sources at a time, for photos of one source are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools import additive
from tools.additive import Additive

USUAL = 50
"""One of so many photos has a certain flaw."""

Array = NDArray[Any]


def folds(part: Array, source: Array, bad: Array, count: int) -> Array:
    """In which of `count` folds each photo is left out, (N,): whole sources of a part together.

    Sources with bad photos, which are few, are dealt out first, so that every fold has some.

    Args:
        part: (N,), of which kind its source is.
        source: (N,), what is left out together.
        bad: (N,) bool.
        count: of folds.
    """
    fold = np.zeros(len(part), int)
    for of_part in (part == one for one in np.unique(part)):
        sources, place = np.unique(source[of_part], return_inverse=True)
        has_bad = np.bincount(place, bad[of_part]) > 0
        rank = np.empty(len(sources), int)
        rank[np.argsort(~has_bad, kind="stable")] = np.arange(len(sources))
        fold[of_part] = rank[place] % count
    return fold


def unseen(fit_on: Callable[[Array], Additive], table: Array, fold: Array) -> NDArray[np.float64]:
    """Log-odds of photos by models that were fitted without their fold, (N,).

    Args:
        fit_on: fits a model on some of the photos, (N,) bool.
        table: (N, features).
        fold: (N,), see `folds`.
    """
    found = np.zeros(len(table))
    for number in np.unique(fold):
        out = fold == number
        found[out] = fit_on(~out).log_odds(table[out])
    return found


def as_one_taste(source: Array) -> Array:
    """What each photo counts, (N,): a source of many as the square root of them.

    They are of one camera or taste.
    """
    _, place, counts = np.unique(source, return_inverse=True, return_counts=True)
    weights: Array = 1 / np.sqrt(counts[place])
    return weights


def all_together(groups: Sequence[tuple[Array, float]], each: Array) -> Array:
    """How many photos each stands for, (N,), where groups stand for so many all together.

    Args:
        groups: (N,) bool, who belongs to it, and how many photos it stands for.
        each: (N,), what a photo counts within its group.
    """
    weights = np.zeros(len(each))
    for chosen, total in groups:
        counted = each[chosen].sum()
        if counted > 0:
            weights[chosen] = each[chosen] * total / counted
    return weights


def calibration(
    log_odds: Array, truth: Array, weights: Array, good: Array, flawed: Sequence[Array]
) -> tuple[float, float]:
    """Slope and shift that make chances of log-odds (Platt 1999), where `USUAL` is usual.

    Args:
        log_odds: (N,) of photos that were left out.
        truth: (N,) bool: who has the flaw.
        weights: (N,), how many photos each stands for.
        good: (N,) bool: who stands for the photos without the flaw, each as one.
        flawed: (N,) bool each: who stands for those with it, by weight, each group for as many as
            the next.
    """
    counted = np.where(good, (1 - 1 / USUAL) / good.sum(), 0.0)
    groups = [group for group in flawed if weights[group].sum() > 0]
    for group in groups:
        counted[group] = weights[group] / weights[group].sum() / USUAL / len(groups)
    return additive.fit_line(log_odds, truth, counted * good.sum())


def shares(flagged: Array, groups: Mapping[str, Array]) -> dict[str, dict[str, int]]:
    """How many of each group are flagged, (N,) bool each, and of how many."""
    return {
        name: {"flagged": int(flagged[group].sum()), "of": int(group.sum())}
        for name, group in groups.items()
    }


def said(shared: Mapping[str, Mapping[str, int]]) -> str:
    """`shares` as a line of text."""
    return "  ".join(f"{name} {n['flagged']}/{n['of']}" for name, n in shared.items())


def print_kinds(flagged: Array, kind: Array, damaged: Array, harmless: Array) -> None:
    """Print how much of each kind of damage is found, and which harmless changes are flagged.

    Args:
        flagged: (N,) bool.
        kind: (N,) names of what was done to a photo.
        damaged: (N,) bool: which have the flaw.
        harmless: (N,) bool: which have nothing.
    """
    for name in dict.fromkeys(kind[damaged | harmless]):
        for word, chosen in (("found", damaged), ("WRONGLY", harmless)):
            share = flagged[chosen & (kind == name)]
            if share.size and (chosen is damaged or share.any()):
                print(f"    {word} {name}: {share.mean():.3f}")
