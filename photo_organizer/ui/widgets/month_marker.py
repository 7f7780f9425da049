"""The month beside the scroll bar of a grid while it is dragged."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractScrollArea

from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.label import Label

STAY = 800
"""Milliseconds for which it stays after the bar was let go."""


class MonthMarker(Label):
    """A small label at the right edge of a scroll area, beside the handle of its scroll bar."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._going = Debounce(self, STAY, self.hide)
        style.set_role(self, "marker")
        self.hide()

    def tell(self, month: str) -> None:
        """Show a month, until `go_soon`; an empty one hides."""
        self._going.stop()
        self.setText(month)
        self.setVisible(bool(month))
        self.place()

    @Slot()
    def go_soon(self) -> None:
        """Hide in a moment."""
        self._going.start()

    def place(self) -> None:
        """Stand beside the scroll bar's handle."""
        self.adjustSize()
        bar, view = self._area.verticalScrollBar(), self._area.viewport().geometry()
        share = bar.value() / max(1, bar.maximum())
        room = view.height() - self.height() - 2 * style.SPACE
        self.move(
            view.right() - self.width() - style.SPACE,
            view.top() + style.SPACE + round(share * room),
        )
