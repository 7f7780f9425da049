"""Whatever was done, the next arrow key moves where people work, and Enter opens the photo."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Cancelled, Progress, Stage
from photo_organizer.engine.domain.results import Flag, Flaw, Result
from photo_organizer.engine.domain.search_answer import Reading, SearchAnswer
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.commands.shortcut_sheet import ShortcutSheet
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.folders.view import FoldersView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.analysis_request import Request
from photo_organizer.ui.session.photo_finder import Answer
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import CleanUpSheet
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.walking import settle

VIEWS = (
    CategoriesView,
    DuplicatesView,
    FoldersView,
    HighlightsView,
    LowQualityView,
    SearchView,
)
"""All in which there are photos."""

Act = Callable[[MainWindow, QtBot], object]


@pytest.fixture
def library(result: Result) -> Result:
    """The small library with three blurred photos."""
    blurred = [replace(result.flags[0], photo=i, score=0.9 - i / 100) for i in (2, 4)]
    assert all(isinstance(flag, Flag) and flag.flaw is Flaw.BLUR for flag in blurred)
    return replace(result, flags=(*result.flags, *blurred))


@pytest.fixture
def window(library: Result, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that shows the library, and whose analyses wait to be stopped."""

    def analyse(_request: Request, cancel: threading.Event) -> Iterator[object]:
        total = len(library.photos)
        yield Progress(Stage.ANALYSING, total, total, False, 10.0, 0.0)
        cancel.wait()
        yield Cancelled(total)

    session = Session(analyse)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
    session.analysis.folders = (library.photos[1].path.parent,)
    session.analysis.show(library)
    yield window
    session.close()


def bring_up(window: MainWindow, kind: type[LibraryView], qtbot: QtBot) -> None:
    """Show a view as people do, and let it find something."""
    if kind is SearchView:
        find(window, window.views[SearchView], "photo", qtbot)
    else:
        click(window.navigation.buttons[kind.key], qtbot)
    assert type(window.view) is kind


def find(window: MainWindow, search: SearchView, asked: object, qtbot: QtBot) -> None:
    """As if something had been searched and found."""
    if isinstance(asked, str):
        search.search(asked)
        search.wanted.emit(True)
    found = SearchAnswer(tuple(window._session.shown.photos), (), Reading.FREELY)
    search._take(Answer(search.asked, found))
    settle()


def come_back(window: MainWindow) -> None:
    """What the desktop does when a dialog or list closes over a window."""
    window.activateWindow()
    settle()


def click(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle()


def press(key: Qt.Key, qtbot: QtBot) -> None:
    """A key goes wherever the focus is."""
    settle()
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the focus"
    qtbot.keyClick(focus, key)
    settle()


def goes_on(window: MainWindow, qtbot: QtBot) -> None:
    """An arrow leads to another photo, Enter opens it, Escape comes back, and so once more."""
    session = window._session
    along = Qt.Key.Key_Right if window.view.grid is not None else Qt.Key.Key_Down
    back = Qt.Key.Key_Left if window.view.grid is not None else Qt.Key.Key_Up
    for opens in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        before = session.selection.current
        press(along, qtbot)
        if session.selection.current == before:  # it was the last one
            press(back, qtbot)
        assert session.selection.current != before
        press(opens, qtbot)
        assert window.viewer.active
        assert window.viewer.current == session.selection.current
        qtbot.keyClick(window.viewer, Qt.Key.Key_Escape)
        assert not window.viewer.active
        come_back(window)


def sort_otherwise(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.view.bar
    if bar is None:
        return
    click(bar.sorting, qtbot)  # its list opens
    qtbot.keyClick(bar.sorting.view(), Qt.Key.Key_Down)
    qtbot.keyClick(bar.sorting.view(), Qt.Key.Key_Return)
    come_back(window)
    click(bar.direction, qtbot)


def filter_and_clear(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.view.bar
    if bar is None:
        return
    click(bar.filter_button, qtbot)
    assert bar.panel.isVisible()
    qtbot.keyClick(bar.panel, Qt.Key.Key_Escape)
    come_back(window)


def stop(window: MainWindow, qtbot: QtBot) -> None:
    window._session.analysis.again()
    line = window.status.lines[0]
    qtbot.waitUntil(line.cancel.isVisible)
    with qtbot.waitSignal(window._session.analysis.running_changed):
        click(line.cancel, qtbot)
    qtbot.waitUntil(lambda: not window._session.analysis.running)
    assert not line.cancel.isVisible()


def stop_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window._session.analysis.again()
    line = window.status.lines[0]
    qtbot.waitUntil(line.cancel.isVisible)
    line.cancel.setFocus()
    with qtbot.waitSignal(window._session.analysis.running_changed):
        press(Qt.Key.Key_Space, qtbot)
    qtbot.waitUntil(lambda: not window._session.analysis.running)


def mark_safe(window: MainWindow, qtbot: QtBot) -> None:
    safe = window.views[DuplicatesView].mark_safe
    if safe.isVisible():
        click(safe, qtbot)
        assert not safe.isEnabled()


def mark_safe_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    safe = window.views[DuplicatesView].mark_safe
    window._session.marks.mark(window._session.marks.ids, False)
    if safe.isVisible():
        safe.setFocus()
        press(Qt.Key.Key_Space, qtbot)
        assert not safe.isEnabled()


def cancel_clean_up(window: MainWindow, qtbot: QtBot) -> None:
    window._session.marks.mark([9])
    start = window.clean_up_commands.start
    button = next(w for w in start.associatedObjects() if w.inherits("QToolButton"))
    assert isinstance(button, QWidget)
    click(button, qtbot)
    close(window, window.findChild(CleanUpSheet), qtbot)
    button.setFocus()  # by Tab; and then it cannot be used any more
    window._session.marks.mark(window._session.marks.ids, False)
    assert not button.isEnabled()
    settle()


def look_at_shortcuts(window: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F1, qtbot)
    close(window, window.findChild(ShortcutSheet), qtbot)


def look_at_settings(window: MainWindow, qtbot: QtBot) -> None:
    button = next(
        w for w in window.program_commands.settings.associatedObjects() if w.inherits("QToolButton")
    )
    assert isinstance(button, QWidget)
    click(button, qtbot)
    assert window._settings is not None
    close(window, window._settings, qtbot)


def close(window: MainWindow, dialog: QDialog | None, qtbot: QtBot) -> None:
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    come_back(window)


def leave_palette(window: MainWindow, qtbot: QtBot) -> None:
    window.program_commands.palette.open()
    press(Qt.Key.Key_Escape, qtbot)


def let_results_arrive(window: MainWindow, qtbot: QtBot) -> None:
    shown = window._session.shown
    assert shown.result is not None
    shown.show(replace(shown.result, flags=shown.result.flags[:]))
    settle()


def rate_in_preview(window: MainWindow, qtbot: QtBot) -> None:
    if window.preview.isVisible():
        click(window.preview.stars.buttons[3], qtbot)
        click(window.preview.canvas, qtbot)


def turn_the_preview_off_and_on(window: MainWindow, qtbot: QtBot) -> None:
    if window.preview.isVisible():
        window.preview.canvas.setFocus()
        press(Qt.Key.Key_F9, qtbot)
        press(Qt.Key.Key_F9, qtbot)


def come_from_another_view(window: MainWindow, qtbot: QtBot) -> None:
    view = window.view
    click(window.navigation.buttons[ProblemsView.key], qtbot)
    click(window.navigation.buttons[view.key], qtbot)


ACTS: tuple[Act, ...] = (
    sort_otherwise,
    filter_and_clear,
    stop,
    stop_by_keyboard,
    mark_safe,
    mark_safe_by_keyboard,
    cancel_clean_up,
    look_at_shortcuts,
    look_at_settings,
    leave_palette,
    let_results_arrive,
    rate_in_preview,
    turn_the_preview_off_and_on,
    come_from_another_view,
)


@pytest.mark.parametrize("kind", VIEWS)
def test_after_anything_the_next_arrow_moves_and_enter_opens(
    window: MainWindow, qtbot: QtBot, kind: type[LibraryView]
) -> None:
    bring_up(window, kind, qtbot)
    goes_on(window, qtbot)
    for act in ACTS:
        act(window, qtbot)
        assert type(window.view) is kind
        try:
            goes_on(window, qtbot)
        except AssertionError as error:
            focus = QApplication.focusWidget()
            raise AssertionError(f"after {act.__name__}: {focus} has the focus; {error}") from error


def test_more_like_this_leads_to_what_is_found(window: MainWindow, qtbot: QtBot) -> None:
    bring_up(window, CategoriesView, qtbot)
    window.commands["photo.more_like"].setEnabled(True)  # as if photos could be compared
    with qtbot.waitSignal(window._session.finder.answered):
        qtbot.keyClick(window.view.grid, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    search = window.views[SearchView]
    assert window.view is search
    assert not search.field.hasFocus()
    find(window, search, (), qtbot)
    goes_on(window, qtbot)


def test_who_types_goes_on_typing(window: MainWindow, qtbot: QtBot) -> None:
    search = window.views[SearchView]
    search.focus_field()
    qtbot.keyClicks(search.field, "pho")
    window._session.shown.changed.emit(window._session.shown.result)
    settle()
    assert search.field.hasFocus()
    window.show_settings()
    close(window, window._settings, qtbot)
    assert window.focusWidget() is search.field


def test_the_cards_of_categories_get_the_focus_back_too(window: MainWindow, qtbot: QtBot) -> None:
    bring_up(window, CategoriesView, qtbot)
    categories = window.views[CategoriesView]
    click(categories.overview_button, qtbot)
    assert categories.cards.isAncestorOf(QApplication.focusWidget()) or categories.cards.hasFocus()
    look_at_settings(window, qtbot)
    assert QApplication.focusWidget() is categories.cards


def test_space_shows_a_problem_in_its_folder_as_enter_does(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr("photo_organizer.ui.problems.view.show_in_file_manager", shown.append)
    session = window._session
    session.analysis.skipped = list(session.shown.result.skipped) if session.shown.result else []
    session.analysis.skipped_changed.emit()
    bring_up(window, ProblemsView, qtbot)
    press(Qt.Key.Key_Down, qtbot)
    press(Qt.Key.Key_Space, qtbot)
    press(Qt.Key.Key_Return, qtbot)
    assert len(shown) == 2
