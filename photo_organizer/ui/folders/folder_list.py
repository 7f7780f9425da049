"""The tree of folders on the left: one is chosen, photos can be dropped on each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from photo_organizer.engine.browse.folder_tree import Folder
from photo_organizer.ui.folders.folder_model import FolderColumn, FolderModel
from photo_organizer.ui.photos.dragged_photos import dragged_photos
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.list_model import Index

OPENS_AFTER = 600
"""Milliseconds that photos are held over a closed folder before it opens."""


class FolderList(QTreeView):
    """Shows a `FolderModel`; what is open and chosen survives other folders where it can."""

    chosen = Signal(str)
    """Another folder was chosen: its path."""
    dropped = Signal(str, object)
    """Photos (list of ids) were dropped on a folder, by its path."""

    def __init__(self, folders: FolderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folders = folders
        folders.setParent(self)
        self._quiet = False
        self.setModel(folders)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(2 * style.SPACE)
        self.setIconSize(QSize(16, 16))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(True)
        self.setAutoExpandDelay(OPENS_AFTER)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(0)
        header.setResizeContentsPrecision(0)  # of what is seen: there may be thousands
        header.setSectionResizeMode(FolderColumn.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(FolderColumn.COUNT, QHeaderView.ResizeMode.ResizeToContents)
        folders.dataChanged.connect(self.viewport().update)

    @property
    def path(self) -> str:
        """The folder that is chosen; "" for none."""
        folder = self.folders.folder(self.currentIndex())
        return folder.path if folder else ""

    def choose(self, path: str) -> None:
        """Choose a folder, and open those around it; nothing happens where it is not listed."""
        index = self.folders.index_of(path)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def open_paths(self) -> set[str]:
        """The folders whose content is shown."""
        opened: set[str] = set()
        waiting = [self.folders.index(row, 0) for row in range(self.folders.rowCount())]
        while waiting:
            index = waiting.pop()
            folder = self.folders.folder(index)
            if folder is not None and self.isExpanded(index):
                opened.add(folder.path)
                waiting += [
                    self.folders.index(row, 0, index) for row in range(len(folder.children))
                ]
        return opened

    def show_open(self, opened: set[str]) -> None:
        """Open these folders; from the outermost on, Qt opens no other."""
        for path in opened:
            index = self.folders.index_of(path)
            if index.isValid():
                self.setExpanded(index, True)

    def choose_quietly(self, path: str) -> None:
        """Choose a folder without telling: nobody chose another one."""
        self._quiet = True
        try:
            self.choose(path)
        finally:
            self._quiet = False

    # ------------------------------------------------------------------ Qt's events

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which folder is chosen."""
        super().currentChanged(current, previous)
        folder = self.folders.folder(current)
        if folder is not None and not self._quiet:
            self.chosen.emit(folder.path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos of this window may be dropped; whatever else is the window's matter."""
        if dragged_photos(event):
            super().dragEnterEvent(event)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which folder they would go to; one that they are held over opens."""
        super().dragMoveEvent(event)
        if self._target(event) is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Photos are dropped, on a folder or beside all."""
        folder, photos = self._target(event), dragged_photos(event)
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if folder is not None and photos:
            event.acceptProposedAction()
            self.dropped.emit(folder.path, photos)
        else:
            event.ignore()

    def _target(self, event: QDropEvent) -> Folder | None:
        index: QModelIndex = self.indexAt(event.position().toPoint())
        return self.folders.folder(index)
