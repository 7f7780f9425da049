"""Photos that come by themselves: the clock, the order, and that none comes unready."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.photos.slideshow import USUAL, Slideshow, shuffled
from photo_organizer.ui.photos.viewer import PhotoViewer
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import motion
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.photos.test_viewer import commands, press, window

__all__ = ["commands", "window"]

Key = Qt.Key
LONG = 600
"""Seconds: the tests say when the time is over."""


@pytest.fixture(autouse=True)
def _no_motion() -> object:
    motion.choose(True)
    yield
    motion.choose(False)


@pytest.fixture
def viewer(
    session: Session, result: Result, commands: Commands, qtbot: QtBot
) -> Iterator[PhotoViewer]:
    """Shows photos 3, 1 and 2, the first of them on screen and the second one loaded."""
    session.analysis.show(result)
    viewer = PhotoViewer(session, commands)
    qtbot.addWidget(viewer)
    viewer.start_slideshow([3, 1, 2], LONG)
    ready(viewer, session, qtbot, 1)
    yield viewer
    viewer.close()


def ready(viewer: PhotoViewer, session: Session, qtbot: QtBot, photo_id: int) -> None:
    photo = session.shown.photos[photo_id]
    qtbot.waitUntil(lambda: viewer.isVisible() and viewer._prefetcher.is_ready(photo))


def tick(viewer: PhotoViewer) -> None:
    """The time of a photo is over."""
    assert viewer.slideshow.timer.pending
    viewer.slideshow.timer.finish()


def test_photos_come_in_order_and_again_from_the_first(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    seen = [viewer.current]
    for following in (1, 2, 3, 1):
        ready(viewer, session, qtbot, following)
        tick(viewer)
        seen.append(viewer.current)
    assert seen == [3, 1, 2, 3, 1]
    assert viewer.slideshow.timer.wait == 1000 * LONG


def test_the_controls_are_gone_and_so_are_the_chips(viewer: PhotoViewer) -> None:
    assert not viewer.bar.isVisible()
    assert not viewer.chips.isVisible()


def test_space_pauses_and_goes_on(viewer: PhotoViewer, qtbot: QtBot) -> None:
    press(viewer, qtbot, Key.Key_Space)
    assert not viewer.slideshow.playing
    assert not viewer.slideshow.timer.pending
    assert viewer.current == 3
    press(viewer, qtbot, Key.Key_Right)
    assert viewer.current == 1
    assert not viewer.slideshow.timer.pending
    press(viewer, qtbot, Key.Key_Space)
    assert viewer.slideshow.timer.pending


def test_going_by_hand_gives_the_photo_its_whole_time(viewer: PhotoViewer, qtbot: QtBot) -> None:
    viewer.slideshow.timer.stop()
    press(viewer, qtbot, Key.Key_Left)
    assert viewer.current == 2
    assert viewer.slideshow.timer.pending


def test_a_photo_that_is_not_loaded_yet_is_waited_for(
    viewer: PhotoViewer, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = True
    is_ready = viewer._prefetcher.is_ready
    monkeypatch.setattr(viewer._prefetcher, "is_ready", lambda p: not waiting and is_ready(p))
    monkeypatch.setattr(viewer._prefetcher, "arrived", lambda _: True)
    tick(viewer)
    assert viewer.current == 3
    viewer._on_loaded(0)
    assert viewer.current == 3
    waiting = False
    viewer._pending = True
    viewer._on_loaded(0)
    assert viewer.current == 1


def test_a_file_that_is_gone_does_not_stop_it(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    session.shown.photos[1].path.unlink()
    viewer.start_slideshow([3, 1, 2], LONG)
    for following in (1, 2):
        ready(viewer, session, qtbot, following)
        tick(viewer)
    assert viewer.current == 2


def test_the_pace_can_be_chosen_and_is_remembered(viewer: PhotoViewer) -> None:
    ten = next(a for a in viewer.bar.pace.menu().actions() if a.data() == 10)
    ten.trigger()
    assert viewer.slideshow.timer.wait == 10_000
    assert viewer.bar.pace.text() == "10 s"
    viewer.leave()
    viewer.start_slideshow([1, 2])
    assert viewer.slideshow.seconds == 10


def test_by_chance_every_photo_comes_once_and_the_order_comes_back(viewer: PhotoViewer) -> None:
    viewer.start_slideshow(list(range(1, 13)))
    viewer.go_to(4)
    viewer.bar.shuffle.click()
    assert viewer.current == 5
    assert sorted(viewer.ids) == list(range(1, 13))
    assert viewer.ids[0] == 5
    viewer.bar.shuffle.click()
    assert list(viewer.ids) == list(range(1, 13))
    assert viewer.current == 5


def test_leaving_stops_it(viewer: PhotoViewer, qtbot: QtBot) -> None:
    press(viewer, qtbot, Key.Key_Escape)
    assert not viewer.slideshow.active
    assert not viewer.slideshow.timer.pending
    viewer.open([1, 2])
    assert not viewer.slideshow.active
    assert viewer.bar.pace.isHidden()


def test_f5_shows_what_is_selected_or_all_from_the_current_one_on(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    grid = window.views[CategoriesView].grid
    grid.select(11)
    qtbot.keyClick(grid, Key.Key_F5)
    assert list(window.viewer.ids) == [11, 12, *range(1, 11)]
    assert window.viewer.slideshow.playing
    press(window.viewer, qtbot, Key.Key_F5)
    assert not window.viewer.slideshow.playing
    window.viewer.leave()
    session.selection.select((2, 4))
    window.full_screen.toggle_slideshow()
    assert list(window.viewer.ids) == [2, 4]


def test_one_photo_becomes_the_next_softly_unless_motion_is_reduced(
    viewer: PhotoViewer, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(viewer)
    assert not viewer.veil.isVisible()
    monkeypatch.setattr(motion, "reduced", lambda: False)
    ready(viewer, session, qtbot, 2)
    tick(viewer)
    assert viewer.current == 2
    assert viewer.veil.isVisible()
    qtbot.waitUntil(lambda: not viewer.veil.isVisible())


def test_the_clock_alone(qtbot: QtBot) -> None:
    clock = Slideshow()
    clock.play()
    assert not clock.timer.pending
    clock.start(USUAL)
    with qtbot.waitSignal(clock.due):
        clock.timer.start_in(0)
    assert not clock.timer.pending
    clock.stop()


def test_an_order_by_chance_begins_with_the_first() -> None:
    ids = list(range(50))
    found = shuffled(ids, 7)
    assert found[0] == 7
    assert sorted(found) == ids
    assert found[1:] != [i for i in ids if i != 7]


def test_the_screen_stays_awake_while_it_plays(viewer: PhotoViewer, qtbot: QtBot) -> None:
    assert viewer.awake.kept
    press(viewer, qtbot, Key.Key_Space)
    assert not viewer.slideshow.playing
    assert not viewer.awake.kept
    press(viewer, qtbot, Key.Key_Space)
    assert viewer.awake.kept
    viewer.leave()
    assert not viewer.awake.kept
