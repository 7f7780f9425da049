"""The commands by which several computers look at one library, from beginning to end."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from photo_organizer.cli.command import INTERRUPTED, OK, WRONG_CALL
from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from tests.engine.cluster import worker_process
from tests.engine.cluster.stored import everything
from tests.engine.pictures import save

pytestmark = pytest.mark.skipif(not worker_process.FORKS, reason="this system cannot fork")

PHOTOS = 12


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for number in range(PHOTOS):
        save(tmp_path / "photos" / f"{number}.jpg", 32, 24, seed=number)
    return tmp_path / "photos"


@pytest.fixture(autouse=True)
def quick(monkeypatch, encoder) -> None:
    worker_process.decode_in_this_process(monkeypatch)
    worker_process.few_files_a_shard(monkeypatch)


def wait_for(holds: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(600):
        if holds():
            return
        waiting.wait(0.05)
    raise AssertionError("it never came to that")


@pytest.fixture
def cluster(library: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A coordinator and two workers, each in a process of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address, certificate = f"tls://127.0.0.1:{port}", tmp_path / "cluster.pem"
    shown = {name: tmp_path / f"{name}.txt" for name in ("serve", "desk", "lap")}
    at = ["--host", "127.0.0.1", "--port"]
    with ExitStack() as stack:

        def start(name: str, *words: object) -> None:
            process = worker_process.command(*words, home=tmp_path / name, told=shown[name])
            stack.callback(end, process)

        start("serve", "cluster", "serve", library, *at, port, "--certificate", certificate)
        wait_for(lambda: shown["serve"].exists() and "can join" in shown["serve"].read_text())
        for name in ("desk", "lap"):
            more = ("--name", name, "--certificate", certificate, "--jobs", 1)
            start(name, "cluster", "work", address, "--root", library, *more)
        wait_for(lambda: shown["serve"].read_text().count("joined") == 2)
        yield address, certificate


def end(process) -> None:
    """As Ctrl+C does."""
    os.kill(process.pid, signal.SIGINT)
    process.join(20)
    assert process.exitcode == INTERRUPTED


def test_a_library_is_analysed_by_two_other_computers(cluster, library, capsys):
    address, certificate = cluster
    analyze = ["analyze", str(library), "--only", "categories"]
    assert run_command([*analyze, "--cluster", "off"]) == OK
    alone = everything(paths.store_path())
    paths.store_path().unlink()
    capsys.readouterr()
    together = [*analyze, "--cluster", address, "--certificate", str(certificate)]
    assert run_command(together) == OK
    shown = capsys.readouterr()
    assert f"{PHOTOS} photos" in shown.out
    counts = [int(word.rstrip(",.")) for word in shown.err.split() if word.rstrip(",.").isdigit()]
    assert sum(counts) == PHOTOS
    assert "this computer" not in shown.err
    assert everything(paths.store_path()) == alone


def test_a_coordinator_that_is_not_there_is_a_wrong_call(library, capsys, monkeypatch):
    monkeypatch.setattr("photo_organizer.engine.cluster.connection.CONNECT", 0.3)
    call = ["analyze", str(library), "--cluster", "tcp://127.0.0.1:1"]
    assert run_command(call) == WRONG_CALL
    assert "nothing was begun" in capsys.readouterr().err
    assert not paths.store_path().exists()
