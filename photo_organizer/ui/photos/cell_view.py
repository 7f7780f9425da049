"""A list in rows and columns under headings, laid out without asking each item for its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QWidget,
)

from photo_organizer.ui.photos.grid_layout import GridLayout
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index

CursorMove = QAbstractItemView.CursorAction


class CellView(QListView):
    """Lays its items out in cells of one size: `gridSize`.

    The base class brings the behaviour of a list: keys, selection, dragging. Where cells lie is
    computed by `GridLayout` instead: nothing here takes longer because there are more items.

    Args:
        items: what is listed; goes with the view.
        parent: as for any widget.
    """

    def __init__(self, items: QAbstractListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        items.setParent(self)
        self._layout: GridLayout | None = None
        self._section_starts: Sequence[int] = ()
        """The rows under a heading of their own, from the first one on; none without headings."""
        self._pressed = QPoint()
        self._band = QRect()
        self.setModel(items)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would change the columns, and so itself.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)

    # ------------------------------------------------------------------ where cells lie

    @property
    def cells(self) -> GridLayout:
        """Where everything lies."""
        if self._layout is None or self._layout.count != self._items.rowCount():
            cell = self.gridSize()
            self._layout = GridLayout(
                self._items.rowCount(),
                self.viewport().width(),
                (max(1, cell.width()), max(1, cell.height())),
                self._section_starts,
            )
        return self._layout

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
        """Where a cell lies in the viewport."""
        if not index.isValid() or index.row() >= self.cells.count:
            return QRect()
        left, top, width, height = self.cells.rect(index.row())
        return QRect(left, top - self.verticalOffset(), width, height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The item at a point of the viewport."""
        row = self.cells.at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._items.index(row)

    def visible_rows(self) -> range:
        """The rows of which something is on screen."""
        top = self.verticalOffset()
        return self.cells.within(top, top + self.viewport().height())

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring an item into view; the first ones of a section with its heading."""
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
        """Select what the rubber band touches; otherwise from one corner's item to the other's."""
        selection = QItemSelection()
        for run in self._band_runs(rect) if self._drags_band else self._run_between(rect):
            selection.append(
                QItemSelectionRange(self._items.index(run.start), self._items.index(run.stop - 1))
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
        """What to paint again when items are selected: a rectangle for each run on screen."""
        region = QRegion()
        seen = self.visible_rows()
        for run in selection.toList():
            for row in range(max(run.top(), seen.start), min(run.bottom() + 1, seen.stop)):
                region += self.visualRect(self._items.index(row))
        return region

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002 - Qt's signature
    ) -> QModelIndex:
        """The item that a key leads to."""
        current = self.currentIndex()
        count = self._items.rowCount()
        if not count:
            return QModelIndex()
        if not current.isValid():
            return self._items.index(0)
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
        return self._items.index(row)

    def selectAll(self) -> None:
        """Select everything, in one run: Qt's own asks for each row."""
        if last := self._items.rowCount():
            everything = QItemSelection(self._items.index(0), self._items.index(last - 1))
            self.selectionModel().select(
                everything, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    # ------------------------------------------------------------------ the rubber band

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

    def _paint_band(self, painter: QPainter) -> None:
        """The rubber band, while one is drawn out."""
        if self._band.isNull():
            return
        painter.setPen(QPen(style.color("accent"), 1))
        fill = QColor(style.color("accent"))
        fill.setAlphaF(0.15)
        painter.setBrush(fill)
        band = self._band.translated(0, -self.verticalOffset())
        painter.drawRect(QRectF(band).adjusted(0.5, 0.5, -0.5, -0.5))
