import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup import freedesktop, system_trash
from photo_organizer.engine.cleanup.system_trash import (
    TrashError,
    move_beside,
    move_to_trash,
    places,
    restore,
)
from photo_organizer.engine.paths import TRASH_BESIDE
from tests.engine.albums import contents

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only this trash lies in a folder of our choice"
)

NAMES = (
    b"plain.jpg",
    "한국 여행 é.jpg".encode(),
    b"100%20 sure.jpg",
    b"two\nlines.jpg",
    b"not utf-8 \xff\xe9.jpg",
    b"\xff.jpg",
    b"n" * 250 + b".jpg",
    b"-rf",
    b":looks like a Qt resource.jpg",
    b".hidden",
)


@pytest.fixture
def trash(home: Path) -> Path:
    """The home trash; as on a new machine, not even the folder around it exists."""
    return home / "share" / "Trash"


@pytest.mark.parametrize("name", NAMES)
def test_any_name_goes_to_the_trash_and_comes_back(
    tmp_path: Path, trash: Path, name: bytes
) -> None:
    photo = tmp_path / os.fsdecode(name)
    photo.write_bytes(b"photo")

    place = move_to_trash(photo)

    assert place is not None
    assert contents(tmp_path) == {}
    assert place.parent == trash / "files"
    assert place.read_bytes() == b"photo"
    assert len(list((trash / "info").iterdir())) == 1
    assert place.parent in places(photo)

    assert restore(place, photo) == photo
    assert contents(tmp_path) == {photo: b"photo"}
    assert contents(trash) == {}


def test_a_name_qt_would_shorten_never_moves_the_file_of_the_shorter_name(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"bad\xff.jpg")
    odd.write_bytes(b"odd")
    other = tmp_path / "bad.jpg"
    other.write_bytes(b"other")

    place = move_to_trash(odd)

    assert contents(tmp_path) == {other: b"other"}
    assert place is not None
    assert place.read_bytes() == b"odd"


def test_the_desktop_can_restore_an_odd_name_too(tmp_path: Path, trash: Path) -> None:
    odd = tmp_path / os.fsdecode(b"bad\xff.jpg")
    odd.write_bytes(b"odd")

    move_to_trash(odd)

    (info,) = (trash / "info").iterdir()
    lines = info.read_text().splitlines()
    assert lines[0] == "[Trash Info]"
    assert lines[1] == f"Path={tmp_path}/bad%FF.jpg"
    assert lines[2].startswith("DeletionDate=20")


def test_two_files_of_one_name_lie_apart(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    placed = []
    for data in (b"first", b"second"):
        photo.write_bytes(data)
        placed.append(move_to_trash(photo))

    assert [place and place.read_bytes() for place in placed] == [b"first", b"second"]


def test_what_lies_in_the_old_place_is_not_overwritten(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"old")
    place = move_to_trash(photo)
    photo.write_bytes(b"new")

    assert place is not None
    back = restore(place, photo)

    assert back == tmp_path / "a (restored).jpg"
    assert contents(tmp_path) == {photo: b"new", back: b"old"}


def test_a_folder_that_is_gone_is_made_again(tmp_path: Path) -> None:
    photo = tmp_path / "folder" / "a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"photo")
    place = move_to_trash(photo)
    photo.parent.rmdir()

    assert place is not None
    assert restore(place, photo) == photo
    assert photo.read_bytes() == b"photo"


def test_a_file_with_both_names_after_a_crash_loses_the_one_in_the_trash(
    tmp_path: Path, trash: Path
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    place = move_to_trash(photo)
    assert place is not None
    os.link(place, photo)

    assert restore(place, photo) == photo
    assert contents(tmp_path) == {photo: b"photo"}
    assert contents(trash) == {}


def test_a_link_into_the_trash_is_no_second_name_of_what_lies_there(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    place = move_to_trash(photo)
    assert place is not None
    photo.symlink_to(place)

    back = restore(place, photo)

    assert back.read_bytes() == b"photo"
    assert not back.is_symlink()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrashError) as caught:
        move_to_trash(tmp_path / "missing.jpg")
    assert caught.value.reason.code == "trash.gone"
    assert str(caught.value) == "It is no longer there"


def test_a_file_that_left_the_trash_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrashError) as caught:
        restore(tmp_path / "missing.jpg", tmp_path / "a.jpg")
    assert caught.value.reason.code == "trash.not_restored"


def test_a_trash_that_cannot_be_made_is_told(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "share").write_text("a file where the data folder should be")
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")

    with pytest.raises(TrashError) as caught:
        move_to_trash(photo)

    assert caught.value.reason.code in system_trash.FOLDER_HELPS
    assert photo.read_bytes() == b"photo"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is permitted to root")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(TrashError) as caught:
            move_to_trash(photo)
        assert caught.value.reason.code == "trash.no_permission"
    finally:
        tmp_path.chmod(0o700)


class QFileThatFails:
    """What Qt answers on drives without a trash: not much."""

    def __init__(self, _path: str) -> None: ...

    def moveToTrash(self) -> bool:
        return False

    def errorString(self) -> str:
        return "Unknown error"


@pytest.mark.parametrize(
    ("asked", "answer", "code"),
    [
        ("os.access", lambda *_: False, "trash.no_permission"),
        ("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0), "trash.full"),
        ("photo_organizer.engine.cleanup.freedesktop.has_trash", lambda _: False, "trash.no_trash"),
        ("photo_organizer.engine.cleanup.freedesktop.has_trash", lambda _: True, "trash.failed"),
    ],
)
def test_the_disk_says_why_a_move_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, answer: object, code: str
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    monkeypatch.setattr(system_trash, "QFile", QFileThatFails)
    monkeypatch.setattr(asked, answer)

    with pytest.raises(TrashError) as caught:
        move_to_trash(photo)

    assert caught.value.reason.code == code


# ---------------------------------------------------------------------- another drive


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    """A folder on another drive than the home trash; what a test puts there is removed."""
    memory = Path("/dev/shm")
    if not memory.is_mount() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second drive")
    trash = memory / f".Trash-{os.getuid()}"
    if trash.exists():
        pytest.skip("the drive has a trash in use")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
    shutil.rmtree(trash, ignore_errors=True)


@pytest.mark.parametrize("name", [b"plain.jpg", b"odd \xff.jpg"])
def test_a_file_stays_on_its_drive(drive: Path, name: bytes) -> None:
    photo = drive / os.fsdecode(name)
    photo.write_bytes(b"photo")

    place = move_to_trash(photo)

    assert place is not None
    assert place.stat().st_dev == drive.stat().st_dev
    assert place.parent in places(photo)
    (info,) = (place.parent.parent / "info").iterdir()
    assert f"Path={drive.name}/" in info.read_text()  # relative to the top of the drive
    assert restore(place, photo) == photo
    assert contents(drive) == {photo: b"photo"}


def test_a_drive_whose_top_is_closed_has_no_trash(
    drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert freedesktop.has_trash(drive / "a.jpg")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert not freedesktop.has_trash(drive / "a.jpg")


# ---------------------------------------------------------------------- dated folders


def test_a_dated_folder_keeps_the_place_of_a_photo(tmp_path: Path) -> None:
    photo = tmp_path / "2024" / "trip" / "a.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")

    place = move_beside(photo, tmp_path)

    dated = tmp_path / f"{TRASH_BESIDE} {datetime.now():%Y-%m-%d}"
    assert place == dated / "2024" / "trip" / "a.jpg"
    assert place.parent in places(photo)
    assert restore(place, photo) == photo
    assert contents(tmp_path) == {photo: b"photo"}
    assert not dated.exists()


def test_a_dated_folder_overwrites_nothing_and_stays_while_it_is_needed(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"first")
    first = move_beside(photo, tmp_path)
    photo.write_bytes(b"second")
    second = move_beside(photo, tmp_path)

    assert (first.read_bytes(), second.read_bytes()) == (b"first", b"second")
    restore(first, photo)
    assert second.read_bytes() == b"second"


def test_a_dated_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    (tmp_path / f"{TRASH_BESIDE} {datetime.now():%Y-%m-%d}").write_text("in the way")

    with pytest.raises(TrashError):
        move_beside(photo, tmp_path)

    assert photo.read_bytes() == b"photo"


# ---------------------------------------------------------------------- after a crash


def test_a_second_name_in_the_trash_goes(tmp_path: Path, trash: Path) -> None:
    """Qt links, writes its record, renames the link, unlinks: here are both places to crash in."""
    early, late = tmp_path / "early.jpg", tmp_path / "late.jpg"
    for photo in (early, late):
        photo.write_bytes(photo.name.encode())
    place = move_to_trash(late)
    assert place is not None
    os.link(place, late)
    os.link(early, trash / "files" / "fLagpJ")

    system_trash.forget_interrupted([early, late])

    assert contents(trash) == {}
    assert contents(tmp_path) == {early: b"early.jpg", late: b"late.jpg"}


def test_a_second_name_in_a_dated_folder_goes(tmp_path: Path) -> None:
    photo = tmp_path / "trip" / "a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"photo")
    os.link(move_beside(photo, tmp_path), photo)

    system_trash.forget_interrupted([photo])

    assert contents(tmp_path) == {photo: b"photo"}


def test_a_second_name_that_is_another_photo_of_the_file_stays(tmp_path: Path) -> None:
    photo, other = tmp_path / "a.jpg", tmp_path / "b.jpg"
    photo.write_bytes(b"photo")
    os.link(photo, other)
    place = move_beside(other, tmp_path)
    second = place.with_name("a (2).jpg")
    os.link(place, second)

    system_trash.forget_interrupted([photo], but=[second])

    assert place.exists()
    assert second.exists()


def test_what_someone_else_put_into_the_trash_stays_there(tmp_path: Path, trash: Path) -> None:
    photo, link = tmp_path / "a.jpg", tmp_path / "link.jpg"
    photo.write_bytes(b"photo")
    os.link(photo, link)
    move_to_trash(link)

    system_trash.forget_interrupted([photo])

    assert (trash / "files" / "link.jpg").read_bytes() == b"photo"


@pytest.mark.parametrize("name", ["a.b.jpg", "a.b.jpg-2149208", "a.b-0123456789abcdef.jpg"])
def test_a_record_that_a_crash_left_empty_goes(tmp_path: Path, trash: Path, name: str) -> None:
    photo = tmp_path / "a.b.jpg"
    photo.write_bytes(b"photo")
    for folder in ("files", "info"):
        (trash / folder).mkdir(parents=True, exist_ok=True)
    (trash / "info" / f"{name}.trashinfo").touch()

    system_trash.forget_interrupted([photo])

    assert contents(trash) == {}


def test_empty_records_of_other_files_stay(tmp_path: Path, trash: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    for folder in ("files", "info"):
        (trash / folder).mkdir(parents=True, exist_ok=True)
    others = ("another a.jpg", "a.jpg.xmp", "a-1.jpg", "b.jpg")
    for name in others:
        (trash / "info" / f"{name}.trashinfo").touch()
    (trash / "info" / "a.jpg.trashinfo").touch()
    (trash / "files" / "a.jpg").write_bytes(b"another program's")

    system_trash.forget_interrupted([photo])

    assert len(contents(trash)) == len(others) + 2


def test_dated_folders_that_a_crash_left_empty_go(tmp_path: Path) -> None:
    photo = tmp_path / "2024" / "trip" / "a.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")
    made = tmp_path / f"{TRASH_BESIDE} 2024-01-01"
    (made / "2024").mkdir(parents=True)
    used = tmp_path / f"{TRASH_BESIDE} 2024-01-02"
    used.mkdir()
    (used / "mine.jpg").touch()

    system_trash.forget_interrupted([photo])

    assert not made.exists()
    assert used.exists()


def test_a_move_that_fails_leaves_no_dated_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "trip" / "a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(b"photo")

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(system_trash, "rename_free", full)
    with pytest.raises(TrashError):
        move_beside(photo, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if "trash" in path.name] == []


def test_records_of_moves_that_never_happened_are_removed(tmp_path: Path, trash: Path) -> None:
    moved, waiting = tmp_path / "moved.jpg", tmp_path / "waiting é.jpg"
    for photo in (moved, waiting):
        photo.write_bytes(b"photo")
        move_to_trash(photo)
    place = trash / "files" / waiting.name
    place.rename(waiting)  # as if the crash had come before this

    system_trash.forget_interrupted([moved, waiting])

    assert [info.name for info in (trash / "info").iterdir()] == ["moved.jpg.trashinfo"]
    assert contents(tmp_path) == {waiting: b"photo"}
