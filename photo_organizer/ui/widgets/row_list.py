"""A list whose rows are a small picture beside a few lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableView, QWidget

from photo_organizer.ui.widgets import style

PICTURE, LINES = 64, 4
LEADING = 4
"""Between lines of text."""
MOVING = frozenset(
    (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)


class RowList(QTableView):
    """A list of rows: up and down go through it, all other keys belong to the view around it.

    A table of one column, because a table of rows alike needs no look at each row to lay them
    out: ten thousand rows are as fast as ten.

    Args:
        several: several rows can be selected, as people know it: Ctrl, Shift, dragging, Ctrl+A.
        picture: side of the picture in a row, in device-independent pixels.
        lines: of text that a row has room for beside it.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        several: bool = False,
        picture: int = PICTURE,
        lines: int = LINES,
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._lines = lines
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_rows()

    def _fit_rows(self) -> None:
        text = self._lines * (self.fontMetrics().height() + LEADING) + style.SPACE
        self.verticalHeader().setDefaultSectionSize(max(self._picture + 2 * style.SPACE, text))

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs higher rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row."""
        match action:
            case QAbstractItemView.CursorAction.MoveHome:
                return self.model().index(0, 0)
            case QAbstractItemView.CursorAction.MoveEnd:
                return self.model().index(self.model().rowCount() - 1, 0)
            case _:
                return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only the keys that move through a list, or select all of it, stay here."""
        several = self.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
        if event.key() in MOVING:
            super().keyPressEvent(event)
        elif several and event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_rows([range(self.model().rowCount())])
        else:
            event.ignore()

    def select_rows(self, runs: Iterable[range]) -> None:
        """Select these rows and no others; the current one stays."""
        selection = QItemSelection()
        for run in runs:
            if run:
                first, last = (self.model().index(row, 0) for row in (run[0], run[-1]))
                selection.append(QItemSelectionRange(first, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from the top down."""
        runs = self.selectionModel().selection().toList()
        return sorted(row for run in runs for row in range(run.top(), run.bottom() + 1))


def paint_ground(painter: QPainter, row: QRectF, state: QStyle.StateFlag) -> None:
    """Paint what is behind a row: that it is chosen, or under the mouse, or has the focus."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(row, style.color("selection"))
        # The bar at the edge tells the selection without its colour.
        painter.fillRect(QRectF(row.left(), row.top(), 3, row.height()), style.color("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(row, style.color("hover"))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(style.color("accent"), 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 4, 4)


def paint_picture(painter: QPainter, frame: QRectF, pixmap: QPixmap | None, size: QSizeF) -> None:
    """Paint a thumbnail in the middle of a frame, in its proportions.

    Args:
        painter: of the row.
        frame: the thumbnail is fitted into it.
        pixmap: None while it loads: its place is painted.
        size: the proportions of the photo, until it is there.
    """
    known = size if pixmap is None else QSizeF(pixmap.size())
    fitted = known.scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, round(fitted.width()), round(fitted.height()))
    target.moveCenter(frame.center())
    if pixmap is None:
        painter.fillRect(target, style.color("well"))
    else:
        painter.drawPixmap(target.toRect(), pixmap)
