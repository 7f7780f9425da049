"""Everything that opens photos: folders and files that are chosen, dropped or made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from photo_organizer.ui.categories.cover_photos import ALL
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.session.libraries import Library
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.dropping import Dropped, look_at
from photo_organizer.ui.window.views import Views
from photo_organizer.ui.window.welcome import Welcome
from photo_organizer.ui.words.extent import Extent


class Opening(QObject):
    """Opens libraries; a photo is shown among the others of its folder.

    Args:
        session: analyses the folders.
        views: where a photo is shown.
        welcome: invites to open something.
        parent: it goes with this object.
    """

    def __init__(self, session: Session, views: Views, welcome: Welcome, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._views = views
        self._welcome = welcome
        self._wanted: Path | None = None
        welcome.demo.connect(self._open_demo)
        welcome.reopen.connect(self._reopen)

    @Slot(object)
    def open_folders(self, folders: Sequence[Path]) -> None:
        """Analyse folders, and remember them as a library."""
        self._wanted = None
        library = self._session.libraries.open(folders)
        self._session.analysis.open(library.folders)
        if library.looked_at is not None:
            reached = Extent.stopped_at(*library.looked_at).text
            self._session.message.emit(
                self.tr("Last time it was stopped ({}). It goes on from there.").format(reached)
            )

    def open_photo(self, path: Path) -> None:
        """Show a photo among the others of its folder."""
        if not self._choose(path):
            self.open_folders([path.parent])
            self._wanted = path

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Open folders that were dropped; without any, show the first photo."""
        self._session.tasks.start(look_at(paths), self._take)

    def show_wanted(self) -> None:
        """Show the photo that was asked for, if the newest result has it at last."""
        if self._wanted is not None and self._choose(self._wanted):
            self._wanted = None

    def _take(self, dropped: Dropped) -> None:
        if dropped.folders:
            self.open_folders(dropped.folders)
        elif dropped.photos:
            self.open_photo(dropped.photos[0])
        else:
            self._session.message.emit(self.tr("Only folders and photos can be opened."))

    def _choose(self, path: Path) -> bool:
        """Show a photo of the result; whether it is one of them."""
        found = self._session.shown.photos.at([path]).get(path)
        if found is None:
            return False
        view = self._views[CategoriesView]
        self._views.show_view(view)
        view.choose(ALL)
        view.show_photo(found)
        return True

    @Slot(object)
    def _reopen(self, library: Library) -> None:
        self.open_folders(library.folders)

    @Slot()
    def _open_demo(self) -> None:
        self._welcome.demo_button.setEnabled(False)
        self._session.make_demo(self._demo_made)

    def _demo_made(self, folder: Path | None) -> None:
        self._welcome.demo_button.setEnabled(True)
        if folder is not None:
            self.open_folders([folder])
