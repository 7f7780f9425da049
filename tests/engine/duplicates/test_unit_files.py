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
