from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photo_organizer.engine.domain.facts import FileIdentity, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LEFT_OUT, VIDEOS, Skipped
from photo_organizer.engine.files import photo_files


def put(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(*folders: Path, recursive: bool = True, excluded: Iterable[Path] = ()) -> list[Path]:
    """What the walk found; fails when it skipped any photo."""
    seen = list(photo_files.walk(folders, recursive=recursive, excluded=tuple(excluded)))
    assert {s.reason.code for s in seen if isinstance(s, Skipped)} <= {LEFT_OUT, VIDEOS}
    return [s.path for s in seen if isinstance(s, FileIdentity)]


def told(skipped: FileIdentity | Skipped) -> tuple[Path, str]:
    """What is left out, and why in English."""
    assert isinstance(skipped, Skipped)
    return skipped.path, skipped.reason.text()


def test_finds_pictures_by_suffix_whatever_its_case_and_nothing_else(tmp_path):
    wanted = [put(tmp_path / n) for n in ("a.JPG", "b.png", "c.HeIc", "d.NEF", "e.tiff")]
    for name in ("notes.txt", "clip.mp4", "drawing.svg", "page.eps", "jpg", "sidecar.xmp"):
        put(tmp_path / name)
    assert found(tmp_path) == wanted


def test_order_is_by_name_the_files_of_a_folder_before_its_folders(tmp_path):
    names = ["b.jpg", "z.jpg", "a/2.jpg", "a/10.jpg", "a/c/1.jpg", "y/1.jpg"]
    for name in reversed(names):
        put(tmp_path / name)
    listed = [p.relative_to(tmp_path).as_posix() for p in found(tmp_path)]
    assert listed == ["b.jpg", "z.jpg", "a/10.jpg", "a/2.jpg", "a/c/1.jpg", "y/1.jpg"]


def test_identity_is_what_the_disk_says(tmp_path):
    path = put(tmp_path / "a.jpg", b"12345")
    status = path.stat()
    assert list(photo_files.walk([tmp_path])) == [
        FileIdentity(path, status.st_dev, status.st_ino, 5, status.st_mtime_ns)
    ]
    assert photo_files.identify(path) == next(iter(photo_files.walk([tmp_path])))


def test_without_recursion_only_the_folder_itself(tmp_path):
    top = put(tmp_path / "a.jpg")
    put(tmp_path / "below" / "b.jpg")
    assert found(tmp_path, recursive=False) == [top]


@pytest.mark.parametrize(
    "folder",
    [
        ".hidden",
        ".Trash-1000/files",
        ".Trashes",
        ".thumbnails",
        "$RECYCLE.BIN",
        "@eaDir",
        "share/Trash",
        "Catalog Previews.lrdata",
        "System Volume Information",
        "Photo Organizer trash 2026-11-23",
    ],
)
def test_trash_hidden_and_system_folders_are_left_out_silently(tmp_path, folder):
    put(tmp_path / folder / "a.jpg")
    assert found(tmp_path) == []


def test_hidden_files_are_left_out(tmp_path):
    put(tmp_path / "._IMG_1.jpg")
    put(tmp_path / ".trashed-1700000000-IMG_2.jpg")
    assert found(tmp_path) == []


def test_a_hidden_folder_given_by_name_is_walked(tmp_path):
    path = put(tmp_path / ".mine" / "a.jpg")
    assert found(tmp_path / ".mine") == [path]


def test_another_programs_library_is_named_and_left_alone(tmp_path):
    put(tmp_path / "My.photoslibrary" / "originals" / "a.jpg")
    (skipped,) = photo_files.walk([tmp_path])
    assert isinstance(skipped, Skipped)
    assert skipped.path.name == "My.photoslibrary"
    assert "another program" in skipped.reason.text()


def test_excluded_folders_are_left_out_with_everything_below(tmp_path):
    kept = put(tmp_path / "a.jpg")
    put(tmp_path / "out" / "deep" / "b.jpg")
    assert found(tmp_path, excluded=[tmp_path / "out"]) == [kept]
    assert found(tmp_path, tmp_path / "out" / "deep", excluded=[tmp_path / "out"]) == [kept]


def test_overlapping_folders_give_each_file_once(tmp_path):
    put(tmp_path / "a" / "1.jpg")
    put(tmp_path / "a" / "b" / "2.jpg")
    once = sorted(found(tmp_path))
    assert sorted(found(tmp_path / "a" / "b", tmp_path, tmp_path / "a", tmp_path)) == once


def test_what_is_not_read_is_told_once_for_each_folder_that_was_asked_for(tmp_path):
    for name in ("in/a.psd", "in/deep/b.psd", "in/c.mov", "in/.hidden.psd", "out/d.svg"):
        put(tmp_path / name)
    photo = put(tmp_path / "in/photo.jpg")
    (tmp_path / "in/link.psd").symlink_to(tmp_path / "in/a.psd")
    put(tmp_path / "in/Old.cocatalog/cache/1.jpg")
    put(tmp_path / "in/Old.cocatalog/2.psd")
    one, library, first, films, second = photo_files.walk([tmp_path / "in", tmp_path / "out"])
    assert isinstance(library, FileIdentity)
    assert library.path == photo
    assert told(one) == (tmp_path / "in/Old.cocatalog", "library of another program, left alone")
    assert told(first) == (tmp_path / "in", "2 files left out: 2 .psd")
    assert told(films) == (tmp_path / "in", "1 video is not looked at: c.mov")
    assert told(second) == (tmp_path / "out", "1 file left out: 1 .svg")


def test_links_in_a_loop_end(tmp_path):
    path = put(tmp_path / "a" / "1.jpg")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "knot").symlink_to(tmp_path / "knot")
    assert found(tmp_path) == [path]


def test_a_linked_folder_outside_is_walked_once_and_after_the_folders_own_photos(tmp_path):
    outside = put(tmp_path / "outside" / "o.jpg")
    own = put(tmp_path / "in" / "z.jpg")
    for name in ("link1", "link2"):
        (tmp_path / "in" / name).symlink_to(outside.parent, target_is_directory=True)
    assert found(tmp_path / "in") == [own, tmp_path / "in" / "link1" / "o.jpg"]


def test_only_what_a_link_leads_out_of_the_folders_to_is_linked(tmp_path):
    outside = put(tmp_path / "outside" / "deep" / "o.jpg")
    own = put(tmp_path / "in" / "own" / "z.jpg")
    (tmp_path / "in" / "a link").symlink_to(outside.parents[1], target_is_directory=True)
    (tmp_path / "in" / "inside").symlink_to(own.parent, target_is_directory=True)
    linked = {
        one.path.name: one.linked
        for one in photo_files.walk([tmp_path / "in"])
        if isinstance(one, FileIdentity)
    }
    assert linked == {"z.jpg": False, "o.jpg": True}
    (tmp_path / "library").symlink_to(tmp_path / "in", target_is_directory=True)
    [opened, *_] = photo_files.walk([tmp_path / "library"])
    assert isinstance(opened, FileIdentity)
    assert not opened.linked  # who opens a link means what it leads to


def test_a_photo_keeps_its_own_name_when_a_link_to_it_sorts_first(tmp_path):
    own = put(tmp_path / "z.jpg")
    (tmp_path / "a.jpg").symlink_to(own)
    assert found(tmp_path) == [own]


def test_a_link_to_a_photo_elsewhere_is_a_photo_and_a_dead_one_is_named(tmp_path):
    elsewhere = put(tmp_path / "elsewhere" / "1.jpg")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "alive.jpg").symlink_to(elsewhere)
    (folder / "dead.jpg").symlink_to(tmp_path / "nothing.jpg")
    (folder / "knot.jpg").symlink_to(folder / "knot.jpg")
    alive, dead, knot = photo_files.walk([folder])
    assert isinstance(alive, FileIdentity)
    assert alive.path == folder / "alive.jpg"
    assert alive.linked
    assert told(dead) == (folder / "dead.jpg", "link that leads nowhere")
    assert told(knot) == (folder / "knot.jpg", "link that leads nowhere")


def test_the_second_of_two_hard_links_is_named(tmp_path):
    first = put(tmp_path / "a.jpg")
    (tmp_path / "b.jpg").hardlink_to(first)
    one, two = photo_files.walk([tmp_path])
    assert one.path == first
    assert told(two) == (tmp_path / "b.jpg", "same file as a.jpg (hard link)")


def test_odd_names_and_long_paths(tmp_path):
    names = ["a b#c%20.jpg", "사진 ☃.jpg", os.fsdecode(b"bad \xff\xfe.jpg")]
    deep = tmp_path.joinpath(*["d" * 60] * 5)
    wanted = [put(tmp_path / name) for name in sorted(names)] + [put(deep / "deep.jpg")]
    assert len(str(deep)) > 300
    assert found(tmp_path) == wanted
    for path in wanted:
        assert photo_files.read(photo_files.identify(path)) == b"x"
        assert path.as_uri().startswith("file:///")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_not_photos(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert found(tmp_path) == []


def test_an_empty_folder_is_no_error(tmp_path):
    assert found(tmp_path) == []


def test_folders_that_cannot_be_walked_are_refused_at_the_call(tmp_path):
    file = put(tmp_path / "a.jpg")
    with pytest.raises(photo_files.FolderError, match=r"a\.jpg is a file"):
        photo_files.walk([file])
    with pytest.raises(photo_files.FolderError, match="missing does not exist"):
        photo_files.walk([tmp_path, tmp_path / "missing"])


def test_an_unreadable_folder_is_named_and_the_walk_goes_on(tmp_path, monkeypatch):
    put(tmp_path / "locked" / "a.jpg")
    path = put(tmp_path / "open" / "b.jpg")
    scandir = os.scandir

    def guarded(folder):
        if Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    locked, other = photo_files.walk([tmp_path])
    assert told(locked) == (tmp_path / "locked", "folder: no permission to read it")
    assert other.path == path


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read everything")
def test_a_really_locked_folder(tmp_path):
    put(tmp_path / "locked" / "a.jpg")
    (tmp_path / "locked").chmod(0)
    (locked,) = photo_files.walk([tmp_path])
    (tmp_path / "locked").chmod(0o700)
    assert told(locked) == (tmp_path / "locked", "folder: no permission to read it")


def test_what_vanishes_during_the_walk_is_named(tmp_path):
    put(tmp_path / "a.jpg")
    gone = put(tmp_path / "b.jpg")
    folder = put(tmp_path / "f" / "c.jpg").parent
    walk = photo_files.walk([tmp_path])
    next(walk)
    gone.unlink()
    (folder / "c.jpg").unlink()
    folder.rmdir()
    assert list(walk) == [
        Skipped(gone, Reason(photo_files.VANISHED)),
        Skipped(folder, Reason(photo_files.VANISHED)),
    ]


def test_reading_names_the_reason(tmp_path, monkeypatch):
    path = put(tmp_path / "a.jpg", b"123")
    identity = photo_files.identify(path)
    assert photo_files.read(identity) == b"123"
    monkeypatch.setattr(photo_files, "MAX_BYTES", 2)
    with pytest.raises(UnreadableError, match="too large"):
        photo_files.read(identity)
    path.write_bytes(b"")
    with pytest.raises(UnreadableError, match="empty file"):
        photo_files.read(identity)
    path.unlink()
    with pytest.raises(UnreadableError, match="vanished during the run"):
        photo_files.read(identity)
    with pytest.raises(UnreadableError, match="vanished during the run"):
        photo_files.identify(path)
    with pytest.raises(UnreadableError, match="not a file"):
        photo_files.identify(tmp_path)


def test_reading_without_permission(tmp_path, monkeypatch):
    identity = photo_files.identify(put(tmp_path / "a.jpg"))

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError, match="no permission"):
        photo_files.read(identity)


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_the_content_hash_names_content(one, two):
    assert len(photo_files.content_hash(one)) == 16
    assert (photo_files.content_hash(one) == photo_files.content_hash(two)) == (one == two)


names = st.sampled_from(["a", "b", "c"])
files = st.lists(st.lists(names, max_size=3), min_size=1, max_size=8)


@given(files, st.lists(st.lists(names, max_size=2), max_size=3))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_file_comes_once_whatever_the_folders(tmp_path_factory, places, extra_roots):
    root = tmp_path_factory.mktemp("tree")
    wanted = {put(root.joinpath(*place, f"{len(place)}.jpg")) for place in places}
    folders = [p for p in (root.joinpath(*e) for e in extra_roots) if p.is_dir()] + [root]
    listed = found(*folders)
    assert len(listed) == len(set(listed))
    assert set(listed) == wanted


@given(st.binary(max_size=100_000))
def test_content_has_one_name_however_it_is_read(data: bytes):
    with TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        assert photo_files.content_hash_of_file(file) == photo_files.content_hash(data)


def test_videos_are_told_of_each_opened_folder_with_where_they_lie(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for path in (one / "a.mp4", one / "below" / "b.MOV", one / "below" / ".hidden.mp4"):
        put(path)
    put(two / "IMG_1.jpg")
    put(two / "IMG_1.MOV")
    seen = [s for s in photo_files.walk([one, two]) if isinstance(s, Skipped)]
    (videos,) = seen
    assert (videos.path, videos.reason.code) == (one, VIDEOS)
    assert videos.files == ("a.mp4", str(Path("below", "b.MOV")))
    flat = list(photo_files.walk([one], recursive=False))
    assert [s.files for s in flat] == [("a.mp4",)]


def test_videos_in_folders_that_are_left_out_are_not_told(tmp_path):
    put(tmp_path / "out" / "a.mp4")
    assert list(photo_files.walk([tmp_path], excluded=[tmp_path / "out"])) == []
