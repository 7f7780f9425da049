"""The photo that stands for a category: the best of its highlights."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QPainter, QPixmap, QTransform

from photo_organizer.engine.domain.results import LIBRARY, Result
from photo_organizer.ui.widgets import style

ALL = ""
"""The key of all photos together."""


def cover_of(result: Result, key: str) -> int | None:
    """The id of a category's cover, of the library's for `ALL`; None where there are no photos."""
    ranked = result.highlights.get(key or LIBRARY, ())
    if not key:
        return ranked[0].photo if ranked else next(iter(result.photos), None)
    ids = result.categories.get(key, ())
    # A photo moved by hand a moment ago may still lead the ranking of where it was.
    if ranked and ranked[0].photo in ids:
        return ranked[0].photo
    return next(iter(ids), None)


def paint_cover(
    painter: QPainter, spot: QRectF, pixmap: QPixmap | None, radius: float, icon: str = ""
) -> None:
    """Fill a rounded rectangle with the middle of a photo; its place while there is none.

    Args:
        painter: paints in device-independent pixels.
        spot: where.
        pixmap: the photo.
        radius: of the corners.
        icon: what to show where no photo will come.
    """
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.setPen(Qt.PenStyle.NoPen)
    if pixmap is None:
        painter.setBrush(style.color("well"))
    else:
        size = QSizeF(pixmap.size())
        scale = max(spot.width() / size.width(), spot.height() / size.height())
        left = spot.center().x() - size.width() * scale / 2
        top = spot.center().y() - size.height() * scale / 2
        # A brush follows the pixmap's own density; the transform is told in its pixels.
        plain = QPixmap(pixmap)
        plain.setDevicePixelRatio(1.0)
        brush = QBrush(plain)
        brush.setTransform(QTransform.fromTranslate(left, top).scale(scale, scale))
        painter.setBrush(brush)
    painter.drawRoundedRect(spot, radius, radius)
    if pixmap is None and icon:
        middle = QRectF(0, 0, 24, 24)
        middle.moveCenter(spot.center())
        style.draw_icon(painter, icon, "muted", middle)
    painter.restore()
