"""Copies and links of chosen photos."""

import errno
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.domain.facts import Exif, Photo
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export import copies, naming
from photo_organizer.engine.export.copies import Exported, ExportFolderError, NotExported, Rated
from photo_organizer.engine.files import photo_files, xmp
from photo_organizer.engine.highlights.selection import Chosen, Selection
from tests.engine.pictures import save


def chosen(path: Path, rank: int = 1) -> Chosen:
    data = path.read_bytes()
    photo = Photo(
        rank, photo_files.identify(path), photo_files.content_hash(data), "JPEG", 96, 64, Exif()
    )
    return Chosen(photo, rank, 0.5)


@pytest.fixture
def album(tmp_path):
    """Three photos, two of them of one name."""
    paths = [tmp_path / "album" / n for n in ("a.jpg", "b.JPG", "below/a.jpg")]
    return [chosen(save(path, seed=i), i + 1) for i, path in enumerate(paths)]


def run(selections, folder, template="{rank:03}_{name}", **more):
    return list(copies.export(naming.plan(selections, folder, template), **more))


def names(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_copies_are_whole_dated_as_the_original_and_named_by_rank(album, tmp_path):
    out = tmp_path / "new" / "best"
    os.utime(album[0].photo.path, ns=(10**18, 10**18))
    album[0] = chosen(album[0].photo.path)
    events = run([Selection(LIBRARY, tuple(album))], out)
    assert all(isinstance(event, Exported) for event in events)
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
    assert isinstance(first, NotExported)
    assert first.reason.text() == "001_a.jpg exists there already; it was left as it is"
    assert second.reason.code == "export.exists"
    assert isinstance(third, Exported)
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


def test_a_rating_is_written_beside_the_photo_once(album):
    photo = album[0].photo
    assert copies.rate(photo, 4) is None
    sidecar = photo.path.with_name("a.jpg.xmp")
    assert xmp.read(photo).rating == 4
    written = sidecar.read_bytes()
    assert copies.rate(photo, 2) is None
    assert sidecar.read_bytes() == written
    assert photo_files.identify(photo.path) == photo.identity


def test_a_photo_that_is_rated_itself_gets_no_sidecar(album):
    photo = replace(album[0].photo, exif=Exif(rating=3))
    assert copies.rate(photo, 5) is None
    assert names(photo.path.parent) == ["a.jpg", "b.JPG", "below/a.jpg"]


def test_the_sidecar_of_a_copy_takes_along_what_is_known(album, tmp_path):
    photo = album[0].photo
    words = xmp.merged(None, xmp.Metadata(description="호수", keywords=("lake",)))
    photo.path.with_name("a.jpg.xmp").write_bytes(words)
    (event,) = run([Selection(LIBRARY, (album[0],))], tmp_path / "best")
    assert copies.rate(photo, 5, event.path) is None
    of_copy = replace(photo, identity=photo_files.identify(event.path))
    known = xmp.read(of_copy)
    assert (known.rating, known.description, known.keywords) == (5, "호수", ("lake",))
    assert xmp.read(photo).rating is None


def test_a_broken_sidecar_is_left_alone_and_told(album):
    photo = album[0].photo
    sidecar = photo.path.with_name("a.jpg.xmp")
    sidecar.write_text("no XML")
    problem = copies.rate(photo, 5)
    assert problem is not None
    assert "rating cannot be written" in problem.reason.text()
    assert sidecar.read_text() == "no XML"


def test_ratings_go_beside_the_copies(album, tmp_path):
    stars = copies.given_or({album[0].photo.content_hash: 2, album[1].photo.content_hash: 0}, 4)
    events = run([Selection(LIBRARY, tuple(album))], tmp_path / "best", stars=stars)
    assert [event.unrated for event in events] == [None, None, None]
    assert names(tmp_path / "best") == [
        "001_a.jpg",
        "001_a.jpg.xmp",
        "002_b.JPG",
        "003_a.jpg",
        "003_a.jpg.xmp",
    ]
    assert b'Rating="2"' in (tmp_path / "best" / "001_a.jpg.xmp").read_bytes()


def test_a_copy_whose_rating_cannot_be_written_is_there_all_the_same(album, tmp_path):
    album[0].photo.path.with_name("a.jpg.xmp").write_text("no XML")
    (event, *_) = run([Selection(LIBRARY, tuple(album))], tmp_path / "best", stars=lambda _: 5)
    assert isinstance(event, Exported)
    assert event.unrated.code == "export.sidecar"


def test_nothing_more_is_begun_after_a_cancel(album, tmp_path):
    cancel = threading.Event()
    targets = naming.plan([Selection(LIBRARY, tuple(album))], tmp_path / "best", "{rank}")
    events = copies.export(targets, cancel=cancel)
    assert isinstance(next(events), Exported)
    cancel.set()
    assert list(events) == []
    assert names(tmp_path / "best") == ["1.jpg"]
    assert list(copies.rate_all([Selection("x", tuple(album))], lambda _: 5, cancel)) == []


def test_all_are_rated_where_they_lie(album):
    stars = copies.given_or({album[0].photo.content_hash: 0}, 3)
    first, second, third = copies.rate_all([Selection("x", tuple(album))], stars)
    assert first is None
    assert isinstance(second, Rated)
    assert isinstance(third, Rated)
    assert xmp.read(album[1].photo).rating == 3


def test_a_survey_counts_what_is_in_the_way(album, tmp_path):
    out = tmp_path / "new" / "best"
    targets = naming.plan([Selection(LIBRARY, tuple(album))], out, "{rank}")
    size = sum(chosen.photo.identity.size for chosen in album)
    found = copies.survey(targets, out)
    assert (found.taken, found.needed) == (0, size)
    assert found.free > 0
    assert not out.exists()
    out.mkdir(parents=True)
    (out / "1.jpg").write_text("mine")
    found = copies.survey(targets, out)
    assert (found.taken, found.needed) == (1, size - album[0].photo.identity.size)


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
