"""An object of the interface with threads of its own, which it always outlives."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal, Slot

_outliving: set[Background] = set()
"""Closed ones whose threads are still at work."""


class Background(QObject):
    """Calls functions on a few threads; what they find out they tell by signals.

    A thread holds what it calls, and with it this object. Were the thread the last to let go, the
    object would end there, while the GUI thread may be handing it an event: that crashes. So a
    closed object is kept until its threads are done, and is let go on the GUI thread.

    Args:
        threads: how many.
        name: of the threads, for the log and the debugger.
    """

    _ended = Signal()

    def __init__(self, threads: int, name: str) -> None:
        # No Qt parent, which would end it with its window.
        super().__init__()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._calls: set[Future[None]] = set()
        self._unfinished = 0
        self._closed = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def run_aside(self, call: Callable[..., None], *arguments: object) -> Future[None]:
        """Call a function on one of the threads, after those asked for before.

        A call that has not begun may be cancelled by `take_back`.
        """
        self._unfinished += 1
        future = self._pool.submit(self._run, call, *arguments)
        self._calls = {call for call in self._calls if not call.done()} | {future}
        return future

    def take_back(self, future: Future[None]) -> None:
        """Do not begin a call any more; one that has begun goes on."""
        if future.cancel():
            self._unfinished -= 1

    def close_threads(self) -> None:
        """Begin nothing more and let the threads end; returns at once."""
        if self._closed:
            return
        self._closed = True
        for future in self._calls:
            self.take_back(future)
        if self._unfinished:
            self._pool.shutdown(wait=False)
            _outliving.add(self)
        else:
            self._end()

    def _run(self, call: Callable[..., None], *arguments: object) -> None:
        try:
            call(*arguments)
        finally:
            self._ended.emit()

    @Slot()
    def _on_ended(self) -> None:
        self._unfinished -= 1
        if self._closed and not self._unfinished:
            self._end()
            _outliving.discard(self)

    def _end(self) -> None:
        # The threads have only to notice that nothing is left, but one may still hold this.
        self._pool.shutdown(wait=True)
