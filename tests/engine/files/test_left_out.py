"""What the walk leaves out by name, and how it is counted."""

import pytest

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files import left_out
from photo_organizer.engine.files.formats import PICTURE_SUFFIXES
from photo_organizer.engine.files.left_out import LeftOut, is_library, is_no_place_for_photos


@pytest.mark.parametrize(
    "name",
    [
        "Photos Library.photoslibrary",
        "iPhoto Library.migratedphotolibrary",
        "Aperture Library.migratedaperturelibrary",
        "Session.cocatalog",
        "Catalog.LRLIBRARY",
        "Catalog.lrcat-data",
        "Film.fcpbundle",
        "Photo Booth Library.photoboothlibrary",
        "Files.dtMediaStore",
    ],
)
def test_libraries_of_other_programs(name):
    assert is_library(name)


@pytest.mark.parametrize("name", ["@eaDir", "#recycle", "Catalog Previews.lrdata", "$RECYCLE.BIN"])
def test_folders_that_nobody_put_photos_into(name):
    assert is_no_place_for_photos(name)


@pytest.mark.parametrize(
    "name", ["Rome", "photoslibrary", "library", ".library", "My app", "2019.05"]
)
def test_other_folders_are_looked_through(name):
    assert not is_library(name)
    assert not is_no_place_for_photos(name)


def test_files_are_counted_by_suffix_most_first():
    counted = LeftOut()
    counted.count(["a.psd", "b.PSD", "c.exr", "photo.jpg", "notes.txt", "noext"])
    counted.count(["a.psd", "a.jpg_original"])
    told = counted.told()
    assert told is not None
    assert told.text() == "5 files left out: 3 .psd, 1 .exr, 1 .jpg_original"
    assert told.text("ko") == "파일 5개를 읽지 않음: .psd 3개, .exr 1개, .jpg_original 1개"
    assert Reason.from_json(told.to_json()) == told


def test_the_film_of_a_photo_is_not_left_out():
    counted = LeftOut()
    counted.count(["IMG_1.HEIC", "img_1.mov", "IMG_2.mov"])
    told = counted.told()
    assert told is not None
    assert told.text() == "1 file left out: 1 .mov"


def test_where_all_is_read_nothing_is_told():
    counted = LeftOut()
    counted.count(f"photo{suffix}" for suffix in PICTURE_SUFFIXES)
    assert counted.told() is None
    assert not left_out._PICTURES & PICTURE_SUFFIXES
