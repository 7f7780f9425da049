import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Resized, ResizeMode


@pytest.mark.parametrize("side", [224, 256, 336, 384])
@given(shorter=st.integers(1, 600), longer=st.integers(1, 600), upright=st.booleans())
def test_a_photo_of_any_size_is_cut_to_what_the_network_sees(
    side: int, shorter: int, longer: int, upright: bool
) -> None:
    height, width = (longer, shorter) if upright else (shorter, longer)
    picture = Picture(np.zeros((height, width, 3), np.uint8), width, height, "JPEG")
    prepared = Resized(side, side, "bicubic", ResizeMode.SHORTEST)(picture)
    assert prepared.shape == (side, side, 3)


def test_no_rounding_puts_the_cut_outside_of_the_photo() -> None:
    fits = Resized(224, 224, "bicubic", ResizeMode.SHORTEST)
    for height in range(200, 500):
        picture = Picture(np.zeros((height, 500, 3), np.uint8), 500, height, "JPEG")
        assert fits(picture).shape == (224, 224, 3)
