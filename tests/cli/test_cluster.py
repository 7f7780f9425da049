"""``cluster serve`` and ``cluster work``: what they ask for, print and end with."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from photo_organizer.cli.main import run_command
from photo_organizer.engine.cluster import certificates, serving, working
from photo_organizer.engine.domain.reasons import Reason, SpokenError


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "photos" / "2019").mkdir(parents=True)
    return tmp_path / "photos"


def telling(monkeypatch: pytest.MonkeyPatch, module, name: str, *events) -> list[tuple]:
    """Have a generator of the engine tell these events; what it was asked for."""
    asked: list[tuple] = []

    def tell(*words, **options) -> Iterator[object]:
        asked.append((words, options))
        return iter(events)

    monkeypatch.setattr(module, name, tell)
    return asked


def test_serve_says_how_to_join_and_who_does(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = Path("/keys/cluster.pem")
    open_to_all = Reason("cluster.certificate_open", {"file": str(certificate)})
    found = ("tls://nas:8786", "tls://10.0.0.2:8786")
    asked = telling(
        monkeypatch,
        serving,
        "serve",
        serving.Serving(found, certificate, False, is_new=True, warning=open_to_all),
        serving.CameIn("desk", "tls://10.0.0.3:40000"),
        serving.Pace(1200, 34.26),
        serving.WentAway("desk", "tls://10.0.0.3:40000"),
    )
    assert run_command(["cluster", "serve", str(library)]) == 0
    ((folder, cancel), options) = asked[0]
    assert (folder, cancel.is_set()) == (library, False)
    expected = {"host": "", "port": 8786, "certificate": None, "plain": False}
    assert options == expected
    said, warned = capsys.readouterr()
    assert "photo-organizer cluster work tls://nas:8786 --root FOLDER\n" in said
    assert f"photo-organizer analyze {library} --cluster tls://nas:8786\n" in said
    assert "tls://10.0.0.2:8786" in said
    assert f"made at {certificate}" in said
    assert re.search(r"^\d\d:\d\d:\d\d  desk joined \(tls://10\.0\.0\.3:40000\)\.$", said, re.M)
    assert "1200 photos looked at, 34.3 photos/s." in said
    assert "desk left" in said
    assert "chmod 600" in warned


def test_serve_names_the_certificate_that_was_named_and_warns_of_a_plain_port(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    named = Path("my keys.pem").absolute()
    event = serving.Serving(("tls://nas:1",), named, False)
    telling(monkeypatch, serving, "serve", event)
    words = ["cluster", "serve", str(library), "--port", "1", "--certificate", str(named)]
    assert run_command(words) == 0
    assert f'tls://nas:1 --root FOLDER --certificate "{named}"' in capsys.readouterr().out
    telling(monkeypatch, serving, "serve", serving.Serving(("tcp://nas:1",), None, False))
    assert run_command(["cluster", "serve", str(library), "--plain"]) == 0
    said = capsys.readouterr().out
    assert "work tcp://nas:1 --root FOLDER --plain" in said
    assert "Nothing is encrypted" in said


def test_work_tells_how_it_goes(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = telling(
        monkeypatch,
        working,
        "work",
        working.NotReached(Reason("cluster.not_reached", {"address": "tls://nas:8786"})),
        working.Joined("tls://nas:8786", "tls://10.0.0.3:40000"),
        working.NotCalled(Reason("cluster.not_called", {"address": "tls://10.0.0.3:40000"})),
        working.Looked(256, 12.0),
        working.Lost(Reason("cluster.lost", {"address": "tls://nas:8786"})),
    )
    words = ["cluster", "work", "nas", "--root", str(library), "--jobs", "3", "--name", "desk"]
    assert run_command([*words, "--device", "cpu", "--port", "4000"]) == 0
    ((address, root, _), options) = asked[0]
    assert (address, root) == ("nas", library)
    assert options == {
        "name": "desk",
        "jobs": 3,
        "device": "cpu",
        "certificate": None,
        "plain": False,
        "port": 4000,
    }
    said, warned = capsys.readouterr()
    assert "Joined tls://nas:8786." in said
    assert "256 photos looked at, 12.0 photos/s." in said
    assert [line.partition(" ")[0] for line in warned.splitlines()] == ["Nobody", "The", "The"]


def test_what_is_wrong_with_a_call_is_one_line(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["cluster", "work", "tcp://nas", "--root", str(library)]) == 2
    assert "not protected" in capsys.readouterr().err
    assert run_command(["cluster", "work", "nas", "--root", str(library)]) == 2
    assert "no certificate at" in capsys.readouterr().err
    assert run_command(["cluster", "work", "nas", "--root", str(library / "gone")]) == 2
    assert run_command(["cluster", "serve", str(library / "gone")]) == 2
    capsys.readouterr()

    def missing() -> None:
        raise SpokenError("cluster.missing", why=Reason("cluster.install"))

    monkeypatch.setattr("photo_organizer.engine.cluster.dask_settings.prepare", missing)
    assert run_command(["cluster", "serve", str(library)]) == 2
    assert "photo-organizer[cluster]" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "many"])
def test_a_port_is_a_number_of_one(library: Path, port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command(["cluster", "serve", str(library), "--port", port])
    assert ended.value.code == 2


@contextmanager
def command(*words: object) -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own, which ends by Ctrl+C as it should."""
    process = subprocess.Popen(
        [sys.executable, "-m", "photo_organizer", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    try:
        yield process
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
        assert (process.returncode, errors) == (130, "")
    finally:
        watchdog.cancel()
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent otherwise there")
def test_both_end_by_ctrl_c_without_a_word_of_dask(library: Path) -> None:
    with command("cluster", "serve", library, "--host", "127.0.0.1", "--port", "0") as server:
        assert server.stdout is not None
        (address,) = re.findall(r"tls://127\.0\.0\.1:\d+", server.stdout.readline())
        assert certificates.usual_path().exists()
        with command("cluster", "work", address, "--root", library) as worker:
            assert worker.stdout is not None
            assert "Joined" in worker.stdout.readline()
        assert any("left" in line for line in server.stdout)
