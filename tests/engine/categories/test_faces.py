from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from photo_organizer.engine.categories.assign import UNSEEN
from photo_organizer.engine.categories.catalog import Category, built_in
from photo_organizer.engine.categories.faces import with_faces
from tests.engine.proofs import PROOF

PEOPLE, ANIMALS = built_in()[:2]
OWN = Category("people", {}, ("my family",))
STARTER: Any = SimpleNamespace(proof=None)
CLIP: Any = SimpleNamespace(proof=PROOF, logit_scale=14.3)
SCORES = np.array([[0.2, 0.3], [0.2, 0.3]], np.float32)
FACE, NONE = 2.0, 0.0
ODDS = np.array([FACE, NONE], np.float32)


def test_a_face_makes_people_likelier_and_nothing_else():
    found = with_faces(SCORES, [PEOPLE, ANIMALS], STARTER, ODDS)
    assert found[0, 0] == pytest.approx(1 / (1 + np.exp(-(np.log(0.2 / 0.8) + FACE))), abs=0.01)
    assert found[:, 1].tolist() == SCORES[:, 1].tolist()
    assert found[1].tolist() == SCORES[1].tolist()


def test_a_model_of_texts_counts_in_cosines_of_which_it_has_proved_what_they_mean():
    found = with_faces(SCORES, [PEOPLE, ANIMALS], CLIP, ODDS)
    assert found[0].tolist() == pytest.approx([0.2 + FACE * PROOF.category.spread, 0.3])
    before, after = (float(PROOF.category.log_odds(each[:1, 0])[0]) for each in (SCORES, found))
    assert after - before == pytest.approx(FACE, abs=1e-3)


def test_a_face_counts_no_more_than_the_scale_of_the_model_says():
    sharp: Any = SimpleNamespace(proof=PROOF, logit_scale=100.0)
    found = with_faces(SCORES, [PEOPLE, ANIMALS], sharp, ODDS)
    assert found[0].tolist() == pytest.approx([0.2 + FACE / 100, 0.3])


def test_a_category_of_ones_own_is_what_its_words_say():
    assert with_faces(SCORES, [OWN, ANIMALS], STARTER, ODDS) is SCORES


def test_further_keywords_and_another_key_leave_it_the_built_in_one():
    wider = Category("leute", {}, (*PEOPLE.prompts, "my family"))
    found = with_faces(SCORES, [ANIMALS, wider], STARTER, ODDS)
    assert found[0, 1] > SCORES[0, 1]


def test_what_the_model_cannot_see_stays_unseen():
    unseen = np.full((2, 2), UNSEEN)
    assert with_faces(unseen, [PEOPLE, ANIMALS], STARTER, ODDS).tolist() == unseen.tolist()
