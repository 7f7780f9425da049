"""Fits additive logistic models: a curve over each measure, added up to log-odds.

A curve is straight between a few knots and flat beyond the ends. Where it is known which way a
measure speaks (more noise is noisier), its curve may only rise, or only fall: what few photos
happen to say otherwise is not learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

KNOTS = (0.002, 0.1, 0.25, 0.5, 0.75, 0.9, 0.998)
"""Where the curves bend, as quantiles of the measure."""

Array = NDArray[Any]


@dataclass(frozen=True)
class Additive:
    """What is added to the log-odds, feature by feature."""

    bias: float
    knots: Array
    """(features, knots) values of the measure, rising."""
    heights: Array
    """(features, knots) what each of them adds."""

    def log_odds(self, table: Array) -> Array:
        """(N, features) measures to (N,) log-odds."""
        total = np.full(len(table), self.bias)
        for values, knots, heights in zip(table.T, self.knots, self.heights, strict=True):
            total += np.interp(values, knots, heights)
        return total

    def rescaled(self, slope: float, shift: float) -> Additive:
        """The model whose log-odds are ``slope · log-odds + shift``."""
        return Additive(slope * self.bias + shift, self.knots, slope * self.heights)

    def stored(self, features: Sequence[str]) -> dict[str, Any]:
        """Bias, and the curve over each feature, as `FlawModel` takes them."""
        curves = {
            name: [[round(float(x), 4), round(float(y), 3)] for x, y in zip(at, add, strict=True)]
            for name, at, add in zip(features, self.knots, self.heights, strict=True)
        }
        return {"bias": round(self.bias, 4), "curves": curves}


def fit(
    table: Array,
    truth: Array,
    weights: Array,
    directions: Sequence[int],
    penalty: float,
) -> Additive:
    """The model that makes the weighted photos likeliest.

    Args:
        table: (N, features).
        truth: (N,) bool.
        weights: (N,), how many photos each stands for.
        directions: of each feature: 1 if its curve may only rise, -1 only fall, 0 either.
        penalty: times half the squared change from knot to knot, taken off the log-likelihood.
    """
    at = np.quantile(table[weights > 0], KNOTS, axis=0).T
    # Equal knots (a measure that is often the same) are set a hair apart.
    at = np.maximum.accumulate(at + 1e-6 * np.arange(len(KNOTS)), axis=1)
    steps = np.concatenate([_steps(table[:, i], knots) for i, knots in enumerate(at)], axis=1)
    signs = np.where(truth, 1.0, -1.0)

    def loss(parameters: Array) -> tuple[float, Array]:
        changes = parameters[1:]
        margins = signs * (parameters[0] + steps @ changes)
        pull = -weights * signs * expit(-margins)
        value = weights @ np.logaddexp(0, -margins) + penalty / 2 * changes @ changes
        return float(value), np.concatenate([[pull.sum()], steps.T @ pull + penalty * changes])

    inner = len(KNOTS) - 1
    limits = {1: (0, None), -1: (None, 0), 0: (None, None)}
    bounds = [(None, None), *(limits[way] for way in directions for _ in range(inner))]
    start = np.zeros(len(bounds))
    found = minimize(
        loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 600}
    )
    changes = found.x[1:].reshape(-1, inner)
    heights = np.concatenate([np.zeros((len(changes), 1)), np.cumsum(changes, axis=1)], axis=1)
    return Additive(float(found.x[0]), at, heights)


def _steps(values: Array, knots: Array) -> Array:
    """How much of the way from each knot to the next a value has gone, 0 to 1: (N, knots - 1)."""
    gone: Array = (values[:, None] - knots[:-1]) / np.diff(knots)
    return np.clip(gone, 0, 1)


def fit_line(values: Array, truth: Array, weights: Array) -> tuple[float, float]:
    """Slope and shift of the likeliest logistic line over one number: (N,) values."""
    signs = np.where(truth, 1.0, -1.0)

    def loss(line: Array) -> float:
        return float(weights @ np.logaddexp(0, -signs * (line[0] * values + line[1])))

    found = minimize(
        loss, np.array([1.0, 0.0]), bounds=[(0.05, 5), (None, None)], method="L-BFGS-B"
    )
    return float(found.x[0]), float(found.x[1])
