"""What to make of chosen photos: copies, a contact sheet, or star ratings beside them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QDate, QSettings, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from photo_organizer.engine.export.copy_form import AS_THEY_ARE, FULL_SIZE, CopyForm
from photo_organizer.engine.export.job import ExportJob, ExportKind
from photo_organizer.engine.export.naming import TEMPLATE
from photo_organizer.engine.files import folders
from photo_organizer.engine.highlights.selection import Selection
from photo_organizer.ui.session.stars import MOST, spoken
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.sheets.name_field import NameField
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.input_fields import Chooser, whole_path
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.translation import translate

SIZES = (4096, 2048, 1280)
"""Pixels of the longer side that are offered."""


class ExportForm(QWidget):
    """Three pages, one for each `ExportKind`; `remember` keeps what was chosen.

    Args:
        selections: the photos; the first is the example.
        language: of the engine's sentences.
        tasks: run what looks at a drive.
    """

    changed = Signal()
    """Something else is asked for."""

    def __init__(
        self,
        selections: Sequence[Selection],
        language: str,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._first = selections[0].photos[0]
        self._language = language
        settings = QSettings()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("What to make"))
        for text in (self.tr("Copies"), self.tr("Contact sheet"), self.tr("Star ratings")):
            self.tabs.addTab(text)
        pictures = _pictures()
        self.folder = self._line(str(settings.value("export/folder", self._usual_folder(pictures))))
        template = str(settings.value("export/template", TEMPLATE))
        self.names = NameField(self._first, selections[0].name, template)
        self.size_field = Chooser()
        self.location = QCheckBox(self.tr("Say where each was taken (location)"))
        self.location.setToolTip(
            self.tr(
                "Without it, the copies say nothing of their place: not in Exif, XMP or anything "
                "else. Photos of other kinds become JPEG then."
            )
        )
        self.copy = QRadioButton(self.tr("Copy the files"))
        self.link = QRadioButton(self.tr("Hard links: they take no room, on the same drive only"))
        self.rates = QCheckBox(self.tr("Write star ratings beside the copies, as XMP files"))
        self.unrated = _star_field(self.tr("Photos without stars get"))
        self.unrated_label = Label(self.unrated.accessibleName())
        self.file = self._line(str(settings.value("export/file", self._usual_file(pictures))))
        self.pdf = QRadioButton(self.tr("PDF: pages to print"))
        self.png = QRadioButton(self.tr("PNG: one long picture"))
        self.rated = _star_field(self.tr("Photos without stars get"))
        self.stack = QStackedWidget()
        for page in (self._copies(), self._sheet(), self._ratings()):
            self.stack.addWidget(page)
        layout = layouts.column(self, spacing=2 * style.SPACE)
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack)
        linked = settings.value("export/link", False, type=bool)
        (self.link if linked else self.copy).setChecked(True)
        self.rates.setChecked(bool(settings.value("export/rates", False, type=bool)))
        for field in (self.unrated, self.rated):
            field.setCurrentIndex(max(0, field.findData(_stars(settings.value("export/unrated")))))
        longest = str(settings.value("export/longest", ""))
        self.size_field.set_choices(self._sizes(), int(longest) if longest.isdecimal() else None)
        self.location.setChecked(bool(settings.value("export/location", True, type=bool)))
        self._follow_suffix()
        self._connect()
        self._show()
        self._look_for(pictures)

    # ------------------------------------------------------------------ what is asked for

    @property
    def kind(self) -> ExportKind:
        """The page shown."""
        return tuple(ExportKind)[self.tabs.currentIndex()]

    @kind.setter
    def kind(self, kind: ExportKind) -> None:
        self.tabs.setCurrentIndex(tuple(ExportKind).index(kind))

    @property
    def job(self) -> ExportJob:
        """What is asked for; whether it can be done is another question."""
        match self.kind:
            case ExportKind.COPIES:
                return ExportJob(
                    ExportKind.COPIES,
                    whole_path(self.folder),
                    self.names.template.text(),
                    self.link.isChecked(),
                    form=self.copy_form,
                    rates=self.rates.isChecked(),
                    unrated=self.unrated.currentData(),
                )
            case ExportKind.SHEET:
                return ExportJob(ExportKind.SHEET, whole_path(self.file))
            case ExportKind.RATINGS:
                return ExportJob(ExportKind.RATINGS, unrated=self.rated.currentData())

    @property
    def copy_form(self) -> CopyForm:
        """What copies are to be like; links are the files themselves."""
        longest = self.size_field.value
        if self.link.isChecked():
            return AS_THEY_ARE
        return CopyForm(longest if isinstance(longest, int) else None, self.location.isChecked())

    @property
    def problem(self) -> str:
        """Why this cannot be made, as far as one can tell without looking at a drive; or ""."""
        job = self.job
        if job.kind is ExportKind.COPIES:
            error = self.names.problem
            if error is not None:
                return error.reason.text(self._language)
        if job.kind is not ExportKind.RATINGS and job.place is None:
            return self.tr("Choose where it goes: a whole path is needed")
        return ""

    def remember(self) -> None:
        """Keep what was chosen for the next time."""
        settings, job = QSettings(), self.job
        settings.setValue("export/unrated", job.unrated)
        match job.kind:
            case ExportKind.COPIES:
                settings.setValue("export/folder", self.folder.text())
                settings.setValue("export/template", job.template)
                settings.setValue("export/link", job.link)
                if not job.link:
                    longest = job.form.longest
                    settings.setValue("export/longest", "" if longest is None else longest)
                    settings.setValue("export/location", job.form.location)
                settings.setValue("export/rates", job.rates)
            case ExportKind.SHEET:
                settings.setValue("export/file", self.file.text())
            case ExportKind.RATINGS:
                pass
            case _:
                assert_never(job.kind)

    # ------------------------------------------------------------------ the pages

    def _copies(self) -> QWidget:
        page = QWidget()
        grid = _grid(page)
        _add_line(grid, self.tr("Folder"), self.folder, self._browse(self._choose_folder))
        names = Label(self.tr("Names"))
        names.setBuddy(self.names)
        names.setContentsMargins(0, style.SPACE, 0, 0)  # level with the first of several lines
        self.names.pattern.setAccessibleName(names.text())
        line = grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(names, line, 0, top)
        grid.addWidget(self.names, line, 1, 1, 2)
        size = Label(self.tr("Size"))
        size.setBuddy(self.size_field)
        self.size_field.setAccessibleName(size.text())
        line = grid.rowCount()
        grid.addWidget(size, line, 0)
        grid.addWidget(self.size_field, line, 1, 1, 2)
        grid.addWidget(self.location, line + 1, 1, 1, 2)
        ways = self._one_of(self.copy, self.link)
        ways.setContentsMargins(0, style.SPACE, 0, 0)
        grid.addLayout(ways, grid.rowCount(), 1, 1, 2)
        stars = layouts.row(spacing=style.SPACE)
        self.unrated_label.setBuddy(self.unrated)
        stars.addWidget(self.unrated_label)
        stars.addWidget(self.unrated)
        stars.addStretch()
        ratings = layouts.column(spacing=style.SPACE)
        ratings.addWidget(self.rates)
        ratings.addLayout(stars)
        grid.addLayout(ratings, grid.rowCount(), 1, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        return page

    def _sheet(self) -> QWidget:
        page = QWidget()
        grid = _grid(page)
        _add_line(grid, self.tr("File"), self.file, self._browse(self._choose_file))
        ways = self._one_of(self.pdf, self.png)
        grid.addLayout(ways, grid.rowCount(), 1, 1, 2)
        hint = _hint(
            self.tr("Every photo with its place, name, time and score; groups have headings.")
        )
        grid.addWidget(hint, grid.rowCount(), 1, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        return page

    def _ratings(self) -> QWidget:
        page = QWidget()
        layout = layouts.column(page, spacing=2 * style.SPACE)
        layout.addWidget(
            _hint(
                self.tr(
                    "Your stars are written into an XMP file beside each photo, where other "
                    "programs find them; rejected photos are rejected there, too. Photos are not "
                    "touched, and ratings that are there already stay as they are."
                )
            )
        )
        stars = layouts.row(spacing=style.SPACE)
        stars.addWidget(Label(self.rated.accessibleName()))
        stars.addWidget(self.rated)
        stars.addStretch()
        layout.addLayout(stars)
        layout.addStretch()
        return page

    def _one_of(self, *buttons: QRadioButton) -> QVBoxLayout:
        """Buttons below each other of which one is chosen; Tab comes to that one."""
        group = QButtonGroup(self)
        accessible.one_stop(group)
        column = layouts.column(spacing=style.SPACE // 2)
        for button in buttons:
            group.addButton(button)
            column.addWidget(button)
        return column

    def _line(self, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.textChanged.connect(self._show)
        return line

    def _browse(self, choose: Callable[[], None]) -> QPushButton:
        button = QPushButton(self.tr("Choose…"))
        button.clicked.connect(choose)
        return button

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show)
        self.names.changed.connect(self._show)
        self.size_field.activated.connect(self._show)
        for button in (self.copy, self.link, self.rates, self.location):
            button.toggled.connect(self._show)
        for field in (self.unrated, self.rated):
            field.currentIndexChanged.connect(self._show)
        for button, suffix in ((self.pdf, ".pdf"), (self.png, ".png")):
            button.clicked.connect(lambda _=False, suffix=suffix: self._set_suffix(suffix))
        self.file.textChanged.connect(self._follow_suffix)

    # ------------------------------------------------------------------ what people do

    @Slot()
    def _show(self) -> None:
        if not hasattr(self, "stack"):  # still being made
            return
        self.stack.setCurrentIndex(self.tabs.currentIndex())
        for widget in (self.unrated, self.unrated_label):
            widget.setEnabled(self.rates.isChecked())
        self.size_field.setEnabled(self.copy.isChecked())
        self.location.setEnabled(self.copy.isChecked())
        self.names.set_form(self.copy_form)
        self.changed.emit()

    def _sizes(self) -> list[tuple[str, object]]:
        """What copies may be like, with `CopyForm.longest`."""
        uses = dict(
            zip(
                SIZES,
                (
                    self.tr("{} px, for large screens"),
                    self.tr("{} px, for sharing"),
                    self.tr("{} px, for messages"),
                ),
                strict=True,
            )
        )
        return [
            (self.tr("As they are: the original files"), None),
            (self.tr("Full size, as JPEG"), FULL_SIZE),
            *((use.format(size), size) for size, use in uses.items()),
        ]

    @Slot()
    def _choose_folder(self) -> None:
        """Open the dialog at the folder named, or the nearest above it that is there."""
        named = whole_path(self.folder) or Path.home()
        found: list[Path] = []

        def look(_cancel: threading.Event) -> Iterator[Path]:
            yield folders.nearest(named) or Path.home()

        def open_dialog() -> None:
            if not isValid(self) or not found:
                return
            folder = QFileDialog.getExistingDirectory(
                self, self.tr("Where to put the photos"), str(found[0])
            )
            if folder:
                self.folder.setText(folder)

        self._tasks.start(look, found.append, open_dialog)

    @Slot()
    def _choose_file(self) -> None:
        file, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where to put the contact sheet"),
            self.file.text(),
            self.tr("Contact sheets (*.pdf *.png)"),
            # Nothing is overwritten: the form says so where the name is taken.
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if file:
            self.file.setText(file)

    def _set_suffix(self, suffix: str) -> None:
        path = Path(self.file.text().strip())
        if path.name:
            self.file.setText(str(path.with_suffix(suffix)))

    @Slot()
    def _follow_suffix(self) -> None:
        is_png = self.file.text().strip().lower().endswith(".png")
        (self.png if is_png else self.pdf).setChecked(True)

    def _usual_folder(self, pictures: Path) -> str:
        return str(pictures / self.tr("Best photos"))

    def _usual_file(self, pictures: Path) -> str:
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        return str(pictures / f"{self.tr('Best photos')} {today}.pdf")

    def _look_for(self, pictures: Path) -> None:
        """Where the folder of pictures is not there, suggest the home folder instead."""
        home = Path.home()
        suggested = (
            (self.folder, self._usual_folder(pictures), self._usual_folder(home)),
            (self.file, self._usual_file(pictures), self._usual_file(home)),
        )

        def look(_cancel: threading.Event) -> Iterator[bool]:
            yield folders.is_there(pictures)

        def answer(is_there: bool) -> None:
            if is_there or not isValid(self):
                return
            for field, usual, instead in suggested:
                if field.text() == usual:  # remembered or written by hand otherwise
                    field.setText(instead)

        self._tasks.start(look, answer)


def _pictures() -> Path:
    """The system's folder of pictures; whether it is there is another question."""
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(where) if where else Path.home()


def _stars(value: object) -> int:
    text = str(value)
    return int(text) if text.isdecimal() and int(text) <= MOST else 0


def _star_field(name: str) -> Chooser:
    field = Chooser()
    field.setAccessibleName(name)
    field.addItem(translate("export", "no rating"), 0)
    for stars in range(1, MOST + 1):
        field.addItem(spoken(stars), stars)
    return field


def _grid(page: QWidget) -> QGridLayout:
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(style.SPACE)
    grid.setVerticalSpacing(style.SPACE)
    grid.setColumnMinimumWidth(0, 7 * style.SPACE)
    grid.setColumnStretch(1, 1)
    return grid


def _add_line(
    grid: QGridLayout, text: str, field: QLineEdit, button: QPushButton | None = None
) -> None:
    line = grid.rowCount()
    label = Label(text)
    label.setBuddy(field)
    field.setAccessibleName(text)
    grid.addWidget(label, line, 0)
    grid.addWidget(field, line, 1, 1, 1 if button else 2)
    if button is not None:
        button.setAccessibleName(f"{text}: {button.text()}")
        grid.addWidget(button, line, 2)


def _hint(text: str) -> QLabel:
    label = Label(text)
    label.setWordWrap(True)
    style.set_role(label, "muted")
    return label
