"""Below a grid whose photos keep their places: what they do not follow yet, and how they would."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from photo_organizer.ui.photos.grid import PhotoGrid
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label


class SortLine(QFrame):
    """Says "3 changes · Sort again". It comes up below, where no photo moves because of it.

    Args:
        grid: whose photos keep their places.
    """

    def __init__(self, grid: PhotoGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._grid = grid
        self.text = Label()
        style.set_role(self.text, "muted")
        self.button = QPushButton(self.tr("Sort again"))
        self.button.setToolTip(self.tr("Sort and filter by what you decided here (Ctrl+Shift+S)"))
        style.set_icon(self.button, "arrow-down-wide-narrow", "accent")
        style.set_role(self.button, "quiet")
        line = layouts.row(self, (2 * style.SPACE, 4, style.SPACE, 4), spacing=style.SPACE)
        line.addWidget(self.text)
        line.addWidget(Label("·"))
        line.addWidget(self.button)
        line.addStretch()
        self.button.clicked.connect(self._sort)
        grid.unsorted_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        count = self._grid.unsorted
        if count:
            self.text.setText(self.tr("%Ln changes", "", count))
        self.setVisible(count > 0)

    @Slot()
    def _sort(self) -> None:
        self._grid.setFocus()  # the button goes, and the focus would go astray
        self._grid.sort_again()
