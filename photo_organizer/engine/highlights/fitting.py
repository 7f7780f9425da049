"""Fits straight lines to ratings: ``rating ≈ w·x + b`` for embeddings x, and measures the fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders import full_program, similarity

Ratings = NDArray[np.float64]
"""One number a photo, (N,) float64, on the scale of whoever rated."""

_SAMPLE = 256
"""Photos whose likeness to all others tells what is usual."""

Groups = NDArray[np.int32]
"""(N,): photos with the same number must stay on one side of every split."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """``w·x + b``."""

    weights: NDArray[np.float64]
    """(D,)"""
    bias: float

    def predict(self, rows: Vectors) -> Ratings:
        """The line's values at N rows, (N,)."""
        values: Ratings = rows @ self.weights + self.bias
        return values


@dataclass(frozen=True, slots=True, eq=False)
class Ridge:
    """What cross validation chose and saw."""

    line: Line
    """Fitted to all rows."""
    penalty: float
    """As a multiple of the mean eigenvalue of the rows' scatter."""
    unseen: Ratings
    """(N,): each row foretold by a line that was fitted without its fold."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well predictions agree with ratings."""

    photos: int
    spearman: float
    """Rank correlation, -1 to 1; nan where either side has only one value."""
    pearson: float
    """-1 to 1; nan likewise."""
    mse: float
    """Mean squared error, in squared units of the ratings."""
    baseline_mse: float
    """The same for always answering the mean rating."""


def agreement(predicted: Ratings, rated: Ratings, *, mean: float) -> Agreement:
    """Compare N predictions with the ratings; `mean` is what the baseline answers."""
    return Agreement(
        photos=len(rated),
        spearman=_correlation(_ranks(predicted), _ranks(rated)),
        pearson=_correlation(predicted, rated),
        mse=float(np.mean((predicted - rated) ** 2)),
        baseline_mse=float(np.mean((mean - rated) ** 2)),
    )


def alike(rows: Vectors) -> Groups:
    """Groups of copies and near copies: connected by a cosine of at least ``alike``.

    To a model that finds all photos alike it takes more: ``beyond`` of the way from what is usual
    to equal ones. The numbers are in ``resources/thresholds/training.toml``.
    """
    rule = assets.toml("thresholds/training.toml")
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    unlike = float(np.quantile(sample @ rows.T, 0.25)) if len(rows) else 0.0
    threshold = max(rule["alike"], unlike + rule["beyond"] * (1 - unlike))
    pairs = similarity.pairs_above(rows, threshold, nearest=16)
    return similarity.components(len(rows), pairs)


def folds(groups: Groups, count: int, seed: int) -> NDArray[np.intp]:
    """The fold of each photo, 0 to `count` - 1: groups dealt out in an order drawn by `seed`."""
    different = int(groups.max(initial=-1)) + 1
    dealt = np.random.default_rng(seed).permutation(different) % count
    return np.asarray(dealt[groups], np.intp)


def held_out(groups: Groups, share: float, seed: int) -> NDArray[np.bool_]:
    """A mask of whole groups, drawn by `seed`, that hold at least `share` of the photos."""
    sizes = np.bincount(groups)
    order = np.random.default_rng(seed).permutation(len(sizes))
    before = np.cumsum(sizes[order]) - sizes[order]
    chosen = np.zeros(len(sizes), np.bool_)
    chosen[order[before < share * len(groups)]] = True
    return chosen[groups]


def ridge(rows: Vectors, rated: Ratings, groups: Groups, *, seed: int = 0) -> Ridge:
    """Ridge regression in closed form (Hoerl and Kennard 1970).

    Of the penalties in ``resources/thresholds/training.toml`` the one with the smallest squared
    error in cross validation wins.

    Args:
        rows: (N, D) embeddings; at least two groups of them.
        rated: (N,).
        groups: photos that share a fold.
        seed: deals out the folds.
    """
    rule = assets.toml("thresholds/training.toml")["ridge"]
    penalties: list[float] = rule["penalties"]
    fold = folds(groups, rule["folds"], seed)
    unseen = np.empty((len(penalties), len(rows)))
    for number in np.unique(fold):
        apart = fold == number
        for predicted, line in zip(
            unseen, _ridges(rows[~apart], rated[~apart], penalties), strict=True
        ):
            predicted[apart] = line.predict(rows[apart])
    best = int(np.argmin(((unseen - rated) ** 2).mean(axis=1)))
    (line,) = _ridges(rows, rated, [penalties[best]])
    return Ridge(line, penalties[best], unseen[best])


def adam(rows: Vectors, rated: Ratings, groups: Groups, *, seed: int = 0) -> Line:
    """A torch ``Linear`` trained with ``Adam`` on ``MSELoss``, stopped early; computed on the CPU.

    Rows and ratings are standardised for the training and the line is translated back. Its
    numbers (rate, batch, patience …) are in ``resources/thresholds/training.toml``.

    Args:
        rows: (N, D) embeddings; at least two groups of them.
        rated: (N,).
        groups: photos that share a side when some are put aside to stop by.
        seed: draws those, and the order of the batches.

    Raises:
        ModelError: this is the light program, which has no torch.
    """
    full_program.demand("full.adam")
    import torch

    rule = assets.toml("thresholds/training.toml")["adam"]
    aside = held_out(groups, rule["stopping"], seed)
    middle, spread = rows[~aside].mean(axis=0), rows[~aside].std(axis=0) + 1e-9
    level, range_ = rated[~aside].mean(), rated[~aside].std() + 1e-9
    x = torch.from_numpy(((rows - middle) / spread).astype(np.float32))
    y = torch.from_numpy(((rated - level) / range_).astype(np.float32))
    learned, watched = torch.from_numpy(np.flatnonzero(~aside)), torch.from_numpy(aside)

    layer = torch.nn.Linear(x.shape[1], 1)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.Adam(layer.parameters(), lr=rule["rate"])
    loss = torch.nn.MSELoss()
    dice = torch.Generator().manual_seed(seed)
    least, since = float("inf"), 0
    best = (layer.weight.detach().clone(), 0.0)
    for _ in range(rule["epochs"]):
        order = learned[torch.randperm(len(learned), generator=dice)]
        for batch in torch.split(order, rule["batch"]):
            optimizer.zero_grad()
            loss(layer(x[batch])[:, 0], y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            error = float(loss(layer(x[watched])[:, 0], y[watched]))
        if error < least:
            least, since = error, 0
            best = (layer.weight.detach().clone(), layer.bias.detach().item())
        else:
            since += 1
            if since == rule["patience"]:
                break
    weights = best[0][0].double().numpy() * range_ / spread
    return Line(weights, float(level + best[1] * range_ - weights @ middle))


def _ridges(rows: Vectors, rated: Ratings, penalties: Sequence[float]) -> list[Line]:
    """One line a penalty, all from one eigendecomposition of the smaller scatter matrix."""
    middle, level = rows.mean(axis=0, dtype=np.float64), float(rated.mean())
    centred, target = rows - middle, rated - level
    if len(rows) > rows.shape[1]:
        values, axes = np.linalg.eigh(centred.T @ centred)
        along = axes.T @ (centred.T @ target)
    else:
        values, inner = np.linalg.eigh(centred @ centred.T)
        axes, along = centred.T @ inner, inner.T @ target
    unit = float(values.mean()) or 1.0
    lines = []
    for penalty in penalties:
        weights = axes @ (along / (np.maximum(values, 0.0) + penalty * unit))
        lines.append(Line(weights, level - float(weights @ middle)))
    return lines


def _ranks(values: Ratings) -> Ratings:
    """The rank of each value from 1 on; equal ones share the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[place], np.float64)


def _correlation(one: Ratings, other: Ratings) -> float:
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])
