"""Whatever dies in the middle, the store is as after a run of one computer alone."""

from __future__ import annotations

import random
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.cluster import certificates, connection, dispatch
from photo_organizer.engine.cluster.joining import joined
from photo_organizer.engine.domain.computers import ClusterChoice
from tests.engine.cluster import computers, worker_process
from tests.engine.cluster.stored import everything
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import encoded, save, scene

pytestmark = pytest.mark.skipif(not worker_process.FORKS, reason="this system cannot fork")

PHOTOS = 60
KILLS = 20


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "photos"
    for number in range(PHOTOS):
        save(folder / f"{number % 3}" / f"{number}.jpg", 32, 24, seed=number)
    (folder / "copy.jpg").write_bytes((folder / "0" / "0.jpg").read_bytes())
    (folder / "broken.jpg").write_bytes(encoded(scene(seed=77))[:500])
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of few files, and no waiting."""
    worker_process.decode_in_this_process(monkeypatch)
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: FakeEncoder())
    worker_process.few_files_a_shard(monkeypatch)
    monkeypatch.setattr(connection, "LOOK", 0.05)
    monkeypatch.setattr(connection, "AGAIN", 0.05)
    monkeypatch.setattr(dispatch, "ALONE", 1.0)


@pytest.fixture
def alone(album: Path) -> dict:
    """What a run of this computer alone leaves in the store."""
    list(analyze(asked(album), threading.Event()))
    stored = everything(paths.store_path())
    assert len(stored["embedding"]) == len(stored["faces"]) == PHOTOS
    paths.store_path().unlink()
    return stored


def asked(album: Path) -> Options:
    return Options((album,), partial_results=False)


class Workers:
    """Two workers, of which the one that is killed is followed by another one."""

    def __init__(self, address: str, album: Path, certificate: Path) -> None:
        self._where = address, album
        self._certificate = certificate
        self.count = 0
        self._all = [self._start(), self._start()]

    def _start(self) -> BaseProcess:
        self.count += 1
        return worker_process.worker(*self._where, self._certificate, name=f"worker {self.count}")

    def kill(self, which: int) -> None:
        dead, self._all[which] = self._all[which], self._start()
        dead.kill()
        dead.join(10)

    def end(self) -> None:
        for process in self._all:
            process.kill()
            process.join(10)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cluster") / "cluster.pem"
    certificates.make(path)
    return path


@pytest.fixture(scope="module")
def workers(album: Path, certificate: Path) -> Iterator[tuple[Workers, str]]:
    with ExitStack() as stack:
        address, _ = stack.enter_context(computers.coordinator(album, certificate=certificate))
        made = Workers(address, album, certificate)
        stack.callback(made.end)
        yield made, address


def test_workers_that_are_killed_at_any_moment_cost_nothing(
    album: Path, alone: dict, workers: tuple[Workers, str], certificate: Path
) -> None:
    made, address = workers
    chance = random.Random(20)
    killed = 0
    while killed < KILLS:
        with joined(ClusterChoice(address, certificate), (album,)) as others:
            next_kill = time.monotonic() + chance.random()
            for _event in analyze(asked(album), threading.Event(), computers=others):
                if killed < KILLS and time.monotonic() > next_kill:
                    made.kill(chance.randrange(2))
                    killed += 1
                    next_kill = time.monotonic() + chance.random()
        assert everything(paths.store_path()) == alone
        paths.store_path().unlink()


def test_an_analysis_that_is_killed_goes_on_where_it_was(
    album: Path, alone: dict, workers: tuple[Workers, str], certificate: Path
) -> None:
    _, address = workers
    choice = ClusterChoice(address, certificate)
    process = worker_process.analysis(album, choice, paths.data_dir())
    while not (paths.store_path().exists() and embedded(paths.store_path()) > PHOTOS / 4):
        assert process.is_alive()
    process.kill()
    process.join(10)
    kept = embedded(paths.store_path())
    with joined(choice, (album,)) as others:
        list(analyze(asked(album), threading.Event(), computers=others))
        looked = sum(one.photos for one in others.cluster.computers) + others.cluster.at_home
    assert everything(paths.store_path()) == alone
    assert looked <= PHOTOS + 2 - kept


def test_a_coordinator_that_is_killed_is_waited_for(
    album: Path, alone: dict, certificate: Path
) -> None:
    port = free_port()
    address = f"tls://127.0.0.1:{port}"
    with ExitStack() as stack:
        running = [worker_process.coordinator(album, port, certificate)]
        stack.callback(lambda: [one.kill() for one in running])
        made = Workers(address, album, certificate)
        stack.callback(made.end)
        choice = ClusterChoice(address, certificate)
        others = stack.enter_context(joined(choice, (album,), patient=True))
        for _event in analyze(asked(album), threading.Event(), computers=others):
            looked = sum(one.photos for one in others.cluster.computers)
            if len(running) == 1 and looked > PHOTOS / 4:
                running[0].kill()
                running[0].join(10)
                running.append(worker_process.coordinator(album, port, certificate))
        assert len(running) == 2
    assert everything(paths.store_path()) == alone


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def embedded(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        try:
            return connection.execute("SELECT count(*) FROM embedding").fetchone()[0]
        except sqlite3.OperationalError:  # it is just being made
            return 0
