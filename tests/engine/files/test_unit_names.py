"""Names that cameras, phones and editors give to what belongs to a photo."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from photo_organizer.engine.files import unit_names
from photo_organizer.engine.files.unit_names import Part, belongings, beside, part_of, unit_stem

LONG = "a photo with a name that is longer than Google likes.jpg"


@pytest.mark.parametrize(
    ("file", "pictures", "owners"),
    [
        ("IMG_1.MOV", ["IMG_1.HEIC"], ["IMG_1.HEIC"]),
        ("img_1.mov", ["IMG_1.HEIC", "IMG_2.HEIC"], ["IMG_1.HEIC"]),
        ("IMG_1.MOV", ["IMG_1.HEIC", "IMG_1.JPG"], ["IMG_1.HEIC", "IMG_1.JPG"]),
        ("IMG_1.HEIC.MOV", ["IMG_1.HEIC", "IMG_1.JPG"], ["IMG_1.HEIC"]),
        ("IMG_1_HEVC.MOV", ["IMG_1.JPG"], ["IMG_1.JPG"]),
        ("IMG_1_HEVC.MOV", ["IMG_1.JPG", "IMG_1_HEVC.JPG"], ["IMG_1_HEVC.JPG"]),
        ("IMG_1.MOV", ["IMG_1.HEIC", "IMG_E1.JPG"], ["IMG_1.HEIC", "IMG_E1.JPG"]),
        ("IMG_E1.MOV", ["IMG_1.HEIC", "IMG_E1.JPG"], ["IMG_E1.JPG"]),
        ("IMG_E1.MOV", ["IMG_1.HEIC"], ["IMG_1.HEIC"]),
        ("IMG_1.AAE", ["IMG_E1.JPG"], ["IMG_E1.JPG"]),
        ("IMG_O1.AAE", ["IMG_1.HEIC"], ["IMG_1.HEIC"]),
        ("IMG_1.xmp", ["IMG_1.HEIC", "IMG_E1.JPG"], ["IMG_1.HEIC"]),
        ("PXL_1.MP", ["PXL_1.MP.jpg"], ["PXL_1.MP.jpg"]),
        ("PXL_1.MP", ["PXL_1.jpg"], ["PXL_1.jpg"]),
        ("PXL_1.MP~2", ["PXL_1.MP.jpg", "PXL_1.MP~2.jpg"], ["PXL_1.MP~2.jpg"]),
        ("PXL_1.mp4", ["PXL_1.MP.jpg"], ["PXL_1.MP.jpg"]),
        ("PXL_1.MP.mp4", ["PXL_1.MP.jpg"], ["PXL_1.MP.jpg"]),
        ("MVIMG_1.mp4", ["MVIMG_1.jpg"], ["MVIMG_1.jpg"]),
        ("1.jpg.xmp", ["1.jpg", "1.png"], ["1.jpg"]),
        ("1_01.jpg.xmp", ["1.jpg"], ["1.jpg"]),
        ("1_01.jpg.xmp", ["1.jpg", "1_01.jpg"], ["1_01.jpg"]),
        ("1.jpg.pp3", ["1.jpg"], ["1.jpg"]),
        ("1.jpg.json", ["1.jpg"], ["1.jpg"]),
        ("1.jpg.supplemental-metadata.json", ["1.jpg"], ["1.jpg"]),
        ("1.jpg.supplemental-meta.json", ["1.jpg"], ["1.jpg"]),
        ("1.jpg.s.json", ["1.jpg"], ["1.jpg"]),
        ("1.jpg..json", ["1.jpg"], ["1.jpg"]),
        ("1.jpg(1).json", ["1.jpg", "1(1).jpg"], ["1(1).jpg"]),
        ("1.jpg.supplemental-metadata(1).json", ["1.jpg", "1(1).jpg"], ["1(1).jpg"]),
        ("1(1).jpg.json", ["1.jpg", "1(1).jpg"], ["1(1).jpg"]),
        (f"{LONG[:46]}.json", [LONG, "1.jpg"], [LONG]),
        (f"{LONG[:46]}.json", [LONG[:47] + ".jpg"], [LONG[:47] + ".jpg"]),
        ("1.jpg.json", ["1.jpg", "1-edited.jpg"], ["1.jpg", "1-edited.jpg"]),
        ("1.MOV.json", ["1.HEIC"], None),
        ("1.THM", ["1.JPG"], ["1.JPG"]),
        ("1.WAV", ["1.JPG"], ["1.JPG"]),
        ("2.MOV", ["1.JPG"], None),
        ("1.txt", ["1.JPG"], None),
        ("10.jpg.json", ["1.jpg"], None),
    ],
)
def test_whose_a_file_is(file: str, pictures: list[str], owners: list[str] | None) -> None:
    found = belongings([file, *pictures])
    assert found.get(file) == (tuple(owners) if owners else None)


def test_the_words_about_a_film_are_those_of_its_photo() -> None:
    found = belongings(["1.HEIC", "1.MOV", "1.MOV.json", "1.MOV.supplemental-meta.json"])
    assert set(found) == {"1.MOV", "1.MOV.json", "1.MOV.supplemental-meta.json"}
    assert set(found.values()) == {("1.HEIC",)}


@pytest.mark.parametrize(
    ("name", "leaving", "kept", "called"),
    [
        ("a.jpg.xmp", "a.jpg", "b.jpeg", "b.jpeg.xmp"),
        ("a.xmp", "a.jpg", "b.jpeg", "b.xmp"),
        ("a.AAE", "a.HEIC", "b.HEIC", "b.AAE"),
        ("IMG_O1.AAE", "IMG_1.HEIC", "IMG_2.HEIC", "IMG_O2.AAE"),
        ("IMG_1.AAE", "IMG_E1.HEIC", "IMG_2.HEIC", "IMG_2.AAE"),
        ("a_01.jpg.xmp", "a.jpg", "b.jpg", "b_01.jpg.xmp"),
        ("a.jpg.suppl.json", "a.jpg", "b.jpg", "b.jpg.suppl.json"),
        ("a.jpg(1).json", "a(1).jpg", "b.jpg", "b.jpg.json"),
    ],
)
def test_what_a_sidecar_is_called_beside_another_photo(
    name: str, leaving: str, kept: str, called: str
) -> None:
    assert beside(name, leaving, kept) == called
    assert belongings([called, kept]) == {called: (kept,)}


def test_parts_are_known_by_their_names() -> None:
    assert part_of("1.MP~2") is Part.FILM
    assert part_of("1.wav") is Part.SOUND
    assert part_of("1.DOP") is Part.SIDECAR
    assert part_of("1.jpg") is None
    assert part_of(".mov") is None


def test_raw_and_picture_of_one_shot_have_one_stem() -> None:
    assert unit_stem("PXL_1.RAW-02.ORIGINAL.dng") == unit_stem("PXL_1.RAW-01.MP.COVER.jpg")
    assert unit_stem("A.b.JPG") == "a.b"


characters = st.text(st.sampled_from("a1._(~)-EO") | st.characters(), min_size=1, max_size=50)
endings = st.sampled_from(["", ".jpg", ".xmp", ".json", ".mov", ".MP", ".aae", "(1).json", ".CR2"])


@example(["\ud800.json"])
@given(st.lists(st.builds(str.__add__, characters, endings), max_size=8))
def test_any_names_are_understood(names: list[str]) -> None:
    found = belongings(names)
    for name, pictures in found.items():
        assert part_of(name)
        assert set(pictures) <= set(names)
        for picture in pictures:
            assert unit_names.by_picture(found)[picture]
            assert beside(name, picture, "kept.jpg")
