"""What the highlights are ranked by, and how much of it is the user's own taste."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSlider,
    QWidget,
)

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.stars import Stars
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.label import Label

WIDTH = 45 * style.SPACE
"""Of the panel."""

ROOMY = 72 * style.SPACE
"""The narrowest line in which its words leave room for the bar."""

TICKS = 20
"""Steps of the slider: 5 % each."""


class TasteLine(QFrame):
    """The scorer's honest name and how far the learning is; a button opens the `TastePanel`."""

    def __init__(
        self, choices: Choices, shown: ShownResult, stars: Stars, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._choices = choices
        self._shown = shown
        self._stars = stars
        self.scorer = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        style.set_role(self.scorer, "muted")
        self.panel = TastePanel(choices, stars, self)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(10 * style.SPACE)
        self.bar.setAccessibleName(self.tr("Ratings until the taste is learned"))
        self.button = QPushButton()
        self.button.setToolTip(
            self.tr("What was learned from your ratings, and how much it counts")
        )
        style.set_icon(self.button, "sliders-horizontal", "accent")
        style.set_role(self.button, "quiet")
        line = layouts.row(self, (2 * style.SPACE, 4, style.SPACE, 4), spacing=style.SPACE)
        line.addWidget(self.scorer, 1)
        line.addWidget(self.bar)
        line.addWidget(self.button)
        self.button.clicked.connect(self.open)
        self._counted = 0
        self._learning = False
        shown.changed.connect(self._on_result)
        stars.changed.connect(self._show)
        stars.share_changed.connect(self._show)
        self._on_result()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow line the bar gives way: the button says in numbers what it shows."""
        super().resizeEvent(event)
        self._show_bar()

    def _show_bar(self) -> None:
        self.bar.setVisible(self._learning and self.width() >= ROOMY)

    @Slot()
    def open(self) -> None:
        """Show the panel above the button."""
        self.panel.adjustSize()
        corner = self.button.mapToGlobal(QPoint(self.button.width(), 0))
        self.panel.move(corner - QPoint(self.panel.width(), self.panel.height() + 4))
        self.panel.show()
        self.panel.slider.setFocus()

    @Slot()
    def _on_result(self) -> None:
        self._counted = len(self._stars)
        self._show()

    @Slot()
    def _show(self) -> None:
        result, language = self._shown.result, self._choices.language
        scorer = result.scorer.text(language) if result and result.scorer else ""
        # The scorer's own name: measured properties are never passed off as learned taste.
        self.scorer.setText(self.tr("Ranked by {}").format(scorer) if scorer else "")
        taste = self._present(result.taste) if result and result.taste else None
        off = self._stars.share == 0
        needed = taste.values.get("needed") if taste and not off else None
        self._learning = needed is not None
        self._show_bar()
        if taste and isinstance(needed, int):
            self.bar.setMaximum(needed)
            self.bar.setValue(int(taste.values["ratings"]))
        self.button.setText(self._state(taste, off=off))
        self.panel.show_taste(taste)

    def _present(self, taste: Reason) -> Reason:
        """What was learned, with the stars given since then, and as much as it counts by now."""
        ratings = self._stars
        match taste:
            case Reason(code="taste.few", values=values):
                given = int(values["ratings"]) + len(ratings) - self._counted
                given = max(0, min(given, int(values["needed"])))
                return Reason(taste.code, {**values, "ratings": given})
            case Reason(code="taste.learned", values=values):
                # See `engine.highlights.taste.blend`.
                percent = round(float(values["percent"]) * ratings.share)
                return Reason(taste.code, {**values, "percent": percent})
        return taste

    def _state(self, taste: Reason | None, *, off: bool) -> str:
        if off:
            return self.tr("My taste: off")
        match taste:
            case Reason(code="taste.few", values=values):
                text = self.tr("My taste: {} of %Ln ratings", "", int(values["needed"]))
                return text.format(values["ratings"])
            case Reason(code="taste.learned", values=values):
                return self.tr("My taste: {} %").format(values["percent"])
            case _:
                return self.tr("My taste")


class TastePanel(QFrame):
    """How much was learned, how much of it counts, and the way to forget it all."""

    def __init__(self, choices: Choices, stars: Stars, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self.setAccessibleName(self.tr("My taste"))
        self.setFixedWidth(WIDTH)
        self._choices = choices
        self._stars = stars
        heading = Label(self.tr("My taste"))
        style.set_role(heading, "heading")
        self.learned = Label(wordWrap=True)
        label = Label(self.tr("How much of it counts"))
        self.value = Label()
        style.set_role(self.value, "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMaximum(TICKS)
        self.slider.setPageStep(TICKS // 4)
        self.slider.setAccessibleName(label.text())
        label.setBuddy(self.slider)
        hint = Label(wordWrap=True)
        hint.setText(
            self.tr(
                "Rate photos with 1 to 5, pick with P, reject with X; 0 takes a rating back. "
                "Ratings stay on this computer."
            )
        )
        style.set_role(hint, "muted")
        self.forget = QPushButton(self.tr("Forget my ratings…"))
        above = layouts.row(spacing=style.SPACE)
        above.addWidget(label)
        above.addStretch()
        above.addWidget(self.value)
        ends = layouts.row()
        for text in (self.tr("off"), self.tr("all that was learned")):
            end = Label(text)
            style.set_role(end, "muted")
            ends.addWidget(end)
        ends.insertStretch(1)
        choice = layouts.column(spacing=style.SPACE // 2)
        choice.addLayout(above)
        choice.addWidget(self.slider)
        choice.addLayout(ends)
        layout = layouts.column(self, (2 * style.SPACE,) * 4, spacing=2 * style.SPACE)
        layout.addWidget(heading)
        layout.addWidget(self.learned)
        layout.addLayout(choice)
        layout.addWidget(hint)
        layout.addWidget(self.forget, alignment=Qt.AlignmentFlag.AlignLeft)
        self.slider.valueChanged.connect(self._set_share)
        self.forget.clicked.connect(self._forget)

    def show_taste(self, taste: Reason | None) -> None:
        """Say what was learned; None where nothing is known of it."""
        ratings = self._stars
        if ratings.share == 0:
            text = self.tr("Switched off: the ranking follows the general score alone.")
        elif taste is None:
            text = self.tr("It is learned from the photos that you rate.")
        else:
            text = f"{taste.text(self._choices.language)}."
        self.learned.setText(text)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(TICKS * ratings.share))
        self.value.setText(self.tr("{} %").format(round(100 * ratings.share)))
        self.forget.setEnabled(len(ratings) > 0)

    @Slot(int)
    def _set_share(self, tick: int) -> None:
        self._stars.share = tick / TICKS

    @Slot()
    def _forget(self) -> None:
        self.hide()
        if _agrees(self._question()):
            self._stars.forget()

    def _question(self) -> QMessageBox:
        count = len(self._stars)
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Forget my ratings"),
            self.tr("Forget %Ln ratings, and what was learned from them?", "", count),
            parent=self.window().parentWidget() or self.parentWidget(),
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            self.tr(
                "The stars of all your libraries go; Undo brings them back. Photos, and ratings in "
                "XMP files, stay as they are."
            )
        )
        forget = box.addButton(self.tr("Forget"), QMessageBox.ButtonRole.AcceptRole)
        style.set_role(forget, "danger")
        keep = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        return box


def _agrees(box: QMessageBox) -> bool:
    box.exec()
    return box.buttonRole(box.clickedButton()) == QMessageBox.ButtonRole.AcceptRole
