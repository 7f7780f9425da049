"""Fields to choose and count in, with the arrows of the icon set: styled ones would have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from photo_organizer.ui.widgets import style
from photo_organizer.ui.words.plain_text import visible


class Chooser(QComboBox):
    """A combo box."""

    MOST_LINES = 16
    """Entries that are seen at once."""

    values: Sequence[object] = ()
    """What the texts stand for, see `set_choices`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(self.MOST_LINES)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own knows no distances of a sheet

    def set_choices(self, choices: Iterable[tuple[str, object]], chosen: object) -> None:
        """Offer texts, each with what it stands for, and choose without telling anybody.

        Qt's own item data would come back as plain texts and numbers.

        Args:
            choices: texts with their values.
            chosen: the value to choose; the first one where it is not offered.
        """
        offered = list(choices)
        with QSignalBlocker(self):
            self.clear()
            self.addItems([visible(text) for text, _ in offered])
            self.values = [value for _, value in offered]
            self.setCurrentIndex(self.values.index(chosen) if chosen in self.values else 0)

    @property
    def value(self) -> object:
        """What the chosen text stands for, None where there is nothing to choose from."""
        return self.values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def showPopup(self) -> None:
        """The list, wide enough for every entry where the box is not."""
        view = self.view()
        scrolls = self.count() > self.maxVisibleItems()
        bar = view.verticalScrollBar().sizeHint().width() if scrolls else 0
        view.setMinimumWidth(view.sizeHintForColumn(0) + bar + 2 * style.SPACE)
        super().showPopup()

    def sizeHint(self) -> QSize:
        """Room for the longest text and some air: it is measured before the box is dressed."""
        return super().sizeHint() + QSize(style.SPACE, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The box, its text elided where there is no room, and the arrow at its end."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        inside = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, inside.width() - 2
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
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


def whole_path(line: QLineEdit) -> Path | None:
    """What is written in a line, if it is a whole path."""
    try:
        path = Path(line.text().strip()).expanduser()
    except RuntimeError:  # "~jo", on the way to "~john" or the home of nobody
        return None
    return path if path.is_absolute() else None
