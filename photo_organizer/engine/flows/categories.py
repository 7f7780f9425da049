"""Categories: photos gathered with their nearest neighbours, and their mean matched with keywords.

Every photo is judged by the mean embedding of itself and the photos most like it: outliers are
drawn to what is around them, and so is everything else in a small or mixed library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.categories import assign
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.categories.keywords import readable
from photo_organizer.engine.domain.facts import Scores, Vectors
from photo_organizer.engine.domain.results import OTHERS
from photo_organizer.engine.encoders.protocols import Matcher
from photo_organizer.engine.encoders.similarity import unit

AT_ONCE = 2**23
"""Numbers in a block of the product of all with all: 32 MiB."""

TINY = np.float32(1e-9)
"""Shorter than any embedding."""

Placed = dict[str, list[int]]
"""The rows of each category, ascending; `OTHERS` last."""

KeywordScores = Callable[[Vectors], Vectors]
"""Scores (N, D) unit rows against C categories: (N, C)."""


def categorize(
    embeddings: Vectors,
    scores: KeywordScores,
    keys: Sequence[str],
    *,
    threshold: float,
    neighbors: int,
    top: int,
    go_on: Callable[[], object] = bool,
) -> Placed:
    """Put every photo into the categories that its group fits best, or into others.

    Args:
        embeddings: (N, D) unit rows.
        scores: see `keyword_scores`.
        keys: of the C categories.
        threshold: the score from which a group belongs to a category.
        neighbors: how many photos a group has: the photo itself and those most like it.
        top: into so many categories a photo goes at most.
        go_on: called now and then; what it raises ends the work.
    """
    rows: list[list[int]] = [[] for _ in keys]
    others: list[int] = []
    lengths = np.linalg.norm(embeddings, axis=1)
    at_once = max(1, AT_ONCE // max(1, len(embeddings)))
    for start in range(0, len(embeddings), at_once):
        go_on()
        stop = min(start + at_once, len(embeddings))
        groups = nearest(embeddings, neighbors, range(start, stop), lengths)
        found = scores(group_means(embeddings, groups))
        best = np.argsort(-found, axis=1, kind="stable")[:, :top]
        for row, places in enumerate(best.tolist(), start):
            fitting = [place for place in places if found[row - start, place] >= threshold]
            for place in fitting:
                rows[place].append(row)
            if not fitting:
                others.append(row)
    return dict(zip(keys, rows, strict=True)) | {OTHERS: others}


def nearest(
    embeddings: Vectors, neighbors: int, rows: range, lengths: Scores | None = None
) -> NDArray[np.int32]:
    """Some photos and those most like each of them by cosine: (len(rows), K), in no order.

    It is what scikit-learn's ``NearestNeighbors(neighbors, metric="cosine")`` answers for the
    photos it knows; a photo is always among its own neighbours, however many copies it has.

    Args:
        embeddings: (N, D).
        neighbors: K, the photo itself counted; fewer where there are not so many photos.
        rows: of the photos.
        lengths: of the embeddings, (N,), where they are known: nearly 1, but the store rounds.
    """
    count = len(embeddings)
    lengths = np.linalg.norm(embeddings, axis=1) if lengths is None else lengths
    # How long the photo itself is does not change who is nearest to it.
    likeness = embeddings[rows.start : rows.stop] @ embeddings.T
    likeness /= np.maximum(lengths, TINY)
    likeness[np.arange(len(rows)), np.arange(rows.start, rows.stop)] = np.inf
    last = count - min(neighbors, count)
    return np.argpartition(likeness, last, axis=1)[:, last:].astype(np.int32)


def group_means(embeddings: Vectors, groups: NDArray[np.int32]) -> Vectors:
    """The mean embedding of each of G groups, as unit rows: (G, D).

    Args:
        embeddings: (N, D) unit rows.
        groups: (G, K) rows.
    """
    total = np.zeros((len(groups), embeddings.shape[1]), np.float32)
    for column in groups.T:
        total += embeddings[column]
    return unit(total)


def keyword_scores(matcher: Matcher, categories: Sequence[Category]) -> KeywordScores:
    """How well embeddings fit categories: the cosine with the keyword vectors, computed once.

    A model that cannot be asked sentences scores them in its own way.
    """
    if not matcher.understands_text:
        return lambda rows: assign.match(matcher.comparable(rows), matcher, categories)
    vectors = keyword_vectors(matcher, categories)
    # Nothing is like a keyword that cannot be read: its vector is zero, and zero may be enough.
    unread = ~vectors.any(axis=1)

    def cosines(rows: Vectors) -> Vectors:
        found = rows @ vectors.T
        found[:, unread] = assign.UNSEEN
        return found

    return cosines


def keyword_vectors(matcher: Matcher, categories: Sequence[Category]) -> Vectors:
    """The mean of "a photo of …" over the keywords of each of C categories, unit rows: (C, D).

    Rows are zero where the model can read no keyword.

    Raises:
        NotImplementedError: the model does not understand text.
    """
    phrase: str = assets.toml("prompts.toml")["flows"]["keyword"]
    texts = [
        [phrase.format(word) for word in readable(each.prompts, multilingual=matcher.multilingual)]
        for each in categories
    ]
    asked = list(dict.fromkeys(text for each in texts for text in each))
    vectors = np.zeros((len(categories), matcher.dimension), np.float32)
    if asked:
        # The similarities of the axes with a text are the text's own coordinates.
        known = matcher.text_similarities(np.eye(matcher.dimension, dtype=np.float32), asked).T
        places = {text: place for place, text in enumerate(asked)}
        for row, each in enumerate(texts):
            if each:
                vectors[row] = known[[places[text] for text in each]].mean(axis=0)
    return unit(vectors)
