"""How few clicks the main jobs take, counted by real ones."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolBar, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import CleanUpSheet
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.walking import settle


class Hand:
    """Clicks, and counts them."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.clicks = 0

    def click(self, widget: QWidget | None) -> None:
        assert widget is not None
        assert widget.isVisible()
        assert widget.isEnabled()
        self.clicks += 1
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        settle()


def test_safe_duplicates_are_away_after_four_clicks(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot, folder: Path
) -> None:
    session.analysis.folders = (folder,)
    session.analysis.show(result)
    hand = Hand(qtbot)
    hand.click(window.navigation.buttons[DuplicatesView.key])
    mark = window.views[DuplicatesView].mark_safe
    assert mark.text() == "Mark 2 copies for the trash"
    hand.click(mark)
    (bar,) = window.findChildren(QToolBar)
    hand.click(bar.widgetForAction(window.clean_up_commands.start))
    sheet = window.findChild(CleanUpSheet)
    assert sheet is not None
    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        hand.click(sheet.question.move_button)
    assert hand.clicks == 4
    assert not any(result.photos[i].path.exists() for i in (5, 8))
    assert all(result.photos[i].path.exists() for i in (3, 7))
    sheet.outcome.done.click()
