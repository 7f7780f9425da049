from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from photo_organizer.engine.categories import assign
from photo_organizer.engine.categories.following import Examples, chosen_examples, follow
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Facts, Vectors
from photo_organizer.engine.domain.results import OTHERS
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.following_rule import FollowingRule
from photo_organizer.engine.encoders.protocols import Label
from photo_organizer.engine.encoders.starter import StarterEncoder
from tests.engine.categories.test_assign import PAIR, THRESHOLD, facts_of

ALIKE = FollowingRule.by_likeness(0.9)
TAUGHT = FollowingRule(constant=-3.0, nearest=5.0, own=0.4, against=-0.4, least=0.4)


class Cosines:
    """Photos of a model without texts."""

    def __init__(self, embeddings: Vectors) -> None:
        self.embeddings = embeddings
        self.asked = 0

    def match(self, labels: Sequence[Label]) -> Vectors:
        return np.full((len(self.embeddings), len(labels)), 0.5, np.float32)

    def likeness(self, vectors: Vectors) -> Vectors:
        self.asked += len(vectors)
        return self.embeddings @ vectors.T


def taught_by(facts: Facts, moved: dict[bytes, str]) -> dict[str, Examples]:
    """What the examples of each category say."""
    photos = Cosines(facts.embeddings)
    rows = {photo.content_hash: row for row, photo in enumerate(facts.photos)}
    return {
        key: Examples.none(len(facts)).among(
            contents, photos, facts.embeddings[[rows[content] for content in contents]]
        )
        for key, contents in chosen_examples(moved, set(moved.values()), 50).items()
    }


def followed_by(
    facts: Facts,
    moved: dict[bytes, str],
    rule: FollowingRule = ALIKE,
    scores: Sequence[Sequence[float]] | None = None,
) -> assign.Assignment:
    """All photos look like cats to the model; `moved` says what the user moved."""
    return assign.categorize(
        facts,
        np.array(scores if scores is not None else [[0.5, 0.1]] * len(facts), np.float32),
        PAIR,
        Thresholds(),
        Decisions(categories=moved),
        threshold=THRESHOLD,
        taught=taught_by(facts, moved),
        rule=rule,
    )


def contents_of(facts: Facts) -> list[bytes]:
    return [photo.content_hash for photo in facts.photos]


def test_photos_follow_an_example_that_they_are_like() -> None:
    facts = facts_of([[1, 0, 0], [1, 0.2, 0], [0, 1, 0], [0, 0, 1]])
    assignment = followed_by(facts, {contents_of(facts)[0]: "dog"})
    assert assignment.indices.tolist() == [1, 1, 0, 0]
    assert assignment.by_hand.tolist() == [True, False, False, False]
    none = assign.NONE
    assert assignment.examples.tolist() == [none, 0, none, none]


def test_the_nearest_example_wins_and_others_may_be_one() -> None:
    facts = facts_of([[1, 0, 0], [1, 0.3, 0], [1, 1, 0], [1, 0.9, 0]])
    contents = contents_of(facts)
    assignment = followed_by(facts, {contents[0]: "dog", contents[2]: OTHERS})
    assert assignment.indices.tolist() == [1, 1, -1, -1]


def test_an_example_of_a_category_that_is_gone_leads_nobody() -> None:
    facts = facts_of([[1, 0, 0], [1, 0.1, 0]])
    assignment = followed_by(facts, {contents_of(facts)[0]: "no longer there"})
    assert assignment.indices.tolist() == [0, 0]
    assert not assignment.by_hand.any()


def test_what_a_photo_shows_by_itself_counts_beside_the_examples() -> None:
    # All are as much like the example; one looks like a dog, one is surely something else.
    facts = facts_of([[1, 0, 0], [1, 1.2, 0], [1, 0, 1.2], [1, -1.2, 0]])
    scores = [[0.1, 0.1], [0.5, 0.4], [0.5, 0.1], [0.99, 0.0]]
    assignment = followed_by(facts, {contents_of(facts)[0]: "dog"}, TAUGHT, scores)
    assert assignment.indices.tolist() == [1, 1, 0, 0]
    assert assignment.examples.tolist() == [assign.NONE, 0, assign.NONE, assign.NONE]


def test_the_category_that_an_example_was_taken_from_does_not_hold_its_like() -> None:
    facts = facts_of([[1, 0, 0], [1, 0.6, 0], [0, 0, 1]])
    moved = {contents_of(facts)[0]: "dog"}
    sure = [0.99, 0.05]
    elsewhere = [[0.05, 0.5], sure, sure]  # the example looked like a dog anyway
    taken = [sure, sure, sure]  # the model took the example for a cat
    rule = FollowingRule(constant=-4.0, nearest=5.0, against=-0.4, least=0.4)
    assert followed_by(facts, moved, rule, elsewhere).indices.tolist() == [1, 0, 0]
    assert followed_by(facts, moved, rule, taken).indices.tolist() == [1, 1, 0]


def test_photos_that_are_like_no_example_never_follow() -> None:
    facts = facts_of([[1, 0, 0], [0.3, 1, 0]])
    eager = FollowingRule(constant=100.0, least=0.4)
    assignment = followed_by(facts, {contents_of(facts)[0]: "dog"}, eager)
    assert assignment.indices.tolist() == [1, 0]


def test_a_few_examples_that_agree_say_more_than_one() -> None:
    rule = FollowingRule(constant=-4.0, nearest=2.0, typical=6.0, absent=0.2)
    nothing = np.zeros(2, np.float32)
    rows = np.array([[0.6, -1, -1], [0.6, 0.6, 0.6]], np.float32)
    alone = rule.log_odds(rows[:1], 1, nothing[:1], nothing[:1])
    three = rule.log_odds(rows[1:], 3, nothing[:1], nothing[:1])
    assert alone[0] < 0 < three[0]


def test_more_examples_are_compared_without_the_known_ones_again() -> None:
    facts = facts_of(np.eye(6, 8, dtype=np.float32) + 0.1)
    contents = contents_of(facts)
    photos = Cosines(facts.embeddings)
    first = Examples.none(6).among(contents[:2], photos, facts.embeddings[:2])
    both = first.among(contents[2:5], photos, facts.embeddings[2:5])
    assert photos.asked == 5
    at_once = Examples.none(6).among(contents[:5], photos, facts.embeddings[:5])
    np.testing.assert_array_equal(both.which, at_once.which)
    np.testing.assert_allclose(both.likeness, at_once.likeness)
    assert both.contents == at_once.contents
    everyone = np.sort(facts.embeddings @ facts.embeddings[:5].T, axis=1)[:, ::-1]
    np.testing.assert_allclose(both.likeness, everyone[:, :3])


def test_of_each_category_only_so_many_examples_count() -> None:
    moved = {bytes([i]): "dog" if i % 2 else "cat" for i in range(10)} | {b"x": "gone"}
    chosen = chosen_examples(moved, {"dog", "cat"}, 2)
    assert chosen == {"cat": [b"\0", b"\2"], "dog": [b"\1", b"\3"]}


def test_with_no_category_at_all_examples_of_others_lead_nobody_astray() -> None:
    examples = Examples.none(2).among([b"a"], Cosines(np.eye(2, dtype=np.float32)), np.eye(2)[:1])
    home = np.array([-1], np.int32)
    found = follow([examples], [-1], [home], np.zeros((2, 0), np.float32), ALIKE)
    assert found.category.tolist() == [0, -1]


@pytest.mark.parametrize("count", [1, 3, 50])
def test_a_photo_that_is_an_example_again_follows_it(count: int) -> None:
    """A copy of a moved photo goes with it, however many others were moved, whatever it shows."""
    rule = StarterEncoder().following
    likeness = np.array([[1.0, 0.4, 0.4] if count > 1 else [1.0, -1, -1]], np.float32)
    sure = np.array([0.99], np.float32)
    assert rule.log_odds(likeness, count, sure, 1 - sure)[0] > 0
    likeness[0, 0] = 0.5
    assert rule.log_odds(likeness, count, 1 - sure, sure)[0] < 0
