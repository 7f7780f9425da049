from types import SimpleNamespace

import numpy as np

from photo_organizer.engine.encoders import category_heads
from photo_organizer.engine.people.gate import may_show_faces
from tests.engine.fakes import FakeEncoder

HEADS = category_heads.shipped()
STARTER = SimpleNamespace(
    name=HEADS.encoder, version=HEADS.encoder_version, dimension=HEADS.weights.shape[1]
)


def direction(key):
    weights = HEADS.weights[list(HEADS.keys).index(key)]
    return weights / np.linalg.norm(weights)


def test_only_photos_that_look_like_people_may_show_faces():
    rows = np.stack([direction("people"), -direction("people"), direction("landscape")])
    assert may_show_faces(STARTER, rows).tolist() == [True, False, False]


def test_every_photo_may_where_nobody_taught_this_model_what_people_are():
    rows = np.eye(3, FakeEncoder.dimension, dtype=np.float32)
    assert may_show_faces(FakeEncoder(), rows).tolist() == [True, True, True]


def test_no_photo_is_no_trouble():
    assert may_show_faces(STARTER, np.empty((0, STARTER.dimension), np.float32)).shape == (0,)
