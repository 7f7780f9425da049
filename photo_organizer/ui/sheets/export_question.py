"""The page of the export sheet that asks what to make, and says what will be in its way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.export.job import ExportJob, ExportKind, Survey
from photo_organizer.engine.highlights.selection import Selection
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.sheets.export_form import ExportForm
from photo_organizer.ui.sheets.pages import MARGIN, SPACING, button_row, heading
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.punctuation import sentence


class QuestionPage(QWidget):
    """What to make.

    Args:
        parent: the sheet.
        selections: the photos; at least one.
        folders: of the library.
        language: of the engine's sentences.
        tasks: run what looks at a drive.
        marked: so many of the photos are marked for the trash.
    """

    def __init__(
        self,
        parent: QWidget | None,
        selections: Sequence[Selection],
        *,
        folders: Sequence[Path],
        language: str,
        tasks: Tasks,
        marked: int = 0,
    ) -> None:
        super().__init__(parent)
        self._count = sum(len(selection.photos) for selection in selections)
        self._folders = folders
        self._language = language
        title = heading(self.tr("Export %Ln photos", "", self._count))
        self.form = ExportForm(selections, language, tasks)
        self.marked = Label(
            self.tr(
                "%Ln of them are marked for the trash. They are exported all the same, because you "
                "chose them.",
                "",
                marked,
            ),
            wordWrap=True,
        )
        self.marked.setVisible(marked > 0)
        self.state_icon = Label()
        self.state = Label(wordWrap=True)
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
        layout = layouts.column(self, (MARGIN,) * 4, SPACING)
        layout.addWidget(title)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.marked)
        layout.addLayout(line)
        layout.addLayout(button_row(self.cancel, self.start))

    def show_state(self, looked: Survey | Reason | None) -> None:
        """Say whether this can be made, and what will be in the way.

        Args:
            looked: what was found at its place, or why nothing can be made there; None while
                nobody has looked.
        """
        job = self.form.job
        reason = looked.text(self._language) if isinstance(looked, Reason) else ""
        problem = self.form.problem or reason
        self.start.setEnabled(not problem)
        if problem:
            text, warns = sentence(problem), True
        else:
            text, warns = self._forecast(job, looked if isinstance(looked, Survey) else None)
        self.state.setText(text)
        style.set_role(self.state, "" if warns else "muted")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        icon = style.icon("triangle-alert", "warning")
        self.state_icon.setPixmap(icon.pixmap(16, 16))
        self.state_icon.setVisible(warns)
        self.start.setText(self._start_text(job))

    def _start_text(self, job: ExportJob) -> str:
        match job.kind:
            case ExportKind.COPIES if job.link:
                return self.tr("Link %Ln photos", "", self._count)
            case ExportKind.COPIES:
                return self.tr("Copy %Ln photos", "", self._count)
            case ExportKind.SHEET:
                return self.tr("Draw the contact sheet")
            case ExportKind.RATINGS:
                return self.tr("Write ratings")

    def _forecast(self, job: ExportJob, found: Survey | None) -> tuple[str, bool]:
        """A sentence, and whether it is a warning."""
        calm = self.tr("Nothing that exists is overwritten.")
        if job.kind is not ExportKind.COPIES or found is None:
            return calm, False
        if not job.link and found.needed > found.free:
            text = self.tr("There is not enough room: {0} are needed, {1} are free.")
            return text.format(size_text(found.needed), size_text(found.free)), True
        if found.taken:
            return (
                self.tr(
                    "%Ln names exist there already: what has them stays as it is.", "", found.taken
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
            return text.format(size_text(found.needed)), True
        parts = [self._written(found), calm]
        if not job.form.location:
            parts.insert(1, self.tr("No copy says where its photo was taken."))
        return " ".join(parts), False

    def _written(self, found: Survey) -> str:
        size = size_text(found.needed)
        if not found.encoded:
            return self.tr("{} will be copied.").format(size)
        if found.encoded == self._count:
            return self.tr("About {} will be written, as JPEG.").format(size)
        made = self.tr("About {} will be written, %Ln photos as JPEG.", "", found.encoded)
        return made.format(size)
