"""Groups again after a star or a slider: only those that it may change are made anew.

A group follows from its own photos, the pairs that link them, and what the user decided about them.
Photos that no links connect never meet. So whatever is not connected with a change stays as it is,
object by object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.keeper_criteria import Order
from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates import grouping
from photo_organizer.engine.duplicates.linked import Linked
from photo_organizer.engine.duplicates.pair_evidence import PairEvidence
from photo_organizer.engine.people.groups import GroupedFaces

Finish = Callable[[Sequence[Group]], Sequence[Group]]
"""What is further said of each group: one for each, of the same photos."""

_OF_NO_GROUP: Final = ("quality.", "taste.")
_OF_LINKS: Final = (
    "duplicates.same",
    "duplicates.similar",
    "duplicates.burst.",
    "duplicates.apart.",
    "duplicates.unlike.",
    "duplicates.frame.",
    "duplicates.change.",
)
"""Beginnings of the thresholds that say which pairs hold, and nothing else."""

_KINDS: Final = {kind: number for number, kind in enumerate(GroupKind)}


@dataclass(frozen=True, slots=True)
class _Known:
    """Groups, and what they were asked with."""

    of_links: dict[str, float]
    others: dict[str, float]
    """Further thresholds: all groups follow from each of them."""
    decisions: Decisions
    order: Order | None
    linked: Linked
    groups: Sequence[Group]
    nodes: NDArray[np.intp]
    """The node of each group's keeper."""


class Regrouping:
    """The groups of one library, under whatever thresholds and decisions.

    Args:
        evidence: what `find_pairs` said about it.
        facts: of N photos.
        flaws: see `grouping.group`.
        scores: see `grouping.group`.
        faces: of the N photos.
        contents: see `rows_of_contents`.
    """

    def __init__(
        self,
        evidence: PairEvidence,
        facts: Facts,
        flaws: Vectors,
        scores: NDArray[np.float32],
        *,
        faces: GroupedFaces,
        contents: Mapping[bytes, Sequence[int]],
    ) -> None:
        self._evidence = evidence
        self._facts = facts
        self._flaws = flaws
        self._scores = scores
        self._faces = faces
        self._contents = contents
        self._known: _Known | None = None

    def group(
        self, thresholds: Thresholds, decisions: Decisions, order: Order | None, finish: Finish
    ) -> Sequence[Group]:
        """What `grouping.group` says, finished; the same object where nothing is another.

        Args:
            thresholds: thresholds "duplicates.…" and "people.…".
            decisions: the user's.
            order: see `grouping.group`.
            finish: follows from `decisions` and what lies beside the photos of a group.
        """
        known = self._known
        of_links, others = _parted(thresholds)
        if (
            known is not None
            and of_links == known.of_links
            and decisions.not_duplicates == known.decisions.not_duplicates
        ):
            linked = known.linked
        else:
            linked = Linked.of(self._evidence, thresholds, decisions, self._contents)
        part, groups, nodes = linked, [], np.empty(0, np.intp)
        if (
            known is not None
            and (others, order) == (known.others, known.order)
            and decisions.carries == known.decisions.carries
        ):
            changed = self._changed(known, linked, decisions)
            again = linked.around(changed) if len(changed) else np.zeros(len(self._facts), np.bool_)
            part, stays = linked.among(again), ~again[known.nodes]
            groups, nodes = list(compress(known.groups, stays)), known.nodes[stays]
            if not len(part.rows) and len(groups) == len(known.groups):
                self._known = replace(known, of_links=of_links, decisions=decisions, linked=linked)
                return known.groups
        new = grouping.group(
            self._evidence,
            self._facts,
            thresholds,
            decisions,
            self._flaws,
            self._scores,
            order=order,
            faces=self._faces,
            linked=part,
        )
        groups += finish(new)
        rows = [self._facts.rows[group.keeper] for group in new]
        nodes = np.concatenate([nodes, linked.content[np.array(rows, np.intp)]])
        sequence = np.lexsort(
            [
                nodes,
                np.array([-len(group.photos) for group in groups], np.intp),
                np.array([_KINDS[group.kind] for group in groups], np.intp),
            ]
        )
        groups = [groups[place] for place in sequence.tolist()]
        self._known = _Known(of_links, others, decisions, order, linked, groups, nodes[sequence])
        return groups

    def _changed(self, known: _Known, linked: Linked, decisions: Decisions) -> NDArray[np.integer]:
        """The nodes about which anything is another than before."""
        before = known.decisions
        contents = {content for content, _ in decisions.ratings.items() ^ before.ratings.items()}
        for reviewed in decisions.reviewed ^ before.reviewed:
            contents.update(reviewed)
        for pair in decisions.not_duplicates ^ before.not_duplicates:
            contents.update(pair)
        rows = [row for content in contents for row in self._contents.get(content, ())]
        for folders, earlier in (
            (decisions.protected, before.protected),
            (decisions.keep_from, before.keep_from),
        ):
            if folders != earlier:
                rows += self._rows_below({*folders} ^ {*earlier})
        nodes = linked.content[np.array(rows, np.intp)]
        return np.concatenate([nodes, linked.changed_since(known.linked)])

    def _rows_below(self, chosen: Iterable[Path]) -> list[int]:
        """The photos that lie in or below one of some folders."""
        return [
            row
            for folder, rows in self._folders.items()
            if any(folder.is_relative_to(one) for one in chosen)
            for row in rows
        ]

    @cached_property
    def _folders(self) -> dict[Path, list[int]]:
        rows: dict[Path, list[int]] = {}
        for row, photo in enumerate(self._facts.photos):
            rows.setdefault(photo.path.parent, []).append(row)
        return rows


def _parted(thresholds: Thresholds) -> tuple[dict[str, float], dict[str, float]]:
    """The changes that say which pairs hold, and those that all groups follow from."""
    changes = {n: v for n, v in thresholds.changes.items() if not n.startswith(_OF_NO_GROUP)}
    of_links = {name: value for name, value in changes.items() if name.startswith(_OF_LINKS)}
    return of_links, {name: value for name, value in changes.items() if name not in of_links}
