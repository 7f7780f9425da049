"""What the walk leaves out by name, and how it is counted."""

from pathlib import PurePath

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


def videos(*names):
    counted = LeftOut()
    counted.count(names)
    return counted.videos


def test_the_film_of_a_photo_is_no_video():
    assert videos("IMG_1.HEIC", "img_1.mov", "IMG_2.mov") == ("IMG_2.mov",)


@pytest.mark.parametrize(
    ("photo", "film"),
    [
        ("IMG_1.HEIC", "IMG_1_HEVC.MOV"),
        ("IMG_E1.JPG", "IMG_1.MOV"),
        ("PXL_1.MP.jpg", "PXL_1.MP"),
        ("a.jpg", "a.wav"),
        ("a-edited.jpg", "a.mp4"),
    ],
)
def test_what_goes_with_a_photo_is_no_video_whatever_it_is_called(photo, film):
    assert videos(photo, film) == ()


def test_a_film_that_only_shares_its_name_with_something_else_is_a_video():
    assert videos("a.mp4", "a.json", "a.txt", "b.jpg") == ("a.mp4",)


def test_the_small_version_of_a_film_is_no_second_video():
    assert videos("GX01.MP4", "GL01.LRV") == ("GX01.MP4",)


def test_few_videos_are_named():
    counted = LeftOut()
    assert counted.told_of_videos("Library") is None
    counted.count(["a.mp4", "b.MOV"])
    counted.count(["c.avi"], PurePath("Holiday"))
    told = counted.told_of_videos("Library")
    holiday = str(PurePath("Holiday", "c.avi"))
    assert told.text() == f"3 videos are not looked at: a.mp4, b.MOV, {holiday}"
    assert counted.told() is None


def test_of_many_videos_the_folders_are_named_most_first():
    counted = LeftOut()
    for folder, count in {".": 2, "A": 1, "B": 4, "C": 3, "D": 1}.items():
        counted.count([f"{number}.mp4" for number in range(count)], PurePath(folder))
    told = counted.told_of_videos("Library")
    assert told.text() == (
        "11 videos are not looked at: 4 in B, 3 in C, 2 in Library, 2 in 2 more folders"
    )
    assert told.text("ko").startswith("동영상 11개는 살펴보지 않음: B에 4개")
    assert len(counted.videos) == 11


def test_where_all_is_read_nothing_is_told():
    counted = LeftOut()
    counted.count([f"photo{suffix}" for suffix in PICTURE_SUFFIXES])
    assert counted.told() is None
    assert counted.told_of_videos("Library") is None
    assert not left_out._PICTURES & PICTURE_SUFFIXES
