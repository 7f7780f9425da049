"""Undoing from the command line, with real files and a real trash."""

import pytest

from photo_organizer.cli.main import run_command
from tests.cli.cleaning import COPIES, answer, names, needs_freedesktop_trash
from tests.engine.pictures import save

pytestmark = [needs_freedesktop_trash, pytest.mark.usefixtures("encoder")]


@pytest.fixture
def album(album_of_copies):
    return album_of_copies


def test_without_json_people_are_told_the_way_back(album, capsys):
    assert run_command(["clean", str(album), "--yes"]) == 0
    assert "photo-organizer undo" in capsys.readouterr().out
    assert run_command(["undo"]) == 0
    assert "2 files are back" in capsys.readouterr().out
    assert run_command(["undo"]) == 0
    assert "nothing to undo" in capsys.readouterr().out


def test_a_certain_clean_up_is_brought_back(album, capsys):
    before = names(album)
    first = answer(capsys, "clean", str(album), "--yes")
    save(album / "4.jpg", width=320, height=240, seed=4)
    (album / "copy of 4.jpg").write_bytes((album / "4.jpg").read_bytes())
    assert answer(capsys, "clean", str(album), "--yes")["moved"] == 1
    back = answer(capsys, "undo", "--batch", str(first["batch"]))
    assert back["batch"] == first["batch"]
    assert names(album) - {"4.jpg", "copy of 4.jpg"} == before


def test_a_clean_up_that_never_was_is_a_wrong_call(album, capsys):
    assert run_command(["undo", "--batch", "999"]) == 2
    assert "There is no clean-up 999. Nothing was cleaned up yet." in capsys.readouterr().err
    before = names(album)
    done = answer(capsys, "clean", str(album), "--yes")
    assert run_command(["undo", "--batch", "999"]) == 2
    told = capsys.readouterr().err
    assert "There is no clean-up 999." in told
    assert f"  {done['batch']}: 20" in told
    assert "2 files in the trash" in told
    assert run_command(["undo", "--batch", str(done["batch"])]) == 0
    assert names(album) == before


def test_what_waits_for_a_drive_is_told_and_an_older_clean_up_is_undone(album, tmp_path, capsys):
    older = answer(capsys, "clean", str(album), "--yes")
    drive = tmp_path / "drive"
    save(drive / "5.jpg", width=320, height=240, seed=5)
    (drive / "5 copy.jpg").write_bytes((drive / "5.jpg").read_bytes())
    newer = answer(capsys, "clean", str(drive), "--yes", "--use-folder")
    drive.rename(tmp_path / "unplugged")

    undone = answer(capsys, "undo")
    assert undone["batch"] == older["batch"]
    assert undone["waiting"] == [{"batch": newer["batch"], "drive": drive.as_uri()}]

    (tmp_path / "unplugged").rename(drive)
    assert answer(capsys, "undo")["batch"] == newer["batch"]
    assert {"5.jpg", "5 copy.jpg"} <= names(drive)


def test_a_name_that_is_taken_meanwhile_is_told(album, capsys):
    answer(capsys, "clean", str(album), "--yes")
    taken = album / "copies" / "0 (2).jpg"
    taken.parent.mkdir(exist_ok=True)
    taken.write_text("another file")
    assert run_command(["undo"]) == 0
    assert f"{taken} was taken; it is now " in capsys.readouterr().out
    assert taken.read_text() == "another file"
    assert names(album) > {*COPIES, "0.jpg"}
