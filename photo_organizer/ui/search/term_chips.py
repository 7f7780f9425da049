"""What is asked, term by term: to turn its sign, and to take it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from photo_organizer.engine.domain.query import Term, turned
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.plain_text import tip, visible

GAP = 6
LONGEST = 220
"""Pixels of a chip's text; longer ones are cut."""


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term as a chip."""

    term: Term
    name: str
    """For people."""
    told: str = ""
    """How it was understood; "" while nobody knows."""
    poor: bool = False
    """The model cannot see it, or it could not be asked."""


class TermChip(QFrame):
    """A term with its sign before it and a cross behind it.

    Args:
        shown: what it shows.
        turn: called to turn the sign.
        drop: called to take the term away.
    """

    def __init__(
        self,
        shown: ShownTerm,
        turn: Callable[[], object],
        drop: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("term")
        minus = shown.term.minus
        self.setProperty("minus", minus)
        name = visible(shown.name)
        self.sign = QToolButton()
        style.set_icon(self.sign, "minus" if minus else "plus", "danger" if minus else "accent")
        said = self.tr("Ask for {}") if minus else self.tr("Leave out {}")
        self.sign.setToolTip(tip(said.format(name)))
        self.sign.setAccessibleName(said.format(name))
        self.sign.clicked.connect(turn)
        self.text = Label()
        metrics = self.text.fontMetrics()
        self.text.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, LONGEST))
        self.text.setToolTip(tip(shown.told or name))
        style.set_role(self.text, "warning" if shown.poor else "")
        self.cross = QToolButton()
        style.set_icon(self.cross, "x", "muted")
        away = self.tr("Do not ask for {}").format(name)
        self.cross.setToolTip(tip(away))
        self.cross.setAccessibleName(away)
        self.cross.clicked.connect(drop)
        line = layouts.row(self, (4, 2, 4, 2), spacing=4)
        for button in (self.sign, self.cross):
            style.set_role(button, "chip")
            button.setIconSize(QSize(14, 14))
        line.addWidget(self.sign)
        line.addWidget(self.text)
        line.addWidget(self.cross)


class TermChips(QWidget):
    """The chips of a question, in as many lines as they need."""

    asked = Signal(object)
    """tuple[Term, ...]: what is asked instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ShownTerm, ...] = ()
        self.chips: list[TermChip] = []

    def show_terms(self, terms: Sequence[ShownTerm]) -> None:
        """Show other terms; the focus stays where it was, as far as that is there."""
        if tuple(terms) == self._shown:
            return
        focused = self._focused()
        self._shown = tuple(terms)
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(place, term) for place, term in enumerate(terms)]
        for chip in self.chips:
            chip.show()
        self._arrange()
        stops = [button for chip in self.chips for button in (chip.sign, chip.cross)]
        for first, second in pairwise((self, *stops)):
            QWidget.setTabOrder(first, second)
        if focused is not None and self.chips:
            place, is_cross = focused
            chip = self.chips[min(place, len(self.chips) - 1)]
            (chip.cross if is_cross else chip.sign).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other lines."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _chip(self, place: int, shown: ShownTerm) -> TermChip:
        terms = [each.term for each in self._shown]
        other = [*terms[:place], turned(terms[place]), *terms[place + 1 :]]
        fewer = [*terms[:place], *terms[place + 1 :]]
        return TermChip(
            shown,
            lambda: self.asked.emit(tuple(other)),
            lambda: self.asked.emit(tuple(fewer)),
            self,
        )

    def _focused(self) -> tuple[int, bool] | None:
        """The place of the chip that has the focus, and whether its cross has it."""
        focused = self.window().focusWidget()
        for place, chip in enumerate(self.chips):
            if focused in (chip.sign, chip.cross):
                return place, focused is chip.cross
        return None

    def _arrange(self) -> None:
        left = top = high = 0
        for chip in self.chips:
            chip.adjustSize()
            if left and left + chip.width() > self.width():
                left, top = 0, top + high + GAP
            chip.move(left, top)
            left += chip.width() + GAP
            high = chip.height()
        self.setFixedHeight(top + high)
