"""A short notice at the bottom of the window with what can be done about it; it goes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.label import Label

SECONDS = 8
ABOVE = 4
"""Pixels between it and the bottom of the window: there it covers no button, only the middle of the
status area, which says nothing there."""

Offer = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


class Toast(QFrame):
    """Hidden until `tell`. It never takes the focus: people go on with their keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.picture = Label()
        style.on_change(self.picture, _dress)
        self.text = Label()
        self.buttons: list[QPushButton] = []
        self._row = layouts.row(self, (16, 2, 4, 2), spacing=12)
        self._row.addWidget(self.picture)
        self._row.addWidget(self.text)
        self._going = Debounce(self, 1000 * SECONDS, self.hide)
        self._around = parent
        parent.installEventFilter(self)
        self.hide()

    def tell(self, sentence: str, offers: Sequence[Offer] = ()) -> None:
        """Show a sentence for some seconds.

        Args:
            sentence: what happened.
            offers: a button each.
        """
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(*offer) for offer in offers]
        self.text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self._place()
        self._going.start()

    def _button(self, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self.hide)
        button.clicked.connect(lambda _checked=False: act())
        self._row.addWidget(button)
        button.show()  # what is added to a visible widget has no room before it is visible itself
        return button

    def _place(self) -> None:
        parent = self._around
        self.setMaximumWidth(max(0, parent.width() - 32))
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - ABOVE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window is resized."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Whoever points at it reads it."""
        super().enterEvent(event)
        self._going.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """It goes again."""
        super().leaveEvent(event)
        if not self.isHidden():
            self._going.start()


def _dress(label: QLabel) -> None:
    label.setPixmap(style.icon("check", "on_badge").pixmap(QSize(18, 18)))
