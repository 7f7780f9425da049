"""Joining and leaving a real coordinator on loopback, and who is not let in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.engine.cluster import (
    certificates,
    dask_settings,
    messages,
    roots,
    shared_stages,
    working,
    workplace,
)
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.looking_at import look_at
from photo_organizer.engine.cluster.messages import Order, Sent, Shard
from photo_organizer.engine.cluster.serving import CameIn, Pace, Serving, WentAway
from photo_organizer.engine.cluster.working import Joined, Looked, Lost, NotCalled, NotReached, work
from photo_organizer.engine.domain.reasons import SpokenError
from tests.engine.cluster import computers
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    for number in range(4):
        save(folder / "2019" / f"{number}.jpg", seed=number)
    (folder / "2020").mkdir()
    return folder


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "cluster.pem"


@pytest.fixture(scope="module")
def served(root: Path, certificate: Path) -> Iterator[tuple[str, computers.Running]]:
    """One coordinator for all tests that do not end it."""
    with computers.coordinator(root, certificate=certificate) as one:
        yield one


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "AGAIN", 0.05)
    monkeypatch.setattr(working, "REACH", 0.5)
    monkeypatch.setattr("photo_organizer.engine.cluster.scheduler_plugin.PACE", 0.1)


def test_a_worker_comes_and_goes_and_both_say_so(
    served: tuple[str, computers.Running], root: Path, certificate: Path
) -> None:
    address, coordinator = served
    assert coordinator.first(Serving).certificate == certificate
    with computers.worker(address, root, certificate=certificate, name="a desk") as worker:
        joined = worker.first(Joined)
        assert joined.coordinator == address
        assert coordinator.first(CameIn) == CameIn("a desk", joined.address)
    assert coordinator.first(WentAway) == WentAway("a desk", joined.address)
    assert worker.error is None


def test_a_wrong_root_is_told_at_once_with_what_was_expected(
    served: tuple[str, computers.Running], tmp_path: Path, certificate: Path
) -> None:
    running = computers.Running()
    running.start(lambda cancel: work(served[0], tmp_path, cancel, certificate=certificate))
    with pytest.raises(ClusterError, match="no 2019, 2020 in") as told:
        running.first(Joined)
    assert str(tmp_path) in str(told.value)


def test_a_root_that_is_not_there_is_told_before_anybody_is_asked(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="not there"):
        next(work("tcp://127.0.0.1", tmp_path / "gone", threading.Event()))


def test_another_version_of_the_program_is_told(
    served: tuple[str, computers.Running],
    root: Path,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working, "Build", lambda: messages.Build(program="9.9"))
    running = computers.Running()
    running.start(lambda cancel: work(served[0], root, cancel, certificate=certificate))
    with pytest.raises(ClusterError, match=r"9\.9"):
        running.first(Joined)


def test_who_has_no_certificate_or_another_one_is_not_let_in(
    served: tuple[str, computers.Running], root: Path, tmp_path: Path
) -> None:
    with pytest.raises(ClusterError, match="no certificate at"):
        next(work(served[0], root, threading.Event(), certificate=tmp_path / "none.pem"))
    other = tmp_path / "other.pem"
    certificates.make(other)
    with computers.worker(served[0], root, wait=False, certificate=other) as worker:
        assert worker.first(NotReached).why.code == "cluster.other_certificate"


def test_who_speaks_plainly_to_a_protected_port_is_not_let_in(
    served: tuple[str, computers.Running], root: Path
) -> None:
    plain = served[0].replace("tls://", "tcp://")
    with computers.worker(plain, root, wait=False) as worker:
        assert worker.first(NotReached).why.code == "cluster.not_reached"


def test_a_plain_address_of_another_computer_is_refused(root: Path) -> None:
    with pytest.raises(SpokenError, match="not protected"):
        next(work("tcp://nas:8786", root, threading.Event()))


def test_a_coordinator_that_is_not_ours_is_told(root: Path) -> None:
    import asyncio

    dask_settings.prepare()
    from distributed import Scheduler

    running = computers.Running()

    async def other() -> None:
        async with Scheduler(
            host="127.0.0.1", dashboard_address=dask_settings.NO_PAGES
        ) as scheduler:
            running.start(lambda cancel: work(scheduler.address, root, cancel))
            with pytest.raises(ClusterError, match="not started by"):
                await asyncio.to_thread(running.first, Joined)

    asyncio.run(other())


def test_a_worker_joins_again_when_the_coordinator_and_the_drive_are_back(
    root: Path, certificate: Path
) -> None:
    with computers.coordinator(root, certificate=certificate) as (address, _):
        running = computers.Running()
        running.start(lambda cancel: work(address, root, cancel, certificate=certificate, jobs=1))
        running.first(Joined)
    running.first(Lost)
    running.events.clear()
    port = int(address.rpartition(":")[2])
    away = root.rename(root.with_name("away"))
    try:
        with computers.coordinator(away, certificate=certificate, port=port):
            assert running.first(NotReached).why.code == "cluster.root_missing"
            away.rename(root)
            running.first(Joined)
    finally:
        running.end()
    assert running.error is None


def test_who_cannot_be_called_back_is_told(
    served: tuple[str, computers.Running],
    root: Path,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_comm) -> None:
        raise OSError("a firewall")

    monkeypatch.setattr("distributed.worker.pingpong", refuse)
    with computers.worker(served[0], root, certificate=certificate) as worker:
        assert worker.first(NotCalled).why.code == "cluster.not_called"


def test_a_worker_that_is_stopped_hands_in_what_it_has_and_it_is_counted(
    served: tuple[str, computers.Running],
    root: Path,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from distributed import Client

    monkeypatch.setattr(shared_stages, "HAND_IN", 0.1)
    encoder = FakeEncoder()
    encoder.batch_size = 1
    second, go_on = threading.Event(), threading.Event()
    photos = iter(range(9))

    def hold() -> None:
        if next(photos):
            second.set()
            assert go_on.wait(computers.PATIENCE)

    encoder.on_batch = hold
    monkeypatch.setattr(workplace, "open_encoder", lambda _name, _device, **_: encoder)
    files = tuple(
        Sent(name, (status := (root / name).stat()).st_size, status.st_mtime_ns)
        for name in (f"2019/{number}.jpg" for number in range(4))
    )
    order = Order("a run", "fake", encoder.version, faces=False, thumbnails=False)
    security = certificates.security_for(served[0], certificate)
    with (
        Client(served[0], security=security, set_as_default=False) as client,
        computers.worker(served[0], root, certificate=certificate) as worker,
    ):
        shard = client.submit(look_at, Shard(order, 1, files), pure=False)
        try:
            assert second.wait(computers.PATIENCE)
            worker.cancel.set()
            answer = shard.result(computers.PATIENCE)
        finally:
            go_on.set()
        shard.release()
        assert len(answer.contents) == 1
        worker.join()
        assert worker.first(Looked).photos == 1
        assert served[1].first(Pace).photos == 1


def test_a_port_in_use_is_told(
    served: tuple[str, computers.Running], root: Path, certificate: Path
) -> None:
    port = int(served[0].rpartition(":")[2])
    with (
        pytest.raises(ClusterError, match="--port"),
        computers.coordinator(root, certificate=certificate, port=port),
    ):
        pass


def test_names_of_a_library_are_known(root: Path) -> None:
    assert roots.names_in(root) == ["2019", "2020"]
