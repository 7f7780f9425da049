"""Copies and links of chosen photos."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine import exporting, photos, sidecars
from photo_organizer.engine.exporting import Exported, NotExported, TemplateError, safe_name
from photo_organizer.engine.facts import Exif, Photo
from photo_organizer.engine.outputs import Chosen, Selection
from photo_organizer.engine.results import LIBRARY
from tests.engine.pictures import save


def chosen(path: Path, rank: int = 1) -> Chosen:
    data = path.read_bytes()
    photo = Photo(rank, photos.identify(path), photos.content_hash(data), "JPEG", 96, 64, Exif())
    return Chosen(photo, rank, 0.5)


@pytest.fixture
def album(tmp_path):
    """Three photos, two of them of one name."""
    paths = [tmp_path / "album" / n for n in ("a.jpg", "b.JPG", "below/a.jpg")]
    return [chosen(save(path, seed=i), i + 1) for i, path in enumerate(paths)]


def run(selections, folder, template="{rank:03}_{name}", **more):
    return list(exporting.export(exporting.plan(selections, folder, template), **more))


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

    monkeypatch.setattr(exporting.shutil, "copyfile", full)
    out = tmp_path / "best"
    events = run([Selection(LIBRARY, tuple(album))], out)
    assert {event.reason.text() for event in events} == {
        "It cannot be written: No space left on device"
    }
    assert names(out) == []


def test_a_link_to_another_drive_says_to_copy(album, tmp_path, monkeypatch):
    def across(*_):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(exporting.os, "link", across)
    (event, *_) = run([Selection(LIBRARY, tuple(album))], tmp_path / "best", link=True)
    assert event.reason.code == "export.other_drive"


def test_several_selections_get_safe_folders_of_their_own(album, tmp_path):
    out = tmp_path / "best"
    run([Selection("2024-05", (album[0],)), Selection("../../food/drinks", (album[2],))], out)
    assert names(out) == ["2024-05/001_a.jpg", "_.._food_drinks/003_a.jpg"]


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{date} {stem}", "undated a.jpg"),
        ("{group}-{rank}-{score:.1f}", "library-1-0.5.jpg"),
        ("{name}", "a.jpg"),
        ("..{name}", "a.jpg"),
        ("con", "_con.jpg"),
        ("{{x}}", "{x}.jpg"),
    ],
)
def test_templates(album, tmp_path, template, name):
    (target,) = exporting.plan([Selection(LIBRARY, (album[0],))], tmp_path, template)
    assert target.path == tmp_path / name


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("../{name}", "not a path"),
        ("a\\{name}", "not a path"),
        ("{name", "not complete"),
        ("{0}", "there are: {rank}"),
        ("{}", "there are: {rank}"),
        ("{path}", "there are: {rank}"),
        ("{name.__class__}", "there are: {rank}"),
        ("{rank:{score}}", "there are: {rank}"),
        ("{name:03d}", "cannot be used"),
        ("{name}", "names both a.jpg and a.jpg"),
        ("fixed", "add {rank}"),
    ],
)
def test_templates_that_are_refused(album, tmp_path, template, told):
    with pytest.raises(TemplateError) as refused:
        exporting.plan([Selection(LIBRARY, tuple(album))], tmp_path, template)
    assert told in str(refused.value)
    assert not list(tmp_path.glob("*.jpg"))


@given(text=st.text(max_size=400))
def test_a_safe_name_stays_in_its_folder(text):
    name = safe_name(text)
    assert Path("/folder", name).parent == Path("/folder")
    assert name not in (".", "..", "")
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert not name.startswith(".")
    assert len(os.fsencode(name.encode("utf-8", "replace").decode())) <= 255
    assert safe_name(name) == name


def test_a_long_name_keeps_its_suffix():
    name = safe_name("사" * 300 + ".jpeg")
    assert name.endswith("사.jpeg")
    assert len(name.encode()) <= exporting.NAME_BYTES


def test_a_rating_is_written_beside_the_photo_once(album):
    photo = album[0].photo
    assert exporting.rate(photo, 4) is None
    sidecar = photo.path.with_name("a.jpg.xmp")
    assert sidecars.read(photo).rating == 4
    written = sidecar.read_bytes()
    assert exporting.rate(photo, 2) is None
    assert sidecar.read_bytes() == written
    assert photos.identify(photo.path) == photo.identity


def test_a_photo_that_is_rated_itself_gets_no_sidecar(album):
    photo = replace(album[0].photo, exif=Exif(rating=3))
    assert exporting.rate(photo, 5) is None
    assert names(photo.path.parent) == ["a.jpg", "b.JPG", "below/a.jpg"]


def test_the_sidecar_of_a_copy_takes_along_what_is_known(album, tmp_path):
    photo = album[0].photo
    words = sidecars.merged(None, sidecars.Metadata(description="호수", keywords=("lake",)))
    photo.path.with_name("a.jpg.xmp").write_bytes(words)
    (event,) = run([Selection(LIBRARY, (album[0],))], tmp_path / "best")
    assert exporting.rate(photo, 5, event.path) is None
    of_copy = replace(photo, identity=photos.identify(event.path))
    known = sidecars.read(of_copy)
    assert (known.rating, known.description, known.keywords) == (5, "호수", ("lake",))
    assert sidecars.read(photo).rating is None


def test_a_broken_sidecar_is_left_alone_and_told(album):
    photo = album[0].photo
    sidecar = photo.path.with_name("a.jpg.xmp")
    sidecar.write_text("no XML")
    problem = exporting.rate(photo, 5)
    assert problem is not None
    assert "rating cannot be written" in problem.reason.text()
    assert sidecar.read_text() == "no XML"
