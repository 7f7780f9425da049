"""Photos over the whole screen: the viewer and slideshows of what the present view lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.photos.preview import PhotoPreview
from photo_organizer.ui.photos.viewer import PhotoViewer
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.views import Views


class FullScreen(QObject):
    """Opens the viewer, and brings the view below to where it was left.

    Args:
        session: whose photos.
        commands: act in the viewer, too.
        views: the one that is shown says which photos there are.
        preview: rests while its photo is under the viewer.
        window: the viewer belongs to it.
    """

    def __init__(
        self,
        session: Session,
        commands: Commands,
        views: Views,
        preview: PhotoPreview,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._commands = commands
        self._views = views
        self._preview = preview
        self._viewer: PhotoViewer | None = None
        for view in views:
            view.opened.connect(self.toggle)
            view.slideshow.connect(self.start_slideshow)

    def _window(self) -> QWidget | None:
        # Not kept: the window keeps this object, and could never go then.
        window = self.parent()
        return window if isinstance(window, QWidget) else None

    @property
    def viewer(self) -> PhotoViewer:
        """The viewer, made when it is asked for first."""
        if self._viewer is None:
            self._viewer = PhotoViewer(self._session, self._commands, self._window())
            self._viewer.left.connect(self._on_left)
            for name in ("edit.undo", "edit.redo"):
                self._viewer.addAction(self._commands[name])
        return self._viewer

    @property
    def shown(self) -> PhotoViewer | None:
        """The viewer while it is open."""
        return self._viewer if self._viewer is not None and self._viewer.active else None

    @Slot()
    def toggle(self) -> None:
        """Show the selected photos, or all that are listed where it is one; or come back."""
        if self.viewer.active:
            self.viewer.leave()
            return
        self._preview.hold(True)
        selection = self._session.selection
        if len(selection.ids) > 1 and selection.current in selection.ids:
            self.viewer.open(selection.ids, selection.current, selected=True)
        else:
            self.viewer.open(self._views.shown.listed, selection.current)
        self._preview.hold(self.viewer.active)

    @Slot()
    def toggle_slideshow(self) -> None:
        """Show the selected photos by themselves, or all that are listed from the current one on.

        In the viewer: play or pause.
        """
        session = self._session
        if self.viewer.active:
            self.viewer.toggle_slideshow()
        elif len(session.selection.ids) > 1:
            self._start_slideshow(session.selection.ids, selected=True)
        else:
            listed = list(self._views.shown.listed)
            start = (
                listed.index(session.selection.current)
                if session.selection.current in listed
                else 0
            )
            self.start_slideshow([*listed[start:], *listed[:start]])

    @Slot(object)
    def start_slideshow(self, ids: Sequence[int]) -> None:
        """Show photos by themselves: see `PhotoViewer.start_slideshow`."""
        self._start_slideshow(ids, selected=False)

    def _start_slideshow(self, ids: Sequence[int], *, selected: bool) -> None:
        self._preview.hold(True)
        self.viewer.start_slideshow(ids, selected=selected)
        self._preview.hold(self.viewer.active)

    def close(self) -> None:
        """Leave the viewer, where there is one."""
        if self._viewer is not None:
            self._viewer.close()

    @Slot(int)
    def _on_left(self, photo_id: int) -> None:
        view = self._views.shown
        if photo_id >= 0:
            view.return_to(photo_id)
        self._preview.hold(False)
        if window := self._window():
            window.activateWindow()
        view.take_focus()
