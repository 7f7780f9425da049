"""What one clean-up must not move, whatever its plan says."""

import os
import sys
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup import guard
from photo_organizer.engine.cleanup.guard import Guard
from photo_organizer.engine.cleanup.planning import Plan, Removal
from photo_organizer.engine.domain.facts import Photo
from tests.engine.albums import contents, group, photo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


def code(removal: Removal, *others: Removal) -> str | None:
    """Why a removal may not be done, if so."""
    objection = Guard(Plan([removal, *others])).objection(removal)
    return objection and objection.code


def removal(leaving: Photo, *kept: Photo) -> Removal:
    return Removal(leaving, group(*(p.id for p in (*kept, leaving))), kept)


@pytest.fixture
def leaving(tmp_path: Path) -> Photo:
    return photo(tmp_path / "album" / "a.jpg", 1, b"photo")


def test_a_link_never_stands_for_a_copy(tmp_path: Path, leaving: Photo) -> None:
    photo(tmp_path / "outside" / "a.jpg", 9, b"photo")
    link = tmp_path / "album" / "link.jpg"
    link.symlink_to(tmp_path / "outside" / "a.jpg")
    assert code(removal(leaving, photo(link, 2))) == "trash.kept_link"


def test_a_real_file_in_a_linked_folder_is_a_copy(tmp_path: Path, leaving: Photo) -> None:
    photo(tmp_path / "outside" / "b.jpg", 9, b"photo")
    (tmp_path / "album" / "linked").symlink_to(tmp_path / "outside")
    assert code(removal(leaving, photo(tmp_path / "album" / "linked" / "b.jpg", 2))) is None


def test_the_same_file_in_a_linked_folder_is_none(tmp_path: Path, leaving: Photo) -> None:
    (tmp_path / "linked").symlink_to(tmp_path / "album")
    assert code(removal(leaving, photo(tmp_path / "linked" / "a.jpg", 2))) == "trash.same_file"


def test_a_file_that_goes_itself_is_none(tmp_path: Path, leaving: Photo) -> None:
    """Its other name lies in a linked folder: the plan knows both as photos."""
    other = photo(tmp_path / "album" / "b.jpg", 2, b"photo")
    (tmp_path / "linked").symlink_to(tmp_path / "album")
    kept = photo(tmp_path / "linked" / "b.jpg", 3)
    assert code(removal(leaving, kept), removal(other)) == "trash.same_file"


def test_another_name_of_the_file_is_none(tmp_path: Path, leaving: Photo) -> None:
    (tmp_path / "b.jpg").hardlink_to(leaving.path)
    assert code(removal(leaving, photo(tmp_path / "b.jpg", 2))) == "trash.same_file"


def test_what_stayed_for_one_photo_does_not_go_as_the_next(tmp_path: Path, leaving: Photo) -> None:
    kept = photo(tmp_path / "b.jpg", 2, b"photo")
    first, second = removal(leaving, kept), removal(kept)
    watching = Guard(Plan([first]))
    assert watching.objection(first) is None
    leaving.path.unlink()
    assert watching.objection_afterwards(first) is None
    objection = watching.objection(second)
    assert objection is not None
    assert objection.code == "trash.relied_on"


def seen_through_another_drive(path: Path, number: int) -> Photo:
    """A photo as another file system would number it."""
    plain = photo(path, number)
    number_there = plain.identity.device + 1
    identity = type(plain.identity)(path, number_there, 7, *_size_and_time(plain))
    return Photo(number, identity, plain.content_hash, "JPEG", 4, 3, plain.exif)


def _size_and_time(plain: Photo) -> tuple[int, int]:
    return plain.identity.size, plain.identity.mtime_ns


def test_one_folder_seen_through_two_file_systems_is_found_out(
    tmp_path: Path, leaving: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").symlink_to(tmp_path / "album")
    kept = seen_through_another_drive(tmp_path / "share" / "a.jpg", 2)
    # The two names differ in everything that the system says of them.
    monkeypatch.setattr(guard, "identity", lambda path, _: kept.identity)
    monkeypatch.setattr(Path, "samefile", lambda *_: False)
    monkeypatch.setattr(os.path, "realpath", os.path.abspath)
    monkeypatch.setattr(guard, "is_unchanged", lambda _: True)

    assert code(removal(leaving, kept)) == "trash.same_file"
    assert contents(tmp_path / "album") == {leaving.path: b"photo"}  # nothing of the probe stays


def test_an_equal_folder_on_another_drive_is_a_copy(
    tmp_path: Path, leaving: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo(tmp_path / "backup" / "a.jpg", 2, b"photo")
    kept = seen_through_another_drive(tmp_path / "backup" / "a.jpg", 2)
    monkeypatch.setattr(guard, "identity", lambda path, _: kept.identity)
    monkeypatch.setattr(guard, "is_unchanged", lambda _: True)
    assert code(removal(leaving, kept)) is None


def test_two_spellings_of_one_name_are_one_file(
    tmp_path: Path, leaving: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = photo(tmp_path / "album" / "A.JPG", 2, b"photo")
    assert code(removal(leaving, kept)) is None  # here they are two
    monkeypatch.setattr(os, "listdir", lambda _: ["a.jpg"])
    assert code(removal(leaving, kept)) == "trash.same_file"
