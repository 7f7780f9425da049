"""Windows and dialogs that fit the screen they are on, whichever that is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

FRAME = QMargins(8, 40, 8, 8)
"""What a title bar and borders may take, as long as nobody knows."""

USUAL = QSize(1280, 800)
"""In which everything has room."""
LARGEST = QSize(1920, 1200)
"""Of a window that people have not made larger themselves."""
SHARE = 0.75
"""Of a screen that a window takes at first, between these two."""


def screen_for(place: QRect | None = None) -> QScreen:
    """The screen that shows most of a place; without one, that of the mouse."""
    screens = QGuiApplication.screens()
    if place is not None:
        best = max(screens, key=lambda screen: _area(screen.geometry() & place))
        if _area(best.geometry() & place):
            return best
        return QGuiApplication.primaryScreen()
    return QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()


def room(screen: QScreen) -> QRect:
    """Where a screen has room for windows: not under bars of the desktop."""
    return screen.availableGeometry()


def first_place(available: QRect) -> QRect:
    """Where a window comes up that was never open before, in the middle of a screen."""
    share = QSize(round(SHARE * available.width()), round(SHARE * available.height()))
    size = share.expandedTo(USUAL).boundedTo(LARGEST)
    return fitted(QRect(available.center() - _middle(size), size), available)


def has_room(available: QRect) -> bool:
    """Whether a window of the usual size has room on a screen."""
    inside = available.marginsRemoved(FRAME).size()
    return inside.width() >= USUAL.width() and inside.height() >= USUAL.height()


def fitted(place: QRect, available: QRect, frame: QMargins = FRAME) -> QRect:
    """The place of a window's content, moved and made smaller as far as it must be.

    Args:
        place: of the content.
        available: the room that a screen has for windows.
        frame: what is around the content.
    """
    inside = available.marginsRemoved(frame)
    size = place.size().boundedTo(inside.size())
    left = min(max(place.left(), inside.left()), inside.right() - size.width() + 1)
    top = min(max(place.top(), inside.top()), inside.bottom() - size.height() + 1)
    return QRect(QPoint(left, top), size)


def fit(widget: QWidget) -> None:
    """Bring a window that is shown wholly onto its screen."""
    available = room(widget.screen())
    around, content = widget.frameGeometry(), widget.geometry()
    frame = QMargins(
        content.left() - around.left(),
        content.top() - around.top(),
        around.right() - content.right(),
        around.bottom() - content.bottom(),
    )
    place = fitted(content, available, FRAME if frame.isNull() else frame)
    if place.size() != content.size():
        widget.resize(place.size())
    if not available.contains(around):
        widget.move(place.topLeft() - (content.topLeft() - around.topLeft()))


def keep_on_screen(dialog: QWidget) -> None:
    """Let a dialog come up no larger than its screen, and wholly on it."""
    dialog.installEventFilter(_Fitter(dialog))


class _Fitter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            fit(watched)
        return super().eventFilter(watched, event)


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0


def _middle(size: QSize) -> QPoint:
    return QPoint(size.width() // 2, size.height() // 2)
