"""``find``, with the starter on photos that come with the dependencies."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.samples import packaged
from photo_organizer.engine.storage.store import Store

PHOTOS = {
    "Trip 2024/a.png": ("skimage", "data/chelsea.png"),
    "Trip 2024/b.png": ("skimage", "data/coffee.png"),
    "c.png": ("skimage", "data/rocket.jpg"),
    "melancholy.png": ("skimage", "data/coins.png"),
}


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    for name, source in PHOTOS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packaged.sample_photo(*source), folder / name)
    return folder


def find(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str], str]:
    """The exit status, the names that were printed, and what was said."""
    status = run_command(["find", *map(str, words)])
    out, err = capsys.readouterr()
    return status, [Path(line.split(maxsplit=1)[1]).name for line in out.splitlines()], err


@pytest.mark.parametrize("text", ["cat", "a cat", "고양이"])
def test_what_photos_show_is_found_and_nothing_else(album, capsys, text):
    status, names, err = find(capsys, text, album)
    assert (status, names) == (0, ["a.png"])
    assert "4 photos searched (starter model)" in err
    assert f"“{text}”: shown in 1" in err


def test_sums_differences_and_restrictions(album, capsys):
    for line, names in {
        "cat -cat": [],
        "-cat": ["b.png", "c.png", "melancholy.png"],
        "cat -coffee": ["a.png"],
        "folder:trip": ["a.png", "b.png"],
        "coffee folder:trip": ["b.png"],
        "coffee -folder:trip": [],
        "trip coffee": ["b.png"],
        "name:?.png -cat": ["b.png", "c.png"],
    }.items():
        status, found, _ = find(capsys, "--", line, album)
        assert (line, found) == (line, names)
        assert status == (0 if names else 1)


def test_what_the_starter_cannot_see_is_said(album, capsys):
    status, names, err = find(capsys, "melancholy", album)
    assert (status, names) == (0, ["melancholy.png"])
    assert "does not know “melancholy”; found in names, folders, dates and cameras: 1" in err
    status, names, err = find(capsys, "뭔지 모를 말", album)
    assert (status, names) == (1, [])
    assert "cannot read" in err
    assert "Nothing fits." in err


def test_photos_like_another_one_that_lies_elsewhere(album, tmp_path, capsys):
    elsewhere = tmp_path / "my cat.png"
    shutil.copyfile(packaged.sample_photo("skimage", "data/chelsea.png"), elsewhere)
    assert find(capsys, album, "--like", elsewhere)[:2] == (0, ["a.png"])
    assert find(capsys, album, "--like", elsewhere, "--not", "cat")[:2] == (1, [])
    status, names, err = find(capsys, album, "--like", album / "Trip 2024" / "a.png")
    assert (status, names) == (1, []), "a photo is not like itself"
    assert "Like a.png: 0" in err


def test_a_photo_that_cannot_be_read_is_told(album, tmp_path, capsys):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    status, names, err = find(capsys, album, "--like", broken)
    assert (status, names) == (1, [])
    assert "not a picture" in err


def test_options_may_stand_between_query_and_folder(album, tmp_path, capsys):
    elsewhere = tmp_path / "my cat.png"
    shutil.copyfile(packaged.sample_photo("skimage", "data/chelsea.png"), elsewhere)
    assert find(capsys, "cat", "--like", elsewhere, album, "--most", 1)[:2] == (0, ["a.png"])
    assert find(capsys, "--like", elsewhere, "--", "-coffee", album)[:2] == (0, ["a.png"])


def test_paths_for_xargs(album, capfdbinary):
    assert run_command(["find", "folder:trip", str(album), "-0"]) == 0
    out = capfdbinary.readouterr().out
    places = [album / "Trip 2024" / name for name in ("a.png", "b.png")]
    assert out == b"".join(os.fsencode(place) + b"\0" for place in places)


def test_json_is_alone_on_standard_output(album, capsys):
    assert run_command(["find", "cat -people", str(album), "--json", "-"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["query"] == "cat -people"
    assert [one["reading"] for one in answer["terms"]] == ["by_kind", "by_kind"]
    (image,) = answer["images"]
    assert image["image"] == (album / "Trip 2024" / "a.png").as_uri()
    assert image["shown"]
    assert 0.5 < image["score"] <= 1


def test_at_most_so_many(album, tmp_path, capsys):
    target = tmp_path / "found.json"
    assert find(capsys, "name:png", album, "--most", 3, "--json", target)[0] == 0
    assert len(json.loads(target.read_text(encoding="utf-8"))["images"]) == 3


def test_the_users_stars_and_categories_can_be_asked_for(album, capsys):
    assert find(capsys, "category:animal", album)[:2] == (0, ["a.png"])
    assert find(capsys, "카테고리:음식", album)[:2] == (0, ["b.png"])
    with Store(paths.store_path()) as store:
        (known,) = [
            identity for identity in store.photos_below(album) if identity.path.name == "c.png"
        ]
        photo = dict(store.known([known]))[known]
        store.decide_rating(photo.content_hash, 5)
    assert find(capsys, "stars:4+", album)[:2] == (0, ["c.png"])


def test_the_current_folder_is_searched_where_none_is_named(album, capsys, monkeypatch):
    monkeypatch.chdir(album)
    assert find(capsys, "cat")[:2] == (0, ["a.png"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["find"], "Say what to find"),
        (["find", "  "], "Say what to find"),
        (["find", "cat", "no-such-folder"], "no-such-folder"),
        (["find", ".", "cat"], "The query comes first"),
        (["find", "--like", "no-such-photo.jpg"], "no-such-photo.jpg"),
        (["find", "like:no-such-photo.jpg"], "no-such-photo.jpg"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_in_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run_command(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_stopped_search_says_so_by_its_status(album):
    script = (
        "import os, signal, sys, threading\n"
        "from photo_organizer.cli import find, main\n"
        "from photo_organizer.cli import running\n"
        "whole = running.finish_analysis\n"
        "def stopped(*given):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return whole(*given)\n"
        "running.finish_analysis = stopped\n"
        f"sys.exit(main.run_command(['find', 'cat', {str(album)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 130, signal.SIGINT
    assert done.stdout == b""
