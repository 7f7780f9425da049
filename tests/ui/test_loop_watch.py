from PySide6.QtCore import QThread, QTimer
from pytestqt.qtbot import QtBot

from benchmarks.responsiveness import LoopWatch
from photo_organizer.ui.session.session import Session


def test_a_stalled_event_loop_is_noticed(session: Session, qtbot: QtBot) -> None:
    watch = LoopWatch(session)
    QTimer.singleShot(0, lambda: QThread.msleep(60))
    qtbot.waitUntil(lambda: watch.longest >= 50)
    assert {gap.during for gap in watch.gaps} == {"idle"}
