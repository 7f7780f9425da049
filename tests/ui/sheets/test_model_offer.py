"""The offer to download CLIP: what it says, and the whole story in the real window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import installed_models, opening
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.ui.session import encoder_models as models_module
from photo_organizer.ui.session.encoder_models import ModelState
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.model_offer import ModelOffer
from photo_organizer.ui.window.main_window import MainWindow
from tests.engine.encoders.conftest import (  # noqa: F401 - fixtures
    offered,
    published,
    server,
    tiny,
    tiny_clip,
)
from tests.engine.encoders.server import Server
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save

INFO = ModelInfo("clip", "clip", "CLIP", 605_000_000, False, "MIT", "People and free text.")


@pytest.fixture
def offer(session: Session, qtbot: QtBot) -> ModelOffer:
    session.encoder_models.offered = INFO
    offer = ModelOffer(session.encoder_models)
    qtbot.addWidget(offer)
    go(session, ModelState.OFFERED)
    return offer


def go(session: Session, state: ModelState) -> None:
    session.encoder_models.state = state
    session.encoder_models.changed.emit()


def test_the_offer_says_what_is_added_and_how_much_it_is(
    offer: ModelOffer, session: Session
) -> None:
    assert offer.isVisibleTo(None)
    assert "CLIP adds people and free text." in offer.more.text()
    assert "605 MB" in offer.download.text()
    session.encoder_models.figures, session.encoder_models.share = "1 MB of 605 MB", 0.25
    go(session, ModelState.DOWNLOADING)
    assert "1 MB of 605 MB" in offer.text.text()
    assert offer.bar.value() == 250
    assert offer.pause.isVisibleTo(offer)
    go(session, ModelState.PAUSED)
    assert "paused" in offer.text.text()
    assert offer.download.text() == "Resume"
    session.encoder_models.failure = Reason("failures.technical", {"message": "no connection"})
    go(session, ModelState.FAILED)
    assert "no connection" in offer.text.text()
    go(session, ModelState.INSTALLED)
    assert not offer.isVisibleTo(None)


def test_it_is_silent_while_nobody_has_looked(session: Session, qtbot: QtBot) -> None:
    offer = ModelOffer(session.encoder_models)
    qtbot.addWidget(offer)
    assert not offer.isVisibleTo(None)


def test_the_light_program_says_how_to_get_the_full_one_and_offers_nothing(
    session: Session, light_program: None, qtbot: QtBot
) -> None:
    offer = ModelOffer(session.encoder_models)
    qtbot.addWidget(offer)
    with qtbot.waitSignal(session.encoder_models.changed):
        session.encoder_models.look()
    assert session.encoder_models.state is ModelState.NEEDS_FULL
    assert "adds any category you can name" in offer.more.text()
    assert "needs the full program" in offer.text.text()
    assert "uv run photo-organizer" in offer.text.text()
    assert not offer.download.isVisibleTo(offer)
    session.encoder_models.download()  # no way leads to a download that could not be used
    assert session.encoder_models.state is ModelState.NEEDS_FULL


@pytest.fixture
def window(
    published: Server,  # noqa: F811 - the fixture
    offered: list[dict[str, object]],  # noqa: F811 - the fixture
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """The real window; the starter's place is taken, the tiny CLIP can be downloaded."""
    monkeypatch.setattr(models_module, "OFFERED", "tiny-clip/test")
    real = opening.open_encoder

    def open_encoder(name: str, device: str) -> object:
        installed = any(m.installed for m in installed_models.list_models() if m.kind == "clip")
        return real(name, device) if installed else FakeEncoder()

    monkeypatch.setattr(analysis, "open_encoder", open_encoder)
    with capture_exceptions() as raised:
        session = Session()
        window = MainWindow(session)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(lambda: session.encoder_models.state is ModelState.OFFERED)
        yield window
        window.close()
    assert raised == []


def stopped(running: bool) -> bool:
    return not running


def test_photos_are_sorted_at_once_and_again_when_clip_has_arrived(
    window: MainWindow,
    published: Server,  # noqa: F811 - the fixture
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    for number in range(4):
        save(tmp_path / "album" / f"{number}.jpg", seed=number)
    session = window._session
    assert window.welcome.offer.isVisible()
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=stopped
    ):
        window.open_folders([tmp_path / "album"])
    assert session.shown.result is not None
    assert session.shown.result.model["name"] == "fake"
    assert not window.welcome.offer.isVisible()  # nobody is nagged beside the photos

    content = dict(published.files)
    published.files.clear()
    with qtbot.waitSignal(session.activities.ended, timeout=60_000):
        session.encoder_models.download()
    assert session.encoder_models.state is ModelState.FAILED
    assert len(session.shown.photos) == 4
    published.files.update(content)
    published.cut_after = 2_000_000  # the connection breaks once more on the way

    shown: list[int] = []
    session.shown.changed.connect(lambda result: shown.append(len(result.photos)))
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=stopped
    ):
        session.encoder_models.download()
    assert (published.asked[-1][1] or "").startswith("bytes=")  # it went on where it had stopped
    assert session.encoder_models.state is ModelState.INSTALLED
    assert session.shown.result.model["name"] == "tiny-clip/test"
    assert set(shown) == {4}  # never fewer than were known


def test_who_has_chosen_a_model_keeps_it(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    save(tmp_path / "album" / "1.jpg", seed=1)
    session = window._session
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=stopped
    ):
        window.open_folders([tmp_path / "album"])
    session.choices.set_preferences(replace(session.choices.preferences, model="starter"))
    with qtbot.waitSignal(session.encoder_models.arrived, timeout=60_000):
        session.encoder_models.download()
    assert not session.analysis.running
    assert "settings" in window.status.text.text()
