"""The category flow: every photo into exactly one category, or into others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.categories.catalog import Category, built_in_within
from photo_organizer.engine.categories.following import Examples, follow
from photo_organizer.engine.categories.keywords import readable
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.results import OTHERS
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.following_rule import FollowingRule
from photo_organizer.engine.encoders.protocols import Label
from photo_organizer.engine.encoders.similarity import Pairs, pairs_above

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.protocols import ComparablePhotos, Matcher

UNSEEN = np.float32(-1)
"""The score of a category that the model cannot see: below everything that wins."""

TOGETHER = 2.0
"""Log-odds of one category that the likeness of photos must give if they are judged together."""

NEAR_COPIES = 0.98
"""The cosine from which photos are judged together whatever the model."""

NONE = -2
"""Of `Assignment.examples`: the photo follows nobody."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The category of each of N photos."""

    indices: NDArray[np.int32]
    """(N,) place in the list of categories, -1 for others."""
    scores: NDArray[np.float32]
    """(N,) the photo's own score in that category; for others its best one."""
    by_hand: NDArray[np.bool_]
    """(N,) the user chose the category."""
    examples: NDArray[np.int32]
    """(N,) the row of the example that a photo follows; -1 for one of another folder, `NONE` where
    the category comes from its own look."""


def sees(matcher: Matcher, category: Category) -> bool:
    """Whether the model can tell at all what belongs to a category."""
    return (
        not category.needs_text
        or matcher.understands_text
        or any(key in matcher.learned for key, _ in _parts(matcher, category))
    )


def match(
    comparable: ComparablePhotos, matcher: Matcher, categories: Sequence[Category]
) -> Vectors:
    """Score N photos against C categories: (N, C), comparable with `Matcher.category_threshold`.

    A category that the model cannot see, or of which it can read no keyword, has `UNSEEN`
    throughout: only what the user put there belongs to it. A keyword of several categories counts
    for the one that has fewest: "dog" alone means more than among all animals. A built-in category
    to which the user only added keywords is what it was, and what fits these.
    """
    parts = [
        (place, key, readable(texts, multilingual=matcher.multilingual))
        for place, category in enumerate(categories)
        if sees(matcher, category)
        for key, texts in _parts(matcher, category)
    ]
    parts = [part for part in parts if part[2]]
    fewest: dict[str, int] = {}
    for _, _, texts in parts:
        for text in texts:
            fewest[text] = min(len(texts), fewest.get(text, len(texts)))
    labels = [
        Label(tuple(t for t in texts if fewest[t] == len(texts)) or texts, key)
        for _, key, texts in parts
    ]
    found = comparable.match(labels)
    scores: Vectors = np.full((len(found), len(categories)), UNSEEN, np.float32)
    for column, (place, _, _) in enumerate(parts):
        np.maximum(scores[:, place], found[:, column], out=scores[:, place])
    return scores


def _parts(matcher: Matcher, category: Category) -> list[tuple[str | None, tuple[str, ...]]]:
    """What a category is made of: the built-in ones that the model was taught, and further prompts.

    A photo belongs to the category that fits one of the parts.
    """
    if not matcher.learned:
        return [(None, category.prompts)]
    within, added = built_in_within(category)
    learned = [each for each in within if each.key in matcher.learned]
    if not learned:
        return [(None, category.prompts)]
    added += tuple(text for each in within if each not in learned for text in each.prompts)
    parts: list[tuple[str | None, tuple[str, ...]]] = [(each.key, each.prompts) for each in learned]
    return [*parts, (None, added)] if added else parts


def joins_from(thresholds: Thresholds, matcher: Matcher) -> float:
    """The cosine from which photos are judged together: "categories.similarity", or more.

    To some models all photos are alike; there it takes more, or a library would be judged as one.
    """
    usual = thresholds["categories.similarity"]
    if matcher.proof is None:
        return usual
    return max(usual, min(matcher.proof.likeness.number_at(TOGETHER), NEAR_COPIES))


def alike(embeddings: Vectors, thresholds: Thresholds) -> NDArray[np.int32]:
    """Gather photos with their nearest neighbours; costs as much as comparing all with all.

    Args:
        embeddings: (N, D) unit rows.
        thresholds: "categories.similarity" and "categories.nearest".

    Returns:
        (N,) the row each photo's group is named after.
    """
    pairs = pairs_above(
        embeddings,
        thresholds["categories.similarity"],
        nearest=int(thresholds["categories.nearest"]),
    )
    return gathered(len(embeddings), pairs)


def gathered(count: int, pairs: Pairs) -> NDArray[np.int32]:
    """Gather photos with their neighbours.

    The photo with most neighbours takes them all, then the next of those left: everyone is close
    to the photo its group is named after, there are no chains.

    Args:
        count: of photos, N.
        pairs: the neighbours.

    Returns:
        (N,) the row each photo's group is named after.
    """
    ends = np.concatenate([pairs.first, pairs.second])
    order = np.argsort(ends, kind="stable")
    neighbours = np.concatenate([pairs.second, pairs.first])[order]
    starts = np.searchsorted(ends[order], np.arange(count + 1))
    groups = np.full(count, -1, np.int32)
    for row in np.argsort(-np.diff(starts), kind="stable"):
        if groups[row] < 0:
            near = neighbours[starts[row] : starts[row + 1]]
            groups[near[groups[near] < 0]] = row
            groups[row] = row
    return groups


def categorize(
    facts: Facts,
    scores: Vectors,
    categories: Sequence[Category],
    thresholds: Thresholds,
    decisions: Decisions,
    *,
    threshold: float,
    groups: NDArray[np.int32] | None = None,
    taught: Mapping[str, Examples] | None = None,
    rule: FollowingRule | None = None,
) -> Assignment:
    """Put every photo into one category.

    Photos that look alike are judged by their mean score, so that a burst stays together. A photo
    that prefers another category more clearly than its group prefers the winner is judged alone.
    What the user decided comes first, then what is like a photo that the user moved.

    Args:
        facts: of N photos.
        scores: (N, C), see `match`.
        categories: C categories.
        thresholds: see `alike`.
        decisions: of them, the categories given by hand; one that no longer exists is passed over.
        threshold: the score from which a photo belongs to a category.
        groups: what `alike` said, where it is known already.
        taught: of each category that the user moved photos into, what they say about the others.
        rule: when a photo follows them; None where none does.
    """
    count = len(facts)
    by_hand, examples = np.zeros(count, np.bool_), np.full(count, NONE, np.int32)
    if categories:
        if groups is None:
            groups = alike(facts.embeddings, thresholds)
        indices = _judge_together(scores, groups, threshold)
        own = scores[np.arange(len(facts)), indices]
        chosen = np.where(indices < 0, scores.max(axis=1), own).astype(np.float32)
    else:
        indices, chosen = np.full(count, -1, np.int32), np.zeros(count, np.float32)
    if not decisions.categories:
        return Assignment(indices, chosen, by_hand, examples)
    places = {category.key: i for i, category in enumerate(categories)} | {OTHERS: -1}
    decided = {
        content: places[key] for content, key in decisions.categories.items() if key in places
    }
    rows = {
        photo.content_hash: row
        for row, photo in enumerate(facts.photos)
        if photo.content_hash in decided
    }
    if taught and rule is not None:
        keys = [key for key in places if key in taught and taught[key].contents]
        known = [taught[key] for key in keys]
        sources = [_rows_of(each.contents, rows) for each in known]
        favourites = np.append(_favourites(scores, threshold), np.int32(-1))
        followed = follow(
            known,
            [places[key] for key in keys],
            [favourites[source] for source in sources],
            scores,
            rule,
        )
        for number, (key, source) in enumerate(zip(keys, sources, strict=True)):
            here = followed.category == number
            indices[here] = places[key]
            chosen[here] = followed.likeness[here]
            examples[here] = source[followed.example[here]]
    for row, photo in enumerate(facts.photos):
        place = decided.get(photo.content_hash)
        if place is not None:
            indices[row], chosen[row] = place, 1.0
            by_hand[row], examples[row] = True, NONE
    return Assignment(indices, chosen, by_hand, examples)


def by_category(
    facts: Facts, categories: Sequence[Category], assignment: Assignment
) -> dict[str, tuple[int, ...]]:
    """Photo ids by category key: in the order of `categories`, `OTHERS` last, best match first."""
    best_first = np.argsort(-assignment.scores, kind="stable")
    # Sorted by category and within one still best first; others have the place -1.
    rows = best_first[np.argsort(assignment.indices[best_first], kind="stable")]
    ids = np.array([photo.id for photo in facts.photos], np.int64)[rows]
    ends = np.searchsorted(assignment.indices[rows], np.arange(-1, len(categories)), side="right")
    others, *found = (tuple(part.tolist()) for part in np.split(ids, ends[:-1]))
    keys = (category.key for category in categories)
    return dict(zip(keys, found, strict=True)) | {OTHERS: others}


def _rows_of(contents: Sequence[bytes], rows: Mapping[bytes, int]) -> NDArray[np.int32]:
    """The rows of photos, -1 for those that are not there."""
    return np.array([rows.get(content, -1) for content in contents], np.int32)


def _favourites(scores: Vectors, threshold: float) -> NDArray[np.int32]:
    """The place of the category that each photo's own look is for, -1 for none."""
    if not scores.shape[1]:
        return np.full(len(scores), -1, np.int32)
    return np.where(scores.max(axis=1) >= threshold, scores.argmax(axis=1), -1).astype(np.int32)


def _judge_together(
    scores: Vectors, groups: NDArray[np.int32], threshold: float
) -> NDArray[np.int32]:
    """The place of each photo's category, -1 for none."""
    rows = np.arange(len(scores))
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    # Column by column: `np.add.at` takes ten times as long.
    sums = np.stack([np.bincount(group, column, len(sizes)) for column in scores.T], axis=1)
    means = (sums / sizes[:, None])[group]
    winner, favourite = means.argmax(axis=1), scores.argmax(axis=1)
    preference = scores[rows, favourite] - scores[rows, winner]
    agreement = means[rows, winner] - means[rows, favourite]
    alone = preference > agreement
    indices: NDArray[np.int32] = np.where(alone, favourite, winner).astype(np.int32)
    decisive = np.where(alone, scores[rows, favourite], means[rows, winner])
    indices[decisive < threshold] = -1
    return indices
