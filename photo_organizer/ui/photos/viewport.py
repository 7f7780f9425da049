"""Which part of a photo is seen, and where the photo lies for that: geometry without a widget.

A viewport is told in fractions of the picture as it is shown, so photos of the same scene show the
same part of it although one has three times the pixels of the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

GREATEST_SCALE = 8.0
"""Device pixels per photo pixel at the deepest zoom."""
CLOSEST = 4.0
"""Device pixels per photo pixel at which a small part is looked at first: more shows no more."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """Which part of a photo is seen."""

    zoom: float = 1.0
    """1.0 fits the whole photo into the canvas."""
    x: float = 0.5
    """Of the point in the middle of the canvas, as a fraction of the width shown."""
    y: float = 0.5

    def turned(self, quarters: int) -> Viewport:
        """The same part of the photo after it was turned clockwise by quarters of a circle."""
        x, y = self.x, self.y
        for _ in range(quarters % 4):
            x, y = 1 - y, x
        return Viewport(self.zoom, x, y)

    def along(self, mine: Viewport, other: Viewport) -> Viewport:
        """What another photo shows when it goes along with this one.

        Args:
            mine: where this photo shows something, a face for instance.
            other: where the other one shows the same thing, as large.
        """
        zoom = max(1.0, self.zoom * other.zoom / mine.zoom)
        return Viewport(zoom, self.x + other.x - mine.x, self.y + other.y - mine.y)


@dataclass(frozen=True, slots=True)
class Framing:
    """A photo of a size on a canvas of a size; positions and lengths in logical pixels."""

    canvas: QSizeF
    photo: tuple[int, int]
    """Width and height in its pixels, as it is turned; (0, 0) for none."""
    ratio: float
    """Device pixels per logical pixel."""
    enlarge: bool
    """Whether the whole photo fills the canvas although it has fewer pixels."""

    @property
    def fit(self) -> float:
        """Logical pixels per photo pixel when the whole photo is seen; 0.0 without a photo."""
        width, height = self.photo
        if not (width and height):
            return 0.0
        fit = min(self.canvas.width() / width, self.canvas.height() / height)
        return fit if self.enlarge else min(fit, 1 / self.ratio)

    @property
    def actual_zoom(self) -> float:
        """The zoom that shows every photo pixel as one device pixel."""
        fit = self.fit
        return 1 / (fit * self.ratio) if fit else 1.0

    def size(self, zoom: float) -> QSizeF:
        """Width and height of the whole photo at a zoom."""
        scale = self.fit * zoom
        return QSizeF(self.photo[0] * scale, self.photo[1] * scale)

    def target(self, view: Viewport) -> QRectF:
        """Where the whole photo lies on the canvas, so that this part of it is seen."""
        view, size = self.clamped(view), self.size(view.zoom)
        return QRectF(
            self.canvas.width() / 2 - view.x * size.width(),
            self.canvas.height() / 2 - view.y * size.height(),
            size.width(),
            size.height(),
        )

    def seen(self, view: Viewport) -> QRectF:
        """What is seen of the photo, in fractions of it as it is turned; empty without one."""
        target = self.target(view)
        if target.isEmpty():
            return QRectF()
        visible = target.intersected(QRectF(QPointF(), self.canvas)).translated(-target.topLeft())
        return QRectF(
            visible.x() / target.width(),
            visible.y() / target.height(),
            visible.width() / target.width(),
            visible.height() / target.height(),
        )

    def point_at(self, view: Viewport, position: QPointF) -> QPointF:
        """The point of the photo (fractions) under a position of the canvas."""
        target = self.target(view)
        if target.isEmpty():
            return QPointF(0.5, 0.5)
        return QPointF(
            (position.x() - target.x()) / target.width(),
            (position.y() - target.y()) / target.height(),
        )

    def zoomed(self, view: Viewport, zoom: float, position: QPointF) -> Viewport:
        """Another zoom, as far as there is something to see; the point at `position` stays."""
        # Below "fit" there is nothing to see, except that 100 % of a small photo may be less.
        least = min(1.0, self.actual_zoom)
        zoom = max(least, min(zoom, max(1.0, GREATEST_SCALE * self.actual_zoom)))
        point, size = self.point_at(view, position), self.size(zoom)
        offset = position - QPointF(self.canvas.width() / 2, self.canvas.height() / 2)
        return self.clamped(
            Viewport(
                zoom, point.x() - offset.x() / size.width(), point.y() - offset.y() / size.height()
            )
        )

    def close_to(self, point: QPointF, side: float, fill: float) -> Viewport:
        """A square of the photo, large but no larger than at `CLOSEST`.

        Args:
            point: the middle of the square, in fractions of the photo as it is turned.
            side: of the square, as a fraction of the photo's longer side.
            fill: how much of the shorter side of the canvas it takes.
        """
        fit = self.fit
        if not fit or side <= 0:
            return Viewport()
        wanted = fill * min(self.canvas.width(), self.canvas.height())
        scale = min(wanted / (side * max(self.photo)), CLOSEST / self.ratio)
        return self.clamped(Viewport(max(1.0, scale / fit), point.x(), point.y()))

    def panned(self, view: Viewport, dx: float, dy: float) -> Viewport:
        """The photo moved by logical pixels, as far as it reaches over the canvas."""
        size = self.size(view.zoom)
        if size.isEmpty():
            return view
        view = self.clamped(view)
        return self.clamped(
            replace(view, x=view.x - dx / size.width(), y=view.y - dy / size.height())
        )

    def clamped(self, view: Viewport) -> Viewport:
        """The viewport without empty borders where the photo is larger than the canvas."""
        size = self.size(view.zoom)
        if size.isEmpty():
            return view

        def clamp(value: float, canvas: float, picture: float) -> float:
            half = canvas / picture / 2
            return 0.5 if half >= 0.5 else max(half, min(value, 1 - half))

        return Viewport(
            view.zoom,
            clamp(view.x, self.canvas.width(), size.width()),
            clamp(view.y, self.canvas.height(), size.height()),
        )


def turned_fractions(quarters: int) -> QTransform:
    """Fractions of a photo to fractions of it after it was turned clockwise."""
    turn = QTransform.fromTranslate(-0.5, -0.5) * QTransform().rotate(90 * (quarters % 4))
    return turn * QTransform.fromTranslate(0.5, 0.5)
