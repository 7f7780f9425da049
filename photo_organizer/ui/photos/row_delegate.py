"""Lists whose rows are a small picture beside a few lines of text: groups and flagged photos."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index

PICTURE = 64
"""Side of the square the picture is fitted into."""
THUMBNAIL_SIDE = 128
ICON = 14
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


@dataclass(frozen=True, slots=True)
class RowContent:
    """What one row says."""

    photo: Photo
    title: str
    detail: str
    state: str
    """What was decided; with an icon in front. Empty: nothing yet."""
    icon: str = "trash-2"
    note: str = ""
    """A short text at the right end of the title."""


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of a `RowList`; subclasses say what a row says."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    @abstractmethod
    def content(self, index: Index) -> RowContent:
        """What the row at an index says."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one row."""
        content = self.content(index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        row = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._ground(painter, row, option.state)
        frame = QRectF(row.left() + style.SPACE, row.center().y() - PICTURE / 2, PICTURE, PICTURE)
        self._picture(painter, frame, content.photo)
        metrics = QFontMetricsF(option.font)
        height = metrics.height() + LEADING
        width = row.right() - frame.right() - 3 * style.SPACE
        lines = _wrapped(metrics, content.detail, width)
        line = QRectF(frame.right() + 1.5 * style.SPACE, 0, width, height)
        line.moveTop(row.center().y() - height * (len(lines) + 1 + bool(content.state)) / 2)
        bright = style.color("on_selection" if selected else "text")
        muted = style.color("on_selection" if selected else "muted")
        painter.setPen(bright)
        title = QRectF(line)
        if content.note:
            title.setRight(line.right() - metrics.horizontalAdvance(content.note) - style.SPACE)
        _text(painter, metrics, title, content.title, Qt.TextElideMode.ElideMiddle)
        painter.setPen(muted)
        painter.drawText(
            line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, content.note
        )
        for text in lines:
            line.translate(0, height)
            _text(painter, metrics, line, text, Qt.TextElideMode.ElideRight)
        if content.state:
            line.translate(0, height)
            spot = QRectF(line.left(), line.center().y() - ICON / 2, ICON, ICON)
            style.draw_icon(painter, content.icon, "on_selection" if selected else "muted", spot)
            painter.setPen(bright)
            line.setLeft(spot.right() + style.SPACE / 2)
            _text(painter, metrics, line, content.state, Qt.TextElideMode.ElideRight)
        painter.restore()

    def _ground(self, painter: QPainter, row: QRectF, state: QStyle.StateFlag) -> None:
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

    def _picture(self, painter: QPainter, frame: QRectF, photo: Photo) -> None:
        pixmap = self._thumbnails.pixmap(photo, THUMBNAIL_SIDE)
        size = (
            QSizeF(photo.width or 1, photo.height or 1) if pixmap is None else QSizeF(pixmap.size())
        )
        fitted = size.scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, round(fitted.width()), round(fitted.height()))
        target.moveCenter(frame.center())
        if pixmap is None:
            painter.fillRect(target, style.color("well"))
        else:
            painter.drawPixmap(target.toRect(), pixmap)


class RowList(QTableView):
    """A list of rows: up and down go through it, all other keys belong to the view around it.

    A table of one column, because a table of rows alike needs no look at each row to lay them
    out: ten thousand rows are as fast as ten.

    Args:
        several: several rows can be selected, as people know it: Ctrl, Shift, dragging, Ctrl+A.
    """

    def __init__(self, parent: QWidget | None = None, *, several: bool = False) -> None:
        super().__init__(parent)
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
        # A picture, or four lines of text.
        text = 4 * (self.fontMetrics().height() + LEADING) + style.SPACE
        self.verticalHeader().setDefaultSectionSize(max(PICTURE + 2 * style.SPACE, text))

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


def _wrapped(metrics: QFontMetricsF, text: str, width: float) -> list[str]:
    """The text in one line, or broken at a space into two."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words = text.split(" ")
    fitting = next(
        (
            n
            for n in range(len(words) - 1, 0, -1)
            if metrics.horizontalAdvance(" ".join(words[:n])) <= width
        ),
        len(words),
    )
    return [" ".join(part) for part in (words[:fitting], words[fitting:]) if part]


def _text(
    painter: QPainter, metrics: QFontMetricsF, line: QRectF, text: str, mode: Qt.TextElideMode
) -> None:
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(line, flags, metrics.elidedText(text, mode, line.width()))
