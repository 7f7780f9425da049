"""What people do with folders: move photos into one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from photo_organizer.engine.files import folders
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.move_to_folder import ask_to_move


class FolderCommands(QObject):
    """Adds the command, which can be used while photos are selected and none are being moved."""

    def __init__(self, session: Session, commands: Commands) -> None:
        super().__init__(commands)
        self._session = session
        self._commands = commands
        self.move = commands.add(
            "photo.move_to_folder",
            Section.PHOTO,
            self.tr("Move to folder…"),
            self._choose,
            keys=["Ctrl+Shift+M"],
            icon="folder-output",
            tip=self.tr("Move the files of the selected photos, with all that belongs to them"),
            everywhere=False,
        )
        session.selection.changed.connect(self._enable)
        session.clean_ups.busy_changed.connect(self._enable)
        session.shown.changed.connect(self._enable)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        selected = bool(self._session.selection.ids)
        self.move.setEnabled(selected and not self._session.clean_ups.busy)

    def _choose(self) -> None:
        """Ask for a folder, beginning at that of the first photo."""
        ids = tuple(self._session.selection.ids)
        photo = self._session.shown.photos.get(next(iter(ids), -1))
        window = self._commands.parent()
        if photo is None or not isinstance(window, QWidget):
            return
        found: list[Path] = []

        def look(_cancel: threading.Event) -> Iterator[Path]:
            yield folders.nearest(photo.path.parent) or Path.home()

        self._session.tasks.start(look, found.append, lambda: self._ask(ids, found, window))

    def _ask(self, ids: Sequence[int], found: Sequence[Path], window: QWidget) -> None:
        if not found or not isValid(window):
            return
        folder = QFileDialog.getExistingDirectory(
            window, self.tr("Move the photos to"), str(found[0])
        )
        if folder:
            ask_to_move(self._session, ids, Path(folder), window)
