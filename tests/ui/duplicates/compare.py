"""Photos of a group side by side, for tests of what stands beside them."""

from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.duplicates.compare_view import PANE_WIDTH, CompareView
from photo_organizer.ui.session.session import Session


def opened(qtbot: QtBot, session: Session, result: Result) -> CompareView:
    """The first group of a result, four photos wide."""
    session.analysis.show(result)
    view = CompareView(session)
    qtbot.addWidget(view)
    view.resize(4 * PANE_WIDTH, 700)
    view.show()
    view.set_group(result.groups[0])
    return view
