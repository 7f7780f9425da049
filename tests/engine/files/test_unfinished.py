import os
import subprocess
import sys
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.files import unfinished

LEAVES_ONE = """
import os, sys
from pathlib import Path
from photo_organizer.engine.files import unfinished
with unfinished.beside(Path(sys.argv[1])) as path:
    path.write_bytes(b"half")
    os._exit(1)
"""


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """What a process left that ended in the middle."""
    (tmp_path / "copies").mkdir()
    code = [sys.executable, "-c", LEAVES_ONE, str(tmp_path / "copies" / "a.jpg")]
    assert subprocess.run(code, check=False).returncode == 1
    (path,) = (tmp_path / "copies").iterdir()
    return path


def notes() -> list[Path]:
    folder = paths.data_dir() / "unfinished"
    return list(folder.iterdir()) if folder.is_dir() else []


def test_what_is_whole_gets_its_name_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "a.jpg"
    with unfinished.beside(target) as path:
        assert path.parent == target.parent
        assert path.name.startswith(".")
        path.write_bytes(b"whole")
        path.rename(target)
    assert target.read_bytes() == b"whole"
    assert notes() == []


def test_what_does_not_get_whole_is_removed(tmp_path: Path) -> None:
    with unfinished.beside(tmp_path / "a.jpg") as path:
        path.write_bytes(b"half")
    assert not path.exists()
    assert notes() == []


def test_what_a_crash_left_is_removed_at_the_next_start(left: Path) -> None:
    unfinished.tidy()
    assert not left.exists()
    assert notes() == []


def test_what_is_being_written_is_left_alone(tmp_path: Path) -> None:
    with unfinished.beside(tmp_path / "a.jpg") as path:
        path.write_bytes(b"half")
        unfinished.tidy()
        assert path.exists()


def test_nothing_else_is_ever_removed(tmp_path: Path, left: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    (note,) = notes()
    note.write_bytes(os.fsencode(photo))
    unfinished.tidy()
    assert photo.exists()
    assert left.exists()  # its note was forged; nobody knows that it is ours


def test_what_lies_on_a_drive_that_is_away_waits(tmp_path: Path, left: Path) -> None:
    left.parent.rename(tmp_path / "unplugged")
    unfinished.tidy()
    assert len(notes()) == 1
    (tmp_path / "unplugged").rename(left.parent)
    unfinished.tidy()
    assert not left.exists()


def test_without_a_note_the_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "file"))
    with unfinished.beside(tmp_path / "a.jpg") as path:
        path.write_bytes(b"whole")
        path.rename(tmp_path / "a.jpg")
    assert (tmp_path / "a.jpg").exists()
    unfinished.tidy()
