"""A program that cannot write into its folder shows everything and moves nothing."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.cleanup.planning import Plan
from photo_organizer.engine.cleanup.trash import Trash
from photo_organizer.engine.storage import home
from photo_organizer.engine.storage.store import Store, StoreError


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's folder with a decision in it, in which nothing can be written."""
    with Store(paths.store_path()) as store:
        store.decide_rating(b"p" * 16, 4)
    folder = paths.data_dir()
    monkeypatch.setattr(os, "access", lambda path, *_more, **_: Path(path) != folder)
    yield folder
    paths.use_instead(None)


def test_a_folder_that_can_be_written_or_made_is_used_as_it_is() -> None:
    assert home.prepare() is None
    assert not paths.data_dir().exists()
    paths.own_folder(paths.data_dir())
    assert home.prepare() is None
    assert home.trouble() is None
    assert paths.stood_in_for() is None


def test_what_is_known_is_there_and_the_folder_stays_as_it_is(closed: Path) -> None:
    before = {path.name: path.read_bytes() for path in closed.iterdir() if path.is_file()}
    reason = home.prepare()
    assert reason is not None
    assert str(closed) in reason.text()
    with Store(paths.store_path()) as store:
        assert store.decisions().ratings == {b"p" * 16: 4}
        store.decide_rating(b"p" * 16, 1)
    assert {path.name: path.read_bytes() for path in closed.iterdir() if path.is_file()} == before
    assert paths.models_dir() == closed / "models"
    shutil.rmtree(paths.data_dir())


def test_what_stood_in_is_cleared_away_at_the_end(closed: Path) -> None:
    home.prepare()
    stood_in = paths.data_dir()
    assert stood_in.is_dir()
    home.clear_away()
    assert not stood_in.exists()
    assert closed.is_dir()


def test_nothing_is_moved_and_nothing_brought_back_without_a_journal(closed: Path) -> None:
    home.prepare()
    trash = Trash(paths.store_path())
    assert list(trash.recover()) == []
    with pytest.raises(StoreError) as caught:
        list(trash.undo(None, threading.Event()))
    assert caught.value.reason.code == "cleanup.no_journal"
    assert list(trash.clean_up(Plan([], []), threading.Event()))  # nothing was asked for
    shutil.rmtree(paths.data_dir())


@pytest.mark.skipif(sys.platform == "win32", reason="paths are other ones there")
def test_a_folder_that_cannot_be_made_has_a_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "a file" / "home"))
    assert home.prepare() is not None
    with Store(paths.store_path()) as store:
        assert store.decisions().ratings == {}
    shutil.rmtree(paths.data_dir())
    paths.use_instead(None)
