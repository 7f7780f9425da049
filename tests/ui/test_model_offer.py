"""The offer to download CLIP, with a registry that downloads nothing."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.encoders import registry
from photo_organizer.engine.encoders.download import CancelledError, UnreachableError
from photo_organizer.engine.encoders.registry import ModelInfo
from photo_organizer.ui.main_window import MainWindow
from photo_organizer.ui.model_offer import OFFERED, ModelOffer
from photo_organizer.ui.session import Session

Download = Callable[[Callable[[int, int | None], None], threading.Event], str]

SIZE = 5_000_000_000  # more than 32 bits hold


def models(*, installed: bool) -> list[ModelInfo]:
    description = "People and free text."
    return [
        ModelInfo("starter", "starter", "Starter", 0, True, "", ""),
        ModelInfo(OFFERED, "clip", "CLIP", SIZE, installed, "MIT", description),
    ]


@pytest.fixture
def offer(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelOffer]:
    monkeypatch.setattr(registry, "list_models", lambda language: models(installed=False))
    offer = ModelOffer()
    qtbot.addWidget(offer)
    offer.show()
    offer.look()
    qtbot.waitUntil(lambda: offer.known and offer._task is None)
    yield offer
    offer.stop()


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Download], None]:
    """Puts a function in the place of the registry's download."""

    def put(work: Download) -> None:
        def download(
            name: str, progress: Callable[[int, int | None], None], cancel: threading.Event
        ) -> str:
            assert name == OFFERED
            return work(progress, cancel)

        monkeypatch.setattr(registry, "download", download)

    return put


def test_the_offer_says_what_is_missing_what_is_added_and_how_much_it_is(
    offer: ModelOffer,
) -> None:
    assert "knows no people" in offer.text.text()
    assert "CLIP adds people and free text." in offer.text.text()
    assert "5.0 GB" in offer.download.text()
    assert not offer.wanted


def test_nothing_is_offered_to_those_who_have_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "list_models", lambda language: models(installed=True))
    offer = ModelOffer()
    qtbot.addWidget(offer)
    offer.look()
    qtbot.waitUntil(lambda: offer._task is None)
    assert not offer.known


def test_a_download_shows_how_far_it_is_pauses_and_goes_on(
    offer: ModelOffer, downloads: Callable[[Download], None], qtbot: QtBot
) -> None:
    def half(progress: Callable[[int, int | None], None], cancel: threading.Event) -> str:
        progress(SIZE // 2, SIZE)
        assert cancel.wait(30)
        raise CancelledError

    downloads(half)
    offer.download.click()
    qtbot.waitUntil(lambda: offer.bar.value() == 500)
    assert offer.wanted
    assert "2.5 GB of 5.0 GB" in offer.text.text()
    offer.pause.click()
    qtbot.waitUntil(offer.download.isVisible)
    assert "paused" in offer.text.text()
    downloads(lambda _progress, _cancel: OFFERED)
    offer.download.click()
    qtbot.waitUntil(offer.again.isVisible)
    with qtbot.waitSignal(offer.analyse_again):
        offer.again.click()
    assert not offer.wanted


def test_a_broken_connection_is_told_and_may_be_tried_again(
    offer: ModelOffer, downloads: Callable[[Download], None], qtbot: QtBot
) -> None:
    def broken(_progress: object, _cancel: object) -> str:
        raise UnreachableError("no connection to the server")

    downloads(broken)
    offer.download.click()
    qtbot.waitUntil(offer.download.isVisible)
    assert "no connection to the server" in offer.text.text()


def test_the_window_offers_beside_the_invitation_and_never_nags_beside_photos(
    session: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "list_models", lambda language: models(installed=False))
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.offer.isVisible)
    session.open_folders([tmp_path])
    qtbot.waitUntil(lambda: not session.running)
    assert not window.offer.isVisible()
    monkeypatch.setattr(registry, "download", lambda *_, **__: OFFERED)
    window.offer.start()
    qtbot.waitUntil(window.offer.again.isVisible)
    with qtbot.waitSignal(session.running_changed):
        window.offer.again.click()
    qtbot.waitUntil(lambda: not session.running)
    assert not window.offer.isVisible()
    window.close()
