"""What can be asked, to be clicked: shown where nothing is asked, or nothing fits."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.plain_text import button_text, visible

LONGEST = 240


class Examples(QWidget):
    """A few questions that suit the library."""

    asked = Signal(str)
    """A line as people would type it."""
    asked_like = Signal(int)
    """A photo, by its id: which ones are like it?"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        heading = Label(self.tr("For example"))
        style.set_role(heading, "muted")
        self.buttons = [QPushButton() for _ in range(4)]
        self._lines = [self.tr("beach -people"), self.tr("sunset"), ""]
        self._photo: int | None = None
        down = layouts.column(self, spacing=style.SPACE)
        down.addLayout(_in_the_middle(heading))
        down.addLayout(_in_the_middle(*self.buttons[:3]))
        down.addLayout(_in_the_middle(*self.buttons[3:]))
        for button in self.buttons:
            style.set_role(button, "quiet")
        for place, button in enumerate(self.buttons[:3]):
            button.clicked.connect(partial(self._ask, place))
        self.buttons[2].setAccessibleName(self.tr("A date"))
        self.buttons[3].setAccessibleName(self.tr("Photos like another one"))
        self.buttons[3].clicked.connect(self._ask_like)
        self.suit()

    def suit(self) -> None:
        """Take a year and a photo that there are now."""
        photos, chosen = self._session.shown.photos, self._session.selection.current
        photo = photos.get(chosen) if chosen is not None else None
        photo = photo or next(iter(photos.values()), None)
        self._photo = photo.id if photo is not None else None
        self._lines[2] = str(photo.taken.at.year) if photo is not None and photo.taken else ""
        for button, line in zip(self.buttons, self._lines, strict=False):
            button.setText(line)
            button.setAccessibleName(line or button.accessibleName())
            button.setVisible(bool(line) and photo is not None)
        self.buttons[3].setVisible(photo is not None)
        if photo is not None:
            name = self.fontMetrics().elidedText(
                visible(photo.path.name), Qt.TextElideMode.ElideMiddle, LONGEST
            )
            self.buttons[3].setText(button_text(self.tr("Photos like {}").format(name)))
            self.buttons[3].setAccessibleName(self.tr("Photos like {}").format(photo.path.name))

    def _ask(self, place: int) -> None:
        self.asked.emit(self._lines[place])

    @Slot()
    def _ask_like(self) -> None:
        if self._photo is not None:
            self.asked_like.emit(self._photo)


def _in_the_middle(*widgets: QWidget) -> QHBoxLayout:
    line = layouts.row(spacing=style.SPACE)
    line.addStretch()
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch()
    return line
