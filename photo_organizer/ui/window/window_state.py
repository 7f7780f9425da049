"""What the window keeps over restarts: its place, its parts, and the view that was shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QSplitter

from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.window.views import Views

GEOMETRY, SPLITTER = "window/geometry", "window/splitter"
PREVIEW, VIEW = "window/preview", "window/view"

RENAMED = {"skipped": "problems"}
"""Views by the keys that earlier versions kept."""


def restore(window: QMainWindow, splitter: QSplitter, preview: QAction) -> None:
    """Put a window where it was closed last, with the preview as wide as it was, if it was there.

    Args:
        window: not shown yet.
        splitter: between views and preview.
        preview: the switch of the preview.
    """
    settings = QSettings()
    restorers: dict[str, Callable[[QByteArray], bool]] = {
        GEOMETRY: window.restoreGeometry,
        SPLITTER: splitter.restoreState,
    }
    for key, restore_from in restorers.items():
        state = settings.value(key)
        if isinstance(state, QByteArray):
            restore_from(state)
    preview.setChecked(bool(settings.value(PREVIEW, True, type=bool)))


def view_left(views: Views) -> LibraryView:
    """The view that was shown when a window was closed last, if it is offered; else the first."""
    kept = str(QSettings().value(VIEW))
    left = RENAMED.get(kept, kept)
    offered = [view for view in views if view.offered]  # what was sought is not kept
    return next((view for view in offered if view.key == left), offered[0])


def save(window: QMainWindow, splitter: QSplitter, preview: QAction, views: Views) -> None:
    """Keep all this for the next start."""
    settings = QSettings()
    settings.setValue(GEOMETRY, window.saveGeometry())
    settings.setValue(SPLITTER, splitter.saveState())
    settings.setValue(PREVIEW, preview.isChecked())
    settings.setValue(VIEW, views.shown.key)
    for view in views:
        view.remember()
