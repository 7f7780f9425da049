"""Low quality: five pairs of opposite prompts, one score a criterion, and one bar for all.

The published outline takes the difference of the two cosines and flags what is below 0.2. Opposite
prompts are so alike to CLIP that differences lie within a few hundredths: it flags everything. The
softmax over each pair at the model's temperature (CLIP-IQA, Wang et al., AAAI 2023) spreads them.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.protocols import Matcher
from photo_organizer.engine.quality import flaws, graphics, looks, softness
from photo_organizer.engine.quality.models import logistic

CRITERIA: tuple[Flaw, ...] = flaws.PROMPTED
"""What each of the five pairs of prompts is about, in their order."""


class JudgedBy(StrEnum):
    """What the two cosines of a pair of prompts are made into."""

    DIFFERENCE = "difference"
    """That with the good prompt minus that with the bad one: photos below the bar are flagged."""
    SOFTMAX = "softmax"
    """The chance of the bad prompt: photos from the bar on are flagged."""

    @property
    def usual(self) -> float:
        """The bar that is set where nobody sets one."""
        bar: float = assets.toml("thresholds/flows.toml")["low_quality"][self.value]
        return bar


def differences(matcher: Matcher, embeddings: Vectors) -> Vectors:
    """The cosine with the good prompt minus that with the bad one: (N, len(CRITERIA)).

    Raises:
        NotImplementedError: the model does not understand text.
    """
    return -flaws.cosine_differences(matcher, embeddings)


def chances(matcher: Matcher, embeddings: Vectors) -> Vectors:
    """The softmax over each pair: how likely the bad prompt is, 0 to 1, (N, len(CRITERIA)).

    Raises:
        NotImplementedError: the model does not understand text.
    """
    return logistic(flaws.prompt_differences(matcher, embeddings))


def low_quality(
    matcher: Matcher, embeddings: Vectors, judged_by: JudgedBy, bar: float | None = None
) -> list[int]:
    """The rows of photos that any criterion flags, ascending.

    Args:
        matcher: of the model that the embeddings came from.
        embeddings: (N, D) unit rows.
        judged_by: how.
        bar: for all criteria; None: `JudgedBy.usual`.

    Raises:
        NotImplementedError: the model does not understand text.
    """
    bar = judged_by.usual if bar is None else bar
    if judged_by is JudgedBy.DIFFERENCE:
        flagged = differences(matcher, embeddings) < bar
    else:
        flagged = chances(matcher, embeddings) >= bar
    rows: list[int] = np.flatnonzero(flagged.any(axis=1)).tolist()
    return rows


def low_quality_by_measures(
    measured: Vectors, thresholds: Thresholds, bar: float | None = None
) -> list[int]:
    """The same criteria by what was measured, for models that cannot be asked; rows, ascending.

    Args:
        measured: what `measured_flaws` answered.
        thresholds: `Flaw.threshold` of each flaw is its bar.
        bar: for all criteria, instead.
    """
    flagged = np.zeros(len(measured), np.bool_)
    for flaw in CRITERIA:
        least = thresholds[flaw.threshold] if bar is None else bar
        flagged |= measured[:, flaws.FLAWS.index(flaw)] >= least
    rows: list[int] = np.flatnonzero(flagged).tolist()
    return rows


def measured_flaws(matcher: Matcher, facts: Facts) -> Vectors:
    """What the program measured of flaws, see `flaws.flaw_scores`; nobody's eyes are looked at."""
    embeddings = facts.embeddings
    return flaws.flaw_scores(
        facts,
        looks=softness.looks(matcher, embeddings),
        seen=looks.seen(matcher, embeddings),
        graphic=graphics.are_graphics(facts, matcher.version),
    )
