"""Which photos may meet in groups at all: those that share their content, or that pairs link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.connected import connected_components
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Facts
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.links import Links, judge_links
from photo_organizer.engine.duplicates.pair_evidence import PairEvidence

_Rows = NDArray[np.int32]
_Contents = Mapping[bytes, Sequence[int]]

Forbidden = Mapping[int, set[int]]
"""By node, the nodes that it must not meet."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The photos that are alike others, and what links them under some thresholds and decisions."""

    links: Links
    content: _Rows
    """(N,) the node of each photo: the row that stands for its content."""
    forbidden: Forbidden
    rows: _Rows
    """The photos that share their node or whose node is linked, ascending."""

    @classmethod
    def of(
        cls,
        evidence: PairEvidence,
        thresholds: Thresholds,
        decisions: Decisions,
        contents: _Contents,
    ) -> Linked:
        """All of a library.

        Args:
            evidence: what `find_pairs` said about it.
            thresholds: thresholds "duplicates.…".
            decisions: the user's.
            contents: the rows of each content, see `rows_of_contents`.
        """
        content, forbidden = _forbidden(evidence, decisions, contents)
        links = judge_links(evidence, thresholds, content, forbidden)
        leads = evidence.leader == np.arange(len(content))
        wanted = np.bincount(content[leads], minlength=len(content)) > 1
        wanted[links.first] = wanted[links.second] = True
        rows = np.flatnonzero(leads & wanted[content]).astype(np.int32)
        return cls(links, content, forbidden, rows)

    def around(self, nodes: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which nodes may meet some of `nodes` in a group, themselves included, (N,)."""
        of = connected_components(len(self.content), self.links.first, self.links.second)
        met = np.zeros(len(of), np.bool_)
        met[of[nodes]] = True
        return met[of]

    def among(self, nodes: NDArray[np.bool_]) -> Linked:
        """The same, of some nodes; whatever these may meet must be among them."""
        return replace(
            self,
            links=self.links.at(np.flatnonzero(nodes[self.links.first])),
            rows=self.rows[nodes[self.content[self.rows]]],
        )

    def changed_since(self, before: Linked) -> NDArray[np.integer]:
        """The nodes that other photos belong to, or other links lead to, than before."""
        if before is self:
            return np.empty(0, np.int32)
        links = np.setxor1d(_named(self.links), _named(before.links), assume_unique=True) // 2
        moved = np.flatnonzero(self.content != before.content)
        ends = links // self.links.count, links % self.links.count
        return np.concatenate([*ends, moved, self.content[moved], before.content[moved]])


def rows_of_contents(facts: Facts) -> dict[bytes, list[int]]:
    """The rows of each content by its name."""
    rows: dict[bytes, list[int]] = defaultdict(list)
    for row, photo in enumerate(facts.photos):
        rows[photo.content_hash].append(row)
    return dict(rows)


def _named(links: Links) -> NDArray[np.int64]:
    """A number for each link and what it says."""
    return np.asarray(2 * links.keys + links.same)


def _forbidden(
    evidence: PairEvidence, decisions: Decisions, contents: _Contents
) -> tuple[_Rows, Forbidden]:
    """The content of each photo, and which contents must not meet.

    A photo that the user told from another of the same content stands alone: nothing is known
    about it that is not also known about the other.
    """
    content = evidence.content
    forbidden: dict[int, set[int]] = defaultdict(set)
    if not decisions.not_duplicates:
        return content, forbidden
    content = content.copy()
    for one, two in decisions.not_duplicates:
        for row in contents.get(one, ()):
            for other in contents.get(two, ()):
                if content[row] == content[other] and row != other:
                    alone = max(row, other)
                    content[alone] = alone
    for one, two in decisions.not_duplicates:
        nodes = {int(content[row]) for row in contents.get(one, ())}
        others = {int(content[row]) for row in contents.get(two, ())}
        for node in nodes:
            forbidden[node] |= others - {node}
        for other in others:
            forbidden[other] |= nodes - {other}
    return content, forbidden
