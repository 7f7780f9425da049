"""Fetching models in the background, with downloads that fetch nothing."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import installed_models, installing
from photo_organizer.engine.encoders.download import CancelledError, UnreachableError
from photo_organizer.engine.encoders.errors import ModelError, RefusedError
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.engine.encoders.offered_models import ModelKind
from photo_organizer.engine.proving import arrival
from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.known_model import KnownModel, ModelState
from photo_organizer.ui.session.session import Session
from tests.engine.proofs import PROOF

Progress = Callable[[int, int | None], None]
OnCheck = Callable[[int, int], None]
Download = Callable[[Progress, threading.Event, OnCheck], str]

SIZE = 5_000_000_000  # more than 32 bits hold
BEST, OTHER = "ViT-B-32-SigLIP2-256/webli", "ViT-B-32/openai"


class Machine:
    """What is installed, and what a download of each model does."""

    def __init__(self) -> None:
        self.infos = {
            "starter": ModelInfo("starter", ModelKind.STARTER, "Starter", 0, True, "", ""),
            BEST: ModelInfo(
                BEST, ModelKind.CLIP, "SigLIP", SIZE, False, "MIT", "Any words.", recommended=True
            ),
            OTHER: ModelInfo(OTHER, ModelKind.CLIP, "CLIP", SIZE, False, "MIT", "Any words."),
            "head": ModelInfo("head", ModelKind.AESTHETIC, "Head", 3, False, "MIT", "Comes along."),
        }
        self.downloads: dict[str, Download] = {BEST: complete, OTHER: complete}
        self.begun: list[str] = []

    def list_models(self, **_: object) -> list[ModelInfo]:
        return list(self.infos.values())

    def install(self, name: str) -> None:
        self.infos[name] = replace(self.infos[name], installed=True, proof=PROOF)

    def download(
        self, name: str, progress: Progress, cancel: threading.Event, *, on_check: OnCheck
    ) -> str:
        self.begun.append(name)
        self.downloads[name](progress, cancel, on_check)
        self.install(name)
        return name


def half(progress: Progress, cancel: threading.Event, _on_check: OnCheck) -> str:
    """A download that waits at its middle until it is stopped."""
    progress(SIZE // 2, SIZE)
    assert cancel.wait(30)
    raise CancelledError


def complete(_progress: Progress, _cancel: threading.Event, _on_check: OnCheck) -> str:
    return ""


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(installed_models, "list_models", machine.list_models)
    monkeypatch.setattr(arrival, "download", machine.download)
    return machine


@pytest.fixture
def models(session: Session, machine: Machine, qtbot: QtBot) -> Iterator[EncoderModels]:
    """Two models are on offer."""
    with qtbot.waitSignal(session.encoder_models.changed):
        session.encoder_models.look()
    yield session.encoder_models
    qtbot.waitUntil(lambda: not session.tasks.busy)


@pytest.fixture
def best(models: EncoderModels) -> KnownModel:
    assert models.recommended is not None
    return models.recommended


def test_what_there_is_and_what_is_recommended(models: EncoderModels) -> None:
    assert {name: model.state for name, model in models.models.items()} == {
        "starter": ModelState.INSTALLED,
        BEST: ModelState.OFFERED,
        OTHER: ModelState.OFFERED,
    }
    assert models.recommended is models.models[BEST]
    assert not models.has_clip


def test_another_look_finds_what_was_installed_or_harmed_elsewhere(
    models: EncoderModels, machine: Machine, qtbot: QtBot
) -> None:
    machine.install(OTHER)
    with qtbot.waitSignal(models.changed):
        models.look()
    assert models.models[OTHER].state is ModelState.INSTALLED
    assert models.has_clip
    why = Reason("models.damaged", {"model": OTHER, "file": "weights"})
    machine.infos[OTHER] = replace(machine.infos[OTHER], installed=False, damaged=why)
    with qtbot.waitSignal(models.changed):
        models.look()
    assert models.models[OTHER].state is ModelState.DAMAGED
    assert not models.has_clip


def test_a_download_tells_how_far_it_is_pauses_and_goes_on(
    models: EncoderModels, best: KnownModel, session: Session, machine: Machine, qtbot: QtBot
) -> None:
    machine.downloads[BEST] = half
    models.get_recommended()
    (activity,) = session.activities.running
    qtbot.waitUntil(lambda: best.share == 0.5)
    assert activity.figures == "2.5 GB of 5.0 GB"
    activity.pause()
    assert best.state is ModelState.PAUSED
    assert session.activities.running == [activity]
    machine.downloads[BEST] = complete
    # Also while the first try is still ending.
    with (
        qtbot.waitSignal(models.arrived) as arrived,
        qtbot.waitSignal(session.activities.ended) as ended,
    ):
        activity.pause(False)
    assert arrived.args == [BEST, "SigLIP"]
    assert ended.args == ["SigLIP is installed: it knows 19 of 21 test pictures."]
    assert best.state is ModelState.INSTALLED
    assert session.activities.running == []


def test_a_paused_download_waits_for_as_long_as_one_likes(
    models: EncoderModels, best: KnownModel, session: Session, machine: Machine, qtbot: QtBot
) -> None:
    machine.downloads[BEST] = half
    models.download(BEST)
    qtbot.waitUntil(lambda: best.share == 0.5)
    models.pause(BEST)
    qtbot.waitUntil(lambda: not session.tasks.busy)
    assert best.state is ModelState.PAUSED
    assert session.activities.running[0].paused
    machine.downloads[BEST] = complete
    with qtbot.waitSignal(models.arrived):
        models.download(BEST)
    assert session.activities.running == []


def test_models_come_one_after_another_and_a_held_one_lets_others_by(
    models: EncoderModels, best: KnownModel, session: Session, machine: Machine, qtbot: QtBot
) -> None:
    machine.downloads[BEST] = half
    models.download(BEST)
    models.download(OTHER)
    other = models.models[OTHER]
    assert (best.state, other.state) == (ModelState.ARRIVING, ModelState.WAITING)
    assert len(session.activities.running) == 2
    qtbot.waitUntil(lambda: best.share == 0.5)
    with qtbot.waitSignal(models.arrived) as arrived:
        models.pause(BEST)
    assert arrived.args[0] == OTHER
    assert best.state is ModelState.PAUSED
    machine.downloads[BEST] = complete
    with qtbot.waitSignal(models.arrived):
        models.download(BEST)
    assert machine.begun == [BEST, OTHER, BEST]


def test_a_stopped_download_is_offered_again(
    models: EncoderModels, best: KnownModel, session: Session, machine: Machine, qtbot: QtBot
) -> None:
    machine.downloads[BEST] = half
    models.download(BEST)
    qtbot.waitUntil(lambda: best.share == 0.5)
    session.activities.running[0].cancel()
    assert best.state is ModelState.OFFERED
    assert session.activities.running == []
    machine.downloads[BEST] = complete
    with qtbot.waitSignal(models.arrived):
        models.download(BEST)
    assert best.state is ModelState.INSTALLED


def test_a_broken_connection_is_told_and_may_be_tried_again(
    models: EncoderModels, best: KnownModel, session: Session, machine: Machine, qtbot: QtBot
) -> None:
    def broken(*_: object) -> str:
        raise UnreachableError("failures.technical", message="no connection to the server")

    machine.downloads[BEST] = broken
    with qtbot.waitSignal(session.activities.ended) as ended:
        models.download(BEST)
    assert best.state is ModelState.FAILED
    assert str(best.failure) == "no connection to the server"
    assert "no connection to the server" in ended.args[0]
    with qtbot.waitSignal(models.changed):
        models.look()  # the settings are opened meanwhile
    assert best.state is ModelState.FAILED
    machine.downloads[BEST] = complete
    with qtbot.waitSignal(models.arrived):
        models.download(BEST)
    assert best.state is ModelState.INSTALLED
    assert best.failure is None


def test_a_model_is_checked_before_it_is_installed_and_may_be_refused(
    models: EncoderModels, best: KnownModel, session: Session, machine: Machine, qtbot: QtBot
) -> None:
    told, decide = threading.Event(), threading.Event()

    def refused(progress: Progress, _cancel: threading.Event, on_check: OnCheck) -> str:
        progress(SIZE, SIZE)
        on_check(3, 12)
        told.set()
        assert decide.wait(30)
        raise RefusedError("models.no_fit", file="a", architecture="b", message="c")

    machine.downloads[BEST] = refused
    models.download(BEST)
    qtbot.waitUntil(lambda: best.state is ModelState.CHECKING)
    (activity,) = session.activities.running
    assert activity.title == "Checking what SigLIP knows…"
    assert best.share == 0.25
    assert not activity.can_pause
    with qtbot.waitSignal(session.activities.ended) as ended:
        decide.set()
    assert best.state is ModelState.REFUSED
    assert ended.args[0].startswith("a does not fit b")
    assert not models.has_clip


def test_what_breaks_without_a_word_leaves_nothing_on_its_way(
    models: EncoderModels, best: KnownModel, session: Session, machine: Machine, qtbot: QtBot
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("a mistake of the program")

    machine.downloads[BEST] = broken
    with qtbot.waitSignal(session.tasks.failed):
        models.download(BEST)
    qtbot.waitUntil(lambda: best.state is ModelState.OFFERED)
    assert session.activities.running == []


def test_a_model_comes_from_a_file(
    models: EncoderModels, machine: Machine, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    taken: list[object] = []

    def take(name: str, file: Path, *, on_check: OnCheck, cancel: threading.Event) -> str:
        on_check(1, 2)
        assert not cancel.is_set()
        taken.append((name, file))
        machine.infos[name] = ModelInfo(name, ModelKind.CLIP, name, 9, True, "", "", proof=PROOF)
        return name

    monkeypatch.setattr(arrival, "import_model", take)
    with qtbot.waitSignal(models.arrived) as arrived:
        model = models.import_file("ViT-S-32", Path("weights.pt"))
    assert taken == [("ViT-S-32/custom", Path("weights.pt"))]
    assert arrived.args[0] == "ViT-S-32/custom"
    assert model.state is ModelState.INSTALLED
    qtbot.waitUntil(lambda: "ViT-S-32/custom" in models.models)
    with pytest.raises(ModelError):
        models.import_file("no such / name", Path("weights.pt"))


def test_an_installed_model_is_checked_on_demand(
    models: EncoderModels, machine: Machine, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    machine.infos[OTHER] = replace(machine.infos[OTHER], installed=True)
    with qtbot.waitSignal(models.changed):
        models.look()
    other = models.models[OTHER]

    def refuse(_name: str, *, on_check: OnCheck, cancel: threading.Event) -> None:
        on_check(1, 2)
        assert not cancel.is_set()
        why = Reason("models.damaged", {"model": OTHER, "file": "weights"})
        machine.infos[OTHER] = replace(machine.infos[OTHER], refused=why)
        raise RefusedError(why.code, **why.values)

    monkeypatch.setattr(arrival, "check_again", refuse)
    models.check(OTHER)
    qtbot.waitUntil(lambda: other.info.refused is not None)
    assert (other.state, other.failure) == (ModelState.REFUSED, other.info.refused)
    assert not models.has_clip

    def prove(_name: str, **_: object) -> None:
        machine.infos[OTHER] = replace(machine.infos[OTHER], refused=None, proof=PROOF)

    monkeypatch.setattr(arrival, "check_again", prove)
    with qtbot.waitSignal(models.arrived):
        models.check(OTHER)
    assert (other.state, other.failure) == (ModelState.INSTALLED, None)


def test_a_removed_model_is_on_offer_again(
    models: EncoderModels, machine: Machine, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    machine.install(OTHER)
    with qtbot.waitSignal(models.changed):
        models.look()

    def refuse(_name: str) -> str:
        raise ModelError("models.not_deleted", folder="models", message="in use")

    monkeypatch.setattr(installing, "remove", refuse)
    with qtbot.waitSignals([models.changed, models.changed]):
        models.remove(OTHER)
    assert models.models[OTHER].state is ModelState.INSTALLED
    assert str(models.models[OTHER].failure) == "cannot delete models: in use"

    def remove(name: str) -> str:
        machine.infos[name] = replace(machine.infos[name], installed=False, proof=None)
        return name

    monkeypatch.setattr(installing, "remove", remove)
    models.remove(OTHER)
    qtbot.waitUntil(lambda: models.models[OTHER].state is ModelState.OFFERED)
    assert models.models[OTHER].failure is None
