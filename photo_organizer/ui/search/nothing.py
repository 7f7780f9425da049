"""What is shown in place of photos: why there are none, and what else can be asked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from photo_organizer.ui.search.examples import Examples
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label

WIDTH = 420


class NothingFound(QFrame):
    """A picture, a sentence, and examples."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        picture = Label()
        style.on_change(picture, _dress)
        self.words = Label()
        self.words.setWordWrap(True)
        self.words.setFixedWidth(WIDTH)
        style.set_role(self.words, "muted")
        self.examples = Examples(session)
        column = layouts.column(self, (24, 24, 24, 24), spacing=16)
        column.addStretch(2)
        for label in (picture, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            line = layouts.row()  # an alignment would forget how high wrapped text is
            line.addStretch()
            line.addWidget(label)
            line.addStretch()
            column.addLayout(line)
        column.addWidget(self.examples)
        column.addStretch(3)

    def tell(self, words: str, *, examples: bool) -> None:
        """Show a sentence, perhaps with examples of what can be asked."""
        self.words.setText(words)
        if examples:
            self.examples.suit()
        self.examples.setVisible(examples)


def _dress(label: QLabel) -> None:
    label.setPixmap(style.icon("search", "muted").pixmap(QSize(40, 40)))
