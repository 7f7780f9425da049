"""The sheet between marking photos and moving them: what will happen, the move, what happened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QStackedLayout, QWidget
from shiboken6 import isValid

from photo_organizer.engine.cleanup.events import CleanedUp, Moved, Stayed
from photo_organizer.engine.cleanup.planning import Plan
from photo_organizer.engine.cleanup.system_trash import FOLDER_HELPS
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up_outcome import Came, CleanUpOutcome
from photo_organizer.ui.sheets.clean_up_question import CleanUpQuestion
from photo_organizer.ui.sheets.pages import ProgressPage
from photo_organizer.ui.widgets import motion, style
from photo_organizer.ui.words.facts_text import size_text

AT_ONCE = 2000
"""Marked photos with which the sheet comes up with its question; with more it looks first."""
LARGEST = QSize(960, 720)
"""Of the sheet, where the window around it is larger."""


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
        self._moves: list[Moved] = []
        self._failures: list[Stayed] = []
        self._end: CleanedUp | None = None
        self._beside = False
        self._asked = 0
        few = len(session.marks) <= AT_ONCE
        self.plan = session.clean_ups.plan() if few else Plan(())
        self.setWindowTitle(self.tr("Clean up"))
        self.pages = QStackedLayout(self)
        self.question = CleanUpQuestion(session, self.plan, self)
        self.progress = ProgressPage(self, self.tr("Progress of the clean-up"))
        self.outcome = CleanUpOutcome(session, self)
        self.looking = ProgressPage(self, self.tr("Progress of the clean-up"))
        self.looking.stop.setText(self.tr("Cancel"))
        for page in (self.question, self.looking, self.progress, self.outcome):
            self.pages.addWidget(page)
        self.setMinimumSize(70 * style.SPACE, 56 * style.SPACE)
        room = parent.window().size() - QSize(48, 48) if parent else LARGEST
        self.resize(room.boundedTo(LARGEST))
        self.question.move_button.setFocus()
        self.looking.stop.clicked.connect(self.reject)
        self.question.last_copies.toggled.connect(self._plan_again)
        self.question.kept.connect(self._keep)
        session.shown.settled.connect(self._on_judged)
        self.question.cancel.clicked.connect(self.reject)
        self.question.move_button.clicked.connect(self._move)
        self.progress.stop.clicked.connect(session.clean_ups.stop)
        self.outcome.done.clicked.connect(self.accept)
        self.outcome.undo.clicked.connect(self._undo)
        self.outcome.beside.clicked.connect(self._move_beside)
        session.clean_ups.moved.connect(self._on_event)
        session.clean_ups.busy_changed.connect(self._on_busy)
        if not few:
            self._plan_again(False)

    @Slot(bool)
    def _plan_again(self, allow_last_copy: bool) -> None:
        """Plan what is marked now: at once, or soon where there is much to look at."""
        self._asked += 1
        if len(self._session.marks) <= AT_ONCE:
            plan = self._session.clean_ups.plan(allow_last_copy)
            if isValid(self):  # its window may have gone while the files were looked at
                self._ask(plan)
            return
        asked = self._asked
        self.looking.begin(self.tr("Looking at the marked photos…"), 0)
        self.looking.bar.setMaximum(1 if motion.reduced() else 0)
        self.looking.figures.clear()
        self.pages.setCurrentWidget(self.looking)

        def take(plan: Plan) -> None:
            # The sheet may be closed by now, or something else may be marked.
            if isValid(self) and asked == self._asked:
                self._ask(plan)

        self._session.clean_ups.plan_soon(take, allow_last_copy)

    def _ask(self, plan: Plan) -> None:
        self.plan = plan
        self.question.show_plan(plan)
        if self.pages.currentWidget() is self.looking:
            self.pages.setCurrentWidget(self.question)
            self.question.move_button.setFocus()

    @Slot(int)
    def _keep(self, photo_id: int) -> None:
        self._session.marks.mark([photo_id], False)
        self._plan_again(self.question.last_copies.isChecked())

    @Slot()
    def _on_judged(self) -> None:
        """Other answers: without sidecars, less was safe, and its marks are gone."""
        if self.isVisible() and self.pages.currentWidget() in (self.question, self.looking):
            self._plan_again(self.question.last_copies.isChecked())

    @Slot()
    def _move(self) -> None:
        self._carry_out(self.plan, beside=False)

    @Slot()
    def _move_beside(self) -> None:
        left = {failure.path for failure in self._failures}
        removals = [r for r in self.plan.removals if r.photo.path in left]
        self._carry_out(Plan(removals, self.plan.refusals), beside=True)

    def _carry_out(self, plan: Plan, *, beside: bool) -> None:
        self.plan, self._beside = plan, beside
        self._moves, self._failures, self._end = [], [], None
        self.progress.begin(self.tr("Moving photos to the trash"), plan.count)
        self.pages.setCurrentWidget(self.progress)
        self._session.clean_ups.clean_up(plan, beside=beside)

    @Slot()
    def _undo(self) -> None:
        number = self._end.batch if self._end else None
        self.accept()
        if number is not None:
            self._session.clean_ups.undo(number)

    @Slot(object)
    def _on_event(self, event: object) -> None:
        if self.pages.currentWidget() is not self.progress:
            return
        match event:
            case Moved(done=done, total=total):
                self._moves.append(event)
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
        if stayed := len(self._failures) + len(self.plan.refusals):
            parts.append(self.tr("%Ln photos stayed where they were.", "", stayed))
        if (untouched := end.stayed - len(self._failures)) > 0:
            parts.append(self.tr("Stopped: %Ln photos were not touched.", "", untouched))
        self.outcome.show_outcome(title, " ".join(parts), self._came(), beside=self._beside)
        offered = not self._beside and any(s.reason.code in FOLDER_HELPS for s in self._failures)
        self.outcome.beside.setVisible(offered)
        self.outcome.beside_text.setVisible(offered)
        self.outcome.undo.setVisible(end.moved > 0)

    def _came(self) -> list[Came]:
        """What came of each marked photo that was come to."""
        planned = {removal.photo.path: removal.photo for removal in self.plan.removals}
        return [
            *(Came(planned[one.path], reason=one.reason) for one in self._failures),
            *(Came(one.photo, reason=one.reason) for one in self.plan.refusals),
            *(Came(planned[one.path], place=one.place) for one in self._moves),
        ]

    def reject(self) -> None:
        """Escape closes the sheet; while photos are being moved it stops the move."""
        if self.pages.currentWidget() is self.progress and self._session.clean_ups.busy:
            self._session.clean_ups.stop()
        else:
            super().reject()
