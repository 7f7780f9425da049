from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from photo_organizer.engine import categories
from photo_organizer.engine.categories import Category, CategoryFileError
from photo_organizer.engine.decisions import Decisions
from photo_organizer.engine.facts import Exif, Facts, FileIdentity, Photo, Vectors
from photo_organizer.engine.results import OTHERS
from photo_organizer.engine.settings import Settings

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
    assignment = categories.categorize(
        facts,
        np.array(scores, np.float32),
        PAIR,
        Settings(),
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
    groups = categories.alike(embeddings, Settings({"categories.similarity": 0.9}))
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
    groups = categories.alike(embeddings, Settings({"categories.similarity": similarity}))
    np.testing.assert_array_equal(groups[groups], groups)
    assert (embeddings * embeddings[groups]).sum(1).min() >= similarity - 1e-5


@given(
    arrays(np.float32, st.tuples(st.integers(0, 9), st.just(2)), elements=st.floats(0, 1, width=16))
)
def test_every_photo_lands_in_exactly_one_category(scores: Vectors) -> None:
    rng = np.random.default_rng(len(scores))
    facts = facts_of(rng.random((len(scores), 3)))
    assignment = categories.categorize(
        facts, scores, PAIR, Settings(), Decisions(), threshold=THRESHOLD
    )
    found = categories.by_category(facts, PAIR, assignment)
    assert list(found) == ["cat", "dog", OTHERS]
    assert sorted(i for ids in found.values() for i in ids) == [p.id for p in facts.photos]


def test_the_users_decision_wins_and_comes_first() -> None:
    facts = far_apart(4)
    scores = np.array([[0.9, 0.1], [0.1, 0.5], [0.1, 0.8], [0.1, 0.9]], np.float32)
    contents = [photo.content_hash for photo in facts.photos]
    decisions = Decisions(
        categories={contents[0]: "dog", contents[1]: OTHERS, contents[2]: "no longer there"}
    )
    assignment = categories.categorize(
        facts, scores, PAIR, Settings(), decisions, threshold=THRESHOLD
    )
    found = categories.by_category(facts, PAIR, assignment)
    assert found == {"cat": (), "dog": (100, 103, 102), OTHERS: (101,)}


def test_within_a_category_the_best_match_comes_first() -> None:
    facts = far_apart(3)
    scores = np.array([[0.5, 0], [0.9, 0], [0.7, 0]], np.float32)
    assignment = categories.categorize(
        facts, scores, PAIR, Settings(), Decisions(), threshold=THRESHOLD
    )
    assert categories.by_category(facts, PAIR, assignment)["cat"] == (101, 102, 100)


def test_without_categories_everything_is_others() -> None:
    facts = far_apart(2)
    assignment = categories.categorize(
        facts, np.zeros((2, 0), np.float32), [], Settings(), Decisions(), threshold=THRESHOLD
    )
    assert categories.by_category(facts, [], assignment) == {OTHERS: (100, 101)}


def test_the_built_in_categories_are_whole() -> None:
    built_in = categories.load_categories()
    keys = [category.key for category in built_in]
    assert {"animal", "food", "vehicle", "building", "people"} <= set(keys)
    assert len(set(keys)) == len(keys)
    assert all(category.names.keys() == {"en", "ko"} for category in built_in)
    for language in ("en", "ko"):
        assert len({category.name(language) for category in built_in}) == len(built_in)
    seen = categories.offered(built_in, understands_text=False)
    assert "people" not in [category.key for category in seen]
    assert categories.offered(built_in, understands_text=True) == built_in


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plain_list_has_one_keyword_a_line(tmp_path: Path) -> None:
    text = "\ufeff# mine\n my dog \n\nreceipts\r\n"
    found = categories.load_categories(write(tmp_path, "mine.txt", text))
    assert [(c.key, c.prompts) for c in found] == [
        ("my dog", ("my dog",)),
        ("receipts", ("receipts",)),
    ]
    assert found[0].name("ko") == "my dog"


def test_known_names_bring_their_prompts_along(tmp_path: Path) -> None:
    animal = next(c for c in categories.load_categories() if c.key == "animal")
    found = categories.load_categories(write(tmp_path, "mine.json", '["Animal", "동물"]'))
    assert [c.key for c in found] == ["Animal", "동물"]
    assert all(c.prompts == animal.prompts for c in found)


def test_a_table_may_say_everything(tmp_path: Path) -> None:
    text = '[dog]\nko = "개"\nprompts = ["dog", "puppy"]\nneeds_text = true\n[cat]\n'
    found = categories.load_categories(write(tmp_path, "mine.TOML", text))
    assert found == [
        Category("dog", {"ko": "개"}, ("dog", "puppy"), needs_text=True),
        Category("cat", {}, ("cat",)),
    ]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.txt", "# nothing\n", "no category"),
        ("a.txt", "dog\ndog\n", "twice"),
        ("a.txt", "others\n", "program's own"),
        ("a.json", '{"dog": 1}', "list of keywords"),
        ("a.json", '["dog", 1]', "list of keywords"),
        ("a.json", "[", "line 1"),
        ("a.toml", "[dog", "table declaration"),
        ("a.toml", "dog = 1", "must be a table"),
        ("a.toml", '[dog]\nprompt = "x"', "does not know 'prompt'"),
        ("a.toml", "[dog]\nprompts = []", "prompts must be"),
        ("a.toml", "[dog]\nprompts = [1]", "no text"),
        ("a.toml", "[dog]\nen = 1", "no text"),
        ("a.toml", "[dog]\nneeds_text = 1", "true or false"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(
    tmp_path: Path, name: str, text: str, complaint: str
) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(CategoryFileError, match=complaint) as error:
        categories.load_categories(path)
    assert str(path) in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CategoryFileError, match="nowhere"):
        categories.load_categories(tmp_path / "nowhere.txt")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CategoryFileError, match="not UTF-8"):
        categories.load_categories(tmp_path / "binary.txt")
