from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.domain.holdings import ITEM_BYTES, Extra, Holdings
from photo_organizer.engine.files import formats
from photo_organizer.engine.files.containers import jpeg, reading
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
    return holdings.holdings(data, decode.decode(data, suffix))


def heif(*pictures: Image.Image, **how) -> bytes:
    import pillow_heif

    file = io.BytesIO()
    whole = pillow_heif.HeifFile()
    for picture in pictures:
        whole.add_from_pillow(picture)
    whole.save(file, quality=70, **how)
    return file.getvalue()


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


def test_of_a_format_without_a_reader_only_equal_bytes_are_equal():
    one, other = reading.read(b"one", "NEW"), reading.read(b"other", "NEW")
    assert [kind for kind, _ in one.extras] == [Extra.APPENDED]
    assert one.extras == reading.read(b"one", "NEW").extras != other.extras


def test_every_format_has_a_reader():
    assert formats.FORMATS.keys() <= reading.FORMATS


@pytest.mark.parametrize("piece", [3, 64])
def test_a_scan_is_looked_through_in_pieces(monkeypatch, piece):
    data = saved(scene(), "JPEG", progressive=True, quality=95)
    assert b"\xff\0" in data
    whole = held(data + FILM)
    monkeypatch.setattr(jpeg, "_PIECE", piece)
    assert held(data + FILM) == whole
    assert kinds(held(data[:-2] + b"\xff")) == []


# ------------------------------------------------------------------ what lies beside the picture


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"])
@settings(max_examples=15, deadline=None)
@example(extra=b"ftyp", padding=b"")
@example(extra=b"ftyp", padding=b"\0" * 99)
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
        saved(scene(), "AVIF", exif=exif),
        heif(scene(), exif=exif.tobytes()),
    ]


SAMPLES = _samples()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SAMPLES) - 1), st.floats(0, 1), st.integers(0, 255))
def test_no_damage_ever_raises(which, where, value):
    data = SAMPLES[which]
    picture = decode.decode(data)
    at = int(where * (len(data) - 1))
    for damaged in (data[:at], data[:at] + bytes([value]) + data[at + 1 :]):
        assert isinstance(holdings.holdings(damaged, picture), Holdings)


def test_what_cannot_be_opened_is_said_to_be_there():
    picture = decode.decode(saved(scene(), "PNG"))
    with pytest.raises(UnreadableError):
        decode.decode(b"nothing at all")
    assert kinds(holdings.holdings(b"nothing at all", picture)) == [Extra.APPENDED]


# ------------------------------------------------------------------ boxes


def test_heif_pictures_and_their_words_are_read():
    exif = Image.Exif()
    exif[0x013B] = "Somebody"
    plain, noted = held(heif(scene())), held(heif(scene(), exif=exif.tobytes(), xmp=TITLE))
    assert (plain.pictures, plain.extras, plain.facts) == (1, (), b"")
    assert len(noted.facts) == 2 * ITEM_BYTES
    assert plain.coded
    assert plain.shows_the_same(noted)
    assert held(heif(scene(), scene(2))).pictures == 2


def test_heif_films_and_what_follows_count():
    data = heif(scene())
    assert kinds(held(data + struct.pack(">I4s", 8 + len(FILM), b"mpvd") + FILM)) == [Extra.FILM]
    assert kinds(held(data + b"?" * 50)) == [Extra.APPENDED]
    assert held(data + bytes(50)) == held(data)


def test_more_bits_of_heif_and_avif_count():
    import pillow_heif

    deep = np.random.default_rng(1).integers(0, 65536, (64, 64, 3), np.uint16)
    file = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", (64, 64), deep.tobytes()).save(file, quality=-1)
    assert held(file.getvalue()).bits > 8
    assert held(file.getvalue()).pixels


# ------------------------------------------------------------------ what metadata says


def xmp(properties: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="any"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" '
        'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
        'xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" '
        f"{attributes}>{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


TITLE = xmp('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">a title</rdf:li></rdf:Alt></dc:title>')


def noted(**how) -> Holdings:
    return held(saved(scene(), "JPEG", **how))


def exif_of(base: dict | None = None, detail: dict | None = None, place: dict | None = None):
    exif = Image.Exif()
    exif.update(base or {})
    exif.get_ifd(0x8769).update(detail or {})
    exif.get_ifd(0x8825).update(place or {})
    return exif


def test_what_a_program_writes_about_the_file_says_nothing():
    plain = noted()
    about_the_file = {
        0x0131: "Program 1.0",
        0x0132: "2024:01:01 00:00:00",
        0x0112: 1,
        0x011A: 300.0,
    }
    exif = exif_of(about_the_file, {0xA001: 1, 0xA002: 96, 0x9000: b"0232"})
    assert noted(exif=exif) == plain
    program = xmp(
        "<xmpMM:History><rdf:Seq><rdf:li>saved</rdf:li></rdf:Seq></xmpMM:History>",
        'xmp:ModifyDate="2024-01-01" xmp:CreatorTool="Program" dc:format="image/jpeg" '
        'tiff:Orientation="1" xmpMM:InstanceID="xmp.iid:1"',
    )
    assert noted(xmp=program) == plain
    assert noted(comment=b"Created with GIMP") == plain
    text = PngImagePlugin.PngInfo()
    text.add_text("Software", "Program")
    text.add_text("date:modify", "2024-01-01")
    assert held(saved(scene(), "PNG", pnginfo=text)).facts == b""


@pytest.mark.parametrize(
    "exif",
    [
        {0x9003: "2020:01:02 03:04:05"},
        {0xA434: "A lens"},
        {0xA431: "123456"},
        {0x927C: b"private to the maker"},
        {0x829A: 0.01},
        {0x9286: b"ASCII\0\0\0a comment"},
    ],
)
def test_what_a_camera_or_a_person_wrote_counts(exif):
    more = noted(exif=exif_of(detail=exif))
    assert len(more.facts) == ITEM_BYTES
    assert more.more_than(noted())


@pytest.mark.parametrize(
    "attributes",
    [
        'xmp:Label="red"',
        'crs:Exposure2012="+0.50"',
        'photoshop:City="Seoul"',
        'GDepth:Near="0.5"',
    ],
)
def test_properties_of_xmp_count(attributes):
    assert len(noted(xmp=xmp("", attributes)).facts) == ITEM_BYTES


def test_each_form_of_a_property_is_the_same_statement():
    as_attribute = noted(xmp=xmp("", 'photoshop:City="Seoul"'))
    as_element = noted(xmp=xmp("<photoshop:City>Seoul</photoshop:City>"))
    as_iptc = noted_iptc((90, b"Seoul"))
    assert as_attribute.facts == as_element.facts == as_iptc.facts != b""


def noted_iptc(*records: tuple[int, bytes]) -> Holdings:
    block = b"".join(struct.pack(">BBBH", 28, 2, n, len(text)) + text for n, text in records)
    resource = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    )
    segment = b"Photoshop 3.0\0" + resource
    data = saved(scene(), "JPEG")
    return held(data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:])


def test_one_caption_is_one_wherever_it_stands():
    in_exif = noted(exif=exif_of({0x010E: "on the beach"}))
    caption = (
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">on the beach</rdf:li></rdf:Alt>'
    )
    in_xmp = noted(xmp=xmp(caption + "</dc:description>"))
    in_iptc = noted_iptc((120, b"on the beach"))
    assert in_exif.words == in_xmp.words == in_iptc.words
    assert len(in_exif.words) == ITEM_BYTES
    assert in_exif.facts == b""


def test_what_a_clean_up_would_not_carry_over_is_no_word():
    one = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">sea</rdf:li></rdf:Alt>'
    two = noted(exif=exif_of({0x010E: "on the beach"}), xmp=xmp(one + "</dc:description>"))
    assert (two.words, len(two.facts)) == (b"", 2 * ITEM_BYTES)
    text = PngImagePlugin.PngInfo()
    text.add_text("Description", "on the beach")
    png = held(saved(scene(), "PNG", pnginfo=text))
    assert (png.words, len(png.facts)) == (b"", ITEM_BYTES)
    in_both = noted(
        exif=exif_of({0x010E: "on the beach"}),
        xmp=xmp("", 'tiff:ImageDescription="on the beach"'),
    )
    assert (len(in_both.words), in_both.facts) == (ITEM_BYTES, b"")


def test_words_in_xmp_that_a_clean_up_does_not_find_are_facts():
    whole = xmp("<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>")
    found = noted(xmp=whole)
    assert (len(found.words), found.facts) == (ITEM_BYTES, b"")
    other = noted(xmp=whole.replace(b"x:xmpmeta", b"a:xmpmeta").replace(b"xmlns:x=", b"xmlns:a="))
    assert (other.words, len(other.facts)) == (b"", ITEM_BYTES)
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", whole.decode(), zip=True)
    packed = held(saved(scene(), "PNG", pnginfo=text))
    assert (packed.words, len(packed.facts)) == (b"", ITEM_BYTES)


def test_stars_keywords_and_places_are_words():
    in_exif = noted(
        exif=exif_of(
            {0x4746: 4, 0x9C9E: "sea;sun\0".encode("utf-16-le")},
            place={1: "N", 2: (37.0, 30.0, 0.0), 3: "W", 4: (126.0, 30.0, 0.0)},
        )
    )
    subject = "<dc:subject><rdf:Bag><rdf:li>sun</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>"
    said = 'xmp:Rating="4" exif:GPSLatitude="37,30.0N" exif:GPSLongitude="126,30.0W"'
    in_xmp = noted(xmp=xmp(subject, said))
    assert len(in_exif.words) == 4 * ITEM_BYTES
    assert in_exif.words == in_xmp.words
    assert in_exif.facts == in_xmp.facts == b""
    assert len(in_exif.places) == 1
    assert in_exif.places == in_xmp.places
    assert noted(xmp=xmp("", 'xmp:Rating="-1"')).words == b""


def test_one_moment_and_one_exposure_are_one_in_exif_and_xmp():
    in_exif = noted(exif=exif_of(detail={0x9003: "2020:01:02 03:04:05", 0x829D: 2.8}))
    said = 'exif:DateTimeOriginal="2020-01-02T03:04:05" exif:FNumber="28/10"'
    assert in_exif.facts == noted(xmp=xmp("", said)).facts
    assert len(in_exif.facts) == 2 * ITEM_BYTES


def test_a_depth_map_in_xmp_is_one():
    data = saved(scene(), "JPEG")
    long = xmp("", 'GDepth:Data="aGVsbG8gd29ybGQ="')
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">I", len(long))
    half = len(long) // 2
    segments = b""
    for offset, part in ((half, long[half:]), (0, long[:half])):
        body = head + struct.pack(">I", offset) + part
        segments += b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    found = held(data[:2] + segments + data[2:])
    assert kinds(found) == [Extra.DEPTH_MAP]


def test_metadata_that_cannot_be_read_is_not_nothing():
    assert noted(xmp=b"<x:xmpmeta><broken").facts
    assert noted(exif=b"Exif\0\0not any directory").facts
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&a;'
    assert noted(xmp=bomb + b"</x:xmpmeta>").facts
    deep = b"<RDF>" * 500 + b"</RDF>" * 500
    assert noted(xmp=deep).facts


def test_many_statements_are_bounded():
    many = "".join(f"<rdf:li>{n}</rdf:li>" for n in range(2000))
    found = noted(xmp=xmp(f"<photoshop:Any><rdf:Bag>{many}</rdf:Bag></photoshop:Any>"))
    assert 0 < len(found.facts) <= 1024 * ITEM_BYTES
    other = noted(xmp=xmp(f"<photoshop:Any><rdf:Bag>{many[:-20]}</rdf:Bag></photoshop:Any>"))
    assert found.facts != other.facts


def test_png_texts_are_read():
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "a title", zip=True)
    assert held(saved(scene(), "PNG", pnginfo=text)).facts == noted(xmp=TITLE).facts
    long = PngImagePlugin.PngInfo()
    long.add_text("Comment", "words " * 200_000, zip=True)
    assert len(held(saved(scene(), "PNG", pnginfo=long)).facts) == ITEM_BYTES


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
def test_exif_and_xmp_say_the_same_in_each_container(format_):
    exif = exif_of({0x010F: "Maker", 0x0110: "Model"}, {0xA434: "A lens", 0x829D: 2.8})
    how = {"xmp": TITLE}
    if format_ == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", TITLE.decode())
        how = {"pnginfo": info}
    found = held(saved(scene(), format_, exif=exif, **how))
    assert found.facts == noted(exif=exif, xmp=TITLE).facts
    assert len(found.facts) == 5 * ITEM_BYTES


def test_a_tiff_says_what_its_tags_say():
    exif = exif_of({0x010F: "Maker", 0x013B: "Somebody", 0x010E: "on the beach", 0x0131: "any"})
    found, expected = held(saved(scene(), "TIFF", exif=exif)), noted(exif=exif)
    assert (found.facts, found.words) == (expected.facts, expected.words)


def test_jpeg_2000_is_read_too():
    data = saved(scene(), "JPEG2000", irreversible=False)
    assert held(data).shows_the_same(held(saved(scene(), "PNG")))
    assert kinds(held(data + b"?" * 50)) == [Extra.APPENDED]
    assert held(saved(Image.fromarray(np.full((64, 64), 40_000, np.uint16)), "JPEG2000")).bits == 16


def test_files_made_to_cost_time_are_bounded():
    # Directories that lie over one another, each of which names the next, and the same strips.
    entry = struct.pack("<HHII", 0x0111, 4, 4000, 8)
    page = struct.pack("<H", 2) + entry + struct.pack("<HHII", 0x0117, 4, 4000, 8)
    pages = b"".join(page + struct.pack("<I", 8 + 30 * (n + 1)) for n in range(3000))
    hostile = b"II*\0" + struct.pack("<I", 8) + pages
    picture = decode.decode(saved(scene(), "TIFF"))
    assert isinstance(holdings.holdings(hostile, picture), Holdings)
    assert noted(xmp=b"<RDF " * 10_000).facts
