"""What the window says while photos are looked at, after a stop, and when that is opened again."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Cancelled, Partial, Progress, Stage
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.analysis_request import Request
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.welcome import Welcome
from tests.ui import fakes

FOLDER = Path("/photos")
LOOKING = "Looking… (13 %)"
STOPPED = "73 of 533 looked at"


class Analysis:
    """The first run tells of a part and waits; those after it finish."""

    def __init__(self, part: Result | None, whole: Result) -> None:
        self.part, self.whole = part, whole
        self.asked: list[Request] = []

    def __call__(self, request: Request, cancel: threading.Event) -> Iterator[object]:
        self.asked.append(request)
        if len(self.asked) > 1:
            yield from fakes.analysis(self.whole)(request, cancel)
            return
        if self.part is not None:
            yield Partial(self.part)
        yield Progress(Stage.ANALYSING, 73, 533, False, 3.0, 150.0)
        assert cancel.wait(30)
        yield Cancelled(73, 533)


def nothing_found(result: Result) -> Result:
    """The same photos, and nothing to say of them."""
    return replace(result, groups=(), flags=(), skipped=(), highlights={}, categories={})


@pytest.fixture
def analysis(result: Result) -> Analysis:
    whole = nothing_found(result)
    return Analysis(replace(whole, photos=whole.photos.without({11, 12})), whole)


@pytest.fixture
def session(qapp: object, analysis: Analysis) -> Iterator[Session]:
    session = Session(analysis)
    yield session
    session.close()


@pytest.fixture
def looking(window: MainWindow, session: Session, qtbot: QtBot) -> MainWindow:
    """The window while 73 of 533 photos are looked at."""
    window.open_folders([FOLDER])
    qtbot.waitUntil(lambda: session.analysis.extent.done == 73)
    return window


def stop(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.analysis.running_changed):
        qtbot.mouseClick(window.status.lines[0].cancel, Qt.MouseButton.LeftButton)


def said_of_nothing(window: MainWindow, qtbot: QtBot) -> dict[str, str]:
    """What stands where nothing was found, by view."""
    said = {}
    for key, kind in enumerate(
        (CategoriesView, DuplicatesView, HighlightsView, LowQualityView), start=1
    ):
        qtbot.keyClick(window, str(key), Qt.KeyboardModifier.ControlModifier)
        assert isinstance(window.view, kind)
        empty = getattr(window.view, "empty", None)
        said[window.view.key] = empty.text() if empty else window.view.grid.empty_text()
    del said["categories"]  # there are photos
    window.show_view(ProblemsView)
    said["problems"] = window.views[ProblemsView].title.text()
    window.show_view(SearchView)
    return said


def test_while_it_looks_no_view_says_that_there_is_nothing(
    looking: MainWindow, qtbot: QtBot
) -> None:
    said = said_of_nothing(looking, qtbot)
    assert said.pop("problems") == f"No problem so far  ·  {LOOKING}"
    assert set(said.values()) == {f"{LOOKING} What is found appears here."}
    assert looking.looked_at.isHidden()
    assert looking.windowTitle().startswith("13 % · ")


def test_counts_of_a_part_say_so(looking: MainWindow, session: Session, qtbot: QtBot) -> None:
    categories, duplicates = looking.navigation.buttons["categories"], looking.views[DuplicatesView]
    assert categories.count.text() == "10…"
    assert categories.accessibleName() == "Categories, 10 so far"
    assert looking.views[CategoriesView].tabs.tabText(0) == "All photos  10…"
    looking.show_view(DuplicatesView)
    assert all(button.text().endswith("   …") for button in duplicates.kinds.values())
    looking.show_view(LowQualityView)
    assert looking.views[LowQualityView].flaws.tabText(0).endswith("  …")


def test_after_a_stop_all_say_how_far_it_went_and_continue_goes_on(
    looking: MainWindow, session: Session, analysis: Analysis, qtbot: QtBot
) -> None:
    stop(looking, session, qtbot)
    said = said_of_nothing(looking, qtbot)
    assert said.pop("problems") == f"No problem so far  ·  {STOPPED}"
    assert set(said.values()) == {f"Nothing so far: {STOPPED}."}
    assert looking.status.text.text() == f"Stopped: {STOPPED}. What was found so far is kept."
    looking.show_view(DuplicatesView)
    assert looking.looked_at.text.text() == STOPPED
    assert looking.status.go_on.isVisible()
    assert looking.navigation.buttons["categories"].count.text() == "10…"
    with qtbot.waitSignals([session.analysis.running_changed] * 2):
        qtbot.mouseClick(looking.looked_at.go_on, Qt.MouseButton.LeftButton)
    assert [request.folders for request in analysis.asked] == [(FOLDER,)] * 2
    assert looking.looked_at.isHidden()
    assert looking.status.go_on.isHidden()
    assert looking.navigation.buttons["categories"].count.text() == "12"
    assert looking.views[DuplicatesView].empty.text() == "There are no exact copies."


def test_the_status_area_continues_too(
    looking: MainWindow, session: Session, analysis: Analysis, qtbot: QtBot
) -> None:
    stop(looking, session, qtbot)
    looking.status._message.stop()
    looking.status._show_text()
    assert looking.status.text.text() == STOPPED
    with qtbot.waitSignals([session.analysis.running_changed] * 2):
        qtbot.mouseClick(looking.status.go_on, Qt.MouseButton.LeftButton)
    assert session.analysis.complete


def test_a_library_that_was_not_looked_at_whole_says_so_when_it_is_opened_again(
    looking: MainWindow, session: Session, qtbot: QtBot
) -> None:
    stop(looking, session, qtbot)
    again = Session(fakes.analysis(Result.empty()))
    (library,) = again.libraries.known
    assert library.looked_at == (73, 533)
    welcome = Welcome(again.encoder_models)
    qtbot.addWidget(welcome)
    welcome.set_recent(again.libraries.known)
    assert welcome.recent_buttons[0].accessibleName().endswith(STOPPED)
    other = MainWindow(again)
    qtbot.addWidget(other)
    other.show()
    with qtbot.waitSignal(again.message) as told:
        other.open_folders(library.folders)
    assert told.args == [f"Last time it was stopped ({STOPPED}). It goes on from there."]
    qtbot.waitUntil(lambda: again.analysis.complete)
    assert again.libraries.known[0].looked_at is None
    other.close()


def test_a_window_closed_while_it_looks_remembers_how_far_it_came(
    looking: MainWindow, session: Session
) -> None:
    looking.close()
    assert Session().libraries.known[0].looked_at == (73, 533)


def test_a_run_that_fails_claims_no_more_than_it_looked_at(qtbot: QtBot, result: Result) -> None:
    def fails(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield Partial(nothing_found(result))
        yield Progress(Stage.ANALYSING, 73, 533, False, 3.0, 150.0)
        raise OSError("the drive is gone")

    session = Session(fails)
    fakes.analysed(session, qtbot)
    assert session.analysis.stopped
    assert session.analysis.extent.text == STOPPED
    session.close()


def test_what_is_decided_after_a_stop_is_answered(qtbot: QtBot, result: Result) -> None:
    judge = fakes.FakeJudge(result)

    def stops(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield Partial(replace(result, photos=result.photos.without({12})))
        yield Cancelled(12, 533, judge)  # type: ignore[arg-type]

    session = Session(stops)
    with qtbot.waitSignal(
        session.shown.changed, check_params_cb=lambda shown: len(shown.photos) == 12
    ):
        session.analysis.open([FOLDER])
    assert session.analysis.stopped
    assert session.analysis.extent.text == "12 of 533 looked at"
    with qtbot.waitSignal(session.shown.changed):
        session.decisions.keep_all(result.groups[0])
    qtbot.waitUntil(lambda: len(judge.asked) == 2)
    session.close()


def test_what_the_run_finds_is_never_less_than_what_is_shown(qtbot: QtBot, result: Result) -> None:
    """A library that is looked at again keeps its answers, however early that is stopped."""
    few = replace(result, photos=result.photos.without(set(range(4, 13))))

    def analyze(request: Request, cancel: threading.Event) -> Iterator[object]:
        if not session.analysis.complete and session.shown.result is None:
            yield from fakes.analysis(result)(request, cancel)
        else:
            yield Cancelled(3, 0, fakes.FakeJudge(few))  # type: ignore[arg-type]

    session = Session(analyze)
    fakes.analysed(session, qtbot)
    with qtbot.waitSignals([session.analysis.running_changed] * 2):
        session.analysis.again()
    assert session.analysis.stopped
    assert len(session.shown.photos) == 12
    assert session.analysis.extent.text == "Not all photos were looked at"
    session.close()
