"""What the window keeps over restarts."""

from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.view import CategoriesView
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
