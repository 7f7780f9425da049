"""Photos keep their places while somebody decides, and are sorted again when that is asked for."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from photo_organizer.engine.browse.sort_filter import (
    REJECTED,
    UNRATED,
    Arrangement,
    Filters,
    Sorting,
)
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.judging.without_photos import without_photos
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.photos import grid as photo_grid
from photo_organizer.ui.photos.grid import CELL, PhotoGrid
from photo_organizer.ui.photos.grid_model import PhotoRole
from photo_organizer.ui.photos.sort_line import SortLine
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.photo_commands import PhotoCommands

UNRATED_ONLY = Arrangement(filters=Filters(stars=UNRATED))
UNMARKED_ONLY = Arrangement(filters=Filters(marked=False))
BY_STARS = Arrangement(Sorting.RATING, descending=True)


@pytest.fixture
def line(session: Session, result: Result, qtbot: QtBot) -> SortLine:
    """Of a grid with its keys, which shows all twelve photos."""
    session.analysis.show(result)
    grid = PhotoGrid(session)
    line = SortLine(grid)
    commands = Commands(grid)
    PhotoCommands(session, commands)
    commands.attach(Section.PHOTO, grid)
    for widget in (grid, line):
        qtbot.addWidget(widget)
    grid.resize(4 * CELL, 300)
    grid.set_photos(list(result.photos))
    with qtbot.waitActive(grid):
        grid.show()
    grid.setFocus()
    return line


@pytest.fixture
def grid(line: SortLine) -> PhotoGrid:
    return line._grid


def leaving(grid: PhotoGrid) -> list[int]:
    rows = range(grid.photos.rowCount())
    return [grid.photos.ids[row] for row in rows if grid.photos.index(row).data(PhotoRole.LEAVING)]


@pytest.mark.parametrize(
    ("arrangement", "key"),
    [(UNRATED_ONLY, Qt.Key.Key_X), (UNRATED_ONLY, Qt.Key.Key_4), (UNMARKED_ONLY, Qt.Key.Key_T)],
)
def test_what_a_filter_would_hide_stays_until_it_is_sorted_again(
    grid: PhotoGrid,
    line: SortLine,
    session: Session,
    qtbot: QtBot,
    arrangement: Arrangement,
    key: Qt.Key,
) -> None:
    grid.arrange(arrangement)
    grid.select(10)
    bar = grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    scrolled, shown = bar.value(), list(grid.photos.ids)
    assert scrolled > 0
    assert line.isHidden()
    qtbot.keyClick(grid, key)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, key)
    assert list(grid.photos.ids) == shown
    assert (session.selection.current, bar.value()) == (11, scrolled)
    assert leaving(grid) == [10, 11]
    assert grid.passing == 10
    assert "here until sorted again" in grid.photos.row(10).data(Qt.ItemDataRole.AccessibleTextRole)
    assert line.text.text() == "2 changes"
    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert list(grid.photos.ids) == [i for i in shown if i not in (10, 11)]
    assert session.selection.current == 12, "the next photo takes the place"
    assert line.isHidden()
    assert grid.hasFocus()


def test_a_photo_that_leaves_is_dimmed(grid: PhotoGrid, session: Session, qtbot: QtBot) -> None:
    grid.arrange(UNRATED_ONLY)
    grid.select(1)

    def painted() -> QColor:
        middle = grid.visualRect(grid.photos.index(1)).center()
        return grid.viewport().grab().toImage().pixelColor(middle)

    painted()
    qtbot.waitUntil(lambda: session.thumbnails.at_hand(session.shown.photos[2]) is not None)
    before = painted()
    session.stars.set([2], 3)
    assert painted() != before


def test_a_decision_taken_back_leaves_nothing_to_sort(
    grid: PhotoGrid, line: SortLine, session: Session, qtbot: QtBot
) -> None:
    grid.arrange(UNRATED_ONLY)
    grid.select(3)
    qtbot.keyClick(grid, Qt.Key.Key_X)
    assert line.text.text() == "1 change"
    qtbot.keyClick(grid, Qt.Key.Key_U)
    assert line.isHidden()
    assert leaving(grid) == []


def test_a_photo_that_a_filter_hid_comes_back_with_its_decision(
    grid: PhotoGrid, session: Session, qtbot: QtBot
) -> None:
    shown = list(grid.photos.ids)
    grid.arrange(UNRATED_ONLY)
    grid.select(3)
    qtbot.keyClick(grid, Qt.Key.Key_X)
    grid.sort_again()
    assert 3 not in grid.photos.ids
    session.stars.set([3], None)  # as undo does
    assert list(grid.photos.ids) == shown


def test_sorted_by_stars_photos_move_only_when_asked(
    grid: PhotoGrid, line: SortLine, qtbot: QtBot
) -> None:
    grid.arrange(BY_STARS)
    shown = list(grid.photos.ids)
    grid.select(9)
    qtbot.keyClick(grid, Qt.Key.Key_5)
    assert list(grid.photos.ids) == shown
    assert line.text.text() == "1 change"
    grid.sort_again()
    assert grid.photos.ids[0] == 9
    assert line.isHidden()


def test_an_order_that_no_decision_changes_says_nothing(
    grid: PhotoGrid, line: SortLine, session: Session
) -> None:
    for arrangement in (Arrangement(Sorting.DATE), UNMARKED_ONLY):
        grid.arrange(arrangement)
        session.stars.set([2], REJECTED)
        session.stars.set([2], None)
        assert line.isHidden()


def test_who_comes_back_finds_it_sorted(
    grid: PhotoGrid, line: SortLine, session: Session, qtbot: QtBot
) -> None:
    grid.arrange(UNRATED_ONLY)
    session.stars.set([4], 1)
    assert leaving(grid) == [4]
    grid.hide()
    grid.show()
    assert 4 not in grid.photos.ids
    assert line.isHidden()


def test_a_newer_result_moves_nothing_while_somebody_decides(
    grid: PhotoGrid, session: Session, result: Result
) -> None:
    grid.arrange(UNRATED_ONLY)
    session.stars.set([4], 1)
    shown = list(grid.photos.ids)
    grid.update_photos(shown[::-1])
    assert list(grid.photos.ids) == shown
    grid.set_photos(shown[::-1])  # another list
    assert list(grid.photos.ids) == [i for i in shown[::-1] if i != 4]


def test_what_the_store_remembers_is_no_decision(
    grid: PhotoGrid, line: SortLine, session: Session, result: Result
) -> None:
    grid.arrange(UNRATED_ONLY)
    session.stars.remember({result.photos[5].content_hash: 4})
    assert grid.unsorted == 0
    assert line.isHidden()


def test_among_many_photos_it_is_the_same(
    grid: PhotoGrid,
    line: SortLine,
    session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photo_grid, "AT_ONCE", 3)
    shown = list(grid.photos.ids)

    def soon(what: Callable[[], object]) -> None:
        with qtbot.waitSignal(grid.arranged):
            what()
        qtbot.waitUntil(lambda: not grid.busy)

    soon(lambda: grid.arrange(UNRATED_ONLY))
    grid.select(6)
    soon(lambda: qtbot.keyClick(grid, Qt.Key.Key_X))
    assert (list(grid.photos.ids), leaving(grid)) == (shown, [6])
    assert line.text.text() == "1 change"
    soon(grid.sort_again)
    assert list(grid.photos.ids) == [i for i in shown if i != 6]


def test_photos_that_are_gone_keep_no_place(
    grid: PhotoGrid, session: Session, result: Result
) -> None:
    grid.arrange(UNRATED_ONLY)
    session.stars.set([4], 1)
    fewer = without_photos(result, {5})
    session.analysis.show(fewer)
    grid.update_photos(list(fewer.photos))
    assert [i for i in result.photos if i not in grid.photos.ids] == [5]
