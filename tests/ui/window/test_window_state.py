"""What the window keeps over restarts."""

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session
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
