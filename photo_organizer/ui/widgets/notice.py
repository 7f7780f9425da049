"""One calm line above the views: something people should know, and what they can do about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label


class Notice(QFrame):
    """Hidden until `tell`; never in the way, and gone when it is not true any more."""

    acted = Signal()
    """The button was clicked."""
    dismissed = Signal()
    """It was read, and is to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        picture = Label()
        style.on_change(picture, _dress)
        self.text = Label()
        self.text.setWordWrap(True)
        self.button = QPushButton(self.tr("Try again"))
        self.button.clicked.connect(self.acted)
        line = layouts.row(self, (16, 8, 12, 8), spacing=12)
        line.addWidget(picture)
        line.addWidget(self.text, 1)
        line.addWidget(self.button)
        self.close_button = QToolButton()
        style.set_icon(self.close_button, "x", "muted")
        self.close_button.setAccessibleName(self.tr("Dismiss"))
        self.close_button.setToolTip(self.tr("Dismiss"))
        self.close_button.clicked.connect(self.dismissed)
        line.addWidget(self.close_button)
        self.hide()

    def tell(self, text: str, button: str, *, can_dismiss: bool = False) -> None:
        """Show a sentence and what can be done.

        Args:
            text: the sentence.
            button: what can be done.
            can_dismiss: it can be sent away, too, without doing anything.
        """
        self.close_button.setVisible(can_dismiss)
        self.text.setText(text)
        self.button.setText(button)
        self.show()

    @Slot()
    def withdraw(self) -> None:
        """It is not true any more."""
        self.hide()


def _dress(label: QLabel) -> None:
    label.setPixmap(style.icon("triangle-alert", "warning").pixmap(QSize(20, 20)))
