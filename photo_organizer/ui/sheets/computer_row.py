"""One computer in the settings: what it does, and why it cannot."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from photo_organizer.engine.domain.computers import Computer, ComputerState
from photo_organizer.ui.sheets.settings_page import muted
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.computer_text import done_text, state_name
from photo_organizer.ui.words.progress_words import rate_text

ICONS = {
    ComputerState.READY: ("check", "muted"),
    ComputerState.WORKING: ("play", "accent"),
    ComputerState.UNFIT: ("triangle-alert", "warning"),
    ComputerState.GONE: ("unlink", "muted"),
}
"""Picture and colour."""


class ComputerRow(QFrame):
    """A card: name and state, below them what it did."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.picture = Label()
        self.picture.setProperty("state", ComputerState.READY.value)
        style.on_change(self.picture, _dress)
        self.title = Label()
        style.set_role(self.title, "keys")
        self.state = muted("")
        self.rate = Label()
        self.facts = muted("")
        self.why = Label()
        self.why.setWordWrap(True)
        style.set_role(self.why, "warning")
        first = layouts.row(spacing=style.SPACE)
        first.addWidget(self.picture)
        first.addWidget(self.title)
        first.addWidget(self.state, 1)
        first.addWidget(self.rate)
        below = layouts.column(margins=(ICON_SIDE + style.SPACE, 0, 0, 0), spacing=4)
        below.addWidget(self.facts)
        below.addWidget(self.why)
        down = layouts.column(self, (12, 8, 12, 10), spacing=4)
        down.addLayout(first)
        down.addLayout(below)

    def show_computer(self, computer: Computer, language: str) -> None:
        """Show how a computer is now.

        Args:
            computer: what is known of it.
            language: of the window.
        """
        self.picture.setProperty("state", computer.state.value)
        _dress(self.picture)
        self.title.setText(computer.name)
        self.state.setText(state_name(computer.state))
        works = computer.state is ComputerState.WORKING and computer.rate > 0
        self.rate.setText(rate_text(computer.rate) if works else "")
        self.rate.setVisible(works)
        facts = done_text(computer)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self.why.setText(computer.why.text(language) if computer.why else "")
        self.why.setVisible(computer.why is not None)
        told = (self.title, self.state, self.rate, self.facts, self.why)
        self.setAccessibleName(". ".join(label.text() for label in told if label.text()))
        self.setToolTip(computer.address)


ICON_SIDE = 16


def _dress(label: QLabel) -> None:
    name, tint = ICONS[ComputerState(label.property("state"))]
    label.setPixmap(style.icon(name, tint).pixmap(QSize(ICON_SIDE, ICON_SIDE)))
