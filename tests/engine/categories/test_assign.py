from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from photo_organizer.engine.categories import assign
from photo_organizer.engine.categories.catalog import Category, built_in
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo, Vectors
from photo_organizer.engine.domain.results import OTHERS
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.encoders.protocols import Label
from tests.engine.proofs import PROOF

CATS = Category("cat", {"en": "Cats", "ko": "고양이"}, ("cat",))
DOGS = Category("dog", {}, ("dog",))
PAIR = [CATS, DOGS]
THRESHOLD = 0.3


def facts_of(embeddings: Sequence[Sequence[float]] | Vectors) -> Facts:
    """Photos with ids 100, 101… and a content of their own."""
    rows = np.array(embeddings, np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    photos = [
        Photo(
            100 + i,
            FileIdentity(Path(f"/photos/{i}.jpg"), 1, i, 1, 1),
            i.to_bytes(16, "big"),
            "JPEG",
            640,
            480,
            Exif(taken_at=datetime(2024, 1, 1)),
        )
        for i in range(len(rows))
    ]
    nothing = np.zeros((len(rows), 0), np.float32)
    return Facts(photos, rows, nothing, nothing.astype(np.uint8))


def keys_of(
    facts: Facts,
    scores: Sequence[Sequence[float]],
    decisions: Decisions | None = None,
) -> list[str]:
    assignment = assign.categorize(
        facts,
        np.array(scores, np.float32),
        PAIR,
        Thresholds(),
        decisions or Decisions(),
        threshold=THRESHOLD,
    )
    return [["cat", "dog", OTHERS][i] for i in assignment.indices]


def far_apart(count: int) -> Facts:
    return facts_of(np.eye(count, 8, dtype=np.float32))


def test_the_best_category_above_the_threshold_wins() -> None:
    assert keys_of(far_apart(3), [[0.9, 0.1], [0.3, 0.4], [0.29, 0.2]]) == ["cat", "dog", OTHERS]


def test_alike_photos_get_the_same_category() -> None:
    burst = facts_of([[1, 0.01, 0], [1, 0.02, 0], [1, 0.03, 0], [0, 0, 1]])
    scores = [[0.8, 0.1], [0.7, 0.2], [0.4, 0.45], [0.4, 0.45]]
    assert keys_of(burst, scores) == ["cat", "cat", "cat", "dog"]


def test_a_weak_photo_is_carried_by_its_group() -> None:
    burst = facts_of([[1, 0.01], [1, 0.02], [0, 1]])
    assert keys_of(burst, [[0.8, 0], [0.2, 0], [0.2, 0]]) == ["cat", "cat", OTHERS]


def test_a_photo_that_disagrees_strongly_is_judged_alone() -> None:
    burst = facts_of([[1, 0.01], [1, 0.02], [1, 0.03]])
    assert keys_of(burst, [[0.6, 0.2], [0.6, 0.2], [0.0, 0.9]]) == ["cat", "cat", "dog"]


def test_groups_do_not_chain() -> None:
    angles = np.radians([0, 20, 40, 60, 80])
    embeddings = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    groups = assign.alike(embeddings, Thresholds({"categories.similarity": 0.9}))
    assert (embeddings * embeddings[groups]).sum(1).min() >= 0.9
    assert len(set(groups.tolist())) == 2


@given(
    arrays(
        np.float32, st.tuples(st.integers(1, 9), st.just(3)), elements=st.floats(0, 1, width=16)
    ),
    st.floats(0, 1),
)
def test_everyone_is_close_to_the_photo_its_group_is_named_after(
    rows: Vectors, similarity: float
) -> None:
    rows = rows + np.float32(0.01)
    embeddings = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    groups = assign.alike(embeddings, Thresholds({"categories.similarity": similarity}))
    np.testing.assert_array_equal(groups[groups], groups)
    assert (embeddings * embeddings[groups]).sum(1).min() >= similarity - 1e-5


@given(
    arrays(np.float32, st.tuples(st.integers(0, 9), st.just(2)), elements=st.floats(0, 1, width=16))
)
def test_every_photo_lands_in_exactly_one_category(scores: Vectors) -> None:
    rng = np.random.default_rng(len(scores))
    facts = facts_of(rng.random((len(scores), 3)))
    assignment = assign.categorize(
        facts, scores, PAIR, Thresholds(), Decisions(), threshold=THRESHOLD
    )
    found = assign.by_category(facts, PAIR, assignment)
    assert list(found) == ["cat", "dog", OTHERS]
    assert sorted(i for ids in found.values() for i in ids) == [p.id for p in facts.photos]


def test_the_users_decision_wins_and_comes_first() -> None:
    facts = far_apart(4)
    scores = np.array([[0.9, 0.1], [0.1, 0.5], [0.1, 0.8], [0.1, 0.9]], np.float32)
    contents = [photo.content_hash for photo in facts.photos]
    decisions = Decisions(
        categories={contents[0]: "dog", contents[1]: OTHERS, contents[2]: "no longer there"}
    )
    assignment = assign.categorize(
        facts, scores, PAIR, Thresholds(), decisions, threshold=THRESHOLD
    )
    found = assign.by_category(facts, PAIR, assignment)
    assert found == {"cat": (), "dog": (100, 103, 102), OTHERS: (101,)}


def test_photos_are_judged_together_only_where_the_model_tells_them_apart() -> None:
    usual = Thresholds()["categories.similarity"]

    def joins(likeness: Calibrated | None) -> float:
        proof = replace(PROOF, likeness=likeness) if likeness else None
        return assign.joins_from(Thresholds(), SimpleNamespace(proof=proof))  # type: ignore[arg-type]

    assert joins(None) == joins(Calibrated(0.65, 0.018, 0.9)) == usual
    assert joins(Calibrated(0.9, 0.01, 0.9)) == pytest.approx(0.92)
    assert joins(Calibrated(0.97, 0.02, 0.9)) == assign.NEAR_COPIES


def test_within_a_category_the_best_match_comes_first() -> None:
    facts = far_apart(3)
    scores = np.array([[0.5, 0], [0.9, 0], [0.7, 0]], np.float32)
    assignment = assign.categorize(
        facts, scores, PAIR, Thresholds(), Decisions(), threshold=THRESHOLD
    )
    assert assign.by_category(facts, PAIR, assignment)["cat"] == (101, 102, 100)


def test_without_categories_everything_is_others() -> None:
    facts = far_apart(2)
    assignment = assign.categorize(
        facts, np.zeros((2, 0), np.float32), [], Thresholds(), Decisions(), threshold=THRESHOLD
    )
    assert assign.by_category(facts, [], assignment) == {OTHERS: (100, 101)}


class Reader:
    """Of an encoder only what `match` asks; remembers the labels."""

    def __init__(
        self,
        *,
        understands_text: bool = False,
        multilingual: bool = False,
        learned: frozenset[str] = frozenset(),
    ) -> None:
        self.understands_text, self.multilingual = understands_text, multilingual
        self.learned = learned
        self.labels: list[Label] = []

    @property
    def texts(self) -> list[Sequence[str]]:
        return [label.prompts for label in self.labels]

    def match(self, labels: Sequence[Label]) -> Vectors:
        self.labels = list(labels)
        return np.full((2, len(labels)), 0.5, np.float32)


def matched(reader: Reader, *offered: Category) -> list[float]:
    scores = assign.match(reader, reader, offered)  # type: ignore[arg-type]
    assert scores.dtype == np.float32
    return scores[0].tolist()  # type: ignore[no-any-return]


def test_what_an_encoder_cannot_see_never_wins() -> None:
    people = Category("people", {}, ("people",), needs_text=True)
    examples_only = Category("rex", {}, ())
    foreign = Category("뭔가", {}, ("뭔지 모를 말",))
    assert matched(Reader(), CATS, people, examples_only, foreign) == [0.5, -1, -1, -1]
    assert matched(Reader(understands_text=True), CATS, people) == [0.5, 0.5]
    reader = Reader(understands_text=True, multilingual=True)
    assert matched(reader, foreign) == [0.5]
    korean = Category("개", {}, ("강아지", "우리 집 마당"))
    matched(reader, korean)
    assert reader.texts == [korean.prompts]  # as they are, known words too


def test_a_built_in_category_is_matched_under_its_key_until_its_prompts_are_edited() -> None:
    people = next(category for category in built_in() if category.key == "people")
    renamed = replace(people, key="사람들")
    edited = replace(people, key="family", prompts=(*people.prompts[1:], "grandmother"))
    reader = Reader(learned=frozenset({"people"}))
    assert matched(reader, people, renamed, edited, CATS) == [0.5, 0.5, -1, 0.5]
    assert [label.key for label in reader.labels] == ["people", "people", None]
    assert matched(Reader(), people) == [-1]


def test_korean_keywords_are_read_where_the_words_are_known() -> None:
    reader = Reader()
    matched(reader, Category("개", {}, ("강아지", "개")))
    assert reader.texts == [("puppy", "dog")]


def test_a_keyword_of_two_categories_belongs_to_the_special_one() -> None:
    reader = Reader()
    matched(
        reader, Category("animal", {}, ("animal", "dog", "cat")), DOGS, Category("d", {}, ("dog",))
    )
    assert reader.texts == [("animal", "cat"), ("dog",), ("dog",)]


def test_keywords_that_are_only_added_widen_a_built_in_category() -> None:
    animal = next(each for each in built_in() if each.key == "animal")
    wider = replace(animal, prompts=(*animal.prompts, "robot"))
    narrower = replace(animal, prompts=animal.prompts[1:])

    class Taught(Reader):
        def match(self, labels: Sequence[Label]) -> Vectors:
            self.labels = list(labels)
            return np.array([[0.8, 0.1], [0.1, 0.6]], np.float32)[:, : len(labels)]

    reader = Taught(learned=frozenset({"animal"}))
    scores = assign.match(reader, reader, [wider])  # type: ignore[arg-type]
    assert reader.labels == [Label(animal.prompts, "animal"), Label(("robot",))]
    np.testing.assert_allclose(scores, [[0.8], [0.6]])
    assign.match(reader, reader, [narrower])  # type: ignore[arg-type]
    assert reader.labels == [Label(narrower.prompts)]
