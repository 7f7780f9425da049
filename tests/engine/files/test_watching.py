"""What other programs do in folders is heard, or found by looking."""

import errno
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.engine.files import watching
from photo_organizer.engine.files.watching import CannotWatchError, FolderWatch, Inventory

NEVER = threading.Event()


class Listener:
    """Watches a folder, and waits for what a test expects."""

    def __init__(self, folder: Path) -> None:
        self.heard = threading.Event()
        self.changed: set[Path] = set()
        self.watch = FolderWatch([folder], self.heard.set)

    def hears(self, *paths: Path) -> bool:
        """Wait until all of these are heard of; whether they are, soon enough for a person."""
        while not self.changed.issuperset(paths):
            if not self.heard.wait(20):
                return False
            self.heard.clear()
            self.changed |= self.watch.take()
        return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "old.jpg").write_bytes(b"old")
    return folder


@pytest.fixture
def listener(folder: Path) -> Iterator[Listener]:
    listener = Listener(folder)
    yield listener
    listener.watch.close()


def test_pictures_that_come_change_and_go_are_heard(folder: Path, listener: Listener) -> None:
    new, old = folder / "new.JPG", folder / "2026" / "old.jpg"
    new.write_bytes(b"new")
    assert listener.hears(new)
    old.write_bytes(b"another")
    assert listener.hears(old)
    listener.changed.clear()
    new.rename(folder / "2026" / "renamed.jpg")
    assert listener.hears(new, folder / "2026" / "renamed.jpg")
    listener.changed.clear()
    old.unlink()
    assert listener.hears(old)


def test_folders_that_come_and_go_are_heard_with_what_lies_in_them(
    folder: Path, listener: Listener, tmp_path: Path
) -> None:
    there = tmp_path / "elsewhere"
    (there / "deep").mkdir(parents=True)
    (there / "deep" / "a.jpg").write_bytes(b"a")
    there.rename(folder / "moved")
    assert listener.hears(folder / "moved")
    (folder / "moved" / "deep" / "b.jpg").write_bytes(b"b")  # new folders are watched, too
    assert listener.hears(folder / "moved" / "deep" / "b.jpg")
    listener.changed.clear()
    (folder / "2026").rename(tmp_path / "away")
    assert listener.hears(folder / "2026")


def test_reading_hidden_files_and_other_files_are_no_changes(
    folder: Path, listener: Listener
) -> None:
    (folder / "2026" / "old.jpg").read_bytes()
    (folder / ".part.jpg").write_bytes(b"hidden")
    (folder / "notes.txt").write_text("no picture")
    (folder / ".trash").mkdir()
    (folder / ".trash" / "a.jpg").write_bytes(b"a")
    (folder / "last.jpg").write_bytes(b"what comes after all that")
    assert listener.hears(folder / "last.jpg")
    assert listener.changed == {folder / "last.jpg"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_folder_that_is_a_link_is_watched_under_its_own_name(
    folder: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    listener = Listener(link)
    (folder / "new.jpg").write_bytes(b"new")
    assert listener.hears(link / "new.jpg")
    listener.watch.close()


def test_after_it_is_closed_nothing_is_heard(folder: Path, listener: Listener) -> None:
    listener.watch.close()
    listener.watch.close()
    (folder / "new.jpg").write_bytes(b"new")
    other = Listener(folder)
    (folder / "later.jpg").write_bytes(b"later")
    assert other.hears(folder / "later.jpg")
    assert not listener.heard.is_set()
    other.watch.close()


@pytest.mark.parametrize(
    ("number", "has_run_out"),
    [(errno.ENOSPC, True), (errno.EMFILE, True), (errno.EACCES, False)],
)
def test_it_is_told_where_a_system_does_not_watch(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, has_run_out: bool
) -> None:
    def refuse(_self: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(watching.Observer, "start", refuse)
    with pytest.raises(CannotWatchError) as told:
        FolderWatch([folder], NEVER.set)
    assert told.value.has_run_out is has_run_out


def test_an_inventory_finds_what_came_changed_and_went(folder: Path) -> None:
    inventory = Inventory([folder, folder / "never there"])
    assert inventory.look(NEVER) == frozenset()  # whatever lies there first is no change
    assert inventory.look(NEVER) == frozenset()
    (folder / "new.jpg").write_bytes(b"new")
    (folder / "2026" / "old.jpg").write_bytes(b"another")
    assert inventory.look(NEVER) == {folder / "new.jpg", folder / "2026" / "old.jpg"}
    shutil.rmtree(folder / "2026")
    assert inventory.look(NEVER) == {folder / "2026" / "old.jpg"}
    (folder / "later.jpg").write_bytes(b"later")
    stopped = threading.Event()
    stopped.set()
    assert inventory.look(stopped) == frozenset()
    assert inventory.look(NEVER) == {folder / "later.jpg"}  # a look that was stopped took no stock
