import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Finished
from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.engine.paths import data_dir
from photo_organizer.engine.storage.snapshot import Snapshots
from photo_organizer.ui.session import last_result
from photo_organizer.ui.session.analysis_request import Request
from photo_organizer.ui.session.last_result import setting
from photo_organizer.ui.session.session import Session
from tests.ui import fakes

FOLDER = Path("/photos")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_result, "REST", 0)
    monkeypatch.setattr(last_result, "LOOK", 0)


def kept(session: Session) -> Result | None:
    return Snapshots().read([FOLDER], setting(session.choices.preferences))


def analysed(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.analysis.open([FOLDER])


def test_a_known_library_is_shown_before_it_is_analysed(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    analysed(session, qtbot)
    session.marks.mark([5])
    qtbot.waitUntil(lambda: kept(session) is not None)
    session.close()

    gate = threading.Event()
    fewer = replace(
        result,
        photos=result.photos.without({12}),
        categories={**result.categories, OTHERS: (7, 8, 9, 10, 11)},
        highlights={},
    )

    def slow(request: Request, cancel: threading.Event) -> Iterator[object]:
        assert gate.wait(20)
        yield Finished(fewer, fakes.FakeJudge(fewer))  # type: ignore[arg-type]

    again = Session(slow)
    with qtbot.waitSignal(again.shown.changed, check_params_cb=lambda shown: shown is not None):
        again.analysis.open([FOLDER])
    assert again.analysis.running
    assert not again.analysis.complete
    assert dict(again.shown.photos) == dict(result.photos)
    assert again.shown.group_of(4) == result.groups[0]
    assert again.shown.flags_of(6)
    assert again.marks.ids == {5}
    with qtbot.waitSignal(again.analysis.running_changed):
        gate.set()
    assert 12 not in again.shown.photos, "what is gone is gone"
    assert again.analysis.complete
    qtbot.waitUntil(lambda: len(getattr(kept(again), "photos", ())) == 11)
    again.close()


def test_only_whole_results_are_kept(qtbot: QtBot, result: Result) -> None:
    def cancelled(request: Request, cancel: threading.Event) -> Iterator[object]:
        from photo_organizer.engine.analysis.events import Cancelled, Partial

        yield Partial(result)
        yield Cancelled(3)

    session = Session(cancelled)
    analysed(session, qtbot)
    session._last_result._keep()
    session.close()
    assert not (data_dir() / "snapshots").exists()


def test_what_went_to_the_trash_is_not_recalled(session: Session, qtbot: QtBot) -> None:
    analysed(session, qtbot)
    qtbot.waitUntil(lambda: kept(session) is not None)
    session.shown._gone = {12}
    session.shown._publish()
    qtbot.waitUntil(lambda: len(getattr(kept(session), "photos", ())) == 11)


def test_another_model_recalls_nothing(session: Session, qtbot: QtBot) -> None:
    analysed(session, qtbot)
    qtbot.waitUntil(lambda: kept(session) is not None)
    session.choices.set_preferences(replace(session.choices.preferences, model="ViT-B-32"))
    assert kept(session) is None
