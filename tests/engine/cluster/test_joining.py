"""A run with a real coordinator and real workers on loopback finds out what one alone does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.analysis.events import Cancelled, Finished, Progress
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.cluster import connection, dispatch, workplace
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.joining import joined, watch
from photo_organizer.engine.domain.computers import ClusterChoice, ComputerState
from photo_organizer.engine.isolation.process import Process
from tests.engine.cluster import computers
from tests.engine.cluster.stored import everything, names
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import encoded, save, scene

PHOTOS = 12


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "photos"
    for number in range(PHOTOS):
        save(folder / f"{number % 3}" / f"{number}.jpg", seed=number)
    (folder / "copy.jpg").write_bytes((folder / "0" / "0.jpg").read_bytes())
    (folder / "broken.jpg").write_bytes(encoded(scene(seed=77))[:500])
    return folder


@pytest.fixture(scope="module")
def cluster(album: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClusterChoice]:
    """A coordinator with two workers, for all tests of this module."""
    certificate = tmp_path_factory.mktemp("cluster") / "cluster.pem"
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(workplace, "open_encoder", lambda _name, _device, **_: FakeEncoder())
        address, _ = stack.enter_context(computers.coordinator(album, certificate=certificate))
        for name in ("desk", "lap"):
            stack.enter_context(
                computers.worker(address, album, certificate=certificate, name=name)
            )
        yield ClusterChoice(address, certificate)


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    fake = FakeEncoder()
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: fake)
    return fake


def run(album: Path, choice: ClusterChoice | None = None, **options) -> list:
    asked = Options((album,), partial_results=False, **options)
    if choice is None:
        return list(analyze(asked, threading.Event()))
    with joined(choice, (album,)) as others:
        return list(analyze(asked, threading.Event(), computers=others))


@pytest.fixture
def alone(album: Path, tmp_path: Path) -> dict:
    """What a run of this computer alone leaves in the store."""
    run(album)
    stored = everything(paths.store_path())
    paths.store_path().unlink()
    return stored


def last_told(events: list):
    return [one.cluster for one in events if isinstance(one, Progress) and one.cluster][-1]


def test_together_they_find_out_what_one_does_alone(album, cluster, alone, encoder, monkeypatch):
    monkeypatch.setattr(analysis.Pipeline, "_stages", refuse_to_look(analysis.Pipeline._stages))
    encoder.embedded = 0
    events = run(album, cluster)
    assert isinstance(events[-1], Finished)
    assert everything(paths.store_path()) == alone
    assert encoder.embedded == 0
    told = last_told(events)
    assert sorted(one.name for one in told.computers) == ["desk", "lap"]
    assert sum(one.photos for one in told.computers) == PHOTOS + 2
    assert (told.trouble, told.at_home) == (None, 0)


def refuse_to_look(make):
    """Hands at home that are made and never begin."""

    def stages(pipeline):
        made = make(pipeline)
        monkey = AssertionError("this computer looks itself")

        def start(*_):
            raise monkey

        made.start = start
        return made

    return stages


def test_a_library_under_another_name_is_not_looked_at_again(album, cluster, tmp_path, monkeypatch):
    run(album)
    whole = everything(paths.store_path())
    for path in sorted(album.rglob("*.jpg")):
        path.rename(path.with_name(f"moved {path.name}"))
    try:

        def forbidden(*_):
            raise AssertionError("a known photo was decoded again")

        monkeypatch.setattr(Process, "examine", forbidden)
        run(album, cluster)
    finally:
        for path in sorted(album.rglob("*.jpg")):
            path.rename(path.with_name(path.name.removeprefix("moved ")))
    again = everything(paths.store_path())
    assert len(again["photo"]) == 2 * len(whole["photo"])
    assert again | {"photo": whole["photo"]} == whole


def test_a_folder_of_the_library_is_found_in_it(album, cluster):
    events = run(album / "1", cluster)
    assert len(events[-1].result.photos) == PHOTOS // 3
    assert last_told(events).at_home == 0


def test_a_folder_of_no_library_is_refused(cluster, tmp_path):
    save(tmp_path / "other" / "1.jpg")
    with pytest.raises(ClusterError, match="--root"), joined(cluster, (tmp_path / "other",)):
        pass


def test_a_coordinator_that_is_not_there_is_told_before_anything_begins(album, monkeypatch):
    monkeypatch.setattr(connection, "CONNECT", 0.5)
    nowhere = ClusterChoice("tcp://127.0.0.1:1")
    with pytest.raises(ClusterError, match="nothing was begun"), joined(nowhere, (album,)):
        pass


def test_who_is_patient_begins_alone(album, alone, monkeypatch):
    monkeypatch.setattr(dispatch, "ALONE", 0.0)
    nowhere = ClusterChoice("tcp://127.0.0.1:1")
    with joined(nowhere, (album,), patient=True) as others:
        events = list(analyze(Options((album,)), threading.Event(), computers=others))
    assert everything(paths.store_path()) == alone
    told = last_told(events)
    assert told.at_home == PHOTOS + 2


def test_nobody_there_leaves_it_to_this_computer(album, alone, monkeypatch):
    monkeypatch.setattr(dispatch, "ALONE", 0.0)
    with computers.coordinator(album, plain=True) as (address, _):
        events = run(album, ClusterChoice(address))
    assert everything(paths.store_path()) == alone
    assert last_told(events).trouble.code == "cluster.nobody"


def test_a_run_that_is_stopped_leaves_the_workers_to_others(album, cluster):
    cancel, pause = threading.Event(), PauseSwitch()
    with joined(cluster, (album,)) as others:
        running = analyze(Options((album,)), cancel, pause, others)
        next(running)
        cancel.set()
        assert isinstance(list(running)[-1], Cancelled)
    events = run(album, cluster)
    assert len(names(paths.store_path())) == PHOTOS + 2
    assert last_told(events).at_home == 0


def test_who_watches_sees_who_is_there(cluster):
    cancel = threading.Event()
    for seen in watch(cluster, cancel):
        states = {one.name: one.state for one in seen.computers}
        if states == {"desk": ComputerState.READY, "lap": ComputerState.READY}:
            assert seen.trouble is None
            cancel.set()
