from dataclasses import replace

import numpy as np

from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.facts import XMP_REJECTED, Facts
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LIBRARY, OTHERS, Flaw, Group, GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates import grouping
from photo_organizer.engine.encoders.proofs import Calibrated
from photo_organizer.engine.judging import judge as judging
from photo_organizer.engine.judging.judge import Judge
from photo_organizer.engine.pixels.fingerprints import SIZE
from photo_organizer.engine.pixels.measures import NAMES
from photo_organizer.engine.quality import flaws
from tests.engine.categories.test_assign import facts_of
from tests.engine.faces_made import face as made_face
from tests.engine.fakes import FakeEncoder, FakePhotos
from tests.engine.people.faces import face
from tests.engine.proofs import PROOF

CAT = Category("cat", {}, ("cat",))
DOG = Category("dog", {}, ("dog",))
PEOPLE = Category("people", {}, ("people",), needs_text=True)


class Matcher(FakeEncoder):
    """Finds cats in the first coordinate, dogs in the second; counts how often it was asked."""

    def __init__(self):
        super().__init__()
        self.matched = 0

    def comparable(self, embeddings):
        return Photos(self, embeddings)


class Photos(FakePhotos):
    def __init__(self, matcher, embeddings):
        super().__init__(embeddings)
        self.matcher = matcher

    def match(self, labels):
        self.matcher.matched += 1
        column = {"cat": 0, "dog": 1}
        return np.stack([self.embeddings[:, column[label.prompts[0]]] for label in labels], axis=1)


def library() -> Facts:
    """Two cats, two dogs, and one of neither."""
    facts = facts_of([[1, 0, 0], [0.9, 0.1, 0.3], [0, 1, 0], [0, 0.9, 0.3], [0, 0, 1]])
    count = len(facts)
    rng = np.random.default_rng(3)
    return Facts(
        facts.photos,
        facts.embeddings,
        np.ones((count, len(NAMES)), np.float32),
        rng.integers(0, 256, (count, SIZE), np.uint8),
    )


def judge(matcher: Matcher, *offered: Category) -> Judge:
    return Judge(library(), (), matcher, offered=offered)


class ReadingMatcher(Matcher):
    """The same with a proof, as CLIP has one: it is judged by its own numbers.

    Asked for a score it says 10 of the cats and 1 of the others; of every pair of prompts it finds
    the bad one to fit the dogs.
    """

    understands_text, logit_scale = True, 100.0

    def __init__(self, proof):
        super().__init__()
        self.proof = proof

    @property
    def category_threshold(self):
        return self.proof.category.middle

    def text_similarities(self, embeddings, texts):
        cats, dogs = embeddings[:, :1] > 0.5, embeddings[:, 1:2] > 0.5
        if "score" in texts[0]:
            return np.where(cats, np.linspace(0, 1, 10), np.linspace(1, 0, 10)).astype(np.float32)
        bad = np.arange(len(texts)) % 2
        return np.where(dogs, 0.1 * bad, 0.1 * (1 - bad)).astype(np.float32)


def test_the_proof_says_from_where_a_photo_belongs_to_a_category() -> None:
    def cats(middle: float) -> tuple[int, ...]:
        # All photos are alike to it: none are judged together.
        category, likeness = Calibrated(middle, 0.05, 0.9), Calibrated(0.95, 0.02, 0.9)
        proof = replace(PROOF, category=category, likeness=likeness)
        found = judge(ReadingMatcher(proof), CAT, DOG)
        return found.judge(Thresholds(), Decisions()).categories["cat"]

    assert cats(0.5) == (100, 101)
    assert cats(0.95) == (100,)
    assert cats(1.05) == ()


def test_a_model_without_a_head_is_asked_where_it_has_proved_that_it_can_tell() -> None:
    able = judge(ReadingMatcher(replace(PROOF, score=Calibrated(5.0, 1.0, 0.8))), CAT, DOG)
    asked = able.judge(Thresholds(), Decisions())
    assert asked.scorer == Reason("scorer.prompts")
    assert {ranked.photo for ranked in asked.highlights["cat"]} == {100, 101}
    scores = {ranked.photo: ranked.score for ranked in asked.highlights[LIBRARY]}
    assert min(scores[100], scores[101]) > 0.9 > 0.1 > max(scores[102], scores[103])
    # Which take of a moment is kept, it is not asked: there it would be chance.
    np.testing.assert_array_equal(able._merits, able._technical)
    unable = judge(ReadingMatcher(replace(PROOF, score=None)), CAT, DOG)
    assert unable.judge(Thresholds(), Decisions()).scorer == Reason("scorer.technical")


def test_a_pair_of_prompts_counts_only_where_it_has_proved_something() -> None:
    def flaw_scores(**pairs: Calibrated):
        return judge(ReadingMatcher(replace(PROOF, quality=pairs)), CAT)._flaws

    alone, told = flaw_scores(), flaw_scores(dark=Calibrated(0.0, 1.0, 0.9))
    dark = flaws.FLAWS.index(Flaw.DARK)
    assert (told[2:4, dark] >= alone[2:4, dark]).all()
    assert (told[:2, dark] <= alone[:2, dark]).all()
    np.testing.assert_array_equal(np.delete(told, dark, axis=1), np.delete(alone, dark, axis=1))


def test_other_categories_are_chosen_from_without_judging_the_rest_again(monkeypatch) -> None:
    matcher = Matcher()
    one = judge(matcher, CAT)
    grouped = []
    real = grouping.group
    monkeypatch.setattr(grouping, "group", lambda *a, **k: grouped.append(1) or real(*a, **k))
    first = one.judge(Thresholds(), Decisions())
    assert first.categories == {"cat": (100, 101), OTHERS: (102, 103, 104)}
    one.offer([CAT, DOG])
    second = one.judge(Thresholds(), Decisions())
    assert second.categories == {"cat": (100, 101), "dog": (102, 103), OTHERS: (104,)}
    assert one.judge(Thresholds(), Decisions(ratings={b"x": 3})).categories == second.categories
    assert (matcher.matched, len(grouped)) == (2, 1)


def test_a_star_groups_again_only_where_it_may_choose_a_keeper(monkeypatch) -> None:
    known = library()
    copy = replace(known.photos[1], content_hash=known.photos[0].content_hash)
    facts = replace(known, photos=[known.photos[0], copy, *known.photos[2:]])
    grouped = []
    real = grouping.group
    monkeypatch.setattr(grouping, "group", lambda *a, **k: grouped.append(1) or real(*a, **k))
    one = Judge(facts, (), Matcher(), offered=(CAT,))
    alone = one.judge(Thresholds(), Decisions(ratings={facts.photos[2].content_hash: 5}))
    assert len(alone.groups) == 1
    one.judge(Thresholds(), Decisions(ratings={facts.photos[3].content_hash: 1}))
    one.judge(Thresholds({"quality.certainty.blur": 0.3}), Decisions())
    assert len(grouped) == 1
    starred = one.judge(Thresholds(), Decisions(ratings={copy.content_hash: 5}))
    assert len(grouped) == 2
    assert starred.stars == {100: 5, 101: 5}
    one.judge(Thresholds({"duplicates.similar": 0.3}), Decisions())
    one.judge(Thresholds(), Decisions(keep_from=(copy.path.parent,)))
    assert len(grouped) == 4


def test_the_effect_of_other_categories_can_be_seen_before() -> None:
    one = judge(Matcher(), CAT)
    placed = one.place([DOG], Thresholds(), Decisions())
    assert placed == {"dog": (102, 103), OTHERS: (101, 100, 104)}
    assert one.judge(Thresholds(), Decisions()).categories.keys() == {"cat", OTHERS}


def test_a_moved_photo_is_an_example_until_it_is_given_back() -> None:
    one = judge(Matcher(), CAT, DOG)
    content = library().photos[2].content_hash
    result = one.judge(Thresholds(), Decisions(categories={content: "cat"}))
    assert result.categories["cat"] == (100, 102, 103, 101)
    assert result.by_hand == {102}
    assert result.followed == {103: 102}
    result = one.judge(Thresholds(), Decisions())
    assert result.categories["dog"] == (102, 103)
    assert not result.by_hand
    assert not result.followed


def test_examples_may_be_in_another_folder() -> None:
    matcher = Matcher()
    elsewhere = np.eye(3, dtype=np.float32)[1]
    one = Judge(
        library(),
        (),
        matcher,
        offered=[CAT, DOG],
        recall=lambda contents: dict.fromkeys(contents, elsewhere),
    )
    result = one.judge(Thresholds(), Decisions(categories={b"elsewhere": "cat"}))
    assert set(result.categories["cat"]) == {100, 101, 102, 103}
    assert result.followed == {102: None, 103: None}


def test_what_nobody_looked_for_is_no_answer_unless_the_user_put_something_there() -> None:
    one = judge(Matcher(), CAT, PEOPLE)
    assert "people" not in one.judge(Thresholds(), Decisions()).categories
    content = library().photos[4].content_hash
    result = one.judge(Thresholds(), Decisions(categories={content: "people"}))
    assert result.categories["people"] == (104,)


def test_forgotten_faces_are_in_no_answer_and_nothing_else_is_looked_at_again(monkeypatch) -> None:
    facts = replace(library(), faces=[(made_face(),), (), None, None, None])
    compared = []
    real = judging.find_pairs
    monkeypatch.setattr(judging, "find_pairs", lambda *a: compared.append(1) or real(*a))
    one = Judge(facts, (), Matcher(), offered=[CAT])
    assert {i: len(seen) for i, seen in one.judge(Thresholds(), Decisions()).faces.items()} == {
        100: 1,
        101: 0,
    }
    one.forget_faces()
    assert one.judge(Thresholds(), Decisions()).faces == {}
    assert compared == [1]
    sorted_out = one._sorted
    one.forget_faces()  # nothing is known any more, so nothing changes
    assert one._sorted is sorted_out


def test_faces_are_compared_within_their_group_only(monkeypatch) -> None:
    """Who opens the eyes to 0.42 has closed them at 0.23; in no group nobody can tell."""
    facts = library()
    faces = [(face(openness=how),) for how in (0.42, 0.42, 0.42, 0.23)]
    facts = replace(facts, faces=[*faces, (face(openness=0.23),)])
    photos = tuple(photo.id for photo in facts.photos[:4])
    like, safe = (1.0,) * 4, (False,) * 4
    reason = Reason("keepers.equal")
    burst = Group(GroupKind.SIMILAR, 100, photos, reason, like, safe, originals=photos)
    monkeypatch.setattr(grouping, "group", lambda *_, **__: [burst])
    result = Judge(facts, (), Matcher(), offered=[CAT]).judge(Thresholds(), Decisions())
    seen = [result.faces[photo][0] for photo in range(100, 105)]
    assert [one.eyes for one in seen] == [*[Eyes.OPEN] * 3, Eyes.CLOSED, Eyes.CANT_TELL]
    assert [one.person for one in seen] == [0, 0, 0, 0, None]


def test_photos_that_nobody_looked_through_have_no_faces() -> None:
    facts = replace(library(), faces=[(), None, (face(),), None, None])
    result = Judge(facts, (), Matcher(), offered=[CAT]).judge(Thresholds(), Decisions())
    assert {photo: len(seen) for photo, seen in result.faces.items()} == {100: 0, 102: 1}


def test_forgotten_faces_choose_no_keeper(monkeypatch) -> None:
    facts = replace(library(), faces=[(face(),), (face(),), None, None, None])
    asked = []
    real = grouping.group
    monkeypatch.setattr(
        grouping, "group", lambda *a, **k: asked.append([*k["faces"].rows]) or real(*a, **k)
    )
    one = Judge(facts, (), Matcher(), offered=[CAT])
    one.judge(Thresholds(), Decisions())
    one.forget_faces()
    one.judge(Thresholds(), Decisions())
    assert asked == [[0, 1], []]


def test_a_photo_that_another_program_rejected_is_rejected() -> None:
    facts = library()
    first, *others = facts.photos
    photos = [replace(first, exif=replace(first.exif, rating=XMP_REJECTED)), *others]
    judge = Judge(replace(facts, photos=photos), (), Matcher(), offered=[CAT])
    assert judge.judge(Thresholds(), Decisions()).stars == {first.id: 0}
    own = Decisions(ratings={first.content_hash: 5})
    assert judge.judge(Thresholds(), own).stars[first.id] == 5
