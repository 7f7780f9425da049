"""What hangs at the pointer while photos are dragged: the current one, and how many there are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPainter, QPen, QPixmap

from photo_organizer.ui.widgets import style

SIDE = 96
"""Of the photo, in device-independent pixels."""

ROOM = 12
"""Around it, for the count and the photos behind."""


def drag_picture(photo: QPixmap | None, count: int, ratio: float = 1.0) -> QPixmap:
    """A small picture of dragged photos.

    Args:
        photo: thumbnail of the one that stands for all; None: an empty place.
        count: how many are dragged.
        ratio: device pixels in one pixel of the screen.
    """
    whole = QPixmap(round((SIDE + 2 * ROOM) * ratio), round((SIDE + 2 * ROOM) * ratio))
    whole.setDevicePixelRatio(ratio)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    size = QSizeF(photo.size()) if photo else QSizeF(4, 3)
    place = QRectF(QPointF(), size.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(QPointF(ROOM + SIDE / 2, ROOM + SIDE / 2))
    for behind in range(min(count, 3) - 1, -1, -1):
        card = place.translated(3.0 * behind, 3.0 * behind)
        painter.setPen(QPen(style.color("border"), 1))
        painter.setBrush(style.color("well"))
        painter.drawRect(card)
        if not behind and photo is not None:
            painter.drawPixmap(card, photo, QRectF(photo.rect()))
    if count > 1:
        _paint_count(painter, place.topRight(), f"{count:,}")
    painter.end()
    return whole


def _paint_count(painter: QPainter, corner: QPointF, text: str) -> None:
    font = QGuiApplication.font()
    font.setBold(True)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    height = metrics.height() + 6
    pill = QRectF(0, 0, max(height, metrics.horizontalAdvance(text) + 14), height)
    pill.moveCenter(corner)
    pill.moveRight(min(pill.right(), SIDE + 2.0 * ROOM))
    painter.setPen(QPen(style.color("surface"), 1.5))
    painter.setBrush(style.color("accent"))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(style.color("on_accent"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
