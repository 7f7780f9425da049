"""Highlights: which photos to show first, in the whole library and in every category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Facts, Scores, Vectors
from photo_organizer.engine.domain.ranked_column import RankedColumn
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Group, Ranked

_UNRATED = 2.5
"""Stars of a photo that has none: better than one that was rated badly."""

_GOOD, _FLAGGED, _REJECTED = range(3)
"""The parts of a list, in order."""


class Ranking:
    """Ranks any photos of a library; what the lists have in common is computed once.

    Every list has four parts. First the leaders: never a flagged photo, of each duplicate group
    only its best, ordered by maximal marginal relevance so that they differ from each other. Then
    the other unflagged photos, the flagged ones, and at the end those that the user rejected, each
    by score. Which photo of a group is its best, the user's stars say first.

    Args:
        facts: of all photos.
        scores: (N,), 0 to 1, any scorer's.
        native: (N,), the same on the scorer's own scale, passed through.
        reasons: (N,), why each has its score, passed through; None where the scorer does not say.
        groups: duplicates; a photo is in at most one.
        flags: photos with a flaw; those that are gentle put no photo last.
        stars: the user's ratings by photo id, 0 (rejected) to 5.
    """

    def __init__(
        self,
        facts: Facts,
        scores: Scores,
        native: Scores,
        *,
        reasons: Sequence[Reason] | None = None,
        groups: Sequence[Group] = (),
        flags: Sequence[Flag] = (),
        stars: Mapping[int, int] | None = None,
    ) -> None:
        self._facts = facts
        self._scores = scores
        self._native = native
        self._reasons = reasons
        # Of equal scores, which copies have, the keeper's comes first: it is the one that will
        # stay.
        keepers = np.zeros(len(facts), np.bool_)
        keepers[[facts.rows[g.keeper] for g in groups if g.keeper in facts.rows]] = True
        order = np.lexsort((~keepers, -scores))
        self._place = np.empty(len(facts), np.intp)
        self._place[order] = np.arange(len(facts))
        self._ids = np.fromiter(facts.rows, np.int64, len(facts))
        group_of = {
            facts.rows[photo]: number
            for number, group in enumerate(groups)
            for photo in group.photos
            if photo in facts.rows
        }
        given = {facts.rows[i]: n for i, n in (stars or {}).items() if i in facts.rows}
        _put_starred_first(self._place, group_of, given)
        self._group = np.full(len(facts), -1, np.int64)
        self._group[list(group_of)] = list(group_of.values())
        self._part = np.zeros(len(facts), np.int8)
        self._part[
            [
                facts.rows[flag.photo]
                for flag in flags
                if flag.photo in facts.rows and not flag.flaw.is_gentle
            ]
        ] = _FLAGGED
        self._part[[row for row, n in given.items() if n == 0]] = _REJECTED

    def library(self) -> Sequence[Ranked]:
        """All photos, best first."""
        return self.of_rows(np.arange(len(self._facts)))

    def of(self, ids: Sequence[int]) -> Sequence[Ranked]:
        """These photos, best first."""
        return self.of_rows(rows_of(self._facts, ids))

    def of_rows(self, rows: NDArray[np.intp]) -> Sequence[Ranked]:
        """The photos of these rows, best first."""
        arranged = self._arrange(rows[self._place[rows].argsort()])
        places = arranged if self._reasons else np.zeros(len(arranged), np.intp)
        return RankedColumn(
            self._ids[arranged].data,
            self._scores[arranged].data,
            self._native[arranged].data,
            places.data,
            self._reasons or (None,),
        )

    def _arrange(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Leaders, others, then the flagged and the rejected: `rows` come best first."""
        rule = assets.toml("thresholds/highlights.toml")["diversity"]
        good = rows[self._part[rows] == _GOOD]
        first = self._group[good] < 0
        grouped = np.flatnonzero(~first)
        first[grouped[np.unique(self._group[good[grouped]], return_index=True)[1]]] = True
        best = good[first][: rule["candidates"]]
        leaders = np.array(
            _diverse(best.tolist(), self._facts.embeddings, self._scores, rule), np.intp
        )
        is_leader = np.zeros(len(self._facts), np.bool_)
        is_leader[leaders] = True
        rest = rows[~is_leader[rows]]
        parts = self._part[rest]
        return np.concatenate(
            [leaders, *(rest[parts == part] for part in (_GOOD, _FLAGGED, _REJECTED))]
        )


def rows_of(facts: Facts, ids: Sequence[int]) -> NDArray[np.intp]:
    """The rows of photos."""
    return np.array([facts.rows[photo] for photo in ids], np.intp)


def _put_starred_first(
    place: NDArray[np.intp], group_of: Mapping[int, int], stars: Mapping[int, int]
) -> None:
    """Within each group that has stars, give the best places to the photos with most of them."""
    touched = {group_of[row] for row in stars if row in group_of}
    if not touched:
        return
    members: dict[int, list[int]] = {number: [] for number in touched}
    for row, number in group_of.items():
        if number in touched:
            members[number].append(row)
    for rows in members.values():
        wanted = sorted(rows, key=lambda row: (-stars.get(row, _UNRATED), place[row]))
        place[wanted] = np.sort(place[rows])


def _diverse(
    rows: Sequence[int], embeddings: Vectors, scores: Scores, rule: Mapping[str, Any]
) -> list[int]:
    """Choose "leaders" rows by maximal marginal relevance (Carbonell and Goldstein 1998).

    Each time the row with the largest ``relevance · score - (1 - relevance) · similarity``, where
    similarity is the cosine to the nearest row already chosen; but none that is further than
    "reach" below the best row not chosen yet, however different it is.
    """
    if not rows:
        return []
    pool, relevance = np.asarray(rows), rule["relevance"]
    vectors, left = embeddings[pool], scores[pool].copy()
    nearest = np.zeros(len(pool), np.float32)
    chosen: list[int] = []
    for _ in range(min(rule["leaders"], len(pool))):
        gain = relevance * left - (1 - relevance) * nearest
        gain[left < left.max() - rule["reach"]] = -np.inf
        new = int(gain.argmax())
        chosen.append(new)
        left[new] = -np.inf
        nearest = np.maximum(nearest, vectors @ vectors[new])
    return [int(pool[i]) for i in chosen]
