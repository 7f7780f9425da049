"""Which photos commands act on, and which one is shown large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.ui.session.shown_result import ShownResult


class Selection(QObject):
    """The photos chosen; owned by the session."""

    current_changed = Signal(int)
    """The photo to show large; -1 for none."""
    changed = Signal()
    """`ids` are others now."""

    def __init__(self, shown: ShownResult, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.current: int | None = None
        self.ids: tuple[int, ...] = ()
        """The photos that commands act on, in the order shown; the current one is among them, or
        they are none."""
        shown.settled.connect(self._drop_gone)

    def set_current(self, photo_id: int | None) -> None:
        """Choose the photo to show large; it alone is selected then."""
        if photo_id != self.current:
            self.current = photo_id
            self.current_changed.emit(-1 if photo_id is None else photo_id)
        self.select(() if photo_id is None else (photo_id,))

    def select(self, ids: Sequence[int]) -> None:
        """Choose the photos that commands act on: see `ids`."""
        if tuple(ids) != self.ids:
            self.ids = tuple(ids)
            self.changed.emit()

    @Slot()
    def _drop_gone(self) -> None:
        photos = self._shown.photos
        if self.current is not None and self.current not in photos:
            self.set_current(None)
        self.select([i for i in self.ids if i in photos])
