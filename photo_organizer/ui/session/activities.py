"""What is going on: everything that takes time says here how far it is and how to hold or stop it.

The status area shows a line for each activity. Whoever runs something begins one, reports, and
ends it:

    activity = session.activities.begin(self.tr("Copying photos"), cancel=task.cancel)
    activity.report(done, total)
    activity.end(self.tr("%Ln photos were copied.", "", done))
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class Activity(QObject):
    """Something that takes time. Made by `Activities.begin`."""

    changed = Signal()
    """Something to show is another now."""

    def __init__(
        self,
        title: str,
        cancel: Callable[[], object] | None,
        hold: Callable[[bool], object] | None,
        parent: Activities,
    ) -> None:
        super().__init__(parent)
        self._activities = parent
        self._cancel = cancel
        self._hold = hold
        self.title = title
        """What is done, "Copying photos"."""
        self.figures = ""
        """How far it is, for people; "" to say `done` and `total`."""
        self.done = 0
        self.total = 0
        """0 while unknown."""
        self.paused = False
        self.ended = False
        self._pausable = True

    @property
    def can_pause(self) -> bool:
        """Whether it can be held now and go on from there."""
        return self._hold is not None and self._pausable

    @property
    def can_cancel(self) -> bool:
        """Whether it can be stopped for good."""
        return self._cancel is not None

    def report(
        self, done: int, total: int, *, title: str = "", figures: str = "", pausable: bool = True
    ) -> None:
        """Tell how far it is.

        Args:
            done: photos, bytes… so far.
            total: of how many; 0 while unknown.
            title: what is done now, where that has changed.
            figures: instead of "done of total", for people.
            pausable: whether this part of it can be held, if any can.
        """
        self.done, self.total, self.figures = done, total, figures
        self.title = title or self.title
        self._pausable = pausable
        self.changed.emit()

    def pause(self, paused: bool = True) -> None:
        """Hold it, or let it go on; nothing where that is not possible."""
        if self._hold is not None and (self.can_pause or not paused) and paused != self.paused:
            self.paused = paused
            self._hold(paused)
            self.changed.emit()

    def cancel(self) -> None:
        """Ask it to stop; it ends soon after."""
        if self._cancel is not None:
            self._cancel()

    def end(self, sentence: str = "") -> None:
        """It is over.

        Args:
            sentence: what came out of it, for people who were elsewhere meanwhile; "" where they
                ended it themselves.
        """
        if not self.ended:
            self.ended = True
            self._activities.remove(self, sentence)


class Activities(QObject):
    """The activities of a session, the oldest first."""

    changed = Signal()
    """One began or ended."""
    ended = Signal(str)
    """One ended by itself: a sentence on what came out of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[Activity] = []

    def begin(
        self,
        title: str,
        *,
        cancel: Callable[[], object] | None = None,
        hold: Callable[[bool], object] | None = None,
    ) -> Activity:
        """Something begins that takes time.

        Args:
            title: what is done, "Copying photos".
            cancel: stops it for good, if that is possible.
            hold: pauses it (True) or lets it go on (False), if that is possible.
        """
        activity = Activity(title, cancel, hold, self)
        self.running.append(activity)
        self.changed.emit()
        return activity

    def remove(self, activity: Activity, sentence: str) -> None:
        """An activity is over: see `Activity.end`."""
        self.running.remove(activity)
        self.changed.emit()
        if sentence:
            self.ended.emit(sentence)
        # Python's last reference ends it; Qt's deleteLater took it away under Python's feet.
        activity.setParent(None)
