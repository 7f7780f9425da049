import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from photo_organizer.cli import parser
from photo_organizer.engine.analysis import run as analysis
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save

FLOWS = {"categories", "duplicates", "highlights", "low_quality"}


@pytest.fixture
def encoder(monkeypatch):
    fake = FakeEncoder()
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: fake)
    return fake


@pytest.fixture
def album(tmp_path):
    folder = tmp_path / "album"
    for number in range(4):
        save(folder / f"{number}.jpg", width=320, height=240, seed=number)
    (folder / "copy of 0.jpg").write_bytes((folder / "0.jpg").read_bytes())
    (folder / "empty.jpg").touch()
    return folder


def test_the_answers_are_written_whole_to_a_file(encoder, album, tmp_path, capsys):
    target = tmp_path / "result.json"
    assert parser.main(["analyze", str(album), "--json", str(target)]) == 0
    result = json.loads(target.read_text())
    assert set(result) == FLOWS | {"skipped", "details"}
    images = [u for c in result["categories"] for u in c["images"]]
    assert sorted(images) == sorted(p.as_uri() for p in album.iterdir() if p.stat().st_size)
    assert result["duplicates"] == [[(album / n).as_uri() for n in ("0.jpg", "copy of 0.jpg")]]
    assert result["skipped"] == [{"image": (album / "empty.jpg").as_uri(), "reason": "empty file"}]
    assert capsys.readouterr() == ("", "")
    assert list(tmp_path.glob("result.json*")) == [target]


def test_a_dash_writes_only_json_to_standard_output(encoder, album, capsys):
    assert parser.main(["analyze", str(album), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert set(json.loads(out)) >= FLOWS
    assert err == ""


def test_only_the_wanted_flows_are_filled(encoder, album, capsys):
    assert parser.main(["analyze", str(album), "--json", "-", "--only", "duplicates"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["duplicates"]
    assert not result["categories"]
    assert not result["highlights"]
    assert not result["low_quality"]


def test_without_json_a_summary_is_printed(encoder, album, capsys):
    assert parser.main(["analyze", str(album)]) == 0
    out = capsys.readouterr().out
    assert "5 photos" in out
    assert "exact copies" in out
    assert "empty.jpg" in out


def test_user_categories_appear_in_the_answer(encoder, album, tmp_path, capsys):
    file = tmp_path / "mine.txt"
    file.write_text("my dog\nreceipts\n")
    assert parser.main(["analyze", str(album), "--json", "-", "--categories", str(file)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [c["category"] for c in result["categories"]] == ["my dog", "receipts", "others"]


def test_without_recursion_folders_within_are_left_alone(encoder, album, capsys):
    save(album / "below" / "deep.jpg", seed=9)
    parser.main(["analyze", str(album), "--json", "-", "--no-recursive"])
    assert "deep.jpg" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["analyze", "no-such-folder"], "no-such-folder"),
        (["analyze", ".", "--json", "no-such-folder/result.json"], "no-such-folder"),
        (["analyze", ".", "--categories", "no-such-file"], "no-such-file"),
        (["analyze", ".", "--model", "no-such-model"], "no-such-model"),
        (["no-such-folder"], "no-such-folder"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_in_one_line(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISPLAY", "")
    assert parser.main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err or "display" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["analyze"], ["analyze", ".", "--jobs", "0"], ["models"]])
def test_wrong_words_exit_with_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        parser.main(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["analyze", "--help"], ["open", "--help"]])
def test_help_explains_itself(words, capsys):
    with pytest.raises(SystemExit) as ended:
        parser.main(words)
    assert ended.value.code == 0
    assert "photo" in capsys.readouterr().out


def test_models_are_listed(capsys):
    assert parser.main(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert "starter" in out
    assert "ViT-B-32/openai" in out


def command(*words: str, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "photo_organizer", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_the_real_command_answers_with_the_starter_model(album):
    process = command("analyze", str(album), "--json", "-")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    result = json.loads(out)
    assert result["details"]["model"]["name"] == "starter"
    assert len(result["duplicates"]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_an_interrupted_run_exits_with_130_and_writes_nothing(album, tmp_path):
    for number in range(300):
        save(album / f"more {number}.jpg", seed=100 + number)
    target = tmp_path / "result.json"
    script = "from photo_organizer.__main__ import main; print('ready', flush=True); main()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, "analyze", str(album), "--json", str(target)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    # The store appears once the run has begun, and with it the signal handler.
    store = Path(os.environ["PHOTO_ORGANIZER_HOME"]) / "library.sqlite"
    while not store.exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert not target.exists()
