"""Whether what a model made of the check lets it be used, and if not, why.

The bounds keep out what cannot work, and nothing else: a small, old model (ResNet-50 of 2021) has
to come through, one whose halves do not belong together must not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.errors import RefusedError
from photo_organizer.engine.proving.calibration import area
from photo_organizer.engine.proving.looking import Seen, likenesses

_ALIKE = 1e-3
"""Cosines that differ by no more are those of one and the same answer, rounded."""

LEAST_LIKENESS = 0.7
"""The area under the curve of pairs of one kind against others: colours alone give more."""

LEAST_NAMED = 0.45
"""The share of pictures with a category that must be named rightly: 10 of 21.

Guessing among 23 categories names fewer than 2 (9 or more in one of a hundred thousand guesses),
but who always says the same is no guesser: *sky* for everything names 7, and the best two answers,
one for dark pictures and one for bright ones, about 10. A ResNet-50 of CLIP's names six in ten of
1,000 kinds of things, and does better with 23.
"""

LEAST_AGREEMENT = 0.75
"""The area under the curve of fitting pairs of picture and category against unfitting ones. Chance
gives 0.5; with 21 pictures it strays by 0.06."""

_SHUFFLES, _AS_GOOD = 2000, 4
"""What answers always alike would name by luck is found by exchanging the categories: of 2,000
exchanges at most so many may name as many."""


def see_pictures(model: str, seen: Seen) -> None:
    """Refuse a model that does not tell pictures from each other.

    Raises:
        RefusedError: it does not.
    """
    vectors = (seen.whole, seen.crops, *seen.copies.values())
    if not all(np.isfinite(rows).all() for rows in vectors):
        raise RefusedError("models.refused_no_numbers", model=model)
    if (seen.whole @ seen.whole.T).min() > 1 - _ALIKE:
        raise RefusedError("models.refused_same_pictures", model=model)
    told = area(*likenesses(seen))
    if told < LEAST_LIKENESS:
        raise RefusedError("models.refused_pictures", model=model, told=round(100 * told))


def see_texts(model: str, scores: Vectors) -> None:
    """Refuse a model to which all texts are the same.

    Args:
        model: its name.
        scores: (P, C) of pictures and categories.

    Raises:
        RefusedError: they are.
    """
    if not np.isfinite(scores).all():
        raise RefusedError("models.refused_no_numbers", model=model)
    if np.ptp(scores, axis=1).max() < _ALIKE:
        raise RefusedError("models.refused_same_texts", model=model)


def see_meeting(
    model: str, scores: Vectors, right: NDArray[np.bool_], wrong: NDArray[np.bool_]
) -> None:
    """Refuse a model whose texts and pictures do not meet, or that names too few.

    Args:
        model: its name.
        scores: (P, C) of pictures and categories.
        right: (P, C) which belong together.
        wrong: (P, C) which do not.

    Raises:
        RefusedError: they do not.
    """
    has_name = right.any(axis=1)
    scores, right, wrong = scores[has_name], right[has_name], wrong[has_name]
    pictures = len(scores)
    best = scores.argmax(axis=1)
    named = int(right[np.arange(pictures), best].sum())
    agreement = area(scores[right], scores[wrong])
    rng = np.random.default_rng(1)
    shuffled = rng.permuted(np.tile(np.arange(scores.shape[1]), (_SHUFFLES, 1)), axis=1)
    by_luck = right[np.arange(pictures), shuffled[:, best]].sum(axis=1)
    enough = named >= (least := least_named(pictures))
    by_chance = agreement < LEAST_AGREEMENT or (enough and (by_luck >= named).sum() > _AS_GOOD)
    if by_chance:
        raise RefusedError(
            "models.refused_apart",
            model=model,
            named=named,
            pictures=pictures,
            agreement=round(100 * agreement),
        )
    if not enough:
        raise RefusedError(
            "models.refused_few", model=model, named=named, pictures=pictures, least=least
        )


def least_named(pictures: int) -> int:
    """How many of so many pictures must be named."""
    return int(np.ceil(LEAST_NAMED * pictures))
