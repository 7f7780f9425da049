import pytest

from photo_organizer.engine.people.shown_people import people_odds
from tests.engine.faces_made import face


def test_a_large_face_counts_a_small_one_less_and_none_nothing():
    large, small, none = people_odds([(face(width=0.3),), (face(width=0.05),), ()])
    assert large > small > none == 0


@pytest.mark.parametrize("unsure", [{"score": 0.5}, {"presence": 0.6}])
def test_a_face_that_is_not_sure_says_nothing(unsure):
    assert people_odds([(face(**unsure),)]).tolist() == [0]
