"""Photos dragged over categories: which one they would go to, and where they are dropped."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from photo_organizer.ui.photos.dragged_photos import dragged_photos


class CategoryDrops(QObject):
    """What a widget that shows categories does with photos that are dragged over it.

    Args:
        widget: hands its drag events on.
        category_at: a method of the widget: the place in its list and the key of the category at a
            point; None where there is no category. All photos together, with an empty key, are
            none to drop on.
    """

    over_changed = Signal()
    """`over` is another now."""
    dropped = Signal(str, object)
    """Photos (list of ids) were dropped on a category, by its key."""

    def __init__(
        self, widget: QWidget, category_at: Callable[[QPoint], tuple[int, str] | None]
    ) -> None:
        super().__init__(widget)
        # Weak: the widget keeps this object, and could not go before a search for garbage.
        self._category_at = WeakMethod(category_at)
        self.over = -1
        """The place of the category that photos are held over; -1 for none."""

    def enter(self, event: QDragEnterEvent) -> None:
        """Photos of this window may be dropped."""
        if dragged_photos(event):
            event.acceptProposedAction()

    def move(self, event: QDragMoveEvent) -> None:
        """Show where they would go."""
        found = self._find(event)
        self._set_over(found[0] if found else -1)
        event.setAccepted(self.over >= 0)

    def leave(self) -> None:
        """The drag went on."""
        self._set_over(-1)

    def take(self, event: QDropEvent) -> None:
        """Photos are dropped, on a category or beside it."""
        found, photos = self._find(event), dragged_photos(event)
        self.leave()
        if found and photos:
            event.acceptProposedAction()
            self.dropped.emit(found[1], photos)

    def _find(self, event: QDropEvent) -> tuple[int, str] | None:
        category_at = self._category_at()
        found = category_at(event.position().toPoint()) if category_at else None
        return found if found and found[1] else None

    def _set_over(self, place: int) -> None:
        if place != self.over:
            self.over = place
            self.over_changed.emit()
