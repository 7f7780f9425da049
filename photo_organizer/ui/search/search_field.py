"""The field above the photos in which people type what they look for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.debounce import Debounce

REST = 250
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._telling = Debounce(self, REST, self._tell)
        self.setPlaceholderText(self.tr("Search photos"))
        self.setAccessibleName(self.tr("Search photos"))
        self.setToolTip(self.tr("What photos show, names, folders, dates, cameras (Ctrl+F)"))
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

    def forget(self) -> None:
        """Empty the field without telling: something else was asked."""
        self._telling.stop()
        self._told = ""
        self.blockSignals(True)
        self.clear()
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


def _dress(field: SearchField) -> None:
    field.glass.setIcon(style.icon("search", "muted"))
