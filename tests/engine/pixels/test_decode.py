from __future__ import annotations

import io
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.files import formats
from photo_organizer.engine.pixels import decode
from photo_organizer.engine.pixels.picture import Picture
from tests.engine import pictures

LOSSLESS = ["PNG", "TIFF", "BMP"]
EVERY_FORMAT = ["JPEG", "WEBP", "GIF", "HEIF", "AVIF", "JPEG2000", *LOSSLESS]


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Mean difference of two pictures of one shape, in grey levels."""
    assert one.shape == other.shape
    return float(np.abs(one.astype(float) - other).mean())


def check(picture: Picture) -> None:
    """What everyone after the decoder relies on."""
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.ndim == 3
    assert picture.pixels.shape[2] == 3
    assert picture.pixels.flags.c_contiguous
    assert picture.pixels.flags.writeable


def reason(data: bytes, suffix: str = ".jpg") -> str:
    with pytest.raises(UnreadableError) as caught:
        decode.decode(data, suffix)
    return str(caught.value)


@pytest.mark.parametrize("format_", EVERY_FORMAT)
def test_every_format_gives_the_picture(format_):
    scene = pictures.scene(160, 120)
    picture = decode.decode(pictures.encoded(scene, format_), ".x")
    check(picture)
    assert (picture.width, picture.height, picture.format) == (160, 120, format_)
    assert picture.lossy == (format_ not in (*LOSSLESS, "GIF"))
    assert difference(picture.pixels, scene) <= (0 if format_ in LOSSLESS else 8)


def test_a_tiff_packed_as_jpeg_is_lossy():
    data = pictures.encoded(pictures.scene(), "TIFF", compression="jpeg")
    assert decode.decode(data).lossy


def test_the_bytes_tell_the_format_not_the_name():
    assert decode.decode(pictures.encoded(pictures.scene(), "PNG"), ".jpg").format == "PNG"
    assert decode.decode(pictures.encoded(pictures.scene(), "JPEG"), ".nef").format == "JPEG"
    assert decode.decode(pictures.encoded(pictures.scene(), "TIFF"), ".dng").format == "TIFF"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(format_, orientation):
    image = Image.fromarray(pictures.scene(96, 64))
    block = pictures.exif({0x0112: orientation}, {})
    data = pictures.encoded(image, format_, exif=block)
    # What Pillow makes of the same turn is right, whoever turned it.
    image.getexif()[0x0112] = orientation
    expected = np.asarray(ImageOps.exif_transpose(image))
    picture = decode.decode(data)
    check(picture)
    assert (picture.height, picture.width) == expected.shape[:2]
    assert difference(picture.pixels, expected) < 8
    assert difference(decode.decode_view(data), expected) < 8


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("side", "decoded"),
    [(1599, 1599), (1600, 1600), (3199, 3199), (3200, 1600), (5000, 2500), (6400, 1600)],
)
def test_large_photos_are_shrunk_by_whole_halves(format_, side, decoded):
    picture = decode.decode(pictures.encoded(pictures.scene(side, 90), format_))
    assert (picture.width, picture.height) == (side, 90)
    assert picture.pixels.shape[1] == decoded
    assert picture.scale == decoded / side


def test_a_large_jpeg_and_a_large_png_shrink_alike():
    scene = pictures.scene(3600, 1200)
    shrunk = [decode.decode(pictures.encoded(scene, f)).pixels for f in ("JPEG", "PNG")]
    assert difference(*shrunk) < 3


@given(width=st.integers(1, 70), height=st.integers(1, 70), side=st.integers(1, 80))
@settings(max_examples=60, deadline=None)
def test_views_fit_and_are_never_enlarged(width, height, side):
    for format_ in ("JPEG", "PNG"):
        data = pictures.encoded(pictures.scene(width, height), format_)
        pixels = decode.decode_view(data, max_side=side)
        assert max(pixels.shape[:2]) == min(side, max(width, height))


@pytest.mark.parametrize("format_", ["JPEG", "TIFF"])
def test_cmyk(format_):
    scene = pictures.scene()
    data = pictures.encoded(Image.fromarray(scene).convert("CMYK"), format_)
    assert difference(decode.decode(data).pixels, scene) < 8


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF"])
def test_grey(format_):
    grey = Image.fromarray(pictures.scene()).convert("L")
    picture = decode.decode(pictures.encoded(grey, format_))
    check(picture)
    assert difference(picture.pixels, np.asarray(grey.convert("RGB"))) < 4


@pytest.mark.parametrize("format_", ["PNG", "TIFF"])
def test_sixteen_bit_grey_keeps_its_range(format_):
    ramp = np.linspace(0, 65_535, 64 * 96).astype(np.uint16).reshape(64, 96)
    pixels = decode.decode(pictures.encoded(Image.fromarray(ramp), format_)).pixels
    assert difference(pixels[..., 0], ramp / 257) < 1


@pytest.mark.parametrize("top", [1.0, 255.0, 65_535.0])
def test_float_grey_of_any_scale(top):
    ramp = np.linspace(0, top, 64 * 96, dtype=np.float32).reshape(64, 96)
    pixels = decode.decode(pictures.encoded(Image.fromarray(ramp), "TIFF")).pixels
    assert difference(pixels[..., 0], ramp / top * 255) < 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB"])
def test_transparency_becomes_white(mode):
    image = Image.new("RGBA", (8, 4), (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, 4, 4))
    if mode == "RGB":  # one colour declared transparent
        image = Image.new("RGB", (8, 4), "black")
        image.paste("red", (0, 0, 4, 4))
        data = pictures.encoded(image, "PNG", transparency=(255, 0, 0))
    else:
        data = pictures.encoded(image.convert(mode), "PNG")
    pixels = decode.decode(data).pixels
    assert (pixels[:, :4] == 255).all()
    assert (pixels[:, 4:] == 0).all()


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG", "TIFF"])
def test_the_first_of_several_frames(format_):
    frames = [Image.new("RGB", (32, 16), colour) for colour in ("white", "black", "white")]
    data = pictures.encoded(frames[0], format_, save_all=True, append_images=frames[1:])
    assert decode.decode(data).pixels.min() > 240


def test_raw_through_its_preview_or_developed_half_size():
    scene = pictures.scene(320, 240)
    full = decode.decode(pictures.dng(preview=pictures.encoded(scene)), ".DNG")
    check(full)
    assert (full.width, full.height, full.format, full.lossy) == (320, 240, "RAW", False)
    assert difference(full.pixels, scene) < 8
    small = pictures.encoded(pictures.scene(80, 60))
    for data in (pictures.dng(), pictures.dng(preview=small)):
        half = decode.decode(data, ".dng")
        check(half)
        assert (half.width, half.height, half.pixels.shape) == (320, 240, (120, 160, 3))
        assert half.pixels[:, :20].mean() < half.pixels[:, -20:].mean()


@pytest.mark.parametrize(("orientation", "turn"), [(3, 2), (6, -1), (8, 1)])
def test_raw_is_turned_upright_once(orientation, turn):
    scene = pictures.scene(320, 240)
    expected = np.rot90(scene, turn)
    for preview in (
        pictures.encoded(scene),
        pictures.encoded(scene, exif=pictures.exif({0x0112: orientation}, {})),
    ):
        data = pictures.dng(orientation=orientation, preview=preview)
        picture = decode.decode(data, ".dng")
        assert (picture.height, picture.width) == expected.shape[:2]
        assert difference(picture.pixels, expected) < 8


def test_a_preview_that_the_camera_turned_already_is_not_turned_again():
    scene = pictures.scene(240, 320)
    data = pictures.dng(320, 240, orientation=6, preview=pictures.encoded(scene))
    assert difference(decode.decode(data, ".dng").pixels, scene) < 8


def test_a_raw_file_with_a_broken_preview_is_developed():
    preview = pictures.encoded(pictures.scene(320, 240))[:-300]
    picture = decode.decode(pictures.dng(preview=preview), ".dng")
    assert picture.pixels.shape == (120, 160, 3)


def test_a_cut_raw_file_is_refused():
    data = pictures.dng()
    assert reason(data[: len(data) // 2], ".dng") == "corrupt raw file"
    assert reason(b"FUJIFILMCCD-RAW " + bytes(500), ".raf").endswith(("supported", "raw file"))


def test_raw_formats_that_libraw_does_not_know_are_called_so():
    for head in (b"II\x1a\0\0\0HEAPCCDR", b"FUJIFILMCCD-RAW ", b"a camera's own"):
        assert reason(head + bytes(2000), ".crw") == "raw format that is not supported"
    assert (
        reason(b"II\x1a\0\0\0HEAPCCDR" + bytes(2000), ".jpg") == "raw format that is not supported"
    )


def test_the_small_preview_of_an_unknown_raw_format_is_not_the_photo():
    preview = pictures.encoded(pictures.scene(), "TIFF", tiffinfo={254: 1})
    assert reason(preview, ".nef") == "raw format that is not supported"
    assert decode.decode(preview, ".tif").format == "TIFF"


def test_a_sensor_that_sees_no_colours():
    brighter = np.tile(np.linspace(0, 65_535, 320).astype(np.uint16), (240, 1))
    picture = decode.decode(pictures.monochrome_dng(brighter), ".dng")
    check(picture)
    assert (picture.width, picture.height, picture.format) == (320, 240, "RAW")
    assert (picture.pixels == picture.pixels[..., :1]).all()
    assert picture.pixels[:, :20].mean() < 60 < 200 < picture.pixels[:, -20:].mean()


def test_what_is_no_picture():
    assert reason(b"") == "empty file"
    assert reason(b"Dear diary, this is no photo.") == "not a picture"
    assert reason(b"<svg xmlns='http://www.w3.org/2000/svg'/>") == "not a picture"
    assert reason(b"%!PS-Adobe-3.0 EPSF-3.0\n") == "not a picture"
    assert reason(b"BMW is a maker of cars") == "not a picture"
    assert reason(bytes(1000)) == "not a picture"


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.97, 0.995])
def test_a_cut_file_is_refused(format_, share):
    data = pictures.encoded(pictures.scene(640, 480), format_)
    assert reason(data[: int(len(data) * share)]).startswith(("truncated ", "corrupt "))


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}])
@pytest.mark.parametrize("missing", [3, 4, 20, 2000])  # the last two bytes are the end marker
def test_a_cut_jpeg_is_called_truncated(options, missing):
    data = pictures.encoded(pictures.scene(3600, 400), **options)
    assert reason(data[:-missing]) == "truncated JPEG"
    # An interrupted copy may have its full length already, as zeros.
    assert reason(data[:-missing] + bytes(missing)).startswith(("truncated ", "corrupt "))


def test_a_jpeg_damaged_inside_is_refused():
    noise = np.random.default_rng(0).integers(0, 256, (256, 256, 3), dtype=np.uint8)
    data = bytearray(pictures.encoded(noise))
    middle = len(data) // 2
    data[middle : middle + 64] = b"\xff\xc4\x00\x02" * 16
    assert reason(bytes(data)) in ("corrupt JPEG", "truncated JPEG")


def test_harmless_oddities_of_cameras_are_no_damage():
    scene = pictures.scene(200, 100)
    data = pictures.encoded(scene)
    appended = data + b"maker's trailer" * 50
    padded = data[:-2] + bytes(500) + data[-2:]  # zeros before the end marker
    stray = data[:20] + bytes(3) + data[20:]  # zeros between two segments
    for odd in (appended, padded, stray):
        assert difference(decode.decode(odd).pixels, scene) < 8


def test_a_view_shows_what_there_is_of_a_cut_jpeg():
    scene = pictures.scene(600, 400)
    data = pictures.encoded(scene)
    view = decode.decode_view(data[: len(data) * 3 // 4], max_side=600)
    assert difference(view[:150], scene[:150]) < 8


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "TIFF", "WEBP", "HEIF", "AVIF"])
def test_pictures_and_views_are_true_to_a_wide_colour_profile(format_):
    red = np.full((16, 16, 3), (200, 60, 60), np.uint8)
    data = pictures.encoded(red, format_, icc_profile=pictures.wide_gamut_profile())
    # By the P3 to sRGB matrix in linear light: more red, less green and blue.
    for pixels in (decode.decode_view(data), decode.decode(data).pixels):
        assert np.abs(pixels[8, 8].astype(int) - (217, 42, 52)).max() <= 3


def test_a_view_keeps_srgb_and_what_is_no_profile():
    red = np.full((16, 16, 3), (200, 60, 60), np.uint8)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"garbage", bytes(200)):
        view = decode.decode_view(pictures.encoded(red, "PNG", icc_profile=profile))
        assert (view == red).all()


def test_a_bomb_is_refused_from_its_header(monkeypatch):
    bomb = pictures.png_bomb()
    assert len(bomb) < 150_000

    def never(_image):
        raise AssertionError("the bomb was unpacked")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", never)
    assert reason(bomb, ".png") == "more than 400 megapixels"
    assert reason(pictures.png_bomb(20_001, 20_000), ".png") == "more than 400 megapixels"


def test_a_bomb_leaks_no_warning():
    with warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("error", Image.DecompressionBombWarning)  # as the program sets it
        reason(pictures.png_bomb(30_000, 20_000), ".png")
    assert not leaked


def test_a_jpeg_of_endless_scans_is_refused():
    data = pictures.encoded(pictures.scene(), progressive=True)
    scan = data.rindex(b"\xff\xda")
    assert reason(data[:-2] + data[scan:-2] * 500 + data[-2:]) == "corrupt JPEG"


def test_too_little_memory_is_a_reason(monkeypatch):
    def exhausted(_image):
        raise MemoryError

    data = pictures.encoded(pictures.scene(), "PNG")
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", exhausted)
    assert reason(data) == "too large for this computer's memory"


@given(
    format_=st.sampled_from(EVERY_FORMAT),
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=6),
    suffix=st.sampled_from([".jpg", ".dng", ".heic"]),
)
@settings(max_examples=80, deadline=None)
def test_damage_gives_a_picture_or_a_reason_and_nothing_else(format_, damage, suffix):
    data = bytearray(pictures.encoded(pictures.scene(48, 32), format_))
    for place, garbage in damage:
        at = int(place * (len(data) - 1))
        data[at : at + len(garbage)] = garbage
    try:
        picture, _ = decode.open_photo(bytes(data), suffix)
    except UnreadableError:
        return
    check(picture)


@given(st.sampled_from([b"", b"\xff\xd8\xff", b"II*\0", b"\x89PNG\r\n\x1a\n"]), st.binary())
@settings(deadline=None)
def test_random_bytes_give_a_reason(head, tail):
    with pytest.raises(UnreadableError):
        decode.decode(head + tail, ".dng")


def test_threads_share_the_decoder():
    scenes = [pictures.scene(200, 150, seed) for seed in range(12)]
    files = [pictures.encoded(s, EVERY_FORMAT[i % 9]) for i, s in enumerate(scenes)]
    with ThreadPoolExecutor(4) as pool:
        for scene, picture in zip(scenes, pool.map(decode.decode, files), strict=True):
            assert difference(picture.pixels, scene) < 12


def test_the_header_alone_gives_size_and_format():
    image = formats.open_image(pictures.encoded(pictures.scene(96, 64), "PNG"))
    assert (image.size, image.format) == ((96, 64), "PNG")
    assert isinstance(image.fp, io.BytesIO)
