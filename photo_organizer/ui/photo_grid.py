"""A grid of photos: scrolls, selects and opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from photo_organizer.ui import style
from photo_organizer.ui.photo_delegate import PhotoDelegate
from photo_organizer.ui.photo_model import Index, PhotoModel
from photo_organizer.ui.session import Session

CELL = 184
"""Narrowest cell in device-independent pixels; cells grow to fill the row."""
ASPECT = 0.82
"""Height over width of a photo's frame: most photos lie, standing ones get a little more room."""


class PhotoGrid(QListView):
    """Photos of the session in rows and columns.

    Space or Enter opens the current photo. The current photo is the session's current photo, the
    selected ones are the session's selection: what is done with them are commands (see
    `photo_organizer.ui.photo_commands`), attached by the window.
    """

    opened = Signal(int)
    """The photo to look at: Space, Enter or a double click."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.photos = PhotoModel(session, self)
        self.setModel(self.photos)
        self.setItemDelegate(PhotoDelegate(session, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would change the columns, and so itself.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photos"))
        self.activated.connect(self._open)
        session.running_changed.connect(self.viewport().update)
        # Copies share their stars: whatever is visible may look different.
        session.ratings.changed.connect(self.viewport().update)

    def set_photos(self, ids: Sequence[int], notes: Mapping[int, str] | None = None) -> None:
        """Show these photos in this order; see `PhotoModel.set_photos`."""
        self.photos.set_photos(ids, notes)

    def selected_ids(self) -> list[int]:
        """The selected photos in the order shown."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.photos.ids[row] for row in rows]

    def select(self, photo_id: int) -> None:
        """Make a photo the current and only selected one, and bring it into view."""
        index = self.photos.row(photo_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def claim_current(self) -> None:
        """Make this grid's current photo, else its first one, the session's current photo."""
        if not self.currentIndex().isValid() and self.photos.ids:
            self.selectionModel().setCurrentIndex(
                self.photos.index(0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self._session.set_current(self.photos.photo_id(self.currentIndex()))
        self._tell_selection()

    # ------------------------------------------------------------------ Qt's events

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The session follows the current photo."""
        super().currentChanged(current, previous)
        photo_id = self.photos.photo_id(current)
        if photo_id is not None:
            self._session.set_current(photo_id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The session follows the selection."""
        super().selectionChanged(selected, deselected)
        if self.isVisible():
            self._tell_selection()

    def _tell_selection(self) -> None:
        """With nothing selected, commands act on the current photo."""
        if selected := self.selected_ids():
            self._session.set_selection(selected)
        elif self._session.current is not None:
            self._session.set_selection((self._session.current,))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens; everything else is Qt's."""
        if event.key() == Qt.Key.Key_Space:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole columns fill the width."""
        super().resizeEvent(event)
        width = self.viewport().width() - 1
        cell = width // max(1, width // CELL)
        self.setGridSize(QSize(cell, round(ASPECT * cell) + style.CAPTION_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photos, or one calm line where there are none."""
        super().paintEvent(event)
        if not self.photos.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(style.color("muted"))
            painter.drawText(
                self.viewport().rect(),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self.tr("The first photos appear here in a moment")
                if self._session.running
                else self.tr("No photos here"),
            )
            painter.end()

    def _open(self, index: Index) -> None:
        photo_id = self.photos.photo_id(index)
        if photo_id is not None:
            self.opened.emit(photo_id)
