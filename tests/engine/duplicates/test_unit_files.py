"""What belongs to a photo, with real files; and that it goes and comes back with it."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup.planning import Plan, plan
from photo_organizer.engine.cleanup.trash import Trash
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group
from photo_organizer.engine.duplicates import unit_files
from photo_organizer.engine.duplicates.unit_files import Units, keep_parts
from tests.engine.albums import contents, group, photo, result

Album = dict[int, Photo]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Album]:
    """Writes files; those with a number are photos of that id."""

    def make(names: dict[str, int | None], content: dict[str, bytes] | None = None) -> Album:
        content = content or {}
        photos = {}
        for name, number in names.items():
            path = tmp_path / "album" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.get(name, name.encode()))
            if number is not None:
                raw = path.suffix.upper() in (".CR2", ".DNG")
                photos[number] = replace(photo(path, number), format="RAW" if raw else "JPEG")
        return photos

    return make


def names(found: dict[int, tuple[Path, ...]]) -> dict[int, set[str]]:
    return {number: {path.name for path in paths} for number, paths in found.items()}


def planned(chosen: list[int], photos: Album) -> Plan:
    return plan(chosen, result(photos.values()), unit_files=unit_files.find(chosen, photos))


def test_raw_film_and_sidecars_belong_to_the_photo_of_their_name(
    make: Callable[..., Album],
) -> None:
    photos = make(
        {
            "IMG_1.HEIC": 1,
            "IMG_1.MOV": None,
            "img_1.aae": None,
            "IMG_1.HEIC.xmp": None,
            "IMG_2.JPG": 2,
            "IMG_2.CR2": 3,
            "IMG_2.CR2.xmp": None,
            "IMG_3.MOV": None,
            "IMG_1.txt": None,
            "below/IMG_1.MOV": None,
        }
    )
    assert names(unit_files.find([1, 2], photos)) == {
        1: {"IMG_1.MOV", "img_1.aae", "IMG_1.HEIC.xmp"},
        2: {"IMG_2.CR2", "IMG_2.CR2.xmp"},
    }
    assert names(unit_files.find([1], photos)).keys() == {1}


def test_a_raw_alone_takes_only_what_is_its_own(make: Callable[..., Album]) -> None:
    photos = make(
        {"1.JPG": 1, "1.CR2": 2, "1.xmp": None, "1.CR2.xmp": None, "1.mov": None, "1.JPG.xmp": None}
    )
    (removal,) = planned([2], photos).removals
    assert {path.name for path in removal.unit_files} == {"1.CR2.xmp"}
    assert removal.photo.id == 2


def test_the_film_stays_while_a_photo_of_its_name_stays(make: Callable[..., Album]) -> None:
    photos = make({"1.HEIC": 1, "1.jpg": 2, "1.mov": None, "1.jpg.xmp": None})
    (removal,) = planned([2], photos).removals
    assert [path.name for path in removal.unit_files] == ["1.jpg.xmp"]
    both = planned([1, 2], photos).removals
    assert sorted(p.name for r in both for p in r.unit_files) == ["1.jpg.xmp", "1.mov"]


def test_what_may_belong_to_a_picture_that_could_not_be_read_stays(
    make: Callable[..., Album],
) -> None:
    photos = make({"1.jpg": 1, "1.heic": None, "1.mov": None, "1.jpg.xmp": None})
    assert names(unit_files.find([1], photos)) == {1: {"1.jpg.xmp"}}


def test_each_folder_is_listed_once(
    make: Callable[..., Album], monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = make({f"{folder}/{i}.jpg": 10 * folder + i for folder in (1, 2) for i in range(5)})
    listed: list[Path] = []
    scandir = unit_files.os.scandir
    monkeypatch.setattr(unit_files.os, "scandir", lambda f: listed.append(f) or scandir(f))
    unit_files.find(list(photos), photos)
    around = Units(list(photos.values()))
    for _ in range(2):
        keep_parts([group(*photos)], around)
    assert len(listed) == 4


def test_a_folder_that_is_gone_has_no_unit_files(make: Callable[..., Album]) -> None:
    photos = make({"1.jpg": 1})
    shutil.rmtree(photos[1].path.parent)
    assert unit_files.find([1], photos) == {}


def test_a_unit_goes_and_comes_back_as_a_whole(make: Callable[..., Album], tmp_path: Path) -> None:
    photos = make(
        {"1.JPG": 1, "1.CR2": 2, "1.MOV": None, "1.xmp": None, "1.JPG.xmp": None, "2.JPG": 3}
    )
    before = contents(tmp_path / "album")
    trash = Trash(tmp_path / "library.sqlite")
    list(trash.clean_up(planned([1], photos), threading.Event()))
    assert {path.name for path in contents(tmp_path / "album")} == {"2.JPG"}
    list(trash.undo(None, threading.Event()))
    assert contents(tmp_path / "album") == before


# ---------------------------------------------------------------------- what is safe


def judged(photos: Album, one: Group | None = None) -> Group:
    (judged,) = keep_parts([one or group(*photos)], Units(list(photos.values())))
    return judged


def codes(one: Group, place: int = -1) -> list[str]:
    return [reason.code for reason in one.more[place]]


@pytest.mark.parametrize(
    ("kept", "leaving", "code"),
    [
        (b"", b"film", "holds.film"),
        (b"fil", b"film", "holds.film"),
        (b"flim", b"film", "holds.film"),
        (None, b"film", "holds.film"),
        (b"film", b"film", None),
        (b"film", b"", None),
        (b"film", None, None),
    ],
)
@pytest.mark.parametrize("name", ["1.MOV", "1_HEVC.MOV", "1.MP", "1.mp4", "1.HEIC.MOV", "1.wav"])
def test_a_film_needs_an_equal_that_stays(
    make: Callable[..., Album], name: str, kept: bytes | None, leaving: bytes | None, code: str
) -> None:
    films = {f"a/{name}": kept, f"b/{name}": leaving}
    there = {path: film for path, film in films.items() if film is not None}
    photos = make({"a/1.HEIC": 1, "b/1.HEIC": 2, **dict.fromkeys(there)}, there)
    one = judged(photos)
    if code and name == "1.wav":
        code = "holds.sound"
    assert one.safe == (False, code is None)
    assert not code or codes(one) == [code]


def test_a_raw_needs_an_equal_that_stays(make: Callable[..., Album]) -> None:
    names: dict[str, int | None] = {"a/1.JPG": 1, "b/1.JPG": 2, "a/1.CR2": 3, "b/1.CR2": 4}
    photos = make(names, {"a/1.CR2": b"raw", "b/1.CR2": b"raw"})
    assert judged(photos, group(1, 2)).safe == (False, True)
    one = judged(make(names, {"a/1.CR2": b"raw", "b/1.CR2": b"war"}), group(1, 2))
    assert one.safe == (False, False)
    assert codes(one) == ["holds.raw"]
    del photos[3]
    assert judged(photos, group(1, 2)).safe == (False, False)


def test_a_raw_that_stays_as_a_photo_stands_for_an_equal_one(make: Callable[..., Album]) -> None:
    photos = make(
        {"a/1.CR2": 1, "b/1.JPG": 2, "b/1.CR2": 3}, {"a/1.CR2": b"raw", "b/1.CR2": b"raw"}
    )
    assert judged(photos, group(1, 2)).safe == (False, True)


def test_googles_raw_is_one_unit_with_its_picture(make: Callable[..., Album]) -> None:
    photos = make({"PXL_1.RAW-01.COVER.jpg": 1, "PXL_1.RAW-02.ORIGINAL.dng": 2, "2.jpg": 3})
    assert judged(photos, group(3, 1)).safe == (False, False)
    assert names(unit_files.find([1], photos)) == {1: {"PXL_1.RAW-02.ORIGINAL.dng"}}


def test_of_several_copies_one_stays_with_its_film(make: Callable[..., Album]) -> None:
    films = {"b/1.MOV": b"film", "c/1.MOV": b"film", "d/1.MOV": b"other"}
    photos = make(
        {"a/1.jpg": 1, "b/1.jpg": 2, "c/1.jpg": 3, "d/1.jpg": 4, **dict.fromkeys(films)}, films
    )
    assert judged(photos).safe == (False, False, True, False)


def test_a_film_that_a_photo_of_the_group_shares_stays_with_it(make: Callable[..., Album]) -> None:
    photos = make({"1.heic": 1, "1.jpg": 2, "1.mov": None})
    assert judged(photos).safe == (False, True)


@pytest.mark.parametrize("link", ["symbolic", "hard"])
def test_a_link_stands_for_no_film(make: Callable[..., Album], link: str) -> None:
    photos = make({"a/1.jpg": 1, "b/1.jpg": 2, "b/1.mov": None})
    film = photos[2].path.with_name("1.mov")
    kept = photos[1].path.with_name("1.mov")
    (kept.symlink_to if link == "symbolic" else kept.hardlink_to)(film)
    assert judged(photos).safe == (False, False)


def test_with_a_linked_film_nothing_is_lost_and_the_link_stays(make: Callable[..., Album]) -> None:
    photos = make({"a/1.jpg": 1, "b/1.jpg": 2, "c/film.mov": None})
    link = photos[2].path.with_name("1.mov")
    link.symlink_to(photos[2].path.parents[1] / "c" / "film.mov")
    assert judged(photos).safe == (False, True)
    assert planned([2], photos).unit_files == 0


def test_films_are_read_once_and_only_where_sizes_are_equal(
    make: Callable[..., Album], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    digest = unit_files.content_hash_of_file
    monkeypatch.setattr(
        unit_files,
        "content_hash_of_file",
        lambda file: read.append(Path(file.name)) or digest(file),
    )
    films = {"a/1.mov": b"film", "b/1.mov": b"film", "c/1.mov": b"short"}
    photos = make({"a/1.jpg": 1, "b/1.jpg": 2, "c/1.jpg": 3, **dict.fromkeys(films)}, films)
    around = Units(list(photos.values()))
    for _ in range(2):
        keep_parts([group(1, 2, 3)], around)
    assert [path.parent.name for path in read] == ["b", "a"]


XMP_EDITS = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+0.85"/></rdf:RDF>
</x:xmpmeta>"""


@pytest.mark.parametrize(
    ("name", "kept", "leaving", "safe"),
    [
        ("x.jpg.xmp", None, XMP_EDITS, True),
        ("x.jpg.xmp", XMP_EDITS, XMP_EDITS, True),
        ("x.jpg.xmp", XMP_EDITS.replace(b"+0.85", b"-0.20"), XMP_EDITS, False),
        ("x.xmp", None, XMP_EDITS, True),
        ("x.AAE", None, b"edits", True),
        ("x.AAE", b"other", b"edits", False),
        ("x.jpg.pp3", None, b"edits", True),
        ("x.jpg.pp3", b"other", b"edits", False),
        ("x.jpg.pp3", b"edits", b"edits", True),
        ("x.jpg.json", b'{"title": "x.jpg"}', b'{"title": "y.jpg", "description": "sea"}', True),
        ("x.jpg.json", b'{"description": "lake"}', b'{"description": "sea"}', False),
        ("x.jpg.xmp", b"somebody's work", XMP_EDITS, False),
    ],
)
def test_sidecars_are_carried_or_the_photo_is_not_safe(
    make: Callable[..., Album],
    tmp_path: Path,
    name: str,
    kept: bytes | None,
    leaving: bytes,
    safe: bool,
) -> None:
    beside = {f"b/{name}": leaving} | ({} if kept is None else {f"a/{name}": kept})
    photos = make({"a/x.jpg": 1, "b/x.jpg": 2, **dict.fromkeys(beside)}, beside)
    for number in (1, 2):  # equal bytes
        photos[number] = photo(photos[number].path, number, b"picture")
    one = judged(photos)
    assert one.safe == (False, safe)
    if not safe:
        assert codes(one) == ["holds.edits"]
    before = contents(tmp_path / "album")
    clean_up = plan([2], result(photos.values(), one), unit_files=unit_files.find([2], photos))
    assert clean_up.sidecars == int((safe and kept is None) or kept == b'{"title": "x.jpg"}')
    trash = Trash(tmp_path / "library.sqlite")
    list(trash.clean_up(clean_up, threading.Event()))
    after = contents(tmp_path / "album")
    if safe and kept is None:
        assert after == {
            photos[1].path: b"picture",
            photos[1].path.with_name(name): leaving,
        }
    if not safe:
        assert after == before
    list(trash.undo(None, threading.Event()))
    assert contents(tmp_path / "album") == before


def test_two_copies_with_edits_of_their_own_do_not_both_go(make: Callable[..., Album]) -> None:
    edits = {"b/x.jpg.pp3": b"one", "c/x.jpg.pp3": b"two", "d/x.jpg.pp3": b"one"}
    photos = make(
        {"a/x.jpg": 1, "b/x.jpg": 2, "c/x.jpg": 3, "d/x.jpg": 4, **dict.fromkeys(edits)}, edits
    )
    assert judged(photos).safe == (False, True, False, True)


def test_a_sidecar_that_a_photo_shares_with_one_that_stays_is_not_lost(
    make: Callable[..., Album],
) -> None:
    beside = {"b/1.xmp": XMP_EDITS, "a/x.xmp": XMP_EDITS.replace(b"+0.85", b"-0.20")}
    names = {"a/x.jpg": 1, "b/1.jpg": 2, "b/1.png": 3, "b/1.jpg.wav": None}
    photos = make(names | dict.fromkeys(beside), beside)
    assert judged(photos).safe == (False, False, True)


def test_what_an_edited_photo_shares_stays_with_it(make: Callable[..., Album]) -> None:
    photos = make(
        {"IMG_1.HEIC": 1, "IMG_E1.JPG": 2, "IMG_1.MOV": None, "IMG_1.AAE": None, "IMG_O1.AAE": None}
    )
    (removal,) = planned([1], photos).removals
    assert removal.unit_files == ()
    both = planned([1, 2], photos).removals
    assert {p.name for r in both for p in r.unit_files} == {"IMG_1.MOV", "IMG_1.AAE", "IMG_O1.AAE"}


def test_a_json_file_of_another_program_is_left_alone(make: Callable[..., Album]) -> None:
    google = b'{"title": "b.jpg", "photoTakenTime": {"timestamp": "0"}}'
    photos = make(
        {"a.jpg": 1, "b.jpg": 2, "a.json": None, "b.json": None},
        {"a.json": b'{"layers": 3}', "b.json": google},
    )
    assert names(unit_files.find([1, 2], photos)) == {2: {"b.json"}}
