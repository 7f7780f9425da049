"""Whole stories in the real window with the real engine; only the network's place is taken."""

import shutil
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from benchmarks.responsiveness import LoopWatch
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.isolation.process import Process
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import CleanUpSheet
from photo_organizer.ui.window.main_window import MainWindow
from tests.engine.fakes import FakeEncoder
from tests.engine.isolation.harm import harmful, hostile_processes
from tests.engine.pictures import save
from tests.ui.io_watch import io_on_this_thread
from tests.ui.window.test_main_window import drop

pytestmark = pytest.mark.qt_log_level_fail("WARNING")

PHOTOS = 8


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    fake = FakeEncoder()
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: fake)
    return fake


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Eight photos, an exact copy of the first, an empty file and a text that calls itself JPEG."""
    folder = tmp_path / "album"
    for number in range(PHOTOS):
        save(folder / f"{number}.jpg", seed=number)
    shutil.copyfile(folder / "0.jpg", folder / "0 (copy).jpg")
    (folder / "empty.jpg").touch()
    (folder / "notes.jpg").write_text("not a picture at all")
    return folder


@pytest.fixture
def window(encoder: FakeEncoder, qtbot: QtBot) -> Iterator[MainWindow]:
    with capture_exceptions() as raised:
        session = Session()
        window = MainWindow(session)

        def close(_: object) -> None:
            if encoder.gate is not None:
                encoder.gate.set()
            window.close()
            # It closes, and ends its threads, once what was decided is stored.
            qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)

        qtbot.addWidget(window, before_close_func=close)
        with qtbot.waitSignal(window.painted):
            window.show()
        yield window
    assert raised == []


@pytest.fixture(autouse=True)
def _the_windows_thread_touches_no_file(window: MainWindow, tmp_path: Path) -> Iterator[None]:
    """Neither the album nor the store, from the open window to the end of the story."""
    with io_on_this_thread(tmp_path) as found:
        yield
    # Whether something dragged is taken must be said at once: one look at each.
    drag = (" _folders", " is_picture", " <genexpr>")
    assert [line for line in found if not ("main_window.py" in line and line.endswith(drag))] == []


def run(window: MainWindow, folder: Path, qtbot: QtBot) -> Session:
    """Drop a folder and wait until it is analysed."""
    session = window._session
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=_stopped
    ):
        assert drop(window, folder)
    return session


def _stopped(running: bool) -> bool:
    return not running


def names(session: Session) -> set[str]:
    return {photo.path.name for photo in session.shown.photos.values()}


def test_drop_a_folder_review_a_group_clean_up_and_undo(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    session = run(window, album, qtbot)
    assert window.views[CategoriesView].isVisible()
    assert names(session) == {f"{n}.jpg" for n in range(PHOTOS)} | {"0 (copy).jpg"}

    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    duplicates = window.views[DuplicatesView]
    assert isinstance(duplicates, DuplicatesView)
    assert duplicates.isVisible()
    assert duplicates.kind is GroupKind.EXACT
    qtbot.keyClick(duplicates.list, Qt.Key.Key_T)
    (marked,) = session.marks.ids
    copy = session.shown.photos[marked].path
    assert copy.name == "0 (copy).jpg"
    assert "1" in window.clean_up_commands.start.iconText()

    window.clean_up_commands.start.trigger()
    sheet = window.findChild(CleanUpSheet)
    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=_stopped):
        sheet.question.move_button.click()
    assert not copy.exists()
    assert (album / "0.jpg").exists()
    assert copy.name not in names(session)
    assert session.shown.result is not None
    assert session.shown.result.groups == ()
    sheet.outcome.done.click()

    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=_stopped):
        window.history_commands.undo.trigger()
    assert copy.read_bytes() == (album / "0.jpg").read_bytes()
    assert copy.name in names(session)
    assert len(session.shown.result.groups) == 1


def test_files_that_are_no_photos_are_listed_with_their_reason(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    session = run(window, album, qtbot)
    assert {s.path.name: bool(s.reason.text()) for s in session.analysis.skipped} == {
        "empty.jpg": True,
        "notes.jpg": True,
    }
    window.show_view(ProblemsView)
    panel = window.views[ProblemsView]
    assert isinstance(panel, ProblemsView)
    assert panel.isVisible()
    assert window.navigation.buttons[ProblemsView.key].count.text() == "2"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_photo_that_crashes_the_decoder_costs_the_window_nothing(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    bad = harmful(album / "bad.jpg", "SIGSEGV", seed=PHOTOS)
    with hostile_processes():
        for _ in range(2):  # the next time, too
            session = run(window, album, qtbot)
            assert names(session) == {f"{n}.jpg" for n in range(PHOTOS)} | {"0 (copy).jpg"}
            why = {s.path: s.reason.text("en") for s in session.analysis.skipped}
            assert why[bad] == "reading it failed badly, so it was left out"
    window.show_view(ProblemsView)
    assert window.navigation.buttons[ProblemsView.key].count.text() == "3"


def test_a_stopped_analysis_says_so_and_the_next_one_finishes(
    window: MainWindow, album: Path, encoder: FakeEncoder, qtbot: QtBot
) -> None:
    encoder.gate = threading.Event()
    session = window._session
    with qtbot.waitSignal(session.analysis.progress_changed, timeout=60_000):
        assert drop(window, album)
    assert window.status.lines[0].cancel.isVisible()
    with qtbot.waitSignals([session.message, session.analysis.running_changed], timeout=60_000):
        window.status.lines[0].cancel.click()
    assert not session.analysis.running
    assert window.status.text.text().startswith("Stopped")
    encoder.gate.set()
    run(window, album, qtbot)
    assert len(session.shown.photos) == PHOTOS + 1


def test_a_second_run_looks_at_no_photo_again(
    window: MainWindow,
    album: Path,
    encoder: FakeEncoder,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = run(window, album, qtbot)
    first, embedded = session.shown.result, encoder.embedded
    monkeypatch.setattr(Process, "examine", _forbidden)
    run(window, album, qtbot)
    assert encoder.embedded == embedded
    assert first is not None
    assert session.shown.result is not None
    assert session.shown.result is not first
    assert session.shown.result.to_contract()["categories"] == first.to_contract()["categories"]
    assert session.shown.result.to_contract()["duplicates"] == first.to_contract()["duplicates"]


def _forbidden(*_: object) -> object:
    raise AssertionError("a known photo was decoded again")


def test_a_folder_that_vanished_is_told_and_the_window_stays_usable(
    window: MainWindow, album: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session = window._session
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=_stopped
    ):
        window.open_folders([tmp_path / "unplugged"])
    assert "unplugged" in window.status.text.text()
    assert window.welcome.isVisible()
    run(window, album, qtbot)
    assert len(session.shown.photos) == PHOTOS + 1


def test_an_unplugged_folder_is_told_shown_as_it_was_known_and_tried_again(
    window: MainWindow, album: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    save(tmp_path / "other" / "x.jpg", seed=99)
    session = run(window, album, qtbot)
    assert not window.notice.isVisible()
    album.rename(tmp_path / "away")
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=_stopped
    ):
        window.open_folders([album, tmp_path / "other"])
    assert len(session.shown.photos) == PHOTOS + 2
    assert window.notice.isVisible()
    assert str(album) in window.notice.text.text()
    session.analysis.look_for_absent()  # still away: nothing happens
    qtbot.waitUntil(lambda: not session.tasks._running)
    assert not session.analysis.running
    (tmp_path / "away").rename(album)
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=_stopped
    ):
        window.notice.button.click()
    assert not window.notice.isVisible()
    assert len(session.shown.photos) == PHOTOS + 2

    album.rename(tmp_path / "away")
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=_stopped
    ):
        window.library_commands.again.trigger()
    assert window.notice.isVisible()
    (tmp_path / "away").rename(album)
    # Whoever comes back to the window with the drive plugged in need not ask.
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=_stopped
    ):
        QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert not window.notice.isVisible()


def test_the_window_answers_while_photos_are_analysed(
    window: MainWindow,
    album: Path,
    encoder: FakeEncoder,
    qtbot: QtBot,
    record_property: Callable[[str, object], None],
) -> None:
    """How fast is for `benchmarks/responsiveness.py`; here that its head sees what it should."""
    encoder.gate = threading.Event()
    session = window._session
    watch = LoopWatch(session)
    assert drop(window, album)
    with qtbot.waitSignal(session.analysis.progress_changed, timeout=60_000):
        pass
    seen = watch.looks
    # The engine holds photos in its hands meanwhile, and can wait for nothing on this thread.
    qtbot.waitUntil(lambda: watch.looks >= seen + 20, timeout=60_000)
    assert session.analysis.running
    undisturbed = watch.longest
    with qtbot.waitSignal(session.analysis.progress_changed):
        QTimer.singleShot(0, lambda: QThread.msleep(int(undisturbed) + 50))
    qtbot.waitUntil(lambda: watch.longest >= undisturbed + 40)
    assert max(watch.gaps).during in ("loading", "analysing")
    calm = LoopWatch(session)
    with qtbot.waitSignal(
        session.analysis.running_changed, timeout=60_000, check_params_cb=_stopped
    ):
        encoder.gate.set()
    assert calm.looks > 0
    assert len(session.shown.photos) == PHOTOS + 1
    record_property("longest_gap_ms", round(max(undisturbed, calm.longest), 1))


def test_nothing_of_a_run_lives_on_after_the_next_one(
    window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    """Python searches for garbage rarely while a window is open: facts must go by themselves."""
    session = run(window, album, qtbot)
    judge = weakref.ref(session.judging._judge) if session.judging._judge is not None else None
    assert judge is not None
    assert judge() is not None
    run(window, album, qtbot)
    qtbot.waitUntil(lambda: judge() is None)
