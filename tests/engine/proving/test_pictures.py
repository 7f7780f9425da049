"""The pictures that models are checked with."""

from __future__ import annotations

import numpy as np
import pytest

from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.proving.pictures import (
    CHECKED,
    LONGER_SIDE,
    crop_of,
    damaged,
    damages,
    forget_pictures,
    picture_of,
)
from photo_organizer.engine.quality.flaws import PROMPTED


def test_labels_are_built_in_categories_and_never_both_right_and_doubtful() -> None:
    keys = {category.key for category in built_in()}
    for picture in CHECKED:
        assert picture.keys | picture.maybe <= keys, picture.name
        assert not picture.keys & picture.maybe, picture.name
    assert len({picture.name for picture in CHECKED}) == len(CHECKED)
    assert sum(bool(picture.keys) for picture in CHECKED) == 21


def test_no_answer_that_is_always_the_same_names_enough_of_them() -> None:
    from photo_organizer.engine.proving.verdict import least_named

    named = [picture for picture in CHECKED if picture.keys]
    for category in built_in():
        always = sum(category.key in picture.keys for picture in named)
        assert always <= least_named(len(named)) - 3


def test_pictures_are_small_and_the_same_each_time() -> None:
    for checked in CHECKED:
        picture = picture_of(checked.name)
        assert picture.pixels.dtype == np.uint8
        assert picture.pixels.ndim == 3
        assert max(picture.pixels.shape[:2]) <= LONGER_SIDE
    before = {checked.name: picture_of(checked.name).pixels for checked in CHECKED[-6:]}
    forget_pictures()
    for name, pixels in before.items():
        np.testing.assert_array_equal(picture_of(name).pixels, pixels)


@pytest.mark.parametrize("flaw", damages())
def test_damaged_copies_differ_from_the_picture_and_keep_its_shape(flaw: Flaw) -> None:
    picture = picture_of("chelsea")
    copy = damaged(picture, flaw)
    assert copy.pixels.shape == picture.pixels.shape
    away = np.abs(copy.pixels.astype(int) - picture.pixels).mean()
    assert away > 4
    np.testing.assert_array_equal(damaged(picture, flaw).pixels, copy.pixels)


def test_each_pair_of_prompts_has_its_copies() -> None:
    assert set(damages()) == set(PROMPTED)


def test_a_crop_shows_most_of_the_picture() -> None:
    picture = picture_of("coffee")
    rows, columns = picture.pixels.shape[:2]
    cropped = crop_of(picture).pixels.shape
    assert 0.6 * rows * columns < cropped[0] * cropped[1] < 0.8 * rows * columns
