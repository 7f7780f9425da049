"""What a clean-up will do: the photos that go beside those that stay for them, folder by folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photo_organizer.engine.cleanup.planning import Plan, Refusal, Removal
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.pages import MARGIN, SPACING, button_row, heading
from photo_organizer.ui.sheets.photo_lines import Line, LineList
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.file_manager import show_in_file_manager
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, row
from photo_organizer.ui.widgets.list_model import Index, ListModel
from photo_organizer.ui.words.facts_text import folder_text, short_folders, size_text
from photo_organizer.ui.words.plain_text import tip

LAST_COPY = "trash.last_copy"
"""The reason that has its own box to overrule it."""

FOLDERS_WIDTH = 240

Fate = Removal | Refusal
"""What becomes of a marked photo."""


@dataclass(frozen=True, slots=True)
class Part:
    """The photos of one folder, or all of them, or those that stay."""

    name: str
    whole: str
    """The folder's whole path; "" for what is no folder."""
    fates: Sequence[Fate]

    @property
    def size(self) -> int:
        """Bytes of its photos."""
        return sum(fate.photo.identity.size for fate in self.fates)


class PartModel(ListModel[Part]):
    """The parts, each with how many photos and how large they are."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and numbers in two lines."""
        part = self.item(index)
        if part is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{part.name}\n{self._numbers(part)}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip(part.whole) if part.whole else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{part.whole or part.name}, {self._numbers(part)}"
        return None

    def _numbers(self, part: Part) -> str:
        count = self.tr("%Ln photos", "", len(part.fates))
        return f"{count}, {size_text(part.size)}"


class CleanUpQuestion(QWidget):
    """What will happen, and whether it shall.

    Folders stand at the left, their photos beside them; K keeps the photo that is chosen.
    """

    kept = Signal(int)
    """The photo (its id) that shall stay after all."""

    def __init__(self, session: Session, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._plan = plan
        self.title = heading(parent=self)
        self.facts = Label(self, wordWrap=True)
        self.parts = PartModel(self)
        self.folders = QListView(self)
        self.photos: LineList[Fate] = LineList(self._line, session.thumbnails, self)
        self.keep = QToolButton(self)
        self.warnings = QVBoxLayout()
        self.last_copies = QCheckBox(self)
        self.sidecars = QCheckBox(self)
        self.promise = Label(self, wordWrap=True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.move_button = QPushButton(self)
        self._set_up_lists()
        self._set_up_choices()
        self._lay_out()
        self.folders.selectionModel().currentChanged.connect(self._open_part)
        self.photos.selectionModel().currentChanged.connect(self._offer_keep)
        self.photos.doubleClicked.connect(self._reveal)
        self.keep.clicked.connect(self._keep)
        self.sidecars.toggled.connect(self._carry_metadata)
        self.show_plan(plan)

    # ------------------------------------------------------------------ set-up

    def _set_up_lists(self) -> None:
        self.folders.setModel(self.parts)
        self.folders.setUniformItemSizes(True)
        style.set_role(self.folders, "parts")
        self.folders.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.folders.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.folders.setFixedWidth(FOLDERS_WIDTH)
        self.folders.setAccessibleName(self.tr("Folders that photos go from"))
        self.photos.setAccessibleName(self.tr("Photos that go, and what stays for them"))
        self.photos.setMinimumHeight(2 * 80)
        self.keep.setText(self.tr("Keep this photo after all (K)"))
        self.keep.setToolTip(self.tr("Take its mark away; it stays where it is"))
        style.set_role(self.keep, "compact")

    def _set_up_choices(self) -> None:
        self.move_button.setDefault(True)
        style.set_role(self.move_button, "primary")
        style.set_role(self.promise, "muted")
        self.promise.setText(
            self.tr(
                "Each photo is checked once more before it is moved: one that changed since, or "
                "whose kept copy is gone, stays. Undo brings everything back."
            )
        )
        groups = len(self._session.marks.emptied_groups())
        self.last_copies.setVisible(groups > 0)
        self.last_copies.setText(
            self.tr(
                "Also move the last copies of %Ln groups, so that nothing of them stays", "", groups
            )
        )
        self.sidecars.setText(
            self.tr("Keep sidecars, ratings, captions, keywords and places of copies")
        )
        self.sidecars.setToolTip(
            self.tr(
                "The sidecars of a removed copy, and what only it says about the photo, are "
                "written beside the kept one, never into it. Undo takes that back too."
            )
        )
        self.sidecars.setChecked(self._session.clean_ups.carries_metadata)
        # Fusion draws the box's edge a shade darker than this: without it, dark on dark.
        palette = self.last_copies.palette()
        palette.setColor(QPalette.ColorRole.Window, style.color("muted"))
        for box in (self.last_copies, self.sidecars):
            box.setPalette(palette)

    def _lay_out(self) -> None:
        lists = row(spacing=style.SPACE)
        lists.addWidget(self.folders)
        lists.addWidget(self.photos, 1)
        under = row()
        under.addStretch(1)
        under.addWidget(self.keep)
        self.warnings.setSpacing(style.SPACE)
        layout = column(self, (MARGIN,) * 4, SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.facts)
        shown = column(spacing=style.SPACE // 2)
        shown.addLayout(lists, 1)
        shown.addLayout(under)
        layout.addLayout(shown, 1)
        layout.addLayout(self.warnings)
        layout.addWidget(self.last_copies)
        layout.addWidget(self.sidecars)
        layout.addWidget(self.promise)
        layout.addLayout(button_row(self.cancel, self.move_button))

    # ------------------------------------------------------------------ what is shown

    def show_plan(self, plan: Plan) -> None:
        """Say what this plan does."""
        self._plan = plan
        self.title.setText(
            self.tr("Move %Ln photos to the trash?", "", plan.count)
            if plan.count
            else self.tr("Nothing to move")
        )
        self.facts.setText(" ".join(self._sentences(plan)))
        self.sidecars.setVisible(any(r.group is not None for r in plan.removals))
        self.move_button.setText(self.tr("Move %Ln photos to the trash", "", plan.count))
        self.move_button.setEnabled(plan.count > 0)
        self._show_parts(plan)
        _clear(self.warnings)
        for line in self._warning_lines(plan):
            self.warnings.addLayout(_warning(line, self))

    def _sentences(self, plan: Plan) -> list[str]:
        kept = len(self._session.shown.photos) - plan.count
        groups = sum(count > 0 for count in plan.kept.values())
        sentences = [
            self.tr("{0} go to the trash.").format(size_text(plan.size)),
            self.tr("%Ln photos stay.", "", kept),
        ]
        if groups:
            sentences.append(
                self.tr("%Ln groups lose photos and keep at least one each.", "", groups)
            )
        if plan.unit_files:
            sentences.append(
                self.tr(
                    "%Ln files go along (RAW, videos or sidecars of their names).",
                    "",
                    plan.unit_files,
                )
            )
        if plan.sidecars and self._session.clean_ups.carries_metadata:
            sentences.append(
                self.tr("%Ln sidecars are copied to the photos that stay.", "", plan.sidecars)
            )
        return sentences

    def _show_parts(self, plan: Plan) -> None:
        """The folders, those first that most go from; whoever looks at one stays there."""
        before = self.parts.item(self.folders.currentIndex())
        photo = self.photos.currentIndex().row()
        folders = list(plan.by_folder)
        names = short_folders(folders) if folders else []
        parts = [
            Part(name, folder_text(folder), plan.by_folder[folder])
            for name, folder in zip(names, folders, strict=True)
        ]
        if len(parts) > 1:
            parts.insert(0, Part(self.tr("All folders"), "", plan.removals))
        if plan.refusals:
            parts.append(Part(self.tr("Stay although marked"), "", plan.refusals))
        self.parts.set_items(parts)
        self.folders.setVisible(bool(parts))
        self.photos.setVisible(bool(parts))
        self.keep.setVisible(bool(parts))
        known = [part.whole or part.name for part in parts]
        was = (before.whole or before.name) if before else ""
        self.folders.setCurrentIndex(self.parts.index(known.index(was) if was in known else 0))
        rows = self.photos.lines.rowCount()
        if was in known and photo >= 0 and rows:
            self.photos.setCurrentIndex(self.photos.lines.index(min(photo, rows - 1)))

    @Slot(QModelIndex)
    def _open_part(self, index: QModelIndex) -> None:
        part = self.parts.item(index)
        self.photos.show_items(part.fates if part else ())

    def _line(self, fate: Fate) -> Line:
        size = size_text(fate.photo.identity.size)
        language = self._session.choices.language
        if isinstance(fate, Refusal):
            return Line(fate.photo, "triangle-alert", "warning", fate.reason.text(language), size)
        kept = _kept(fate)
        if kept is None:
            return Line(fate.photo, "trash-2", "danger", self._why(fate), size)
        here, there = short_folders([fate.photo.path.parent, kept.path.parent])
        stays = self._stays(fate).format(kept.path.name)
        if here != there:
            source = self.tr("From {0}").format(here)  # not within: Qt's tool would miss it
            stays = f"{source}\n{stays} ({there})"
        return Line(fate.photo, "trash-2", "danger", stays, size, kept)

    def _stays(self, removal: Removal) -> str:
        match removal.group.kind if removal.group else GroupKind.SIMILAR:
            case GroupKind.EXACT:
                return self.tr("Identical and stays: {0}")
            case GroupKind.SAME:
                return self.tr("The same picture and stays: {0}")
            case GroupKind.SIMILAR:
                return self.tr("Similar and stays: {0}")

    def _why(self, removal: Removal) -> str:
        """Why a photo goes for which nothing stays."""
        if removal.group is not None:
            return self.tr("The last one of its group")
        language = self._session.choices.language
        flags = self._session.shown.flags_of(removal.photo.id)
        said = "; ".join(flag.reason.text(language) for flag in flags)
        return said or self.tr("Marked by you")

    def _warning_lines(self, plan: Plan) -> list[str]:
        language = self._session.choices.language
        counts = Counter(
            refusal.reason.text(language)
            for refusal in plan.refusals
            if refusal.reason.code != LAST_COPY
        )
        lines = [
            self.tr("%Ln marked photos stay.", "", count) + f" {reason}."
            for reason, count in counts.items()
        ]
        last = sum(refusal.reason.code == LAST_COPY for refusal in plan.refusals)
        if last:
            lines.append(
                self.tr("%Ln marked photos stay, because all of their groups are marked.", "", last)
            )
        if plan.last_copies:
            lines.append(
                self.tr(
                    "Nothing stays of %Ln groups.",
                    "",
                    sum(count == 0 for count in plan.kept.values()),
                )
            )
        return lines

    # ------------------------------------------------------------------ what people do

    @Slot(bool)
    def _carry_metadata(self, carries: bool) -> None:
        self._session.clean_ups.carries_metadata = carries
        self.show_plan(self._plan)

    @Slot(QModelIndex)
    def _reveal(self, index: QModelIndex) -> None:
        fate = self.photos.lines.item(index)
        if fate is not None:
            show_in_file_manager(fate.photo.path)

    @Slot()
    def _offer_keep(self) -> None:
        self.keep.setEnabled(
            isinstance(self.photos.lines.item(self.photos.currentIndex()), Removal)
        )

    @Slot()
    def _keep(self) -> None:
        fate = self.photos.lines.item(self.photos.currentIndex())
        if isinstance(fate, Removal):
            self.kept.emit(fate.photo.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """K keeps the chosen photo after all."""
        if event.key() == Qt.Key.Key_K:
            self._keep()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for some photos."""
        return QSize(880, 640)


def _kept(removal: Removal) -> Photo | None:
    """The photo that stays for one that goes: its group's keeper, where that stays."""
    keeper = removal.group.keeper if removal.group else None
    return next((p for p in removal.kept if p.id == keeper), next(iter(removal.kept), None))


def _warning(text: str, parent: QWidget) -> QHBoxLayout:
    icon, label = Label(parent), Label(text, parent)
    icon.setPixmap(style.icon("triangle-alert", "warning").pixmap(16, 16))
    label.setWordWrap(True)
    line = row(spacing=style.SPACE)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label, 1)
    return line


def _clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if isinstance(inner, QHBoxLayout):
            _clear(inner)
        if widget is not None:
            widget.deleteLater()
