"""The name of the open library above the navigation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from photo_organizer.ui.widgets import layouts, style

CHEVRON_ROOM = 48
"""What the arrow and the edges of the button take of its width."""


class LibraryButton(QPushButton):
    """The name of the open library; its menu switches to another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setAccessibleName(self.tr("Library"))
        style.set_role(self, "library")
        chevron = QLabel(self)
        chevron.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        style.on_change(chevron, _dress_chevron)
        line = layouts.row(self, (0, 0, 12, 0))
        line.addStretch()
        line.addWidget(chevron)

    def set_library(self, name: str, folders: str) -> None:
        """Show a library's name; where its folders are is told to those who ask."""
        self._name = name
        self.setToolTip(folders)
        self.setAccessibleName(self.tr("Library: {}").format(name))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the name as fits."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - CHEVRON_ROOM
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))


def _dress_chevron(label: QLabel) -> None:
    label.setPixmap(style.icon("chevron-down", "muted").pixmap(16, 16))
