"""The commands that clean up and undo."""

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow


def test_clean_up_offers_what_is_marked(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    session.marks.mark([1, 2, 3])
    assert window.clean_up_commands.start.isEnabled()
    assert "3" in window.clean_up_commands.start.iconText()
    session.marks.mark([1, 2, 3], False)
    assert not window.clean_up_commands.start.isEnabled()
