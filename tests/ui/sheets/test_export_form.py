"""What is asked for, and what one can tell about it before looking at a drive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.export.copy_form import AS_THEY_ARE, CopyForm
from photo_organizer.engine.export.job import ExportJob, ExportKind
from photo_organizer.engine.export.naming import TEMPLATE
from photo_organizer.engine.highlights.selection import Per, best
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.sheets import export_form as module
from photo_organizer.ui.sheets.export_form import ExportForm
from tests.ui.io_watch import io_on_this_thread


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def form(result: Result, tasks: Tasks, qtbot: QtBot) -> ExportForm:
    form = ExportForm(best(result, Per.LIBRARY, 4), "en", tasks)
    qtbot.addWidget(form)
    return form


def test_at_first_copies_with_a_usual_name_are_asked_for(form: ExportForm) -> None:
    assert form.problem == ""
    job = form.job
    assert (job.kind, job.template, job.link, job.rates) == (
        ExportKind.COPIES,
        TEMPLATE,
        False,
        False,
    )
    assert job.place is not None
    assert job.place.is_absolute()
    assert form.names.example.text() == "Such as 001_photo 01.jpg"


def test_the_example_follows_the_template(form: ExportForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed):
        form.names.template.setText("{date} ")
    form.names.template.end(False)
    form.names.parts["{stem}"].click()
    assert form.names.template.text() == "{date} {stem}"
    assert form.names.example.text() == "Such as 2026-05-01 photo 01.jpg"


def test_patterns_are_chosen_by_name_and_the_template_is_seen_only_where_it_is_own(
    form: ExportForm, qtbot: QtBot
) -> None:
    names = form.names
    form.show()
    assert not names.own.isVisible()
    names.pattern.setFocus()
    qtbot.keyClick(names.pattern, Qt.Key.Key_Down)
    assert form.job.template == "{name}"
    assert names.example.text() == "Such as photo 01.jpg"
    qtbot.keyClick(names.pattern, Qt.Key.Key_End)
    assert names.own.isVisible()
    assert names.template.text() == "{name}"
    names.template.setText("{rank}")
    assert names.pattern.value is None
    assert form.job.template == "{rank}"


def test_a_size_and_no_place_are_asked_for_and_remembered(
    form: ExportForm, result: Result, tasks: Tasks, qtbot: QtBot
) -> None:
    assert form.job.form == AS_THEY_ARE
    form.size_field.setFocus()
    for _ in range(3):
        qtbot.keyClick(form.size_field, Qt.Key.Key_Down)
    qtbot.mouseClick(form.location, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert form.job.form == CopyForm(2048, location=False)
    form.remember()
    again = ExportForm(best(result, Per.LIBRARY, 4), "en", tasks)
    qtbot.addWidget(again)
    assert again.job.form == form.job.form


def test_links_are_the_files_themselves(form: ExportForm) -> None:
    form.location.setChecked(False)
    form.link.setChecked(True)
    assert form.job.form == AS_THEY_ARE
    assert not form.size_field.isEnabled()
    assert not form.location.isEnabled()


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{nam", "is not complete"),
        ("{path}", "names {path}; there are"),
        ("a/{name}", "must be a name"),
        ("{name:03d}", "cannot be used"),
    ],
)
def test_a_wrong_template_is_told(form: ExportForm, template: str, told: str) -> None:
    form.names.template.setText(template)
    assert told in form.problem
    form.kind = ExportKind.RATINGS
    assert form.problem == ""


@pytest.mark.parametrize("text", ["", "  ", "best", "./best"])
def test_a_whole_path_is_needed(form: ExportForm, text: str) -> None:
    form.folder.setText(text)
    assert form.problem.startswith("Choose where it goes")
    form.kind = ExportKind.SHEET
    assert form.problem == ""
    form.file.setText(text)
    assert form.problem.startswith("Choose where it goes")


def test_the_kind_of_sheet_is_the_ending_of_its_name(form: ExportForm) -> None:
    form.kind = ExportKind.SHEET
    assert form.pdf.isChecked()
    form.png.click()
    assert form.job.place is not None
    assert form.job.place.suffix == ".png"
    form.file.setText("/photos/sheet.pdf")
    assert form.pdf.isChecked()
    assert form.job == ExportJob(ExportKind.SHEET, Path("/photos/sheet.pdf"))


def test_stars_for_unrated_photos_go_with_ratings_only(form: ExportForm) -> None:
    assert not form.unrated.isEnabled()
    form.rates.setChecked(True)
    assert form.unrated.isEnabled()
    form.unrated.setCurrentIndex(3)
    assert (form.job.rates, form.job.unrated) == (True, 3)


def test_what_was_chosen_is_there_the_next_time(
    form: ExportForm, result: Result, tasks: Tasks, qtbot: QtBot
) -> None:
    form.folder.setText("/photos/best")
    form.names.template.setText("{rank}")
    form.link.setChecked(True)
    form.rates.setChecked(True)
    form.unrated.setCurrentIndex(2)
    form.remember()
    again = ExportForm(best(result, Per.LIBRARY, 4), "en", tasks)
    qtbot.addWidget(again)
    assert (
        again.job
        == form.job
        == ExportJob(ExportKind.COPIES, Path("/photos/best"), "{rank}", True, rates=True, unrated=2)
    )


def test_where_there_is_no_folder_of_pictures_the_home_folder_is_suggested(
    form: ExportForm, home: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: form.folder.text() == str(home / "Best photos"))
    qtbot.waitUntil(lambda: Path(form.file.text()).parent == home)


def test_the_folder_of_pictures_is_suggested_where_there_is_one(
    result: Result, tasks: Tasks, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))
    form = ExportForm(best(result, Per.LIBRARY, 4), "en", tasks)
    qtbot.addWidget(form)
    qtbot.waitUntil(lambda: not tasks._running)
    assert form.folder.text() == str(tmp_path / "Best photos")
    assert Path(form.file.text()).parent == tmp_path


def test_what_was_written_meanwhile_is_not_replaced(
    form: ExportForm, tasks: Tasks, qtbot: QtBot
) -> None:
    form.folder.setText("/photos/mine")
    qtbot.waitUntil(lambda: not tasks._running)
    assert form.folder.text() == "/photos/mine"


@pytest.mark.parametrize(("chosen", "shown"), [("/photos/chosen", "/photos/chosen"), ("", None)])
def test_the_dialog_opens_at_the_nearest_folder_that_is_there(
    form: ExportForm,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    shown: str | None,
) -> None:
    opened: list[str] = []

    def choose(_parent: object, _title: str, folder: str) -> str:
        opened.append(folder)
        return chosen

    monkeypatch.setattr(module.QFileDialog, "getExistingDirectory", choose)
    named = str(tmp_path / "new" / "best")
    form.folder.setText(named)
    buttons = {button.accessibleName(): button for button in form.findChildren(QPushButton)}
    with io_on_this_thread(tmp_path) as touched:
        buttons["Folder: Choose…"].click()
        qtbot.waitUntil(lambda: bool(opened))
    assert opened == [str(tmp_path)]
    assert touched == []
    assert form.folder.text() == (shown or named)


@pytest.mark.parametrize("typed", ["", "~nobody by this name", "best", "~nobody by this name/best"])
def test_what_is_no_whole_path_is_told_while_it_is_typed(form: ExportForm, typed: str) -> None:
    form.folder.setText(typed)
    assert form.job.place is None
    assert "a whole path is needed" in form.problem


def test_tab_comes_to_the_chosen_button_alone(form: ExportForm) -> None:
    for first, other in ((form.copy, form.link), (form.pdf, form.png)):
        assert first.isChecked()
        for chosen, left in ((other, first), (first, other)):
            chosen.setChecked(True)
            assert not left.isChecked()
            assert chosen.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert not left.focusPolicy() & Qt.FocusPolicy.TabFocus
