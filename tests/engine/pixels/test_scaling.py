import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.scaling import halved, shrunk
from tests.engine.pictures import scene


@given(width=st.integers(1, 200), height=st.integers(1, 200), least=st.integers(1, 50))
def test_the_shorter_side_ends_between_least_and_twice_that(width, height, least):
    small = halved(np.zeros((height, width, 3), np.uint8), least)
    if min(width, height) >= least:
        assert least <= min(small.shape[:2]) < 2 * least
    else:
        assert small.shape == (height, width, 3)


@pytest.mark.parametrize("size", [(400, 300), (401, 303), (2016, 1512)])
def test_a_shrunk_picture_keeps_its_looks(size):
    pixels = scene(*size)
    small = shrunk(pixels, 40, 30)
    assert small.shape == (30, 40, 3)
    np.testing.assert_allclose(small.mean((0, 1)), pixels.mean((0, 1)), atol=1.5)


def test_fine_stripes_become_grey_instead_of_new_stripes():
    stripes = np.zeros((600, 800, 3), np.uint8)
    stripes[:, ::2] = 255
    assert np.ptp(shrunk(stripes, 80, 60).astype(int)) <= 2


@pytest.mark.parametrize(
    ("size", "small"),
    [((1512, 2016), (756, 1008)), ((3000, 1024), (1500, 512)), ((1023, 4000), (1023, 4000))],
)
def test_a_picture_is_made_small_once_and_keeps_what_others_look_at(
    size: tuple[int, int], small: tuple[int, int]
):
    picture = Picture(np.full((*size, 3), 77, np.uint8), size[1], size[0], "JPEG")
    assert picture.small.shape == (*small, 3)
    assert (picture.small == 77).all()
    assert picture.small is picture.small
