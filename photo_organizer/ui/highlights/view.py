"""The best photos of the library or of one category: the whole ranking, or the best few of each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QSettings, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget
from shiboken6 import isValid

from photo_organizer.engine.browse.sort_filter import Sorting
from photo_organizer.engine.domain.results import LIBRARY, Ranked
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.highlights import selection
from photo_organizer.engine.highlights.selection import Per, Selection
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.highlights.commands import HighlightCommands
from photo_organizer.ui.highlights.taste_line import TasteLine
from photo_organizer.ui.photos.library_view import GridView
from photo_organizer.ui.session.result_index import Places
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.export import open_export
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.input_fields import Chooser, NumberField
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.names import category_name, selection_name

COUNT, MOST = 20, 9999
"""Of photos that are the best of something: at first, and the most that can be asked for."""

AT_ONCE = 2000
"""Photos among which the best are chosen at once; among more of them beside the window."""

REST = 200
"""Milliseconds without another mark after which the best are chosen among many anew."""

Give = Callable[[Sequence[int], Mapping[int, str]], None]
"""Takes the photos to show, and their notes."""

ALL = ""
"""In place of a `Per`: the whole ranking."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best photos as they are shown, to be made something of."""

    selections: tuple[Selection, ...]
    per: Per

    @property
    def ids(self) -> list[int]:
        """All photos in the order shown."""
        return [chosen.photo.id for one in self.selections for chosen in one.photos]

    @property
    def count(self) -> int:
        """How many photos."""
        return sum(len(one.photos) for one in self.selections)


class HighlightsView(GridView):
    """What to choose from and how many, over a grid in rank order, over how it is ranked."""

    key = "highlights"
    icon = "sparkles"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._best: Best | None = None
        self._asked = 0
        self.chooser = Chooser()
        self.chooser.setAccessibleName(self.tr("Category"))
        self.per = Chooser()
        self.per.setAccessibleName(self.tr("What to show of it"))
        self.per.addItem(self.tr("Whole ranking"), ALL)
        for per in Per:
            self.per.addItem(self._best_of(per), per.value)
        self.per.setItemData(
            self.per.findData(Per.EVENT.value),
            self.tr("An event ends where no photo was taken for {} hours").format(
                QLocale().toString(Thresholds()["export.event.gap_hours"])
            ),
            Qt.ItemDataRole.ToolTipRole,
        )
        for box in (self.chooser, self.per):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        # In a narrow window, the category is the one that gives way.
        self.chooser.setMinimumWidth(14 * style.SPACE)
        self.per.ensurePolished()
        self.per.setMinimumWidth(self.per.sizeHint().width())
        self.count = NumberField()
        self.count.setFixedWidth(10 * style.SPACE)
        self.count.setRange(1, MOST)
        self.count.setAccessibleName(self.tr("How many photos"))
        self.count.setKeyboardTracking(False)
        self.show_button = self._tool(self.tr("Slideshow"), "play")
        self.export_button = self._tool(self.tr("Export…"), "folder-output")
        self.show_button.setToolTip(self.tr("Show these photos one after the other"))
        self.export_button.setToolTip(
            self.tr("Copy the best photos, draw a contact sheet, write star ratings (Ctrl+Shift+E)")
        )
        self.variety = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        """Says why a lower score can come before a higher one."""
        style.set_role(self.variety, "muted")
        self.variety.setMinimumWidth(1)  # in a narrow window, it gives way first
        self.taste = TasteLine(session.choices, session.shown, session.stars)
        self._lay_out()
        self._recall()
        accessible.hand_focus(self, self.grid)
        self._choose_soon = Debounce(self, REST, self._update_ranking)
        self.chooser.currentIndexChanged.connect(self._show_ranking)
        self.per.currentIndexChanged.connect(self._choose_otherwise)
        self.count.valueChanged.connect(self._choose_otherwise)
        self.count.lineEdit().returnPressed.connect(self.take_focus)
        self.show_button.clicked.connect(lambda: self.slideshow.emit(self.ids))
        self.export_button.clicked.connect(self.export_best)
        self.grid.arranged.connect(self._show_variety)
        session.stars.share_changed.connect(self.grid.sort_again)
        update_while_visible(self, self._show, session.shown.changed)
        update_while_visible(self, self._on_marks, session.marks.changed)
        self._show()

    def _tool(self, text: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(text)
        style.set_icon(button, icon)
        style.set_role(button, "compact")
        return button

    def _lay_out(self) -> None:
        header = layouts.frame("header")
        row = layouts.row(header, (12, 8, 12, 8), spacing=style.SPACE)
        for widget in (self.chooser, self.per, self.count):
            row.addWidget(widget)
        row.addWidget(self.variety, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.export_button)
        layout = layouts.column(self)
        layout.addWidget(header)
        layout.addWidget(self.bar)
        layout.addWidget(self.grid)
        layout.addWidget(self.sort_line)
        layout.addWidget(self.taste)

    # ------------------------------------------------------------------ as a view of the library

    @property
    def view_name(self) -> str:
        """Its name for people."""
        return self.tr("Highlights")

    @property
    def own_order(self) -> str:
        """The best first."""
        return self.tr("By rank")

    def add_commands(self, commands: Commands) -> None:
        """Make something of the best photos."""
        HighlightCommands(self, commands)

    @Slot()
    def export_best(self) -> None:
        """Make something of the best photos, as they are narrowed to here."""
        self.wanted.emit(True)  # it may have to catch up with the newest result
        self.grid.sort_again()  # what is exported is what is seen
        self.hand_over(
            lambda best: (
                best.selections
                and open_export(self._session, best.selections, best.per, self.window())
            )
        )

    # ------------------------------------------------------------------ what is shown

    @property
    def category(self) -> str:
        """The key of the category shown, `LIBRARY` for the whole library."""
        return self.chooser.currentData() or LIBRARY

    @property
    def best(self) -> Best | None:
        """The best photos shown; None while the whole ranking is."""
        return self._best

    @property
    def ids(self) -> list[int]:
        """The photos shown: the best ones, or all of the ranking."""
        result = self._session.shown.result
        ranked = result.highlights.get(self.category, ()) if result else ()
        return self._best.ids if self._best else [one.photo for one in ranked]

    @property
    def chosen(self) -> Best | None:
        """What can be made something of: the best photos, or one of each group of the ranking."""
        choose = self._chooser()
        return choose() if choose else None

    def hand_over(self, then: Callable[[Best], object]) -> None:
        """Give what is `chosen` to `then`, soon where there is much to choose from."""
        choose = self._chooser()
        if choose is None:
            return
        if len(self._session.shown.photos) <= AT_ONCE:
            then(choose())
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield choose()

        def show(best: Best) -> None:
            if isValid(self):
                then(best)

        self._session.tasks.start(work, show)

    def _chooser(self) -> Callable[[], Best] | None:
        """Chooses what is asked for at present, on whichever thread."""
        result, key, within = self._session.shown.result, self.per.currentData(), self.category
        if result is None:
            return None
        per = Per.LIBRARY if key == ALL else Per(key)
        count = len(result.photos) if key == ALL else self.count.value()
        marked = self._session.marks.ids
        return lambda: Best(tuple(selection.best(result, per, count, within, marked)), per)

    @Slot()
    def _show(self) -> None:
        result = self._session.shown.result
        shown = self.category
        names = [name for name, ranked in result.highlights.items() if ranked] if result else []
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for name in names:
                self.chooser.addItem(category_name(name, self._session.choices.language), name)
            self.chooser.setCurrentIndex(max(0, self.chooser.findData(shown)))
        self.chooser.setEnabled(bool(names))
        for widget in (self.per, self.count, self.show_button, self.export_button):
            widget.setEnabled(bool(names))
        if self.category == shown:
            self._update_ranking()
        else:
            self._show_ranking()

    @Slot()
    def _on_marks(self) -> None:
        """What is marked is not among the best; in the whole ranking it has its place."""
        if self.per.currentData() == ALL:
            return
        if len(self._session.shown.photos) <= AT_ONCE:
            self._update_ranking()
        else:
            self._choose_soon.start()

    @Slot()
    def _choose_otherwise(self) -> None:
        settings = QSettings()
        settings.setValue("highlights/per", self.per.currentData())
        settings.setValue("highlights/count", self.count.value())
        self._show_ranking()

    def _recall(self) -> None:
        settings = QSettings()
        count = str(settings.value("highlights/count", COUNT))
        self.count.setValue(int(count) if count.isdecimal() else COUNT)
        self.per.setCurrentIndex(max(0, self.per.findData(settings.value("highlights/per", ALL))))

    def _best_of(self, per: Per) -> str:
        match per:
            case Per.LIBRARY:
                return self.tr("Best of all")
            case Per.CATEGORY:
                return self.tr("Best of each category")
            case Per.MONTH:
                return self.tr("Best of each month")
            case Per.EVENT:
                return self.tr("Best of each event")

    @Slot()
    def _show_ranking(self) -> None:
        """Something else was asked for."""
        self._fill_grid(self.grid.set_photos)

    @Slot()
    def _update_ranking(self) -> None:
        """The same was asked for; photos keep their places while people decide."""
        self._fill_grid(self.grid.update_photos)

    def _fill_grid(self, give: Give) -> None:
        result, per = self._session.shown.result, self.per.currentData()
        self.count.setVisible(per != ALL)
        self.grid.follow_decisions(rank=True, choice=per != ALL)
        self._asked += 1
        if result is None or per == ALL:
            self._best = None
            places: Mapping[int, tuple[int, Ranked]] = self._session.shown.index.places
            if result is not None and self.category != LIBRARY:
                places = Places(result.highlights.get(self.category, ()))
            self._fill(give, list(places), _PlaceNotes(places))
        else:
            asked = self._asked
            # Something else may be asked for before the answer is there.
            self.hand_over(
                lambda best: self._show_best(give, best) if asked == self._asked else None
            )

    @Slot()
    def _show_variety(self) -> None:
        """A ranking is more than its scores; in another order nothing is ranked."""
        ranked = self.grid.arrangement.sorting is Sorting.GIVEN and bool(self.grid.photos.ids)
        text = (
            self.tr("With variety, flaws last")
            if self._best is None
            else self.tr("With variety: one of alike photos")
        )
        self.variety.setText(text if ranked else "")

    def _show_best(self, give: Give, best: Best) -> None:
        self._best = best
        notes: dict[int, str] = {}
        for one in best.selections:
            name = selection_name(one.name, best.per, self._session.choices.language)
            for chosen in one.photos:
                said = f"{chosen.score:.2f}" if best.per is Per.LIBRARY else name
                if len(one.photos) > 1:
                    # Not "3.": that is its place in the whole ranking.
                    said = self.tr("{0} of {1}  {2}").format(chosen.rank, len(one.photos), said)
                notes[chosen.photo.id] = said
        self._fill(give, best.ids, notes)

    def _fill(self, give: Give, ids: Sequence[int], notes: Mapping[int, str]) -> None:
        give(ids, notes)
        if self.isVisible():
            self.grid.claim_current()


class _PlaceNotes(Mapping[int, str]):
    """Place and score of each ranked photo, "3.  0.91", written for the few that are seen."""

    def __init__(self, places: Mapping[int, tuple[int, Ranked]]) -> None:
        self._places = places

    def __getitem__(self, photo_id: int) -> str:
        place, ranked = self._places[photo_id]
        return f"{place:,}.  {ranked.score:.2f}"

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
