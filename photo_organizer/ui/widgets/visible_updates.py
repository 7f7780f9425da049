"""Views follow what happens only while they are seen; a hidden one catches up when it is shown.

While photos are analysed every view would otherwise rebuild itself with each partial result, four
of five for nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtCore import QEvent, QObject, SignalInstance, Slot
from PySide6.QtWidgets import QWidget


def update_while_visible(view: QWidget, show: Callable[[], None], *signals: SignalInstance) -> None:
    """Call ``show()`` at each of the signals while `view` is seen, else once when it is seen again.

    A view whose window was not opened yet counts as seen: it has its content from the beginning.

    Args:
        view: the view, or the widget inside it that is shown with it.
        show: a method of the view that brings it up to date, however much it missed.
        signals: what changes the view's content; their arguments are left aside.
    """
    follower = _Follower(view, show)
    for signal in signals:
        signal.connect(follower.come)


class _Follower(QObject):
    """The event filter that notices when its view is shown."""

    def __init__(self, view: QWidget, show: Callable[[], None]) -> None:
        super().__init__(view)
        # Weak: the view owns this object, and whoever holds its owner keeps both for ever.
        self._show = WeakMethod(show)
        self._missed = False
        view.installEventFilter(self)

    @Slot()
    def come(self) -> None:
        view = self.parent()
        if not isinstance(view, QWidget) or view.isVisible() or not view.window().isVisible():
            self._catch_up()
        else:
            self._missed = True

    def _catch_up(self) -> None:
        self._missed = False
        show = self._show()
        if show is not None:
            show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._missed and event.type() == QEvent.Type.Show:
            self._catch_up()
        return super().eventFilter(watched, event)
