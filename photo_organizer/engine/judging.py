"""Turns facts into the four answers. What is costly is computed once; judging again is cheap."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import aesthetics, categories, duplicates, highlights, quality, taste
from photo_organizer.engine.aesthetics import Probe, Scores
from photo_organizer.engine.categories import Category
from photo_organizer.engine.companions import Part, keep_parts, parts
from photo_organizer.engine.criteria import Order
from photo_organizer.engine.decisions import Decisions, with_reviews
from photo_organizer.engine.encoders import Encoder
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.evidence import PairEvidence, find_pairs
from photo_organizer.engine.facts import Facts, Vectors
from photo_organizer.engine.results import LIBRARY, OTHERS, Reason, Result, Skipped
from photo_organizer.engine.settings import Settings
from photo_organizer.engine.taste import Taste

log = logging.getLogger(__name__)

Recall = Callable[[Sequence[bytes]], Mapping[bytes, NDArray[np.float32]]]
"""Looks up embeddings by content, of photos that are not in the library at hand."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Highlight scores and who gave them."""

    scores: Scores
    """(N,), 0 to 1."""
    native: Scores
    """(N,), on the scorer's own scale."""
    scorer: Reason
    """The scorer's honest name."""


class Judge:
    """Judges the facts of one library, under whatever thresholds and decisions.

    Everything that does not depend on them is computed at most once, at the first judgement.

    Args:
        facts: of all photos.
        skipped: files left out, passed on to the result.
        encoder: the one the embeddings came from.
        offered: the categories to choose from.
        probe: learned aesthetic scorer for the encoder's embeddings, if there is one; it is left
            aside where it was made for another version of the encoder.
        recall: finds rated photos of other folders, to learn from; None where there is no store.
    """

    def __init__(
        self,
        facts: Facts,
        skipped: Sequence[Skipped],
        encoder: Encoder,
        *,
        offered: Sequence[Category],
        probe: Probe | None = None,
        recall: Recall | None = None,
    ) -> None:
        self._facts = facts
        self._skipped = skipped
        self._encoder = encoder
        self._offered = offered
        self._probe = _fitting(probe, encoder)
        self._recall = recall
        self._learned: tuple[Mapping[bytes, int], Taste] | None = None
        self._one_at_a_time = threading.Lock()

    def judge(self, settings: Settings, decisions: Decisions, order: Order | None = None) -> Result:
        """All four answers; safe to call from any thread.

        Args:
            settings: the thresholds.
            decisions: what the user decided.
            order: criteria that choose keepers; the shipped ones when None.
        """
        with self._one_at_a_time:
            if not len(self._facts):
                return self._empty()
            return self._judge(settings, decisions, order)

    def _judge(self, settings: Settings, decisions: Decisions, order: Order | None) -> Result:
        facts = self._facts
        assignment = categories.categorize(
            facts,
            self._category_scores,
            self._offered,
            settings,
            decisions,
            threshold=self._encoder.category_threshold,
            groups=self._alike,
        )
        placed = categories.by_category(facts, self._offered, assignment)
        groups = duplicates.group(
            self._evidence,
            facts,
            settings,
            decisions,
            self._flaws,
            self._scored.scores,
            order=order,
        )
        photos = {photo.id: photo for photo in facts.photos}
        groups = keep_parts(groups, self._parts)
        groups = with_reviews(groups, photos, decisions.reviewed)
        flags = quality.judge(facts, self._flaws, settings, decisions)
        learned, share = None, settings["taste.share"]
        scores, scorer = self._scored.scores, self._scored.scorer
        rated = decisions.ratings
        stars = {p.id: rated[p.content_hash] for p in facts.photos if p.content_hash in rated}
        if share:
            # Keepers stay with the general score: they must not change with every star given.
            learned = self._taste(decisions.ratings)
            scores = taste.blend(scores, learned, facts.embeddings, share)
            if learned.weight:
                scorer = Reason(f"{scorer.code}_taste", scorer.values)
        ranked = highlights.rank(
            facts,
            scores,
            self._scored.native,
            categories=placed,
            groups=groups,
            flags=flags,
            stars=stars,
        )
        return Result(
            photos=photos,
            categories=placed,
            groups=groups,
            highlights=ranked,
            flags=flags,
            skipped=self._skipped,
            scorer=scorer,
            taste=learned.reason() if learned else None,
            stars=stars,
            model={"name": self._encoder.name, "version": self._encoder.version},
        )

    def _empty(self) -> Result:
        keys = [*(category.key for category in self._offered), OTHERS]
        return Result(
            photos={},
            categories=dict.fromkeys(keys, ()),
            groups=(),
            highlights=dict.fromkeys((LIBRARY, *keys), ()),
            flags=(),
            skipped=self._skipped,
            model={"name": self._encoder.name, "version": self._encoder.version},
        )

    def _taste(self, ratings: Mapping[bytes, int]) -> Taste:
        """What these ratings teach; learned again only when they change."""
        if self._learned is None or self._learned[0] != ratings:
            facts = self._facts
            here = [row for row, p in enumerate(facts.photos) if p.content_hash in ratings]
            vectors = {facts.photos[row].content_hash: facts.embeddings[row] for row in here}
            elsewhere = [content for content in ratings if content not in vectors]
            if self._recall is not None and elsewhere:
                vectors |= self._recall(elsewhere)
            self._learned = (dict(ratings), taste.learn(ratings, vectors))
        return self._learned[1]

    # ------------------------------------------------------------------ computed once

    @cached_property
    def _category_scores(self) -> Vectors:
        prompts = [category.prompts for category in self._offered]
        return self._encoder.match_texts(self._facts.embeddings, prompts)

    @cached_property
    def _alike(self) -> NDArray[np.int32]:
        # The shipped similarity, not the settings': it has no slider.
        return categories.alike(self._facts.embeddings, Settings())

    @cached_property
    def _evidence(self) -> PairEvidence:
        return find_pairs(self._facts)

    @cached_property
    def _parts(self) -> dict[int, frozenset[Part]]:
        return parts(self._facts.photos)

    @cached_property
    def _flaws(self) -> Vectors:
        prompts = None
        if self._encoder.understands_text:
            prompts = quality.prompt_flaws(self._encoder, self._facts.embeddings)
        return quality.flaw_scores(self._facts, prompts)

    @cached_property
    def _scored(self) -> Scored:
        """By the best scorer at hand: learned, asked of the text model, or measured."""
        embeddings = self._facts.embeddings
        if self._probe is not None:
            native = self._probe.score(embeddings)
            scores = highlights.to_unit(native, self._probe.low, self._probe.high)
            name = Reason("scorer.probe", {"version": self._probe.version})
            return Scored(scores, native, name)
        if self._encoder.understands_text:
            native = aesthetics.prompt_scores(self._encoder, embeddings)
            low, high = aesthetics.prompt_range()
            return Scored(highlights.to_unit(native, low, high), native, Reason("scorer.prompts"))
        scores = highlights.technical_scores(self._facts, self._flaws)
        return Scored(scores, scores, Reason("scorer.technical"))


def _fitting(probe: Probe | None, encoder: Encoder) -> Probe | None:
    try:
        if probe is not None:
            probe.check(encoder)
    except ModelError as error:
        log.warning("The general scorer is used: %s", error)
        return None
    return probe
