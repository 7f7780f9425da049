"""Something that is done once, a while after the last time it was asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot


class Debounce(QObject):
    """Waits until nothing has asked for a while, then acts once: keys typed, sliders dragged.

    Args:
        parent: it goes with this object.
        milliseconds: to wait; 0 for as soon as the event loop has time.
        then: what to do; called in the thread of `parent`.
    """

    def __init__(self, parent: QObject, milliseconds: int, then: Callable[[], object]) -> None:
        super().__init__(parent)
        self._usual = milliseconds
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(then)

    @property
    def pending(self) -> bool:
        """Whether it was asked for and is still to be done."""
        return self._timer.isActive()

    @property
    def wait(self) -> int:
        """Milliseconds that the last start asked to wait."""
        return self._timer.interval()

    @Slot()
    def start(self) -> None:
        """Ask: the wait begins anew."""
        self._timer.start(self._usual)

    def start_in(self, milliseconds: int) -> None:
        """Ask with another wait, this once."""
        self._timer.start(milliseconds)

    @Slot()
    def stop(self) -> None:
        """Do not do it, unless asked again."""
        self._timer.stop()

    @Slot()
    def finish(self) -> None:
        """Do at once what is pending; nothing where nothing is."""
        if self.pending:
            self._timer.stop()
            self._timer.timeout.emit()
