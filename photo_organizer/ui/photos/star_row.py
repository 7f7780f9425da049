"""Five stars and a rejection, to be clicked: the rating of one photo."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from photo_organizer.ui.session.stars import MOST, REJECTED, Stars, spoken
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label

SIDE = 18
STAR = "\N{BLACK STAR}"


class StarNote(Label):
    """The stars of a photo in few letters, "★★★"; not there while it has none."""

    def __init__(self, stars: Stars, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._stars = stars
        self._photo: int | None = None
        stars.changed.connect(self._show)
        self._show()

    def show_photo(self, photo_id: int | None) -> None:
        """Tell of another photo; None for none."""
        self._photo = photo_id
        self._show()

    @Slot()
    def _show(self) -> None:
        given = None if self._photo is None else self._stars.of(self._photo)
        self.setText(self.tr("Rejected") if given == REJECTED else STAR * (given or 0))
        self.setAccessibleName(spoken(given))
        self.setToolTip(spoken(given))
        self.setVisible(given is not None)


class StarRow(QWidget):
    """Shows and changes the stars of a photo; a click on its present rating takes it away."""

    def __init__(self, stars: Stars, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = stars
        self._photo: int | None = None
        self.setAccessibleName(self.tr("Rating"))
        self.buttons: dict[int, QToolButton] = {}
        line = layouts.row(self)
        for number in (*range(1, MOST + 1), REJECTED):
            button = QToolButton(self)
            style.set_role(button, "star")
            button.setIconSize(QSize(SIDE, SIDE))
            button.setAccessibleName(spoken(number) if number else self.tr("Reject"))
            button.setToolTip(
                self.tr("{0} ({1})").format(spoken(number), number)
                if number
                else self.tr("Reject (X)")
            )
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, number=number: self._rate(number))
            self.buttons[number] = button
            if number == REJECTED:
                line.addSpacing(style.SPACE)
            line.addWidget(button)
        line.addStretch()
        stars.changed.connect(self._show)
        style.on_change(self, StarRow._show)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_photo(self, photo_id: int | None) -> None:
        """Show the stars of another photo; None for none, which cannot be rated."""
        self._photo = photo_id
        self.setEnabled(photo_id is not None)
        self._show()

    def _rate(self, stars: int) -> None:
        if self._photo is not None:
            present = self._stars.of(self._photo)
            self._stars.set([self._photo], None if present == stars else stars)
            self._show()

    @Slot()
    def _show(self) -> None:
        given = None if self._photo is None else self._stars.of(self._photo)
        for stars, button in self.buttons.items():
            if stars == REJECTED:
                on, name = given == REJECTED, "ban"
            else:
                on, name = given is not None and stars <= given, "star"
            tint, filled = "text" if on else "muted", on and name == "star"
            icon = style.icon(name, tint, style.scheme_of(self), filled=filled)
            button.setIcon(icon)
            button.setChecked(stars == given)
        self.setAccessibleDescription(spoken(given) or self.tr("not rated"))
