from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.facts import Exif, Facts, FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LIBRARY, Flag, Flaw, Group, GroupKind, Ranked
from photo_organizer.engine.highlights import ranking
from photo_organizer.engine.pixels import measures


def library(embeddings: np.ndarray) -> Facts:
    rows = np.asarray(embeddings, np.float32)
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    photos = [
        Photo(
            id=100 + i,
            identity=FileIdentity(Path(f"/photos/{i}.jpg"), 1, i, 1000, 0),
            content_hash=i.to_bytes(16, "big"),
            format="JPEG",
            width=4000,
            height=3000,
            exif=Exif(taken_at=datetime(2024, 1, 1)),
        )
        for i in range(len(rows))
    ]
    table = np.zeros((len(rows), len(measures.NAMES)), np.float32)
    return Facts(photos, rows, table, np.zeros((len(rows), 1), np.uint8))


def group(*photos: int) -> Group:
    count = len(photos)
    return Group(
        GroupKind.SAME, photos[0], photos, Reason("duplicates.x"), (1.0,) * count, (False,) * count
    )


def flag(photo: int) -> Flag:
    return Flag(photo, Flaw.BLUR, 0.9, 0.5, Reason("flaws.blur", {"percent": 5}))


def rank(facts: Facts, scores, native, *, categories, **more) -> dict[str, list[Ranked]]:
    """The library's ranking first, then those of the categories."""
    made = ranking.Ranking(facts, scores, native, **more)
    return {LIBRARY: made.library()} | {name: made.of(ids) for name, ids in categories.items()}


def ids(ranked) -> list[int]:
    return [r.photo for r in ranked]


def test_closed_eyes_put_no_photo_last():
    facts = library(np.eye(3))
    scores = np.array([0.9, 0.5, 0.7], np.float32)
    closed = Flag(100, Flaw.EYES_CLOSED, 0.9, 0.5, Reason("flaws.eyes_closed"))
    ranked = rank(facts, scores, scores, categories={}, flags=[closed, flag(102)])
    assert ids(ranked[LIBRARY]) == [100, 101, 102]


def test_unlike_photos_come_in_the_order_of_their_scores():
    facts = library(np.eye(5))
    scores = np.array([0.1, 0.9, 0.5, 0.7, 0.3], np.float32)
    ranked = rank(facts, scores, scores * 10, categories={"food": [100, 103]})
    assert list(ranked) == [LIBRARY, "food"]
    assert ids(ranked[LIBRARY]) == [101, 103, 102, 104, 100]
    assert ids(ranked["food"]) == [103, 100]
    assert ranked["food"][0].score == pytest.approx(0.7)
    assert ranked["food"][0].native == pytest.approx(7)


def test_only_the_best_of_a_duplicate_group_leads():
    facts = library(np.eye(6))
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], np.float32)
    ranked = rank(facts, scores, scores, categories={}, groups=[group(102, 100, 101)])
    assert ids(ranked[LIBRARY]) == [100, 103, 104, 105, 101, 102]


def test_of_equal_copies_the_keeper_leads():
    facts = library(np.eye(3))
    scores = np.array([0.7, 0.7, 0.5], np.float32)
    ranked = rank(facts, scores, scores, categories={}, groups=[group(101, 100)])
    assert ids(ranked[LIBRARY])[0] == 101


def test_the_best_of_a_group_within_its_category_leads_there():
    facts = library(np.eye(3))
    scores = np.array([0.9, 0.8, 0.1], np.float32)
    ranked = rank(facts, scores, scores, categories={"food": [101, 102]}, groups=[group(100, 101)])
    assert ids(ranked["food"]) == [101, 102]


def test_flagged_photos_come_last_and_do_not_stand_for_their_group():
    facts = library(np.eye(4))
    scores = np.array([0.9, 0.8, 0.7, 0.6], np.float32)
    ranked = rank(facts, scores, scores, categories={}, groups=[group(100, 102)], flags=[flag(100)])
    assert ids(ranked[LIBRARY]) == [101, 102, 103, 100]


def test_what_the_user_rejected_comes_after_everything_else():
    facts = library(np.eye(4))
    scores = np.array([0.9, 0.8, 0.7, 0.6], np.float32)
    ranked = rank(
        facts, scores, scores, categories={"food": [100, 101]}, flags=[flag(101)], stars={100: 0}
    )
    assert ids(ranked[LIBRARY]) == [102, 103, 101, 100]
    assert ids(ranked["food"]) == [101, 100]


def test_the_users_stars_say_who_stands_for_a_group():
    facts = library(np.eye(5))
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.1], np.float32)

    def first_two(stars):
        ranked = rank(
            facts,
            scores,
            scores,
            categories={},
            groups=[group(100, 101, 104), group(102, 103)],
            stars=stars,
        )
        return ids(ranked[LIBRARY])[:2]

    assert first_two({}) == [100, 102]
    assert first_two({101: 4, 103: 2}) == [101, 102]
    assert first_two({100: 1, 102: 3, 103: 5}) == [101, 103]


def test_alike_photos_do_not_follow_each_other_at_the_top():
    facts = library([[1, 0, 0], [1, 0.01, 0], [1, 0, 0.01], [0, 1, 0], [0, 0, 1]])
    scores = np.array([0.8, 0.79, 0.78, 0.7, 0.65], np.float32)
    ranked = rank(facts, scores, scores, categories={})
    assert set(ids(ranked[LIBRARY])[:3]) == {100, 103, 104}


def test_what_only_differs_does_not_come_before_what_is_much_better():
    facts = library([[1, 0, 0], [1, 0.01, 0], [1, 0, 0.01], [0, 1, 0], [0, 0, 1]])
    scores = np.array([0.9, 0.88, 0.86, 0.75, 0.6], np.float32)
    ranked = rank(facts, scores, scores, categories={})
    assert ids(ranked[LIBRARY])[:2] == [100, 103]
    assert ids(ranked[LIBRARY])[-1] == 104


@given(
    st.lists(st.floats(0, 1, width=32), min_size=1, max_size=60),
    st.randoms(use_true_random=False),
)
def test_every_photo_is_ranked_exactly_once(scores, random):
    count = len(scores)
    facts = library(np.random.default_rng(count).normal(size=(count, 8)))
    members = random.sample(range(100, 100 + count), count // 2)
    ranked = rank(
        facts,
        np.array(scores, np.float32),
        np.array(scores, np.float32),
        categories={"all": [photo.id for photo in facts.photos]},
        groups=[group(*members)] if len(members) > 1 else [],
        flags=[flag(photo) for photo in members[::3]],
    )
    for listed in ranked.values():
        assert sorted(ids(listed)) == [photo.id for photo in facts.photos]
    assert ids(ranked["all"]) == ids(ranked[LIBRARY])


def test_nothing_to_rank():
    facts = library(np.ones((1, 3)))
    ranked = rank(facts, np.ones(1, np.float32), np.ones(1, np.float32), categories={"food": []})
    assert ranked["food"] == []


def test_why_a_photo_has_its_score_goes_with_it():
    facts = library(np.eye(2))
    scores = np.array([0.1, 0.9], np.float32)
    why = [Reason("highlights.flat"), Reason("highlights.shown_4")]
    ranked = rank(facts, scores, scores, categories={}, reasons=why)
    assert [one.reason for one in ranked[LIBRARY]] == [why[1], why[0]]
    assert rank(facts, scores, scores, categories={})[LIBRARY][0].reason is None
