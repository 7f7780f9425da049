import numpy as np

from photo_organizer.engine.people.real_faces import drawn
from tests.engine.fakes import FakeEncoder
from tests.engine.people.test_gate import STARTER, direction


def test_art_and_screens_are_drawn_people_are_not():
    rows = np.stack([direction(key) for key in ("art", "screenshot", "people", "landscape")])
    assert drawn(STARTER, rows).tolist() == [True, True, False, False]


def test_nothing_is_known_to_be_drawn_where_nobody_taught_this_model_what_art_is():
    rows = np.eye(2, FakeEncoder.dimension, dtype=np.float32)
    assert drawn(FakeEncoder(), rows).tolist() == [False, False]
