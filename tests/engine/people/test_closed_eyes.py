from dataclasses import replace

import pytest

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.people.closed_eyes import surely_closed
from tests.engine.faces_made import face, seen


def test_the_narrower_the_surer():
    found = [surely_closed(seen(face(openness=each))) for each in (0.03, 0.12, 0.17)]
    assert found == sorted(found, reverse=True)
    assert found[0] == 1.0
    assert 0 < found[-1] < 0.5


@pytest.mark.parametrize(
    "told_little",
    [{"size": 40}, {"sharpness": 0.01}, {"yaw": -38.0}],
    ids=["small", "soft", "turned"],
)
def test_narrow_eyes_say_nothing_in_a_face_that_is(told_little):
    assert surely_closed(seen(face(openness=0.05, **told_little), Eyes.CLOSED)) == 0.0


@pytest.mark.parametrize("said", [Eyes.OPEN, Eyes.CANT_TELL])
def test_only_eyes_that_are_said_to_be_closed_count(said):
    assert surely_closed(seen(face(openness=0.05), said)) == 0.0


def test_who_laughs_has_narrow_eyes_and_closed_ones_where_both_are_all_but_shut():
    laughing = face(openness=0.07, smile=0.8)
    assert 0 < surely_closed(seen(laughing)) < 0.5
    shut = face(openness=0.02, smile=0.8)
    assert surely_closed(seen(shut)) == 1.0
    left, right = shut.eyes
    winking = replace(shut, eyes=(left, replace(right, openness=0.15)))
    assert surely_closed(seen(winking)) == 0.0
