import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.events import Progress, Stage
from photo_organizer.engine.results import Result
from photo_organizer.ui.progress_bar import StatusArea
from photo_organizer.ui.session import Session


@pytest.fixture
def status(session: Session, qtbot: QtBot) -> StatusArea:
    status = StatusArea(session)
    qtbot.addWidget(status)
    status.show()
    return status


def tell(session: Session, progress: Progress) -> None:
    session.progress = progress
    session.progress_changed.emit(progress)


def test_nothing_runs_nothing_is_claimed(
    status: StatusArea, session: Session, result: Result
) -> None:
    assert status.text.text() == "No folder open"
    assert not status.bar.isVisible()
    assert not status.cancel.isVisible()
    session.show(result)
    assert status.text.text() == "12 photos  ·  1 skipped"


def test_figures_of_a_run(status: StatusArea, session: Session) -> None:
    session.running_changed.emit(True)
    assert status.cancel.isVisible()
    tell(session, Progress(Stage.ANALYSING, 1200, 4800, False, 34.4, 105.0))
    assert status.figures.text() == "1,200 of 4,800  ·  34 photos/s  ·  2 min left"
    assert (status.bar.value(), status.bar.maximum()) == (1200, 4800)


def test_no_share_is_claimed_while_the_total_is_unknown(
    status: StatusArea, session: Session
) -> None:
    session.running_changed.emit(True)
    tell(session, Progress(Stage.ANALYSING, 10, 20, True, 0.0, None))
    assert status.figures.text() == "10 of 20"
    assert status.bar.maximum() == 0


def test_a_message_is_shown(status: StatusArea, session: Session) -> None:
    session.message.emit("The folder is gone.")
    assert status.text.text() == "The folder is gone."


def test_stop_cancels(
    status: StatusArea, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    status.cancel.clicked.connect(lambda: asked.append(True))
    status.cancel.click()
    assert asked == [True]
