"""Turns facts into the four answers. What is costly is computed once; judging again is cheap."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.categories import assign
from photo_organizer.engine.categories.assign import Assignment
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.categories.faces import with_faces
from photo_organizer.engine.categories.following import Examples, chosen_examples
from photo_organizer.engine.domain.decisions import Decisions, with_reviews
from photo_organizer.engine.domain.faces import Eyes, Face, SeenFace
from photo_organizer.engine.domain.facts import XMP_REJECTED, Facts, Photo, Scores, Vectors
from photo_organizer.engine.domain.keeper_criteria import Order
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import (
    EVERY_FLOW,
    LIBRARY,
    OTHERS,
    Flag,
    Flaw,
    Flow,
    Group,
    Ranked,
    Result,
    Skipped,
)
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates import grouping
from photo_organizer.engine.duplicates.evidence_store import EvidenceStore
from photo_organizer.engine.duplicates.linked import rows_of_contents
from photo_organizer.engine.duplicates.pair_evidence import PairEvidence, find_pairs
from photo_organizer.engine.duplicates.regrouping import Regrouping
from photo_organizer.engine.duplicates.search import Beside, Search, search
from photo_organizer.engine.duplicates.standing import Standing
from photo_organizer.engine.duplicates.unit_files import Units, keep_parts
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.encoders.protocols import ComparablePhotos, Matcher
from photo_organizer.engine.highlights import ranking as highlights
from photo_organizer.engine.highlights import scorers, shown, taste, technical
from photo_organizer.engine.highlights.taste import Taste
from photo_organizer.engine.judging.judging_progress import JudgingProgress
from photo_organizer.engine.judging.seen_faces import SeenFaces, SeenPeople
from photo_organizer.engine.people import real_faces
from photo_organizer.engine.people.groups import GroupedFaces
from photo_organizer.engine.people.shown_people import people_odds
from photo_organizer.engine.quality import flaws, graphics, looks, softness

log = logging.getLogger(__name__)

Recall = Callable[[Sequence[bytes]], Mapping[bytes, NDArray[np.float32]]]
"""Looks up embeddings by content, of photos that are not in the library at hand."""


_KNOWN_WITHOUT_FACES = frozenset(
    (
        "comparable",
        "_photos",
        "_contents",
        "_rejected",
        "_standing",
        "_searched",
        "_alike",
        "_evidence",
        "_units",
        "_graphic",
        "_drawn",
    )
)
"""What the judge computes once and follows from no face."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Highlight scores and who gave them."""

    scores: Scores
    """(N,), 0 to 1."""
    native: Scores
    """(N,), on the scorer's own scale."""
    scorer: Reason
    """The scorer's honest name."""
    reasons: Sequence[Reason] | None = None
    """(N,), why each has its score; None where the scorer does not say."""


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Ranks the photos, and by what."""

    ranking: highlights.Ranking
    scorer: Reason
    taste: Reason | None
    stars: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The answers that do not depend on categories, and what they were asked with."""

    asked: tuple[Thresholds, Decisions, Order | None]
    groups: Sequence[Group]
    flags: flaws.Flags
    faces: Mapping[int, Sequence[SeenFace]]
    ranking: _Ranking | None
    """None where no highlights are wanted."""
    ranked: dict[str, tuple[Sequence[int], Sequence[Ranked]]] = field(default_factory=dict)
    """By category: which photos were ranked, and the ranking."""

    def rank(self, placed: _Placed) -> dict[str, Sequence[Ranked]]:
        """Rank the library and each category; what has the same photos as before stays as it is."""
        if self.ranking is None:
            return {}
        ranking = self.ranking.ranking
        found = {LIBRARY: self._kept(LIBRARY, (), ranking.library)}
        for name, ids in placed.categories.items():
            found[name] = self._kept(name, ids, partial(ranking.of_rows, placed.rows[name]))
        return found

    def _kept(
        self, name: str, photos: Sequence[int], rank: Callable[[], Sequence[Ranked]]
    ) -> Sequence[Ranked]:
        known = self.ranked.get(name)
        if known is None or known[0] != photos:
            known = self.ranked[name] = photos, rank()
        return known[1]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where photos are, and why; what it was asked with."""

    asked: object
    categories: dict[str, tuple[int, ...]]
    rows: dict[str, NDArray[np.intp]]
    """Of the photos of each category: looking them up takes longer than ranking them."""
    by_hand: frozenset[int]
    followed: dict[int, int | None]


class Judge:
    """Judges the facts of one library, under whatever thresholds and decisions.

    Everything that does not depend on them is computed at most once, at the first judgement.

    Args:
        facts: of all photos.
        skipped: files left out, passed on to the result.
        matcher: of the model that the embeddings came from.
        offered: the categories to choose from; see `offer`.
        head: learned aesthetic scorer for the model's embeddings, if there is one; it is left
            aside where it was made for another version of the model.
        remembered: what comparing photos found out before; None where nothing is remembered.
        recall: finds rated or moved photos of other folders, to learn from; None where there is no
            store.
        library: the folders that the photos were found in.
        without_faces: see `Result.without_faces`.
        stand_in: see `Result.stand_in`.
        wanted: the answers that are given; the others are empty.
        progress: learns how far the first judgement is.
    """

    def __init__(
        self,
        facts: Facts,
        skipped: Sequence[Skipped],
        matcher: Matcher,
        *,
        offered: Sequence[Category],
        head: LinearHead | None = None,
        recall: Recall | None = None,
        remembered: EvidenceStore | None = None,
        library: Sequence[Path] = (),
        without_faces: Reason | None = None,
        stand_in: Reason | None = None,
        wanted: Collection[Flow] = EVERY_FLOW,
        progress: JudgingProgress | None = None,
    ) -> None:
        self.library = tuple(library)
        """The folders that the photos were found in."""
        self._facts = facts
        self._grouped_faces = GroupedFaces(facts.faces)
        self._without_faces = without_faces
        self._stand_in = stand_in
        self._wanted = frozenset(wanted)
        self._skipped = skipped
        self._matcher = matcher
        self._offered = tuple(offered)
        self._matched: tuple[tuple[Category, ...], Vectors] | None = None
        self._taught: Mapping[str, Examples] = {}
        self._sorted: _Sorted | None = None
        self._flags: dict[Flaw, tuple[float, flaws.People, list[Flag]]] = {}
        self._flagged_as: tuple[set[tuple[int, Flaw]], flaws.Flags] | None = None
        self._assigned: _Placed | None = None
        self._head = _fitting(head, matcher)
        self._recall = recall
        self._remembered = remembered
        self._learned: tuple[Mapping[bytes, int], Taste] | None = None
        self._one_at_a_time = threading.Lock()
        self.progress = progress or JudgingProgress(len(facts))
        """How far the first judgement is; those after it take no time."""

    @property
    def facts(self) -> Facts:
        """Of all photos."""
        return self._facts

    @property
    def matcher(self) -> Matcher:
        """Of the model that the embeddings came from."""
        return self._matcher

    @cached_property
    def comparable(self) -> ComparablePhotos:
        """The photos, ready to be compared with texts and with other photos."""
        return self._matcher.comparable(self._facts.embeddings)

    def sees(self, category: Category) -> bool:
        """Whether the model can tell at all what belongs to a category."""
        return assign.sees(self._matcher, category)

    def offer(self, categories: Sequence[Category]) -> None:
        """Let the next judgement choose from other categories; what else is known stays known."""
        with self._one_at_a_time:
            self._offered = tuple(categories)

    def forget_faces(self) -> None:
        """Let the next judgement know of no face; what follows from none stays known."""
        with self._one_at_a_time:
            if not all(faces is None for faces in self._facts.faces):
                self._know_faces(())

    def learn_faces(
        self, found: Mapping[bytes, tuple[Face, ...]], without_faces: Reason | None
    ) -> None:
        """Let the next judgement know the faces of these contents, and of no others.

        Args:
            found: the faces by content.
            without_faces: see `Result.without_faces`.
        """
        with self._one_at_a_time:
            self._without_faces = without_faces
            self._know_faces([found.get(photo.content_hash) for photo in self._facts.photos])

    def _know_faces(self, faces: Sequence[tuple[Face, ...] | None]) -> None:
        self._facts = replace(self._facts, faces=faces)
        self._grouped_faces = GroupedFaces(faces)
        self._sorted = self._matched = self._assigned = self._flagged_as = None
        self._flags = {}
        for name in {*vars(self)} - _KNOWN_WITHOUT_FACES:
            if isinstance(getattr(type(self), name, None), cached_property):
                del self.__dict__[name]

    def alike(self, thresholds: Thresholds, decisions: Decisions) -> list[Photo]:
        """The photos that are alike another one: no group asks for the faces of others."""
        with self._one_at_a_time:
            if not len(self._facts):
                return []
            rows = grouping.alike(self._evidence, self._facts, thresholds, decisions)
            return [self._facts.photos[row] for row in rows.tolist()]

    def place(
        self, offered: Sequence[Category], thresholds: Thresholds, decisions: Decisions
    ) -> dict[str, tuple[int, ...]]:
        """Where the photos would be if there were these categories: see `Result.categories`."""
        with self._one_at_a_time:
            if not len(self._facts):
                return dict.fromkeys([*(category.key for category in offered), OTHERS], ())
            offered = tuple(offered)
            return self._placed(offered, self._assign(offered, thresholds, decisions))

    def judge(
        self, thresholds: Thresholds, decisions: Decisions, order: Order | None = None
    ) -> Result:
        """All four answers; safe to call from any thread.

        Args:
            thresholds: the thresholds.
            decisions: what the user decided.
            order: criteria that choose keepers; the shipped ones when None.
        """
        with self._one_at_a_time:
            if not len(self._facts):
                return self._empty()
            result = self._judge(thresholds, decisions, order)
            self.progress.ended = True
            return result

    def _judge(self, thresholds: Thresholds, decisions: Decisions, order: Order | None) -> Result:
        known = self._sort_out(thresholds, decisions, order)
        ranking = known.ranking
        placed = _Placed(None, {}, {}, frozenset(), {})
        if self._wanted & {Flow.CATEGORIES, Flow.HIGHLIGHTS}:
            placed = self._place(thresholds, decisions)
        return Result(
            photos=self._photos,
            categories=placed.categories,
            groups=known.groups,
            highlights=known.rank(placed),
            flags=known.flags.standing,
            fine=known.flags.fine,
            skipped=self._skipped,
            scorer=ranking.scorer if ranking else None,
            taste=ranking.taste if ranking else None,
            stars=ranking.stars if ranking else {},
            by_hand=placed.by_hand,
            followed=placed.followed,
            faces=known.faces,
            without_faces=self._without_faces,
            stand_in=self._stand_in,
            model={"name": self._matcher.name, "version": self._matcher.version},
        )

    def _place(self, thresholds: Thresholds, decisions: Decisions) -> _Placed:
        """Where the photos are; a star or another similarity leaves them there."""
        changes = {n: v for n, v in thresholds.changes.items() if n.startswith("categories.")}
        asked = self._offered, changes, decisions.categories
        if self._assigned is None or self._assigned.asked != asked:
            photos = self._facts.photos
            found = self._assign(self._offered, thresholds, decisions)
            by_hand = np.flatnonzero(found.by_hand).tolist()
            following = np.flatnonzero(found.examples > assign.NONE)
            examples = found.examples[following].tolist()
            placed = self._placed(self._offered, found)
            self._assigned = _Placed(
                asked,
                placed,
                {key: highlights.rows_of(self._facts, ids) for key, ids in placed.items()},
                frozenset(photos[row].id for row in by_hand),
                {
                    photos[row].id: photos[example].id if example >= 0 else None
                    for row, example in zip(following.tolist(), examples, strict=True)
                },
            )
        return self._assigned

    def _empty(self) -> Result:
        offered = [category for category in self._offered if self.sees(category)]
        keys = [*(category.key for category in offered), OTHERS]
        return Result(
            photos=PhotoDict(),
            categories=dict.fromkeys(keys, ()),
            groups=(),
            highlights=dict.fromkeys((LIBRARY, *keys), ()),
            flags=(),
            skipped=self._skipped,
            model={"name": self._matcher.name, "version": self._matcher.version},
        )

    def _assign(
        self, offered: tuple[Category, ...], thresholds: Thresholds, decisions: Decisions
    ) -> Assignment:
        if self._matched is None or self._matched[0] != offered:
            scores = assign.match(self.comparable, self._matcher, offered)
            by_faces = with_faces(scores, offered, self._matcher, self._people_odds)
            self._matched = offered, by_faces
        return assign.categorize(
            self._facts,
            self._matched[1],
            offered,
            thresholds,
            decisions,
            threshold=self._matcher.category_threshold,
            groups=self._alike,
            taught=self._examples(offered, thresholds, decisions.categories),
            rule=self._matcher.following,
        )

    def _placed(
        self, offered: tuple[Category, ...], assignment: Assignment
    ) -> dict[str, tuple[int, ...]]:
        """What the model cannot see is left out where it is empty: nobody looked for it."""
        placed = assign.by_category(self._facts, offered, assignment)
        seen = {category.key for category in offered if self.sees(category)} | {OTHERS}
        return {key: ids for key, ids in placed.items() if ids or key in seen}

    def _examples(
        self, offered: tuple[Category, ...], thresholds: Thresholds, moved: Mapping[bytes, str]
    ) -> dict[str, Examples]:
        """What the examples of each category say; only what is new is compared."""
        keys = {*(category.key for category in offered), OTHERS}
        wanted = chosen_examples(moved, keys, int(thresholds["categories.examples"]))
        self._taught = {
            key: self._more_examples(self._taught.get(key), contents)
            for key, contents in wanted.items()
        }
        return self._taught

    def _more_examples(self, before: Examples | None, contents: Sequence[bytes]) -> Examples:
        if before is None or not set(contents) >= set(before.contents):
            before = Examples.none(len(self._facts))
        known = set(before.contents)
        vectors = self._vectors([content for content in contents if content not in known])
        if not vectors:
            return before
        return before.among(list(vectors), self.comparable, np.stack(list(vectors.values())))

    def _vectors(self, contents: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The embeddings of contents, those of other folders too where there is a store."""
        rows = self._contents
        found = {name: self._facts.embeddings[rows[name][-1]] for name in contents if name in rows}
        elsewhere = [content for content in contents if content not in found]
        if self._recall is not None and elsewhere:
            found |= self._recall(elsewhere)
        return found

    def _sort_out(
        self, thresholds: Thresholds, decisions: Decisions, order: Order | None
    ) -> _Sorted:
        """Whatever does not depend on categories, judged again only when it must be."""
        asked = thresholds, replace(decisions, categories={}), order
        if self._sorted is not None and self._sorted.asked == asked:
            return self._sorted
        groups = self._groups(thresholds, decisions, order) if self._compares else ()
        people = self._seen_faces.judge(groups, thresholds)
        flags = flaws.Flags((), ())
        if self._wanted & {Flow.LOW_QUALITY, Flow.HIGHLIGHTS}:
            flags = self._flagged(thresholds, decisions, people)
        ranked = None
        if Flow.HIGHLIGHTS in self._wanted:
            ranked = self._ranked(groups, flags.standing, people, thresholds, decisions)
        self._sorted = _Sorted(asked, groups, flags, people.seen, ranked)
        return self._sorted

    @property
    def _compares(self) -> bool:
        """Whether any answer that is wanted depends on which photos are alike.

        Whose eyes are closed shows beside another take.
        """
        if self._wanted & {Flow.DUPLICATES, Flow.HIGHLIGHTS}:
            return True
        return Flow.LOW_QUALITY in self._wanted and sum(map(bool, self._facts.faces)) > 1

    def _groups(
        self, thresholds: Thresholds, decisions: Decisions, order: Order | None
    ) -> Sequence[Group]:
        def finish(groups: Sequence[Group]) -> Sequence[Group]:
            kept = keep_parts(groups, self._units, carries=decisions.carries)
            return with_reviews(kept, self._photos, decisions.reviewed)

        return self._regrouping.group(thresholds, decisions, order, finish)

    def _ranked(
        self,
        groups: Sequence[Group],
        flags: Sequence[Flag],
        people: SeenPeople,
        thresholds: Thresholds,
        decisions: Decisions,
    ) -> _Ranking:
        facts = self._facts
        learned, share = None, thresholds["taste.share"]
        scores, scorer = np.clip(self._scored.scores + people.added, 0, 1), self._scored.scorer
        reasons = self._scored.reasons
        stars = dict.fromkeys(self._rejected, 0)
        for content, rating in decisions.ratings.items():
            stars |= {facts.photos[row].id: rating for row in self._contents.get(content, ())}
        if share:
            # Keepers stay with the general score: they must not change with every star given.
            learned = self._taste(decisions.ratings)
            scores = taste.blend(scores, learned, facts.embeddings, share)
            if learned.weight:
                scorer = Reason(f"{scorer.code}_taste", scorer.values)
        ranking = highlights.Ranking(
            facts,
            scores,
            self._scored.native,
            reasons=people.told(reasons) if reasons is not None else None,
            groups=groups,
            flags=flags,
            stars=stars,
        )
        return _Ranking(ranking, scorer, learned.reason() if learned else None, stars)

    def _flagged(
        self, thresholds: Thresholds, decisions: Decisions, people: SeenPeople
    ) -> flaws.Flags:
        """The flags; only those of a flaw whose threshold moved are found anew."""
        scores = people.flaws(self._flaws)
        for flaw in flaws.FLAWS:
            known = self._flags.get(flaw)
            threshold = thresholds[flaw.threshold]
            if known is None or known[0] != threshold or known[1] is not people.people:
                found = flaws.judge_one(self._facts, scores, flaw, thresholds, people.people)
                self._flags[flaw] = threshold, people.people, found
                self._flagged_as = None
        photos = self._facts.photos
        called = {
            (photos[row].id, flaw)
            for content, flaw in decisions.fine
            for row in self._contents.get(content, ())
        }
        if self._flagged_as is None or self._flagged_as[0] != called:
            found = [flag for flaw in flaws.FLAWS for flag in self._flags[flaw][2]]
            self._flagged_as = called, flaws.sort_flags(found, called)
        return self._flagged_as[1]

    def _taste(self, ratings: Mapping[bytes, int]) -> Taste:
        """What these ratings teach; learned again only when they change."""
        if self._learned is None or self._learned[0] != ratings:
            self._learned = dict(ratings), taste.learn(ratings, self._vectors(list(ratings)))
        return self._learned[1]

    # ------------------------------------------------------------------ computed once

    @cached_property
    def _photos(self) -> PhotoDict:
        return PhotoDict.of(self._facts.photos)

    @cached_property
    def _contents(self) -> dict[bytes, list[int]]:
        return rows_of_contents(self._facts)

    @cached_property
    def _rejected(self) -> tuple[int, ...]:
        """The photos that another program rejected."""
        return tuple(p.id for p in self._facts.photos if p.exif.rating == XMP_REJECTED)

    @cached_property
    def _seen_faces(self) -> SeenFaces:
        return SeenFaces(self._facts, self._grouped_faces, self._drawn)

    @cached_property
    def _standing(self) -> Standing:
        return Standing.of(self._facts)

    @cached_property
    def _searched(self) -> Search:
        """One search for both: whose category is judged together, and who may be a duplicate."""
        self.progress.begin_comparing()
        # The shipped similarity, not the thresholds': it has no slider.
        shipped = Thresholds()
        joins = assign.joins_from(shipped, self._matcher)
        beside = Beside(int(shipped["categories.nearest"]), joins)
        return search(self._facts, self._standing, beside, self._remembered)

    @cached_property
    def _alike(self) -> NDArray[np.int32]:
        found = self._searched
        return self._standing.spread(assign.gathered(len(found), found.alike()))

    @cached_property
    def _evidence(self) -> PairEvidence:
        searched = self._searched
        pairs = find_pairs(
            self._facts, self.progress.tell, self._standing, searched, self._remembered
        )
        self.progress.end_comparing()
        return pairs

    @cached_property
    def _regrouping(self) -> Regrouping:
        return Regrouping(
            self._evidence,
            self._facts,
            self._flaws,
            self._merits,
            faces=self._grouped_faces,
            contents=self._contents,
        )

    @cached_property
    def _units(self) -> Units:
        return Units(self._facts.photos)

    @cached_property
    def _flaws(self) -> Vectors:
        return flaws.flaw_scores(
            self._facts,
            flaws.prompt_odds(self._matcher, self._facts.embeddings),
            looks=softness.looks(self._matcher, self._facts.embeddings),
            seen=looks.seen(self._matcher, self._facts.embeddings),
            graphic=self._graphic,
            # Whose eyes are closed is judged within groups, which are made by these scores.
            faces=[
                [SeenFace(face, Eyes.CANT_TELL) for face in faces] for faces in self._real_faces
            ],
        )

    @cached_property
    def _graphic(self) -> NDArray[np.bool_]:
        return graphics.are_graphics(self._facts, self._matcher.version)

    @cached_property
    def _drawn(self) -> NDArray[np.bool_]:
        return self._graphic | real_faces.drawn(self._matcher, self._facts.embeddings)

    @cached_property
    def _real_faces(self) -> list[tuple[Face, ...]]:
        """The faces in each photo that are those of people."""
        found = self._facts.faces or [None] * len(self._facts)
        return [
            faces if faces and not drawn else ()
            for faces, drawn in zip(found, self._drawn.tolist(), strict=True)
        ]

    @cached_property
    def _people_odds(self) -> Scores:
        return people_odds(self._real_faces)

    @cached_property
    def _scored(self) -> Scored:
        """By the best scorer at hand: learned, asked of the model, or measured."""
        embeddings = self._facts.embeddings
        if self._head is not None:
            native = self._head.score(embeddings)
            scores = technical.to_unit(native, self._head.low, self._head.high)
            name = Reason("scorer.head", {"version": self._head.version})
            return Scored(scores, native, name)
        proof = self._matcher.proof
        if proof is not None and proof.score is not None:
            native = scorers.prompt_scores(self._matcher, embeddings)
            return Scored(proof.score.chances(native), native, Reason("scorer.prompts"))
        head = shown.head_for(self._matcher)
        if head is not None:
            found = shown.shown_scores(self._facts, head)
            return Scored(found.scores, found.native, Reason("scorer.shown"), found.reasons)
        return Scored(self._technical, self._technical, Reason("scorer.technical"))

    @cached_property
    def _merits(self) -> Scores:
        """What keepers are chosen by where nothing else decides: (N,), 0 to 1.

        Among takes of one moment only a head that was learned from ratings, the user's own or a
        published one, sees more than chance.
        """
        return self._technical if self._head is None else self._scored.scores

    @cached_property
    def _technical(self) -> Scores:
        return technical.technical_scores(self._facts, self._flaws)


def _fitting(head: LinearHead | None, matcher: Matcher) -> LinearHead | None:
    try:
        if head is not None:
            head.check(matcher)
    except ModelError as error:
        log.warning("The general scorer is used: %s", error)
        return None
    return head
