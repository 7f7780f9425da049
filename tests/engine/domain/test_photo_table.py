import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain import photo_table
from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.facts import HASH_BYTES, XMP_REJECTED, Exif, FileIdentity, Photo
from photo_organizer.engine.domain.moments import moment_number
from photo_organizer.engine.domain.photo_table import PhotoTable, columns_of
from photo_organizer.engine.domain.photos import PhotoDict, Photos

finite = st.none() | st.floats(allow_nan=False, allow_infinity=False)
words = st.none() | st.text(max_size=8)
exifs = st.builds(
    Exif,
    taken_at=st.none() | st.datetimes(),
    taken_from=st.sampled_from(DateSource),
    taken_precision=st.sampled_from(DatePrecision),
    has_subsecond=st.booleans(),
    camera=words,
    lens=words,
    exposure_bias=finite,
    exposure_time=finite,
    f_number=finite,
    iso=st.none() | st.integers(0, 10**9),
    focal_length=finite,
    gps=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    rating=st.none() | st.integers(XMP_REJECTED, 5),
    software=words,
    fields=st.integers(0, 1000),
)
names = st.binary(min_size=1, max_size=12).filter(
    lambda name: b"/" not in name and b"\0" not in name and name not in (b".", b"..")
)
unsigned = st.integers(0, 2**64 - 1)
photos = st.builds(
    Photo,
    id=st.integers(1, 2**40),
    identity=st.builds(
        FileIdentity,
        st.builds(
            lambda folder, name: Path("/") / os.fsdecode(folder) / os.fsdecode(name), names, names
        ),
        unsigned,
        unsigned,
        st.integers(0, 2**50),
        st.integers(-(2**60), 2**60),
        st.booleans(),
    ),
    content_hash=st.binary(min_size=HASH_BYTES, max_size=HASH_BYTES),
    format=st.sampled_from(["JPEG", "RAW", ""]),
    width=st.integers(0, 2**31),
    height=st.integers(0, 2**31),
    exif=exifs,
    better_date=st.none()
    | st.builds(
        TakenDate, st.datetimes(), st.sampled_from(DateSource), st.sampled_from(DatePrecision)
    ),
)


@given(st.lists(photos, max_size=6, unique_by=lambda photo: photo.id))
def test_photos_come_back_as_they_were(listed: list[Photo]) -> None:
    """File names that are no valid UTF-8 included."""
    table = PhotoTable(*columns_of(listed))
    assert list(table.values()) == listed
    assert [p.identity.linked for p in table.values()] == [p.identity.linked for p in listed]
    assert list(table) == [photo.id for photo in listed]
    assert table.sizes() == {p.id: p.identity.size for p in listed}
    assert {i: table.size_of(i) for i in table} == table.sizes()
    at = {p.path: p.id for p in listed}
    assert table.at([*at, Path("/nowhere/a.jpg")]) == at
    assert table.formats() == {p.id: p.format for p in listed}
    assert table.names() == {p.id: p.path.name for p in listed}
    assert table.folders() == {p.id: str(p.path.parent) for p in listed}
    assert table.taken() == {p.id: moment_number(p.taken.at) for p in listed if p.taken is not None}
    for photo in listed[:2]:
        alike = [p for p in listed if p.content_hash == photo.content_hash]
        assert list(table.of_content([photo.content_hash])) == alike


@given(st.lists(photos, max_size=6, unique_by=lambda photo: photo.id), st.data())
def test_objects_and_columns_answer_alike(listed: list[Photo], data: st.DataObject) -> None:
    table: Photos = PhotoTable(*columns_of(listed))
    objects: Photos = PhotoDict.of(listed)
    gone = data.draw(st.sets(st.sampled_from([p.id for p in listed] or [0])))
    places = {p.id: Path("/moved") / f"{p.id}.jpg" for p in listed[:2]}
    for one, other in (
        (table, objects),
        (table.without(gone), objects.without(gone)),
        (table.moved(places).without(gone), objects.without(gone).moved(places)),
    ):
        assert list(one.items()) == list(other.items())
        assert one.taken() == other.taken()
        assert {i: one.file_of(i) for i in one} == {
            i: (photo.content_hash, str(photo.path)) for i, photo in other.items()
        }
        assert {i: other.file_of(i) for i in other} == {i: one.file_of(i) for i in one}
        assert one.sizes() == other.sizes() == {i: other.size_of(i) for i in other}
        assert one.formats() == other.formats()
        assert one.ratings() == other.ratings()
        assert one.folders() == other.folders()
        assert one.names() == other.names()
        paths = [*(photo.path for photo in listed), *places.values()]
        assert one.at(paths) == other.at(paths)
        contents = [photo.content_hash for photo in listed[:2]]
        assert list(one.of_content(contents)) == list(other.of_content(contents))


@pytest.mark.parametrize(
    ("of", "described", "otherwise"),
    [
        (Photo, photo_table.PHOTO, {"identity", "content_hash", "exif", "better_date"}),
        (FileIdentity, photo_table.IDENTITY, {"path"}),
        (Exif, photo_table.EXIF, {"gps"}),
        (TakenDate, photo_table.BETTER_DATE, set()),
    ],
)
def test_every_field_of_a_photo_has_a_column(
    of: type[Photo], described: dict[str, object], otherwise: set[str]
) -> None:
    assert {each.name for each in fields(of)} == described.keys() | otherwise


def photo(photo_id: int, inode: int = 1) -> Photo:
    identity = FileIdentity(Path("/a") / f"{photo_id}.jpg", 1, inode, 5, 6)
    return Photo(photo_id, identity, bytes(HASH_BYTES), "JPEG", 4, 3, Exif())


def test_some_may_be_left_out() -> None:
    table = PhotoTable(*columns_of([photo(1), photo(2), photo(3)]))
    assert dict(table.without({2, 9})) == {1: photo(1), 3: photo(3)}
    assert len(table) == 3
    assert 2 in table
    with pytest.raises(KeyError):
        table.without({2})[2]


def test_only_so_many_objects_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_table, "MADE", 2)
    table = PhotoTable(*columns_of([photo(i) for i in range(1, 6)]))
    assert table[1] is table[1]
    assert [table[i] for i in range(1, 6)] == [photo(i) for i in range(1, 6)]
    assert len(table._made) <= 2


def test_columns_that_do_not_fit_are_refused() -> None:
    columns, words = columns_of([photo(1), photo(2)])
    for name in columns:
        with pytest.raises((ValueError, TypeError)):
            PhotoTable({**columns, name: columns[name][:-1]}, words)


def test_numbers_that_do_not_fit_are_told() -> None:
    with pytest.raises(OverflowError):
        columns_of([photo(1, inode=2**70)])
