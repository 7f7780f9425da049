"""The spread of a picture's brightness values, drawn; counted beside the window."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.widgets import style

if TYPE_CHECKING:
    from photo_organizer.engine.pixels.histogram import Histogram

HEIGHT = 96
TOLD_FROM = 0.001
"""Share of clipped pixels from which on they are told."""


class HistogramView(QWidget):
    """Three curves that add their colours where they overlap, and what is clipped at the ends."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._counting: Task | None = None
        self._next: QImage | None = None
        self._counted: QImage | None = None
        self.histogram: Histogram | None = None
        """The one drawn; None while there is none."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Histogram"))

    def sizeHint(self) -> QSize:
        """A flat picture."""
        return QSize(256, HEIGHT)

    def set_image(self, image: QImage | None) -> None:
        """Count a picture of 32 bits a pixel; of several that come quickly, the last one."""
        self._next = image
        if image is None:
            self._show(None)
        elif self._counting is None:
            self._count(image)

    def _count(self, image: QImage) -> None:
        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.pixels.histogram import histogram

            yield (
                histogram(
                    memoryview(image.constBits()),
                    image.width(),
                    image.height(),
                    image.bytesPerLine(),
                ),
            )

        def show(event: tuple[Histogram]) -> None:
            # A window of another language may have taken this one's place meanwhile.
            if isValid(self) and self._next is image:
                self._show(event[0])

        self._counting = self._tasks.start(work, show, self._on_counted)
        self._counted = image

    def _on_counted(self) -> None:
        self._counting = None
        if isValid(self) and self._next is not None and self._next is not self._counted:
            self._count(self._next)

    def _show(self, histogram: Histogram | None) -> None:
        self.histogram = histogram
        self.setAccessibleDescription(" ".join(self.sentences()))
        self.setToolTip("\n".join(self.sentences()))
        self.update()

    def sentences(self) -> list[str]:
        """What is lost at the ends."""
        found = self.histogram
        if found is None:
            return []
        told = []
        if found.dark >= TOLD_FROM:
            told.append(self.tr("{0:.1f} % of the picture is black.").format(100 * found.dark))
        if found.bright >= TOLD_FROM:
            told.append(
                self.tr("{0:.1f} % of the picture is burnt out.").format(100 * found.bright)
            )
        return told

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The curves on a dark ground, whatever the scheme: colours of light."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), style.color("badge", "dark"))
        if self.histogram is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
            for curve, name in (
                (self.histogram.red, "histogram_red"),
                (self.histogram.green, "histogram_green"),
                (self.histogram.blue, "histogram_blue"),
            ):
                painter.setBrush(style.color(name, "dark"))
                painter.drawPolygon(self._polygon(curve))
        painter.end()

    def _polygon(self, curve: Sequence[float]) -> QPolygonF:
        width, height = self.width() / (len(curve) - 1), self.height()
        points = [QPointF(i * width, height - (height - 8) * h) for i, h in enumerate(curve)]
        return QPolygonF([QPointF(0, height), *points, QPointF(self.width(), height)])
