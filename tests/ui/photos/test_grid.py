from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.browse.sort_filter import Arrangement, Filters, Sorting, month_number
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.photos import grid as photo_grid
from photo_organizer.ui.photos.grid import CELL, LARGEST, SMALLEST, PhotoGrid
from photo_organizer.ui.session.session import Session

BY_DATE = Arrangement(Sorting.DATE)


@pytest.fixture
def grid(session: Session, result: Result, qtbot: QtBot) -> PhotoGrid:
    session.analysis.show(result)
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    grid.resize(5 * CELL, 500)
    grid.set_photos(list(result.photos))
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


def test_arrows_move_the_sessions_current_photo(
    grid: PhotoGrid, session: Session, qtbot: QtBot
) -> None:
    grid.select(1)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert session.selection.current == 2
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert session.selection.current == 1


def test_the_selected_photos_are_the_sessions_selection(grid: PhotoGrid, session: Session) -> None:
    grid.select(2)
    assert session.selection.ids == (2,)
    grid.selectionModel().select(grid.photos.row(4), QItemSelectionModel.SelectionFlag.Select)
    assert session.selection.ids == (2, 4)
    grid.clearSelection()
    assert session.selection.ids == (session.selection.current,)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_open(grid: PhotoGrid, qtbot: QtBot, key: Qt.Key) -> None:
    grid.select(3)
    with qtbot.waitSignal(grid.opened, timeout=0) as opened:
        qtbot.keyClick(grid, key)
    assert opened.args == [3]


def test_cells_fill_the_row_at_any_width(grid: PhotoGrid) -> None:
    for width in (CELL + 40, 3 * CELL, 1234):
        grid.resize(width, 400)
        room = grid.viewport().width()
        cell = grid.gridSize().width()
        columns = room // cell
        assert columns == max(1, (room - 1) // CELL)
        assert room - columns * cell <= columns


def test_selection_survives_growing_and_shrinking_results(
    grid: PhotoGrid, session: Session
) -> None:
    grid.set_photos([1, 2, 3])
    grid.select(2)
    grid.set_photos([5, 2, 1])
    assert grid.selected_ids() == [2]
    assert grid.currentIndex().row() == 1


def test_an_empty_grid_says_so(
    grid: PhotoGrid, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = grid.grab().toImage()
    grid.set_photos([])
    empty = grid.viewport().grab().toImage()
    colours = {
        empty.pixelColor(x, empty.height() // 2 + dy).name()
        for x in range(empty.width())
        for dy in range(-6, 7)
    }
    assert len(colours) > 2, "no text is painted"
    assert empty != blank


def many(result: Result, count: int = 400) -> Result:
    """The library with copies of its first photo, a new month every forty photos."""
    first = result.photos[1]
    photos = {
        i: replace(
            first,
            id=i,
            exif=replace(first.exif, taken_at=datetime(2020, i // 40 + 1, 3, i % 40 // 2, i % 2)),
        )
        for i in range(1, count + 1)
    }
    return replace(
        result, photos=PhotoDict(photos), groups=(), flags=(), highlights={}, categories={}
    )


@pytest.fixture
def long(grid: PhotoGrid, session: Session, result: Result) -> PhotoGrid:
    """Four hundred photos under eleven months."""
    session.analysis.show(many(result))
    grid.arrange(BY_DATE)
    grid.set_photos(list(session.shown.photos))
    return grid


def test_months_stand_above_their_photos(long: PhotoGrid) -> None:
    cells = long.cells
    assert cells.sections == 11
    assert [cells.size_of(section) for section in range(3)] == [39, 40, 40]
    assert long._months[1].number == month_number(2020, 2)
    plain = long.viewport().grab().toImage()
    long.arrange(Arrangement())
    assert long.cells.sections == 1
    assert long.cells.heading == 0
    assert long.viewport().grab().toImage() != plain


def test_photos_on_screen_are_where_they_are_found(long: PhotoGrid) -> None:
    long.verticalScrollBar().setValue(long.verticalScrollBar().maximum() // 2)
    rows = long.visible_rows()
    assert 5 < len(rows) < 60
    for row in rows:
        index = long.photos.index(row)
        rect = long.visualRect(index)
        assert rect.intersects(long.viewport().rect())
        assert long.indexAt(rect.center()) == index
    assert not long.indexAt(QPoint(3, -100_000)).isValid()


@pytest.mark.parametrize("row", [0, 57, 200, 399])
def test_a_selected_photo_is_scrolled_to(long: PhotoGrid, row: int) -> None:
    long.select(long.photos.ids[row])
    assert long.viewport().rect().contains(long.visualRect(long.photos.index(row)))


def test_keys_cross_the_months(long: PhotoGrid, qtbot: QtBot) -> None:
    long.select(long.photos.ids[0])
    lines = {long.visualRect(long.photos.index(0)).top()}
    for _ in range(30):
        qtbot.keyClick(long, Qt.Key.Key_Down)
        lines.add(long.visualRect(long.currentIndex()).top() + long.verticalOffset())
    assert len(lines) == 31
    assert long.currentIndex().row() > 90
    qtbot.keyClick(long, Qt.Key.Key_End)
    assert long.currentIndex().row() == 399
    qtbot.keyClick(long, Qt.Key.Key_PageUp)
    assert 300 < long.currentIndex().row() < 399
    qtbot.keyClick(long, Qt.Key.Key_Home)
    assert long.currentIndex().row() == 0
    qtbot.keyClick(long, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(long.selected_ids()) == 400
    qtbot.keyClick(long, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert long.selected_ids() == long.photos.ids


def test_control_adds_and_shift_spans(long: PhotoGrid, qtbot: QtBot) -> None:
    def click(row: int, modifier: Qt.KeyboardModifier) -> None:
        spot = long.visualRect(long.photos.index(row)).center()
        qtbot.mouseClick(long.viewport(), Qt.MouseButton.LeftButton, modifier, spot)

    ids = long.photos.ids
    click(1, Qt.KeyboardModifier.NoModifier)
    click(4, Qt.KeyboardModifier.ControlModifier)
    assert long.selected_ids() == [ids[1], ids[4]]
    click(1, Qt.KeyboardModifier.ControlModifier)
    assert long.selected_ids() == [ids[4]]
    click(4, Qt.KeyboardModifier.NoModifier)
    click(7, Qt.KeyboardModifier.ShiftModifier)
    assert long.selected_ids() == [ids[row] for row in (4, 5, 6, 7)]


def test_letters_ask_no_photo_for_its_name(
    long: PhotoGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    long.select(long.photos.ids[0])
    asked: list[int] = []
    monkeypatch.setattr(long.photos, "data", lambda index, role=0: asked.append(role))
    qtbot.keyClick(long, Qt.Key.Key_Z)
    assert Qt.ItemDataRole.DisplayRole not in asked
    assert long.currentIndex().row() == 0


def test_the_rubber_band_selects_what_it_touches(
    long: PhotoGrid, session: Session, qtbot: QtBot
) -> None:
    view = long.viewport()
    cell = long.gridSize()
    # Begins in a heading, where no photo can be dragged away, and ends in the second line.
    start = QPoint(cell.width() + 5, 4)
    end = QPoint(2 * cell.width() + 20, long.cells.heading + cell.height() + 30)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    columns = long.cells.columns
    expected = [long.photos.ids[row] for row in (1, 2, columns + 1, columns + 2)]
    assert long.selected_ids() == expected
    drawn = view.grab().toImage()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert long.selected_ids() == expected
    assert view.grab().toImage() != drawn, "the band is gone"
    assert set(session.selection.ids) == set(expected)


def test_what_is_looked_at_stays_while_everything_changes(
    long: PhotoGrid, session: Session, qtbot: QtBot
) -> None:
    bar = long.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)

    def first_whole() -> tuple[int, int]:
        rows = (long.photos.index(row) for row in long.visible_rows())
        index = next(index for index in rows if long.visualRect(index).top() >= 0)
        return long.photos.ids[index.row()], long.visualRect(index).top()

    looked_at = first_whole()
    long.set_photos(
        [i for i in session.shown.photos if i > 50]
    )  # a line of others vanishes above it
    assert first_whole() == looked_at
    long.resize(3 * CELL, 500)
    photo_id, top = looked_at
    assert long.visualRect(long.photos.row(photo_id)).top() == top
    long.zoom_in()
    assert long.visualRect(long.photos.row(photo_id)).top() == top


def test_filters_hide_and_clearing_them_shows(long: PhotoGrid, session: Session) -> None:
    session.marks.mark([5, 7])
    with_marks = Arrangement(filters=Filters(marked=True))
    long.arrange(with_marks)
    assert long.photos.ids == [5, 7]
    assert len(long.offered) == 400
    session.marks.mark([9])
    assert long.photos.ids == [5, 7, 9]
    assert long.unsorted == 0, "what comes is in its place"
    long.arrange(Arrangement())
    assert len(long.photos.ids) == 400


def test_the_next_photo_takes_the_place_of_one_that_is_filtered_away(
    long: PhotoGrid, session: Session
) -> None:
    session.marks.mark([50])
    long.select(51)
    session.marks.mark([51])
    long.arrange(Arrangement(filters=Filters(marked=False)))
    assert session.selection.current == 52
    session.marks.mark(range(1, 400))
    assert session.selection.current == 52
    long.sort_again()
    assert session.selection.current == 400


def test_stars_given_while_filtering_by_stars_count(long: PhotoGrid, session: Session) -> None:
    session.analysis.show(
        replace(
            session.shown.result,
            photos=PhotoDict.of(
                replace(p, content_hash=bytes([i]) * 16)
                for i, p in list(session.shown.photos.items())[:20]
            ),
        )
    )
    long.set_photos(list(session.shown.photos))
    session.stars.set([3, 4], 5)
    long.arrange(Arrangement(filters=Filters(stars=4)))
    assert long.photos.ids == [3, 4]
    session.stars.set([4], 2)
    session.stars.set([9], 4)
    assert long.photos.ids == [3, 4, 9]
    assert long.unsorted == 2
    long.sort_again()
    assert long.photos.ids == [3, 9]
    assert long.unsorted == 0


def test_photos_are_dragged_out_as_copies(
    grid: PhotoGrid, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[tuple[list[str], Qt.DropAction]] = []

    class Drag(QDrag):
        def exec(self, actions: Qt.DropAction) -> Qt.DropAction:  # type: ignore[override]
            urls = self.mimeData().urls()
            dragged.append(([url.toLocalFile() for url in urls], actions))
            assert self.source() is grid
            assert not self.pixmap().isNull()
            return actions

    monkeypatch.setattr(photo_grid, "QDrag", Drag)
    everything = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    grid.startDrag(everything)
    assert dragged == [], "nothing is selected"
    grid.select(2)
    grid.selectionModel().select(grid.photos.row(4), QItemSelectionModel.SelectionFlag.Select)
    grid.startDrag(everything)
    paths = [str(session.shown.photos[i].path) for i in (2, 4)]
    assert dragged == [(paths, Qt.DropAction.CopyAction)]


def test_the_next_screens_are_loaded_ahead(session: Session, result: Result, qtbot: QtBot) -> None:
    session.analysis.show(result)
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    grid.resize(CELL + 20, 220)
    grid.set_photos(list(result.photos))
    with qtbot.waitExposed(grid):
        grid.show()
    grid.verticalScrollBar().setValue(1)
    below = session.shown.photos[grid.photos.ids[grid.visible_rows().stop]]
    qtbot.waitUntil(lambda: session.thumbnails.at_hand(below) is not None)
    qtbot.waitUntil(lambda: session.thumbnails.idle)
    assert session.thumbnails.at_hand(session.shown.photos[12]) is None, "not everything"


def test_many_photos_are_sorted_beside_the_window(
    grid: PhotoGrid, session: Session, result: Result, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_grid, "AT_ONCE", 100)
    session.analysis.show(many(result))
    grid.arrange(Arrangement(Sorting.DATE, descending=True))
    with qtbot.waitSignal(grid.arranged):
        grid.set_photos(list(session.shown.photos))
    assert grid.photos.ids[0] == 400
    # The last word counts, however fast it follows.
    grid.arrange(BY_DATE)
    grid.set_photos(list(session.shown.photos)[:300])
    qtbot.waitUntil(lambda: not grid.busy)
    assert list(grid.photos.ids) == list(range(1, 301))
    assert session.selection.current in grid.photos.ids


def test_a_hidden_grid_waits_with_many_photos(
    grid: PhotoGrid, session: Session, result: Result, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_grid, "AT_ONCE", 100)
    grid.hide()
    session.analysis.show(many(result))
    grid.set_photos(list(session.shown.photos))
    assert not grid.busy
    with qtbot.waitSignal(grid.arranged):
        grid.show()
    assert len(grid.photos.ids) == 400


def test_zoom_is_bounded_and_remembered(grid: PhotoGrid, session: Session, qtbot: QtBot) -> None:
    before = grid.gridSize().width()
    with qtbot.waitSignal(grid.zoomed, timeout=0):
        grid.zoom_in()
    assert grid.gridSize().width() > before
    other = PhotoGrid(session)
    qtbot.addWidget(other)
    assert other.zoom == grid.zoom
    grid.set_zoom(10_000)
    assert grid.zoom == LARGEST
    grid.set_zoom(0)
    assert grid.zoom == SMALLEST
    with qtbot.waitExposed(other):
        other.show()
    assert other.zoom == SMALLEST
