"""Linear heads on the starter's features that say what a photo looks like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.starter import StarterEncoder

STRENGTH = 2.0
"""Inverse of the L2 penalty, on unit rows."""

Array = NDArray[Any]
Look = tuple[Array, float]
"""Weights (D,) and a bias."""


def unit(rows: Array) -> Array:
    """Rows of length one, as the program has them."""
    rows = rows.astype(np.float64)
    normed: Array = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return normed


def fit(rows: Array, truth: Array, weights: Array) -> Look:
    """The head that tells photos apart by their looks.

    Args:
        rows: (N, D) embeddings.
        truth: (N,) bool: which look so.
        weights: (N,), how many photos each stands for.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(unit(rows), truth, weights)
    return model.coef_[0], float(model.intercept_[0])


def said(look: Look, rows: Array) -> Array:
    """Log-odds of embeddings, (N,)."""
    weights, bias = look
    found: Array = unit(rows) @ weights + bias
    return found


def unseen(fit_on: Callable[[Array], Look], rows: Array, fold: Array, never: Array) -> Array:
    """What heads say of photos whose fold they have not seen, (N,).

    Args:
        fit_on: fits a head on some of the photos, (N,) bool.
        rows: (N, D) embeddings.
        fold: (N,), see `leaving_out.folds`.
        never: (N,) bool: those that no head learns from, so that one of all the others may speak.
    """
    found = np.zeros(len(rows))
    for number in np.unique(fold[~never]):
        out = (fold == number) & ~never
        found[out] = said(fit_on((fold != number) & ~never), rows[out])
    if never.any():
        found[never] = said(fit_on(~never), rows[never])
    return found


def save(look: Look, scores: Array, known: dict[str, Any], file: Path) -> None:
    """Write a head; its version is a digest of its numbers.

    Args:
        look: the head.
        scores: what it says of photos, to know its usual range.
        known: how well it told photos that were left out.
        file: where.
    """
    encoder = StarterEncoder(device="cpu")
    weights, bias = look[0].astype(np.float32), look[1]
    head = LinearHead(
        weights=weights,
        bias=bias,
        encoder=encoder.name,
        version="",
        low=round(float(np.quantile(scores, 0.01)), 3),
        high=round(float(np.quantile(scores, 0.99)), 3),
        encoder_version=encoder.version,
        left_out=known,
    )
    digest = hashlib.blake2b(weights.tobytes() + json.dumps(bias).encode(), digest_size=4)
    replace(head, version=digest.hexdigest()).save(file)
