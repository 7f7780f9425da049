"""The photos around the current one as a strip of thumbnails."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import style

FRAME = 64
"""Side of a photo's place, in device-independent pixels."""
GAP = 8
SIDE = 192
"""Longest side of the thumbnails in device pixels: enough at three times the usual density."""


class FilmStrip(QWidget):
    """Thumbnails in a row, the current one in the middle; a click goes to a photo.

    Args:
        shown: whose photos.
        marks: tells which are meant for the trash.
        thumbnails: where pictures come from.
        frame: side of a photo's place, in device-independent pixels.
        stands: it stands still as long as the current photo is seen well, without gaps at its ends.
    """

    chosen = Signal(int)
    """The position of a photo that was clicked."""

    def __init__(
        self,
        shown: ShownResult,
        marks: Marks,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
        *,
        frame: int = FRAME,
        stands: bool = False,
    ) -> None:
        super().__init__(parent)
        self._frame = frame
        self._stands = stands
        self._shown = shown
        self._marks = marks
        self._thumbnails = thumbnails
        self._ids: Sequence[int] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Photos around this one"))
        thumbnails.ready.connect(self._on_thumbnail)
        marks.changed.connect(self._on_marks)

    def show_photos(self, ids: Sequence[int], current: int) -> None:
        """Show a list of photo ids around a position in it."""
        self._ids, self._current = ids, current
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(8 * self._frame, self._frame + 2 * GAP)

    def place_of(self, position: int) -> QRectF:
        """Where a photo's place lies."""
        pitch = self._frame + GAP
        scrolled = self._current * pitch - (self.width() - self._frame) / 2
        if self._stands:
            scrolled = max(-GAP / 2, min(scrolled, len(self._ids) * pitch - self.width()))
            if len(self._ids) * pitch <= self.width():
                scrolled = -GAP / 2
        return QRectF(position * pitch - scrolled, GAP, self._frame, self._frame)

    def visible(self) -> range:
        """The positions of which something is seen."""
        pitch = self._frame + GAP
        around = int(self.width() / (1 if self._stands else 2) / pitch) + 1
        first = max(0, self._current - around)
        return range(first, min(len(self._ids), self._current + around + 1))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The thumbnails, and a frame around the current one."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        for position in self.visible():
            self._paint_photo(painter, position)
            self._paint_over(painter, position)
        painter.setPen(QPen(style.color("text", style.scheme_of(self)), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._ids:
            painter.drawRoundedRect(self.place_of(self._current).adjusted(-3, -3, 3, 3), 4, 4)
        painter.end()

    def _paint_photo(self, painter: QPainter, position: int) -> None:
        photo = self._shown.photos.get(self._ids[position])
        if photo is None:
            return
        place = self.place_of(position)
        pixmap = self._thumbnails.at_hand(photo) or self._thumbnails.pixmap(photo, SIDE)
        marked = photo.id in self._marks
        painter.setOpacity(0.35 if marked else 1.0)
        if pixmap is None:
            painter.fillRect(place, style.color("well", style.scheme_of(self)))
        else:
            # The middle of the photo fills the square: easier to recognise at this size.
            size = QSizeF(pixmap.size())
            side = min(size.width(), size.height())
            source = QRectF(0, 0, side, side)
            source.moveCenter(QRectF(QPointF(), size).center())
            painter.drawPixmap(place, pixmap, source)
        painter.setOpacity(1.0)
        if marked:
            spot = QRectF(0, 0, 20, 20)
            spot.moveCenter(place.center())
            style.draw_icon(painter, "trash-2", "danger", spot, style.scheme_of(self))

    def _paint_over(self, painter: QPainter, position: int) -> None:
        """What else there is to say of a photo; nothing here."""

    def at(self, point: QPointF) -> int | None:
        """The position of the photo at a point."""
        return next((p for p in self.visible() if self.place_of(p).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the photo under the mouse."""
        position = self.at(event.position())
        if position is not None:
            self.chosen.emit(position)

    @Slot(int)
    def _on_thumbnail(self, photo_id: int) -> None:
        if self.isVisible() and any(self._ids[p] == photo_id for p in self.visible()):
            self.update()

    @Slot()
    def _on_marks(self) -> None:
        self.update()
