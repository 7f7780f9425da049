"""A photo that can be zoomed and panned; several of them can share one viewport."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from photo_organizer.engine.domain.closeups import Closeup
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.photos.photo_painting import (
    aligned,
    difference,
    draw_outlines,
    draw_turned,
    undistorted,
)
from photo_organizer.ui.photos.viewport import Framing, Viewport, turned_fractions
from photo_organizer.ui.session.image_loader import ImageLoader
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.words import language
from photo_organizer.ui.words.plain_text import visible

STEPS = (512, 1024, 1600, 2560, 4096)
"""Longest sides that are loaded below full size, so that resizing a window does not reload."""
FULL_LIMIT = 16384
"""Longest side ever loaded: 1 GiB of a square picture."""
KEY_STEP = 1.25
"""Zoom factor of one press of plus or minus."""
WHEEL_STEP = 1.2
"""Zoom factor of one notch of the wheel."""
CLOSEUP_FILLS = 0.8
"""Of the canvas: how much of it a face takes that is zoomed to."""
PIXELS_SHOWN_FROM = 2.0
"""From this scale on pixels are drawn as squares: smoothing would feign sharpness."""
LOUPE_SIDE = 240


class Zoomable(Protocol):
    """A photo, or several that share one viewport."""

    def fit(self) -> None:
        """Show the whole photo."""

    def toggle_zoom(self) -> None:
        """Go from the whole photo to one of its pixels on one of the screen, or back."""

    def zoom_by(self, factor: float) -> None:
        """Zoom in, or out with a factor below 1."""


def zoom_with_key(shown: Zoomable, event: QKeyEvent) -> bool:
    """Zoom as one of the keys Z, plus, minus and Ctrl+0 asks; whether it is one of them.

    Digits alone are stars, in every view.
    """
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    match event.key():
        case Qt.Key.Key_0 if control:
            shown.fit()
        case _ if control:
            return False
        case Qt.Key.Key_Z:
            shown.toggle_zoom()
        case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            shown.zoom_by(KEY_STEP)
        case Qt.Key.Key_Minus:
            shown.zoom_by(1 / KEY_STEP)
        case _:
            return False
    return True


class PhotoCanvas(QWidget):
    """Shows one photo, loaded in the background at the scale it needs.

    Args:
        loader: where pictures come from.
        enlarge: whether "fit" magnifies a photo smaller than the canvas.
        exact: whether the whole photo is loaded at just the size it is seen at: painted fastest
            and finest, but loaded again for every other size of the canvas.
    """

    viewport_changed = Signal(object)
    """The user moved or zoomed: the new `Viewport`. Not sent by `set_viewport`."""
    loupe_moved = Signal(object)
    """The mouse is over this point of the photo (QPointF, fractions), or None when it left."""
    resized = Signal()
    """The canvas has another size, and so another `scale`."""
    clicked = Signal()
    shown = Signal()
    """A picture or the message in its place is on the canvas."""

    def __init__(
        self,
        loader: ImageLoader,
        enlarge: bool = False,
        parent: QWidget | None = None,
        *,
        exact: bool = False,
    ) -> None:
        super().__init__(parent)
        self._exact = exact
        self._later = False
        self._loader = loader
        self._enlarge = enlarge
        self._photo: Photo | None = None
        self._images: dict[int, QImage] = {}
        self._turns = 0
        self._placeholder: QPixmap | None = None
        self._message = ""
        self._ticket = 0
        self._requested_side = 0
        self._viewport = Viewport()
        self._loupe: tuple[QPointF, float] | None = None
        self._loupe_enabled = False
        self._compared: QImage | None = None
        self._difference = False
        self._frame: QRectF | None = None
        self._outlines: Sequence[QPolygonF] = ()
        self._drag: QPointF | None = None
        self._dragged = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 90)
        self.setAccessibleName(self.tr("Photo"))
        accessible.set_role(self, QAccessible.Role.Graphic)
        loader.loaded.connect(self._on_loaded)
        loader.failed.connect(self._on_failed)

    # ------------------------------------------------------------------ what is shown

    @property
    def photo(self) -> Photo | None:
        """The photo shown or being loaded."""
        return self._photo

    @property
    def image(self) -> QImage | None:
        """The largest picture loaded so far; not turned."""
        return self._images[max(self._images)] if self._images else None

    @property
    def sharp(self) -> bool:
        """Whether a picture as large as it is seen is there."""
        return bool(self._images) and 0 < self._requested_side <= max(self._images)

    @property
    def turns(self) -> int:
        """By how many quarters of a circle the photo is turned clockwise, 0 to 3."""
        return self._turns

    @property
    def message(self) -> str:
        """The text in the picture's place, when it cannot be shown."""
        return self._message

    def set_photo(
        self,
        photo: Photo | None,
        placeholder: QPixmap | None = None,
        turns: int = 0,
        *,
        later: bool = False,
    ) -> None:
        """Show a photo.

        Args:
            photo: None for none.
            placeholder: fills the canvas until it is loaded.
            turns: see `turns`.
            later: what is not in memory is not loaded before `load_now`: it may only fly past.
        """
        self._later = later
        self._loader.drop(self._ticket)
        self._ticket = self._requested_side = 0
        self._photo, self._placeholder = photo, placeholder
        self._images.clear()
        self._turns = turns % 4
        self._message = ""
        self._compared = None
        self._viewport = Viewport()
        self.setAccessibleDescription(visible(photo.path.name) if photo else "")
        self._load()
        self.update()

    def set_placeholder(self, placeholder: QPixmap | None) -> None:
        """A thumbnail that arrived after `set_photo`."""
        self._placeholder = placeholder
        self.update()

    def load_now(self) -> None:
        """Load what was put off: see `set_photo`."""
        self._later = False
        self._load()

    def set_turns(self, turns: int) -> None:
        """Turn the photo as it is shown, clockwise; the file is not changed."""
        if (turns - self._turns) % 4:
            # The same spot stays in the middle, as large as it was, unless the whole photo is seen.
            view, before = self._viewport.turned(turns - self._turns), self._framing.fit
            self._turns = turns % 4
            after = self._framing.fit
            if view.zoom != 1.0 and after:
                view = replace(view, zoom=max(1.0, view.zoom * before / after))
            self._viewport = view
            self._load()
            self.update()

    def set_outlines(self, frame: QRectF | None, areas: Sequence[QPolygonF] = ()) -> None:
        """Draw a frame round a part of the photo, and dashes round areas of it.

        Everything in fractions of the photo as its file has it, whichever way it is turned here.
        """
        self._frame, self._outlines = frame, areas
        self.update()

    def set_compared(self, image: QImage | None, difference: bool = False) -> None:
        """Show another picture in this one's place, or what differs between the two."""
        self._compared, self._difference = image, difference
        self.update()

    def set_loupe_enabled(self, enabled: bool) -> None:
        """Whether moving the mouse asks for the loupe."""
        self._loupe_enabled = enabled
        self.setCursor(Qt.CursorShape.CrossCursor if enabled else Qt.CursorShape.ArrowCursor)
        if not enabled:
            self.set_loupe(None, 1.0)

    def set_loupe(self, point: QPointF | None, zoom: float) -> None:
        """Show the surroundings of a point (fractions) at `zoom` times the fitting scale."""
        self._loupe = (point, zoom) if point is not None else None
        self._load()
        self.update()

    # ------------------------------------------------------------------ viewport

    @property
    def viewport(self) -> Viewport:
        """Which part is seen."""
        return self._viewport

    def set_viewport(self, viewport: Viewport) -> None:
        """Show this part; sends no signal."""
        if viewport != self._viewport:
            self._viewport = viewport
            self._load()
            self.update()

    @property
    def seen(self) -> QRectF:
        """What is seen of the photo, in fractions of it as its file has it; empty without one."""
        return turned_fractions(-self._turns).mapRect(self._framing.seen(self._viewport))

    @property
    def scale(self) -> float:
        """Device pixels per photo pixel: 1.0 is "100 %"; 0.0 without a photo."""
        return self._framing.fit * self._viewport.zoom * self.devicePixelRatioF()

    @property
    def actual_zoom(self) -> float:
        """The zoom that shows every photo pixel as one device pixel."""
        return self._framing.actual_zoom

    def fit(self) -> None:
        """Show the whole photo."""
        self._move_to(Viewport())

    def show_actual_pixels(self, position: QPointF | None = None) -> None:
        """Zoom to 100 %; the point at `position` of the canvas stays where it is."""
        self._zoom_to(self.actual_zoom, position)

    def toggle_zoom(self, position: QPointF | None = None) -> None:
        """Go from the whole photo to 100 % at `position`, or back."""
        if self._viewport.zoom == 1.0:
            self.show_actual_pixels(position)
        else:
            self.fit()

    def zoom_by(self, factor: float, position: QPointF | None = None) -> None:
        """Zoom in or out; the point at `position` stays where it is (default: the middle)."""
        self._zoom_to(self._viewport.zoom * factor, position)

    def close_to(self, closeup: Closeup) -> Viewport:
        """The part of the photo that shows a face large, whichever way the photo is turned."""
        middle = turned_fractions(self._turns).map(QPointF(*closeup.middle))
        return self._framing.close_to(middle, closeup.side, CLOSEUP_FILLS)

    def show_closeup(self, closeup: Closeup) -> None:
        """Zoom to a face."""
        self._move_to(self.close_to(closeup))

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the photo by logical pixels."""
        self._move_to(self._framing.panned(self._viewport, dx, dy))

    def _zoom_to(self, zoom: float, position: QPointF | None) -> None:
        if self._photo is not None:
            position = position or QPointF(self.rect().center())
            self._move_to(self._framing.zoomed(self._viewport, zoom, position))

    def point_at(self, position: QPointF) -> QPointF:
        """The point of the photo (fractions) under a position of the canvas."""
        return self._framing.point_at(self._viewport, position)

    def _move_to(self, viewport: Viewport) -> None:
        viewport = self._framing.clamped(viewport)
        if viewport != self._viewport:
            self.set_viewport(viewport)
            self.viewport_changed.emit(viewport)

    @property
    def _framing(self) -> Framing:
        """The photo, as it is turned, on the canvas as large as it is now."""
        width, height = (self._photo.width, self._photo.height) if self._photo else (0, 0)
        return Framing(
            QSizeF(self.size()),
            (height, width) if self._turns % 2 else (width, height),
            self.devicePixelRatioF(),
            self._enlarge,
        )

    # ------------------------------------------------------------------ loading

    def _load(self) -> None:
        if self._photo is None or self._message or not self.isVisible():
            return
        zoom = max(self._viewport.zoom, self._loupe[1] if self._loupe else 0.0)
        size = self._framing.size(zoom)
        side = self._side(self._photo, max(size.width(), size.height()), whole=zoom == 1.0)
        if side <= self._requested_side:
            return
        cached = self._loader.cached(self._photo, side)
        if cached is None and not self._images:
            best = self._loader.best(self._photo)
            if best is not None:
                self._images[max(best.width(), best.height())] = best
        if cached is None and self._later:
            return
        self._requested_side = side
        self._loader.drop(self._ticket)
        if cached is not None:
            self._ticket = 0
            self._show_image(side, cached)
        else:
            self._ticket = self._loader.load(self._photo, side)

    def prefetch(self, photo: Photo, turns: int = 0) -> int:
        """Load a photo that will soon be shown whole; the loader's ticket, 0 when it is there."""
        side = self.side_of(photo, turns)
        if not side or self._loader.cached(photo, side):
            return 0
        return self._loader.load(photo, side, ahead=True)

    def side_of(self, photo: Photo, turns: int = 0) -> int:
        """The longest side that is loaded to show a photo whole, in pixels; 0 for none."""
        if not (photo.width and photo.height):
            return 0
        width, height = (photo.width, photo.height)[:: -1 if turns % 2 else 1]
        scale = min(self.width() / width, self.height() / height)
        if not self._enlarge:
            scale = min(scale, 1 / self.devicePixelRatioF())
        return self._side(photo, max(width, height) * scale, whole=True)

    def _side(self, photo: Photo, length: float, *, whole: bool) -> int:
        """The longest side to load so that the photo is sharp at a length in logical pixels.

        Args:
            photo: which.
            length: of its longer side on the canvas.
            whole: the whole photo is seen at this length, as it is first.
        """
        needed = length * self.devicePixelRatioF()
        longest = min(max(photo.width, photo.height), FULL_LIMIT)
        if whole and self._exact:
            return min(longest, max(1, round(needed)))
        return next((step for step in STEPS if needed <= step < longest), longest)

    def _on_loaded(self, ticket: int, image: QImage) -> None:
        if ticket == self._ticket:
            self._ticket = 0
            self._show_image(self._requested_side, image)

    def _on_failed(self, ticket: int, reason: Reason) -> None:
        if ticket != self._ticket:
            return
        self._ticket = 0
        if not self._images:
            self._placeholder = None
            self._message = self.tr("This photo cannot be shown: {0}").format(
                reason.text(language.spoken())
            )
            self.setAccessibleDescription(self._message)
            self.update()
            self.shown.emit()

    def _show_image(self, side: int, image: QImage) -> None:
        self._images[side] = image
        self.update()
        self.shown.emit()

    # ------------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        """A fair share of a window."""
        return QSize(480, 360)

    def showEvent(self, event: QEvent) -> None:  # noqa: ARG002
        """Nothing is loaded while nobody sees it."""
        self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002
        """A larger canvas may need a larger picture."""
        self._load()
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, Ctrl+0 fits, Z goes between the whole photo and 100 %."""
        if not zoom_with_key(self, event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the cursor."""
        self.zoom_by(WHEEL_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers on a touchpad zoom to the cursor, where the system tells of them."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the photo, or move the loupe."""
        if self._drag is not None:
            moved = event.position() - self._drag
            if self._dragged or moved.manhattanLength() > 3:
                self._dragged = True
                self._drag = event.position()
                self.pan_by(moved.x(), moved.y())
        elif self._loupe_enabled:
            self.loupe_moved.emit(self.point_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """A press without a move is a click."""
        if self._drag is not None and not self._dragged:
            self.clicked.emit()
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between the whole photo and 100 % at the cursor."""
        self.toggle_zoom(event.position())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        """The loupe goes with the mouse."""
        if self._loupe_enabled:
            self.loupe_moved.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the photo, the difference, the loupe or the message."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._color("surface"))
        if self._message:
            painter.setPen(self._color("muted"))
            painter.drawText(
                self.rect().adjusted(16, 16, -16, -16),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._message,
            )
            return
        target = self._framing.target(self._viewport)
        self._draw(painter, target, self.scale)
        place = QTransform.fromScale(target.width(), target.height()) * QTransform.fromTranslate(
            target.x(), target.y()
        )
        place = turned_fractions(self._turns) * place
        draw_outlines(painter, place, self._frame, self._outlines, self._color)
        if self._loupe is not None and self._images:
            self._draw_loupe(painter, *self._loupe)
        if self.hasFocus():
            painter.setPen(QPen(self._color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _color(self, name: str) -> QColor:
        return style.color(name, style.scheme_of(self))

    def _draw(self, painter: QPainter, target: QRectF, scale: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < PIXELS_SHOWN_FROM)
        image = self._image_for(target)
        if self._compared is not None and self._difference and image is not None:
            painter.save()
            painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
            pictures = (image, self._compared)
            ratio = self.devicePixelRatioF()
            shown = difference(self.size(), ratio, target, pictures, self._turns)
            painter.drawImage(QPointF(), shown)
            painter.restore()
        elif self._compared is not None:
            draw_turned(painter, target, self._compared, self._turns)
        elif image is not None:
            whole = undistorted(target, image, self._turns)
            place = aligned(whole, image, self._turns, self.devicePixelRatioF())
            draw_turned(painter, place, image, self._turns)
        elif self._placeholder is not None:
            whole = undistorted(target, self._placeholder, self._turns)
            draw_turned(painter, whole, self._placeholder, self._turns)

    def _image_for(self, target: QRectF) -> QImage | None:
        """The smallest picture that is sharp at this size: shrinking much would flicker."""
        needed = round(max(target.width(), target.height()) * self.devicePixelRatioF())
        large = [side for side in self._images if side >= needed]
        return self._images[min(large)] if large else self.image

    def _draw_loupe(self, painter: QPainter, point: QPointF, zoom: float) -> None:
        framing = self._framing
        whole, size = framing.target(self._viewport), framing.size(zoom)
        middle = QPointF(
            whole.x() + point.x() * whole.width(), whole.y() + point.y() * whole.height()
        )
        frame = QRectF(0, 0, LOUPE_SIDE, LOUPE_SIDE)
        frame.moveCenter(middle)
        # The loupe stays on the canvas also when the point is at its edge.
        frame.moveLeft(max(0.0, min(frame.left(), self.width() - frame.width())))
        frame.moveTop(max(0.0, min(frame.top(), self.height() - frame.height())))
        target = QRectF(
            frame.center().x() - point.x() * size.width(),
            frame.center().y() - point.y() * size.height(),
            size.width(),
            size.height(),
        )
        path = QPainterPath()
        path.addRect(frame)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(frame, self._color("surface"))
        self._draw(painter, target, framing.fit * zoom * framing.ratio)
        painter.restore()
        painter.setPen(QPen(self._color("accent"), 2))
        painter.drawRect(frame)
