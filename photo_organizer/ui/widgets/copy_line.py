"""A line of text that is there to be copied."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.label import Label

SECONDS = 3


class CopyLine(QWidget):
    """What it is for, the line itself, and a button that copies it.

    Args:
        purpose: a sentence.
    """

    def __init__(self, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.purpose = Label(purpose)
        self.purpose.setWordWrap(True)
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setAccessibleName(purpose)
        self.purpose.setBuddy(self.line)
        self.button = QPushButton()
        self.button.clicked.connect(self._copy)
        # As wide as its longer word, so that nothing jumps.
        widths = []
        for word in (self.tr("Copied"), self.tr("Copy")):
            self.button.setText(word)
            widths.append(self.button.sizeHint().width())
        self.button.setMinimumWidth(max(widths))
        self.button.setAccessibleName(f"{self.button.text()}: {purpose}")
        self._forgotten = Debounce(self, 1000 * SECONDS, self._forget)
        across = layouts.row(spacing=style.SPACE)
        across.addWidget(self.line, 1)
        across.addWidget(self.button)
        down = layouts.column(self, spacing=4)
        down.addWidget(self.purpose)
        down.addLayout(across)

    def set_text(self, text: str) -> None:
        """Show another line."""
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)
            self._forget()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        self.button.setText(self.tr("Copied"))
        self._forgotten.start()

    @Slot()
    def _forget(self) -> None:
        self.button.setText(self.tr("Copy"))
