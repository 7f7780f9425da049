import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from photo_organizer.cli.main import run_command
from photo_organizer.engine.encoders import installed_models
from tests.engine.pictures import save


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
    assert run_command(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err or "display" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["analyze"], ["analyze", ".", "--jobs", "0"], ["models"]])
def test_wrong_words_exit_with_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        run_command(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["analyze", "--help"], ["open", "--help"]])
def test_help_explains_itself(words, capsys):
    with pytest.raises(SystemExit) as ended:
        run_command(words)
    assert ended.value.code == 0
    assert "photo" in capsys.readouterr().out


def test_help_and_the_form_of_a_call_load_nothing_heavy():
    heavy = {"numpy", "torch", "PIL", "PySide6", "rich", "sqlite3"}
    script = (
        "import sys\n"
        "from photo_organizer.cli.main import run_command\n"
        "try:\n    run_command(['--help'])\n"
        f"except SystemExit:\n    print(*({heavy} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "analyze" in done.stdout
    assert done.stderr == "\n"


def test_what_nobody_expected_is_one_line_and_exits_with_1(monkeypatch, capsys):
    def broken(*_):
        raise RuntimeError("the drive is gone")

    monkeypatch.setattr(installed_models, "list_models", broken)
    assert run_command(["models", "list"]) == 1
    assert capsys.readouterr() == ("", "photo-organizer: the drive is gone\n")


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
