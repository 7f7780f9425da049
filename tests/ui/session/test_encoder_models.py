"""Fetching CLIP in the background, with a download that fetches nothing."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.encoders import installed_models, installing
from photo_organizer.engine.encoders.download import CancelledError, UnreachableError
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.ui.session.encoder_models import OFFERED, EncoderModels, ModelState
from photo_organizer.ui.session.session import Session

Progress = Callable[[int, int | None], None]
Download = Callable[[Progress, threading.Event], str]

SIZE = 5_000_000_000  # more than 32 bits hold


def infos(*, installed: bool) -> list[ModelInfo]:
    description = "People and free text."
    return [
        ModelInfo("starter", "starter", "Starter", 0, True, "", ""),
        ModelInfo(OFFERED, "clip", "CLIP", SIZE, installed, "MIT", description),
    ]


@pytest.fixture
def models(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> EncoderModels:
    """CLIP is on offer."""
    monkeypatch.setattr(installed_models, "list_models", lambda **_: infos(installed=False))
    session.encoder_models.look()
    qtbot.waitUntil(lambda: session.encoder_models.state is ModelState.OFFERED)
    return session.encoder_models


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Download], None]:
    """Puts a function in the place of the download."""

    def put(work: Download) -> None:
        def download(name: str, progress: Progress, cancel: threading.Event) -> str:
            assert name == OFFERED
            return work(progress, cancel)

        monkeypatch.setattr(installing, "download", download)

    return put


def half(progress: Progress, cancel: threading.Event) -> str:
    """A download that waits at its middle until it is stopped."""
    progress(SIZE // 2, SIZE)
    assert cancel.wait(30)
    raise CancelledError


def complete(_progress: Progress, _cancel: threading.Event) -> str:
    return OFFERED


def test_nothing_is_offered_to_those_who_have_clip(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed_models, "list_models", lambda **_: infos(installed=True))
    session.encoder_models.look()
    qtbot.waitUntil(lambda: session.encoder_models.state is ModelState.INSTALLED)


def test_a_download_tells_how_far_it_is_pauses_and_goes_on(
    models: EncoderModels, session: Session, downloads: Callable[[Download], None], qtbot: QtBot
) -> None:
    downloads(half)
    models.download()
    (activity,) = session.activities.running
    qtbot.waitUntil(lambda: models.share == 0.5)
    assert activity.figures == "2.5 GB of 5.0 GB"
    activity.pause()
    assert models.state is ModelState.PAUSED
    assert session.activities.running == [activity]
    downloads(complete)
    # Also while the first try is still ending.
    with qtbot.waitSignal(models.arrived) as arrived:
        activity.pause(False)
    assert arrived.args == ["CLIP"]
    assert models.state is ModelState.INSTALLED
    assert session.activities.running == []


def test_a_paused_download_waits_for_as_long_as_one_likes(
    models: EncoderModels, session: Session, downloads: Callable[[Download], None], qtbot: QtBot
) -> None:
    downloads(half)
    models.download()
    qtbot.waitUntil(lambda: models.share == 0.5)
    models.pause()
    qtbot.waitUntil(lambda: models._task is None)
    assert models.state is ModelState.PAUSED
    assert session.activities.running[0].paused
    downloads(complete)
    with qtbot.waitSignal(models.arrived):
        models.download()
    assert session.activities.running == []


def test_a_stopped_download_is_offered_again(
    models: EncoderModels, session: Session, downloads: Callable[[Download], None], qtbot: QtBot
) -> None:
    downloads(half)
    models.download()
    qtbot.waitUntil(lambda: models.share == 0.5)
    session.activities.running[0].cancel()
    assert models.state is ModelState.OFFERED
    assert session.activities.running == []
    downloads(complete)
    with qtbot.waitSignal(models.arrived):
        models.download()


def test_a_broken_connection_is_told_and_may_be_tried_again(
    models: EncoderModels, session: Session, downloads: Callable[[Download], None], qtbot: QtBot
) -> None:
    def broken(_progress: object, _cancel: object) -> str:
        raise UnreachableError("failures.technical", message="no connection to the server")

    downloads(broken)
    with qtbot.waitSignal(session.activities.ended) as ended:
        models.download()
    assert models.state is ModelState.FAILED
    assert str(models.failure) == "no connection to the server"
    assert "no connection to the server" in ended.args[0]
    downloads(complete)
    with qtbot.waitSignal(models.arrived):
        models.download()
    assert models.state is ModelState.INSTALLED
