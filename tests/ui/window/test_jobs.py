"""The main jobs, click by click with a real mouse: how many clicks each takes at most."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolBar, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw, Result
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import CleanUpSheet
from photo_organizer.ui.sheets.export import ExportSheet
from photo_organizer.ui.window.main_window import MainWindow

BADLY, SLIGHTLY = (9, 10, 11), (12,)


@pytest.fixture
def clicks() -> list[QWidget]:
    """What was clicked."""
    return []


@pytest.fixture
def click(qtbot: QtBot, clicks: list[QWidget]) -> Callable[..., None]:
    """Click the middle of something that is there to be clicked."""

    def click(widget: QWidget, place: QPoint | None = None) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        clicks.append(widget)
        where = widget.rect().center() if place is None else place
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)

    return click


def test_all_badly_blurred_photos_are_away_with_four_clicks(
    window: MainWindow,
    session: Session,
    result: Result,
    qtbot: QtBot,
    clicks: list[QWidget],
    click: Callable[..., None],
) -> None:
    flags = [
        Flag(i, Flaw.BLUR, 0.97 if i in BADLY else 0.5, 0.36, Reason("flaws.blur", {"percent": 9}))
        for i in (*BADLY, *SLIGHTLY)
    ]
    session.analysis.show(replace(result, flags=tuple(flags)))
    paths = {i: photo.path for i, photo in session.shown.photos.items()}
    click(window.navigation.buttons[LowQualityView.key])
    view = window.views[LowQualityView]
    qtbot.waitUntil(lambda: view.bulk.button.text() == "Mark 3 photos")
    click(view.bulk.button)
    assert session.marks.ids == set(BADLY)
    bar = window.findChild(QToolBar)
    assert bar is not None
    click(bar.widgetForAction(window.clean_up_commands.start))
    (sheet,) = window.findChildren(CleanUpSheet)
    qtbot.waitUntil(sheet.question.move_button.isEnabled)
    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        click(sheet.question.move_button)
    assert [i for i, path in paths.items() if not path.exists()] == list(BADLY)
    assert len(clicks) == 4
    assert session.history.next_undo is not None
    sheet.close()


def test_the_best_twenty_are_copied_with_five_clicks(
    window: MainWindow,
    session: Session,
    result: Result,
    home: Path,
    qtbot: QtBot,
    clicks: list[QWidget],
    click: Callable[..., None],
) -> None:
    session.analysis.show(result)
    click(window.navigation.buttons[HighlightsView.key])
    view = window.views[HighlightsView]
    click(view.per)
    popup = view.per.view()
    entry = view.per.model().index(view.per.findData(Per.LIBRARY.value), 0)
    click(popup.viewport(), popup.visualRect(entry).center())
    assert view.count.value() == 20
    click(view.export_button)
    (sheet,) = window.findChildren(ExportSheet)
    qtbot.waitUntil(lambda: sheet.form.folder.text() == str(home / "Best photos"))
    qtbot.waitUntil(lambda: "will be copied" in sheet.question.state.text())
    click(sheet.question.start)
    qtbot.waitUntil(sheet.outcome.done.isVisible)
    copied = [path.name for path in (home / "Best photos").iterdir()]
    assert view.chosen is not None
    assert len(copied) == view.chosen.count
    assert "001_photo 01.jpg" in copied
    assert len(clicks) == 5
    sheet.close()


def test_safe_duplicates_are_away_with_four_clicks(
    window: MainWindow,
    session: Session,
    result: Result,
    qtbot: QtBot,
    folder: Path,
    clicks: list[QWidget],
    click: Callable[..., None],
) -> None:
    session.analysis.folders = (folder,)
    session.analysis.show(result)
    click(window.navigation.buttons[DuplicatesView.key])
    mark = window.views[DuplicatesView].mark_safe
    assert mark.text() == "Mark 2 copies for the trash"
    click(mark)
    (bar,) = window.findChildren(QToolBar)
    click(bar.widgetForAction(window.clean_up_commands.start))
    sheet = window.findChild(CleanUpSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.question.move_button.isEnabled)
    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        click(sheet.question.move_button)
    assert len(clicks) == 4
    assert not any(result.photos[i].path.exists() for i in (5, 8))
    assert all(result.photos[i].path.exists() for i in (3, 7))
    sheet.outcome.done.click()
