"""The sheet that makes something of photos, with real files."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.facts import XMP_REJECTED
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.export.job import ExportJob, ExportKind, ExportStep
from photo_organizer.engine.files import xmp
from photo_organizer.engine.highlights.selection import Per, best
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets import export as module
from photo_organizer.ui.sheets import export_run
from photo_organizer.ui.sheets.export import ExportSheet, open_export_of
from tests.ui.fakes import analysed
from tests.ui.io_watch import io_on_this_thread


@pytest.fixture
def sheet(session: Session, result: Result, tmp_path: Path, qtbot: QtBot) -> ExportSheet:
    """The best two of each category, to be copied to a new folder."""
    session.analysis.show(result)
    sheet = ExportSheet(session, best(result, Per.CATEGORY, 2), Per.CATEGORY)
    qtbot.addWidget(sheet)
    sheet.form.folder.setText(str(tmp_path / "best"))
    sheet.form.file.setText(str(tmp_path / "sheet.png"))
    sheet.show()
    return sheet


def state(sheet: ExportSheet) -> str:
    return sheet.question.state.text()


def finish(sheet: ExportSheet, qtbot: QtBot) -> None:
    sheet.question.start.click()
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.outcome, timeout=20_000)


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_copies_go_into_folders_named_as_people_do(
    sheet: ExportSheet, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    assert sheet.question.start.text() == "Copy 4 photos"
    qtbot.waitUntil(lambda: "will be copied" in state(sheet))
    finish(sheet, qtbot)
    assert sheet.outcome.title.text() == "4 photos are copied"
    assert not sheet.outcome.problems.isVisible()
    assert names(tmp_path / "best") == [
        "Animals/001_photo 03.jpg",
        "Food & drink/001_photo 01.jpg",
        "Others/001_photo 07.jpg",
        "Others/002_photo 09.jpg",
    ]
    assert session.activities.running == []


def test_return_in_a_field_makes_it(sheet: ExportSheet, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "will be copied" in state(sheet))
    qtbot.keyClick(sheet.form.folder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.outcome, timeout=20_000)


def test_what_is_in_the_way_is_counted_before_and_told_after(
    sheet: ExportSheet, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    taken = tmp_path / "best" / "Animals" / "001_photo 03.jpg"
    taken.parent.mkdir(parents=True)
    taken.write_text("mine")
    qtbot.waitUntil(lambda: state(sheet).startswith("1 name exists there already"))
    session.shown.photos[1].path.unlink()
    finish(sheet, qtbot)
    assert sheet.outcome.title.text() == "2 photos are copied"
    rows = sheet.outcome.problems
    told = {rows.topLevelItem(i).text(0): rows.topLevelItem(i).text(1) for i in range(2)}
    assert told["photo 03.jpg"] == "001_photo 03.jpg exists there already; it was left as it is"
    assert told["photo 01.jpg"].startswith("It is gone")
    assert taken.read_text() == "mine"
    assert {problem.path.name for problem in session.problems.all} == set(told)


@pytest.mark.parametrize(
    ("folder", "told"),
    [(".Trash-1000/files", "lies in a trash"), ("file", "is not a folder")],
)
def test_a_folder_that_cannot_be_used_is_refused(
    sheet: ExportSheet, tmp_path: Path, folder: str, told: str, qtbot: QtBot
) -> None:
    (tmp_path / "file").touch()
    sheet.form.folder.setText(str(tmp_path / folder))
    qtbot.waitUntil(lambda: told in state(sheet))
    assert not sheet.question.start.isEnabled()
    sheet.form.kind = ExportKind.RATINGS
    assert sheet.question.start.isEnabled()


def test_links_and_ratings(
    sheet: ExportSheet, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    session.stars.set([3], 2)
    sheet.form.link.setChecked(True)
    sheet.form.rates.setChecked(True)
    sheet.form.unrated.setCurrentIndex(sheet.form.unrated.findData(5))
    assert sheet.question.start.text() == "Link 4 photos"
    finish(sheet, qtbot)
    linked = tmp_path / "best" / "Animals" / "001_photo 03.jpg"
    assert linked.stat().st_ino == session.shown.photos[3].identity.inode
    assert b'Rating="2"' in linked.with_name(f"{linked.name}.xmp").read_bytes()
    other = tmp_path / "best" / "Others" / "001_photo 07.jpg.xmp"
    assert b'Rating="5"' in other.read_bytes()


def test_a_contact_sheet_is_drawn_once(sheet: ExportSheet, tmp_path: Path, qtbot: QtBot) -> None:
    sheet.form.kind = ExportKind.SHEET
    finish(sheet, qtbot)
    assert sheet.outcome.title.text() == "The contact sheet is there"
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")
    sheet.pages.setCurrentWidget(sheet.question)
    sheet.form.changed.emit()
    qtbot.waitUntil(lambda: "exists already" in state(sheet))
    assert not sheet.question.start.isEnabled()


def test_ratings_are_written_beside_the_photos(
    sheet: ExportSheet, session: Session, qtbot: QtBot
) -> None:
    session.stars.set([1], 4)
    session.stars.set([3], 0)
    sheet.form.kind = ExportKind.RATINGS
    finish(sheet, qtbot)
    assert sheet.outcome.title.text() == "2 photos have ratings"
    assert xmp.read(session.shown.photos[1]).rating == 4
    assert xmp.read(session.shown.photos[3]).rating == XMP_REJECTED


def test_the_result_can_be_shown_in_its_folder(
    sheet: ExportSheet, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(module, "show_in_file_manager", shown.append)
    finish(sheet, qtbot)
    qtbot.mouseClick(sheet.folder_button, Qt.MouseButton.LeftButton)
    assert shown[0].is_relative_to(tmp_path / "best")


def test_closed_early_the_work_goes_on_and_is_told(
    sheet: ExportSheet, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.activities.ended) as ended:
        sheet.question.start.click()
        assert [a.title for a in session.activities.running] == ["Copying photos"]
        sheet.hide_button.click()
    assert ended.args == ["4 photos are copied."]
    assert len(names(tmp_path / "best")) == 4
    assert not sheet.isVisible()


def test_stopped_the_rest_is_left_out(
    sheet: ExportSheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(job: ExportJob, selections: object, stars: object, cancel: threading.Event) -> object:
        yield ExportStep(Path("/one.jpg"), 1, 4, Path("/best/one.jpg"))
        assert cancel.wait(20)

    monkeypatch.setattr(export_run, "carry_out", slow)
    sheet.question.start.click()
    qtbot.waitUntil(lambda: sheet.progress.bar.value() == 1)
    sheet.progress.stop.click()
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.outcome)
    assert sheet.outcome.title.text() == "1 photo is copied"
    assert "Stopped" in sheet.outcome.text.text()


def test_a_refusal_on_the_way_is_told_as_a_whole(
    session: Session, result: Result, tmp_path: Path, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    sheet = ExportSheet(session, best(result, Per.LIBRARY, 3), Per.LIBRARY)
    qtbot.addWidget(sheet)
    sheet.form.folder.setText(str(tmp_path / "best"))
    sheet.form.names.template.setText("fixed")
    finish(sheet, qtbot)
    assert sheet.outcome.title.text() == "Nothing was made"
    assert "add {rank}" in sheet.outcome.text.text()
    assert not sheet.folder_button.isVisible()
    assert not (tmp_path / "best").exists()


def test_the_window_never_looks_at_the_drive_itself(
    session: Session, result: Result, tmp_path: Path, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    with io_on_this_thread(tmp_path / "best") as touched:
        sheet = ExportSheet(session, best(result, Per.LIBRARY, 2), Per.LIBRARY)
        qtbot.addWidget(sheet)
        sheet.form.folder.setText(str(tmp_path / "best" / "of all"))
        qtbot.waitUntil(lambda: "will be copied" in state(sheet))
        finish(sheet, qtbot)
    assert len(names(tmp_path / "best")) == 2
    assert touched == []


def test_chosen_photos_are_exported_in_their_order(
    session: Session, result: Result, tmp_path: Path, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    parent = ExportSheet(session, best(result, Per.LIBRARY, 1), Per.LIBRARY)
    qtbot.addWidget(parent)
    assert open_export_of(session, [], parent) is None
    sheet = open_export_of(session, [5, 999, 2], parent)
    assert sheet is not None
    sheet.form.folder.setText(str(tmp_path / "chosen"))
    finish(sheet, qtbot)
    assert names(tmp_path / "chosen") == ["001_photo 05.jpg", "002_photo 02.jpg"]
    sheet.close()


def test_chosen_photos_that_are_marked_for_the_trash_are_exported_which_is_said(
    session: Session, result: Result, tmp_path: Path, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    parent = ExportSheet(session, best(result, Per.LIBRARY, 1), Per.LIBRARY)
    qtbot.addWidget(parent)
    assert not parent.question.marked.isVisibleTo(parent)
    session.marks.mark([2])
    sheet = open_export_of(session, [5, 2], parent)
    assert sheet is not None
    assert sheet.question.marked.isVisible()
    assert sheet.question.marked.text().startswith("1 of them is marked for the trash.")
    sheet.form.folder.setText(str(tmp_path / "chosen"))
    finish(sheet, qtbot)
    assert len(names(tmp_path / "chosen")) == 2
    sheet.close()


def test_problems_are_told_to_whoever_closed_the_sheet(
    sheet: ExportSheet, session: Session, qtbot: QtBot
) -> None:
    session.shown.photos[1].path.unlink()
    with qtbot.waitSignal(session.activities.ended) as ended:
        sheet.question.start.click()
        sheet.reject()
    assert ended.args == ["3 photos are copied. 1 photo has a problem."]
    assert [problem.path.name for problem in session.problems.all] == ["photo 01.jpg"]


def test_copies_into_the_library_are_warned_of(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    library = result.photos[1].path.parent
    analysed(session, qtbot, library)
    sheet = ExportSheet(session, best(result, Per.LIBRARY, 2), Per.LIBRARY)
    qtbot.addWidget(sheet)
    sheet.form.folder.setText(str(library / "best"))
    qtbot.waitUntil(lambda: "finds the copies as duplicates" in state(sheet))
    sheet.form.link.setChecked(True)
    qtbot.waitUntil(lambda: state(sheet).startswith("Nothing that exists"))
    assert sheet.question.start.isEnabled()
