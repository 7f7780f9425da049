"""When a photo is enough like photos that the user moved to follow them into their category."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.encoders.proofs import Calibrated

MOST = 0.99
"""A score counts as surer than this, or as less sure than one minus this, no more."""

_COPY = 0.98
"""A cosine above which no middle lies: rather the same photo than one of the same category."""

SHARE = 0.5
"""How much of what a CLIP model's likeness says is that of the most alike example, not of a typical
one."""

SURER, MORE = 0.5, 0.7
"""Log-odds that CLIP's likeness must give beyond the middle, and for each e-fold of the examples.

Chosen on made vectors that lie as those of OpenAI's, LAION's and Google's models are said to, in 20
categories: of the photos that follow 1, 3 or 20 examples, about three in four do so rightly."""


@dataclass(frozen=True, slots=True)
class FollowingRule:
    """How much each thing counts for the log-odds that a photo follows; from 0 on it does.

    With heads, which are linear, this moves a category's head by a few photos: what the likeness to
    them adds is what their own vectors add to the head.
    """

    constant: float
    nearest: float = 1.0
    """Of the likeness of the most alike example."""
    typical: float = 0.0
    """Of the mean likeness of the most alike examples: a few agree where one may be an odd one."""
    absent: float = 0.0
    """The likeness of an example that there is not yet, in that mean: a single one says less."""
    many: float = 0.0
    """Of the logarithm of how many examples there are beyond those that count: among more of them a
    stranger finds a more alike one."""
    own: float = 0.0
    """Of the log-odds of the category by the photo's own look."""
    against: float = 0.0
    """Of those of another category."""
    least: float = 0.0
    """The likeness to the most alike example below which no photo follows in any case."""

    @staticmethod
    def by_likeness(threshold: float) -> FollowingRule:
        """A photo follows the most alike example, from a likeness on."""
        return FollowingRule(constant=-threshold, least=threshold)

    @staticmethod
    def by_proof(likeness: Calibrated) -> FollowingRule:
        """A photo follows examples by what the model's cosine of two photos proved to mean.

        The middle is where few strangers are (`proving`), but among many examples a stranger finds
        a more alike one; and where several examples agree, none of them is an odd one.

        Args:
            likeness: of the model, see `Proof`.
        """
        middle = min(likeness.middle, _COPY)
        # So that a copy follows whatever the model makes of other photos.
        spread = min(likeness.spread, (1 - middle) / 2)
        return FollowingRule(
            constant=-middle / spread - SURER,
            nearest=SHARE / spread,
            typical=(1 - SHARE) / spread,
            absent=middle - spread,
            many=-MORE,
            least=middle,
        )

    def log_odds(
        self,
        likeness: Vectors,
        count: int,
        own: NDArray[np.float32],
        against: NDArray[np.float32],
    ) -> Scores:
        """(N,) of N photos and one category.

        Args:
            likeness: (N, K) of the K most alike examples, best first; negative where there is none.
            count: of examples.
            own: (N,) scores of the category, see `ComparablePhotos.match`.
            against: (N,) the highest scores of the categories that compete with it.
        """
        numbers = np.array(
            [self.constant, self.nearest, self.typical, self.many, self.own, self.against],
            np.float32,
        )
        odds: Scores = inputs(likeness, count, own, against, absent=self.absent) @ numbers
        return odds


def inputs(
    likeness: Vectors,
    count: int,
    own: NDArray[np.float32],
    against: NDArray[np.float32],
    *,
    absent: float,
) -> Vectors:
    """What `FollowingRule.log_odds` adds up, before each is multiplied by its number: (N, 6).

    In the order of the rule: one, the likeness of the most alike example, that of a typical one,
    how many there are, the category's own log-odds and those against it.

    Args:
        likeness: see `FollowingRule.log_odds`, as all the others.
        count: of examples.
        own: scores of the category.
        against: the highest scores of others.
        absent: see `FollowingRule`.
    """
    there = min(count, likeness.shape[1])
    missing = likeness.shape[1] - there
    typical = (likeness[:, :there].sum(axis=1) + missing * absent) / likeness.shape[1]
    many = max(0.0, float(np.log(count / likeness.shape[1])))
    ones = np.ones(len(likeness), np.float32)
    parts = [ones, likeness[:, 0], typical, many * ones, _log_odds(own), _log_odds(against)]
    return np.stack(parts, axis=1).astype(np.float32)


def _log_odds(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    chance = np.clip(scores, 1 - MOST, MOST)
    odds: NDArray[np.float32] = np.log(chance / (1 - chance)).astype(np.float32)
    return odds
