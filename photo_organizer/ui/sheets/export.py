"""The sheet that makes something of chosen photos: asks, works where one can watch, and reports."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QPushButton, QStackedLayout, QWidget
from shiboken6 import isValid

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.export.job import ExportJob, ExportKind, ExportStep, Survey, survey
from photo_organizer.engine.highlights.selection import Chosen, Per, Selection
from photo_organizer.ui.commands.commands import beside_icon
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.export_form import ExportForm
from photo_organizer.ui.sheets.export_outcome import Outcome
from photo_organizer.ui.sheets.export_question import QuestionPage
from photo_organizer.ui.sheets.export_run import ExportRun
from photo_organizer.ui.sheets.pages import OutcomePage, ProgressPage
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.file_manager import show_in_file_manager
from photo_organizer.ui.words.names import selection_name

LOOK_DELAY = 250
"""Milliseconds after the last key before the drive is asked what is there."""

WIDTH = 78 * style.SPACE


def open_export(
    session: Session, selections: Sequence[Selection], per: Per, parent: QWidget | None = None
) -> ExportSheet:
    """Open the sheet for these photos beside the window, which goes on."""
    sheet = ExportSheet(session, selections, per, parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.show()
    return sheet


def open_export_of(session: Session, ids: Sequence[int], parent: QWidget) -> ExportSheet | None:
    """Open the sheet for photos by id, in this order; None where there are none."""
    chosen = []
    for rank, photo_id in enumerate((i for i in ids if i in session.shown.photos), 1):
        place = session.shown.place_of(photo_id)
        score = place[1].score if place else 0.0
        chosen.append(Chosen(session.shown.photos[photo_id], rank, score))
    if not chosen:
        return None
    return open_export(session, [Selection(LIBRARY, tuple(chosen))], Per.LIBRARY, parent)


class ExportSheet(QDialog):
    """Asks what to make of photos, makes it in the background, says what became of every photo.

    It stands beside the window. When it is closed before the work is over, the work goes on and
    the window's status area tells of it.

    Args:
        session: whose photos and stars.
        selections: the photos; at least one.
        per: what the selections are of.
    """

    def __init__(
        self,
        session: Session,
        selections: Sequence[Selection],
        per: Per,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        language = session.choices.language
        # Folders of months and events keep names that sort; categories are called as people do.
        self._for_folders = [
            replace(one, name=selection_name(one.name, per, language))
            if per is Per.CATEGORY
            else one
            for one in selections
        ]
        self._for_headings = [
            one
            if one.name == LIBRARY
            else replace(one, name=selection_name(one.name, per, language))
            for one in selections
        ]
        self._asked: ExportJob | None = None
        self._run: ExportRun | None = None
        self._to_show: Path | None = None
        self.setObjectName("surface")
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(WIDTH)
        self.question = QuestionPage(
            self,
            self._for_folders,
            folders=session.analysis.folders,
            language=language,
            tasks=session.tasks,
            marked=sum(
                chosen.photo.id in session.marks for one in selections for chosen in one.photos
            ),
        )
        self.hide_button = QPushButton(self.tr("Go on in the background"))
        self.progress = ProgressPage(self, self.tr("Progress of the export"), self.hide_button)
        self.folder_button = QPushButton(beside_icon(self.tr("Show in folder")))
        style.set_icon(self.folder_button, "folder-open")
        self.outcome = OutcomePage(
            self,
            problems=self.tr("Photos with a problem"),
            why=self.tr("Why"),
            buttons=[self.folder_button],
        )
        self.pages = QStackedLayout(self)
        for page in (self.question, self.progress, self.outcome):
            self.pages.addWidget(page)
        self._look_later = Debounce(self, LOOK_DELAY, self._look)
        self.form.changed.connect(self._on_changed)
        self.question.cancel.clicked.connect(self.reject)
        self.question.start.clicked.connect(self.start)
        self.progress.stop.clicked.connect(self._stop)
        self.hide_button.clicked.connect(self.reject)
        self.folder_button.clicked.connect(self._show_in_folder)
        self.outcome.done.clicked.connect(self.accept)
        self._on_changed()

    @property
    def form(self) -> ExportForm:
        """What is asked for."""
        return self.question.form

    def selections(self, kind: ExportKind) -> Sequence[Selection]:
        """The photos, under the names that this kind needs."""
        return self._for_headings if kind is ExportKind.SHEET else self._for_folders

    # ------------------------------------------------------------------ before

    @Slot()
    def _on_changed(self) -> None:
        self._asked = self.form.job
        self._look_later.start()
        self.question.show_state(None)

    def _look(self) -> None:
        """Look at the place of the job in the background, and show what was found there."""
        job = self.form.job
        if self.form.problem:
            return
        selections = self.selections(job.kind)

        def work(_cancel: threading.Event) -> Iterator[Survey | Reason]:
            try:
                yield survey(job, selections)
            except ExportError as error:
                yield error.reason

        def show(found: Survey | Reason) -> None:
            if isValid(self) and job == self._asked:
                self.question.show_state(found)

        self._session.tasks.start(work, show)

    # ------------------------------------------------------------------ the work

    @Slot()
    def start(self) -> None:
        """Make it."""
        job = self.form.job
        if self.form.problem:
            return
        self._look_later.stop()
        self.form.remember()
        selections = self.selections(job.kind)
        self._run = ExportRun(self._session, job, selections, self)
        self.progress.begin(self._run.title, sum(len(one.photos) for one in selections))
        self.pages.setCurrentWidget(self.progress)

    @Slot()
    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()

    def show_step(self, done: int, total: int) -> None:
        """Part of `Watcher`: so many photos are dealt with."""
        self.progress.show_step(done, total)

    def show_outcome(self, outcome: Outcome, problems: Sequence[ExportStep]) -> None:
        """Part of `Watcher`: the work is over."""
        self._to_show = outcome.show
        self.folder_button.setVisible(outcome.show is not None)
        language = self._session.choices.language
        rows = [(step.path, step.problem.text(language)) for step in problems if step.problem]
        self.outcome.show_outcome(outcome.title, outcome.text, rows)
        self.pages.setCurrentWidget(self.outcome)
        self.outcome.done.setFocus()

    @Slot()
    def _show_in_folder(self) -> None:
        if self._to_show is not None:
            show_in_file_manager(self._to_show)

    def done(self, result: int) -> None:
        """The sheet closes, however; work that has begun goes on."""
        self._look_later.stop()
        if self._run is not None:
            self._run.leave()
        super().done(result)
