import json
import os
import shutil
from dataclasses import replace

import numpy as np
import pytest
from pyarrow import parquet

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.analysis.looking import Looker
from photo_organizer.engine.exchange import exporting, layout
from photo_organizer.engine.storage import preferences_file


@pytest.fixture
def on(monkeypatch, tmp_path):
    """Go on at one of two computers."""
    return lambda name: monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / name))


@pytest.fixture
def file(encoder, album, tmp_path, on):
    """What the analysis of the album on the first computer found out."""
    on("there")
    assert run_command(["analyze", str(album), "--json", str(tmp_path / "there.json")]) == 0
    target = tmp_path / "photos.parquet"
    assert run_command(["library", "export", str(target), str(album)]) == 0
    return target


@pytest.fixture
def moved(album, file, tmp_path):
    """The album on the second computer."""
    return shutil.copytree(album, tmp_path / "moved")


def analysed(folder, target):
    assert run_command(["analyze", str(folder), "--json", str(target)]) == 0
    return json.loads(target.read_text())


def test_an_archive_that_was_analysed_elsewhere_needs_no_look(
    encoder, file, moved, album, tmp_path, on, capsys, monkeypatch
):
    on("here")
    capsys.readouterr()
    assert run_command(["library", "import", str(file), "--root", str(moved)]) == 0
    told = capsys.readouterr().out
    assert "4 photos in the file (copies count once): 4 new here, with 4 new embeddings." in told
    assert "5 files known at once, without being read." in told
    encoder.embedded = 0
    read, look_into = [], Looker.look_into

    def looked_into(looker, files, known):
        read.extend(identity.path.name for identity, _ in files)
        return look_into(looker, files, known)

    monkeypatch.setattr(Looker, "look_into", looked_into)
    result = analysed(moved, tmp_path / "here.json")
    assert read == ["empty.jpg"]  # nothing is known of what nobody could read
    assert (result["details"]["timing"]["measured"], encoder.embedded) == (0, 0)
    there = (tmp_path / "there.json").read_text().replace(album.as_uri(), moved.as_uri())
    for flow in ("categories", "duplicates", "highlights", "low_quality", "skipped"):
        assert result[flow] == json.loads(there)[flow]


def test_only_what_changed_since_is_looked_at(encoder, file, moved, tmp_path, on, capsys):
    on("here")
    changed = moved / "3.jpg"
    changed.write_bytes((moved / "2.jpg").read_bytes() + b"more")
    assert run_command(["library", "import", str(file), "--root", str(moved)]) == 0
    assert "1 file not there, or changed since" in capsys.readouterr().out
    encoder.embedded = 0
    assert analysed(moved, tmp_path / "here.json")["details"]["timing"]["measured"] == 1
    assert encoder.embedded == 1


def test_without_a_root_files_are_read_and_nothing_is_measured(encoder, file, moved, tmp_path, on):
    on("here")
    assert run_command(["library", "import", str(file)]) == 0
    encoder.embedded = 0
    assert analysed(moved, tmp_path / "here.json")["details"]["timing"]["measured"] == 0
    assert encoder.embedded == 0


def test_an_imported_vector_of_another_length_is_replaced(encoder, file, moved, tmp_path, on):
    table = parquet.read_table(file)
    rows = table.to_pylist()
    for row in rows:
        row["embeddings"][0]["vector"] = np.ones(1, np.float16)
    parquet.write_table(table.from_pylist(rows, schema=table.schema), file)
    on("here")
    assert run_command(["library", "import", str(file), "--root", str(moved)]) == 0
    assert analysed(moved, tmp_path / "here.json")["details"]["timing"]["measured"] == 5


def test_faces_stay_away_where_they_are_not_wanted(file, on, tmp_path, capsys):
    def counts(*words):
        capsys.readouterr()
        assert run_command(["library", *words, "--json", "-"]) == 0
        return json.loads(capsys.readouterr().out)

    here = str(tmp_path / "without.parquet")
    assert counts("export", here)["faces"] == 4
    assert counts("export", here, "--without-faces")["faces"] == 0
    on("here")
    assert counts("import", str(file), "--without-faces")["faces"] == 0
    chosen = preferences_file.load().preferences
    preferences_file.save(replace(chosen, faces=False))
    assert counts("import", str(file))["faces"] == 0
    preferences_file.save(chosen)
    assert counts("import", str(file)) == {
        "photos": 4,
        "added": 0,
        "embeddings": 0,
        "faces": 4,
        "files": 0,
        "files_elsewhere": 0,
        "other_version": 0,
        "other_faces_version": 0,
        "refused": {},
    }


def test_the_export_tells_what_is_in_the_file(album, file, tmp_path, capsys):
    capsys.readouterr()
    assert run_command(["library", "export", str(file), str(album)]) == 0
    out = capsys.readouterr().out
    assert f"{file} has what is known of 4 photos, in " in out
    assert f"It names 5 files, by their paths below {album}." in out
    assert "--without-faces leaves them out" in out
    assert run_command(["library", "export", str(file)]) == 0
    assert "It names no files." in capsys.readouterr().out


def test_what_is_wrong_is_one_line(album, file, tmp_path, capsys):
    capsys.readouterr()
    for words, status, why in (
        (["import", str(tmp_path / "none.parquet")], 1, "No such file"),
        (["import", str(album / "0.jpg")], 1, "no file that `photo-organizer library export`"),
        (["import", str(file), "--root", str(tmp_path / "none")], 2, "is not a folder"),
        (["export", str(file), str(tmp_path / "none")], 2, "is not a folder"),
        (["export", str(album)], 1, "is there and is no file"),
        (["export", "x.parquet", "--json", str(album)], 2, "nothing was done. It is a folder"),
    ):
        assert run_command(["library", *words]) == status
        out, err = capsys.readouterr()
        (line,) = err.splitlines()
        assert why in line
        assert out == ""


def test_without_pyarrow_it_is_told_how_to_get_it(album, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(layout, "has_pyarrow", lambda: False)
    for words in (["export", "x.parquet"], ["import", "x.parquet"]):
        assert run_command(["library", *words]) == 1
        assert "pyarrow, which is not installed" in capsys.readouterr().err


def test_stopping_is_told(file, monkeypatch, tmp_path, capsys):
    pages = exporting.Listing.pages

    def stop(listing, size):
        os.kill(os.getpid(), 15)
        yield from pages(listing, size)

    monkeypatch.setattr(exporting.Listing, "pages", stop)
    capsys.readouterr()
    assert run_command(["library", "export", str(tmp_path / "stopped.parquet")]) == 130
    assert capsys.readouterr().err == "Stopped; no file was written.\n"
    assert not (tmp_path / "stopped.parquet").exists()
