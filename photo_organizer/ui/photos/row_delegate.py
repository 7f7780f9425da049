"""Paints rows of a small picture beside a few lines of text: groups and flagged photos."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from PySide6.QtCore import (
    QObject,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index
from photo_organizer.ui.widgets.row_list import LEADING, PICTURE, paint_ground, paint_picture

THUMBNAIL_SIDE = 128
ICON = 14


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
        paint_ground(painter, row, option.state)
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

    def _picture(self, painter: QPainter, frame: QRectF, photo: Photo) -> None:
        pixmap = self._thumbnails.pixmap(photo, THUMBNAIL_SIDE)
        paint_picture(painter, frame, pixmap, QSizeF(photo.width or 1, photo.height or 1))


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
