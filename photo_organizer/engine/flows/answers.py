"""The four flows put together: facts in, one object with four keys out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.results import EVERY_FLOW, OTHERS, Flow
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.protocols import Matcher
from photo_organizer.engine.flows import categories, duplicates, highlights, low_quality
from photo_organizer.engine.flows.categories import Placed
from photo_organizer.engine.flows.highlights import Beauty, Ranking, ScoredBy
from photo_organizer.engine.flows.low_quality import JudgedBy


@dataclass(frozen=True, slots=True)
class Asked:
    """What the flows are asked, and with which numbers."""

    wanted: frozenset[Flow] = EVERY_FLOW
    """The others are empty."""
    neighbors: int = 5
    threshold: float | None = None
    """Of categories; None: the model's own."""
    top: int = 1
    eps: float = 0.1
    min_samples: int = 2
    scored_by: ScoredBy | None = None
    """None: by the probe where there is one, else by prompts."""
    probe: LinearHead | None = None
    """For the embeddings at hand, if there is one."""
    judged_by: JudgedBy = JudgedBy.SOFTMAX
    bar: float | None = None
    """Of low quality; None: the usual one."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """Of measured flaws, where the model cannot be asked."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the flows answer, by rows."""

    categories: Placed
    duplicates: list[list[int]]
    highlights: Ranking
    low_quality: list[int]

    def to_json(self, addresses: Sequence[str]) -> dict[str, Any]:
        """The object of ``resources/flows.schema.json``.

        Args:
            addresses: of the photos, by row.
        """
        return {
            "categories": [
                {"category": key, "images": [addresses[row] for row in rows]}
                for key, rows in self.categories.items()
            ],
            "duplicates": [[addresses[row] for row in rows] for rows in self.duplicates],
            "highlights": [
                {
                    "category": key,
                    "images": [
                        {"image": addresses[row], "score": round(score, 4)} for row, score in rows
                    ],
                }
                for key, rows in self.highlights.items()
            ],
            "low_quality": [addresses[row] for row in self.low_quality],
        }


def answer(
    facts: Facts,
    matcher: Matcher,
    offered: Sequence[Category],
    asked: Asked,
    *,
    go_on: Callable[[], object] = bool,
) -> Answers:
    """The answers to what is asked.

    Args:
        facts: of all photos.
        matcher: of the model that the embeddings came from.
        offered: the categories to choose from.
        asked: what, and how.
        go_on: called now and then; what it raises ends the work.

    Raises:
        ModelError: there is no probe, or it does not read the embeddings.
    """
    return _Answering(facts, matcher, offered, asked, go_on).answers()


@dataclass(slots=True)
class _Answering:
    """One call of `answer`: what two flows need is computed once."""

    facts: Facts
    matcher: Matcher
    offered: Sequence[Category]
    asked: Asked
    go_on: Callable[[], object]
    _measured: Vectors | None = None

    def answers(self) -> Answers:
        wanted = self.asked.wanted
        if Flow.HIGHLIGHTS in wanted:
            self._check_probe()
        placed = self._placed() if wanted & {Flow.CATEGORIES, Flow.HIGHLIGHTS} else {}
        groups = self._groups() if Flow.DUPLICATES in wanted else []
        self.go_on()
        ranking = self._ranking(placed) if Flow.HIGHLIGHTS in wanted else {}
        flagged = self._flagged() if Flow.LOW_QUALITY in wanted else []
        return Answers(placed if Flow.CATEGORIES in wanted else {}, groups, ranking, flagged)

    @property
    def _probe(self) -> LinearHead | None:
        return None if self.asked.scored_by is ScoredBy.PROMPTS else self.asked.probe

    def _check_probe(self) -> None:
        if self._probe is not None:
            self._probe.check(self.matcher)
        elif self.asked.scored_by is ScoredBy.PROBE:
            raise ModelError("heads.none", model=self.matcher.name)

    def _placed(self) -> Placed:
        asked, usual = self.asked, self.matcher.category_threshold
        keys = [category.key for category in self.offered]
        if not len(self.facts):
            return {key: [] for key in (*keys, OTHERS)}
        return categories.categorize(
            self.facts.embeddings,
            categories.keyword_scores(self.matcher, self.offered),
            keys,
            threshold=usual if asked.threshold is None else asked.threshold,
            neighbors=asked.neighbors,
            top=asked.top,
            go_on=self.go_on,
        )

    def _groups(self) -> list[list[int]]:
        asked = self.asked
        return duplicates.duplicates(
            self.facts.embeddings, asked.eps, asked.min_samples, go_on=self.go_on
        )

    def _ranking(self, placed: Placed) -> Ranking:
        if not len(self.facts):
            return {key: [] for key in placed}
        return highlights.rank(placed, self._beauty())

    def _beauty(self) -> Beauty:
        embeddings = self.facts.embeddings
        if self._probe is not None:
            return highlights.by_probe(self._probe, embeddings)
        if self.matcher.understands_text:
            return highlights.by_prompts(self.matcher, embeddings)
        return highlights.by_measures(self.matcher, self.facts, self._measures())

    def _flagged(self) -> list[int]:
        asked = self.asked
        if not len(self.facts):
            return []
        if self.matcher.understands_text:
            return low_quality.low_quality(
                self.matcher, self.facts.embeddings, asked.judged_by, asked.bar
            )
        return low_quality.low_quality_by_measures(self._measures(), asked.thresholds, asked.bar)

    def _measures(self) -> Vectors:
        if self._measured is None:
            self._measured = low_quality.measured_flaws(self.matcher, self.facts)
        return self._measured
