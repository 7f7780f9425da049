"""Groups of more photos than stand side by side."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.duplicates.compare_view import PANE_WIDTH, CompareView
from photo_organizer.ui.duplicates.group_strip import runs
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.photo_commands import PhotoCommands
from tests.ui.duplicates.compare import opened


@pytest.fixture
def compare(qtbot: QtBot, session: Session, result: Result) -> CompareView:
    """Nine photos, three of which stand side by side."""
    view = opened(qtbot, session, result)
    view.resize(3 * PANE_WIDTH + 100, 700)
    view.set_group(burst(9))
    view.set_current(2)
    return view


def burst(count: int) -> Group:
    photos = tuple(range(1, count + 1))
    similar = (1.0, *(0.97,) * (count - 1))
    reason = Reason("duplicates.next_keeper")
    return Group(GroupKind.SIMILAR, 1, photos, reason, similar, (False,) * count)


def test_it_says_which_photos_stand_side_by_side(compare: CompareView, qtbot: QtBot) -> None:
    assert compare.all.isVisible()
    assert compare.all.place.text() == "1–3 of 9"
    for _ in range(2):
        qtbot.keyClick(compare, Qt.Key.Key_Right)
    assert compare.all.place.text() == "1, 3–4 of 9"
    assert not compare.all.film.place_of(3).isNull()


def test_arrows_and_thumbnails_lead_to_every_photo(compare: CompareView, qtbot: QtBot) -> None:
    qtbot.mouseClick(compare.all.next, Qt.MouseButton.LeftButton)
    assert compare.current == 3
    last = compare.all.film.place_of(8).center().toPoint()
    qtbot.mouseClick(compare.all.film, Qt.MouseButton.LeftButton, pos=last)
    assert compare.current == 9
    assert 9 in compare.visible_photos()
    assert not compare.all.next.isEnabled()
    qtbot.mouseClick(compare.all.previous, Qt.MouseButton.LeftButton)
    assert compare.current == 8


def test_a_group_that_fits_has_no_strip(compare: CompareView) -> None:
    compare.set_group(burst(3))
    assert not compare.all.isVisible()
    compare.set_group(None)
    assert not compare.all.isVisible()


def test_a_wide_view_shows_all_and_needs_no_strip(compare: CompareView) -> None:
    compare.set_group(burst(4))
    assert compare.all.isVisible()
    compare.resize(4 * PANE_WIDTH + 100, 700)
    assert not compare.all.isVisible()


def test_marks_are_seen_in_the_strip(compare: CompareView, session: Session) -> None:
    film = compare.all.film
    place = film.place_of(8).toRect()
    before = film.grab(place).toImage()
    session.marks.mark([9])
    assert film.grab(place).toImage() != before


def test_numbers_in_a_row_are_drawn_together() -> None:
    assert runs([1, 3, 4, 5]) == "1, 3–5"
    assert runs([1, 2, 3]) == "1–3"


@pytest.mark.parametrize("best", range(1, 7))
def test_a_burst_of_six_is_culled_in_seven_keys(
    session: Session, result: Result, qtbot: QtBot, best: int
) -> None:
    session.analysis.show(replace(result, groups=(burst(6),)))
    view = DuplicatesView(session)
    qtbot.addWidget(view)
    view.resize(1024, 700)
    commands = Commands(view)
    PhotoCommands(session, commands)
    view.add_commands(commands)
    with qtbot.waitActive(view):
        view.show()
    view.take_focus()
    keys = 0

    def press(key: Qt.Key) -> None:
        nonlocal keys
        keys += 1
        qtbot.keyClick(view.list, key)

    while view.compare.current != best:
        press(Qt.Key.Key_Left if best == 1 else Qt.Key.Key_Right)
    press(Qt.Key.Key_O)
    assert session.marks.ids == set(range(1, 7)) - {best}
    press(Qt.Key.Key_V)
    assert view.compare.group is None
    assert keys <= 7


def test_each_photo_of_six_is_decided_by_a_key_of_its_own(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(replace(result, groups=(burst(6),)))
    view = DuplicatesView(session)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
    for key in (Qt.Key.Key_T, Qt.Key.Key_K, Qt.Key.Key_T, Qt.Key.Key_T, Qt.Key.Key_Delete):
        qtbot.keyClick(view.list, key)
    assert session.marks.ids == {2, 4, 5, 6}
