"""What is written of photos: exact matches come before those by chance."""

from datetime import datetime
from pathlib import Path

import pytest

from photo_organizer.engine.browse.written import find_written
from photo_organizer.engine.domain.dates import DateSource, TakenDate
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.search_answer import Place


def photos(*paths, **dates):
    """By id from 1; dates by the stem of the file."""
    made = {}
    for number, text in enumerate(paths, 1):
        path = Path("/p") / text
        at = dates.get(path.stem)
        date = TakenDate(at, DateSource.NAME) if at else None
        made[number] = Photo(
            number,
            FileIdentity(path, 1, number, 1, 1),
            bytes(16),
            "JPEG",
            4,
            3,
            Exif(camera="Canon EOS R5"),
            date,
        )
    return made


def found(text, of):
    """The photos in their order; exact ones with their place."""
    answer = find_written(text, of)
    assert list(answer.exact) == list(answer.written[: len(answer.exact)])
    return [(i, answer.exact.get(i)) for i in answer.written]


def test_a_whole_name_comes_before_its_parts():
    of = photos("IMG_12345.jpg", "IMG_1234-edited.jpg", "IMG_1234.jpg", "x.jpg")
    expected = [(3, Place.NAME), (2, Place.NAME), (1, None)]
    assert found("IMG_1234", of) == expected
    assert found("img_1234", of) == expected
    assert found("img_1234.jpg", of) == [(3, Place.NAME)]


def test_a_whole_folder_comes_before_its_parts():
    of = photos("Romeo/a.jpg", "2019 Rome/b.jpg", "Rome/c.jpg", "Rome/d/e.jpg")
    assert found("rome", of) == [
        (3, Place.FOLDER),
        (4, Place.FOLDER),
        (2, Place.FOLDER),
        (1, None),
    ]


@pytest.mark.parametrize("text", ["2024-08", "August 2024", "2024년 8월", "aug 2024"])
def test_a_month_is_exact_however_it_is_written(text):
    of = photos("a.jpg", "b.jpg", a=datetime(2024, 8, 10), b=datetime(2024, 9, 1))
    assert found(text, of) == [(1, Place.DATE)]


def test_a_date_with_words_needs_both():
    of = photos("Rome/a.jpg", "Rome/b.jpg", "c.jpg", a=datetime(2024, 8, 1), c=datetime(2024, 8, 1))
    assert found("rome august 2024", of) == [(1, Place.DATE)]
    assert found("rom august 2024", of) == [(1, None)]


def test_words_may_stand_in_name_and_folder():
    of = photos("Rome/Anna 1.jpg", "Rome/b.jpg")
    assert found("anna rome", of) == [(1, Place.FOLDER)]
    assert found("anna 1", of) == [(1, Place.NAME)]


def test_cameras_are_found_and_are_no_exact_match():
    assert found("canon", photos("a.jpg")) == [(1, None)]


def test_part_of_a_date_being_typed_is_found():
    of = photos("a.jpg", a=datetime(2024, 8, 10))
    assert found("2024-0", of) == [(1, None)]


def test_a_photo_at_the_top_of_a_drive_has_no_folder():
    photo = photos("a.jpg")[1]
    top = Photo(1, FileIdentity(Path("/a.jpg"), 1, 1, 1, 1), bytes(16), "JPEG", 4, 3, Exif())
    assert found("a", {1: photo, 2: top}) == [(1, Place.NAME), (2, Place.NAME)]
