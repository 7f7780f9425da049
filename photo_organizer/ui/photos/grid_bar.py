"""Above a grid: how its photos are sorted, which are shown, and how large."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QLocale, QSettings, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QSlider, QToolButton, QWidget

from photo_organizer.engine.browse.sort_filter import Arrangement, Filters, Sorting
from photo_organizer.ui.photos.filter_panel import FilterPanel
from photo_organizer.ui.photos.grid import LARGEST, SMALLEST, PhotoGrid
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.input_fields import Chooser
from photo_organizer.ui.widgets.label import Label

SLIDER_WIDTH = 88

USUAL = Arrangement(Sorting.DATE)


class SortWords(NamedTuple):
    """What an order is called, and how people ask for it."""

    name: str
    ascending: str
    descending: str
    descends_first: bool
    """People ask for it from the top: the best, the largest, the worst."""


class GridBar(QFrame):
    """Sorts, filters and zooms one grid, and remembers it for the next time.

    What filters hide is said in a line of its own, with the way back: nothing vanishes silently.

    Args:
        session: whose photos.
        grid: the grid below.
        name: the grid's name in the settings.
        given: what the grid's own order is called; "" where it has none that means anything.
    """

    def __init__(
        self,
        session: Session,
        grid: PhotoGrid,
        name: str,
        given: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.grid = grid
        self._key = f"grid/{name}"
        self._given = given
        self.sorting = Chooser()
        self.direction = QToolButton()
        self.filter_button = QToolButton()
        self.panel = FilterPanel(session.shown, session.tasks, grid, self)
        self.smaller = _Icon("image", 12)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.larger = _Icon("image", 18)
        self.shown = ElidedLabel()
        self.clear_button = QPushButton(self.tr("Clear filters"))
        self.hidden_line = QWidget()
        self._set_up()
        self._lay_out()
        self.sorting.activated.connect(self._on_sorting)
        self.direction.clicked.connect(self._turn)
        self.filter_button.clicked.connect(self.open_panel)
        self.clear_button.clicked.connect(self.panel.clear)
        self.panel.changed.connect(self._on_filters)
        self.slider.valueChanged.connect(grid.set_zoom)
        grid.zoomed.connect(self._on_zoom)
        grid.arranged.connect(self._show_hidden)
        grid.arrange(self._recall())
        self.panel.set_filters(grid.arrangement.filters)
        self._show()

    @property
    def arrangement(self) -> Arrangement:
        """How the grid is sorted and filtered."""
        return self.grid.arrangement

    def _set_up(self) -> None:
        self.sorting.setAccessibleName(self.tr("Sort by"))
        self.sorting.setToolTip(self.tr("Sort by"))
        self.direction.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        style.set_role(self.direction, "compact")
        self.direction.setIconSize(QSize(18, 18))
        self.filter_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.filter_button.setIconSize(QSize(16, 16))
        self.filter_button.setToolTip(self.tr("Show only some of the photos"))
        style.set_icon(self.filter_button, "funnel")
        self.slider.setRange(SMALLEST, LARGEST)
        self.slider.setSingleStep(16)
        self.slider.setPageStep(48)
        self.slider.setFixedWidth(SLIDER_WIDTH)
        self.slider.setValue(self.grid.zoom)
        self.slider.setAccessibleName(self.tr("Size of the photos"))
        self.slider.setToolTip(self.tr("Size of the photos"))
        style.set_role(self.shown, "muted")
        style.set_role(self.clear_button, "quiet")

    def _lay_out(self) -> None:
        tools = layouts.row(margins=(12, style.SPACE, 16, style.SPACE), spacing=style.SPACE)
        tools.addWidget(self.sorting)
        tools.addWidget(self.direction)
        tools.addWidget(self.filter_button)
        tools.addStretch()
        tools.addWidget(self.smaller)
        tools.addWidget(self.slider)
        tools.addWidget(self.larger)
        line = layouts.row(self.hidden_line, (16, 0, 16, style.SPACE), spacing=style.SPACE)
        line.addWidget(self.shown, 1)
        line.addWidget(self.clear_button)
        layout = layouts.column(self)
        layout.addLayout(tools)
        layout.addWidget(self.hidden_line)

    # ------------------------------------------------------------------ what people do

    @Slot()
    def _on_sorting(self) -> None:
        sorting = self.sorting.value
        if isinstance(sorting, Sorting):
            first = self._words(sorting).descends_first
            self._arrange(replace(self.arrangement, sorting=sorting, descending=first))

    @Slot()
    def _turn(self) -> None:
        self._arrange(replace(self.arrangement, descending=not self.arrangement.descending))

    @Slot(object)
    def _on_filters(self, filters: Filters) -> None:
        self._arrange(replace(self.arrangement, filters=filters))

    @Slot()
    def open_panel(self) -> None:
        """Offer the filters."""
        self.panel.open_below(self.filter_button)

    def _arrange(self, arrangement: Arrangement) -> None:
        self.grid.arrange(arrangement)
        if arrangement == self._usual:
            QSettings().remove(self._key)
        else:
            QSettings().setValue(self._key, json.dumps(arrangement.to_json()))
        self._show()

    # ------------------------------------------------------------------ what they see

    @property
    def _usual(self) -> Arrangement:
        return Arrangement() if self._given else USUAL

    def _recall(self) -> Arrangement:
        known = QSettings().value(self._key)
        if not isinstance(known, str):
            return self._usual
        try:
            return Arrangement.from_json(json.loads(known))
        except ValueError:
            return self._usual

    def _show(self) -> None:
        arrangement = self.arrangement
        self.sorting.set_choices(self._sortings(), arrangement.sorting)
        words = self._words(arrangement.sorting)
        text = words.descending if arrangement.descending else words.ascending
        self.direction.setToolTip(text)
        self.direction.setAccessibleName(text)
        style.set_icon(
            self.direction,
            "arrow-down-wide-narrow" if arrangement.descending else "arrow-up-narrow-wide",
        )
        count = len(arrangement.filters.to_json())
        text = self.tr("Filter ({})").format(count) if count else self.tr("Filter")
        self.filter_button.setText(f"\N{THIN SPACE}{text}")  # what Qt leaves to the icon is tight
        self.filter_button.setAccessibleName(text)
        self._show_hidden()

    @Slot()
    def _show_hidden(self) -> None:
        filters = self.arrangement.filters
        self.hidden_line.setVisible(bool(filters))
        if filters:
            shown = QLocale().toString(self.grid.passing)
            counts = self.tr("{} of %Ln photos", "", len(self.grid.offered)).format(shown)
            self.shown.setText(f"{counts}: {self.panel.sentence()}")

    @Slot(int)
    def _on_zoom(self, width: int) -> None:
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(width)
        self.slider.blockSignals(blocked)

    def _sortings(self) -> Sequence[tuple[str, object]]:
        return [(name, sorting) for sorting in Sorting if (name := self._words(sorting).name)]

    def _words(self, sorting: Sorting) -> SortWords:  # noqa: PLR0911 - one case an order
        match sorting:
            case Sorting.GIVEN:
                given = self._given or ""
                return SortWords(given, self.tr("In order"), self.tr("In reverse order"), False)
            case Sorting.DATE:
                directions = self.tr("Oldest first"), self.tr("Newest first")
                return SortWords(self.tr("By date"), *directions, descends_first=False)
            case Sorting.NAME:
                directions = self.tr("From A to Z"), self.tr("From Z to A")
                return SortWords(self.tr("By name"), *directions, descends_first=False)
            case Sorting.SCORE:
                directions = self.tr("Lowest score first"), self.tr("Highest score first")
                return SortWords(self.tr("By score"), *directions, descends_first=True)
            case Sorting.SIZE:
                directions = self.tr("Smallest files first"), self.tr("Largest files first")
                return SortWords(self.tr("By size"), *directions, descends_first=True)
            case Sorting.FLAW:
                directions = self.tr("Slightest flaws first"), self.tr("Worst flaws first")
                return SortWords(self.tr("By flaw"), *directions, descends_first=True)
            case Sorting.RATING:
                directions = self.tr("Fewest stars first"), self.tr("Most stars first")
                return SortWords(self.tr("By stars"), *directions, descends_first=True)


class _Icon(Label):
    """A small picture that says nothing by itself."""

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        style.on_change(
            self, lambda label: label.setPixmap(style.icon(name, "muted").pixmap(side, side))
        )
