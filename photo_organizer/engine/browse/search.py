"""Finds photos: by what they show, by photos they are like, by name, folder, date and camera.

Everything works on stored embeddings; nothing is decoded. Asked from a background thread.

A photo must meet every term of a query: show the words or have them written of it, be like the
photo, be let through by the restriction; and show nothing of what is shut out. The chances of all
terms together, as if they were independent, make the order.

So photos and texts can be asked together ("this photo, at night"), though to CLIP photos lie in one
narrow cone and texts in another (Liang et al., "Mind the Gap: Understanding the Modality Gap in
Multi-modal Contrastive Representation Learning", NeurIPS 2022): any photo is more like another
photo than like the text that describes it best, and in a sum of both vectors the photo decides
alone. Chances are each by the distributions of their own kind. On made vectors with that gap they
put first what meets both nearly twice as well as the plain sum (mean average precision 0.75
against 0.40), and as well as the sum of vectors that are taken from the mean of their kind (0.70).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.browse.date_query import date_in
from photo_organizer.engine.browse.met import Met, mask
from photo_organizer.engine.browse.query_line import parse
from photo_organizer.engine.browse.restrictions import let_through
from photo_organizer.engine.browse.seeing import Seeing, Seen
from photo_organizer.engine.browse.written import rows_of_word, rows_written
from photo_organizer.engine.browse.written_columns import WrittenColumns, columns_of
from photo_organizer.engine.domain.facts import Facts, Photo
from photo_organizer.engine.domain.query import Like, Query, Restriction, Words
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.search_answer import Place, Reading, SearchAnswer, TermAnswer
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.protocols import ComparablePhotos, Matcher

Vector = NDArray[np.float32]
"""(D,) an embedding."""

_WAYS = 8
"""Of a text, so many ways to stand partly in names and folders are looked into."""

_EASED = 3.0
"""Beside words, photos count as like a photo that are so many times less likely to be."""

_READINGS = (
    Reading.FREELY,
    Reading.BY_KIND,
    Reading.NONE,
    Reading.FOREIGN,
    Reading.UNKNOWN,
)
"""From good to poor."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched, and what is known of it; what is None finds nothing."""

    photos: Mapping[int, Photo]
    """To find, by id."""
    facts: Facts | None = None
    """Of the photos that are `comparable`."""
    comparable: ComparablePhotos | None = None
    matcher: Matcher | None = None
    """Of the model that the embeddings came from."""
    categories: Mapping[int, str] | None = None
    """The key of each photo's category, by id."""
    stars: Mapping[int, int] | None = None
    """By id; photos without are not in it."""
    embed: Callable[[Path], Vector | Reason] | None = None
    """Looks at a photo that lies elsewhere; a reason where it cannot be read."""


def find(query: Query, searched: Searched) -> SearchAnswer:
    """The photos that meet every term of a query, best first; none where nothing fits."""
    if not query or not searched.photos:
        return SearchAnswer((), (), terms=tuple(TermAnswer(term) for term in query.terms))
    return _Search(query, searched).answer()


def search(
    text: str,
    photos: Mapping[int, Photo],
    *,
    comparable: ComparablePhotos | None = None,
    facts: Facts | None = None,
    matcher: Matcher | None = None,
) -> SearchAnswer:
    """Photos that meet what people typed: see `query_line`.

    Args:
        text: one line.
        photos: to find, by id.
        comparable: the photos of `facts`; None finds what is written only.
        facts: of the photos that are `comparable`.
        matcher: of the model that the embeddings came from.
    """
    return find(parse(text), Searched(photos, facts, comparable, matcher))


def more_like(
    ids: Sequence[int],
    photos: Mapping[int, Photo],
    *,
    comparable: ComparablePhotos,
    facts: Facts,
    matcher: Matcher | None = None,
) -> SearchAnswer:
    """The photos that are most like others, which are left out.

    Args:
        ids: of one or more photos; a photo counts that is like any of them.
        photos: to find, by id.
        comparable: the photos of `facts`.
        facts: of the photos that are `comparable`.
        matcher: of the model that the embeddings came from; None: however little they are alike.
    """
    rows = [facts.rows[i] for i in ids if i in facts.rows]
    if not rows:
        return SearchAnswer((), ())
    vectors = facts.embeddings[rows]
    if matcher is None:
        likeness = comparable.likeness(vectors).max(axis=1)
        fits = np.isfinite(likeness)
    else:
        odds, likeness = Seeing(comparable, facts, matcher).like(vectors)
        fits = odds >= 0
    fits[rows] = False
    best = np.flatnonzero(fits)
    best = best[np.argsort(-likeness[best], kind="stable")][
        : int(Thresholds()["search.neighbours"])
    ]
    found = [(facts.photos[row].id, float(likeness[row])) for row in best.tolist()]
    found = [(i, score) for i, score in found if i in photos]
    return SearchAnswer(tuple(i for i, _ in found), (), scores=dict(found))


class _Search:
    """One question and its answer."""

    def __init__(self, query: Query, searched: Searched) -> None:
        self._query = query
        self._searched = searched
        self._columns: WrittenColumns = columns_of(searched.photos)
        self._count = len(self._columns)
        facts, comparable, matcher = searched.facts, searched.comparable, searched.matcher
        self._seeing: Seeing | None = None
        if facts is not None and comparable is not None and matcher is not None and len(facts):
            self._seeing = Seeing(comparable, facts, matcher)
            rows = facts.rows
            self._place = np.array([rows.get(i, -1) for i in self._columns.ids], np.intp)
        wanted = [term for term in query.terms if not term.minus]
        self._alike = any(isinstance(term, Like) for term in wanted)
        self._worded = any(isinstance(term, Words) for term in wanted)
        self._keep = np.ones(self._count, np.bool_)
        self._wanted: list[Met] = []
        self._penalty = np.zeros(self._count)
        self._answers: list[TermAnswer] = []

    def answer(self) -> SearchAnswer:
        """The photos that meet all terms, and how each term was understood."""
        texts = [term.text for term in self._query.terms if isinstance(term, Words)]
        if self._seeing is not None:
            self._seeing.look_ahead(text for text in texts if date_in(text) is None)
        for term in self._query.terms:
            match term:
                case Restriction():
                    self._restrict(term)
                case Words():
                    self._ask_words(term)
                case Like():
                    self._ask_like(term)
        found = self._ranked()
        return SearchAnswer(
            found.shown,
            found.written,
            self._reading(),
            found.exact,
            tuple(self._answers),
            found.scores,
        )

    def _reading(self) -> Reading:
        readings = [
            answer.reading
            for answer in self._answers
            if isinstance(answer.term, Words) and not answer.term.minus
        ]
        return max(readings, key=_READINGS.index, default=Reading.NONE)

    # ------------------------------------------------------------------ terms

    def _restrict(self, term: Restriction) -> None:
        rows = let_through(
            term,
            self._columns,
            categories=self._searched.categories,
            stars=self._searched.stars,
        )
        if isinstance(rows, Reason):
            if not term.minus:
                self._keep[:] = False
            self._answers.append(TermAnswer(term, problem=rows))
            return
        through = np.array(rows, np.bool_)
        self._keep &= ~through if term.minus else through
        self._answers.append(TermAnswer(term, written=int(through.sum())))

    def _ask_words(self, term: Words) -> None:
        written = rows_written(term.text, self._columns, phrase=term.phrase)
        seen = self._seen(term)
        met = Met(written, seen.odds)
        fits = met.fits(self._count)
        if term.minus:
            # Who wants no cat means no vacation by it: only whole words shut out.
            says = met.is_exact(self._count)
            self._shut_out(met, fits | says)
        else:
            says = met.is_written(self._count)
            self._keep &= fits | says
            self._wanted.append(met)
        counts = int(fits.sum()), int(says.sum())
        self._answers.append(TermAnswer(term, seen.reading, *counts))

    def _ask_like(self, term: Like) -> None:
        vector = self._vector(term)
        if self._seeing is None or vector is None or isinstance(vector, Reason):
            name = term.photo if isinstance(term.photo, int) else term.photo.name
            problem = Reason("search.not_compared", {"text": str(name)})
            why = vector if isinstance(vector, Reason) else problem
            self._answers.append(TermAnswer(term, problem=why))
            if not term.minus:
                self._keep[:] = False
            return
        odds, _ = self._seeing.like(vector[None])
        # What looks otherwise, say at night, is less like the photo than others of its kind are.
        eased = np.log(_EASED) if self._worded and not term.minus else 0.0
        met = Met(odds=self._of_photos(odds) + eased)
        fits = met.fits(self._count)
        itself = self._row_of(term.photo)
        if itself is not None:
            fits[itself] = False
            self._keep[itself] = False
        if term.minus:
            self._shut_out(met, fits)
        else:
            self._keep &= fits
            self._wanted.append(met)
        self._answers.append(TermAnswer(term, shown=int(fits.sum())))

    def _shut_out(self, met: Met, out: NDArray[np.bool_]) -> None:
        """Leave photos out, and put those further back that may be meant as well."""
        self._keep &= ~out
        if met.odds is not None:
            self._penalty -= np.logaddexp(0, met.odds)

    # ------------------------------------------------------------------ what is seen

    def _seen(self, term: Words) -> Seen:
        """What the model sees of words, with what is written of some of them.

        "Jeju beach" is a beach among the photos of a folder Jeju; "beach July 2024" one among those
        of that month.
        """
        if self._seeing is None:
            return Seen(Reading.NONE)
        text, minus = term.text, term.minus
        alike = self._alike and not minus

        def shows(words: str) -> Seen:
            assert self._seeing is not None
            return self._over_photos(self._seeing.shows(words, minus=minus, alike=alike))

        if term.phrase:
            return shows(text)
        when = date_in(text)
        if when is not None and not when.rest:
            return Seen(Reading.NONE)  # no model sees a date
        if when is not None:
            dated = mask(
                self._count,
                [row for row, taken in enumerate(self._columns.taken) if when.is_met_by(taken)],
            )
            if dated.any():
                seen = shows(when.rest)
                if seen.odds is None:
                    return seen
                return Seen(seen.reading, np.where(dated, seen.odds, -np.inf))
        return self._with_written_words(shows(text), text, shows)

    def _with_written_words(self, whole: Seen, text: str, shows: Callable[[str], Seen]) -> Seen:
        """Let words that are whole words of a name or folder stand for what they say there."""
        words = text.split()
        if len(words) < 2:
            return whole
        of_row: dict[int, list[str]] = {}
        for word in dict.fromkeys(words):
            for row in rows_of_word(word, self._columns):
                of_row.setdefault(row, []).append(word)
        ways: dict[tuple[str, ...], list[int]] = {}
        for row, there in of_row.items():
            ways.setdefault(tuple(there), []).append(row)
        sizes = Counter({way: len(rows) for way, rows in ways.items()})
        reading, odds = whole.reading, whole.odds
        for way, _ in sizes.most_common(_WAYS):
            rest = " ".join(word for word in words if word not in way)
            if not rest:
                continue
            seen = shows(rest)
            if seen.odds is None:
                continue
            those = ways[way]
            of_these = np.full(self._count, -np.inf)
            of_these[those] = seen.odds[those]
            odds = of_these if odds is None else np.maximum(odds, of_these)
            reading = min(reading, seen.reading, key=_READINGS.index)
        return Seen(reading, odds)

    def _over_photos(self, seen: Seen) -> Seen:
        odds = None if seen.odds is None else self._of_photos(seen.odds)
        return Seen(seen.reading, odds)

    def _of_photos(self, of_facts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Numbers of the photos of the facts to those of the photos searched; −∞ where unknown."""
        values: NDArray[np.float64] = np.append(of_facts, -np.inf)[self._place]
        return values

    def _row_of(self, photo: int | Path) -> int | None:
        """The row of a photo that is asked with, if it is among those searched."""
        if isinstance(photo, int):
            return self._columns.rows.get(photo)
        return next(
            (
                self._columns.rows[i]
                for i, each in self._searched.photos.items()
                if each.path == photo
            ),
            None,
        )

    def _vector(self, term: Like) -> Vector | Reason | None:
        facts, photo = self._searched.facts, term.photo
        if facts is None:
            return None
        if isinstance(photo, int):
            row = facts.rows.get(photo)
            return None if row is None else facts.embeddings[row]
        place = self._row_of(photo)
        row = None if place is None else facts.rows.get(self._columns.ids[place])
        if row is not None:
            vector: Vector = facts.embeddings[row]
            return vector
        return None if self._searched.embed is None else self._searched.embed(photo)

    # ------------------------------------------------------------------ the order

    def _ranked(self) -> SearchAnswer:
        ids, keep, count = self._columns.ids, self._keep, self._count
        if not self._wanted:
            return SearchAnswer((), tuple(ids[row] for row in np.flatnonzero(keep).tolist()))
        fits = np.any([met.fits(count) for met in self._wanted], axis=0) & keep
        order = self._chances()
        rows = np.flatnonzero(fits)
        rows = rows[np.argsort(-order[rows], kind="stable")][: int(Thresholds()["search.most"])]
        scores = np.exp(order)
        written = np.all([met.is_written(count) for met in self._wanted], axis=0) & keep
        exact = np.all([met.is_exact(count) for met in self._wanted], axis=0) & keep
        seen = self._seen_odds()
        ranked = sorted(
            np.flatnonzero(exact).tolist(), key=lambda row: (self._rank(row), -seen[row], row)
        )
        places: dict[int, Place] = {ids[row]: self._exact(row)[1] for row in ranked}
        partly = np.flatnonzero(written & ~exact).tolist()
        return SearchAnswer(
            tuple(ids[row] for row in rows.tolist()),
            (*places, *(ids[row] for row in partly)),
            exact=places,
            scores={ids[row]: float(scores[row]) for row in rows.tolist()},
        )

    def _rank(self, row: int) -> int:
        return sum(met.written.exact[row][0] for met in self._wanted)

    def _seen_odds(self) -> NDArray[np.float64]:
        """(N,) how well photos fit by what they show alone."""
        seen = np.zeros(self._count)
        for met in self._wanted:
            if met.odds is not None:
                seen += met.odds
        return seen

    def _exact(self, row: int) -> tuple[int, Place]:
        """Of the terms the one that is written least exactly."""
        return max((met.written.exact[row] for met in self._wanted), key=lambda found: found[0])

    def _chances(self) -> NDArray[np.float64]:
        """The logarithm of the chance that a photo is meant: of very sure ones, too, in order."""
        chances: NDArray[np.float64] = self._penalty.copy()
        for met in self._wanted:
            chances += met.log_chances(self._count)
        return chances
