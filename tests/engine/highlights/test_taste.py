"""Learning the user's taste from stars."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.highlights import taste
from photo_organizer.engine.highlights.fitting import Line
from photo_organizer.engine.highlights.taste import Taste
from photo_organizer.engine.judging.judge import Judge
from photo_organizer.engine.pixels import fingerprints
from tests.engine.fakes import FakeEncoder
from tests.engine.highlights.test_ranking import library


def content(number: int) -> bytes:
    return number.to_bytes(16, "big")


def photos(count: int, seed: int = 0) -> dict[bytes, np.ndarray]:
    rows = np.random.default_rng(seed).normal(size=(count, 48)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return {content(i): row for i, row in enumerate(rows)}


def liking_the_first_axis(vectors: dict[bytes, np.ndarray]) -> dict[bytes, int]:
    return {c: int(np.clip(round(2.5 + 10 * row[0]), 0, 5)) for c, row in vectors.items()}


def test_a_taste_is_learned_and_says_how_well():
    vectors = photos(300)
    learned = taste.learn(liking_the_first_axis(vectors), vectors)
    assert learned.ratings == 300
    assert learned.agreement > 0.8
    assert 0.6 < learned.weight < 300 / 360
    assert "300 ratings" in learned.reason().text()
    new = np.stack(list(photos(100, seed=1).values()))
    assert np.corrcoef(learned.line.predict(new), new[:, 0])[0, 1] > 0.9


def test_the_order_of_the_ratings_does_not_matter():
    vectors = photos(60)
    stars = liking_the_first_axis(vectors)
    one = taste.learn(stars, vectors)
    other = taste.learn(dict(reversed(stars.items())), dict(reversed(vectors.items())))
    assert one.agreement == other.agreement
    np.testing.assert_array_equal(one.line.weights, other.line.weights)


def test_stars_at_random_are_given_next_to_no_weight():
    vectors = photos(200)
    dice = np.random.default_rng(5)
    learned = taste.learn({c: int(dice.integers(0, 6)) for c in vectors}, vectors)
    assert learned.weight < 0.1


def test_copies_do_not_pass_for_evidence():
    dice = np.random.default_rng(2)
    vectors, stars = {}, {}
    for i, row in enumerate(photos(25).values()):
        for copy in range(8):
            vectors[content(100 * i + copy)] = row
            stars[content(100 * i + copy)] = 0
        stars |= dict.fromkeys([content(100 * i + k) for k in range(8)], int(dice.integers(0, 6)))
    assert taste.learn(stars, vectors).agreement < 0.5


@pytest.mark.parametrize("count", [0, 1, 19])
def test_few_ratings_change_nothing_and_say_how_many_are_needed(count):
    vectors = photos(count)
    learned = taste.learn(liking_the_first_axis(vectors), vectors)
    assert learned.weight == 0
    assert learned.reason().values == {"ratings": count, "needed": 20}


@pytest.mark.parametrize("vectors", [photos(30), dict.fromkeys(photos(30), photos(1)[content(0)])])
def test_equal_stars_and_equal_photos_teach_nothing(vectors):
    learned = taste.learn(dict.fromkeys(vectors, 3), vectors)
    assert (learned.weight, learned.reason().code) == (0, "taste.nothing")


def test_ratings_of_photos_without_an_embedding_are_left_out():
    vectors = photos(40)
    stars = liking_the_first_axis(vectors) | {content(999): 5}
    assert taste.learn(stars, vectors).ratings == 40


@given(
    general=st.lists(st.floats(0, 1, width=32), min_size=1, max_size=40),
    agreement=st.floats(-1, 1),
    share=st.floats(0, 1),
)
def test_blended_scores_stay_scores(general, agreement, share):
    rows = np.stack(list(photos(len(general)).values()))
    learned = Taste(50, agreement, Line(np.ones(48), 2.0))
    scores = np.array(general, np.float32)
    mixed = taste.blend(scores, learned, rows, share)
    assert mixed.dtype == np.float32
    assert mixed.min() >= 0
    assert mixed.max() <= 1
    if agreement <= 0 or share == 0:
        np.testing.assert_array_equal(mixed, scores)


def test_taste_ranks_photos_that_the_general_scorer_cannot_tell_apart():
    rows = np.stack(list(photos(50).values()))
    learned = Taste(200, 0.9, Line(np.eye(48)[0], 0.0))
    mixed = taste.blend(np.full(50, 0.5, np.float32), learned, rows)
    assert list(np.argsort(mixed)) == list(np.argsort(rows[:, 0]))
    assert 0.02 < mixed.std() < 0.1


def judge_of(rows: np.ndarray, **more) -> Judge:
    facts = library(rows)
    prints = np.zeros((len(facts), fingerprints.SIZE), np.uint8)
    return Judge(replace(facts, fingerprints=prints), (), FakeEncoder(), offered=(), **more)


def order(result) -> list[int]:
    return [ranked.photo for ranked in result.highlights[LIBRARY]]


def scores(result) -> dict[int, float]:
    return {ranked.photo: ranked.score for ranked in result.highlights[LIBRARY]}


def test_the_judge_ranks_by_taste_until_it_is_switched_off():
    rows = np.stack(list(photos(200).values()))
    judge = judge_of(rows)
    stars = liking_the_first_axis({content(i): row for i, row in enumerate(rows)})
    plain = judge.judge(Thresholds(), Decisions())
    taught = judge.judge(Thresholds(), Decisions(ratings=stars))
    off = judge.judge(Thresholds().with_change("taste.share", 0), Decisions(ratings=stars))
    liked = rows[[photo - 100 for photo in order(taught)[:20]], 0]
    assert liked.mean() > 0.1 > rows[[photo - 100 for photo in order(plain)[:20]], 0].mean()
    assert [str(plain.scorer), str(taught.scorer)] == [
        "technical score",
        "technical score and your taste",
    ]
    assert plain.taste.code == "taste.few"
    assert taught.taste.code == "taste.learned"
    told = taught.to_contract()["details"]["highlights"]
    assert told["taste"]["ratings"] == 200
    assert sorted(told["stars"].values()) == sorted(stars.values())
    assert (str(off.scorer), off.taste, scores(off)) == ("technical score", None, scores(plain))
    # Learned or not, a rejected photo is no highlight.
    rejected = {100 + i for i in range(200) if stars[content(i)] == 0}
    assert rejected
    for result in (taught, off):
        assert set(order(result)[-len(rejected) :]) == rejected


def test_the_judge_learns_from_photos_of_other_folders_and_only_when_stars_change():
    vectors = photos(100)
    stars = liking_the_first_axis(vectors)
    asked = []

    def recall(hashes):
        asked.append(sorted(hashes))
        return {content: vectors[content] for content in hashes}

    judge = judge_of(np.stack([vectors[content(i)] for i in range(3)]), recall=recall)
    first = judge.judge(Thresholds(), Decisions(ratings=stars))
    judge.judge(Thresholds(), Decisions(ratings=dict(stars)))
    assert first.taste.values["ratings"] == 100
    assert asked == [[content(i) for i in range(3, 100)]]
    judge.judge(Thresholds(), Decisions(ratings=stars | {content(50): 0, content(51): 5}))
    assert len(asked) == 2
