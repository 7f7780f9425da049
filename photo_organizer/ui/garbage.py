"""When Python looks for garbage while a window is open: often a little, never everything at once.

Python frees nearly everything as soon as nobody needs it; what is left are objects that hold each
other. From time to time it looks at *all* objects for those, with its lock held, and no window
answers meanwhile: 40, 70 and 110 ms while torch is imported, and as long again whenever a large
result arrives. Yet modules and results are there to stay. So the full search is made here, by a
timer, over what is new since the last one; where a great deal is new, it is taken for lasting and
never looked at again before the user turns to another program.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

INTERVAL = 2000
"""Milliseconds between two looks at how much is new."""

SOME = 2
"""Searches of the middle generation (about 7,000 new objects each) before a full one."""

MUCH = 8
"""So many of them, and what is new is taken for lasting: the search would take 10 ms or more."""

LONGEST = 0.02
"""Seconds of a full search after which what it left is not searched again."""

NEVER = 1_000_000


class Garbage(QObject):
    """Takes the full search for garbage over from Python, for as long as it lives.

    Args:
        parent: its owner; the search is Python's own again when that goes.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._lasting = False
        gc.set_threshold(*self._thresholds[:2], NEVER)
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
        new = gc.get_count()[2]
        if new < SOME:
            return
        if new < MUCH:
            start = time.perf_counter()
            gc.collect()
            if time.perf_counter() - start < LONGEST:
                return
        gc.freeze()
        self._lasting = True

    def give_back(self) -> None:
        """Let Python search as it did before."""
        self._timer.stop()
        gc.set_threshold(*self._thresholds)
        gc.unfreeze()

    @Slot(Qt.ApplicationState)
    def _on_state(self, state: Qt.ApplicationState) -> None:
        """Search everything, frozen or not, at a moment nobody waits for the window."""
        if state is not Qt.ApplicationState.ApplicationActive and self._lasting:
            self._lasting = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
