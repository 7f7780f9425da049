import os
import stat
import sys
from pathlib import Path

import pytest

from photo_organizer.engine.storage.whole_file import replace_whole, replacing

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


def test_a_new_file_is_private_and_its_folder_is_made(tmp_path):
    file = tmp_path / "new" / "file.toml"
    assert replace_whole(file, b"a") is None
    assert file.read_bytes() == b"a"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_it_cannot_be_written_the_old_one_stays_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "file.toml"
    file.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_whole(file, b"new", keep_old=True)
    assert [path.name for path in tmp_path.iterdir()] == ["file.toml"]
    assert file.read_bytes() == b"old"


def test_the_old_one_is_kept_under_a_name_that_was_free(tmp_path):
    file = tmp_path / "file.toml"
    for name in ("file.damaged.toml", "file.damaged-2.toml", "file.damaged-3.toml"):
        file.write_bytes(name.encode())
        aside = replace_whole(file, b"new", keep_old=True)
        assert aside == tmp_path / name
        assert (file.read_bytes(), aside.read_bytes()) == (b"new", name.encode())


def test_it_is_kept_where_a_file_has_one_name_only(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    file = tmp_path / "file.toml"
    file.write_bytes(b"old")
    aside = replace_whole(file, b"new", keep_old=True)
    assert aside is not None
    assert (file.read_bytes(), aside.read_bytes()) == (b"new", b"old")


@posix
def test_a_link_stays_a_link(tmp_path):
    real = tmp_path / "elsewhere" / "real.toml"
    link = tmp_path / "file.toml"
    link.symlink_to(real)
    replace_whole(link, b"a")
    assert link.is_symlink()
    assert real.read_bytes() == b"a"


def test_a_file_that_is_written_piece_by_piece_comes_as_a_whole(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    with replacing(link) as staged:
        staged.write_bytes(b"new")
        assert file.read_bytes() == b"old"
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    with pytest.raises(FileNotFoundError), replacing(file) as staged:
        staged.with_name("no folder").joinpath("newer").touch()
    assert file.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]
