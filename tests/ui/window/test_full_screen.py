"""The viewer and slideshows over the views."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.export.job import ExportKind
from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.grid import PhotoGrid
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


# ---------------------------------------------------------------------- several photos selected


def select(grid: PhotoGrid, qtbot: QtBot, photos: Sequence[int]) -> None:
    """Click the first photo, and the others with Ctrl held."""
    modifier = Qt.KeyboardModifier.NoModifier
    for photo in photos:
        spot = grid.visualRect(grid.photos.row(photo)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, spot)
        modifier = Qt.KeyboardModifier.ControlModifier


def test_the_viewer_walks_through_the_selection_and_gives_it_back(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    grid = window.views[CategoriesView].grid
    select(grid, qtbot, (6, 1, 3))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    viewer = window.viewer
    assert (list(viewer.ids), viewer.current) == ([1, 3, 6], 3)
    assert viewer.bar.counter.text() == "2 of 3 selected"
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.bar.counter.text() == "3 of 3 selected"
    qtbot.keyClick(viewer, Qt.Key.Key_T)
    assert session.marks.ids == {6}, "of the photo that is seen, not of all selected"
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert grid.selected_ids() == [1, 3, 6]
    assert session.selection.ids == (1, 3, 6)
    assert session.selection.current == 6
    assert grid.currentIndex().row() == grid.photos.row(6).row()


def test_one_photo_alone_walks_through_all(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    grid = window.views[CategoriesView].grid
    select(grid, qtbot, (6,))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert len(window.viewer.ids) == 12
    assert window.viewer.bar.counter.text() == "6 of 12"
    qtbot.keyClick(window.viewer, Qt.Key.Key_Right)
    qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
    assert grid.selected_ids() == [7]


def test_a_slideshow_of_the_selection_gives_it_back_too(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    grid = window.views[CategoriesView].grid
    select(grid, qtbot, (2, 5))
    qtbot.keyClick(grid, Qt.Key.Key_F5)
    assert list(window.viewer.ids) == [2, 5]
    assert window.viewer.bar.counter.text() == "1 of 2 selected"
    window.viewer.leave()
    assert session.selection.ids == (2, 5)
    assert session.selection.current == 2
