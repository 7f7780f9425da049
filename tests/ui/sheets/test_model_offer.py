"""The offer to download CLIP: what it says, and the whole story in the real window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import checkpoints, installed_models, opening
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.engine.encoders.offered_models import ModelKind
from photo_organizer.engine.encoders.proofs import write_proof
from photo_organizer.engine.proving import arrival
from photo_organizer.ui.session.known_model import KnownModel, ModelState
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
from tests.engine.proofs import PROOF

INFO = ModelInfo(
    "clip/best", ModelKind.CLIP, "CLIP", 605_000_000, False, "MIT", "People and free text."
)


@pytest.fixture
def model(session: Session) -> KnownModel:
    model = KnownModel(INFO, ModelState.OFFERED)
    session.encoder_models.models = {INFO.name: model}
    session.encoder_models.recommended = model
    return model


@pytest.fixture
def offer(session: Session, model: KnownModel, qtbot: QtBot) -> ModelOffer:
    offer = ModelOffer(session.encoder_models)
    qtbot.addWidget(offer)
    return offer


def test_the_offer_says_what_is_added_and_how_much_it_is(
    offer: ModelOffer, session: Session, model: KnownModel
) -> None:
    def go(state: ModelState) -> None:
        model.state = state
        session.encoder_models.changed.emit()

    assert offer.isVisibleTo(None)
    assert "CLIP adds people and free text." in offer.more.text()
    assert "605 MB" in offer.download.text()
    model.figures, model.share = "1 MB of 605 MB", 0.25
    go(ModelState.ARRIVING)
    assert "1 MB of 605 MB" in offer.text.text()
    assert offer.bar.value() == 250
    assert offer.pause.isVisibleTo(offer)
    go(ModelState.PAUSED)
    assert "Paused" in offer.text.text()
    assert offer.download.text() == "Resume"
    model.share = None
    go(ModelState.CHECKING)
    assert offer.text.text() == "Checking what it knows…"
    assert not offer.pause.isVisibleTo(offer)
    model.failure = Reason("failures.technical", {"message": "no connection"})
    go(ModelState.FAILED)
    assert "no connection" in offer.text.text()
    go(ModelState.REFUSED)
    assert offer.text.text() == "It was not installed. no connection."
    assert offer.download.text() == "Download again"
    go(ModelState.INSTALLED)
    assert not offer.isVisibleTo(None)


def test_who_has_another_model_is_offered_none(
    offer: ModelOffer, session: Session, model: KnownModel
) -> None:
    other = KnownModel(replace(INFO, name="clip/other", installed=True), ModelState.INSTALLED)
    session.encoder_models.models["clip/other"] = other
    session.encoder_models.changed.emit()
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
    best = session.encoder_models.recommended
    assert best is not None
    assert best.state is ModelState.NEEDS_FULL
    assert "adds any category you can name" in offer.more.text()
    assert "needs the full program" in offer.text.text()
    assert "uv run photo-organizer" in offer.text.text()
    assert not offer.download.isVisibleTo(offer)
    session.encoder_models.get_recommended()  # no way leads to what could not be used
    assert best.state is ModelState.NEEDS_FULL


def prove(folder: Path, **_: object) -> None:
    """A model with random weights passes, for once."""
    write_proof(folder, replace(PROOF, version=checkpoints.version(folder)))


@pytest.fixture
def window(
    published: Server,  # noqa: F811 - the fixture
    offered: list[dict[str, object]],  # noqa: F811 - the fixture
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """The real window; the starter's place is taken, the tiny CLIP can be downloaded."""
    offered[1]["recommended"] = True
    monkeypatch.setattr(arrival, "prove_folder", prove)
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
        qtbot.waitUntil(lambda: session.encoder_models.recommended is not None)
        yield window
        window.close()
    assert raised == []


def state(session: Session) -> ModelState:
    assert session.encoder_models.recommended is not None
    return session.encoder_models.recommended.state


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
        session.encoder_models.get_recommended()
    assert state(session) is ModelState.FAILED
    assert len(session.shown.photos) == 4
    published.files.update(content)
    published.cut_after = 2_000_000  # the connection breaks once more on the way

    shown: list[int] = []
    session.shown.changed.connect(lambda result: shown.append(len(result.photos)))
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=stopped
    ):
        session.encoder_models.get_recommended()
    assert (published.asked[-1][1] or "").startswith("bytes=")  # it went on where it had stopped
    assert state(session) is ModelState.INSTALLED
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
        session.encoder_models.get_recommended()
    assert not session.analysis.running
    assert "settings" in window.status.text.text()
