import errno
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Cancelled, Progress, Stage
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LEFT_OUT, VIDEOS, Result, Skipped
from photo_organizer.ui.session import write_queue
from photo_organizer.ui.session.analysis_request import Request
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window import status_area
from photo_organizer.ui.window.status_area import StatusArea
from tests.ui import computers


@pytest.fixture
def status(session: Session, qtbot: QtBot) -> StatusArea:
    status = StatusArea(session)
    qtbot.addWidget(status)
    status.show()
    return status


def test_nothing_runs_nothing_is_claimed(
    status: StatusArea, session: Session, result: Result
) -> None:
    (line,) = status.lines
    assert status.text.text() == "No folder open"
    assert not line.bar.isVisible()
    assert not line.pause.isVisible()
    assert not line.cancel.isVisible()
    session.analysis.show(result)
    assert status.text.text() == "12 photos  ·  1 skipped"


def test_files_of_other_kinds_are_no_skipped_photos(
    status: StatusArea, session: Session, result: Result
) -> None:
    told = Skipped(Path("/photos"), Reason(LEFT_OUT, {"count": 3, "why": "3 .mts"}))
    session.analysis.show(replace(result, skipped=(*result.skipped, told)))
    assert status.text.text() == "12 photos  ·  1 skipped"


def test_videos_are_told_beside_the_photos(
    status: StatusArea, session: Session, result: Result
) -> None:
    told = Skipped(Path("/photos"), Reason(VIDEOS, {"count": 2}), ("a.mp4", "b.mov"))
    session.analysis.show(replace(result, skipped=(*result.skipped, told)))
    assert status.text.text() == "12 photos  ·  2 videos are not looked at  ·  1 skipped"


def test_decisions_that_wait_are_told_until_they_are_stored(
    session: Session, result: Result, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_queue, "FIRST_PAUSE", 60_000)
    monkeypatch.setattr(status_area, "MESSAGE_SECONDS", 0)  # what is said goes at once
    status = StatusArea(session)
    qtbot.addWidget(status)
    session.analysis.show(result)
    with monkeypatch.context() as patch:

        def refuse(*_: object, **_named: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(write_queue, "Store", refuse)
        session.marks.mark([4])
        qtbot.waitUntil(lambda: status.text.text().endswith("to be stored"))
        assert "1 decision" in status.text.text()
    session.store_now()
    qtbot.waitUntil(lambda: status.text.text() == "12 photos  ·  1 skipped")


def test_an_activity_says_how_far_it_is_and_goes(status: StatusArea, session: Session) -> None:
    activity = session.activities.begin("Copying photos…")
    (line,) = status.lines
    assert status.text.text() == "Copying photos…"
    assert line.bar.isVisible()
    assert line.bar.maximum() == 0  # no share is claimed while the total is unknown
    assert line.figures.text() == ""
    assert not line.pause.isVisible()
    assert not line.cancel.isVisible()
    activity.report(1, 4)
    assert (line.bar.value(), line.bar.maximum()) == (250, 1000)
    assert line.figures.text() == "1 of 4"
    activity.report(5_000_000_000, 10_000_000_000, figures="5 GB of 10 GB")
    assert line.bar.value() == 500
    assert line.figures.text() == "5 GB of 10 GB"
    activity.end()
    assert status.text.text() == "No folder open"
    assert not line.bar.isVisible()


def test_several_activities_have_a_line_each(status: StatusArea, session: Session) -> None:
    stopped: list[str] = []
    first = session.activities.begin("First", cancel=lambda: stopped.append("first"))
    second = session.activities.begin("Second", cancel=lambda: stopped.append("second"))
    assert [line.text.text() for line in status.lines] == ["First", "Second"]
    status.lines[1].cancel.click()
    assert stopped == ["second"]
    first.end()
    assert [line.text.text() for line in status.lines] == ["Second"]
    status.lines[0].cancel.click()
    assert stopped == ["second", "second"]
    second.end()
    assert status.text.text() == "No folder open"


def test_a_pause_is_said_and_nothing_pretends_to_move(status: StatusArea, session: Session) -> None:
    held: list[bool] = []
    session.activities.begin("Working…", hold=held.append)
    (line,) = status.lines
    line.pause.click()
    assert held == [True]
    assert status.text.text() == "Paused: Working…"
    assert line.bar.maximum() > 0
    assert line.pause.text() == "Resume"
    line.pause.click()
    assert held == [True, False]
    assert status.text.text() == "Working…"
    assert line.pause.text() == "Pause"


def test_a_message_is_shown_while_an_activity_goes_on_reporting(
    status: StatusArea, session: Session
) -> None:
    activity = session.activities.begin("Working…")
    session.message.emit("The folder is gone.")
    activity.report(1, 2)
    assert status.text.text() == "The folder is gone."
    assert status.lines[0].figures.text() == "1 of 2"


def test_a_message_that_does_not_fit_is_told_whole_by_the_tooltip(
    status: StatusArea, session: Session, qtbot: QtBot
) -> None:
    status.resize(500, status.height())
    message = "The folder is gone, and so is everything that was in it. " * 4
    session.message.emit(message)
    qtbot.waitUntil(lambda: status.text.toolTip() == message)
    assert status.width() == 500
    session.message.emit("Gone.")
    qtbot.waitUntil(lambda: not status.text.toolTip())


def test_an_analysis_says_on_how_many_computers_it_works(qtbot: QtBot) -> None:
    def analyze(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield computers.progress(computers.FAST, computers.SLOW, computers.UNFIT)
        assert cancel.wait(30)
        yield Cancelled(73)

    session = Session(analyze)
    status = StatusArea(session)
    qtbot.addWidget(status)
    status.show()
    with qtbot.waitSignal(session.analysis.progress_changed):
        session.analysis.open([Path("/photos")])
    (line,) = status.lines
    assert status.text.text() == "Analysing on 2 computers…"
    assert "85 photos/s" in line.figures.text()
    assert line.pause.isVisible()
    line.cancel.click()
    qtbot.waitUntil(lambda: not session.analysis.running)
    session.close()


def test_an_analysis_reports_pauses_goes_on_and_is_stopped(qtbot: QtBot) -> None:
    requests: list[Request] = []
    go_on = threading.Event()

    def analyze(request: Request, cancel: threading.Event) -> Iterator[object]:
        requests.append(request)
        yield Progress(Stage.ANALYSING, 1200, 4800, False, 34.4, 105.0)
        assert go_on.wait(30)
        assert cancel.wait(30)
        yield Cancelled(1200)

    session = Session(analyze)
    status = StatusArea(session)
    qtbot.addWidget(status)
    status.show()
    (line,) = status.lines
    with qtbot.waitSignal(session.analysis.progress_changed):
        session.analysis.open([Path("/photos")])
    assert status.text.text() == "Analysing photos…"
    assert line.figures.text() == "1,200 of 4,800  ·  34 photos/s  ·  2 min left"
    assert line.bar.value() == 250
    line.pause.click()
    assert session.analysis.paused
    assert requests[0].pause.paused
    line.pause.click()
    assert not session.analysis.paused
    assert not requests[0].pause.paused
    go_on.set()
    with qtbot.waitSignal(session.analysis.running_changed):
        line.cancel.click()
    assert status.text.text().startswith("Stopped")
    assert session.activities.running == []
    session.close()
