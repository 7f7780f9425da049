"""A row of tabs that ends softly where there is no room for all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from photo_organizer.ui.widgets import style

FADE = 40
"""Width of the fade at the end of the tabs, in device-independent pixels."""


class FadingTabs(QTabBar):
    """Tabs that fade out where more of them wait behind the arrow, instead of being cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for arrow in self.findChildren(QToolButton):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrow keys go from tab to tab

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tabs, and the fade before the arrows."""
        super().paintEvent(event)
        arrows = [b for b in self.findChildren(QToolButton) if b.isVisible()]
        arrows.sort(key=lambda arrow: arrow.x())
        if not arrows:
            return
        if arrows[-1].isEnabled():
            self._fade(arrows[0].x() - FADE, FADE, to_the_right=True)
        if arrows[0].isEnabled():
            # Narrow: the first tab that is seen is often the chosen one.
            self._fade(0, FADE // 2, to_the_right=False)

    def _fade(self, left: int, width: int, *, to_the_right: bool) -> None:
        """Cover the tabs ever more from one side of a strip to the other."""
        ground = style.color("surface")
        clear = QColor(ground)
        clear.setAlpha(0)
        fade = QLinearGradient(left, 0, left + width, 0)
        fade.setColorAt(0, clear if to_the_right else ground)
        fade.setColorAt(1, ground if to_the_right else clear)
        painter = QPainter(self)
        painter.fillRect(left, 0, width, self.height(), fade)
        painter.end()
