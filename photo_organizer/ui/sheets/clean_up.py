"""The sheet between marking photos and moving them: what will happen, the move, what happened."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from photo_organizer.engine.cleanup.events import CleanedUp, Moved, Stayed
from photo_organizer.engine.cleanup.planning import Plan
from photo_organizer.engine.cleanup.system_trash import FOLDER_HELPS
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.pages import (
    MARGIN,
    SPACING,
    OutcomePage,
    ProgressPage,
    button_row,
    heading,
)
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, row
from photo_organizer.ui.words.facts_text import size_text

FOLDERS = 4
"""So many folders are named; the others are counted."""
LAST_COPY = "trash.last_copy"
"""The reason that has its own box to overrule it."""


def confirm_clean_up(session: Session, parent: QWidget | None = None) -> CleanUpSheet:
    """Open the sheet for the photos marked now; nothing is moved before the user agrees."""
    sheet = CleanUpSheet(session, parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class CleanUpSheet(QDialog):
    """Says what will happen, shows the move, then what happened.

    The sheet plans from the session's marks when it opens. Last copies stay unless their own box
    is checked; photos in protected folders always stay.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._failures: list[Stayed] = []
        self._end: CleanedUp | None = None
        self._beside = False
        self.plan = session.clean_ups.plan()
        self.setWindowTitle(self.tr("Clean up"))
        self.pages = QStackedLayout(self)
        self.question = _Question(session, self.plan, self)
        self.progress = ProgressPage(self, self.tr("Progress of the clean-up"))
        self.beside_text = Label(wordWrap=True)
        self.beside_text.setText(
            self.tr(
                "There is no trash at their place. They can be moved to a folder with today's "
                "date beside the photos instead; Undo brings them back from there too."
            )
        )
        self.beside = QPushButton(self.tr("Move to a dated folder"))
        self.undo = QPushButton(self.tr("Undo"))
        style.set_icon(self.undo, "undo-2")
        self.outcome = OutcomePage(
            self,
            problems=self.tr("Photos that stayed"),
            why=self.tr("Why it stayed"),
            buttons=[self.beside, self.undo],
            note=self.beside_text,
        )
        for page in (self.question, self.progress, self.outcome):
            self.pages.addWidget(page)
        self.setMinimumWidth(70 * style.SPACE)
        self.question.move_button.setFocus()
        self.question.last_copies.toggled.connect(self._plan_again)
        session.shown.settled.connect(self._on_judged)
        self.question.cancel.clicked.connect(self.reject)
        self.question.move_button.clicked.connect(self._move)
        self.progress.stop.clicked.connect(session.clean_ups.stop)
        self.outcome.done.clicked.connect(self.accept)
        self.undo.clicked.connect(self._undo)
        self.beside.clicked.connect(self._move_beside)
        session.clean_ups.moved.connect(self._on_event)
        session.clean_ups.busy_changed.connect(self._on_busy)

    @Slot(bool)
    def _plan_again(self, allow_last_copy: bool) -> None:
        self.plan = self._session.clean_ups.plan(allow_last_copy)
        self.question.show_plan(self.plan)

    @Slot()
    def _on_judged(self) -> None:
        """Other answers: without sidecars, less was safe, and its marks are gone."""
        if self.pages.currentWidget() is self.question:
            self._plan_again(self.question.last_copies.isChecked())

    @Slot()
    def _move(self) -> None:
        self._carry_out(self.plan, beside=False)

    @Slot()
    def _move_beside(self) -> None:
        left = {failure.path for failure in self._failures}
        removals = [r for r in self.plan.removals if r.photo.path in left]
        self._carry_out(Plan(removals), beside=True)

    def _carry_out(self, plan: Plan, *, beside: bool) -> None:
        self.plan, self._beside = plan, beside
        self._failures, self._end = [], None
        self.progress.begin(self.tr("Moving photos to the trash"), plan.count)
        self.pages.setCurrentWidget(self.progress)
        self._session.clean_ups.clean_up(plan, beside=beside)

    @Slot()
    def _undo(self) -> None:
        self.accept()
        self._session.clean_ups.undo_last()

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if self.pages.currentWidget() is not self.progress:
            return
        match event:
            case Moved(done=done, total=total):
                self.progress.show_step(done, total)
            case Stayed(done=done, total=total):
                self._failures.append(event)
                self.progress.show_step(done, total)
            case CleanedUp():
                self._end = event

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        # Only now the session is free for an undo.
        if busy or self.pages.currentWidget() is not self.progress:
            return
        if self._end is None:
            # The move failed as a whole: the window's status line says why, marks are untouched.
            self.reject()
            return
        self._show_outcome(self._end)
        self.pages.setCurrentWidget(self.outcome)
        self.outcome.done.setFocus()

    def _show_outcome(self, end: CleanedUp) -> None:
        """Say what became of every photo."""
        language = self._session.choices.language
        title = (
            self.tr("%Ln photos are in the dated folder", "", end.moved)
            if self._beside
            else self.tr("%Ln photos are in the trash", "", end.moved)
        )
        parts = []
        if end.moved and not self._beside:
            parts.append(
                self.tr("{0} are freed once the trash is emptied.").format(size_text(end.size))
            )
        if self._failures:
            parts.append(self.tr("%Ln photos stayed where they were:", "", len(self._failures)))
        elif end.stayed:
            parts.append(self.tr("Stopped: %Ln photos were not touched.", "", end.stayed))
        rows = [(stayed.path, stayed.reason.text(language)) for stayed in self._failures]
        self.outcome.show_outcome(title, " ".join(parts), rows)
        offered = not self._beside and any(s.reason.code in FOLDER_HELPS for s in self._failures)
        self.beside.setVisible(offered)
        self.beside_text.setVisible(offered)
        self.undo.setVisible(end.moved > 0)

    def reject(self) -> None:
        """Escape closes the sheet; while photos are being moved it stops the move."""
        if self.pages.currentWidget() is self.progress and self._session.clean_ups.busy:
            self._session.clean_ups.stop()
        else:
            super().reject()


class _Question(QWidget):
    """What will happen."""

    def __init__(self, session: Session, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.title = heading(parent=self)
        self.facts = Label(self, wordWrap=True)
        self.folders = QVBoxLayout()
        self.warnings = QVBoxLayout()
        self.last_copies = QCheckBox(self)
        self.sidecars = QCheckBox(self)
        self.promise = Label(self, wordWrap=True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.move_button = QPushButton(self)
        self.move_button.setDefault(True)
        style.set_role(self.move_button, "primary")
        style.set_role(self.promise, "muted")
        self.promise.setText(
            self.tr(
                "Each photo is checked once more before it is moved: one that changed since, or "
                "whose kept copy is gone, stays. Undo brings everything back."
            )
        )
        layout = column(self, (MARGIN,) * 4, SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.facts)
        self.folders.setSpacing(style.SPACE // 2)
        layout.addLayout(self.folders)
        self.warnings.setSpacing(style.SPACE)
        layout.addLayout(self.warnings)
        layout.addWidget(self.last_copies)
        layout.addWidget(self.sidecars)
        layout.addWidget(self.promise)
        layout.addStretch(1)
        layout.addLayout(button_row(self.cancel, self.move_button))
        groups = len(session.marks.emptied_groups())
        self.last_copies.setVisible(groups > 0)
        self.sidecars.setText(
            self.tr("Keep sidecars, ratings, captions, keywords and places of copies")
        )
        self.sidecars.setToolTip(
            self.tr(
                "The sidecars of a removed copy, and what only it says about the photo, are "
                "written beside the kept one, never into it. Undo takes that back too."
            )
        )
        self.sidecars.setChecked(session.clean_ups.carries_metadata)
        self.sidecars.toggled.connect(self._carry_metadata)
        # Fusion draws the box's edge a shade darker than this: without it, dark on dark.
        palette = self.last_copies.palette()
        palette.setColor(QPalette.ColorRole.Window, style.color("muted"))
        for box in (self.last_copies, self.sidecars):
            box.setPalette(palette)
        self.last_copies.setText(
            self.tr(
                "Also move the last copies of %Ln groups, so that nothing of them stays", "", groups
            )
        )
        self.show_plan(plan)

    def show_plan(self, plan: Plan) -> None:
        """Say what this plan does."""
        self._plan = plan
        self.title.setText(
            self.tr("Move %Ln photos to the trash?", "", plan.count)
            if plan.count
            else self.tr("Nothing to move")
        )
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
                    "%Ln files go along (RAW, films or sidecars of their names).",
                    "",
                    plan.unit_files,
                )
            )
        if plan.sidecars and self._session.clean_ups.carries_metadata:
            sentences.append(
                self.tr("%Ln sidecars are copied to the photos that stay.", "", plan.sidecars)
            )
        self.facts.setText(" ".join(sentences))
        self.sidecars.setVisible(any(r.group is not None for r in plan.removals))
        self.move_button.setText(self.tr("Move %Ln photos to the trash", "", plan.count))
        self.move_button.setEnabled(plan.count > 0)
        _clear(self.folders)
        for line in self._folder_lines(plan):
            label = ElidedLabel(line, self)
            style.set_role(label, "muted")
            self.folders.addWidget(label)
        _clear(self.warnings)
        for line in self._warning_lines(plan):
            self.warnings.addLayout(_warning(line, self))

    @Slot(bool)
    def _carry_metadata(self, carries: bool) -> None:
        self._session.clean_ups.carries_metadata = carries
        self.show_plan(self._plan)

    def _folder_lines(self, plan: Plan) -> list[str]:
        folders = list(plan.folders.items())
        lines = [
            self.tr("{0} from {1}").format(count, folder) for folder, count in folders[:FOLDERS]
        ]
        if len(folders) > FOLDERS:
            rest = folders[FOLDERS:]
            told = self.tr("{} from %Ln more folders", "", len(rest))
            lines.append(told.format(sum(count for _, count in rest)))
        return lines

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
