from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.settings import Page, SettingsDialog
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.computers import FAST, UNFIT, UNREACHED, progress


def test_trouble_and_who_is_left_out_are_told_above_the_views(
    window: MainWindow, session: Session
) -> None:
    notice = window.computers_notice
    assert notice.isHidden()
    session.analysis.progress_changed.emit(progress(UNFIT, trouble=UNREACHED))
    assert not notice.isHidden()
    assert UNREACHED.text("en") in notice.text.text()
    assert "pc3 is left out. It does not answer" in notice.text.text()
    session.analysis.progress_changed.emit(progress(FAST, UNFIT))
    assert UNREACHED.text("en") not in notice.text.text()
    notice.close_button.click()
    assert notice.isHidden()
    session.analysis.progress_changed.emit(progress(FAST, UNFIT))
    assert notice.isHidden()


def test_its_button_leads_to_the_settings(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.computers._watch = lambda *_: iter(())
    session.analysis.progress_changed.emit(progress(FAST, UNFIT))
    qtbot.mouseClick(window.computers_notice.button, Qt.MouseButton.LeftButton)
    assert window.computers_notice.isHidden()
    (dialog,) = window.findChildren(SettingsDialog)
    assert dialog.pages.currentIndex() == Page.COMPUTERS
    assert dialog.isVisible()
    dialog.close()


def test_other_notices_cannot_be_dismissed(window: MainWindow) -> None:
    window.notice.tell("This folder is not there.", "Try again")
    assert window.notice.close_button.isHidden()
