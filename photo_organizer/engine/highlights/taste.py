"""Learns the user's taste from stars: a small personal scorer, blended with the general one.

A rating of 0 stars is a rejection, the lowest there is; a photo without a rating says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.highlights import fitting
from photo_organizer.engine.highlights.fitting import Line

_NO_SPREAD, _SPREAD = 1e-6, 0.1
"""Less is rounding, not an opinion; and what stands for it then."""


@dataclass(frozen=True, slots=True, eq=False)
class Taste:
    """What was learned."""

    ratings: int
    """From so many."""
    agreement: float
    """Rank correlation with ratings that were not learned from, -1 to 1; 0 where all are equal."""
    line: Line | None
    """Embedding to stars; None where there is nothing to learn from."""

    @property
    def weight(self) -> float:
        """Its part of the blended score by evidence, 0 to 1.

        ``n / (n + half) · max(0, agreement)``, n ratings, ``half`` of
        ``resources/thresholds/taste.toml``: few ratings, or ratings that do not foretell others,
        change little.
        """
        if self.line is None:
            return 0.0
        half = float(assets.toml("thresholds/taste.toml")["half"])
        return self.ratings / (self.ratings + half) * max(0.0, self.agreement)

    def reason(self) -> Reason:
        """How much it has learned, in a sentence."""
        fewest = assets.toml("thresholds/taste.toml")["fewest"]
        if self.ratings < fewest:
            return Reason("taste.few", {"ratings": self.ratings, "needed": fewest})
        if self.weight == 0:
            return Reason("taste.nothing", {"ratings": self.ratings})
        return Reason(
            "taste.learned",
            {
                "ratings": self.ratings,
                "agreement": round(self.agreement, 2),
                "percent": round(100 * self.weight),
            },
        )


def learn(stars: Mapping[bytes, int], vectors: Mapping[bytes, NDArray[np.float32]]) -> Taste:
    """Learn from rated photos by ridge regression.

    Takes a tenth of a second for hundreds of ratings, seconds for thousands.

    Agreement is measured by cross validation in which near copies share a fold.

    Args:
        stars: content hash to 0 to 5.
        vectors: content hash to unit embedding; ratings without one are left out.
    """
    rated = sorted(stars.keys() & vectors.keys())
    if len(rated) < assets.toml("thresholds/taste.toml")["fewest"]:
        return Taste(len(rated), 0.0, None)
    rows = np.stack([vectors[content] for content in rated])
    given = np.array([stars[content] for content in rated], np.float64)
    groups = fitting.alike(rows)
    if np.ptp(given) == 0 or groups.max() == 0:
        return Taste(len(rated), 0.0, None)
    fitted = fitting.ridge(rows, given, groups)
    seen = fitting.agreement(fitted.unseen, given, mean=float(given.mean()))
    return Taste(len(rated), float(np.nan_to_num(seen.spearman)), fitted.line)


def blend(general: Scores, taste: Taste, embeddings: Vectors, share: float = 1.0) -> Scores:
    """General scores of N photos moved towards the user's taste: (N,) float32, 0 to 1.

    ``(1 - v) · general + v · personal`` with ``v = share · Taste.weight``. The personal scores are
    first brought to the mean and the spread of the general ones (a tenth where these have none), so
    that the weight alone decides who says how much.

    Args:
        general: (N,), 0 to 1.
        taste: what was learned.
        embeddings: (N, D) of the same photos.
        share: 0 to 1; the user's wish.
    """
    weight = share * taste.weight
    if weight == 0 or taste.line is None:
        return general
    personal = taste.line.predict(embeddings)
    spread = personal.std() or 1.0
    # Where the general scorer sees no difference at all, the taste alone makes one.
    wanted = general.std() if general.std() > _NO_SPREAD else _SPREAD
    personal = general.mean() + (personal - personal.mean()) / spread * wanted
    mixed: Scores = ((1 - weight) * general + weight * personal).clip(0, 1).astype(np.float32)
    return mixed
