"""Dates that are told by what lies beside a photo, by its name and its folder."""

import json
from datetime import datetime

import pytest

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.files.beside_dates import BesideDates

SHUTTER = datetime(2005, 12, 17, 22, 3, 32)
UNIX = 1_134_856_800
NO_NUMBER = '{"photoTakenTime": {"timestamp": 1e999}}'


def xmp(said='exif:DateTimeOriginal="2005-12-17T22:03:32"'):
    return f"<x:xmpmeta><rdf:RDF><rdf:Description {said}/></rdf:RDF></x:xmpmeta>"


def takeout(timestamp=UNIX):
    return json.dumps({"title": "x", "photoTakenTime": {"timestamp": str(timestamp)}})


def better(path, exif=None):
    return BesideDates().better_date(path, exif or Exif())


def found(path, exif=None):
    """What is found of a photo that lies there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    date = better(path, exif)
    return None if date is None else (date.text(), date.source)


def saved(*at):
    return Exif(taken_at=datetime(*at), taken_from=DateSource.SAVED)


def test_xmp_beside_the_file(tmp_path):
    (tmp_path / "a.jpg.xmp").write_text(xmp())
    assert found(tmp_path / "a.jpg") == ("2005-12-17T22:03:32", DateSource.SIDECAR)
    (tmp_path / "b.xmp").write_text(xmp('photoshop:DateCreated="2005-12-17"'))
    assert found(tmp_path / "b.jpg") == ("2005-12-17", DateSource.SIDECAR)


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("IMG.jpg", "IMG.jpg.json"),
        ("IMG.jpg", "IMG.jpg.supplemental-metadata.json"),
        ("IMG.jpg", "IMG.jpg.supplemental-meta.json"),
        ("IMG.jpg", "IMG.jpg.suppl.json"),
        ("IMG.jpg", "IMG.json"),
        ("IMG(1).jpg", "IMG.jpg(1).json"),
        ("IMG(1).jpg", "IMG.jpg.supplemental-metadata(1).json"),
        ("IMG-edited.jpg", "IMG.jpg.json"),
        ("a name so long that Google cuts it off somewhere.jpg", None),
    ],
)
def test_takeout_under_all_its_names(tmp_path, name, beside):
    if name == "IMG-edited.jpg":
        (tmp_path / "IMG.jpg").touch()
    beside = beside or f"{name[:46]}.json"
    (tmp_path / beside).write_text(takeout())
    local = datetime.fromtimestamp(UNIX)
    assert found(tmp_path / name) == (local.isoformat(), DateSource.TAKEOUT)


@pytest.mark.parametrize(
    "said",
    ["{", "[]", "{}", takeout(0), takeout("soon"), takeout(10**30), NO_NUMBER, "[" * 100_000],
)
def test_json_that_tells_no_date_is_passed_over(tmp_path, said):
    (tmp_path / "a.jpg.json").write_text(said)
    assert found(tmp_path / "a.jpg") is None


def test_what_tells_better_comes_first(tmp_path):
    folder = tmp_path / "2001-03 Rome"
    photo = folder / "IMG-20020405-WA0001.jpg"
    assert found(folder / "a.jpg") == ("2001-03", DateSource.FOLDER)
    (folder / "a.jpg.json").write_text(takeout())
    assert found(folder / "a.jpg")[1] == DateSource.TAKEOUT
    assert found(photo) == ("2002-04-05", DateSource.NAME)
    (folder / f"{photo.name}.json").write_text(takeout())
    assert found(photo) == ("2002-04-05", DateSource.NAME)
    (folder / f"{photo.name}.xmp").write_text(xmp())
    assert found(photo) == ("2005-12-17T22:03:32", DateSource.SIDECAR)


@pytest.mark.parametrize("source", [DateSource.SHUTTER, DateSource.XMP])
def test_nothing_is_better_than_the_shutter_in_the_file(tmp_path, source):
    (tmp_path / "20010101_101112.jpg.xmp").write_text(xmp())
    exif = Exif(taken_at=datetime(2020, 5, 6, 7), taken_from=source)
    assert found(tmp_path / "20010101_101112.jpg", exif) is None


def test_the_name_comes_before_the_last_save(tmp_path):
    path = tmp_path / "IMG-20161224-WA0014.jpg"
    assert found(path, saved(2020, 5, 6, 7, 8, 9)) == ("2016-12-24", DateSource.NAME)


def test_no_photo_was_taken_after_it_was_saved(tmp_path):
    path = tmp_path / "2024-08-10 Exhibition" / "IMG-20240811-WA0001.jpg"
    assert found(path, saved(2003, 5, 6, 7, 8, 9)) is None


def test_of_one_day_what_tells_the_time_is_closer(tmp_path):
    path = tmp_path / "2003-05-06 Wedding" / "a.jpg"
    assert found(path, saved(2003, 5, 6, 7, 8, 9)) is None
    assert found(path, saved(2008, 1, 2, 3, 4, 5)) == ("2003-05-06", DateSource.FOLDER)


def test_a_day_in_the_file_is_told_closer_by_the_name(tmp_path):
    exif = Exif(
        taken_at=datetime(2024, 8, 10),
        taken_from=DateSource.XMP,
        taken_precision=DatePrecision.DAY,
    )
    told = found(tmp_path / "20240810_101112.jpg", exif)
    assert told == ("2024-08-10T10:11:12", DateSource.NAME)
    assert found(tmp_path / "20240811_101112.jpg", exif) is None


def test_a_copy_with_another_name_knows_nothing_of_it(tmp_path):
    assert found(tmp_path / "20240810_101112.jpg") is not None
    assert found(tmp_path / "a.jpg") is None


def test_a_folder_that_is_gone_still_has_its_name(tmp_path):
    date = better(tmp_path / "2024-08-10 Party" / "a.jpg")
    assert date == TakenDate(datetime(2024, 8, 10), DateSource.FOLDER, DatePrecision.DAY)


def test_a_sidecar_that_cannot_be_read_costs_its_date_only(tmp_path):
    (tmp_path / "20240810_101112.jpg.xmp").mkdir()
    assert found(tmp_path / "20240810_101112.jpg")[1] == DateSource.NAME
