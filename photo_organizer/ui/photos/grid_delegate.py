"""Paints one photo of a grid: thumbnail, caption, badges, selection and focus.

Nothing is told by colour alone: every badge has its own shape, a marked photo is also faded and
its name struck through, the current one has a ring.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.photos.grid_model import PhotoRole
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index
from photo_organizer.ui.words.plain_text import visible

MARGIN = 6.0
RADIUS = 6.0
LINE, RING = 1.0, 2.5
"""Widths of the line around a selected photo and the ring around the current one."""
BADGE = 24.0
ICON = 12.0
"""Side of an icon in a badge with text."""
SIDE_STEP = 128
"""Thumbnails are loaded in steps of so many device pixels: resizing rarely loads them again."""


class PhotoDelegate(QStyledItemDelegate):
    """Paints the photos of a `PhotoModel`."""

    def __init__(self, thumbnails: Thumbnails, grid: QListView) -> None:
        super().__init__(grid)
        self._thumbnails = thumbnails
        self._grid = grid

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,  # noqa: ARG002 - Qt's signature
    ) -> QSize:
        """The whole cell of the grid."""
        return self._grid.gridSize()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one photo."""
        photo: Photo | None = index.data(PhotoRole.PHOTO)
        if photo is None:
            return
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        cell = QRectF(option.rect).adjusted(2, 2, -2, -2)
        marked = bool(index.data(PhotoRole.MARKED))
        # Also without the focus: the preview beside the grid shows this one.
        current = self._grid.currentIndex() == index
        self._paint_ground(painter, cell, option.state, current=current)
        frame = self._frame(QRectF(option.rect))
        painter.setOpacity(0.35 if marked or index.data(PhotoRole.LEAVING) else 1.0)
        shown = self._paint_photo(painter, frame, photo)
        painter.setOpacity(1.0)
        self._paint_caption(painter, cell, option, visible(photo.path.name), struck=marked)
        self._paint_badges(painter, (shown, frame), index, marked=marked)
        painter.restore()

    def thumbnail_side(self) -> int:
        """The longest side of the thumbnails painted at present, in device pixels."""
        frame = self._frame(QRectF(QPointF(), QSizeF(self._grid.gridSize())))
        wanted = max(frame.width(), frame.height()) * self._grid.devicePixelRatioF()
        return -(-int(wanted) // SIDE_STEP) * SIDE_STEP

    @staticmethod
    def _frame(cell: QRectF) -> QRectF:
        """Where a cell's photo may lie."""
        inside = cell.adjusted(2, 2, -2, -2)
        return inside.adjusted(MARGIN, MARGIN, -MARGIN, -style.CAPTION_HEIGHT)

    def _paint_ground(
        self, painter: QPainter, cell: QRectF, state: QStyle.StateFlag, *, current: bool
    ) -> None:
        """Filled with a line around it when selected, a ring when the keys act on it."""
        pen, brush = QPen(Qt.PenStyle.NoPen), QBrush()
        if state & QStyle.StateFlag.State_Selected:
            pen, brush = QPen(style.color("accent"), LINE), QBrush(style.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            brush = QBrush(style.color("hover"))
        if current:
            focused = state & QStyle.StateFlag.State_HasFocus
            pen = QPen(style.color("accent" if focused else "border"), RING)
        if pen.style() == Qt.PenStyle.NoPen and brush.style() == Qt.BrushStyle.NoBrush:
            return
        painter.setPen(pen)
        painter.setBrush(brush)
        half = RING / 2
        painter.drawRoundedRect(cell.adjusted(half, half, -half, -half), RADIUS + 2, RADIUS + 2)

    def _paint_photo(self, painter: QPainter, frame: QRectF, photo: Photo) -> QRectF:
        """Paint the thumbnail, or its place; the rectangle it takes."""
        thumbnails = self._thumbnails
        pixmap = thumbnails.pixmap(photo, self.thumbnail_side()) or thumbnails.at_hand(photo)
        size = QSizeF(photo.width or 4, photo.height or 3) if pixmap is None else _size(pixmap)
        fitted = size.scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if pixmap is not None and fitted.width() > size.width():
            fitted = size
        shown = QRectF(QPointF(), fitted)
        shown.moveCenter(frame.center())
        shown.moveTopLeft(QPointF(shown.topLeft().toPoint()))  # whole pixels stay sharp
        painter.setPen(Qt.PenStyle.NoPen)
        if pixmap is None:
            painter.setBrush(style.color("well"))
        else:
            brush = QBrush(pixmap)
            scale = shown.width() / size.width()
            ratio = pixmap.devicePixelRatio()
            brush.setTransform(
                QTransform.fromTranslate(shown.x(), shown.y()).scale(scale / ratio, scale / ratio)
            )
            painter.setBrush(brush)
        painter.drawRoundedRect(shown, RADIUS, RADIUS)
        if pixmap is None and self._thumbnails.is_missing(photo):
            spot = QRectF(0, 0, BADGE, BADGE)
            spot.moveCenter(shown.center())
            style.draw_icon(painter, "file-x", "muted", spot)
        return shown

    def _paint_caption(
        self,
        painter: QPainter,
        cell: QRectF,
        option: QStyleOptionViewItem,
        name: str,
        *,
        struck: bool,
    ) -> None:
        line = QRectF(
            cell.left() + MARGIN,
            cell.bottom() - style.CAPTION_HEIGHT,
            cell.width() - 2 * MARGIN,
            style.CAPTION_HEIGHT,
        )
        font = option.font
        font.setStrikeOut(struck)
        painter.setFont(font)
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(style.color("on_selection" if selected else "muted"))
        text = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_badges(
        self,
        painter: QPainter,
        where: tuple[QRectF, QRectF],
        index: Index,
        *,
        marked: bool,
    ) -> None:
        """`where`: the photo, and the frame that no badge leaves."""
        shown, frame = where
        if marked:
            _disc(painter, shown.topRight() + QPointF(-BADGE - 4, 4), "trash-2", "danger")
        elif index.data(PhotoRole.KEEPER):
            _disc(painter, shown.topRight() + QPointF(-BADGE - 4, 4), "crown", "ok")
        if index.data(PhotoRole.FLAWS):
            _disc(painter, shown.topLeft() + QPointF(4, 4), "triangle-alert", "warning")
        font = painter.font()
        font.setStrikeOut(False)
        painter.setFont(font)
        left = shown.left() + 4
        bottom = shown.bottom() - 4
        stars: int | None = index.data(PhotoRole.STARS)
        text, icon = (str(stars), "star") if stars else ("", "ban")
        wide = 0.0 if stars is None else _pill_width(painter, text, icon)
        note: str = index.data(PhotoRole.NOTE)
        if note:
            room = frame.right() - left - (wide + 4 if wide else 0.0) - _pill_width(painter, "")
            note = QFontMetricsF(font).elidedText(note, Qt.TextElideMode.ElideRight, room)
            left = _pill(painter, QPointF(left, bottom), note).right() + 4
        if stars is not None:
            # At the right, unless the photo is too narrow for both.
            corner = QPointF(max(left, shown.right() - 4 - wide), bottom)
            _pill(painter, corner, text, icon)


def _size(pixmap: QPixmap) -> QSizeF:
    return pixmap.deviceIndependentSize()


def _pill_width(painter: QPainter, text: str, icon: str = "") -> float:
    metrics = QFontMetricsF(painter.font())
    return (
        metrics.horizontalAdvance(text) + (ICON if icon else 0.0) + (3 if text and icon else 0) + 14
    )


def _pill(painter: QPainter, corner: QPointF, text: str, icon: str = "") -> QRectF:
    """Paint an icon and a text on a dark ground, the lower left end at `corner`; its place."""
    height = QFontMetricsF(painter.font()).height() + 4
    pill = QRectF(corner.x(), corner.y() - height, _pill_width(painter, text, icon), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color("badge"))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    inside = pill.adjusted(7, 0, -7, 0)
    if icon:
        spot = QRectF(inside.left(), inside.center().y() - ICON / 2, ICON, ICON)
        style.draw_icon(painter, icon, "on_badge", spot, filled=icon == "star")
        inside.setLeft(spot.right() + 3)
    if text:
        painter.setPen(style.color("on_badge"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, text)
    return pill


def _disc(painter: QPainter, corner: QPointF, icon: str, ground: str) -> None:
    spot = QRectF(corner, QSizeF(BADGE, BADGE))
    painter.setPen(QPen(style.color("surface"), 1.5))
    painter.setBrush(style.color(ground))
    painter.drawEllipse(spot)
    style.draw_icon(painter, icon, f"on_{ground}", spot.adjusted(5, 5, -5, -5))
