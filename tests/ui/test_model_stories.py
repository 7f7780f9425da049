"""Models in the real window, with real weights of a tiny CLIP: what arrives is checked and used."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.encoders.installed_models import list_models
from photo_organizer.engine.proving import pictures
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.known_model import ModelState
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.model_import import ModelImport
from photo_organizer.ui.sheets.settings import Page, SettingsDialog
from photo_organizer.ui.window.main_window import MainWindow
from tests.planted import Harm, Planted, harm

LONG = 120_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    session = Session()
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    qtbot.waitUntil(lambda: session.encoder_models.recommended is not None)
    yield window
    window.close()


def take(window: MainWindow, planted: Planted, qtbot: QtBot) -> ModelImport:
    """Import a file as people do, and wait for what becomes of it."""
    sheet = ModelImport(window._session.encoder_models, window)
    sheet.show_file(planted.file)
    sheet.name.setEditText(planted.name)
    sheet.show()
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.bar.isVisible()
    qtbot.waitUntil(lambda: not sheet.bar.isVisible(), timeout=LONG)
    return sheet


def album(folder: Path) -> Path:
    """Pictures that the model knows; their names say nothing."""
    folder.mkdir()
    named = [checked for checked in pictures.CHECKED if checked.keys]
    for number, checked in enumerate(named):
        pixels = pictures.picture_of(checked.name).pixels
        Image.fromarray(pixels).save(folder / f"{number}.png", compress_level=1)
    return folder


def test_a_model_that_works_is_imported_shows_what_it_knows_and_is_searched_with(
    window: MainWindow, planted: Planted, tmp_path: Path, qtbot: QtBot
) -> None:
    session = window._session
    sheet = take(window, planted, qtbot)
    assert "is installed: it knows " in sheet.told.text()
    sheet.close()
    settings = SettingsDialog(session, window)
    settings.show_page(Page.MODEL)
    settings.show()
    qtbot.waitUntil(lambda: planted.name in settings.model.rows)
    row = settings.model.rows[planted.name]
    assert row.proved.text().startswith("Knows ")
    assert row.choice.isEnabled()
    settings.close()

    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=LONG, check_params_cb=lambda running: not running
    ):
        window.open_folders([album(tmp_path / "album")])
    assert session.shown.result is not None
    assert session.shown.result.model["name"] == planted.name
    field = window.views[SearchView].field
    cats = session.shown.result.categories["animal"]
    with qtbot.waitSignal(
        session.finder.answered, timeout=LONG, check_params_cb=lambda answer: answer.whole
    ):
        qtbot.keyClicks(field, "animal")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    found = window.views[SearchView].grid.photos.ids
    assert set(cats) & set(found)
    assert "nothing else does" in window.views[SearchView].note.text()


def test_a_model_whose_parts_do_not_fit_is_refused_with_the_reason(
    window: MainWindow, planted: Planted, tmp_path: Path, qtbot: QtBot
) -> None:
    wrong = harm(planted, Harm.OTHER_TEXT, tmp_path)
    sheet = take(window, wrong, qtbot)
    assert sheet.told.text().startswith("It was not installed. ")
    assert "the text part does not fit the picture part" in sheet.told.text()
    assert sheet.take.isEnabled()  # another file, or another name, may do
    assert not any(model.name == planted.name and model.installed for model in list_models())
    assert not window._session.encoder_models.has_clip
    assert all(
        model.state is ModelState.OFFERED
        for model in window._session.encoder_models.models.values()
        if model.info.kind == "clip"
    )
    sheet.close()
