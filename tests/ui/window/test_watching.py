"""What other programs do in the open folders moves nobody from their place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.session import watched_folders
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.watched_folders import Watch
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.session.test_watched_folders import Library, settle


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "photos", 60)


@pytest.fixture
def window(
    qapp: QApplication, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr(watched_folders, "REST", 40)
    session = Session(library.analyze)
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.open_folders([library.folder])
    qtbot.waitUntil(lambda: session.watched_folders.way is Watch.HEARING)
    settle(session, qtbot)
    yield window
    session.close()


def test_new_photos_leave_people_where_they_are(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    session = window._session
    grid = window.views[CategoriesView].grid
    assert grid is not None
    grid.setFocus()
    for _ in range(40):
        qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen, current = session.selection.ids, session.selection.current
    place = grid.verticalScrollBar().value()
    assert len(chosen) == 2
    assert place > 0
    (library.folder / "a new one, the first by name.jpg").write_bytes(b"new")
    library.result.photos[1].path.unlink()
    qtbot.waitUntil(lambda: library.runs == 2)
    settle(session, qtbot)
    assert len(session.shown.photos) == 60
    assert 1 not in session.shown.photos
    assert (session.selection.ids, session.selection.current) == (chosen, current)
    assert grid.visualRect(grid.currentIndex()).intersects(grid.viewport().rect())
    assert window.focusWidget() is grid
