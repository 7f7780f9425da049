import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Cancelled, Partial
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flaw, Result
from photo_organizer.engine.files.photo_files import FolderError
from photo_organizer.ui.session.analysis_request import Analyze, Request
from photo_organizer.ui.session.session import Session
from tests.ui import fakes
from tests.ui.fakes import analysed


def test_an_analysis_fills_the_session(session: Session, result: Result, qtbot: QtBot) -> None:
    with qtbot.waitSignals([session.shown.changed, session.analysis.progress_changed]):
        analysed(session, qtbot)
    assert session.shown.result == result
    assert session.analysis.skipped == list(result.skipped)
    assert session.shown.group_of(4) == result.groups[0]
    assert [flag.flaw for flag in session.shown.flags_of(6)] == [Flaw.BLUR]
    assert session.shown.flags_of(1) == ()
    assert not session.analysis.running


def test_a_failing_analysis_says_so_and_ends(qtbot: QtBot) -> None:
    def fail(request: Request, cancel: threading.Event) -> Iterator[object]:
        raise FolderError("failures.technical", message="no such folder")
        yield

    session = Session(fail)
    with qtbot.waitSignal(session.message) as message:
        analysed(session, qtbot)
    assert message.args == ["no such folder"]
    assert session.shown.result is None
    session.close()


def slow_at_first(result: Result, asked: list[Request]) -> Analyze:
    """The first analysis waits until it is cancelled; what is asked is remembered."""

    def analyze(request: Request, cancel: threading.Event) -> Iterator[object]:
        asked.append(request)
        if len(asked) == 1:
            yield Partial(result)
            assert cancel.wait(20)
            yield Cancelled(1)
        else:
            yield from fakes.analysis(result)(request, cancel)

    return analyze


def test_opening_another_folder_cancels_the_first_run(result: Result, qtbot: QtBot) -> None:
    asked: list[Request] = []
    session = Session(slow_at_first(result, asked))
    with qtbot.waitSignal(session.shown.changed, check_params_cb=lambda r: r is not None):
        session.analysis.open([Path("/one")])
    with qtbot.waitSignal(
        session.analysis.skipped_changed, check_params_cb=lambda: session.analysis.skipped != []
    ):
        session.analysis.open([Path("/two")])
    assert [request.folders for request in asked] == [(Path("/one"),), (Path("/two"),)]
    assert session.analysis.folders == (Path("/two"),)
    session.close()


def test_cancel_keeps_what_was_found(result: Result, qtbot: QtBot) -> None:
    def slow(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield Partial(result)
        assert cancel.wait(20)
        yield Cancelled(len(result.photos))

    session = Session(slow)
    session.shown.changed.connect(lambda shown: shown and session.analysis.cancel())
    analysed(session, qtbot)
    assert session.shown.result == result
    session.close()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"without_faces": Reason("faces.no_networks")}, "Faces cannot be looked for"),
        (
            {"stand_in": Reason("full.instead")},
            "The starter did the work",
        ),
    ],
)
def test_what_could_not_be_done_is_said_in_the_end(
    told: dict[str, Any], expected: str, result: Result, qtbot: QtBot
) -> None:
    unable = replace(result, **told)
    session = Session(fakes.analysis(unable))
    with qtbot.waitSignal(session.activities.ended) as ended:
        analysed(session, qtbot)
    (sentence,) = ended.args
    assert sentence.startswith(f"12 photos are analysed. {expected}")
    session.close()


def test_faces_switched_off_while_an_analysis_runs_are_not_looked_for_any_more(
    result: Result, qtbot: QtBot
) -> None:
    asked: list[Request] = []
    session = Session(slow_at_first(result, asked))
    with qtbot.waitSignal(session.shown.changed, check_params_cb=lambda r: r is not None):
        session.analysis.open([Path("/one")])
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.choices.set_preferences(replace(session.choices.preferences, faces=False))
        qtbot.waitUntil(lambda: len(asked) == 2, timeout=20_000)
    assert [request.preferences.faces for request in asked] == [True, False]
    session.close()
