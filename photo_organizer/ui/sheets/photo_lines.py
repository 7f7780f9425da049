"""Photos in a long list, each with what becomes of it and the one that stays for it.

Only what is on screen is put into words and has its thumbnail loaded: ten thousand lines open as
fast as ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index, ListModel
from photo_organizer.ui.widgets.row_list import (
    LEADING,
    PICTURE,
    RowList,
    paint_ground,
    paint_picture,
)
from photo_organizer.ui.words.plain_text import tip, visible

THUMBNAIL_SIDE = 128
ICON = 18


class LineRole(IntEnum):
    """What the delegate asks for beyond Qt's own roles."""

    LINE = Qt.ItemDataRole.UserRole + 1
    """The `Line`."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the list says of one photo."""

    photo: Photo
    icon: str
    """What becomes of it, as an icon over its picture."""
    tint: str
    """The colour of the icon."""
    detail: str
    note: str = ""
    """A short text at the right end of the first line."""
    kept: Photo | None = None
    """The photo that stays for it."""


T = TypeVar("T")


class LineModel(ListModel[T], Generic[T]):
    """Whatever there is a line for.

    Args:
        describe: puts one of them into words; called for what is on screen.
        parent: as for any model.
    """

    def __init__(self, describe: Callable[[T], Line], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe

    def line(self, index: Index) -> Line | None:
        """What is said at an index."""
        item = self.item(index)
        return None if item is None else self._describe(item)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a role says about a photo."""
        line = self.line(index)
        if line is None:
            return None
        name = visible(line.photo.path.name)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole:
                return tip(f"{visible(line.photo.path)}\n{line.detail}")
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (name, line.note, line.detail) if part)
            case LineRole.LINE:
                return line
        return None


class LineDelegate(QStyledItemDelegate):
    """The picture of what goes, an arrow to the picture of what stays, and words beside them."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: Line = index.data(LineRole.LINE)
        row, state, font = QRectF(option.rect), option.state, option.font
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(font)
        paint_ground(painter, row, state)
        place = QRectF(row.left() + style.SPACE, row.center().y() - PICTURE / 2, PICTURE, PICTURE)
        self._picture(painter, place, line.photo)
        self._badge(painter, place, line.icon, line.tint)
        if line.kept is not None:
            arrow = QRectF(0, 0, ICON, ICON)
            arrow.moveCenter(place.center())
            arrow.moveLeft(place.right() + style.SPACE / 2)
            tint = "on_selection" if selected else "muted"
            style.draw_icon(painter, "chevron-right", tint, arrow)
            place.moveLeft(arrow.right() + style.SPACE / 2)
            self._picture(painter, place, line.kept)
            self._badge(painter, place, "check", "ok")
        text = QRectF(place.right() + 1.5 * style.SPACE, row.top(), 0, row.height())
        text.setRight(row.right() - style.SPACE)
        self._words(painter, QFontMetricsF(font), text, line, selected=selected)
        painter.restore()

    def _picture(self, painter: QPainter, place: QRectF, photo: Photo) -> None:
        pixmap = self._thumbnails.pixmap(photo, THUMBNAIL_SIDE)
        paint_picture(painter, place, pixmap, QSizeF(photo.width or 1, photo.height or 1))

    def _badge(self, painter: QPainter, place: QRectF, icon: str, tint: str) -> None:
        spot = QRectF(place.right() - ICON - 2, place.bottom() - ICON - 2, ICON, ICON)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(spot.adjusted(-2, -2, 2, 2), 4, 4)
        style.draw_icon(painter, icon, tint, spot)

    def _words(
        self,
        painter: QPainter,
        metrics: QFontMetricsF,
        place: QRectF,
        line: Line,
        *,
        selected: bool,
    ) -> None:
        bright = style.color("on_selection" if selected else "text")
        muted = style.color("on_selection" if selected else "muted")
        details = line.detail.split("\n")
        height = metrics.height() + LEADING
        at = QRectF(place.left(), 0, place.width(), height)
        at.moveTop(place.center().y() - height * (1 + len(details)) / 2)
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        painter.setPen(muted)
        painter.drawText(at, Qt.AlignmentFlag.AlignRight | middle, line.note)
        room = at.width() - metrics.horizontalAdvance(line.note) - style.SPACE
        name = visible(line.photo.path.name)
        painter.setPen(bright)
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(at, left | middle, elided)
        painter.setPen(muted)
        for text in details:
            at.translate(0, height)
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, at.width())
            painter.drawText(at, left | middle, elided)


class LineList(RowList, Generic[T]):
    """The list of lines.

    Args:
        describe: see `LineModel`.
        thumbnails: where pictures come from.
        parent: as for any widget.
    """

    def __init__(
        self,
        describe: Callable[[T], Line],
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, picture=PICTURE, lines=3)
        self.lines: LineModel[T] = LineModel(describe, self)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(thumbnails, self))
        thumbnails.ready.connect(self._on_thumbnail)

    def show_items(self, items: Iterable[T]) -> None:
        """List these, from the first one on."""
        self.lines.set_items(items)
        if self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0))
        self.scrollToTop()

    def _on_thumbnail(self, _photo_id: int) -> None:
        self.viewport().update()
