"""Photos over the whole screen: keys, decisions, what is loaded ahead, and where one comes back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.faces import Eyes, SeenFace
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.judging.without_photos import without_photos
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.photos.preview import PhotoPreview
from photo_organizer.ui.photos.viewer import PhotoViewer
from photo_organizer.ui.photos.viewer_commands import ViewerCommands
from photo_organizer.ui.photos.viewport import Viewport
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import motion
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.photo_commands import PhotoCommands
from tests.ui import fakes

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _no_motion() -> Iterator[None]:
    motion.choose(True)
    yield
    motion.choose(False)


@pytest.fixture
def commands(session: Session) -> Commands:
    """All commands on photos."""
    commands = Commands()
    PhotoCommands(session, commands)
    ViewerCommands(session.selection, session.rotations, commands, lambda: None, lambda: None)
    return commands


@pytest.fixture
def viewer(
    session: Session, result: Result, commands: Commands, qtbot: QtBot
) -> Iterator[PhotoViewer]:
    """Open on photo 5 of twelve."""
    session.analysis.show(result)
    viewer = PhotoViewer(session, commands)
    qtbot.addWidget(viewer)
    viewer.open(list(result.photos), 5)
    qtbot.waitUntil(lambda: viewer.isActiveWindow() and viewer.canvas.sharp)
    yield viewer
    viewer.close()


@pytest.fixture
def window(session: Session, result: Result, qtbot: QtBot) -> MainWindow:
    """The whole window, with photo 5 chosen in its grid."""
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    session.analysis.show(result)
    window.views[CategoriesView].grid.select(5)
    return window


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> PhotoViewer:
    """The window's viewer, open on photo 5."""
    window.full_screen.toggle()
    qtbot.waitUntil(lambda: window.viewer.isActiveWindow() and window.viewer.canvas.sharp)
    return window.viewer


def press(viewer: PhotoViewer, qtbot: QtBot, *keys: Qt.Key, shift: bool = False) -> None:
    for key in keys:
        if shift:
            qtbot.keyClick(viewer, key, SHIFT)
        else:
            qtbot.keyClick(viewer, key)


def move_mouse(viewer: PhotoViewer, place: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(viewer.canvas, event)


def test_enter_in_a_grid_opens_the_viewer_on_its_photo(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    grid = window.views[CategoriesView].grid
    grid.select(4)
    qtbot.keyClick(grid, Key.Key_Return)
    assert window.viewer.active
    assert window.viewer.isFullScreen()
    assert window.viewer.current == 4
    assert list(window.viewer.ids) == list(grid.photos.ids)


def test_keys_go_through_the_photos(viewer: PhotoViewer, session: Session, qtbot: QtBot) -> None:
    def after(*keys: Qt.Key, shift: bool = False) -> int | None:
        press(viewer, qtbot, *keys, shift=shift)
        assert session.selection.current == viewer.current
        assert session.selection.ids == (viewer.current,)
        return viewer.current

    assert after(Key.Key_Right) == 6
    assert after(Key.Key_Left, Key.Key_Left) == 4
    assert after(Key.Key_PageDown, Key.Key_Space) == 6
    assert after(Key.Key_PageUp) == 5
    assert after(Key.Key_Space, shift=True) == 4
    assert after(Key.Key_End) == 12
    assert after(Key.Key_Right) == 12
    assert "last" in viewer.note.text()
    assert after(Key.Key_Home) == 1
    assert after(Key.Key_Left) == 1
    assert viewer.bar.counter.text() == "1 of 12"


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return, Key.Key_F11])
def test_leaving_brings_the_grid_to_the_photo_seen_last(
    opened: PhotoViewer, window: MainWindow, session: Session, qtbot: QtBot, key: Qt.Key
) -> None:
    press(opened, qtbot, Key.Key_Right, Key.Key_Right)
    with qtbot.waitSignal(opened.left):
        press(opened, qtbot, key)
    assert not opened.active
    grid = window.views[CategoriesView].grid
    assert grid.selected_ids() == [7]
    assert grid.photos.photo_id(grid.currentIndex()) == 7
    assert session.selection.current == 7
    assert window.preview.photo is not None
    assert window.preview.photo.id == 7


def test_marking_acts_on_the_photo_seen_and_is_shown(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    press(viewer, qtbot, Key.Key_T)
    assert session.marks.ids == {5}
    assert viewer.current == 5
    assert next(chip.icon for chip in viewer.chips.chips) == "trash-2"
    assert viewer.bar.trash.isChecked()
    press(viewer, qtbot, Key.Key_K)
    assert not session.marks.ids
    assert not viewer.bar.trash.isChecked()


def test_shift_decides_and_goes_on(viewer: PhotoViewer, session: Session, qtbot: QtBot) -> None:
    press(viewer, qtbot, Key.Key_T, Key.Key_P, shift=True)
    assert session.marks.ids == {5}
    assert session.stars.of(6) == 5
    assert viewer.current == 7


def test_where_it_was_so_chosen_every_decision_goes_on(
    viewer: PhotoViewer, commands: Commands, session: Session, qtbot: QtBot
) -> None:
    commands["large.advance"].trigger()
    press(viewer, qtbot, Key.Key_T, Key.Key_3)
    press(viewer, qtbot, Key.Key_K, shift=True)
    assert session.marks.ids == {5}
    assert session.stars.of(6) == 3
    assert viewer.current == 8


def test_a_result_that_comes_meanwhile_does_not_change_the_photo_commands_act_on(
    viewer: PhotoViewer, session: Session, result: Result, qtbot: QtBot
) -> None:
    press(viewer, qtbot, Key.Key_Right)
    session.analysis.show(result)
    assert session.selection.ids == (6,)
    press(viewer, qtbot, Key.Key_T)
    assert session.marks.ids == {6}


def test_another_picture_in_the_same_file_is_shown_in_its_own_proportions(
    viewer: PhotoViewer, session: Session, result: Result, qtbot: QtBot
) -> None:
    before = result.photos[5]
    assert (before.width, before.height) == (64, 96)
    replaced = fakes.photo(before.path, 5, (96, 64))
    photos = PhotoDict({**result.photos, 5: replaced})
    session.analysis.show(replace(result, photos=photos))
    assert viewer.canvas.photo == replaced
    qtbot.waitUntil(lambda: viewer.canvas.sharp)
    assert viewer.canvas.image is not None
    assert viewer.canvas.image.size() == QSize(96, 64)


def test_photos_that_go_leave_the_list(
    viewer: PhotoViewer, session: Session, result: Result
) -> None:
    session.shown.amend(lambda known: without_photos(known, {2, 5}))
    assert viewer.current == 6
    assert viewer.bar.counter.text() == "4 of 10"
    session.shown.amend(lambda known: without_photos(known, set(known.photos)))
    assert not viewer.active


def test_the_neighbours_are_loaded_before_they_are_asked_for(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    def there(photo_id: int) -> bool:
        photo = session.shown.photos[photo_id]
        return session.images.cached(photo, viewer.canvas.side_of(photo)) is not None

    qtbot.waitUntil(lambda: all(map(there, (4, 6, 7))))
    assert not there(8)
    press(viewer, qtbot, Key.Key_Right)
    assert viewer.canvas.sharp  # at once: no wait between the key and the picture
    qtbot.waitUntil(lambda: there(8))


def test_a_vanished_file_is_told_and_the_next_photo_is_shown(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    session.shown.photos[12].path.unlink()
    press(viewer, qtbot, Key.Key_End)
    qtbot.waitUntil(lambda: "no longer there" in viewer.canvas.message)
    assert viewer.bar.percent.text() == ""
    press(viewer, qtbot, Key.Key_Left)
    qtbot.waitUntil(lambda: viewer.canvas.sharp)


def test_turning_is_for_viewing_only_and_remembered(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    before = session.shown.photos[5].path.read_bytes()
    press(viewer, qtbot, Key.Key_R)
    assert viewer.canvas.turns == 1
    assert "file is not changed" in viewer.note.text()
    press(viewer, qtbot, Key.Key_Right)
    assert viewer.canvas.turns == 0
    press(viewer, qtbot, Key.Key_Left)
    assert viewer.canvas.turns == 1
    press(viewer, qtbot, Key.Key_R, shift=True)
    press(viewer, qtbot, Key.Key_R, shift=True)
    assert viewer.canvas.turns == 3
    assert session.shown.photos[5].path.read_bytes() == before
    preview = PhotoPreview(session)
    qtbot.addWidget(preview)
    assert preview.canvas.turns == 3
    viewer.turn(1)
    assert preview.canvas.turns == 0


def test_the_facts_come_and_go_and_the_choice_is_remembered(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    assert not viewer.panel.isVisible()
    whole = viewer.canvas.width()
    press(viewer, qtbot, Key.Key_I)
    assert viewer.panel.isVisible()
    assert viewer.canvas.width() == whole - viewer.panel.width()
    facts = {fact.key: fact.text for fact in viewer.panel.facts.shown}
    assert facts["camera"] == "Camera X"
    press(viewer, qtbot, Key.Key_Right)
    assert viewer.panel.name.text() == session.shown.photos[6].path.name
    commands = Commands()
    PhotoCommands(session, commands)
    ViewerCommands(session.selection, session.rotations, commands, lambda: None, lambda: None)
    assert commands["large.info"].isChecked()  # also after a restart
    press(viewer, qtbot, Key.Key_I)
    assert viewer.canvas.width() == whole


def test_the_name_stands_in_the_bar_or_in_the_facts(viewer: PhotoViewer, qtbot: QtBot) -> None:
    name = viewer._session.shown.photos[5].path.name
    assert viewer.bar.name.text() == name
    press(viewer, qtbot, Key.Key_I)
    assert (viewer.bar.name.text(), viewer.panel.name.text()) == ("", name)
    press(viewer, qtbot, Key.Key_Right)
    press(viewer, qtbot, Key.Key_I)
    assert viewer.bar.name.text() == viewer._session.shown.photos[6].path.name


def test_a_photo_that_was_magnified_first_has_a_histogram(
    viewer: PhotoViewer, qtbot: QtBot
) -> None:
    press(viewer, qtbot, Key.Key_Plus)
    press(viewer, qtbot, Key.Key_I)
    assert viewer.canvas.viewport.zoom > 1
    qtbot.waitUntil(lambda: viewer.panel.histogram.histogram is not None)


def test_keys_zoom_and_the_whole_photo_comes_back(viewer: PhotoViewer, qtbot: QtBot) -> None:
    press(viewer, qtbot, Key.Key_Plus)
    assert viewer.canvas.viewport.zoom > 1
    press(viewer, qtbot, Key.Key_Z)
    assert viewer.canvas.viewport.zoom == 1.0
    press(viewer, qtbot, Key.Key_Z)
    assert viewer.canvas.scale == pytest.approx(1.0)
    qtbot.keyClick(viewer, Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert viewer.canvas.viewport.zoom == 1.0


def test_the_controls_fade_and_come_back_with_the_mouse_or_the_tab_key(
    viewer: PhotoViewer, qtbot: QtBot
) -> None:
    assert viewer.bar.isVisible()
    viewer._rest.finish()
    assert not viewer.bar.isVisible()
    assert not viewer.strip_ground.isVisible()
    assert viewer.chips.y() > viewer.height() - 64
    move_mouse(viewer, QPointF(140, 340))
    assert viewer.bar.isVisible()
    viewer._rest.finish()
    qtbot.keyClick(viewer, Key.Key_Tab)
    assert QApplication.focusWidget() is viewer.bar.back
    qtbot.keyClick(viewer.bar.back, Key.Key_Tab)
    assert QApplication.focusWidget() is viewer.bar.stars.buttons[1]
    viewer._rest.finish()
    assert viewer.bar.isVisible()  # a control has the focus


def test_a_click_into_the_strip_goes_to_a_photo(viewer: PhotoViewer, qtbot: QtBot) -> None:
    place = viewer.strip.place_of(viewer.ids.index(7)).center().toPoint()
    qtbot.mouseClick(viewer.strip, Qt.MouseButton.LeftButton, pos=place)
    assert viewer.current == 7


@pytest.mark.parametrize(
    ("view", "photo", "ids"),
    [
        (DuplicatesView, 8, [7, 8]),
        (LowQualityView, 6, [6]),
    ],
)
def test_other_views_lend_their_photos(
    window: MainWindow, view: type[LibraryView], photo: int, ids: list[int], qtbot: QtBot
) -> None:
    window.show_view(view)
    qtbot.keyClick(window, Key.Key_F11)
    assert list(window.viewer.ids) == ids
    assert window.viewer.current == photo
    window.viewer.leave()


def test_without_photos_there_is_nothing_to_view(
    window: MainWindow, session: Session, result: Result
) -> None:
    window.views[CategoriesView].grid.set_photos([])
    window.full_screen.toggle()
    assert not window.viewer.active
    window.views[CategoriesView].grid.set_photos(list(result.photos))
    session.selection.set_current(3)
    assert window.preview.photo is not None
    assert window.preview.photo.id == 3  # it follows on


def test_enter_presses_the_button_that_has_the_focus(viewer: PhotoViewer, qtbot: QtBot) -> None:
    viewer.bar.turn_right.setFocus()
    qtbot.keyClick(viewer.bar.turn_right, Key.Key_Return)
    assert viewer.active
    assert viewer.canvas.turns == 1


def test_the_window_takes_the_viewer_with_it(opened: PhotoViewer, window: MainWindow) -> None:
    window.close()
    assert not opened.isVisible()


def test_the_command_says_where_it_leads(opened: PhotoViewer, window: MainWindow) -> None:
    assert window.commands["photo.view"].text() == "Leave full screen"
    opened.leave()
    assert window.commands["photo.view"].text() == "View full screen"


def test_while_a_key_is_held_photos_fly_past_and_only_the_last_one_is_loaded(
    viewer: PhotoViewer, session: Session, qtbot: QtBot
) -> None:
    viewer.go_to(0)
    qtbot.waitUntil(lambda: not viewer._prefetcher._tickets)
    none = Qt.KeyboardModifier.NoModifier
    loaded: list[int] = []
    load = session.images.load

    def count(photo: Photo, side: int, *, ahead: bool = False) -> int:
        loaded.append(photo.id)
        return load(photo, side, ahead=ahead)

    session.images.load = count  # type: ignore[method-assign]
    for _ in range(8):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, none, "", True)
        QApplication.sendEvent(viewer, held)
    assert viewer.current == 9
    assert not viewer.canvas.sharp
    assert loaded == []
    QApplication.sendEvent(viewer, QKeyEvent(QEvent.Type.KeyRelease, Key.Key_Right, none))
    assert loaded == [9, 10, 11, 8]
    qtbot.waitUntil(lambda: viewer.canvas.sharp)


def show_faces(
    viewer: PhotoViewer, result: Result, faces: dict[int, Sequence[SeenFace]], qtbot: QtBot
) -> None:
    """Open photo 5 anew, in a size that can be zoomed into, and with these faces."""
    photos = dict(result.photos)
    for number in faces:
        photos[number] = fakes.photo(photos[number].path, number, (1500, 1000))
    viewer._session.analysis.show(replace(result, photos=PhotoDict(photos), faces=faces))
    viewer.leave()
    viewer.open(list(photos), 5)
    qtbot.waitUntil(viewer.isActiveWindow)


def test_f_zooms_from_face_to_face_and_back_to_the_whole_photo(
    viewer: PhotoViewer, result: Result, qtbot: QtBot
) -> None:
    right, left = fakes.face((0.75, 0.5), width=0.2), fakes.face((0.25, 0.5), Eyes.CLOSED)
    show_faces(viewer, result, {5: (right, left)}, qtbot)
    seen = []
    for _ in range(4):
        qtbot.keyClick(viewer, Key.Key_F)
        seen.append((viewer.canvas.viewport, viewer.note.text()))
    views, notes = zip(*seen, strict=True)
    assert views[0] == views[3]
    assert views[0].zoom > 1
    assert views[0].x < 0.5 < views[1].x
    assert views[2] == Viewport()
    assert notes[0] == "Face 1 of 2: eyes may be closed"
    assert notes[1] == "Face 2 of 2: eyes open"
    qtbot.keyClick(viewer, Key.Key_F, SHIFT)
    assert viewer.canvas.viewport == Viewport()
    qtbot.keyClick(viewer, Key.Key_F, SHIFT)
    assert viewer.canvas.viewport == views[1]


def test_faces_begin_anew_on_another_photo_and_after_a_look_at_the_whole(
    viewer: PhotoViewer, result: Result, qtbot: QtBot
) -> None:
    faces = (fakes.face((0.25, 0.5)), fakes.face((0.75, 0.5)))
    show_faces(viewer, result, {5: faces, 6: faces}, qtbot)
    qtbot.keyClick(viewer, Key.Key_F)
    first = viewer.note.text()
    assert first == "Face 1 of 2: eyes open"
    qtbot.keyClick(viewer, Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(viewer, Key.Key_F)
    assert viewer.note.text() == first
    qtbot.keyClick(viewer, Key.Key_Right)
    assert viewer.canvas.viewport == Viewport()
    qtbot.keyClick(viewer, Key.Key_F)
    assert viewer.note.text() == first


def test_other_shots_of_the_group_show_the_same_person(
    viewer: PhotoViewer, result: Result, qtbot: QtBot
) -> None:
    one, two = fakes.face((0.2, 0.5), person=1, width=0.1), fakes.face((0.8, 0.5), person=2)
    beside = fakes.face((0.7, 0.4), Eyes.CLOSED, person=2)
    alone = fakes.face((0.5, 0.5), person=2)
    show_faces(viewer, result, {3: (beside,), 4: (one, two), 5: (two, one), 6: (alone,)}, qtbot)
    qtbot.keyClick(viewer, Key.Key_F)  # the one in front comes first
    assert viewer.canvas.seen.contains(QPointF(0.8, 0.5))
    qtbot.keyClick(viewer, Key.Key_Left)
    assert viewer.current == 4
    assert viewer.canvas.viewport.zoom > 1
    assert viewer.canvas.seen.contains(QPointF(0.8, 0.5))
    qtbot.keyClick(viewer, Key.Key_Left)
    assert viewer.note.text() == "Face 1 of 1: eyes may be closed"
    assert viewer.canvas.seen.center().x() == pytest.approx(0.7, abs=0.1)
    viewer.go_to(viewer.ids.index(6))  # in another group: nobody is recognised
    assert viewer.canvas.viewport == Viewport()


def test_who_went_elsewhere_in_a_photo_stays_with_nobody(
    viewer: PhotoViewer, result: Result, qtbot: QtBot
) -> None:
    faces = (fakes.face((0.3, 0.5), width=0.1),)
    show_faces(viewer, result, {4: faces, 5: faces}, qtbot)
    qtbot.keyClick(viewer, Key.Key_F)
    viewer.canvas.zoom_by(0.9)
    qtbot.keyClick(viewer, Key.Key_Left)
    assert viewer.canvas.viewport == Viewport()


def test_a_face_is_found_in_a_photo_that_is_turned(
    viewer: PhotoViewer, result: Result, qtbot: QtBot
) -> None:
    show_faces(viewer, result, {5: (fakes.face((0.2, 0.5), width=0.1),)}, qtbot)
    viewer.turn(1)
    qtbot.keyClick(viewer, Key.Key_F)
    # A quarter clockwise: what was at the left is above.
    assert viewer.canvas.viewport.y < 0.4
    assert viewer.canvas.seen.contains(QPointF(0.2, 0.5))


def test_where_nobody_is_seen_that_is_said(viewer: PhotoViewer, qtbot: QtBot) -> None:
    qtbot.keyClick(viewer, Key.Key_F)
    assert viewer.note.text() == "No face was found in this photo"
    assert viewer.canvas.viewport == Viewport()


def test_faces_are_told_beside_the_photo_and_follow_the_result(
    viewer: PhotoViewer, session: Session, result: Result, qtbot: QtBot
) -> None:
    qtbot.keyClick(viewer, Key.Key_I)
    assert "face" not in viewer.panel.sentences.text()
    faces = (fakes.face(), fakes.face(eyes=Eyes.CLOSED), fakes.face())
    session.analysis.show(replace(result, faces={5: faces}))
    assert "3 faces · 1 with eyes closed" in viewer.panel.sentences.text()
    session.analysis.show(result)
    assert "face" not in viewer.panel.sentences.text()


def test_the_keys_of_faces_wait_for_the_viewer(viewer: PhotoViewer, commands: Commands) -> None:
    assert commands["large.next_face"].isEnabled()
    viewer.leave()
    assert not commands["large.next_face"].isEnabled()
    assert "this computer only" in commands["large.next_face"].toolTip()
