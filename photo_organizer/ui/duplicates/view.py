"""Duplicates: the groups of one kind at the left, the photos of one group side by side."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.duplicates.commands import DuplicateCommands
from photo_organizer.ui.duplicates.compare_view import MOST_PANES, CompareView, Mode
from photo_organizer.ui.duplicates.group_model import GroupModel, GroupRole
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.photos.row_delegate import RowContent, RowDelegate
from photo_organizer.ui.photos.threshold_slider import Span, ThresholdSlider
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.list_model import Index
from photo_organizer.ui.widgets.row_list import RowList
from photo_organizer.ui.widgets.view_state import ViewState
from photo_organizer.ui.widgets.visible_updates import update_while_visible
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.names import kind_name

LIST_WIDTH = 320


class GroupDelegate(RowDelegate):
    """One duplicate group: its keeper, how many photos, what can be freed, what is marked."""

    def __init__(self, shown: ShownResult, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(thumbnails, parent)
        self._shown = shown

    def content(self, index: Index) -> RowContent:
        """What the row at an index says."""
        group: Group = index.data(GroupRole.GROUP)
        return RowContent(
            self._shown.photos[group.keeper],
            index.data(Qt.ItemDataRole.DisplayRole),
            index.data(GroupRole.SUMMARY),
            index.data(GroupRole.STATE),
        )


class DuplicatesView(LibraryView):
    """Decide about duplicates.

    Left and right choose a photo, up and down a group. K keeps, T or Delete marks for the trash,
    Space or Enter shows it over the whole screen; the keys of `CompareView` work too. What else can
    be done with a group are commands (see `photo_organizer.ui.duplicates.commands`). Groups the
    user kept all of, or is done with, are not shown again unless asked for.
    """

    key = "duplicates"
    icon = "copy"
    shows_large = True

    group_shown = Signal()
    """Another group is shown, or the view came up or went away."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._shown: Group | None = None
        self._row = 0
        self._times_shown = 0
        """Groups shown so far: what shows one by itself need not be shown again."""
        self._chosen = False
        self.groups = GroupModel(session.shown, session.marks, session.thumbnails, self)
        self.kinds = {kind: QPushButton(self) for kind in GroupKind}
        self.wording = Label(self, wordWrap=True)
        self.slider = ThresholdSlider(session.choices, self)
        self.list = RowList(self)
        self.mark_safe = QPushButton(self)
        self.reviewed = QPushButton(self)
        self.reviewed.setCheckable(True)
        self.compare = CompareView(session, self)
        self.title = ElidedLabel("", self)
        self.empty = Label(self, wordWrap=True)
        self._set_up_list()
        self._lay_out()
        accessible.hand_focus(self, self.list)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        self.list.doubleClicked.connect(self._open)
        update_while_visible(self, self._on_groups, self.groups.modelReset)
        self.compare.strip.people_changed.connect(self._offer_faces)
        self.mark_safe.clicked.connect(session.marks.mark_safe)
        self.reviewed.toggled.connect(self.groups.show_reviewed)
        session.marks.changed.connect(self._show_safe)
        update_while_visible(self, self._show_extent, session.analysis.extent_changed)
        self._show_kind(self._first_kind() or GroupKind.EXACT)

    # ------------------------------------------------------------------ layout

    def _set_up_list(self) -> None:
        self.list.setModel(self.groups)
        self.list.setItemDelegate(
            GroupDelegate(self._session.shown, self._session.thumbnails, self.list)
        )
        self.list.setAccessibleName(self.tr("Duplicate groups"))
        choice = QButtonGroup(self)
        accessible.one_stop(choice)
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            choice.addButton(button)
            style.set_role(button, "nav")
            button.clicked.connect(lambda _=False, kind=kind: self._choose_kind(kind))

    def _lay_out(self) -> None:
        style.set_role(self.wording, "muted")
        style.set_role(self.title, "heading")
        style.set_role(self.empty, "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        split = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([LIST_WIDTH, 3 * LIST_WIDTH])
        ViewState(self.key).keep_splitter(split)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setObjectName("pane")
        left.setMinimumWidth(240)
        top = QVBoxLayout()
        top.setContentsMargins(style.SPACE, style.SPACE, style.SPACE, 0)
        top.setSpacing(0)
        for button in self.kinds.values():
            top.addWidget(button)
        about = QVBoxLayout()
        about.setContentsMargins(2 * style.SPACE, style.SPACE, 2 * style.SPACE, style.SPACE)
        about.setSpacing(2 * style.SPACE)
        about.addWidget(self.wording)
        about.addWidget(self.slider)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(*(2 * style.SPACE,) * 4)
        bottom.setSpacing(style.SPACE)
        bottom.addWidget(self.reviewed)
        bottom.addWidget(self.mark_safe)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(about)
        layout.addWidget(self.list, 1)
        layout.addLayout(bottom)
        return left

    def _right(self) -> QWidget:
        right = QFrame()
        right.setObjectName("pane")
        head = QHBoxLayout()
        head.setSpacing(style.SPACE // 2)
        head.addWidget(self.title, 1)
        for button in self._view_buttons():
            head.addWidget(button)
        actions = QHBoxLayout()
        actions.setSpacing(style.SPACE)
        self.buttons = {
            "only": self._button(self.tr("Keep only this"), "O", self.keep_only),
            "all": self._button(self.tr("Keep all"), "A", self.keep_all),
            "reviewed": self._button("", "V", self.toggle_reviewed),
            "different": self._button(self.tr("Not duplicates"), "S", self.not_duplicates),
            "next": self._button(self.tr("Next group"), "N", self.next_group),
        }
        self.buttons["all"].setToolTip(
            self.tr("Keep every photo and do not show the group again (A)")
        )
        self.buttons["different"].setToolTip(
            self.tr("These photos are never put into one group again (S)")
        )
        style.set_role(self.buttons["next"], "primary")
        for name, action in self.buttons.items():
            if name == "next":
                actions.addStretch(1)
            actions.addWidget(action)
        layout = QVBoxLayout(right)
        layout.setContentsMargins(*(2 * style.SPACE,) * 4)
        layout.setSpacing(style.SPACE)
        layout.addLayout(head)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.compare, 1)
        layout.addLayout(actions)
        return right

    def _view_buttons(self) -> list[QToolButton]:
        compare = self.compare
        fit = self._tool(self.tr("Fit"), "Ctrl+0")
        fit.clicked.connect(compare.fit)
        actual = self._tool(self.tr("100 %"), "Z")
        actual.clicked.connect(compare.show_actual_pixels)
        loupe = self._tool(self.tr("Loupe"), "L", checkable=True)
        loupe.toggled.connect(compare.set_loupe)
        compare.loupe_toggled.connect(loupe.setChecked)
        self.faces = self._tool(self.tr("Faces"), "F")
        self.faces.clicked.connect(lambda: compare.step_face(1))
        buttons = [fit, actual, self.faces, loupe]
        for mode, text, key in (
            (Mode.BLINK, self.tr("Blink"), "B"),
            (Mode.DIFFERENCE, self.tr("Difference"), "D"),
        ):
            button = self._tool(text, key, checkable=True)
            button.clicked.connect(
                lambda on, mode=mode: compare.set_mode(mode if on else Mode.PLAIN)
            )
            compare.mode_changed.connect(
                lambda now, mode=mode, button=button: button.setChecked(now is mode)
            )
            buttons.append(button)
        self.view_buttons = buttons
        return buttons

    def _tool(self, text: str, key: str, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(checkable)
        button.setText(text)
        button.setToolTip(f"{text} ({key})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        style.set_role(button, "compact")
        return button

    def _button(self, text: str, key: str, action: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(f"{text} ({key})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action)
        return button

    # ------------------------------------------------------------------ as a view of the library

    @property
    def view_name(self) -> str:
        """Its name for people."""
        return self.tr("Duplicates")

    @property
    def view_count(self) -> int | None:
        """Groups of all kinds that wait for a decision."""
        waiting = self._session.shown.index.duplicates.waiting
        return sum(waiting.values()) if self._session.shown.result else None

    def add_commands(self, commands: Commands) -> None:
        """Decide about the group that is shown."""
        DuplicateCommands(self, self._session, commands)

    # ------------------------------------------------------------------ which group

    @property
    def kind(self) -> GroupKind:
        """The kind of duplicates shown."""
        return self.groups.kind

    @property
    def listed(self) -> tuple[int, ...]:
        """The photos of the group shown."""
        return self._shown.photos if self._shown else ()

    def next_group(self) -> None:
        """Go to the next group; after the last of a kind to the first of the next kind."""
        row = self.list.currentIndex().row() + 1
        if row < self.groups.rowCount():
            self.list.setCurrentIndex(self.groups.index(row))
            return
        kinds = list(GroupKind)
        for kind in kinds[kinds.index(self.kind) + 1 :]:
            if self.groups.counts[kind]:
                self._choose_kind(kind)
                return
        self._session.message.emit(
            self.tr("That was the last group.")
            if self._session.analysis.extent.whole
            else self.tr("That was the last group found so far.")
        )

    def previous_group(self) -> None:
        """Go to the group above; before the first of a kind to the last of the kind before."""
        row = self.list.currentIndex().row() - 1
        if row >= 0:
            self.list.setCurrentIndex(self.groups.index(row))
            return
        kinds = list(GroupKind)
        for kind in reversed(kinds[: kinds.index(self.kind)]):
            if self.groups.counts[kind]:
                self._choose_kind(kind)
                self.list.setCurrentIndex(self.groups.index(self.groups.rowCount() - 1))
                return

    def show_photo(self, photo_id: int) -> None:
        """Show the group of a photo, whatever its kind; nothing when it has none."""
        group = self._session.shown.group_of(photo_id)
        if group is not None:
            self._show_kind(group.kind)
            self.list.setCurrentIndex(self.groups.row(group.photos))
            self.compare.set_current(photo_id)

    def _first_kind(self) -> GroupKind | None:
        return next((kind for kind in GroupKind if self.groups.counts[kind]), None)

    def _choose_kind(self, kind: GroupKind) -> None:
        self._chosen = True
        self._show_kind(kind)

    def _show_kind(self, kind: GroupKind) -> None:
        self.kinds[kind].setChecked(True)
        span = _span(kind)
        self.slider.setVisible(span is not None)
        if span is not None:
            self.slider.set_span(
                span, self.tr("Similarity"), self.tr("looser"), self.tr("stricter")
            )
        before = self._times_shown
        self.groups.set_kind(kind)  # tells of other groups itself, if there are
        if self._times_shown == before:
            self._on_groups()

    @Slot()
    def _on_groups(self) -> None:
        """The model has other groups: stay with the photos that were shown, where they are."""
        first = self._first_kind()
        if first is not None and not self._chosen and not self.groups.counts[self.kind]:
            # The first results: begin where there is something to see.
            self._show_kind(first)
            return
        self._show_counts()
        done = self.groups.reviewed[self.kind]
        self.reviewed.setText(
            self.tr("Hide reviewed ({})").format(done)
            if self.groups.shows_reviewed
            else self.tr("Show reviewed ({})").format(done)
        )
        self.reviewed.setVisible(done > 0)
        index = self.groups.row(self._shown.photos if self._shown else ())
        if not index.isValid() and self.groups.rowCount():
            index = self.groups.index(min(self._row, self.groups.rowCount() - 1))
        before = self._times_shown
        self.list.setCurrentIndex(index)  # shows the group of another row itself
        if self._times_shown == before:
            self._on_row(index)
        self._show_safe()

    def _show_counts(self) -> None:
        extent = self._session.analysis.extent
        for kind, button in self.kinds.items():
            count = self.groups.counts[kind]
            button.setText(f"{kind_name(kind)}   {extent.counted(count)}")
            groups = self.tr("%Ln groups", "", count)
            if not extent.whole:
                groups = self.tr("{} so far").format(groups)
            button.setAccessibleName(f"{kind_name(kind)}, {groups}")

    @Slot()
    def _show_extent(self) -> None:
        """More was looked at, or all."""
        self._show_counts()
        self._show_title()
        self._show_safe()

    @Slot(QModelIndex)
    def _on_row(self, index: QModelIndex) -> None:
        group = self.groups.group(index)
        self._times_shown += 1
        self._row = max(0, index.row())
        self._shown = group
        self.compare.set_group(group)
        if group is None and self.compare.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus()
        self.compare.setVisible(group is not None)
        following = self.groups.group(self.groups.index(index.row() + 1))
        if following is not None:
            self.compare.prefetch(following.photos[:MOST_PANES])
        self.empty.setVisible(group is None)
        for button in (*self.buttons.values(), *self.view_buttons):
            button.setEnabled(group is not None)
        self._offer_faces()
        is_reviewed = group is not None and group.reviewed
        self.buttons["reviewed"].setText(
            self.tr("Not reviewed") if is_reviewed else self.tr("Reviewed")
        )
        self.buttons["reviewed"].setToolTip(
            self.tr("Ask about this group again (V)")
            if is_reviewed
            else self.tr("Done with this group, marks stay; do not show it again (V)")
        )
        self._show_title()
        self.group_shown.emit()

    def _show_title(self) -> None:
        if self._shown is None:
            self.title.clear()
            self.empty.setText(self._empty_text())
        else:
            count = self._session.analysis.extent.counted(self.groups.rowCount())
            self.title.setText(self.tr("Group {0} of {1}").format(f"{self._row + 1:,}", count))

    @Slot()
    def _offer_faces(self) -> None:
        """Where nobody is seen twice, there is nothing to go through."""
        self.faces.setVisible(bool(self.compare.strip.people))

    def showEvent(self, event: QShowEvent) -> None:
        """The commands on the group can be used."""
        super().showEvent(event)
        self.group_shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """They cannot be used any more."""
        super().hideEvent(event)
        self.group_shown.emit()

    @Slot()
    def _open(self) -> None:
        """Show the current photo over the whole screen, among those of its group."""
        if self.compare.current is not None:
            self.opened.emit(self.compare.current)

    # ------------------------------------------------------------------ decisions

    def keep(self) -> None:
        """Keep the current photo and go on to the next of the group."""
        self._decide(False)

    def trash(self) -> None:
        """Mark the current photo for the trash and go on to the next of the group."""
        self._decide(True)

    def keep_only(self) -> None:
        """Keep the current photo, mark all others of the group."""
        if self._shown is not None and self.compare.current is not None:
            self._session.marks.keep_only(self._shown, self.compare.current)

    def keep_all(self) -> None:
        """Mark none of the group, and do not show it again."""
        if self._shown is not None:
            self._session.decisions.keep_all(self._shown)

    def toggle_reviewed(self) -> None:
        """Be done with the group as it is marked, or ask about it again."""
        if self._shown is not None:
            self._session.decisions.decide_reviewed(self._shown, not self._shown.reviewed)

    @property
    def current_folder(self) -> Path | None:
        """Where the current photo lies."""
        photo = self._session.shown.photos.get(self.compare.current or 0)
        return photo.path.parent if photo is not None else None

    def keep_from_folder(self, keep: bool) -> None:
        """Let photos in the current one's folder stay rather than copies elsewhere, or not."""
        folder = self.current_folder
        if folder is None:
            return
        self._session.choices.keep_from(folder, keep)
        said = (
            self.tr("From now on photos in “{}” stay rather than copies elsewhere.")
            if keep
            else self.tr("Photos in “{}” are not preferred any more.")
        )
        self._session.message.emit(said.format(folder.name or folder))

    def not_duplicates(self) -> None:
        """Remember that these photos are different ones."""
        if self._shown is not None:
            self._session.decisions.decide_not_duplicates(self._shown)

    def _decide(self, trash: bool) -> None:
        if self.compare.current is not None:
            self._session.marks.mark((self.compare.current,), trash)
            self.compare.step(1)

    @Slot()
    def _show_safe(self) -> None:
        self.wording.setText(self._wording(self.kind))
        marks = self._session.marks
        safe, left = marks.safe, marks.safe_left
        self.mark_safe.setEnabled(left > 0)
        if left:
            self.mark_safe.setText(self.tr("Mark %Ln copies for the trash", "", left))
        elif not self._session.analysis.extent.whole:
            self.mark_safe.setText(self.tr("No safe copies so far"))
        elif safe:
            self.mark_safe.setText(self.tr("All safe copies are marked"))
        else:
            self.mark_safe.setText(self.tr("No copy is safe to remove unseen"))
        self.mark_safe.setToolTip(
            self.tr(
                "Of all kinds, the copies that you lose nothing with: what stays is at least as "
                "good in every measure. Nothing is moved before you clean up."
            )
        )

    # ------------------------------------------------------------------ words

    def _wording(self, kind: GroupKind) -> str:
        freeable = size_text(self.groups.freeable[kind])
        match kind:
            case GroupKind.EXACT:
                equal = self.tr("Equal in all that the files hold.")
                safe = self.groups.safe[kind] - self._unsafe_bytes(kind)
                freed = self.tr("{0} can be freed safely.").format(size_text(safe))
                return f"{equal} {freed}" if safe else equal
            case GroupKind.SAME:
                return self.tr(
                    "One picture in other sizes, formats or edits. Up to {0} can be freed; look "
                    "where the keeper is not better in everything."
                ).format(freeable)
            case GroupKind.SIMILAR:
                return self.tr(
                    "Different shots of one moment. Nothing is chosen for you, except a copy of "
                    "one that stays."
                )

    def _unsafe_bytes(self, kind: GroupKind) -> int:
        """Of what was safe to free, what is not any more: what it was safe for is marked, too."""
        shown = self._session.shown
        return sum(
            shown.photos.size_of(photo)
            for photo in self._session.marks.unsafe
            if (group := shown.group_of(photo)) is not None and group.kind is kind
        )

    def _empty_text(self) -> str:
        if self._session.shown.result is None and self._session.analysis.extent.whole:
            return self.tr("Duplicates appear here while photos are analysed.")
        if not self._session.analysis.extent.whole:
            return self._session.analysis.extent.nothing_yet
        if self.groups.reviewed[self.kind]:
            return self.tr("All groups of this kind are reviewed.")
        if self.kind is GroupKind.EXACT:
            return self.tr("There are no exact copies.")
        return self.tr("Nothing was found here. Moving the slider to “looser” may find more.")

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the whole view, wherever in it the focus is."""
        match event.key():
            case Qt.Key.Key_K:
                self.keep()
            case Qt.Key.Key_T | Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.trash()
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open()
            case Qt.Key.Key_Up:
                self.previous_group()
            case Qt.Key.Key_Down:
                self.next_group()
            case _:
                self.compare.keyPressEvent(event)


def _span(kind: GroupKind) -> Span | None:
    """The threshold behind a kind's slider: exact copies have none."""
    match kind:
        case GroupKind.EXACT:
            return None
        case GroupKind.SAME:
            return Span("duplicates.same", 0.6, 0.98)
        case GroupKind.SIMILAR:
            return Span("duplicates.similar", 0.5, 0.96)
