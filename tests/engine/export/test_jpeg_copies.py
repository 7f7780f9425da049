"""Copies as JPEG: their size, colours, and what they say of a photo and its place."""

import io
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.export import copies, naming
from photo_organizer.engine.export.copies import Copied, NotCopied
from photo_organizer.engine.export.copy_form import FULL_SIZE, CopyForm, Making
from photo_organizer.engine.export.jpeg_copies import made
from photo_organizer.engine.files import xmp
from photo_organizer.engine.files.xmp import Metadata
from photo_organizer.engine.highlights.selection import Selection
from tests.engine import pictures
from tests.engine.export.chosen import chosen

BASE = ExifTags.Base
SEOUL = {1: "N", 2: (37.0, 33.0, 0.0), 3: "E", 4: (126.0, 58.0, 0.0)}
WORDS = Metadata(4, "A walk", ("lake",), (37.55, 126.97))
SMALL, PLACELESS = CopyForm(longest=100), CopyForm(location=False)


def photo(tmp_path, name="walk.jpg", size=(400, 300), base=None, **options):
    """A photo that says when and where it was taken, and by whom."""
    block = pictures.exif(
        {BASE.Model: "Camera X", BASE.Copyright: "Kim", BASE.MakerNote: b"37.55N", **(base or {})},
        {BASE.DateTimeOriginal: "2024:05:06 07:08:09", BASE.FNumber: 2.8},
        SEOUL,
    )
    path = pictures.save(tmp_path / "album" / name, *size, exif=block, **options)
    one = chosen(path).photo
    with Image.open(path) as image:
        format_ = image.format or ""
    return replace(one, width=size[0], height=size[1], format=format_)


def opened(data):
    return Image.open(io.BytesIO(data))


def gps(image):
    return dict(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))


def test_a_copy_has_the_size_asked_for_and_is_never_enlarged(tmp_path):
    one = photo(tmp_path)
    assert opened(made(one, SMALL)).size == (100, 75)
    assert SMALL.making(photo(tmp_path, "small.jpg", (80, 60))) is Making.FILE
    png = photo(tmp_path, "small.png", (80, 60), format_="PNG")
    assert opened(made(png, SMALL)).size == (80, 60)


def test_a_smaller_copy_keeps_date_camera_author_and_place(tmp_path):
    copy = opened(made(photo(tmp_path), SMALL))
    assert copy.getexif()[BASE.Copyright] == "Kim"
    assert copy.getexif().get_ifd(ExifTags.IFD.Exif)[BASE.DateTimeOriginal] == "2024:05:06 07:08:09"
    assert gps(copy)[1] == "N"


def test_a_smaller_copy_can_leave_the_place_out(tmp_path):
    data = made(photo(tmp_path, xmp=xmp.merged(None, WORDS)), replace(SMALL, location=False))
    copy = opened(data)
    assert gps(copy) == {}
    assert copy.getexif().get_ifd(ExifTags.IFD.Exif)[BASE.DateTimeOriginal] == "2024:05:06 07:08:09"
    assert b"GPS" not in data
    assert b"37.55" not in data
    assert b"A walk" in data


@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_copies_stand_upright_whether_made_anew_or_not(tmp_path, orientation):
    one = photo(tmp_path, base={BASE.Orientation: orientation})
    one = replace(one, width=300, height=400) if orientation > 4 else one
    small = opened(made(one, SMALL))
    assert small.getexif().get(BASE.Orientation, 1) == 1
    assert (small.width < small.height) == (orientation > 4)
    same = opened(made(one, PLACELESS))
    assert same.getexif().get(BASE.Orientation, 1) == orientation


def test_without_its_place_a_jpeg_keeps_its_pixels_and_its_profile(tmp_path):
    profile = pictures.wide_gamut_profile()
    one = photo(tmp_path, icc_profile=profile, xmp=xmp.merged(None, WORDS))
    before = one.path.read_bytes()
    data = made(one, PLACELESS)
    copy = opened(data)
    assert np.array_equal(np.asarray(copy), np.asarray(opened(before)))
    assert copy.info["icc_profile"] == profile
    assert gps(copy) == {}
    assert b"GPS" not in data
    assert b"37.55" not in data
    assert copy.getexif()[BASE.Copyright] == "Kim"
    assert one.path.read_bytes() == before


def test_what_lies_behind_the_picture_is_left_out_with_the_place(tmp_path):
    one = photo(tmp_path)
    one.path.write_bytes(one.path.read_bytes() + b"film with a place: 37.55")
    data = made(one, PLACELESS)
    assert data.endswith(b"\xff\xd9")
    assert opened(data).size == (400, 300)


def test_a_jpeg_that_is_oddly_built_is_made_anew_without_its_place(tmp_path):
    one = photo(tmp_path)
    data = one.path.read_bytes()
    one.path.write_bytes(data[:2] + b"\xff\xff\xff" + data[2:])
    copy = opened(made(one, PLACELESS))
    assert copy.size == (400, 300)
    assert gps(copy) == {}


def test_wide_colours_become_those_of_srgb_and_the_copy_says_so(tmp_path):
    one = photo(tmp_path, icc_profile=pictures.wide_gamut_profile())
    profile = io.BytesIO(opened(made(one, SMALL)).info["icc_profile"])
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(profile))


def test_other_formats_become_jpeg_where_a_size_or_no_place_is_asked_for(tmp_path):
    one = photo(tmp_path, "screen.png", format_="PNG")
    assert CopyForm().name(one).name == "screen.png"
    for form in (PLACELESS, SMALL, CopyForm(longest=FULL_SIZE)):
        assert form.making(one) is Making.ENCODED
        assert form.name(one).name == "screen.jpg"
        assert opened(made(one, form)).format == "JPEG"


def test_the_date_of_a_raw_file_is_kept(tmp_path):
    path = tmp_path / "album" / "raw.dng"
    path.parent.mkdir()
    path.write_bytes(pictures.dng(preview=pictures.encoded(pictures.scene(320, 240))))
    one = replace(
        chosen(path).photo, format="RAW", exif=Exif(taken_at=datetime(2024, 5, 6, 7, 8, 9))
    )
    told = opened(made(one, SMALL)).getexif().get_ifd(ExifTags.IFD.Exif)
    assert told[BASE.DateTimeOriginal] == "2024:05:06 07:08:09"


def test_copies_of_a_size_are_written_whole_under_their_names(tmp_path):
    photos = (photo(tmp_path, "a.png", format_="PNG"), photo(tmp_path, "b.jpg"))
    best = [Selection("library", tuple(replace(chosen(p.path), photo=p) for p in photos))]
    targets = naming.targets(best, tmp_path / "out", "{name}", SMALL)
    assert [target.path.name for target in targets] == ["a.jpg", "b.jpg"]
    first, second = copies.copy_all(targets, form=SMALL)
    assert isinstance(first, Copied)
    assert isinstance(second, Copied)
    assert opened(first.path.read_bytes()).size == (100, 75)
    assert first.path.stat().st_mtime == pytest.approx(photos[0].path.stat().st_mtime, abs=2)


def test_a_photo_that_cannot_be_decoded_is_told(tmp_path):
    one = photo(tmp_path)
    one.path.write_bytes(b"no picture")
    broken = replace(chosen(one.path), photo=replace(chosen(one.path).photo, width=400))
    targets = naming.targets([Selection("library", (broken,))], tmp_path / "out", "{name}", SMALL)
    (event,) = copies.copy_all(targets, form=SMALL)
    assert isinstance(event, NotCopied)
    assert not targets[0].path.exists()


def test_the_rating_beside_a_copy_tells_no_place_either(tmp_path):
    one = photo(tmp_path, xmp=xmp.merged(None, WORDS))
    best = [Selection("library", (replace(chosen(one.path), photo=one),))]
    targets = naming.targets(best, tmp_path / "out", "{name}", PLACELESS)
    (event,) = copies.copy_all(targets, form=PLACELESS, stars_of=lambda _: 3)
    assert isinstance(event, Copied)
    assert b"GPS" not in event.path.with_name("walk.jpg.xmp").read_bytes()


def test_the_size_of_copies_is_told_about(tmp_path):
    one = photo(tmp_path)
    assert CopyForm().about(one) == one.identity.size
    assert SMALL.about(one) == round(100 * 75 * 0.3)
