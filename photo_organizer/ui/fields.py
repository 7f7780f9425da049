"""Fields to choose and count in, with the arrows of the icon set: styled ones would have none."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSpinBox

from photo_organizer.ui import style


class Chooser(QComboBox):
    """A combo box."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, and the arrow at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        spot = QRectF(self.width() - 26, self.height() / 2 - 8, 16, 16)
        style.draw_icon(painter, "chevron-down", "muted", spot)
        painter.end()


class NumberField(QSpinBox):
    """A number to type, or to change with the arrows and the wheel."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the arrows at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() / 2
        for name, top in (("chevron-up", middle - 12), ("chevron-down", middle)):
            style.draw_icon(painter, name, "muted", QRectF(self.width() - 22, top, 12, 12))
        painter.end()
