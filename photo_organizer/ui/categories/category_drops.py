"""Photos dragged over categories: which one they would go to, and where they are dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from photo_organizer.ui.photos.dragged_photos import dragged_photos


class CategoryDrops:
    """What a widget that shows categories does with photos that are dragged over it.

    Args:
        category_at: the place in the list and the key of the category at a point; None where there
            is no category. All photos together, with an empty key, are none to drop on.
        repaint: shows another `over`.
        drop: takes the key of a category and the ids of the photos for it.
    """

    def __init__(
        self,
        category_at: Callable[[QPoint], tuple[int, str] | None],
        repaint: Callable[[], object],
        drop: Callable[[str, list[int]], object],
    ) -> None:
        self._category_at = category_at
        self._repaint = repaint
        self._drop = drop
        self.over = -1
        """The place of the category that photos are held over; -1 for none."""

    def enter(self, event: QDragEnterEvent) -> None:
        """Photos of this window may be dropped."""
        if dragged_photos(event):
            event.acceptProposedAction()

    def move(self, event: QDragMoveEvent) -> None:
        """Show where they would go."""
        found = self._category_at(event.position().toPoint())
        self._set_over(found[0] if found and found[1] else -1)
        event.setAccepted(self.over >= 0)

    def leave(self) -> None:
        """The drag went on."""
        self._set_over(-1)

    def take(self, event: QDropEvent) -> None:
        """Photos are dropped, on a category or beside it."""
        found, photos = self._category_at(event.position().toPoint()), dragged_photos(event)
        self.leave()
        if found and found[1] and photos:
            event.acceptProposedAction()
            self._drop(found[1], photos)

    def _set_over(self, place: int) -> None:
        if place != self.over:
            self.over = place
            self._repaint()
