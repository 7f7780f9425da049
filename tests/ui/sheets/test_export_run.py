"""One export job in the background, and who is told of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.export.job import ExportJob, ExportKind, ExportStep
from photo_organizer.engine.highlights.selection import Per, best
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.export_outcome import Outcome
from photo_organizer.ui.sheets.export_run import ExportRun, title_of


class Watcher(QObject):
    """Notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[int, int]] = []
        self.outcomes: list[tuple[str, int]] = []

    def show_step(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def show_outcome(self, outcome: Outcome, problems: Sequence[ExportStep]) -> None:
        self.outcomes.append((outcome.title, len(problems)))


@pytest.fixture
def watcher() -> Watcher:
    return Watcher()


@pytest.fixture
def start(
    session: Session, result: Result, tmp_path: Path, watcher: Watcher
) -> Callable[[], ExportRun]:
    """Begins to make three copies; the first has no file any more.

    Not begun by the fixture itself: between it and the test events are handled, and the copies
    could be made before the test looks.
    """
    session.analysis.show(result)
    selections = best(result, Per.LIBRARY, 3)
    selections[0].photos[0].photo.path.unlink()
    job = ExportJob(ExportKind.COPIES, tmp_path / "best")
    return lambda: ExportRun(session, job, selections, watcher)


def test_the_watcher_is_told_each_step_and_the_end(
    start: Callable[[], ExportRun], session: Session, watcher: Watcher, qtbot: QtBot
) -> None:
    run = start()
    assert [activity.title for activity in session.activities.running] == [run.title]
    qtbot.waitUntil(lambda: bool(watcher.outcomes))
    assert watcher.steps == [(1, 3), (2, 3), (3, 3)]
    assert watcher.outcomes == [("2 photos are copied", 1)]
    assert session.activities.running == []
    assert len(session.problems.all) == 1


def test_after_it_left_the_status_area_says_what_came_of_it(
    start: Callable[[], ExportRun], session: Session, watcher: Watcher, qtbot: QtBot
) -> None:
    run = start()
    with qtbot.waitSignal(session.activities.ended) as ended:
        run.leave()
    assert ended.args == ["2 photos are copied. 1 photo has a problem."]
    assert watcher.outcomes == []


def test_a_watcher_that_went_with_its_window_is_told_nothing(
    start: Callable[[], ExportRun], session: Session, watcher: Watcher, qtbot: QtBot
) -> None:
    start()
    with qtbot.waitSignal(session.activities.ended):
        delete(watcher)


@pytest.mark.parametrize(
    ("job", "title"),
    [
        (ExportJob(ExportKind.COPIES), "Copying photos"),
        (ExportJob(ExportKind.COPIES, link=True), "Linking photos"),
        (ExportJob(ExportKind.SHEET), "Drawing the contact sheet"),
        (ExportJob(ExportKind.RATINGS), "Writing ratings"),
    ],
)
def test_what_is_done_has_a_title(job: ExportJob, title: str) -> None:
    assert title_of(job) == title
