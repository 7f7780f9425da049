"""Faces that were found make the built-in category *people* likelier, and no other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photo_organizer.engine.categories.assign import UNSEEN
from photo_organizer.engine.categories.catalog import Category, built_in_within
from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.domain.results import PEOPLE
from photo_organizer.engine.encoders.category_heads import log_odds
from photo_organizer.engine.encoders.proofs import Proof
from photo_organizer.engine.encoders.protocols import Matcher


def with_faces(
    scores: Vectors, categories: Sequence[Category], matcher: Matcher, odds: Scores
) -> Vectors:
    """The scores (N, C) of `assign.match`, those of *people* by what faces say too.

    A category of the user's own is what its words say, and stays as it is.

    Args:
        scores: of N photos for C categories.
        categories: the C categories.
        matcher: whose scores they are: cosines where it has proved what these mean, else chances.
        odds: (N,) what is added to the log-odds that a photo is of people.
    """
    places = [place for place, category in enumerate(categories) if _is_people(category)]
    if not places or not odds.any():
        return scores
    found = scores.copy()
    for place in places:
        seen = (odds > 0) & (scores[:, place] > UNSEEN)
        before, more = scores[seen, place], odds[seen]
        found[seen, place] = (
            before + more * _cosine_of(matcher.proof, matcher)
            if matcher.proof is not None
            else 1 / (1 + np.exp(-log_odds(before) - more))
        )
    return found


def _cosine_of(proof: Proof, matcher: Matcher) -> np.float32:
    """What log-odds of 1 are worth in cosines.

    What few pictures prove is cautious: it takes log-odds to need more of a cosine than they may.
    Turned round that is bold, so no more counts than among the categories of one photo, where the
    model's own scale says it.
    """
    return np.float32(min(proof.category.spread, 1 / matcher.logit_scale))


def _is_people(category: Category) -> bool:
    """Whether it is the built-in one, perhaps with further keywords, under whatever name."""
    return any(one.key == PEOPLE for one in built_in_within(category)[0])
