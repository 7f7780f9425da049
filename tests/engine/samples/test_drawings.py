"""Drawn pictures, and the sample photos that dependencies ship."""

from __future__ import annotations

import numpy as np
import pytest

from photo_organizer.engine.samples.drawings import DRAWINGS
from photo_organizer.engine.samples.packaged import PHOTOS, packaged


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_the_same_each_time_and_not_empty(name: str) -> None:
    first, second = np.asarray(DRAWINGS[name]()), np.asarray(DRAWINGS[name]())
    assert first.ndim == 3
    np.testing.assert_array_equal(first, second)
    assert first.std() > 10


def test_every_sample_photo_is_there() -> None:
    for name in PHOTOS:
        assert packaged(name).is_file(), name
