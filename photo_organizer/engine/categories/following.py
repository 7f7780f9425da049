"""How photos follow those that the user moved: a few examples teach a category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Vectors

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.following_rule import FollowingRule
    from photo_organizer.engine.encoders.protocols import ComparablePhotos

NEAREST = 3
"""Examples of a category that count for a photo: the most alike ones."""

ABSENT = np.float32(-1)
"""The likeness of an example that there is not."""

_AT_A_TIME = 64
"""Examples that are compared at a time."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What the photos that were moved into one category say about N photos."""

    contents: tuple[bytes, ...]
    """E examples."""
    likeness: Vectors
    """(N, `NEAREST`) of the most alike examples, best first; `ABSENT` where there are fewer."""
    which: NDArray[np.int32]
    """(N,) place in `contents` of the most alike one."""

    @staticmethod
    def none(count: int) -> Examples:
        """No example at all."""
        return Examples(
            (), np.full((count, NEAREST), ABSENT, np.float32), np.zeros(count, np.int32)
        )

    def among(
        self, contents: Sequence[bytes], comparable: ComparablePhotos, vectors: Vectors
    ) -> Examples:
        """The same when there are more examples; the known ones are not compared again.

        Args:
            contents: E' more.
            comparable: the N photos.
            vectors: (E', D) their embeddings.
        """
        best, which = self.likeness, self.which.copy()
        rows = np.arange(len(best))
        for start in range(0, len(contents), _AT_A_TIME):
            likeness = comparable.likeness(vectors[start : start + _AT_A_TIME])
            first = likeness.argmax(axis=1)
            nearer = likeness[rows, first] > best[:, 0]
            which[nearer] = (first + start + len(self.contents))[nearer]
            both = np.concatenate([best, likeness], axis=1)
            best = -np.sort(np.partition(-both, NEAREST - 1, axis=1)[:, :NEAREST], axis=1)
        return Examples((*self.contents, *contents), best, which)


@dataclass(frozen=True, slots=True)
class Followed:
    """Which of N photos follow an example."""

    category: NDArray[np.int32]
    """(N,) place of the category among those with examples, -1 where nobody is followed."""
    example: NDArray[np.int32]
    """(N,) place of the example in the contents of that category."""
    likeness: NDArray[np.float32]
    """(N,) to that example."""


def chosen_examples(
    moved: Mapping[bytes, str], keys: Collection[str], most: int
) -> dict[str, list[bytes]]:
    """The contents that serve as examples, by category: of each at most so many.

    Args:
        moved: category by content.
        keys: of the categories there are.
        most: of one category; beyond, more examples cost time and say little new.
    """
    counts: Counter[str] = Counter()
    chosen: dict[str, list[bytes]] = {}
    for content in sorted(moved):
        key = moved[content]
        if key in keys and counts[key] < most:
            counts[key] += 1
            chosen.setdefault(key, []).append(content)
    return chosen


def follow(
    examples: Sequence[Examples],
    columns: Sequence[int],
    homes: Sequence[NDArray[np.int32]],
    scores: Vectors,
    rule: FollowingRule,
) -> Followed:
    """Which of N photos follow an example, and into which of K categories.

    Examples add to what a photo's own look says for their category. What it says for the others
    counts against, except for the one that the most alike example was itself taken from: there the
    user said already that the look is wrong.

    Args:
        examples: of each of the K categories.
        columns: the place of each in `scores`, -1 for others.
        homes: of each example of each category, the place in `scores` of the category that its own
            look is for; -1 where that is none, or not known.
        scores: (N, C), see `assign.match`.
        rule: of the model.
    """
    count = len(scores)
    found = Followed(
        np.full(count, -1, np.int32), np.zeros(count, np.int32), np.zeros(count, np.float32)
    )
    best = np.zeros(count, np.float32)
    strongest = strongest_of(scores)
    for place, (known, column, home) in enumerate(zip(examples, columns, homes, strict=True)):
        rows = np.flatnonzero(known.likeness[:, 0] >= rule.least)
        if not len(rows):
            continue
        own = scores[rows, column] if column >= 0 else np.zeros(len(rows), np.float32)
        against = highest_but(
            scores[rows], strongest[rows], np.int32(column), home[known.which[rows]]
        )
        odds = rule.log_odds(known.likeness[rows], len(known.contents), own, against)
        wins = (odds >= 0) & ((odds > best[rows]) | (found.category[rows] < 0))
        rows = rows[wins]
        best[rows] = odds[wins]
        found.category[rows], found.example[rows] = place, known.which[rows]
        found.likeness[rows] = known.likeness[rows, 0]
    return found


def highest_but(
    scores: Vectors,
    strongest: NDArray[np.intp],
    column: np.int32,
    taken_from: NDArray[np.int32],
) -> NDArray[np.float32]:
    """(N,) the highest score of each photo, of all categories but two.

    Args:
        scores: (N, C).
        strongest: see `strongest_of`.
        column: one of the two.
        taken_from: (N,) the other one, -1 for none.
    """
    highest = np.zeros(len(scores), np.float32)
    rows = np.arange(len(scores))
    for rank in reversed(range(strongest.shape[1])):
        other = strongest[:, rank]
        counts = (other != column) & (other != taken_from)
        highest[counts] = scores[rows, other][counts]
    return highest


def strongest_of(scores: Vectors) -> NDArray[np.intp]:
    """(N, up to 3) the columns with the highest scores, best first: two may have to be left out."""
    ranks = min(3, scores.shape[1])
    if not ranks:
        return np.empty((len(scores), 0), np.intp)
    top = np.argpartition(-scores, ranks - 1, axis=1)[:, :ranks]
    order = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)
