"""Runs whose photos are embedded on another computer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.events import Cancelled, Event, Finished, Progress
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.encoders.errors import ModelError, ServiceError
from photo_organizer.engine.encoders.remote_service import IN_A_ROW, Patience
from tests.engine.encoders.remote_server import MODEL, Server, serve
from tests.engine.pictures import save


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A service whose model has proved itself; nobody waits before asking again."""
    monkeypatch.setattr(Patience, "before", lambda *_: 0.0)
    with serve() as running:
        running.trust(paths.models_dir())
        yield running


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    for number in range(6):
        save(folder / f"{number}.jpg", seed=number)
    return folder


def events(album: Path, server: Server, cancel: threading.Event | None = None) -> Iterator[Event]:
    asked = Options((album,), model=server.name, faces=False, wanted=frozenset())
    return analyze(asked, cancel or threading.Event())


def result(album: Path, server: Server) -> Result:
    *_, last = events(album, server)
    assert isinstance(last, Finished)
    return last.result


def test_photos_are_embedded_there_and_known_from_then_on(server: Server, album: Path) -> None:
    first = result(album, server)
    assert len(first.photos) == 6
    assert first.model["name"] == f"immich:{MODEL}"
    assert first.model["device"] == "remote"
    assert len(server.pictures) == 6 + 1  # and the one that tells the version
    server.forget()
    assert len(result(album, server).photos) == 6
    assert len(server.pictures) == 1


def test_on_another_computer_known_photos_stay_known(server: Server, album: Path) -> None:
    first = result(album, server)
    with serve() as other:
        assert result(album, other).model["version"] == first.model["version"]
        assert len(other.pictures) == 1


def test_a_photo_that_the_service_refuses_is_one_photo(server: Server, album: Path) -> None:
    seen: list[bytes] = []

    def second_photo(picture: bytes) -> bool:
        if picture not in seen:
            seen.append(picture)
        return seen.index(picture) == 2

    server.refuses = second_photo
    answered = result(album, server)
    assert len(answered.photos) == 5
    (skipped,) = answered.skipped
    assert "not taken by the model at 127.0.0.1" in skipped.reason.text()
    assert len(server.pictures) == 1 + 6
    # Another time it may take it.
    server.refuses = lambda _: False
    assert len(result(album, server).photos) == 6


def test_a_service_that_goes_away_ends_the_run_and_the_next_one_goes_on(
    server: Server, album: Path
) -> None:
    stored = threading.Event()

    def goes_once_two_are_stored(_picture: bytes) -> bool:
        if len(server.pictures) > 1 + 2:
            assert stored.wait(30)
            server.broken = "close"
            raise ConnectionError
        return False

    server.refuses = goes_once_two_are_stored
    run = events(album, server)
    next(e for e in run if isinstance(e, Progress) and e.done == 2)
    stored.set()
    with pytest.raises(ServiceError, match="does not answer"):
        list(run)
    server.refuses, server.broken = lambda _: False, ""
    server.forget()
    assert len(result(album, server).photos) == 6
    assert len(server.pictures) == 1 + 6 - 2


def test_a_service_that_refuses_everything_ends_the_run(server: Server, album: Path) -> None:
    for number in range(6, IN_A_ROW + 1):
        save(album / f"{number}.jpg", seed=number)
    server.refuses = lambda _: len(server.pictures) > 1  # not what tells the version
    with pytest.raises(ServiceError, match="refused 8 photos one after the other"):
        list(events(album, server))


def test_other_computers_are_not_sent_there(server: Server, album: Path) -> None:
    asked = Options((album,), model=server.name)
    with pytest.raises(ModelError, match="not with that of a service"):
        next(analyze(asked, threading.Event(), computers=object()))  # type: ignore[arg-type]
    assert server.asked == 0


def test_a_run_that_hangs_there_is_cancelled(server: Server, album: Path) -> None:
    cancel = threading.Event()
    server.faults.extend(["", ""])  # what tells the version
    server.broken = "hang"
    before = set(threading.enumerate())
    told = []
    for event in events(album, server, cancel):
        told.append(event)
        if server.hanging.is_set():
            cancel.set()
    assert isinstance(told[-1], Cancelled)
    # Nobody hangs on who is still to be waited for at the end of the program.
    for thread in set(threading.enumerate()) - before:
        if thread.name == "_embed":
            thread.join(10)
            assert not thread.is_alive()
