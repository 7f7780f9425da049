"""A grid of photos: sorts, filters, scrolls, selects, zooms and opens."""

from __future__ import annotations

import threading
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
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
    QColor,
    QDrag,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from photo_organizer.engine.browse.sort_filter import Arranged, Arrangement, Month, arrange
from photo_organizer.engine.worker import Task
from photo_organizer.ui.photos.grid_delegate import PhotoDelegate
from photo_organizer.ui.photos.grid_layout import GridLayout
from photo_organizer.ui.photos.grid_model import PhotoModel, numbered
from photo_organizer.ui.photos.sort_order_notes import SortOrderNotes
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
CursorMove = QAbstractItemView.CursorAction


class PhotoGrid(QListView):
    """Photos of the session in rows and columns, under the months when sorted by date.

    Space or Enter opens the current photo. The current photo is the session's current photo, the
    selected ones are the session's selection: what is done with them are commands (see
    `photo_organizer.ui.window.photo_commands`), attached by the window.

    The base class brings the behaviour of a list: keys, selection, dragging. Where cells lie is
    computed by `GridLayout` instead: nothing here takes longer because there are more photos,
    except being given them.
    """

    opened = Signal(int)
    """The photo to look at: Space, Enter or a double click."""
    arranged = Signal()
    """Other photos are shown, or in another order: see `offered`, `shown`."""
    zoomed = Signal(int)
    """The narrowest width of a cell changed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offered: Sequence[int] = ()
        self._notes: Mapping[int, str] = {}
        self._months: Sequence[Month] = ()
        self._arrangement = Arrangement()
        self._arranging: Task | None = None
        self._stale = False
        self._layout: GridLayout | None = None
        self._zoom = CELL
        self._turned = 0
        self._pressed = QPoint()
        self._band = QRect()
        self.photos = PhotoModel(session, self)
        self.setModel(self.photos)
        self._delegate = PhotoDelegate(session, self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would change the columns, and so itself.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photos"))
        self._marker = MonthMarker(self)
        self._scrolled = False
        self._ahead = Debounce(self, AHEAD, self._load_ahead)
        self.activated.connect(self._open)
        session.analysis.running_changed.connect(self.viewport().update)
        # Copies share their stars: whatever is visible may look different.
        session.stars.changed.connect(self.viewport().update)
        session.stars.changed.connect(self._on_stars)
        session.marks.changed.connect(self._on_marks)
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
        self._offered = ids
        self._notes = notes or {}
        self._arrange()

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and filter otherwise."""
        if arrangement != self._arrangement:
            self._arrangement = arrangement
            self._arrange()

    def _arrange(self) -> None:
        """Show what was offered, as it was asked for: at once, or soon where there is much."""
        if len(self._offered) <= AT_ONCE and self._arranging is None:
            self._show(self._offered, self._compute())
        elif self._arranging is not None or not self.isVisible():
            self._stale = True
        else:
            self._start_arranging()

    def _compute(self) -> Arranged:
        return arrange(
            self._offered, self._arrangement, self._session.shown.columns, self._session.marks.ids
        )

    def _start_arranging(self) -> None:
        self._stale = False
        offered, wanted = self._offered, self._arrangement
        columns, marks = self._session.shown.columns, self._session.marks.ids

        def work(_cancel: threading.Event) -> Iterator[object]:
            arranged = arrange(offered, wanted, columns, marks)
            yield arranged, numbered(arranged.ids)

        def show(found: tuple[Arranged, dict[int, int]]) -> None:
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
        self._months = arranged.months
        sorting = self._arrangement.sorting
        notes = SortOrderNotes(self._notes, sorting, self._session.shown.columns)
        self.photos.set_photos(arranged.ids, notes, rows)
        self._layout = None
        self.doItemsLayout()
        self._return_to(anchor)
        self._ahead.start()
        self.arranged.emit()

    def selectAll(self) -> None:
        """Select every photo, in one run: Qt's own asks for each row."""
        if last := self.photos.rowCount():
            everything = QItemSelection(self.photos.index(0), self.photos.index(last - 1))
            self.selectionModel().select(everything, SelectionFlag.ClearAndSelect)

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
    def _on_marks(self) -> None:
        if self._arrangement.filters.marked is not None:
            self._arrange()

    @Slot()
    def _on_stars(self) -> None:
        # Sorted by stars, photos keep their place for now: nobody's next photo may jump away.
        if self._arrangement.filters.stars is not None:
            self._arrange()

    # ------------------------------------------------------------------ current and selected

    def selected_ids(self) -> list[int]:
        """The selected photos in the order shown."""
        runs = sorted(
            (run.top(), run.bottom()) for run in self.selectionModel().selection().toList()
        )
        return [i for top, bottom in runs for i in self.photos.ids[top : bottom + 1]]

    def select(self, photo_id: int) -> None:
        """Make a photo the current and only selected one, and bring it into view."""
        index = self.photos.row(photo_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.selectionModel().select(index, SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

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

    # ------------------------------------------------------------------ geometry

    @property
    def cells(self) -> GridLayout:
        """Where everything lies."""
        if self._layout is None or self._layout.count != self.photos.rowCount():
            cell = self.gridSize()
            self._layout = GridLayout(
                self.photos.rowCount(),
                self.viewport().width(),
                (max(1, cell.width()), max(1, cell.height())),
                [month.first for month in self._months],
            )
        return self._layout

    def _set_cells(self) -> None:
        """Whole columns fill the width."""
        width = self.viewport().width() - 1
        cell = width // max(1, width // self._zoom)
        self._layout = None
        self.setGridSize(QSize(cell, round(ASPECT * cell) + style.CAPTION_HEIGHT))
        self.doItemsLayout()

    def doItemsLayout(self) -> None:
        """Qt asks for this after every change; nothing is laid out before it is looked at."""
        self._layout = None
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """The scroll bar spans the whole content."""
        page = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(page)
        bar.setSingleStep(max(1, self.gridSize().height() // 3))
        bar.setRange(0, max(0, self.cells.height - page))

    def horizontalOffset(self) -> int:
        """Cells fill the width: nothing to scroll."""
        return 0

    def verticalOffset(self) -> int:
        """How far the content is scrolled."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        """Where a photo's cell lies in the viewport."""
        if not index.isValid() or index.row() >= self.cells.count:
            return QRect()
        left, top, width, height = self.cells.rect(index.row())
        return QRect(left, top - self.verticalOffset(), width, height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The photo at a point of the viewport."""
        row = self.cells.at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.photos.index(row)

    def visible_rows(self) -> range:
        """The rows of which something is on screen."""
        top = self.verticalOffset()
        return self.cells.within(top, top + self.viewport().height())

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a photo into view; the first ones of a month with its name."""
        rect = self.visualRect(index)
        if not rect.isValid():
            return
        cells, row = self.cells, index.row()
        if row - cells.first_of(cells.section_of(row)) < cells.columns:
            rect.setTop(rect.top() - cells.heading)
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        hints = QAbstractItemView.ScrollHint
        above, below = rect.top() < 0, rect.bottom() >= room
        if hint == hints.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - room // 2)
        elif hint == hints.PositionAtTop or (hint == hints.EnsureVisible and above):
            bar.setValue(bar.value() + rect.top())
        elif hint == hints.PositionAtBottom or (hint == hints.EnsureVisible and below):
            bar.setValue(bar.value() + rect.bottom() + 1 - room)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what the rubber band touches; otherwise from one corner's photo to the other's."""
        selection = QItemSelection()
        for run in self._band_runs(rect) if self._drags_band else self._run_between(rect):
            selection.append(
                QItemSelectionRange(self.photos.index(run.start), self.photos.index(run.stop - 1))
            )
        self.selectionModel().select(selection, command)

    @property
    def _drags_band(self) -> bool:
        return self.state() == QAbstractItemView.State.DragSelectingState

    def _band_runs(self, rect: QRect) -> list[range]:
        band = rect.normalized().translated(0, self.verticalOffset())
        return self.cells.among(band.left(), band.top(), band.right() + 1, band.bottom() + 1)

    def _run_between(self, rect: QRect) -> list[range]:
        corners = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        rows = sorted(corner.row() for corner in corners if corner.isValid())
        return [range(rows[0], rows[1] + 1)] if len(rows) == 2 else []

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again when photos are selected: a rectangle for each run on screen."""
        region = QRegion()
        seen = self.visible_rows()
        for run in selection.toList():
            for row in range(max(run.top(), seen.start), min(run.bottom() + 1, seen.stop)):
                region += self.visualRect(self.photos.index(row))
        return region

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002 - Qt's signature
    ) -> QModelIndex:
        """The photo that a key leads to."""
        current = self.currentIndex()
        count = self.photos.rowCount()
        if not count:
            return QModelIndex()
        if not current.isValid():
            return self.photos.index(0)
        row, cells = current.row(), self.cells
        lines = max(1, self.viewport().height() // cells.cell[1])
        match action:
            case CursorMove.MoveLeft | CursorMove.MovePrevious:
                row = max(0, row - 1)
            case CursorMove.MoveRight | CursorMove.MoveNext:
                row = min(count - 1, row + 1)
            case CursorMove.MoveUp:
                row = cells.above(row)
            case CursorMove.MoveDown:
                row = cells.below(row)
            case CursorMove.MovePageUp:
                row = cells.above(row, lines)
            case CursorMove.MovePageDown:
                row = cells.below(row, lines)
            case CursorMove.MoveHome:
                row = 0
            case CursorMove.MoveEnd:
                row = count - 1
        return self.photos.index(row)

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
                self._empty_text(),
            )
        if not self._band.isNull():
            painter.setPen(QPen(style.color("accent"), 1))
            fill = QColor(style.color("accent"))
            fill.setAlphaF(0.15)
            painter.setBrush(fill)
            band = self._band.translated(0, -self.verticalOffset())
            painter.drawRect(QRectF(band).adjusted(0.5, 0.5, -0.5, -0.5))
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

    def _empty_text(self) -> str:
        if self._offered and not self.busy:
            return self.tr("No photo passes the filters")
        if self._session.analysis.running or self.busy:
            return self.tr("The first photos appear here in a moment")
        return self.tr("No photos here")

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where a rubber band would begin."""
        self._pressed = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the rubber band out."""
        super().mouseMoveEvent(event)
        if self._drags_band:
            reached = event.position().toPoint() + QPoint(0, self.verticalOffset())
            self._band = QRect(self._pressed, reached).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The band is gone, what it touched stays selected."""
        super().mouseReleaseEvent(event)
        if not self._band.isNull():
            self._band = QRect()
            self.viewport().update()

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
        if self._stale and self._arranging is None:
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
