"""Importing a model from a file: which one it is, and what becomes of it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.encoders import installed_models
from photo_organizer.engine.encoders.errors import RefusedError
from photo_organizer.engine.encoders.installed_models import ModelInfo
from photo_organizer.engine.encoders.offered_models import ModelKind
from photo_organizer.engine.proving import arrival
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.model_import import ModelImport
from tests.engine.proofs import PROOF

NAME = "ViT-B-32/openai"
INFO = ModelInfo(NAME, ModelKind.CLIP, "CLIP", 605_000_000, True, "MIT", "", proof=PROOF)


@pytest.fixture
def sheet(session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[ModelImport]:
    monkeypatch.setattr(installed_models, "list_models", lambda **_: [INFO])
    with qtbot.waitSignal(session.encoder_models.changed):
        session.encoder_models.look("en")
    sheet = ModelImport(session.encoder_models)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    sheet.show()
    yield sheet
    qtbot.waitUntil(lambda: not session.tasks.busy)


def test_the_name_of_the_file_may_tell_which_model_it_is(sheet: ModelImport) -> None:
    sheet.show_file(Path("/a/weights.safetensors"))
    assert sheet.name.currentText() == ""
    sheet.show_file(Path("/a/open_clip-vit-b-32.safetensors"))
    assert sheet.name.currentText() == NAME


def test_an_import_is_followed_to_what_the_model_knows(
    sheet: ModelImport, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    go_on = threading.Event()

    def take(name: str, _file: Path, *, on_check: Callable[[int, int], None], **_: object) -> str:
        on_check(1, 4)
        assert go_on.wait(30)
        return name

    monkeypatch.setattr(arrival, "import_model", take)
    sheet.show_file(Path("/a/vit-b-32.safetensors"))
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.told.text() == "Checking what it knows…")
    assert sheet.bar.isVisible()
    assert not sheet.take.isEnabled()
    go_on.set()
    told = "CLIP is installed: it knows 19 of 21 test pictures."
    qtbot.waitUntil(lambda: sheet.told.text() == told)
    assert not sheet.bar.isVisible()
    assert not sheet.take.isVisible()


def test_an_older_one_stays_where_a_file_is_refused(
    sheet: ModelImport, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise RefusedError("failures.technical", message="the text part does not fit")

    monkeypatch.setattr(arrival, "import_model", refuse)
    sheet.show_file(Path("/a/vit-b-32.safetensors"))
    sheet.take.click()
    qtbot.waitUntil(lambda: not session.tasks.busy)
    assert session.encoder_models.has_clip
    assert "the text part does not fit" in sheet.told.text()


def test_a_refusal_is_told_and_another_name_can_be_tried(
    sheet: ModelImport, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    listed = [replace(INFO, installed=False, proof=None)]
    monkeypatch.setattr(installed_models, "list_models", lambda **_: listed)

    def refuse(*_: object, **__: object) -> str:
        raise RefusedError("failures.technical", message="the text part does not fit")

    monkeypatch.setattr(arrival, "import_model", refuse)
    sheet.show_file(Path("/a/vit-b-32.safetensors"))
    sheet.take.click()
    told = "It was not installed. the text part does not fit."
    qtbot.waitUntil(lambda: sheet.told.text() == told)
    assert sheet.take.isEnabled()
    sheet.name.setEditText("what / ever")
    sheet.take.click()
    assert "unknown model" in sheet.told.text()
