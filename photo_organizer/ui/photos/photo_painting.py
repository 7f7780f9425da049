"""How a large photo is painted: turned, sharp, held against another one, with areas marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF, QTransform

DIFFERENCE_GAIN_DOUBLINGS = 2
"""Differences are shown 2² = 4 times as bright."""

ROUNDING = 1.02
"""Proportions that differ less are the same: the sides of small pictures are rounded."""


def draw_turned(
    painter: QPainter, target: QRectF, picture: QImage | QPixmap, turns: int = 0
) -> None:
    """Draw a picture into its place, turned clockwise by quarters of a circle."""
    if not turns:
        _draw(painter, target, picture)
        return
    size = target.size()
    upright = QRectF(QPointF(), size.transposed() if turns % 2 else size)
    upright.moveCenter(QPointF())
    painter.save()
    painter.translate(target.center())
    painter.rotate(90 * turns)
    _draw(painter, upright, picture)
    painter.restore()


def undistorted(target: QRectF, picture: QImage | QPixmap, turns: int = 0) -> QRectF:
    """The target, or the part of it that a picture of other proportions fills.

    The file may have changed since it was analysed: what it shows now is never squeezed into the
    proportions of what it showed then.
    """
    size = QSizeF(picture.size())
    if turns % 2:
        size.transpose()
    if size.isEmpty() or target.isEmpty():
        return target
    stretch = (size.width() / size.height()) / (target.width() / target.height())
    if 1 / ROUNDING < stretch < ROUNDING:
        return target
    fitted = QRectF(QPointF(), size.scaled(target.size(), Qt.AspectRatioMode.KeepAspectRatio))
    fitted.moveCenter(target.center())
    return fitted


def aligned(target: QRectF, image: QImage, turns: int, ratio: float) -> QRectF:
    """The target on whole device pixels where the picture fits it: then it is only copied."""
    size = QSizeF(image.size()) / ratio
    if turns % 2:
        size.transpose()
    off = max(abs(size.width() - target.width()), abs(size.height() - target.height()))
    if off * ratio > 1.0:
        return target
    return QRectF(
        round(target.x() * ratio) / ratio,
        round(target.y() * ratio) / ratio,
        size.width(),
        size.height(),
    )


def difference(
    canvas: QSize, ratio: float, target: QRectF, pictures: tuple[QImage, QImage], turns: int
) -> QImage:
    """|one − other| of two pictures on black, brightened; alike pixels are black.

    Args:
        canvas: size of the image made, in logical pixels.
        ratio: device pixels per logical pixel.
        target: where both pictures lie on it.
        pictures: of the same photo or scene.
        turns: of both, see `draw_turned`.
    """
    one, other = pictures
    image = QImage(canvas * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    draw_turned(painter, target, one, turns)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    draw_turned(painter, target, other, turns)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    for _ in range(DIFFERENCE_GAIN_DOUBLINGS):
        painter.drawImage(QPointF(), image.copy())
    painter.end()
    return image


def draw_outlines(
    painter: QPainter,
    place: QTransform,
    frame: QRectF | None,
    areas: Sequence[QPolygonF],
    color: Callable[[str], QColor],
) -> None:
    """A frame and dashes round areas. Light on dark lines: they are seen on any photo.

    Args:
        painter: paints on the canvas.
        place: leads from fractions of the photo to the canvas.
        frame: in fractions.
        areas: in fractions.
        color: gives a colour by its name.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, width, pattern in (
        ("badge", 2.0, Qt.PenStyle.SolidLine),
        ("on_badge", 1.0, Qt.PenStyle.DashLine),
    ):
        painter.setPen(QPen(color(name), width, pattern))
        for area in areas:
            painter.drawPolygon(place.map(area))
    if frame is not None:
        shown = place.mapRect(frame)
        for name, width in (("badge", 5.0), ("on_badge", 2.0)):
            painter.setPen(QPen(color(name), width))
            painter.drawRect(shown)
    painter.restore()


def _draw(painter: QPainter, target: QRectF, picture: QImage | QPixmap) -> None:
    if isinstance(picture, QImage):
        painter.drawImage(target, picture)
    else:
        painter.drawPixmap(target, picture, QRectF(picture.rect()))
