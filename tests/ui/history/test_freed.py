"""What clean-ups have freed is told where they are listed, and in the settings."""

from pytestqt.qtbot import QtBot

from photo_organizer.engine.cleanup.journal import Freed
from photo_organizer.ui.history.dialog import HistoryDialog
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.settings import SettingsDialog


def test_what_was_freed_is_told_as_it_changes(session: Session, qtbot: QtBot) -> None:
    history, settings = HistoryDialog(session), SettingsDialog(session)
    for dialog in (history, settings):
        qtbot.addWidget(dialog)
    assert history.freed.text() == settings.general.freed.text() == ""
    session.clean_ups.freed = Freed(12_400_000_000, 0)
    session.clean_ups.freed_changed.emit()
    assert history.freed.text() == settings.general.freed.text() == "12.4 GB freed so far"
