"""Undo, redo and the history, by real keys in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import GroupKind, Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(window: MainWindow, session: Session, result: Result, qtbot: QtBot) -> MainWindow:
    session.analysis.show(result)
    window.show()
    qtbot.waitExposed(window)
    window.show_view(CategoriesView)
    return window


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    target = window.focusWidget() or window
    qtbot.keyClick(target, key, held)


def test_undo_says_what_it_takes_back(shown: MainWindow, session: Session, qtbot: QtBot) -> None:
    undo, redo = shown.history_commands.undo, shown.history_commands.redo
    assert not undo.isEnabled()
    assert "nothing to undo" in undo.toolTip()
    session.stars.set([1, 2, 3], 4)
    assert undo.text() == "Undo: Rate 3 photos ★★★★"
    assert "Rate 3 photos ★★★★" in undo.toolTip()
    press(qtbot, shown, Qt.Key.Key_Z, CONTROL)
    assert session.stars.of(1) is None
    assert redo.text() == "Redo: Rate 3 photos ★★★★"
    assert not undo.isEnabled()
    press(qtbot, shown, Qt.Key.Key_Z, CONTROL, SHIFT)
    assert session.stars.of(1) == 4


def test_the_bar_says_it_too_where_there_is_room(
    shown: MainWindow, session: Session, qtbot: QtBot
) -> None:
    undo = shown.history_commands.undo
    button = next(b for b in shown.findChildren(QToolButton) if b.defaultAction() is undo)
    session.stars.set([1], 2)
    shown.resize(1400, 800)
    qtbot.waitUntil(lambda: "Rate 1 photo" in button.text())
    width = button.width()
    session.own_categories.move([1, 2], "animal")
    assert button.width() == width, "nothing jumps"
    shown.resize(1000, 700)
    qtbot.waitUntil(lambda: button.text().strip() == "Undo")


def test_a_slip_of_a_key_is_taken_back_in_the_grid(
    shown: MainWindow, session: Session, qtbot: QtBot
) -> None:
    grid = shown.views[CategoriesView].grid
    grid.select(1)
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_X)
    qtbot.keyClick(grid, Qt.Key.Key_T)
    assert session.stars.of(1) == 0
    assert session.marks.ids == {1}
    press(qtbot, shown, Qt.Key.Key_Z, CONTROL)
    assert session.marks.ids == frozenset()
    press(qtbot, shown, Qt.Key.Key_Z, CONTROL)
    assert session.stars.of(1) is None


def test_the_photo_comes_back_into_view(shown: MainWindow, session: Session, qtbot: QtBot) -> None:
    grid = shown.views[CategoriesView].grid
    session.stars.set([2], 5)
    grid.select(1)
    press(qtbot, shown, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: session.selection.current == 2)


def test_a_group_called_no_duplicates_comes_back_by_the_toast(
    shown: MainWindow, session: Session, qtbot: QtBot
) -> None:
    shown.show_view(DuplicatesView)
    view = shown.views[DuplicatesView]
    view.kinds[GroupKind.EXACT].click()
    qtbot.keyClick(view.list, Qt.Key.Key_S)
    assert session.shown.group_of(7) is None
    assert not shown.toast.isHidden()
    assert "never grouped again" in shown.toast.text.text()
    undo, show = shown.toast.buttons
    assert (undo.text(), show.text()) == ("Undo", "Show all")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert session.shown.group_of(7) is not None
    assert "Undone" in shown.toast.text.text()


def test_pairs_apart_are_listed_and_let_go(
    shown: MainWindow, session: Session, qtbot: QtBot
) -> None:
    shown.show_view(DuplicatesView)
    view = shown.views[DuplicatesView]
    view.kinds[GroupKind.EXACT].click()
    view.not_duplicates()
    shown.commands["edit.apart"].trigger()
    dialog = shown.show_history()
    qtbot.waitUntil(lambda: dialog.apart.rowCount() == 1)
    assert dialog.pages.currentIndex() == 1
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert session.shown.group_of(7) is not None
    qtbot.waitUntil(lambda: dialog.apart.rowCount() == 0)
    dialog.close()


def test_one_of_the_list_is_taken_back_alone(
    shown: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.stars.set([1], 3)
    session.marks.mark([2])
    press(qtbot, shown, Qt.Key.Key_H, CONTROL)
    dialog = shown.show_history()
    assert [dialog.operations.index(row).data() for row in range(2)] == [
        "Mark 1 photo for the trash",
        "Rate 1 photo ★★★",
    ]
    dialog.list.setCurrentIndex(dialog.operations.index(1))
    qtbot.mouseClick(dialog.turn, Qt.MouseButton.LeftButton)
    assert session.stars.of(1) is None
    assert session.marks.ids == {2}
    assert dialog.turn.text() == "Do again"
    qtbot.mouseClick(dialog.turn, Qt.MouseButton.LeftButton)
    assert session.stars.of(1) == 3
    dialog.close()


def test_the_viewer_undoes_and_goes_back_to_the_photo(
    shown: MainWindow, session: Session, qtbot: QtBot
) -> None:
    viewer = shown.viewer
    viewer.open([1, 2, 3], 1)
    qtbot.keyClick(viewer, Qt.Key.Key_4)
    viewer.step(1)
    qtbot.keyClick(viewer, Qt.Key.Key_Z, CONTROL)
    assert session.stars.of(1) is None
    qtbot.waitUntil(lambda: viewer.current == 1)
    assert "Undone" in viewer.note.text()
    viewer.leave()
