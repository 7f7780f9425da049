"""What other programs did to a library, compared with what is known of it."""

import shutil
from pathlib import Path

import pytest

from photo_organizer.engine.domain.facts import Exif, Photo
from photo_organizer.engine.domain.photos import PhotoDict, Photos
from photo_organizer.engine.files import own_writes, photo_files
from photo_organizer.engine.files.foreign_changes import ForeignChanges, look

KNOWN = ("a.jpg", "b.jpg", "trip/c.jpg", "trip/deep/d.jpg", "trips/e.jpg")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for name in KNOWN:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    return folder


@pytest.fixture
def photos(folder: Path) -> Photos:
    return PhotoDict(
        {
            number: Photo(number, photo_files.identify(folder / name), b"", "JPEG", 1, 1, Exif())
            for number, name in enumerate(KNOWN, 1)
        }
    )


def test_what_is_as_it_was_is_no_change(folder: Path, photos: Photos) -> None:
    changed = [*(folder / name for name in KNOWN), folder / "trip", folder / "never there.jpg"]
    assert not look(changed, photos, [folder])


def test_new_other_and_gone_photos_are_told_apart(folder: Path, photos: Photos) -> None:
    (folder / "new.jpg").write_bytes(b"new")
    (folder / "a.jpg").write_bytes(b"longer than it was")
    (folder / "b.jpg").unlink()
    found = look([folder / n for n in ("new.jpg", "a.jpg", "b.jpg")], photos, [folder])
    assert set(found.new) == {folder / "new.jpg", folder / "a.jpg"}
    assert found.gone == {2}


def test_a_folder_counts_with_all_that_lies_in_it(folder: Path, photos: Photos) -> None:
    (folder / "more" / "deep").mkdir(parents=True)
    (folder / "more" / "deep" / "x.jpg").write_bytes(b"x")
    shutil.rmtree(folder / "trip")
    found = look([folder / "more", folder / "trip"], photos, [folder])
    assert set(found.new) == {folder / "more" / "deep" / "x.jpg"}
    assert found.gone == {3, 4}  # not those of a folder whose name begins alike


def test_what_is_left_out_of_the_library_is_no_change(folder: Path, photos: Photos) -> None:
    out = folder / "screens"
    out.mkdir()
    (out / "x.jpg").write_bytes(b"x")
    dated = folder / "Photo Organizer trash 2026-11-27"
    dated.mkdir()
    (dated / "y.jpg").write_bytes(b"y")
    assert not look([out, out / "x.jpg", dated / "y.jpg"], photos, [folder], [out])


def test_what_the_program_wrote_itself_is_no_change_until_somebody_else_changes_it(
    folder: Path, photos: Photos
) -> None:
    copy = folder / "best" / "001_a.jpg"
    copy.parent.mkdir()
    copy.write_bytes(b"a copy")
    own_writes.note(copy)
    assert not look([copy.parent, copy], photos, [folder])
    copy.write_bytes(b"edited by somebody")
    assert set(look([copy], photos, [folder]).new) == {copy}


def test_a_drive_that_is_away_makes_no_photo_gone(folder: Path, photos: Photos) -> None:
    folder.rename(folder.with_name("unplugged"))
    assert look([folder], photos, [folder]) == ForeignChanges(is_away=True)
