"""The viewer and slideshows over the views."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.export.job import ExportKind
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.export import ExportSheet
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.highlights.choosing import choose_best


def test_space_opens_the_photo_over_the_whole_screen(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    grid = window.views[CategoriesView].grid
    grid.select(2)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert window.viewer.active
    assert window.viewer.current == 2


def test_the_best_are_shown_as_a_slideshow_and_exported(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    choose_best(window.views[HighlightsView], Per.LIBRARY, 3)
    qtbot.keyClick(
        window,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert isinstance(window.view, HighlightsView)
    (sheet,) = window.findChildren(ExportSheet)
    assert sheet.isVisible()
    assert sum(len(one.photos) for one in sheet.selections(ExportKind.COPIES)) == 3
    sheet.close()
    window.views[HighlightsView].show_button.click()
    assert list(window.viewer.ids) == [1, 3, 7]
    assert window.viewer.slideshow.active
    window.viewer.leave()
