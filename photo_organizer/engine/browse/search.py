"""Finds photos: by what they show, by a photo they are like, by name, folder, date and camera.

Everything works on stored embeddings; nothing is decoded. Asked from a background thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.browse.written import find_written
from photo_organizer.engine.categories.catalog import (
    Category,
    built_in,
    built_in_about,
    built_in_called,
)
from photo_organizer.engine.categories.keywords import readable
from photo_organizer.engine.domain.facts import Facts, Photo
from photo_organizer.engine.domain.search_answer import Reading, SearchAnswer
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.protocols import ComparablePhotos, Label, Matcher


def search(
    text: str,
    photos: Mapping[int, Photo],
    *,
    comparable: ComparablePhotos | None = None,
    facts: Facts | None = None,
    matcher: Matcher | None = None,
) -> SearchAnswer:
    """Photos that show what the text says, and photos of which it is written.

    Args:
        text: one or more words.
        photos: to find, by id.
        comparable: the photos of `facts`; None finds what is written only.
        facts: of the photos that are `comparable`.
        matcher: of the model that the embeddings came from.
    """
    text = " ".join(text.split())
    if not text:
        return SearchAnswer((), ())
    written = find_written(text, photos)
    if comparable is None or facts is None or matcher is None:
        return written
    texts = readable([text], multilingual=matcher.multilingual)
    category = _learned(text, texts, matcher)
    if category is not None:
        ids = _of_category(category, comparable, facts, matcher)
        return replace(written, shown=_among(ids, photos), reading=Reading.BY_KIND)
    if not texts:
        return replace(written, reading=Reading.FOREIGN)
    if not any(matcher.knows(texts)):
        return replace(written, reading=Reading.UNKNOWN)
    numbers = Thresholds()
    scores = comparable.match([Label(texts)])[:, 0]
    if matcher.understands_text:
        # Cosines of one text say little by themselves: the best come first, however good they are.
        least = min(matcher.category_threshold, _nth(scores, int(numbers["search.least"])))
        reading = Reading.FREELY
    else:
        least, reading = numbers["search.share"], Reading.BY_KIND
    ids = _best(facts, scores, least, int(numbers["search.most"]))
    return replace(written, shown=_among(ids, photos), reading=reading)


def _learned(text: str, texts: Sequence[str], matcher: Matcher) -> Category | None:
    """The built-in category that a text asks for, where the model was taught it by photos.

    A name of a category is about all that is in it. A keyword is, where the model knows nothing
    narrower: who looks for a person finds people, who looks for a dog no cats.
    """
    category = built_in_called(text)
    if category is None and texts and not any(matcher.knows(texts)):
        about = (built_in_about(each) for each in texts)
        category = next((found for found in about if found is not None), None)
    return category if category is not None and category.key in matcher.learned else None


def _of_category(
    category: Category, comparable: ComparablePhotos, facts: Facts, matcher: Matcher
) -> list[int]:
    """The photos that a built-in category fits, best first, whatever else they show as well."""
    labels = [Label(each.prompts, each.key) for each in built_in()]
    place = [label.key for label in labels].index(category.key)
    scores = comparable.match(labels)[:, place]
    return _best(facts, scores, matcher.category_threshold, int(Thresholds()["search.most"]))


def more_like(
    ids: Sequence[int],
    photos: Mapping[int, Photo],
    *,
    comparable: ComparablePhotos,
    facts: Facts,
) -> SearchAnswer:
    """The photos that are most like others, which are left out.

    Args:
        ids: of one or more photos; a photo counts that is like any of them.
        photos: to find, by id.
        comparable: the photos of `facts`.
        facts: of the photos that are `comparable`.
    """
    rows = [facts.rows[i] for i in ids if i in facts.rows]
    if not rows:
        return SearchAnswer((), ())
    likeness = comparable.likeness(facts.embeddings[rows]).max(axis=1)
    likeness[rows] = -np.inf
    best = _best(facts, likeness, -1.0, int(Thresholds()["search.neighbours"]))
    return SearchAnswer(_among(best, photos), ())


def _among(ids: Sequence[int], photos: Mapping[int, Photo]) -> tuple[int, ...]:
    return tuple(i for i in ids if i in photos)


def _nth(scores: NDArray[np.float32], place: int) -> float:
    """The score of the photo in a place, counted from the best; the lowest one beyond."""
    place = min(place, len(scores))
    return float(np.partition(scores, -place)[-place]) if place else 0.0


def _best(facts: Facts, scores: NDArray[np.float32], least: float, most: int) -> list[int]:
    rows = np.flatnonzero(scores >= least)
    rows = rows[np.argsort(-scores[rows], kind="stable")][:most]
    return [facts.photos[row].id for row in rows.tolist() if np.isfinite(scores[row])]
