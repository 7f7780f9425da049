"""What the window keeps over restarts: its place, its parts, and the view that was shown."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QSplitter

from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.widgets import fitting
from photo_organizer.ui.window.views import Views

PLACE, MAXIMISED = "window/place", "window/maximised"
EARLIER = "window/geometry"
"""Place and state as earlier versions kept them."""
SPLITTER = "window/splitter"
PREVIEW, VIEW = "window/preview", "window/view"

RENAMED = {"skipped": "problems"}
"""Views by the keys that earlier versions kept."""


def restore(window: QMainWindow, splitter: QSplitter, preview: QAction) -> None:
    """Put a window where it was closed last, with the preview as wide as it was, if it was there.

    Where that place is on no screen any more, it comes up wholly on another one.

    Args:
        window: not shown yet.
        splitter: between views and preview.
        preview: the switch of the preview.
    """
    settings = QSettings()
    place, earlier = settings.value(PLACE), settings.value(EARLIER)
    maximised = bool(settings.value(MAXIMISED, False, type=bool))
    if not isinstance(place, QRect) and isinstance(earlier, QByteArray):
        window.restoreGeometry(earlier)
        place, maximised = window.normalGeometry(), window.isMaximized()
        window.setWindowState(Qt.WindowState.WindowNoState)
    if isinstance(place, QRect):
        available = fitting.room(fitting.screen_for(place))
        if not available.contains(place):
            place = fitting.fitted(place, available)
    else:
        available = fitting.room(fitting.screen_for())
        place = fitting.first_place(available)
        maximised = not fitting.has_room(available)
    window.setMinimumSize(window.minimumSize().boundedTo(place.size()))
    window.setGeometry(place)
    if maximised:
        window.setWindowState(Qt.WindowState.WindowMaximized)
    state = settings.value(SPLITTER)
    if isinstance(state, QByteArray):
        splitter.restoreState(state)
    elif not fitting.has_room(available):
        splitter.setSizes([place.width(), 0])  # the preview is as narrow as it can be
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
    place = window.normalGeometry() if window.isMaximized() else window.geometry()
    if not window.isMinimized() and place.isValid():
        settings.setValue(PLACE, place)
    settings.setValue(MAXIMISED, window.isMaximized())
    settings.setValue(SPLITTER, splitter.saveState())
    settings.setValue(PREVIEW, preview.isChecked())
    settings.setValue(VIEW, views.shown.key)
    for view in views:
        view.remember()
