"""The program's files are nobody else's; folders of others keep their rights."""

import os
import stat
import sys
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.pixels.thumbnails import ThumbnailCache
from photo_organizer.engine.storage import backups
from photo_organizer.engine.storage.store import Store
from photo_organizer.engine.storage.whole_file import replace_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights of its own")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077])
def _umask(request: pytest.FixtureRequest):
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_umask")
def test_what_the_program_makes_is_private_whatever_the_umask_is() -> None:
    home = paths.data_dir()
    with Store(paths.store_path()) as store:
        store.decide_rating(b"p" * 16, 1)
        backups.make(store.connection, store.path)
        replace_whole(home / "preferences.toml", b"")
        folder = ThumbnailCache(paths.cache_dir() / "thumbnails", 1).path_of(b"p" * 16).parent
        paths.own_folder(folder)
        made = list(home.rglob("*"))
        assert {"library.sqlite-wal", "newest.sqlite"} <= {path.name for path in made}
        for path in (home, *made):
            assert rights(path) == (0o700 if path.is_dir() else 0o600), path


def make_old(home: Path) -> None:
    """As an older version left its files."""
    for name in (
        "library.sqlite",
        "library.sqlite-lock",
        "preferences.toml",
        "snapshots/a.snapshot",
    ):
        file = home / name
        file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        file.touch(0o644)
        file.chmod(0o644)
        file.parent.chmod(0o755)


def test_what_an_older_version_left_open_is_closed_to_others() -> None:
    home = paths.data_dir()
    make_old(home)
    (home / "models").mkdir(mode=0o755)
    paths.tighten()
    assert rights(home) == rights(home / "snapshots") == 0o700
    assert {rights(path) for path in home.rglob("*") if path.is_file()} == {0o600}
    assert rights(home / "models") == 0o755


def test_rights_are_never_widened() -> None:
    home = paths.data_dir()
    make_old(home)
    (home / "library.sqlite").chmod(0o400)
    home.chmod(0o500)
    paths.tighten()
    assert rights(home / "library.sqlite") == 0o400
    assert rights(home) == 0o500
    home.chmod(0o700)


def test_a_folder_with_files_of_others_keeps_its_rights() -> None:
    home = paths.data_dir()
    make_old(home)
    (home / "letter.txt").touch(0o644)
    (home / "letter.txt").chmod(0o644)
    paths.tighten()
    assert rights(home) == rights(home / "snapshots") == 0o755
    assert rights(home / "letter.txt") == 0o644
    assert rights(home / "library.sqlite") == 0o600


def test_the_home_folder_itself_keeps_its_rights(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(home))
    make_old(home)
    home.chmod(0o755)
    paths.tighten()
    assert rights(home) == 0o755
    assert rights(home / "library.sqlite") == 0o600


def test_what_a_link_leads_to_keeps_its_rights(tmp_path: Path) -> None:
    home = paths.data_dir()
    home.mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.touch(0o644)
    elsewhere.chmod(0o644)
    (home / "preferences.toml").symlink_to(elsewhere)
    paths.tighten()
    assert rights(elsewhere) == 0o644
