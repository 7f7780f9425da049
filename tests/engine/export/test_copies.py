"""Copies and links of chosen photos."""

import errno
import os
import threading
from pathlib import Path

import pytest

from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export import copies, naming, ratings
from photo_organizer.engine.export.copies import Copied, ExportFolderError, NotCopied
from photo_organizer.engine.highlights.selection import Selection
from tests.engine.export.chosen import chosen, names


def run(selections, folder, template="{rank:03}_{name}", **more):
    return list(copies.copy_all(naming.targets(selections, folder, template), **more))


def test_copies_are_whole_dated_as_the_original_and_named_by_rank(album, tmp_path):
    out = tmp_path / "new" / "best"
    os.utime(album[0].photo.path, ns=(10**18, 10**18))
    album[0] = chosen(album[0].photo.path)
    events = run([Selection(LIBRARY, tuple(album))], out)
    assert all(isinstance(event, Copied) for event in events)
    assert names(out) == ["001_a.jpg", "002_b.JPG", "003_a.jpg"]
    for event in events:
        assert event.path.read_bytes() == event.photo.path.read_bytes()
        assert event.path.stat().st_ino != event.photo.identity.inode
    assert (out / "001_a.jpg").stat().st_mtime_ns == 10**18


def test_links_lead_to_the_same_file(album, tmp_path):
    out = tmp_path / "best"
    for event in run([Selection(LIBRARY, tuple(album))], out, link=True):
        assert event.path.stat().st_ino == event.photo.identity.inode


@pytest.mark.parametrize("link", [False, True])
def test_what_exists_is_left_as_it_is_and_told(album, tmp_path, link):
    out = tmp_path / "best"
    out.mkdir()
    (out / "001_a.jpg").write_text("mine")
    (out / "002_b.JPG").symlink_to(tmp_path / "nowhere.jpg")
    first, second, third = run([Selection(LIBRARY, tuple(album))], out, link=link)
    assert isinstance(first, NotCopied)
    assert first.reason.text() == "001_a.jpg exists there already; it was left as it is"
    assert second.reason.code == "export.exists"
    assert isinstance(third, Copied)
    assert (out / "001_a.jpg").read_text() == "mine"
    assert not (tmp_path / "nowhere.jpg").exists()
    assert not [name for name in names(out) if name.startswith(".")]


def test_photos_that_changed_are_not_taken(album, tmp_path):
    album[0].photo.path.write_bytes(b"another picture")
    album[1].photo.path.unlink()
    events = run([Selection(LIBRARY, tuple(album))], tmp_path / "best")
    assert [getattr(e, "reason", None) and e.reason.code for e in events] == [
        "export.changed",
        "export.changed",
        None,
    ]


def test_a_full_drive_leaves_no_half_copy(album, tmp_path, monkeypatch):
    def full(_source, target):
        Path(target).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(copies.shutil, "copyfile", full)
    out = tmp_path / "best"
    events = run([Selection(LIBRARY, tuple(album))], out)
    assert {event.reason.text() for event in events} == {
        "It cannot be written: No space left on device"
    }
    assert names(out) == []


def test_a_link_to_another_drive_says_to_copy(album, tmp_path, monkeypatch):
    def across(*_):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(copies.os, "link", across)
    (event, *_) = run([Selection(LIBRARY, tuple(album))], tmp_path / "best", link=True)
    assert event.reason.code == "export.other_drive"


def test_several_selections_get_safe_folders_of_their_own(album, tmp_path):
    out = tmp_path / "best"
    run([Selection("2024-05", (album[0],)), Selection("../../food/drinks", (album[2],))], out)
    assert names(out) == ["2024-05/001_a.jpg", "_.._food_drinks/003_a.jpg"]


def test_ratings_go_beside_the_copies(album, tmp_path):
    stars = ratings.own_stars_or(
        {album[0].photo.content_hash: 2, album[1].photo.content_hash: 0}, 4
    )
    events = run([Selection(LIBRARY, tuple(album))], tmp_path / "best", stars_of=stars)
    assert [event.unrated for event in events] == [None, None, None]
    assert names(tmp_path / "best") == [
        "001_a.jpg",
        "001_a.jpg.xmp",
        "002_b.JPG",
        "002_b.JPG.xmp",
        "003_a.jpg",
        "003_a.jpg.xmp",
    ]
    assert b'Rating="2"' in (tmp_path / "best" / "001_a.jpg.xmp").read_bytes()


def test_a_copy_whose_rating_cannot_be_written_is_there_all_the_same(album, tmp_path):
    album[0].photo.path.with_name("a.jpg.xmp").write_text("no XML")
    (event, *_) = run([Selection(LIBRARY, tuple(album))], tmp_path / "best", stars_of=lambda _: 5)
    assert isinstance(event, Copied)
    assert event.unrated.code == "export.sidecar"


def test_nothing_more_is_begun_after_a_cancel(album, tmp_path):
    cancel = threading.Event()
    targets = naming.targets([Selection(LIBRARY, tuple(album))], tmp_path / "best", "{rank}")
    events = copies.copy_all(targets, cancel=cancel)
    assert isinstance(next(events), Copied)
    cancel.set()
    assert list(events) == []
    assert names(tmp_path / "best") == ["1.jpg"]


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        (".Trash-1000/files/best", "apart"),
        ("share/Trash/files", "apart"),
        ("$RECYCLE.BIN", "apart"),
        ("Pictures.photoslibrary/best", "apart"),
        ("link to the trash/best", "apart"),
        ("file", "no_folder"),
        ("file/best", "no_folder"),
    ],
)
def test_folders_that_are_refused(tmp_path, folder, code):
    (tmp_path / "file").touch()
    (tmp_path / ".Trash-1000").mkdir()
    (tmp_path / "link to the trash").symlink_to(tmp_path / ".Trash-1000")
    with pytest.raises(ExportFolderError) as refused:
        copies.check_folder(tmp_path / folder)
    assert refused.value.reason.code == f"export.{code}"


def test_a_folder_that_is_not_there_yet_is_fine(tmp_path):
    copies.check_folder(tmp_path / "new" / "best")
    assert not (tmp_path / "new").exists()
