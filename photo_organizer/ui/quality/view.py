"""Low quality: flagged photos by flaw, worst first. Nothing is chosen for the user."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QPushButton,
    QSplitter,
    QWidget,
)

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.photos.row_delegate import RowContent, RowDelegate
from photo_organizer.ui.photos.threshold_slider import Span, ThresholdSlider
from photo_organizer.ui.quality.bulk_marking import BulkMarking
from photo_organizer.ui.quality.chosen_photos import ChosenPhotos
from photo_organizer.ui.quality.commands import QualityCommands
from photo_organizer.ui.quality.flag_model import FlagModel, FlagRole
from photo_organizer.ui.quality.flaw_preview import FlawPreview
from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.fading_tabs import FadingTabs
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, frame, row
from photo_organizer.ui.widgets.list_model import Index
from photo_organizer.ui.widgets.row_list import RowList
from photo_organizer.ui.widgets.view_state import ViewState
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.names import flaw_name

LIST_WIDTH = 320
LEAST, MOST = 0.95, 0.05
"""Thresholds at the ends of a slider: almost nothing is flagged, almost everything."""


class FlagDelegate(RowDelegate):
    """One flagged photo: its name, what is wrong, what was decided."""

    def __init__(
        self, shown: ShownResult, marks: Marks, thumbnails: Thumbnails, parent: QObject
    ) -> None:
        super().__init__(thumbnails, parent)
        self._shown = shown
        self._marks = marks

    def content(self, index: Index) -> RowContent:
        """What the row at an index says."""
        photo_id = index.data(FlagRole.FLAG).photo
        marked = photo_id in self._marks
        return RowContent(
            self._shown.photos[photo_id],
            index.data(Qt.ItemDataRole.DisplayRole),
            # The flaw's name stands above the list; only what follows it is news.
            index.data(FlagRole.SENTENCE).rpartition(": ")[2],
            index.data(FlagRole.STATE),
            icon="trash-2" if marked else "check",
            note=index.data(FlagRole.CERTAINTY),
        )


class LowQualityView(LibraryView):
    """Decide about flagged photos, one by one or many at once.

    Up and down choose a photo, left and right a flaw; K keeps, T or Delete marks for the trash, G
    says that the photo is fine as it is, or takes that back where it was said before. With several
    photos selected they act on all of these. All that are flagged surely enough are marked by one
    button: see `BulkMarking`.
    """

    key = "low_quality"
    icon = "triangle-alert"
    shows_large = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._row = 0
        self._shown: int | None = None
        self.photos = FlagModel(
            session.choices, session.shown, session.marks, session.thumbnails, self
        )
        self.flaws = FadingTabs(self)
        self.slider = ThresholdSlider(session.choices, self)
        self.bulk = BulkMarking(session, self)
        self.list = RowList(self, several=True)
        self.preview = FlawPreview(session, parent=self)
        self.empty = Label(self, wordWrap=True)
        self.keep_button = self._button(self.tr("Keep"), "K")
        self.trash_button = self._button(self.tr("Trash"), "T")
        self.fine_button = self._button("", "G")
        self.fine_switch = QCheckBox(self)
        self._set_up()
        self._chosen = ChosenPhotos(self.list, self.photos, self)
        self._lay_out()
        accessible.hand_focus(self, self.list)
        self.flaws.currentChanged.connect(self._on_flaw)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        self._chosen.changed.connect(self._on_chosen)
        self.bulk.marked.connect(self.list.setFocus)
        self.list.doubleClicked.connect(self._open)
        update_while_visible(self, self._on_photos, self.photos.modelReset)
        session.marks.changed.connect(self._show_buttons)
        update_while_visible(self, self._show_extent, session.analysis.extent_changed)
        self.keep_button.clicked.connect(self.keep)
        self.trash_button.clicked.connect(self.trash)
        self.fine_button.clicked.connect(self.fine)
        self.fine_switch.toggled.connect(self.photos.set_with_fine)
        self._on_flaw(0)

    # ------------------------------------------------------------------ layout

    def _button(self, text: str, key: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(f"{text} ({key})")
        return button

    def _set_up(self) -> None:
        for flaw in Flaw:
            self.flaws.addTab(flaw_name(flaw))
        self.flaws.setAccessibleName(self.tr("Flaws"))
        self.list.setModel(self.photos)
        self.list.setItemDelegate(
            FlagDelegate(
                self._session.shown, self._session.marks, self._session.thumbnails, self.list
            )
        )
        self.list.setAccessibleName(self.tr("Flagged photos"))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        style.set_role(self.empty, "muted")
        style.set_icon(self.trash_button, "trash-2")
        style.set_icon(self.fine_button, "check")
        self.fine_switch.setToolTip(
            self.tr("List them here too, where G takes it back that they are fine")
        )

    def _lay_out(self) -> None:
        header = frame("header")
        row(header, (style.SPACE, 0, style.SPACE, 0)).addWidget(self.flaws)
        left = frame("pane")
        above = column(margins=(2 * style.SPACE,) * 4)
        above.setSpacing(2 * style.SPACE)
        above.addWidget(self.slider)
        above.addWidget(self.bulk)
        list_side = column(left)
        list_side.addLayout(above)
        list_side.addWidget(self.list, 1)
        under = column(margins=(2 * style.SPACE, style.SPACE, 2 * style.SPACE, style.SPACE))
        under.addWidget(self.fine_switch)
        list_side.addLayout(under)
        left.setMinimumWidth(240)
        actions = row(margins=(2 * style.SPACE, 0, 2 * style.SPACE, 2 * style.SPACE))
        actions.setSpacing(style.SPACE)
        for button in (self.keep_button, self.trash_button, self.fine_button):
            actions.addWidget(button)
        actions.addStretch(1)
        right = frame("pane")
        photo_side = column(right)
        photo_side.addWidget(self.preview, 1)
        photo_side.addWidget(self.empty, 1)
        photo_side.addLayout(actions)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([LIST_WIDTH, 2 * LIST_WIDTH])
        ViewState(self.key).keep_splitter(split)
        layout = column(self)
        layout.addWidget(header)
        layout.addWidget(split, 1)

    # ------------------------------------------------------------------ as a view of the library

    @property
    def view_name(self) -> str:
        """Its name for people."""
        return self.tr("Low quality")

    @property
    def view_count(self) -> int | None:
        """Flagged photos."""
        return len(self._session.shown.index.flags) if self._session.shown.result else None

    def add_commands(self, commands: Commands) -> None:
        """Decide about the photo that is shown."""
        QualityCommands(self, self._session.selection, self._session.shown, commands)

    # ------------------------------------------------------------------ which photo

    @property
    def current(self) -> int | None:
        """The id of the photo the keys act on."""
        return self._shown

    @property
    def listed(self) -> list[int]:
        """The photos with the flaw shown, worst first."""
        return [flag.photo for flag in self.photos.listed]

    @property
    def chosen(self) -> tuple[int, ...]:
        """The photos that the keys act on: the selected ones, else the current one."""
        return self._chosen.ids or (() if self._shown is None else (self._shown,))

    def show_photo(self, photo_id: int) -> None:
        """Go to a photo of the list."""
        index = self.photos.row(photo_id)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def return_to(self, photo_id: int) -> None:
        """Go to the photo that was seen last; what was selected stays so."""
        index = self.photos.row(photo_id)
        if index.isValid():
            self._chosen.go_to(index)
            self._tell_current()

    def set_flaw(self, flaw: Flaw) -> None:
        """Show the photos with a flaw."""
        self.flaws.setCurrentIndex(list(Flaw).index(flaw))

    @Slot(int)
    def _on_flaw(self, number: int) -> None:
        flaw = list(Flaw)[number]
        self._shown = None
        self._row = 0
        self._chosen.forget()
        self.photos.set_flaw(flaw)
        self.slider.set_span(
            Span(flaw.threshold, LEAST, MOST),
            self.tr("Sensitivity: {0}").format(flaw_name(flaw)),
            self.tr("finds fewer"),
            self.tr("finds more"),
        )
        self._on_photos()

    @Slot()
    def _on_photos(self) -> None:
        """The model has other photos: stay with the one shown, or with its place."""
        self._show_extent()
        fine = self.photos.fine_counts[self.photos.flaw]
        self.fine_switch.setText(self.tr("Show what you called fine: {0}").format(fine))
        self.fine_switch.setVisible(fine > 0 or self.photos.with_fine)
        index = self.photos.row(self._shown) if self._shown is not None else QModelIndex()
        if not index.isValid() and self.photos.rowCount():
            index = self.photos.index(min(self._row, self.photos.rowCount() - 1))
        self._chosen.restore(index)
        self._on_row(index)
        self.bulk.set_flags(self.photos.flaw, self.photos.flagged)

    @Slot()
    def _show_extent(self) -> None:
        """How many there are, so far or of all photos."""
        extent = self._session.analysis.extent
        for number, flaw in enumerate(Flaw):
            count = self.photos.counts[flaw]
            self.flaws.setTabText(number, f"{flaw_name(flaw)}  {extent.counted(count)}")
            self.flaws.setAccessibleTabName(number, f"{flaw_name(flaw)}, {extent.spoken(count)}")
        self.empty.setText(self._empty_text())

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        flag = self.photos.item(index)
        self._row = max(0, index.row())
        self._shown = flag.photo if flag else None
        self.preview.show_flag(flag)
        self._tell_current()
        self.preview.setVisible(flag is not None)
        self.empty.setVisible(flag is None)
        self._show_buttons()

    def _tell_current(self) -> None:
        # A hidden view must not change what the visible one shows.
        if self.isVisible() and self._shown is not None:
            self._session.selection.set_current(self._shown)
            self._session.selection.select(self.chosen)

    @Slot()
    def _on_chosen(self) -> None:
        self._tell_current()
        self._show_buttons()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on the session's current photo is the one chosen here."""
        super().showEvent(event)
        self._tell_current()

    @Slot()
    def _show_buttons(self) -> None:
        chosen, marks = self.chosen, self._session.marks.ids
        several = len(chosen) if len(chosen) > 1 else 0
        self.keep_button.setEnabled(not marks.isdisjoint(chosen))
        self.trash_button.setEnabled(not marks.issuperset(chosen))
        self.fine_button.setEnabled(bool(chosen))
        self.keep_button.setText(self.tr("Keep %Ln", "", several) if several else self.tr("Keep"))
        self.trash_button.setText(
            self.tr("Trash %Ln", "", several) if several else self.tr("Trash")
        )
        text, tip = (
            (self.tr("Not fine after all"), self.tr("Flag this photo for this flaw again (G)"))
            if self._is_fine()
            else (
                self.tr("This is fine"),
                self.tr("Never flag this photo for this flaw again, also after a new scan (G)"),
            )
        )
        self.fine_button.setText(text)
        self.fine_button.setToolTip(tip)

    @Slot()
    def _open(self) -> None:
        """Show the photo over the whole screen, among those with the same flaw."""
        if self._shown is not None:
            self.opened.emit(self._shown)

    # ------------------------------------------------------------------ decisions

    def keep(self) -> None:
        """Keep the selected photos; after a single one go on to the next."""
        self._decide(False)

    def trash(self) -> None:
        """Mark the selected photos for the trash; after a single one go on to the next."""
        self._decide(True)

    def fine(self) -> None:
        """Remember that the selected photos are fine, or take that back; the next takes its place.

        Where some of them are fine already, all are afterwards.
        """
        chosen = self.chosen
        if not chosen:
            return
        fine, rows = self._is_fine(), [self.photos.row(i).row() for i in chosen]
        self._shown, self._row = None, min(rows)  # stay at the place, not with the photos
        self._chosen.forget()
        self._session.decisions.decide_all_fine(
            [(i, self.photos.flaw) for i in chosen], not fine, keep=not fine
        )

    def _is_fine(self) -> bool:
        chosen = self.chosen
        return bool(chosen) and all(self.photos.is_fine(self.photos.row(i)) for i in chosen)

    def _decide(self, trash: bool) -> None:
        chosen = self.chosen
        if not chosen:
            return
        self._session.marks.mark(chosen, trash)
        if len(chosen) == 1 and self._row + 1 < self.photos.rowCount():
            self.list.setCurrentIndex(self.photos.index(self._row + 1))

    # ------------------------------------------------------------------ words

    def _empty_text(self) -> str:
        extent = self._session.analysis.extent
        if not extent.whole:
            return extent.nothing_yet
        if self._session.shown.result is None:
            return self.tr("Flagged photos appear here while photos are analysed.")
        return self.tr("No photo is flagged for this. Moving the slider to the right finds more.")

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the whole view, wherever in it the focus is."""
        match event.key():
            case Qt.Key.Key_K:
                self.keep()
            case Qt.Key.Key_T | Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.trash()
            case Qt.Key.Key_G:
                self.fine()
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open()
            case Qt.Key.Key_Left:
                self.flaws.setCurrentIndex(max(0, self.flaws.currentIndex() - 1))
            case Qt.Key.Key_Right:
                self.flaws.setCurrentIndex(
                    min(self.flaws.currentIndex() + 1, self.flaws.count() - 1)
                )
            case (
                Qt.Key.Key_0 | Qt.Key.Key_Z | Qt.Key.Key_Plus | Qt.Key.Key_Equal | Qt.Key.Key_Minus
            ):
                self.preview.keyPressEvent(event)
            case _:
                super().keyPressEvent(event)
