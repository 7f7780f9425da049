"""The sheet that makes something of chosen photos: asks, works where one can watch, and reports."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export import naming
from photo_organizer.engine.export.naming import TemplateError
from photo_organizer.engine.highlights.selection import Chosen, Per, Selection
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.activities import Activity
from photo_organizer.ui.session.problems import Deed
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.export_form import ExportForm, ExportKind, Job
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.reveal import reveal
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.names import selection_name
from photo_organizer.ui.words.plurals import counted

translate = QCoreApplication.translate

LOOK_DELAY = 250
"""Milliseconds after the last key before the drive is asked what is there."""

WIDTH = 78 * style.SPACE
MARGIN = 3 * style.SPACE


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
    for rank, photo_id in enumerate((i for i in ids if i in session.photos), 1):
        place = session.place_of(photo_id)
        score = place[1].score if place else 0.0
        chosen.append(Chosen(session.photos[photo_id], rank, score))
    if not chosen:
        return None
    return open_export(session, [Selection(LIBRARY, tuple(chosen))], Per.LIBRARY, parent)


@dataclass(frozen=True, slots=True)
class ExportStep:
    """One photo is dealt with."""

    path: Path
    made: Path | None = None
    """What is there now, to be shown in its folder."""
    problem: Reason | None = None
    """Why it, or its rating, was left out."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was made at all."""

    reason: Reason


def carry_out(
    job: Job, selections: Sequence[Selection], stars: dict[bytes, int], cancel: threading.Event
) -> Iterator[ExportStep | Refused]:
    """Do a job, photo by photo.

    Args:
        job: what to make.
        selections: of which photos; their names name folders and headings.
        stars: the user's own, by content.
        cancel: nothing more is begun once it is set.
    """
    # Imported here, on a task's thread: they load what reads pictures.
    from photo_organizer.engine.export import contact_sheet, copies
    from photo_organizer.engine.export.contact_sheet import Drawn, SheetError
    from photo_organizer.engine.export.copies import Exported, NotExported, Rated

    place = job.place or Path()
    given = copies.given_or(stars, job.unrated)
    try:
        match job.kind:
            case ExportKind.COPIES:
                targets = naming.plan(selections, place, job.template)
                copies.check_folder(place)
                ratings = given if job.rates else None
                for done in copies.export(targets, link=job.link, stars=ratings, cancel=cancel):
                    if isinstance(done, Exported):
                        yield ExportStep(done.photo.path, done.path, done.unrated)
                    else:
                        yield ExportStep(done.photo.path, problem=done.reason)
            case ExportKind.SHEET:
                for drawn in contact_sheet.draw(selections, place, cancel):
                    yield (
                        ExportStep(drawn.path, place)
                        if isinstance(drawn, Drawn)
                        else ExportStep(drawn.path, problem=drawn.reason)
                    )
            case ExportKind.RATINGS:
                photos = [chosen.photo for one in selections for chosen in one.photos]
                rated = copies.rate_all(selections, given, cancel)
                for photo, event in zip(photos, rated, strict=False):
                    problem = event.reason if isinstance(event, NotExported) else None
                    made = photo.path if isinstance(event, Rated) else None
                    yield ExportStep(photo.path, made, problem)
    except (TemplateError, SheetError, copies.ExportFolderError) as error:
        yield Refused(error.reason)


def look(job: Job, selections: Sequence[Selection]) -> Iterator[object]:
    """Look at the drive before the job: a `Reason` against it, or a `copies.Survey`."""
    from photo_organizer.engine.export import contact_sheet, copies
    from photo_organizer.engine.export.contact_sheet import SheetError

    place = job.place or Path()
    try:
        match job.kind:
            case ExportKind.COPIES:
                targets = naming.plan(selections, place, job.template)
                yield copies.survey(targets, place)
            case ExportKind.SHEET:
                copies.check_folder(place.parent)
                contact_sheet.check(place)
    except (TemplateError, SheetError, copies.ExportFolderError) as error:
        yield error.reason
    except OSError as error:
        yield Reason("export.failed", {"message": system_message(error)})


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
        language = session.language
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
        self.count = sum(len(one.photos) for one in selections)
        self._looked: object = None
        self._asked: Job | None = None
        self._run: _Run | None = None
        self.setObjectName("surface")
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(WIDTH)
        self.question = _Question(self, self._for_folders, self.count)
        self.progress = _Progress(self)
        self.outcome = _Outcome(self)
        self.pages = QStackedLayout(self)
        for page in (self.question, self.progress, self.outcome):
            self.pages.addWidget(page)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_DELAY)
        self._timer.timeout.connect(self._look)
        self.form.changed.connect(self._on_changed)
        self.question.cancel.clicked.connect(self.reject)
        self.question.start.clicked.connect(self.start)
        self.progress.stop.clicked.connect(self._stop)
        self.progress.hide_button.clicked.connect(self.reject)
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
        self._looked = None
        self._asked = self.form.job
        self._timer.start()
        self._show_state()

    @Slot()
    def _look(self) -> None:
        job = self.form.job
        if self.form.problem:
            return
        selections = self.selections(job.kind)

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield from look(job, selections)

        def show(found: object) -> None:
            if isValid(self) and job == self._asked:
                self._looked = found
                self._show_state()

        self._session.tasks.start(work, show)

    def _show_state(self) -> None:
        self.question.show_state(
            self.form.problem, self._looked, self.count, self._session.language
        )

    # ------------------------------------------------------------------ the work

    @Slot()
    def start(self) -> None:
        """Make it."""
        job = self.form.job
        if self.form.problem:
            return
        self._timer.stop()
        self.form.remember()
        self._run = _Run(self._session, self, job, self.selections(job.kind), self.count)
        self.progress.begin(self._run.title, self.count)
        self.pages.setCurrentWidget(self.progress)

    @Slot()
    def _stop(self) -> None:
        if self._run is not None:
            self._run.task.cancel()

    def done(self, result: int) -> None:
        """The sheet closes, however; work that has begun goes on."""
        self._timer.stop()
        if self._run is not None:
            self._run.sheet = None
        super().done(result)


class _Run:
    """One job while it runs: told to the status area, and to the sheet while that is open."""

    def __init__(
        self,
        session: Session,
        sheet: ExportSheet,
        job: Job,
        selections: Sequence[Selection],
        total: int,
    ) -> None:
        self.sheet: ExportSheet | None = sheet
        self._session = session
        self._job = job
        self._total = total
        self._done = 0
        self._made: list[Path] = []
        self._problems: list[ExportStep] = []
        self._refused: Reason | None = None
        stars = dict(session.stars.by_content())
        self.title = {
            ExportKind.COPIES: translate("export", "Linking photos")
            if job.link
            else translate("export", "Copying photos"),
            ExportKind.SHEET: translate("export", "Drawing the contact sheet"),
            ExportKind.RATINGS: translate("export", "Writing ratings"),
        }[job.kind]
        self.task: Task = session.tasks.start(
            lambda cancel: carry_out(job, selections, stars, cancel), self._on_event, self._on_over
        )
        self._activity: Activity = session.activities.begin(self.title, cancel=self.task.cancel)
        self._activity.report(0, total)

    @property
    def _open_sheet(self) -> ExportSheet | None:
        """The sheet, unless it was closed or went with its window."""
        return self.sheet if self.sheet is not None and isValid(self.sheet) else None

    def _on_event(self, event: ExportStep | Refused) -> None:
        if isinstance(event, Refused):
            self._refused = event.reason
            return
        self._done += 1
        if event.made is not None:
            self._made.append(event.made)
        if event.problem:
            self._problems.append(event)
        self._activity.report(self._done, self._total)
        if self._open_sheet is not None:
            self._open_sheet.progress.show_step(self._done, self._total)

    def _on_over(self) -> None:
        stopped = self.task.cancelled
        sheet = self._open_sheet
        outcome = outcome_of(
            self._job,
            made=self._made,
            problems=len(self._problems),
            refused=self._refused,
            stopped=stopped,
            unfinished=not stopped and self._refused is None and self._done < self._total,
            language=self._session.language,
        )
        self._session.problems.replace(
            Deed.EXPORT, [(step.path, step.problem) for step in self._problems if step.problem]
        )
        self._session.problems.replace(
            Deed.EXPORT, [(step.path, step.problem) for step in self._problems if step.problem]
        )
        self._activity.end("" if stopped or sheet is not None else outcome.sentence)
        if sheet is not None:
            sheet.outcome.show_outcome(outcome, self._problems, self._session.language)
            sheet.pages.setCurrentWidget(sheet.outcome)
            sheet.outcome.done.setFocus()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of a job, for people."""

    title: str
    text: str
    show: Path | None
    """What to show in its folder."""
    problems: int = 0
    """How many photos have one."""

    @property
    def sentence(self) -> str:
        """In one line, for people who are elsewhere."""
        if not self.problems:
            return f"{self.title}."
        problems = counted(
            self.problems,
            translate("export", "1 photo has a problem"),
            translate("export", "{} photos have a problem"),
        )
        return f"{self.title}. {problems}."


def outcome_of(
    job: Job,
    *,
    made: Sequence[Path],
    problems: int,
    refused: Reason | None,
    stopped: bool,
    unfinished: bool,
    language: str,
) -> Outcome:
    """Say what came out of a job.

    Args:
        job: what was to be made.
        made: what is there now, one for each photo.
        problems: how many photos have one.
        refused: why nothing was made at all.
        stopped: the user stopped it.
        unfinished: it ended early for a reason that the log has.
        language: of the engine's sentences.
    """
    if refused is not None:
        return Outcome(translate("export", "Nothing was made"), f"{refused.text(language)}.", None)
    if job.kind is ExportKind.SHEET and (stopped or unfinished):
        return Outcome(
            translate("export", "The contact sheet was not made"),
            translate("export", "Nothing was written."),
            None,
        )
    count = len(made)
    match job.kind:
        case ExportKind.COPIES if job.link:
            title = counted(
                count,
                translate("export", "1 photo is linked"),
                translate("export", "{} photos are linked"),
            )
        case ExportKind.COPIES:
            title = counted(
                count,
                translate("export", "1 photo is copied"),
                translate("export", "{} photos are copied"),
            )
        case ExportKind.SHEET:
            title = translate("export", "The contact sheet is there")
        case ExportKind.RATINGS:
            title = counted(
                count,
                translate("export", "1 photo has a rating"),
                translate("export", "{} photos have ratings"),
            )
    parts = []
    if stopped:
        parts.append(translate("export", "Stopped: what was made until then stays."))
    elif unfinished:
        parts.append(
            translate(
                "export", "It ended early because of an error; what was made until then stays."
            )
        )
    if job.place is not None:
        parts.append(str(job.place))
    if problems:
        parts.append(
            counted(
                problems,
                translate("export", "1 photo has a problem:"),
                translate("export", "{} photos have a problem:"),
            )
        )
    return Outcome(title, "\n".join(parts), made[0] if made else None, problems)


class _Question(QWidget):
    """What to make."""

    def __init__(self, sheet: ExportSheet, selections: Sequence[Selection], count: int) -> None:
        super().__init__(sheet)
        title = QLabel(counted(count, self.tr("Export 1 photo"), self.tr("Export {} photos")))
        style.set_role(title, "heading")
        self._folders = sheet._session.folders
        self.form = ExportForm(selections, sheet._session.language)
        self.state_icon = QLabel()
        self.state = QLabel(wordWrap=True)
        # Two lines: the form must not be squeezed by what it has to say.
        self.state.setMinimumHeight(2 * self.state.fontMetrics().lineSpacing())
        self.state.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.start = QPushButton()
        self.start.setDefault(True)
        style.set_role(self.start, "primary")
        line = layouts.row(spacing=style.SPACE)
        line.addWidget(self.state_icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.state, 1)
        layout = layouts.column(self, (MARGIN,) * 4, 2 * style.SPACE)
        layout.addWidget(title)
        layout.addWidget(self.form, 1)
        layout.addLayout(line)
        layout.addLayout(_buttons(self.cancel, self.start))

    def show_state(self, problem: str, looked: object, count: int, language: str) -> None:
        """Say whether this can be made, and what will be in the way."""
        from_drive = f"{looked.text(language)}." if isinstance(looked, Reason) else ""
        text, warns = f"{problem}." if problem else from_drive, True
        self.start.setEnabled(not text)
        if not text:
            text, warns = self._forecast(looked)
        self.state.setText(text)
        style.set_role(self.state, "" if warns else "muted")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        icon = style.icon("triangle-alert", "warning")
        self.state_icon.setPixmap(icon.pixmap(16, 16))
        self.state_icon.setVisible(warns)
        job = self.form.job
        self.start.setText(
            {
                ExportKind.COPIES: counted(
                    count, self.tr("Link 1 photo"), self.tr("Link {} photos")
                )
                if job.link
                else counted(count, self.tr("Copy 1 photo"), self.tr("Copy {} photos")),
                ExportKind.SHEET: self.tr("Draw the contact sheet"),
                ExportKind.RATINGS: self.tr("Write ratings"),
            }[job.kind]
        )

    def _forecast(self, looked: object) -> tuple[str, bool]:
        """A sentence, and whether it is a warning."""
        job = self.form.job
        calm = self.tr("Nothing that exists is overwritten.")
        if job.kind is not ExportKind.COPIES or looked is None:
            return calm, False
        taken = int(getattr(looked, "taken", 0))
        needed, free = int(getattr(looked, "needed", 0)), int(getattr(looked, "free", 0))
        if not job.link and needed > free:
            text = self.tr("There is not enough room: {0} are needed, {1} are free.")
            return text.format(size_text(needed), size_text(free)), True
        if taken:
            return (
                counted(
                    taken,
                    self.tr(
                        "1 name exists there already: what has it stays, its photo is left out."
                    ),
                    self.tr("{} names exist there already: what has them stays as it is."),
                ),
                True,
            )
        if job.link:
            return calm, False
        if job.place and any(job.place.is_relative_to(folder) for folder in self._folders):
            text = self.tr(
                "{} will be copied into your library: the next analysis finds the copies as "
                "duplicates."
            )
            return text.format(size_text(needed)), True
        copied = self.tr("{} will be copied.").format(size_text(needed))
        return f"{copied} {calm}", False


class _Progress(QWidget):
    """The work while it happens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = QLabel()
        style.set_role(self.title, "heading")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        self.figures = QLabel()
        style.set_role(self.figures, "muted")
        self.hide_button = QPushButton(self.tr("Go on in the background"))
        self.stop = QPushButton(self.tr("Stop"))
        layout = layouts.column(self, (MARGIN,) * 4, 2 * style.SPACE)
        for widget in (self.title, self.bar, self.figures):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(_buttons(self.hide_button, self.stop))

    def begin(self, title: str, total: int) -> None:
        """Nothing is done yet."""
        self.title.setText(title)
        self.show_step(0, total)

    def show_step(self, done: int, total: int) -> None:
        """So many photos are dealt with."""
        self.bar.setMaximum(max(1, total))
        self.bar.setValue(done)
        spoken = QLocale()
        text = self.tr("{0} of {1}")
        self.figures.setText(text.format(spoken.toString(done), spoken.toString(total)))


class _Outcome(QWidget):
    """What came out of it, and where it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._show: Path | None = None
        self.title = QLabel(wordWrap=True)
        style.set_role(self.title, "heading")
        self.text = QLabel(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problems = QTreeWidget()
        self.problems.setRootIsDecorated(False)
        self.problems.setUniformRowHeights(True)
        self.problems.setHeaderLabels([self.tr("File"), self.tr("Why")])
        self.problems.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.problems.header().resizeSection(0, 24 * style.SPACE)
        self.problems.setAccessibleName(self.tr("Photos with a problem"))
        self.folder = QPushButton(self.tr("Show in folder"))
        style.set_icon(self.folder, "folder-open")
        self.done = QPushButton(self.tr("Done"))
        self.done.setDefault(True)
        style.set_role(self.done, "primary")
        layout = layouts.column(self, (MARGIN,) * 4, 2 * style.SPACE)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addWidget(self.problems, 1)
        layout.addStretch(0)
        layout.addLayout(_buttons(self.folder, self.done))
        self.folder.clicked.connect(self._reveal)

    def show_outcome(self, outcome: Outcome, problems: Sequence[ExportStep], language: str) -> None:
        """Tell it."""
        self._show = outcome.show
        self.title.setText(outcome.title)
        self.text.setText(outcome.text)
        self.text.setVisible(bool(outcome.text))
        self.problems.clear()
        for step in problems:
            reason = step.problem
            why = reason.text(language) if reason else ""
            item = QTreeWidgetItem([step.path.name, why])
            item.setToolTip(0, str(step.path))
            item.setToolTip(1, why)
            self.problems.addTopLevelItem(item)
        self.problems.setVisible(bool(problems))
        self.folder.setVisible(outcome.show is not None)

    @Slot()
    def _reveal(self) -> None:
        if self._show is not None:
            reveal(self._show)


def _buttons(*buttons: QPushButton) -> QHBoxLayout:
    line = layouts.row(spacing=style.SPACE)
    line.addStretch(1)
    for button in buttons:
        line.addWidget(button)
    return line
