"""What the window keeps over restarts."""

import pytest
from PySide6.QtCore import QRect, QSettings
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import fitting
from photo_organizer.ui.window.main_window import MainWindow


def test_the_windows_state_survives(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    window.resize(window.width(), 640)
    window.view_commands.preview.setChecked(False)
    session.analysis.show(result)
    window.views[CategoriesView].choose("animal")
    window.show_view(LowQualityView)
    session.choices.set_threshold("duplicates.same", 0.77)
    window.close()
    other = Session()
    later = MainWindow(other)
    qtbot.addWidget(later)
    assert later.height() == 640
    assert not later.view_commands.preview.isChecked()
    assert isinstance(later.view, LowQualityView)
    assert other.choices.thresholds["duplicates.same"] == 0.77
    other.analysis.show(result)
    assert later.views[CategoriesView].category == "animal"
    later.views[CategoriesView].choose("food")
    other.analysis.show(result)  # later results leave it where it is now
    assert later.views[CategoriesView].category == "food"
    other.close()


@pytest.mark.parametrize(
    ("kept", "view"),
    [
        ("duplicates", DuplicatesView),
        ("skipped", ProblemsView),  # what earlier versions called it
        ("search", CategoriesView),  # what was sought is not kept
        ("magic", CategoriesView),
    ],
)
def test_the_window_begins_with_the_view_left(
    kept: str, view: type[LibraryView], session: Session, qtbot: QtBot
) -> None:
    QSettings().setValue("window/view", kept)
    window = MainWindow(session)
    qtbot.addWidget(window)
    assert isinstance(window.view, view)


def closed(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Close a window; the one of the next start, which is shown already."""
    window.close()
    later = MainWindow(window._session)
    qtbot.addWidget(later)
    with qtbot.waitExposed(later):
        later.show()
    return later


def test_a_maximised_window_comes_back_maximised_and_knows_its_normal_size(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.showNormal()
    normal = QRect(20, 60, 900, 600)
    window.setGeometry(normal)
    window.showMaximized()
    window = closed(window, qtbot)
    assert window.isMaximized()
    assert window.normalGeometry() == normal
    window.showNormal()
    assert not closed(window, qtbot).isMaximized()


@pytest.mark.parametrize(
    "place",
    [
        QRect(5000, 300, 780, 600),  # of a screen that is gone
        QRect(-3000, -2000, 780, 600),
        QRect(10, 50, 4000, 3000),  # of a larger screen
        QRect(1000, 700, 900, 600),
    ],
)
def test_a_window_comes_back_wholly_on_a_screen_that_is_there(
    place: QRect, session: Session, screen_room: QRect, qtbot: QtBot
) -> None:
    QSettings().setValue("window/place", place)
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert screen_room.contains(window.frameGeometry())


def test_the_place_that_an_earlier_version_kept_is_known(session: Session, qtbot: QtBot) -> None:
    earlier = QMainWindow()
    qtbot.addWidget(earlier)
    earlier.setGeometry(10, 60, 780, 600)
    earlier.show()
    QSettings().setValue("window/geometry", earlier.saveGeometry())
    window = MainWindow(session)
    qtbot.addWidget(window)
    assert window.geometry() == QRect(10, 60, 880, 600)


def test_on_a_small_screen_the_first_window_fills_it(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = QRect(0, 0, 1024, 700)
    monkeypatch.setattr(fitting, "room", lambda _screen: small)
    window = MainWindow(session)
    qtbot.addWidget(window)
    assert window.isMaximized()
    assert small.contains(window.normalGeometry())
