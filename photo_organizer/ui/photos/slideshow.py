"""When the next photo of a slideshow is due, and in which order the photos come."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from photo_organizer.ui.widgets.debounce import Debounce

INTERVALS = (3, 5, 10)
"""Seconds a photo may stay."""
USUAL = 5
CROSS_FADE = 700
"""Milliseconds in which one photo becomes the next."""


class Slideshow(QObject):
    """The clock of a slideshow; whoever shows the photos asks for the next one when it is due."""

    due = Signal()
    """The photo was seen for long enough. Nothing more comes until `rest`."""
    changed = Signal()
    """It runs or not, or at another pace."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._active = False
        self._playing = False
        self._seconds = USUAL
        self.timer = Debounce(self, 1000 * USUAL, self.due.emit)

    @property
    def active(self) -> bool:
        """Whether there is a slideshow, playing or paused."""
        return self._active

    @property
    def playing(self) -> bool:
        """Whether photos change by themselves."""
        return self._playing

    @property
    def seconds(self) -> int:
        """How long each photo stays."""
        return self._seconds

    def start(self, seconds: int) -> None:
        """Begin with a photo that is on screen already."""
        self._active = True
        self._seconds = max(1, seconds)
        self.play()

    def stop(self) -> None:
        """No slideshow any more."""
        self._active = self._playing = False
        self.timer.stop()
        self.changed.emit()

    def play(self) -> None:
        """Go on."""
        self._playing = self._active
        self.rest()
        self.changed.emit()

    def pause(self) -> None:
        """Stay at the photo."""
        self._playing = False
        self.timer.stop()
        self.changed.emit()

    def set_seconds(self, seconds: int) -> None:
        """Change the pace, from the photo on screen on."""
        self._seconds = max(1, seconds)
        self.rest()
        self.changed.emit()

    def rest(self) -> None:
        """A photo has come on screen: from now on it is seen."""
        if self._playing:
            self.timer.start_in(1000 * self._seconds)


def shuffled(ids: Sequence[int], first: int) -> list[int]:
    """The photos in an order by chance that begins with `first`."""
    others = [i for i in ids if i != first]
    random.shuffle(others)
    return [first, *others]
