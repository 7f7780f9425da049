"""Models in the settings: chosen, got, and removed; what they proved."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders import installed_models, installing
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.engine.encoders.offered_models import ModelKind
from photo_organizer.ui.session.known_model import KnownModel, ModelState
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.model_import import ModelImport
from photo_organizer.ui.sheets.model_page import ModelPage
from tests.engine.proofs import PROOF

CLIP, LARGE, BEST = "ViT-B-32/openai", "ViT-L-14/openai", "ViT-B-32-SigLIP2-256/webli"

STARTER = ModelInfo("starter", ModelKind.STARTER, "Starter", 0, True, "", "Works at once.")
MODELS = [
    STARTER,
    ModelInfo(CLIP, ModelKind.CLIP, "CLIP", 605_000_000, True, "MIT", "Knows people.", proof=PROOF),
    ModelInfo(LARGE, ModelKind.CLIP, "CLIP large", 1_710_000_000, False, "MIT", "For a GPU."),
    ModelInfo(
        BEST, ModelKind.CLIP, "SigLIP", 1_500_000_000, False, "MIT", "Any words.", recommended=True
    ),
    ModelInfo("aesthetic-ViT-B-32", ModelKind.AESTHETIC, "Scores", 3000, True, "", "Comes along."),
]


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed_models, "list_models", lambda **_: MODELS)
    monkeypatch.setattr(
        "photo_organizer.engine.encoders.devices.available_devices", lambda: ("cuda", "cpu")
    )


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[ModelPage]:
    page = open_page(session, qtbot)
    yield page
    qtbot.waitUntil(lambda: not session.tasks.busy)


def open_page(session: Session, qtbot: QtBot) -> ModelPage:
    page = ModelPage(session.choices, session.tasks, session.shown, session.encoder_models)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: not session.tasks.busy)
    return page


def go(session: Session, name: str, state: ModelState, failure: Reason | None = None) -> KnownModel:
    model = session.encoder_models.models[name]
    model.state, model.failure = state, failure
    session.encoder_models.changed.emit()
    return model


def list_again(session: Session, qtbot: QtBot, *models: ModelInfo) -> None:
    installed_models.list_models = lambda **_: list(models)  # the fixture takes it back
    with qtbot.waitSignal(session.encoder_models.changed):
        session.encoder_models.look()


def answer(role: QMessageBox.ButtonRole) -> None:
    """Answer the question that comes up."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(b for b in box.buttons() if box.buttonRole(b) == role).click()

    QTimer.singleShot(0, click)


def test_installed_models_and_present_devices_are_offered(
    page: ModelPage, session: Session
) -> None:
    assert list(page.choices) == ["auto", "starter", CLIP]
    assert page.choices["auto"].isChecked()
    assert [page.device.itemData(i) for i in range(page.device.count())] == ["auto", "cuda", "cpu"]
    page.choices["starter"].click()
    page.device.setCurrentIndex(2)
    page.device.activated.emit(2)
    assert (session.choices.preferences.model, session.choices.preferences.device) == (
        "starter",
        "cpu",
    )


def test_what_was_chosen_but_is_not_there_is_said_and_can_be_got(
    session: Session, qtbot: QtBot
) -> None:
    session.choices.set_preferences(replace(session.choices.preferences, model=LARGE, device="mps"))
    page = open_page(session, qtbot)
    gone = page.choices[LARGE]
    assert gone.isChecked()
    assert gone.accessibleDescription() == "Not installed at present."
    assert page.rows[LARGE].get.isVisible()
    assert page.device.currentData() == "mps"
    assert "not on this machine" in page.device.currentText()


def test_a_chosen_model_that_nobody_knows_is_said(session: Session, qtbot: QtBot) -> None:
    session.choices.set_preferences(replace(session.choices.preferences, model="mine/custom"))
    page = open_page(session, qtbot)
    assert page.choices["mine/custom"].isChecked()
    assert page.choices["mine/custom"].accessibleDescription() == "Not installed at present."
    page.choices["auto"].click()
    assert "mine/custom" not in page.rows


def test_a_model_of_another_computer_is_named_with_what_goes_there(
    session: Session, qtbot: QtBot
) -> None:
    for name, title, told in (
        ("immich:http://me:hush@nas:3003/m__openai", "m__openai", "are sent to nas:3003."),
        ("immich:m__openai", "On another computer", "by the address of its service"),
    ):
        session.choices.set_preferences(replace(session.choices.preferences, model=name))
        page = open_page(session, qtbot)
        chosen = page.choices[name]
        assert chosen.isChecked()
        assert chosen.text() == title
        assert told in chosen.accessibleDescription()
        assert "hush" not in chosen.text() + chosen.accessibleDescription()


def test_the_model_in_use_is_named(page: ModelPage, session: Session, qtbot: QtBot) -> None:
    assert not page.in_use.isVisible()
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.analysis.open([Path("/photos")])
    qtbot.waitUntil(lambda: page.in_use.text().endswith(": Starter"))
    assert page.in_use.isVisible()


def test_an_installed_model_that_needs_the_full_program_cannot_be_chosen(
    session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    listed = [replace(model, needs_full=model.kind != "starter") for model in MODELS]
    monkeypatch.setattr(installed_models, "list_models", lambda **_: listed)
    page = open_page(session, qtbot)
    clip = page.choices[CLIP]
    assert not clip.isEnabled()
    assert "full program only" in clip.accessibleDescription()
    assert page.choices["starter"].isEnabled()


def test_the_light_program_says_how_to_get_the_full_one(
    session: Session, light_program: None, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    listed = [replace(m, needs_full=m.kind != "starter", installed=m is STARTER) for m in MODELS]
    monkeypatch.setattr(installed_models, "list_models", lambda **_: listed)
    page = open_page(session, qtbot)
    assert "needs the full program" in page.how.text()
    assert not page.from_file.isVisible()
    qtbot.waitUntil(page.rows[BEST].isVisible)  # what it would add
    assert not page.rows[BEST].get.isVisible()


def test_what_a_model_proved_is_told_in_a_sentence_and_in_detail(
    page: ModelPage, qtbot: QtBot
) -> None:
    row = page.rows[CLIP]
    assert row.proved.text() == "Knows 19 of 21 test pictures"
    assert not row.proof.isVisible()
    row.proved.setFocus()
    qtbot.keyClick(row.proved, Qt.Key.Key_Space)
    assert row.proof.isVisible()
    assert "English" in row.proof.text()
    assert "Noisy" in row.proof.text()
    assert "Licence: MIT" in row.facts.text()


def test_pairs_that_tell_nothing_and_models_without_a_score_are_told(
    page: ModelPage, session: Session, qtbot: QtBot
) -> None:
    proof = replace(PROOF, quality={"dark": PROOF.quality["dark"]}, score=None)
    list_again(session, qtbot, STARTER, replace(MODELS[1], proof=proof))
    told = page.rows[CLIP].proof.text()
    assert "from the others: Too dark." in told
    assert "Only measured: Out of focus" in told
    assert "no score" in told


def test_a_model_of_an_earlier_version_is_checked_later(
    page: ModelPage, session: Session, qtbot: QtBot
) -> None:
    list_again(session, qtbot, STARTER, replace(MODELS[1], proof=None))
    row = page.rows[CLIP]
    assert row.told.text().startswith("Not checked yet")
    assert not row.proved.isVisible()
    assert row.choice.isEnabled()
    assert row.look.isVisible()


def test_an_installed_model_that_did_not_pass_says_why_and_cannot_be_chosen(
    page: ModelPage, session: Session, qtbot: QtBot
) -> None:
    why = Reason("failures.technical", {"message": "CLIP is not used: it knows nothing"})
    list_again(session, qtbot, STARTER, replace(MODELS[1], proof=None, refused=why))
    row = page.rows[CLIP]
    assert row.told.text() == "CLIP is not used: it knows nothing."
    assert not row.choice.isEnabled()
    assert not row.get.isVisible()
    assert row.away.isVisible()


def test_a_damaged_model_can_be_got_again_or_removed_but_not_chosen(
    page: ModelPage, session: Session, qtbot: QtBot
) -> None:
    why = Reason("models.damaged", {"model": CLIP, "file": "weights"})
    list_again(session, qtbot, STARTER, replace(MODELS[1], installed=False, damaged=why))
    row = page.rows[CLIP]
    assert row.told.text().startswith("Damaged: ")
    assert CLIP not in page.choices
    assert row.away.isVisible()
    assert row.get.text() == "Download again"


def test_the_recommended_one_comes_first_and_says_so(page: ModelPage) -> None:
    assert list(page.rows) == ["auto", "starter", CLIP, BEST, LARGE]
    assert page.rows[BEST].tag.isVisible()
    assert not page.rows[LARGE].tag.isVisible()
    assert page.rows[BEST].get.text() == "Download 1.5 GB"


def test_a_download_is_shown_held_and_stopped_in_its_row(page: ModelPage, session: Session) -> None:
    row = page.rows[BEST]
    model = go(session, BEST, ModelState.ARRIVING)
    model.share, model.figures = 0.4, "600 MB of 1.5 GB"
    session.encoder_models.changed.emit()
    assert (row.told.text(), row.bar.value(), row.bar.isVisible()) == (model.figures, 400, True)
    assert (row.get.isVisible(), row.hold.isVisible(), row.end.isVisible()) == (False, True, True)
    go(session, BEST, ModelState.PAUSED)
    assert row.get.text() == "Resume"
    assert not row.bar.isVisible()
    go(session, BEST, ModelState.CHECKING)
    assert row.told.text() == "Checking what it knows…"
    assert not row.hold.isVisible()
    go(session, BEST, ModelState.REFUSED, Reason("failures.technical", {"message": "wrong text"}))
    assert row.told.text() == "It was not installed. wrong text."
    assert row.told.property("role") == "warning"
    assert row.get.text() == "Download again"
    model.failure = None
    model.rest()


def test_the_focus_stays_in_a_row_whose_model_arrives(
    page: ModelPage, session: Session, qtbot: QtBot
) -> None:
    page.activateWindow()
    page.rows[BEST].get.setFocus()
    arrived = replace(MODELS[3], installed=True, proof=PROOF)
    list_again(session, qtbot, *MODELS[:3], arrived)
    assert list(page.choices) == ["auto", "starter", CLIP, BEST]
    assert page.rows[BEST].isAncestorOf(QApplication.focusWidget())


def test_a_model_is_removed_after_a_question(
    page: ModelPage, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    removed: list[str] = []
    monkeypatch.setattr(installing, "remove", removed.append)
    page.choices[CLIP].click()
    answer(QMessageBox.ButtonRole.RejectRole)
    page.rows[CLIP].away.click()
    assert (removed, session.choices.preferences.model) == ([], CLIP)
    answer(QMessageBox.ButtonRole.AcceptRole)
    page.rows[CLIP].away.click()
    qtbot.waitUntil(lambda: not session.tasks.busy)
    assert (removed, session.choices.preferences.model) == ([CLIP], "auto")


def test_a_file_is_chosen_first_and_nothing_happens_without_one(
    page: ModelPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    page.from_file.click()
    assert not any(sheet.isVisible() for sheet in page.window().findChildren(ModelImport))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/a/vit-l-14.pt", ""))
    page.from_file.click()
    (sheet,) = [one for one in page.window().findChildren(ModelImport) if one.isVisible()]
    assert sheet.name.currentText() == LARGE
    sheet.close()
