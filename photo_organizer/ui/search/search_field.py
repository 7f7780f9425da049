"""The field above the photos in which people type what they look for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.dropped_paths import is_picture, local_paths

REST = 100
"""Milliseconds without a further key before it is searched."""
WIDTH = 320


class SearchField(QLineEdit):
    """Tells what to search a moment after the last key, at once with Enter."""

    asked = Signal(str)
    """A text to search; "" when the field was emptied."""
    entered = Signal()
    """Enter or the arrow down: on to the photos."""
    left = Signal()
    """Escape in the empty field: back to where one was."""
    dropped = Signal(object)
    """The path of a photo that was dropped here: what looks like it?"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._telling = Debounce(self, REST, self._tell)
        self.setPlaceholderText(self.tr("Search photos"))
        self.setAccessibleName(self.tr("Search photos"))
        self.setToolTip(
            self.tr(
                "What photos show, names, folders, dates, cameras (Ctrl+F). A minus leaves out: "
                "beach -people. A photo dropped here finds photos like it."
            )
        )
        self.glass = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(WIDTH)
        self.setMinimumWidth(WIDTH // 2)
        style.set_role(self, "search")
        style.on_change(self, _dress)
        glass, clear = self.findChildren(QToolButton)
        for button, name in ((glass, self.tr("Search photos")), (clear, self.tr("Clear"))):
            button.setAccessibleName(name)
        self.textEdited.connect(self._telling.start)
        self.textChanged.connect(self._on_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches at once, Escape empties the field and then leaves it."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._tell()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            empty = not self.text()
            self.clear()
            if empty:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A photo may be dropped here, and text as into any field."""
        if _photo(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A photo has no place within the text."""
        if _photo(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of a photo; it is not moved for it."""
        photo = _photo(event.mimeData())
        if photo is None:
            super().dropEvent(event)
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(photo)

    def forget(self) -> None:
        """Empty the field without telling: something else was asked."""
        self.show_text("")

    def show_text(self, text: str) -> None:
        """Show a text that is asked already; nobody is told of it."""
        self._telling.stop()
        self._told = text
        self.blockSignals(True)
        self.setText(text)
        self.setCursorPosition(0)  # its beginning says more than its end
        self.blockSignals(False)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if not text:  # also by its own button
            self._tell()

    @Slot()
    def _tell(self) -> None:
        self._telling.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.asked.emit(text)


def _photo(data: QMimeData) -> Path | None:
    """The first picture among dragged files."""
    return next((path for path in local_paths(data) if is_picture(path)), None)


def _dress(field: SearchField) -> None:
    field.glass.setIcon(style.icon("search", "muted"))
