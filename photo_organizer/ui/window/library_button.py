"""The name of the open library above the navigation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.plain_text import button_text, tip, visible

CHEVRON_ROOM = 48
"""What the arrow and the edges of the button take of its width."""


class LibraryButton(QPushButton):
    """The name of the open library; its menu switches to another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setAccessibleName(self.tr("Library"))
        style.set_role(self, "library")
        chevron = Label(self)
        chevron.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        style.on_change(chevron, _dress_chevron)
        line = layouts.row(self, (0, 0, 12, 0))
        line.addStretch()
        line.addWidget(chevron)

    def set_library(self, name: str, folders: str) -> None:
        """Show a library's name; where its folders are is told to those who ask."""
        self._name = visible(name)
        self.setToolTip(tip(folders))
        self.setAccessibleName(self.tr("Library: {}").format(visible(name)))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the name as fits."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - CHEVRON_ROOM
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.setText(button_text(shown))


def _dress_chevron(label: QLabel) -> None:
    label.setPixmap(style.icon("chevron-down", "muted").pixmap(16, 16))
