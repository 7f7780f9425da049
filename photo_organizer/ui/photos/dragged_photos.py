"""Photos dragged from a grid of this window, for whoever takes them."""

from __future__ import annotations

from PySide6.QtGui import QDropEvent

from photo_organizer.ui.photos.grid import PhotoGrid


def dragged_photos(event: QDropEvent) -> list[int]:
    """The ids of the photos that are dragged; none where something else is."""
    source = event.source()
    if not isinstance(source, PhotoGrid):
        return []
    current = source.photos.photo_id(source.currentIndex())
    return source.selected_ids() or ([] if current is None else [current])
