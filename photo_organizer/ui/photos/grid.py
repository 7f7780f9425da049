"""A grid of photos: sorts, filters, scrolls, selects, zooms and opens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSettings,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QDrag,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from photo_organizer.engine.browse.kept_place import kept_place, with_months
from photo_organizer.engine.browse.sort_filter import (
    Arranged,
    Arrangement,
    Month,
    Sorting,
    arrange,
)
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.engine.worker import Task
from photo_organizer.ui.photos.cell_view import CellView
from photo_organizer.ui.photos.grid_delegate import PhotoDelegate
from photo_organizer.ui.photos.grid_model import PhotoModel, numbered
from photo_organizer.ui.photos.sort_order_notes import SortOrderNotes
from photo_organizer.ui.photos.unsorted_decisions import UnsortedDecisions
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.drag_picture import ROOM, drag_picture
from photo_organizer.ui.widgets.list_model import Index
from photo_organizer.ui.widgets.month_marker import MonthMarker
from photo_organizer.ui.words.names import month_name

CELL = 184
"""Narrowest cell in device-independent pixels; cells grow to fill the row."""
SMALLEST, LARGEST = 96, 384
"""Of `CELL`, when zoomed."""
NOTCH = 120
"""One step of a mouse wheel, in Qt's eighths of a degree; touchpads send parts of it."""
ASPECT = 0.82
"""Height over width of a photo's frame: most photos lie, standing ones get a little more room."""

AT_ONCE = 2000
"""Photos that are arranged at once; more of them beside the window, in a task."""

AHEAD = 100
"""Milliseconds without scrolling after which the next screens are loaded ahead."""

ZOOM_KEY = "grid/zoom"

SelectionFlag = QItemSelectionModel.SelectionFlag


class PhotoGrid(CellView):
    """Photos of the session in rows and columns, under the months when sorted by date.

    Space or Enter opens the current photo. The current photo is the session's current photo, the
    selected ones are the session's selection: what is done with them are commands (see
    `photo_organizer.ui.window.photo_commands`), attached by the window.

    While people decide about photos and see the grid, these keep their places, also where the order
    or the filters follow from what was decided: until they are sorted again, or the grid is left.
    """

    opened = Signal(int)
    """The photo to look at: Space, Enter or a double click."""
    arranged = Signal()
    """Other photos are shown, or in another order: see `offered`, `shown`."""
    zoomed = Signal(int)
    """The narrowest width of a cell changed."""
    unsorted_changed = Signal()
    """`unsorted` is another number now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.photos = PhotoModel(session)
        super().__init__(self.photos, parent)
        self._session = session
        self._offered: Sequence[int] = ()
        self._notes: Mapping[int, str] = {}
        self._months: Sequence[Month] = ()
        self._arrangement = Arrangement()
        self._arranging: Task | None = None
        self._stale = False
        self._settled = True
        self._leaving = 0
        self._known: Photos | None = None
        self._decided = UnsortedDecisions(session.shown, session.stars, session.marks, self)
        self._rank_follows_stars = self._choice_follows = False
        self._zoom = CELL
        self._turned = 0
        self._delegate = PhotoDelegate(session.thumbnails, self)
        self.setItemDelegate(self._delegate)
        self.setDragEnabled(True)
        self.setAccessibleName(self.tr("Photos"))
        self._marker = MonthMarker(self)
        self._scrolled = False
        self._ahead = Debounce(self, AHEAD, self._load_ahead)
        self.activated.connect(self._open)
        session.analysis.extent_changed.connect(self._on_extent)
        # Copies share their stars: whatever is visible may look different.
        session.stars.changed.connect(self.viewport().update)
        self._decided.changed.connect(self._on_decided)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.verticalScrollBar().sliderReleased.connect(self._marker.go_soon)
        self._recall_zoom()

    # ------------------------------------------------------------------ which photos

    @property
    def offered(self) -> Sequence[int]:
        """All photos of the view, in its own order."""
        return self._offered

    @property
    def arrangement(self) -> Arrangement:
        """How they are sorted and filtered."""
        return self._arrangement

    @property
    def busy(self) -> bool:
        """Whether many photos are being sorted; what is shown is from before."""
        return self._arranging is not None

    def set_photos(self, ids: Sequence[int], notes: Mapping[int, str] | None = None) -> None:
        """Offer these photos, each once; those that pass the filters are shown.

        Args:
            ids: photo ids in the view's own order.
            notes: short texts by photo id, see `Role.NOTE`.
        """
        self._begin_anew()
        self.update_photos(ids, notes)

    def update_photos(self, ids: Sequence[int], notes: Mapping[int, str] | None = None) -> None:
        """Offer what the same list is now, by a newer result: see `set_photos`.

        Nothing moves under people who are deciding: see `unsorted`.
        """
        self._offered = ids
        self._notes = notes or {}
        self._arrange()

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and filter otherwise."""
        if arrangement != self._arrangement:
            self._arrangement = arrangement
            self._begin_anew()
            self._follow()
            self._arrange()

    @property
    def passing(self) -> int:
        """How many photos pass the filters: those shown, but such as wait to be sorted away."""
        return len(self.photos.ids) - self._leaving

    # ------------------------------------------------------------------ places are kept

    @property
    def unsorted(self) -> int:
        """So many decisions the order does not follow yet, where that makes a difference."""
        return 0 if self._settled else self._decided.count

    @Slot()
    def sort_again(self) -> None:
        """Sort and filter by all that was decided."""
        self._begin_anew()
        self._arrange()

    def follow_decisions(self, *, rank: bool, choice: bool) -> None:
        """Say what the view's own list follows from.

        Args:
            rank: its order from stars.
            choice: from stars and marks, which photos are in it.
        """
        self._rank_follows_stars, self._choice_follows = rank, choice
        self._follow()

    def _follow(self) -> None:
        filters, sorting = self._arrangement.filters, self._arrangement.sorting
        own = sorting is Sorting.GIVEN and self._rank_follows_stars
        by_stars = own or sorting in (Sorting.RATING, Sorting.SCORE) or filters.stars is not None
        self._decided.follow(
            stars=by_stars or self._choice_follows,
            marks=filters.marked is not None or self._choice_follows,
        )

    def _begin_anew(self) -> None:
        self._decided.begin()
        self._known = None

    @Slot()
    def _on_decided(self) -> None:
        if self._known is None:
            self._known = self._session.shown.photos
        filters, sorting = self._arrangement.filters, self._arrangement.sorting
        if sorting is Sorting.RATING or filters.stars is not None or filters.marked is not None:
            self._arrange()
        # What the view's own list and the scores make of it, a newer result will tell.
        self.unsorted_changed.emit()

    def _keeping(self) -> Callable[[Arranged], Arranged] | None:
        """Keeps photos in their places, on whichever thread; None while nothing was decided."""
        if not self._decided.count or not self.isVisible() or not self.photos.ids:
            return None
        shown, photos, known = self.photos.ids, self._session.shown.photos, self._known or ()
        decided = self._decided.is_about

        def comes(photo_id: int) -> bool:
            # New in the library, or back because something was decided otherwise.
            return photo_id not in known or decided(photo_id)

        return lambda arranged: kept_place(shown, arranged, stays=photos, comes=comes)

    # ------------------------------------------------------------------ sorting and filtering

    def _arrange(self) -> None:
        """Show what was offered, as it was asked for: at once, or soon where there is much."""
        if len(self._offered) <= AT_ONCE and self._arranging is None:
            self._show(self._offered, self._question()())
        elif self._arranging is not None or not self.isVisible():
            self._stale = True
        else:
            self._start_arranging()

    def _question(self) -> Callable[[], Arranged]:
        """What to show, to be answered on whichever thread."""
        offered, wanted = self._offered, self._arrangement
        columns, marks = self._session.shown.columns, self._session.marks.ids
        keep = self._keeping()

        def answer() -> Arranged:
            arranged = arrange(offered, wanted, columns, marks)
            return with_months(keep(arranged), wanted, columns) if keep else arranged

        return answer

    def _start_arranging(self) -> None:
        self._stale = False
        offered, answer, began = self._offered, self._question(), self._decided.count

        def work(_cancel: threading.Event) -> Iterator[object]:
            arranged = answer()
            yield arranged, numbered(arranged.ids)

        def show(found: tuple[Arranged, dict[int, int]]) -> None:
            if not began and self._decided.count:
                self._stale = True  # somebody began to decide meanwhile, and nothing may move
            if not self._stale:
                self._show(offered, *found)

        self._arranging = self._session.tasks.start(work, show, self._on_arranged)

    def _on_arranged(self) -> None:
        self._arranging = None
        self.viewport().update()  # an empty grid says why
        if self._stale:
            self._arrange()
        elif self.isVisible():
            self.claim_current()  # the view could not, before there were photos

    def _show(
        self, offered: Sequence[int], arranged: Arranged, rows: dict[int, int] | None = None
    ) -> None:
        anchor = self._anchor()
        self._bequeath(frozenset(arranged.ids) if rows is None else rows)
        self._offered = offered
        self._settled, self._leaving = arranged.settled, len(arranged.leaving)
        self._months = arranged.months
        self._section_starts = [month.first for month in arranged.months]
        sorting = self._arrangement.sorting
        notes = SortOrderNotes(self._notes, sorting, self._session.shown.columns)
        self.photos.set_photos(arranged.ids, notes, rows, arranged.leaving)
        self._layout = None
        self.doItemsLayout()
        self._return_to(anchor)
        self._ahead.start()
        self.arranged.emit()
        self.unsorted_changed.emit()

    def _bequeath(self, staying: Container[int]) -> None:
        """When the current photo goes, the next one that stays takes its place."""
        row = self.currentIndex().row()
        known = self.photos.ids
        if row < 0 or known[row] in staying:
            return
        heirs = (*range(row + 1, len(known)), *range(row - 1, -1, -1))
        heir = next((each for each in heirs if known[each] in staying), None)
        if heir is not None:
            self.selectionModel().setCurrentIndex(self.photos.index(heir), SelectionFlag.NoUpdate)

    @Slot()
    def _on_extent(self) -> None:
        if not self.photos.rowCount():  # an empty grid says why
            self.viewport().update()

    # ------------------------------------------------------------------ current and selected

    def selected_ids(self) -> list[int]:
        """The selected photos in the order shown."""
        runs = sorted(
            (run.top(), run.bottom()) for run in self.selectionModel().selection().toList()
        )
        selected: list[int] = []
        for top, bottom in runs:
            selected += self.photos.ids[top : bottom + 1]  # 100,000 in one run: no look at each
        return selected

    def select(self, photo_id: int) -> None:
        """Make a photo the current and only selected one, and bring it into view."""
        index = self.photos.row(photo_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.selectionModel().select(index, SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def begin_at_top(self) -> None:
        """No photo is current or selected any more: another list is shown from its beginning."""
        self.selectionModel().clear()
        self.scrollToTop()

    def return_to(self, photo_id: int) -> None:
        """Make a photo the current one; the selected ones stay so where it is one of them."""
        index = self.photos.row(photo_id)
        if index.isValid() and self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, SelectionFlag.NoUpdate)
            self.scrollTo(index)
            self.claim_current()
        else:
            self.select(photo_id)

    def select_photos(self, ids: Iterable[int]) -> None:
        """Select photos, as far as they are shown; the first of them becomes the current one."""
        rows = sorted(index.row() for i in ids if (index := self.photos.row(i)).isValid())
        if not rows:
            return
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.photos.index(row), self.photos.index(row))
        first = self.photos.index(rows[0])
        self.selectionModel().setCurrentIndex(first, SelectionFlag.NoUpdate)
        self.selectionModel().select(chosen, SelectionFlag.ClearAndSelect)
        self.scrollTo(first)

    def claim_current(self) -> None:
        """Make this grid's current photo, else its first one, the session's current photo."""
        if not self.currentIndex().isValid() and self.photos.ids:
            self.selectionModel().setCurrentIndex(self.photos.index(0), SelectionFlag.NoUpdate)
        self._session.selection.set_current(self.photos.photo_id(self.currentIndex()))
        self._tell_selection()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The session follows the current photo."""
        super().currentChanged(current, previous)
        photo_id = self.photos.photo_id(current)
        if photo_id is not None:
            self._session.selection.set_current(photo_id)
            if self.isVisible():
                self._tell_selection()  # a rubber band selects first

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The session follows the selection."""
        super().selectionChanged(selected, deselected)
        if self.isVisible():
            self._tell_selection()

    def _tell_selection(self) -> None:
        """With nothing selected, commands act on the current photo."""
        if selected := self.selected_ids():
            self._session.selection.select(selected)
        elif self._session.selection.current is not None:
            self._session.selection.select((self._session.selection.current,))

    # ------------------------------------------------------------------ zoom

    @property
    def zoom(self) -> int:
        """The narrowest width of a cell, `SMALLEST` to `LARGEST`."""
        return self._zoom

    def set_zoom(self, width: int) -> None:
        """Make cells at least so wide, in every grid from now on; remembered over restarts."""
        width = max(SMALLEST, min(width, LARGEST))
        if width != self._zoom:
            QSettings().setValue(ZOOM_KEY, width)
            self._set_zoom(width)

    def zoom_in(self) -> None:
        """One column less: photos grow."""
        self._step_zoom(-1)

    def zoom_out(self) -> None:
        """One column more: photos shrink."""
        self._step_zoom(1)

    def _step_zoom(self, columns: int) -> None:
        if wanted := self.cells.columns + columns:
            self.set_zoom((self.viewport().width() - 1) // wanted)

    def _set_zoom(self, width: int) -> None:
        anchor = self._anchor()
        self._zoom = width
        self._set_cells()
        self._return_to(anchor)
        self.zoomed.emit(width)

    def _recall_zoom(self) -> None:
        known = str(QSettings().value(ZOOM_KEY, CELL))
        width = int(known) if known.isdecimal() else CELL
        if width != self._zoom:
            self._set_zoom(max(SMALLEST, min(width, LARGEST)))

    def _set_cells(self) -> None:
        """Whole columns fill the width."""
        width = self.viewport().width() - 1
        cell = width // max(1, width // self._zoom)
        self._layout = None
        self.setGridSize(QSize(cell, round(ASPECT * cell) + style.CAPTION_HEIGHT))
        self.doItemsLayout()

    # ------------------------------------------------------------------ staying in place

    def _anchor(self) -> _Anchor | None:
        """What should stay where it is on screen while everything around it changes."""
        if not self.verticalOffset() or not self.photos.rowCount():
            return None
        seen = self.visible_rows()
        rows = [row for row in seen if self.visualRect(self.photos.index(row)).top() >= 0]
        current = self.currentIndex().row()
        if current in rows:
            rows.insert(0, current)
        return _Anchor(
            [(self.photos.ids[row], self.visualRect(self.photos.index(row)).top()) for row in rows]
        )

    def _return_to(self, anchor: _Anchor | None) -> None:
        for photo_id, top in anchor.places if anchor else ():
            index = self.photos.row(photo_id)
            if index.isValid():
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(index).top() - top)
                return

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photos and headings on screen, or one calm line where there are none."""
        painter = QPainter(self.viewport())
        if self.photos.rowCount():
            self._paint_cells(painter, event.region())
            self._paint_headings(painter, event.rect())
        else:
            painter.setPen(style.color("muted"))
            painter.drawText(
                self.viewport().rect().adjusted(16, 0, -16, 0),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self.empty_text(),
            )
        self._paint_band(painter)
        painter.end()
        if self._scrolled:
            self._scrolled = False
            self._session.thumbnails.drop_others(
                self._delegate.thumbnail_side(), self._contents(self.visible_rows())
            )

    def _paint_cells(self, painter: QPainter, region: QRegion) -> None:
        dirty = region.boundingRect()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        usual = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
        selection = self.selectionModel()
        selected = selection.selection() if selection.hasSelection() else None
        current = self.currentIndex()
        under = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        hovers = under if self.viewport().underMouse() else QModelIndex()
        delegate = self._delegate
        top = self.verticalOffset()
        for row in self.cells.within(top + dirty.top(), top + dirty.bottom() + 1):
            index = self.photos.index(row)
            option.rect = self.visualRect(index)
            if not region.intersects(option.rect):
                continue
            state = usual
            if selected is not None and selection.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if index == current and self.hasFocus():
                state |= QStyle.StateFlag.State_HasFocus
            if index == hovers:
                state |= QStyle.StateFlag.State_MouseOver
            option.state = state
            delegate.paint(painter, option, index)

    def _paint_headings(self, painter: QPainter, dirty: QRect) -> None:
        cells = self.cells
        if not cells.heading:
            return
        top = self.verticalOffset()
        last = cells.section_at(top + dirty.bottom())
        plain, bold = self.font(), self.font()
        bold.setBold(True)
        for section in range(cells.section_at(top + dirty.top()), last + 1):
            line = QRectF(
                12, cells.top_of(section) - top, self.viewport().width() - 24, cells.heading
            )
            if line.bottom() < dirty.top():
                continue
            name = month_name(self._months[section].number)
            count = f"{cells.size_of(section):,}"
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.setFont(bold)
            painter.setPen(style.color("text"))
            painter.drawText(line, align, name)
            line.setLeft(line.left() + QFontMetrics(bold).horizontalAdvance(name) + style.SPACE)
            painter.setFont(plain)
            painter.setPen(style.color("muted"))
            painter.drawText(line, align, count)

    def empty_text(self) -> str:
        """What stands in place of photos where there are none."""
        extent = self._session.analysis.extent
        if self.busy:
            return self.tr("The photos appear here in a moment")
        if self._offered and extent.whole:
            return self.tr("No photo passes the filters")
        if self._offered:
            return self.tr("No photo passes the filters so far") + "\n" + extent.text
        return self.tr("No photos here") if extent.whole else extent.nothing_yet

    def _month_at_top(self) -> str:
        cells = self.cells
        if not cells.heading or not cells.count:
            return ""
        middle = self.verticalOffset() + self.viewport().height() // 3
        return month_name(self._months[cells.section_at(middle)].number)

    def _contents(self, rows: Iterable[int]) -> set[bytes]:
        photos, ids = self._session.shown.photos, self.photos.ids
        return {photos[ids[row]].content_hash for row in rows if ids[row] in photos}

    @Slot()
    def _load_ahead(self) -> None:
        """Load the screens before and after this one, so that turning a page shows pictures."""
        thumbnails, photos, ids = (
            self._session.thumbnails,
            self._session.shown.photos,
            self.photos.ids,
        )
        if not self.isVisible():
            return
        if not thumbnails.idle:  # what is on screen comes first
            self._ahead.start()
            return
        side, page = self._delegate.thumbnail_side(), self.viewport().height()
        top = self.verticalOffset()
        # The newest request is served first: the nearest rows are asked for last.
        below = reversed(self.cells.within(top + page, top + 2 * page))
        for row in (*self.cells.within(top - page, top), *below):
            if ids[row] in photos:
                thumbnails.pixmap(photos[ids[row]], side)

    @Slot()
    def _on_scroll(self) -> None:
        """What flew past need not be loaded; while the bar is dragged, tell the month."""
        self._scrolled = True
        self._ahead.start()
        if self.verticalScrollBar().isSliderDown():
            self._marker.tell(self._month_at_top())

    # ------------------------------------------------------------------ Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens; everything else is Qt's."""
        if event.key() == Qt.Key.Key_Space:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here; looking for a name would ask every photo for its own."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()
            if abs(self._turned) >= NOTCH:
                self._step_zoom(-1 if self._turned > 0 else 1)
                self._turned = 0
            event.accept()
        else:
            super().wheelEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected photos out, as files; they can only be copied, never moved away."""
        ids = self.selected_ids()
        current = self.photos.photo_id(self.currentIndex())
        first = current if current in ids else next(iter(ids), None)
        if first is None:
            return
        thumbnail = self._session.thumbnails.at_hand(self._session.shown.photos[first])
        picture = drag_picture(thumbnail, len(ids), self.devicePixelRatioF())
        drag = QDrag(self)
        drag.setMimeData(self.photos.mime_of(ids))
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(ROOM, ROOM))
        drag.exec(actions & Qt.DropAction.CopyAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns come and go, what is looked at stays."""
        anchor = self._anchor() if event.oldSize().isValid() else None
        super().resizeEvent(event)
        self._set_cells()
        self._return_to(anchor)
        self._marker.place()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked."""
        super().showEvent(event)
        self._recall_zoom()
        if not event.spontaneous() and self._decided.count:
            self.sort_again()  # who comes back finds it in order
        elif self._stale and self._arranging is None:
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another language has other months."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.viewport().update()

    def _open(self, index: Index) -> None:
        photo_id = self.photos.photo_id(index)
        if photo_id is not None:
            self.opened.emit(photo_id)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Photos and how far from the top of the viewport they lie, the most important first."""

    places: Sequence[tuple[int, int]]
