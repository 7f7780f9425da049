"""The same person's face across a group, and the zoom from person to person."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.faces import Eyes, SeenFace
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.ui.duplicates.compare_view import PANE_WIDTH, CompareView
from photo_organizer.ui.duplicates.face_strip import LEAST, MOST
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.photos.viewport import Viewport
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui import fakes
from tests.ui.duplicates.compare import opened

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def faces() -> dict[int, tuple[SeenFace, ...]]:
    """Two persons in photos 3, 4 and 5: the second one is missing in 5."""
    return {
        3: (fakes.face((0.3, 0.4), person=1), fakes.face((0.7, 0.4), person=2)),
        4: (fakes.face((0.35, 0.45), Eyes.CLOSED, 1), fakes.face((0.75, 0.4), person=2)),
        5: (fakes.face((0.3, 0.5), Eyes.CANT_TELL, 1),),
    }


@pytest.fixture
def result(result: Result) -> Result:
    """Photos large enough to be zoomed into, with faces."""
    photos = dict(result.photos)
    for number in (3, 4, 5):
        photos[number] = fakes.photo(photos[number].path, number, (1500, 1000))
    return replace(result, photos=PhotoDict(photos), faces=faces())


@pytest.fixture
def compare(qtbot: QtBot, session: Session, result: Result) -> CompareView:
    return opened(qtbot, session, result)


def names(view: CompareView) -> list[str]:
    return [tile.accessibleName() for tile in view.strip.tiles if not tile.isHidden()]


def views(view: CompareView) -> list[Viewport]:
    return [pane.canvas.viewport for pane in view.panes]


def test_one_face_a_photo_tells_all_in_words(compare: CompareView) -> None:
    assert compare.strip.isVisible()
    assert names(compare) == [
        "1 of 3: photo 03.jpg, suggested keeper, eyes open",
        "2 of 3: photo 04.jpg, eyes may be closed",
        "3 of 3: photo 05.jpg, can't tell whether the eyes are open",
    ]
    assert compare.strip.title.text() == "Person 1 of 2"


def test_faces_arrive_and_are_aligned(compare: CompareView, qtbot: QtBot) -> None:
    tiles = compare.strip.tiles
    qtbot.waitUntil(lambda: all(tile.image is not None for tile in tiles))
    sides = {tile.image.width() for tile in tiles if tile.image is not None}
    assert len(sides) == 1


def test_a_face_that_is_missing_has_a_place_that_says_so(
    compare: CompareView, qtbot: QtBot
) -> None:
    qtbot.mouseClick(compare.strip.next, Qt.MouseButton.LeftButton)
    assert compare.strip.title.text() == "Person 2 of 2"
    assert [tile.message for tile in compare.strip.tiles] == ["", "", "Not found here"]
    assert names(compare)[2] == "3 of 3: photo 05.jpg, no face found"


def test_a_photo_that_is_gone_says_so(qtbot: QtBot, session: Session, result: Result) -> None:
    result.photos[4].path.unlink()
    view = opened(qtbot, session, result)
    qtbot.waitUntil(lambda: view.strip.tiles[1].message == "Cannot be shown")
    assert view.strip.tiles[0].message == ""


def test_a_series_without_keeper_has_no_crown(compare: CompareView, result: Result) -> None:
    compare.set_group(replace(result.groups[0], reason=Reason("duplicates.focus", {"count": 3})))
    assert not any("keeper" in name for name in names(compare))


def test_marks_are_seen_on_faces(compare: CompareView, session: Session) -> None:
    qt_image = compare.strip.tiles[1].grab().toImage()
    session.marks.mark([4])
    assert names(compare)[1].endswith("marked for the trash")
    assert compare.strip.tiles[1].grab().toImage() != qt_image


def test_every_state_is_seen_without_colour(compare: CompareView) -> None:
    looks = []
    for tile in compare.strip.tiles:
        tile.set_image(None)
        tile.setChecked(False)
        image = tile.grab().toImage()
        image.convertTo(image.Format.Format_Grayscale8)
        looks.append(image.copy(0, 0, image.width(), image.width()))
    assert looks[0] != looks[1]
    assert looks[1] != looks[2]
    assert looks[0] != looks[2]


def test_a_click_chooses_and_a_double_click_zooms(compare: CompareView, qtbot: QtBot) -> None:
    tiles = compare.strip.tiles
    qtbot.mouseClick(tiles[2], Qt.MouseButton.LeftButton)
    assert compare.current == 5
    assert tiles[2].isChecked()
    assert set(views(compare)) == {Viewport()}
    qtbot.mouseDClick(tiles[0], Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert compare.current == 3
    assert all(view.zoom > 1 for view in views(compare))


def test_enter_on_a_face_zooms_and_arrows_go_from_face_to_face(
    compare: CompareView, qtbot: QtBot
) -> None:
    tiles = compare.strip.tiles
    tiles[1].setFocus()
    qtbot.waitUntil(tiles[1].hasFocus)
    qtbot.keyClick(tiles[1], Key.Key_Right)
    assert compare.current == 5
    assert tiles[2].hasFocus()
    qtbot.keyClick(tiles[2], Key.Key_Return)
    assert all(view.zoom > 1 for view in views(compare))


def test_f_goes_from_person_to_person_in_all_photos(compare: CompareView, qtbot: QtBot) -> None:
    places = []
    for _ in range(3):
        qtbot.keyClick(compare, Key.Key_F)
        places.append((compare.strip.place, views(compare)))
    assert [place for place, _ in places] == [0, 1, 0]
    first, second, whole = (shown for _, shown in places)
    assert all(view.zoom > 1 for view in first)
    # Each photo shows its own face of that person.
    assert first[1].x - first[0].x == pytest.approx(0.05)
    assert first[1].y - first[0].y == pytest.approx(0.05)
    assert second[0].x > 0.5 > first[0].x
    # As in the others where they are not found.
    assert second[2].zoom == pytest.approx(second[1].zoom)
    assert set(whole) == {Viewport()}
    qtbot.keyClick(compare, Key.Key_F, SHIFT)
    assert views(compare) == second


def test_the_person_that_the_strip_shows_is_zoomed_to_first(
    compare: CompareView, qtbot: QtBot
) -> None:
    qtbot.mouseClick(compare.strip.next, Qt.MouseButton.LeftButton)
    assert set(views(compare)) == {Viewport()}
    compare.step_face(1)
    assert compare.strip.place == 1
    assert views(compare)[0].x > 0.5
    qtbot.mouseClick(compare.strip.previous, Qt.MouseButton.LeftButton)
    assert views(compare)[0].x < 0.5


def test_panning_one_photo_keeps_the_faces_side_by_side(compare: CompareView) -> None:
    compare.step_face(1)
    before = views(compare)
    compare.panes[1].canvas.zoom_by(1.5)
    after = views(compare)
    assert all(b.zoom == pytest.approx(1.5 * a.zoom) for a, b in zip(before, after, strict=True))
    assert after[1].x - after[0].x == pytest.approx(before[1].x - before[0].x)
    compare.fit()
    compare.zoom_by(2)
    assert len(set(views(compare))) == 1


def test_another_result_is_followed_and_the_strip_goes_with_the_faces(
    compare: CompareView, session: Session, result: Result, qtbot: QtBot
) -> None:
    compare.step_face(1)
    qtbot.waitUntil(lambda: all(tile.image is not None for tile in compare.strip.tiles))
    known = faces()
    session.shown.amend(
        lambda r: replace(r, faces={**known, 4: (fakes.face((0.3, 0.4), Eyes.OPEN, 1),)})
    )
    assert names(compare)[1] == "2 of 3: photo 04.jpg, eyes open"
    session.shown.amend(lambda r: replace(r, faces={}))
    assert compare.strip.isHidden()
    assert set(views(compare)) == {Viewport()}
    assert all(tile.image is None for tile in compare.strip.tiles)
    compare.set_group(result.groups[0])
    assert compare.strip.isHidden()


def test_the_person_stays_when_photos_are_judged_again(
    compare: CompareView, session: Session
) -> None:
    compare.strip.show_person(1)
    session.shown.amend(lambda r: replace(r, faces=dict(r.faces)))
    assert compare.strip.place == 1


def test_exact_copies_have_no_strip(compare: CompareView, result: Result) -> None:
    compare.set_group(replace(result.groups[0], kind=GroupKind.EXACT))
    assert compare.strip.isHidden()
    assert compare.strip.people == ()


def test_nothing_of_a_tile_is_cut_off(compare: CompareView) -> None:
    for size in ((700, 400), (1000, 700), (1600, 1300)):
        compare.resize(*size)
        QCoreApplication.processEvents()
        viewport = compare.strip.area.viewport()
        assert viewport.height() == compare.strip.tiles[0].sizeHint().height()


def test_a_long_row_scrolls_to_the_face_of_the_current_photo(
    compare: CompareView, session: Session, result: Result
) -> None:
    known = session.shown.result
    assert known is not None
    photos = tuple(range(1, 13))
    everybody = {i: (fakes.face((0.5, 0.5)),) for i in photos}
    session.shown.amend(lambda r: replace(r, faces=everybody))
    compare.resize(2 * PANE_WIDTH, 600)
    similar = (1.0,) * 12
    many = Group(
        GroupKind.SIMILAR, 1, photos, Reason("keepers.equal"), similar, (False,) * len(photos)
    )
    compare.set_group(many)
    QCoreApplication.processEvents()
    bar = compare.strip.area.horizontalScrollBar()
    assert bar.maximum() > 0
    assert compare.strip.area.viewport().height() >= compare.strip.tiles[0].height()
    compare.set_current(12)
    assert bar.value() == bar.maximum()


def test_a_group_without_people_has_no_strip(
    compare: CompareView, result: Result, session: Session
) -> None:
    compare.set_group(result.groups[1])
    assert compare.strip.isHidden()
    told: list[str] = []
    session.message.connect(told.append)
    compare.step_face(1)
    assert len(told) == 1


def test_the_badge_of_a_pane_tells_of_closed_eyes(compare: CompareView) -> None:
    said = [pane.eyes.accessibleName() for pane in compare.panes]
    assert said == ["", "2 faces · 1 with eyes closed", "1 face · 1 unclear"]


def test_faces_are_larger_in_a_larger_view(compare: CompareView) -> None:
    sides = []
    for height in (420, 700, 1600):
        compare.resize(4 * PANE_WIDTH, height)
        sides.append(compare.strip.tiles[0].sizeHint().width())
    assert LEAST <= sides[0] < sides[1] < sides[2] <= MOST + 8


def test_the_window_offers_faces_where_there_are_some(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    session.analysis.show(result)
    window.show_view(DuplicatesView)
    view = window.views[DuplicatesView]
    offered = window.commands["duplicates.next_face"]
    view.show_photo(7)
    assert (offered.isEnabled(), view.faces.isVisible()) == (False, False)
    view.show_photo(4)
    assert (offered.isEnabled(), view.faces.isVisible()) == (True, True)
    qtbot.mouseClick(view.faces, Qt.MouseButton.LeftButton)
    assert all(shown.zoom > 1 for shown in views(view.compare))
    offered.trigger()
    assert view.compare.strip.place == 1
    session.shown.amend(lambda r: replace(r, faces={}))
    assert (offered.isEnabled(), view.faces.isVisible()) == (False, False)


def test_it_says_that_faces_stay_on_this_computer(compare: CompareView) -> None:
    assert "this computer only" in compare.strip.hint.toolTip()
    assert "this computer only" in compare.strip.hint.accessibleName()
