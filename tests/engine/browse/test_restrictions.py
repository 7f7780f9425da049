from datetime import datetime
from pathlib import Path

import pytest

from photo_organizer.engine.browse.restrictions import let_through
from photo_organizer.engine.browse.written_columns import WrittenColumns, columns_of
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.query import Field, Restriction
from photo_organizer.engine.domain.reasons import Reason


def photo(number: int, path: str, taken: datetime | None, camera: str | None = None) -> Photo:
    identity = FileIdentity(Path(path), 1, number, 1, 1)
    exif = Exif(taken_at=taken, camera=camera)
    return Photo(number, identity, bytes(16), "JPEG", 4, 3, exif)


PHOTOS = [
    photo(1, "/pictures/2024/Italy/IMG_12.jpg", datetime(2024, 5, 31, 23), "Canon EOS R5"),
    photo(2, "/pictures/2024/Italy/IMG_120 [a].jpg", datetime(2024, 7, 1), "Pixel 8"),
    photo(3, "/pictures/My trip/x.jpg", datetime(2023, 12, 31)),
    photo(4, "/pictures/scan.png", None),
]
COLUMNS = WrittenColumns({one.id: one for one in PHOTOS})
CATEGORIES = {1: "food", 2: "animal", 3: "My own", 4: "others"}


def through(field: Field, value: str) -> list[int] | str:
    rows = let_through(
        Restriction(field, value), COLUMNS, categories=CATEGORIES, stars={1: 5, 2: 3}
    )
    if isinstance(rows, Reason):
        return rows.code
    return [one for one, let in zip(COLUMNS.ids, rows, strict=True) if let]


@pytest.mark.parametrize(
    ("field", "value", "ids"),
    [
        (Field.NAME, "img", [1, 2]),
        (Field.NAME, "IMG_1?.*", [1]),
        (Field.NAME, "*[a]*", [2]),
        (Field.NAME, "*.png", [4]),
        (Field.FOLDER, "italy", [1, 2]),
        (Field.FOLDER, "2024/italy", [1, 2]),
        (Field.FOLDER, "2024/it", []),
        (Field.FOLDER, "my  trip", [3]),
        (Field.FOLDER, "202?", [1, 2]),
        (Field.CAMERA, "canon", [1]),
        (Field.CAMERA, "nikon", []),
        (Field.DATE, "2024", [1, 2]),
        (Field.DATE, "2024-05", [1]),
        (Field.DATE, "July 2024", [2]),
        (Field.DATE, "2023..2024-05", [1, 3]),
        (Field.DATE, "2024-05-31..", [1, 2]),
        (Field.DATE, "..2023", [3]),
        (Field.DATE, "2024-02-31..", "search.no_date"),
        (Field.DATE, "..", "search.no_date"),
        (Field.DATE, "tomorrow", "search.no_date"),
        (Field.DATE, "beach 2024", "search.no_date"),
        (Field.STARS, "5", [1]),
        (Field.STARS, "3+", [1, 2]),
        (Field.STARS, "3..", [1, 2]),
        (Field.STARS, "..3", [2, 3, 4]),
        (Field.STARS, "1..3", [2]),
        (Field.STARS, "many", "search.no_stars"),
        (Field.STARS, "+", "search.no_stars"),
        (Field.CATEGORY, "food", [1]),
        (Field.CATEGORY, "동물", [2]),
        (Field.CATEGORY, "my own", [3]),
        (Field.CATEGORY, "others", [4]),
    ],
)
def test_a_restriction_lets_through_what_it_says(
    field: Field, value: str, ids: list[int] | str
) -> None:
    assert through(field, value) == ids


def test_categories_may_be_unknown_yet() -> None:
    rows = let_through(Restriction(Field.CATEGORY, "food"), COLUMNS, categories=None, stars=None)
    assert isinstance(rows, Reason)
    assert rows.code == "search.no_categories"


def test_what_is_written_of_the_same_photos_is_read_once() -> None:
    photos = PhotoDict.of(PHOTOS)
    assert columns_of(photos) is columns_of(photos)
    assert columns_of(photos.without([1])) is not columns_of(photos)
    assert columns_of(photos).rows_with("img_12") == {0, 1}
    assert columns_of(photos).rows_with("canon") == {0}
    assert columns_of(photos).rows_with("2024-05") == {0}
    assert columns_of(photos).rows_with("jpgimg") == set()
