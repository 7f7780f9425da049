from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.domain.holdings import Extra, Holdings
from photo_organizer.engine.pixels import decode, holdings
from tests.engine.pixels.test_colour_profiles import SRGB, profile

FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(range(256)) * 8


def scene(seed: int = 1, width: int = 96, height: int = 64) -> Image.Image:
    noise = np.random.default_rng(seed).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    return Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)


def saved(image: Image.Image, format_: str, **how) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **how)
    return file.getvalue()


def held(data: bytes, suffix: str = "") -> Holdings:
    return holdings.holdings(data, suffix, decode.decode(data, suffix))


def kinds(held_: Holdings) -> list[Extra]:
    return [kind for kind, _ in held_.extras]


PLAIN_SAVES = {
    "JPEG": {"quality": 90},
    "PNG": {},
    "WEBP": {"quality": 80},
    "TIFF": {"compression": "tiff_lzw"},
    "BMP": {},
    "GIF": {},
    "AVIF": {},
}


@pytest.mark.parametrize("format_", PLAIN_SAVES)
def test_a_plain_picture_holds_nothing_but_itself(format_):
    found = held(saved(scene(), format_, **PLAIN_SAVES[format_]))
    assert (found.pictures, found.animated, found.bits, found.alpha) == (1, False, 8, False)
    assert (found.profile, found.wide, found.extras, found.facts, found.words) == (
        b"",
        False,
        (),
        b"",
        b"",
    )
    assert found.pixels


# ------------------------------------------------------------------ pictures, depth, colours


def test_lossless_saves_of_one_picture_show_the_same():
    saves = [
        saved(scene(), "PNG"),
        saved(scene(), "PNG", compress_level=0),
        saved(scene(), "BMP"),
        saved(scene(), "TIFF"),
        saved(scene(), "TIFF", compression="tiff_lzw", big_tiff=True),
        saved(scene(), "WEBP", lossless=True),
        saved(scene().convert("RGBA"), "PNG"),
    ]
    first, *others = [held(data) for data in saves]
    assert all(first.shows_the_same(other) for other in others)
    assert not first.shows_the_same(held(saved(scene(2), "PNG")))


def test_grey_equals_the_same_grey_in_colours():
    grey = scene().convert("L")
    assert held(saved(grey, "PNG")).shows_the_same(held(saved(grey.convert("RGB"), "BMP")))


def test_pages_of_a_document_count_without_its_previews():
    pages = [scene(2), scene(3)]
    found = held(saved(scene(), "TIFF", save_all=True, append_images=pages))
    assert (found.pictures, found.animated) == (3, False)
    other = held(saved(scene(), "TIFF", save_all=True, append_images=[scene(2), scene(4)]))
    packed = saved(
        scene(), "TIFF", save_all=True, append_images=pages, compression="tiff_adobe_deflate"
    )
    assert found.shows_the_same(held(packed))
    assert not found.shows_the_same(other)
    # TIFF 6.0, NewSubfileType: 1 is a smaller version of another picture of the file.
    two = saved(scene(), "TIFF", save_all=True, append_images=[scene(2)], tiffinfo={254: 0})
    at = two.rindex(struct.pack("<HHI", 254, 4, 1)) + 8
    previewed = held(two[:at] + b"\1" + two[at + 1 :])
    assert previewed.pictures == 1
    assert previewed.shows_the_same(held(saved(scene(), "PNG")))


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG", "AVIF"])
def test_frames_of_an_animation_count(format_):
    frames = [scene(2), scene(3)]
    found = held(saved(scene(), format_, save_all=True, append_images=frames, duration=100))
    assert (found.pictures, found.animated) == (3, True)
    assert found.pixels


def test_more_pictures_than_anybody_compares_are_only_counted():
    frames = [Image.new("RGB", (8, 8), (n, 255 - n, 3 * n % 256)) for n in range(80)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    found = held(data)
    assert found.pictures == 80
    assert not found.pixels


def test_sixteen_bits_are_more_than_eight_where_they_say_more():
    deep = np.random.default_rng(1).integers(0, 65536, (48, 64), np.uint16)
    found = held(saved(Image.fromarray(deep), "PNG"))
    assert found.bits == 16
    assert found.shows_the_same(held(saved(Image.fromarray(deep), "TIFF")))
    assert not found.shows_the_same(held(saved(Image.fromarray(deep ^ 1), "PNG")))
    eight = np.asarray(scene().convert("L"))
    spare = held(saved(Image.fromarray(eight.astype(np.uint16) * 257), "PNG"))
    assert spare.bits == 8
    assert spare.shows_the_same(held(saved(Image.fromarray(eight), "PNG")))


def test_sixteen_bits_of_colours_are_seen_at_full_depth():
    import cv2

    deep = np.random.default_rng(2).integers(0, 65536, (48, 64, 3), np.uint16)
    png = cv2.imencode(".png", deep)[1].tobytes()
    tiff = cv2.imencode(".tiff", deep)[1].tobytes()
    other = cv2.imencode(".png", deep ^ 1)[1].tobytes()
    assert held(png).bits == 16
    assert held(png).shows_the_same(held(tiff))
    assert not held(png).shows_the_same(held(other))


def test_only_what_is_transparent_is_transparency():
    picture = scene().convert("RGBA")
    assert not held(saved(picture, "PNG")).alpha
    picture.putpixel((5, 5), (1, 2, 3, 200))
    assert held(saved(picture, "PNG")).alpha
    assert held(saved(picture, "WEBP", lossless=True)).alpha
    indexed = scene().quantize(16)
    assert held(saved(indexed, "PNG", transparency=0)).alpha
    unused = Image.new("P", (8, 8), 1)
    unused.putpalette([0, 0, 0, 255, 0, 0])
    assert not held(saved(unused, "PNG", transparency=0)).alpha


def test_profiles_count_by_what_they_do():
    wide = profile(name="sRGB by name")
    found = held(saved(scene(), "PNG", icc_profile=wide))
    assert found.wide
    assert found.profile
    assert found.profile == held(saved(scene(), "JPEG", icc_profile=profile(name="other"))).profile
    assert not held(saved(scene(), "PNG", icc_profile=profile(SRGB))).profile
    # The numbers themselves are compared, apart from what they stand for.
    assert found.pixels == held(saved(scene(), "PNG")).pixels
    assert not found.shows_the_same(held(saved(scene(), "PNG")))
    assert held(saved(scene(), "PNG", icc_profile=b"no profile" * 20)).profile


def test_inks_are_compared_as_inks():
    inks = scene().convert("CMYK")
    found = held(saved(inks, "JPEG", quality=90))
    assert found.pixels
    assert found.pixels != held(saved(inks.convert("RGB"), "JPEG", quality=90)).pixels


# ------------------------------------------------------------------ the compressed picture


def test_a_jpeg_is_known_by_its_compressed_picture_whatever_lies_around_it():
    plain = saved(scene(1, 3600, 2400), "JPEG", quality=60)
    exif = Image.Exif()
    exif[0x013B] = "Somebody"
    noted = saved(scene(1, 3600, 2400), "JPEG", quality=60, exif=exif, comment=b"a note")
    assert not held(plain).pixels
    assert held(plain).shows_the_same(held(noted))
    exif[0x0112] = 6
    turned = saved(scene(1, 3600, 2400), "JPEG", quality=60, exif=exif)
    assert not held(plain).shows_the_same(held(turned))
    assert not held(plain).shows_the_same(held(saved(scene(1, 3600, 2400), "JPEG", quality=61)))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_compressed_picture_of_other_formats_is_known_too(format_):
    exif = Image.Exif()
    exif[0x013B] = "Somebody"
    assert held(saved(scene(), format_)).coded
    assert held(saved(scene(), format_)).coded == held(saved(scene(), format_, exif=exif)).coded
    assert held(saved(scene(), format_)).coded != held(saved(scene(2), format_)).coded


def test_progressive_pictures_end_where_they_end():
    data = saved(scene(), "JPEG", progressive=True)
    assert held(data).extras == ()
    assert kinds(held(data + FILM)) == [Extra.FILM]
    assert held(data).coded == held(data + FILM).coded


# ------------------------------------------------------------------ what lies beside the picture


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"])
@settings(max_examples=15, deadline=None)
@given(
    extra=st.binary(min_size=1, max_size=64), padding=st.sampled_from([b"", b"\0" * 99, b"\r\n"])
)
def test_what_follows_the_end_counts_unless_it_is_padding(format_, extra, padding):
    data = saved(scene(), format_)
    assert held(data + padding) == held(data)
    junk = b"#" + extra + b"#"
    more = held(data + padding + junk)
    assert kinds(more) == [Extra.APPENDED]
    assert more.more_than(held(data))
    assert not held(data).more_than(more)
    assert more.shows_the_same(held(data))


def test_a_film_behind_the_picture_is_one():
    data = saved(scene(), "JPEG")
    assert kinds(held(data + FILM)) == [Extra.FILM]
    assert held(data + FILM).extras != held(data + FILM[:-9]).extras


def test_a_second_picture_behind_the_first_counts():
    data = saved(scene(), "JPEG")
    second = saved(scene(2, 32, 24).convert("L"), "JPEG")
    assert kinds(held(data + second)) == [Extra.PICTURE]
    assert kinds(held(data + second + FILM)) == [Extra.FILM, Extra.PICTURE]


def test_the_pictures_of_a_stereo_pair_count_but_no_declared_preview():
    pair = saved(scene(), "MPO", save_all=True, append_images=[scene(2)])
    assert kinds(held(pair)) == [Extra.PICTURE]
    # CIPA DC-007, table 4: 0x010002 is a large thumbnail of the first picture.
    assert held(_with_kind(pair, 0x010002)).extras == ()


def _with_kind(pair: bytes, kind: int) -> bytes:
    """The MPO with another kind for its second picture."""
    at = pair.index(b"MPF\0") + 4
    order = "<" if pair[at : at + 2] == b"II" else ">"
    (directory,) = struct.unpack_from(order + "I", pair, at + 4)
    (count,) = struct.unpack_from(order + "H", pair, at + directory)
    for n in range(count):
        tag, _, _, value = struct.unpack_from(order + "HHII", pair, at + directory + 2 + 12 * n)
        if tag == 0xB002:
            place = at + value + 16
            return pair[:place] + struct.pack(order + "I", kind) + pair[place + 4 :]
    raise AssertionError("no list of pictures")


GAIN_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    b'syntax-ns#"><rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" '
    b'hdrgm:Version="1.0"/></rdf:RDF></x:xmpmeta>'
)


def test_a_gain_map_behind_the_picture_is_one():
    gain = saved(scene(2, 32, 24).convert("L"), "JPEG", xmp=GAIN_XMP)
    assert kinds(held(saved(scene(), "JPEG") + gain)) == [Extra.GAIN_MAP]


def samsung(*blocks: tuple[bytes, bytes]) -> bytes:
    body, table = b"", b""
    packed = [struct.pack("<HHI", 0, 0x0A30, len(name)) + name + data for name, data in blocks]
    total = sum(map(len, packed))
    for block in packed:
        table += struct.pack("<HHII", 0, 0x0A30, total - len(body), len(block))
        body += block
    head = b"SEFH" + struct.pack("<II", 106, len(packed)) + table
    return body + head + struct.pack("<I", len(head)) + b"SEFT"


def test_the_trailer_of_samsungs_phones_is_read():
    data = saved(scene(), "JPEG")
    film = samsung((b"Image_UTC_Data", b"1577836800000"), (b"MotionPhoto_Data", FILM))
    assert kinds(held(data + film)) == [Extra.FILM]
    assert kinds(held(data + samsung((b"SoundShot_000", bytes(range(200)))))) == [Extra.SOUND]
    stamp = held(data + samsung((b"Image_UTC_Data", b"1577836800000")))
    assert stamp.extras == ()
    assert kinds(held(data + film[:-9])) != []


# ------------------------------------------------------------------ damage


def _samples() -> list[bytes]:
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "a title", zip=True)
    exif = Image.Exif()
    exif[0x013B] = "Somebody"
    exif.get_ifd(0x8769)[0x9003] = "2020:01:02 03:04:05"
    return [
        saved(scene(), "JPEG", exif=exif, xmp=GAIN_XMP) + FILM,
        saved(scene(), "MPO", save_all=True, append_images=[scene(2)]),
        saved(scene(), "PNG", pnginfo=text, exif=exif),
        saved(scene(), "TIFF", save_all=True, append_images=[scene(2)], exif=exif),
        saved(scene(), "WEBP", exif=exif, xmp=GAIN_XMP),
        saved(scene(), "GIF", comment=b"a note"),
    ]


SAMPLES = _samples()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SAMPLES) - 1), st.floats(0, 1), st.integers(0, 255))
def test_no_damage_ever_raises(which, where, value):
    data = SAMPLES[which]
    picture = decode.decode(data)
    at = int(where * (len(data) - 1))
    for damaged in (data[:at], data[:at] + bytes([value]) + data[at + 1 :]):
        assert isinstance(holdings.holdings(damaged, "", picture), Holdings)


def test_what_cannot_be_opened_is_said_to_be_there():
    picture = decode.decode(saved(scene(), "PNG"))
    with pytest.raises(UnreadableError):
        decode.decode(b"nothing at all")
    assert kinds(holdings.holdings(b"nothing at all", "", picture)) == [Extra.APPENDED]
