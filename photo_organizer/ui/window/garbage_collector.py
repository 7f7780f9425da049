"""When Python looks for garbage while a window is open: a little often, never everything at once.

Python frees nearly everything as soon as nobody needs it; what is left are objects that hold each
other. It looks for those by itself, on whichever thread makes objects just then, and from time to
time at *all* objects there are. Both are wrong beside a window. Its own objects must not be freed
on other threads. And looking at everything holds Python's lock: 40, 70 and 110 ms while torch is
imported, as long again whenever a large result arrives; no window answers meanwhile.

So the search is made here, by a timer of the window's thread, over what is new. Where a great deal
is new at once, modules or a result, it is there to stay: it is not looked at before the user turns
to another program.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

INTERVAL = 200
"""Milliseconds between two looks at how much is new."""

FEW = 2_000
"""New objects that are not worth a search."""

MANY = 20_000
"""New objects that are taken for lasting: searching takes 5 ms, 40 on a busy machine."""

FULL = 15_000
"""New objects after which everything since the last full search is searched once more."""

LONGEST = 0.02
"""Seconds of a full search after which what it left is not searched again."""


class GarbageCollector(QObject):
    """Takes the search for garbage over from Python.

    Args:
        parent: its owner, on the window's thread.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._new = 0
        self._lasting = False
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)

    @Slot()
    def look(self) -> None:
        """Search what is new, where that is quick; otherwise take it for lasting."""
        new = gc.get_count()[0]
        if new < FEW:
            return
        if new > MANY:
            self._keep()
            return
        self._new += new
        if self._new < FULL:
            gc.collect(1)
            return
        self._new = 0
        start = time.perf_counter()
        gc.collect()
        if time.perf_counter() - start > LONGEST:
            self._keep()

    def give_back(self) -> None:
        """Let Python search as it did before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    def _keep(self) -> None:
        gc.freeze()
        self._new = 0
        self._lasting = True

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        """Search everything, lasting or not, at a moment when nobody waits for the window."""
        if state is not Qt.ApplicationState.ApplicationActive and self._lasting:
            self._lasting = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
