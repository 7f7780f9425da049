"""What faces change in the answers: flags, highlights and the category people."""

from dataclasses import replace

import numpy as np
import pytest

from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.results import LIBRARY, OTHERS, Flaw, Result
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.highlights import technical
from photo_organizer.engine.judging.judge import Judge
from photo_organizer.engine.quality import graphics
from tests.engine.faces_made import face
from tests.engine.fakes import FakePhotos
from tests.engine.judging.test_judge import Matcher, library

PEOPLE, FOOD = built_in()[0], built_in()[2]
OPEN, CLOSED = face(), face(openness=0.03)


@pytest.fixture(autouse=True)
def no_graphics(monkeypatch):
    """The pictures of `library` were never measured: they are photos here."""
    monkeypatch.setattr(graphics, "are_graphics", lambda facts, _: np.zeros(len(facts), bool))


class Photos(FakePhotos):
    """Undecided between people and food, a little for food."""

    def match(self, labels):
        return np.tile(np.array([0.5, 0.6], np.float32), (len(self.embeddings), 1))


class Undecided(Matcher):
    learned = frozenset((PEOPLE.key, FOOD.key))

    def comparable(self, embeddings):
        return Photos(embeddings)


def judged(faces: list[tuple[Face, ...] | None]) -> Result:
    """Of five photos with these faces."""
    facts = replace(library(), faces=faces)
    one = Judge(facts, (), Undecided(), offered=(PEOPLE, FOOD))
    return one.judge(Thresholds(), Decisions())


def closed(result: Result) -> list[int]:
    return [flag.photo for flag in result.flags if flag.flaw is Flaw.EYES_CLOSED]


def test_closed_eyes_are_told_and_decide_nothing_else():
    faces = [(OPEN,), (CLOSED,), None, (), (CLOSED,)]
    result = judged(faces)
    assert sorted(closed(result)) == [101, 104]
    without = judged([None] * 5)
    assert closed(without) == []
    assert result.groups == without.groups


def test_what_is_drawn_has_no_closed_eyes(monkeypatch):
    monkeypatch.setattr(graphics, "are_graphics", lambda facts, _: np.ones(len(facts), bool))
    result = judged([(CLOSED,)] * 5)
    assert closed(result) == []
    assert result.categories["people"] == ()


def test_a_photo_with_a_sure_face_is_of_people():
    result = judged([None, None, None, (), (OPEN,)])
    assert result.categories == {"people": (104,), "food": (100, 101, 102, 103), OTHERS: ()}


def test_what_was_moved_by_hand_stays_there():
    facts = replace(library(), faces=[(OPEN,)] * 5)
    one = Judge(facts, (), Undecided(), offered=(PEOPLE, FOOD))
    moved = Decisions(categories={facts.photos[4].content_hash: "food"})
    assert one.judge(Thresholds(), moved).categories["food"] == (104,)


def test_forgotten_faces_say_nothing_any_more():
    facts = replace(library(), faces=[(CLOSED,)] * 5)
    one = Judge(facts, (), Undecided(), offered=(PEOPLE, FOOD))
    assert closed(one.judge(Thresholds(), Decisions()))
    one.forget_faces()
    result = one.judge(Thresholds(), Decisions())
    assert closed(result) == []
    assert result.categories["people"] == ()


def test_open_eyes_rank_before_closed_ones_and_photos_without_faces_stay_as_they_are(monkeypatch):
    half = np.full(5, 0.5, np.float32)
    monkeypatch.setattr(technical, "technical_scores", lambda *_: half)
    result = judged([(CLOSED,), (OPEN,), None, None, None])
    scores = {one.photo: one.score for one in result.highlights[LIBRARY]}
    without = {one.photo: one.score for one in judged([None] * 5).highlights[LIBRARY]}
    assert scores[100] < without[100]
    assert scores[101] > without[101]
    assert [scores[i] for i in (102, 103, 104)] == [without[i] for i in (102, 103, 104)]
