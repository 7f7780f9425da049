from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from photo_organizer.engine.domain.dates import DateSource
from photo_organizer.engine.domain.facts import XMP_REJECTED, Exif, UnreadableError
from photo_organizer.engine.files import formats
from photo_organizer.engine.files.exif import of_image, of_raw
from photo_organizer.engine.pixels import decode
from tests.engine import pictures

MAKE, MODEL, SOFTWARE, TIME, RATING = 0x010F, 0x0110, 0x0131, 0x0132, 0x4746
TAKEN, SUBSECOND, LENS, BIAS = 0x9003, 0x9291, 0xA434, 0x9204
EXPOSURE, F_NUMBER, ISO, FOCAL = 0x829A, 0x829D, 0x8827, 0x920A
CARRIERS = ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"]


def photo(base=None, detail=None, gps=None, format_="JPEG", **options) -> bytes:
    block = pictures.exif(base or {}, detail or {}, gps)
    return pictures.encoded(pictures.scene(), format_, exif=block, **options)


def read_exif(data: bytes, suffix: str = "") -> Exif:
    """The Exif facts of a file's bytes, as `decode` asks for them."""
    if formats.is_raw(data, suffix):
        return of_raw(data)
    try:
        image = formats.open_image(data)
    except UnreadableError:
        return Exif()
    return of_image(image)


@pytest.mark.parametrize("format_", CARRIERS)
def test_all_facts_from_every_format(format_):
    data = photo(
        {MAKE: "Canon\0\0", MODEL: "Canon EOS R5 ", SOFTWARE: "darktable 4.6", RATING: 4},
        {
            TAKEN: "2024:05:06 07:08:09",
            SUBSECOND: "25",
            LENS: "RF50mm F1.2",
            BIAS: IFDRational(-2, 3),
            EXPOSURE: IFDRational(1, 250),
            F_NUMBER: IFDRational(28, 10),
            ISO: 400,
            FOCAL: IFDRational(50),
        },
        {1: "S", 2: (33.0, 51.0, 30.0), 3: "E", 4: (151.0, 12.0, 0.0)},
        format_,
    )
    facts = read_exif(data)
    assert facts.taken_at == datetime(2024, 5, 6, 7, 8, 9, 250_000)
    assert facts.has_subsecond
    assert (facts.camera, facts.lens, facts.software) == (
        "Canon EOS R5",
        "RF50mm F1.2",
        "darktable 4.6",
    )
    assert facts.exposure_bias == pytest.approx(-2 / 3, abs=1e-3)
    assert facts.exposure_time == pytest.approx(1 / 250)
    assert facts.f_number == pytest.approx(2.8)
    assert (facts.iso, facts.focal_length, facts.rating) == (400, 50, 4)
    assert facts.gps == pytest.approx((-(33 + 51.5 / 60), 151.2))
    assert facts.fields >= 15
    opened = decode.open_photo(data)[1]
    assert opened.taken_at == facts.taken_at
    assert opened.gps == facts.gps


def test_a_photo_without_exif():
    assert read_exif(pictures.encoded(pictures.scene())) == Exif()


@pytest.mark.parametrize(
    ("digits", "microsecond"), [("5", 500_000), ("05", 50_000), ("123456789", 123_456), ("0", 0)]
)
def test_subseconds_are_digits_behind_the_point(digits, microsecond):
    facts = read_exif(photo(detail={TAKEN: "2024:05:06 07:08:09", SUBSECOND: digits}))
    assert facts.has_subsecond
    assert facts.taken_at.microsecond == microsecond


@pytest.mark.parametrize("digits", ["", "   ", "ab", "²"])
def test_a_fraction_that_is_none(digits):
    facts = read_exif(photo(detail={TAKEN: "2024:05:06 07:08:09", SUBSECOND: digits}))
    assert facts.taken_at == datetime(2024, 5, 6, 7, 8, 9)
    assert not facts.has_subsecond


def test_the_shutter_counts_before_the_last_edit():
    edited = {TIME: "2025:01:01 00:00:00"}
    shot = {TAKEN: "2024:05:06 07:08:09"}
    assert read_exif(photo(edited, shot)).taken_at == datetime(2024, 5, 6, 7, 8, 9)
    assert read_exif(photo(edited)).taken_at == datetime(2025, 1, 1)
    unset = {TAKEN: "0000:00:00 00:00:00"}
    assert read_exif(photo(edited, unset)).taken_at == datetime(2025, 1, 1)


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", ""])
def test_a_clock_that_was_never_set_is_no_time(text):
    assert read_exif(photo(detail={TAKEN: text})).taken_at is None


@pytest.mark.parametrize(
    ("maker", "model", "camera"),
    [
        ("Apple", "iPhone 15", "Apple iPhone 15"),
        ("NIKON CORPORATION", "NIKON D850", "NIKON D850"),
        ("Canon", "", "Canon"),
        ("", "X100V", "X100V"),
        ("", "", None),
    ],
)
def test_the_camera_is_named_once(maker, model, camera):
    assert read_exif(photo({MAKE: maker, MODEL: model})).camera == camera


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (IFDRational(1, 0), 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (50.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_is_none(gps):
    assert read_exif(photo(gps=gps)).gps is None


@pytest.mark.parametrize(
    "block",
    [
        '<rdf:Description xmp:Rating="3"/>',
        "<rdf:Description xmp:Rating='3'/>",
        "<xmp:Rating>3</xmp:Rating>",
        "<xmp:Rating>\n 3</xmp:Rating>",
    ],
)
def test_the_rating_of_xmp(block):
    assert read_exif(pictures.encoded(pictures.scene(), xmp=block.encode())).rating == 3


def test_ratings_stay_within_the_stars():
    rejected = b'<rdf:Description xmp:Rating="-1"/>'
    assert read_exif(pictures.encoded(pictures.scene(), xmp=rejected)).rating == XMP_REJECTED
    assert read_exif(photo({RATING: 99})).rating == 5
    assert read_exif(photo({RATING: 2}, xmp=rejected)).rating == 2


def test_values_without_meaning_are_left_out():
    facts = read_exif(photo(detail={EXPOSURE: IFDRational(0, 1), F_NUMBER: IFDRational(1, 0)}))
    assert (facts.exposure_time, facts.f_number) == (None, None)


def test_raw_files_laid_out_like_tiff_under_other_numbers():
    plain = read_exif(pictures.dng(), ".dng")
    assert plain.camera == "Test Camera"
    assert plain.taken_at == datetime(2024, 5, 6, 7, 8, 9)
    assert read_exif(b"IIRO" + pictures.dng()[4:], ".orf") == plain
    assert read_exif(b"IIU\0" + pictures.dng()[4:], ".rw2") == plain


def test_raw_files_that_are_no_tiff_have_the_facts_of_their_preview(monkeypatch):
    monkeypatch.setattr("photo_organizer.engine.files.exif.of_raw", lambda _data: Exif())
    preview = pictures.encoded(pictures.scene())
    facts = decode.open_photo(pictures.dng(96, 64, preview=preview), ".dng")[1]
    assert facts.camera == "Test Camera"
    assert facts.taken_at == datetime(2024, 5, 6, 7, 8, 9)
    assert facts.software is None


def test_raw_files_keep_the_facts_of_their_preview():
    detail = {TAKEN: "2024:01:02 03:04:05", SUBSECOND: "5", ISO: 800, FOCAL: IFDRational(35)}
    jpeg = photo({MAKE: "Maker", MODEL: "Model"}, detail)
    preview = jpeg[:2] + jpeg[20:]  # as cameras write it, without JFIF's segment
    facts = decode.open_photo(pictures.dng(96, 64, preview=preview), ".dng")[1]
    assert (facts.iso, facts.focal_length) == (800, 35)
    assert facts.camera == "Test Camera"
    assert facts.taken_at == datetime(2024, 5, 6, 7, 8, 9)
    assert not facts.has_subsecond  # the fraction of one time is none of another


@pytest.mark.parametrize("data", [b"", b"text", b"\xff\xd8\xff", b"FUJIFILMCCD-RAW", b"II*\0"])
@pytest.mark.parametrize("suffix", [".jpg", ".dng"])
def test_garbage_has_no_facts(data, suffix):
    assert read_exif(data, suffix) == Exif()


@given(damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=20))
@settings(max_examples=80, deadline=None)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # as the program sets it
def test_damaged_exif_never_raises(damage):
    block = bytearray(pictures.exif({MAKE: "A", TIME: "2024:05:06 07:08:09"}, {ISO: 1}, {1: "N"}))
    for place, garbage in damage:
        at = 6 + int(place * (len(block) - 7))
        block[at : at + len(garbage)] = garbage
    data = _with_block(block)
    assert isinstance(read_exif(data), Exif)
    assert decode.decode(data).pixels.shape[2] == 3


def _with_block(block: bytes) -> bytes:
    """A JPEG that carries the bytes as its Exif segment."""
    data = pictures.encoded(pictures.scene(16, 16))
    return data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:]


def packet(**said: str) -> bytes:
    """An XMP packet that says these dates, by names such as ``exif__DateTimeOriginal``."""
    attributes = " ".join(f'{name.replace("__", ":")}="{value}"' for name, value in said.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        f' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" {attributes}/>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


SAVED = {TIME: "2008:07:31 10:50:00"}
SHUTTER = datetime(2005, 12, 17, 22, 3, 32)


@pytest.mark.parametrize("base", [{}, SAVED])
@pytest.mark.parametrize(
    "name", ["exif__DateTimeOriginal", "photoshop__DateCreated", "xmp__CreateDate"]
)
@pytest.mark.parametrize("zone", ["", "Z", "+09:00"])
def test_the_shutter_in_xmp_comes_before_the_last_save(name, base, zone):
    data = photo(base, xmp=packet(**{name: f"2005-12-17T22:03:32{zone}"}))
    assert read_exif(data).taken_at == SHUTTER


def test_the_shutter_in_exif_comes_before_xmp():
    xmp = packet(exif__DateTimeOriginal="2011-01-01T01:01:01")
    data = photo(SAVED, {TAKEN: "2005:12:17 22:03:32"}, xmp=xmp)
    assert read_exif(data).taken_at == SHUTTER


def test_xmp_as_an_element_and_with_a_fraction():
    element = packet().replace(
        b"/></rdf:RDF>",
        b"><exif:DateTimeOriginal>2005-12-17T22:03:32.25</exif:DateTimeOriginal>"
        b"</rdf:Description></rdf:RDF>",
    )
    facts = read_exif(photo(SAVED, xmp=element))
    assert facts.taken_at == SHUTTER.replace(microsecond=250_000)
    assert facts.has_subsecond


@pytest.mark.parametrize(
    "nonsense",
    [
        "2098:01:01 00:00:00",
        "1970:01:01 00:00:00",
        "1970:01:01 09:00:00",
        "1969:12:31 19:00:00",
        "1980:01:01 00:00:00",
        "1904:01:01 00:00:00",
        "0001:01:01 00:00:00",
        "2024:13:45 10:00:00",
    ],
)
def test_a_date_that_cannot_be_is_none(nonsense):
    assert read_exif(photo({}, {TAKEN: nonsense})).taken_at is None
    # What else is known counts then.
    assert read_exif(photo(SAVED, {TAKEN: nonsense})).taken_at == datetime(2008, 7, 31, 10, 50)


def test_old_prints_may_be_dated_by_hand():
    assert read_exif(photo({}, {TAKEN: "1931:06:01 00:00:00"})).taken_at == datetime(1931, 6, 1)


def test_what_says_so_is_known():
    xmp = packet(exif__DateTimeOriginal="2005-12-17T22:03:32")
    shot = {TAKEN: "2005:12:17 22:03:32"}
    assert read_exif(photo(SAVED, shot, xmp=xmp)).taken_from is DateSource.SHUTTER
    assert read_exif(photo(SAVED, xmp=xmp)).taken_from is DateSource.XMP
    made = packet(xmp__CreateDate="2005-12-17T22:03:32")
    assert read_exif(photo(SAVED, xmp=made)).taken_from is DateSource.DIGITIZED
    assert read_exif(photo(SAVED)).taken_from is DateSource.SAVED
    assert read_exif(photo(SAVED)).shutter is None
    assert read_exif(photo(SAVED)).moment is not None


@pytest.mark.parametrize(("said", "text"), [("2005-12-17", "2005-12-17"), ("2005-12", "2005-12")])
def test_xmp_may_say_a_day_or_a_month_only(said, text):
    facts = read_exif(photo({}, xmp=packet(photoshop__DateCreated=said)))
    assert facts.taken.text() == text
    assert facts.moment is None


def test_xmp_may_be_written_as_exif_is():
    said = packet(exif__DateTimeOriginal="2005:12:17 22:03:32.25")
    assert read_exif(photo({}, xmp=said)).taken_at == SHUTTER.replace(microsecond=250_000)


def test_exif_may_leave_the_time_blank():
    facts = read_exif(photo({}, {TAKEN: "2005:12:17   :  :  "}))
    assert facts.taken.text() == "2005-12-17"


@pytest.mark.parametrize("format_", CARRIERS)
def test_xmp_is_read_in_every_format_that_holds_it(format_):
    said = packet(exif__DateTimeOriginal="2005-12-17T22:03:32")
    options = {"xmp": said}
    if format_ == "TIFF":
        options = {"tiffinfo": {700: said}}
    if format_ == "PNG":
        options = {"pnginfo": PngImagePlugin.PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", said.decode())
    facts = read_exif(pictures.encoded(pictures.scene(), format_, **options))
    assert facts.taken_at == SHUTTER
