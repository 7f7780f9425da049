"""The best photos of the library or of one category, ranked, with their scores."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget

from photo_organizer.engine.results import LIBRARY, Result
from photo_organizer.ui import boxes, style
from photo_organizer.ui.names import category_name
from photo_organizer.ui.photo_grid import PhotoGrid
from photo_organizer.ui.session import Session


class Chooser(QComboBox):
    """A combo box with the arrow of the icon set: a styled one would have none."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, and the arrow at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        spot = QRectF(self.width() - 26, self.height() / 2 - 8, 16, 16)
        style.draw_icon(painter, "chevron-down", "muted", spot)
        painter.end()


class HighlightsView(QFrame):
    """A category chooser over a grid in rank order."""

    opened = Signal(int)
    """The photo to look at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.chooser = Chooser()
        self.chooser.setAccessibleName(self.tr("Category"))
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.scorer = QLabel()
        style.set_role(self.scorer, "muted")
        self.grid = PhotoGrid(session)
        self.grid.opened.connect(self.opened)
        header = boxes.frame("header")
        row = boxes.row(header, (12, 8, 16, 8))
        row.addWidget(self.chooser)
        row.addStretch()
        row.addWidget(self.scorer)
        layout = boxes.column(self)
        layout.addWidget(header)
        layout.addWidget(self.grid)
        self.setFocusProxy(self.grid)
        self.chooser.currentIndexChanged.connect(self._show_ranking)
        session.result_changed.connect(self._show)
        self._show(session.result)

    @property
    def category(self) -> str:
        """The key of the category shown, `LIBRARY` for the whole library."""
        return self.chooser.currentData() or LIBRARY

    @Slot(object)
    def _show(self, result: Result | None) -> None:
        shown = self.category
        names = [name for name, ranked in result.highlights.items() if ranked] if result else []
        self.chooser.blockSignals(True)
        self.chooser.clear()
        for name in names:
            self.chooser.addItem(category_name(name, self._session.language), name)
        self.chooser.setCurrentIndex(max(0, self.chooser.findData(shown)))
        self.chooser.blockSignals(False)
        self.chooser.setEnabled(bool(names))
        # The scorer's own name: measured properties are never passed off as learned taste.
        scorer = result.scorer.text(self._session.language) if result and result.scorer else ""
        self.scorer.setText(self.tr("Ranked by {}").format(scorer) if scorer else "")
        self._show_ranking()

    @Slot()
    def _show_ranking(self) -> None:
        result = self._session.result
        ranked = result.highlights.get(self.category, ()) if result else ()
        self.grid.set_photos(
            [r.photo for r in ranked],
            {r.photo: f"{place}.  {r.score:.2f}" for place, r in enumerate(ranked, 1)},
        )
        if self.isVisible():
            self.grid.claim_current()
