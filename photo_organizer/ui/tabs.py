"""A row of tabs that ends softly where there is no room for all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from photo_organizer.ui import style

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
        if not arrows or not max(arrows, key=lambda arrow: arrow.x()).isEnabled():
            return
        end = min(arrow.x() for arrow in arrows)
        ground = style.color("surface")
        clear = QColor(ground)
        clear.setAlpha(0)
        fade = QLinearGradient(end - FADE, 0, end, 0)
        fade.setColorAt(0, clear)
        fade.setColorAt(1, ground)
        painter = QPainter(self)
        painter.fillRect(end - FADE, 0, FADE, self.height(), fade)
        painter.end()
