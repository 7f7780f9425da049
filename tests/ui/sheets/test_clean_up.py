"""The sheet between marking photos and moving them."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView
from pytestqt.qtbot import QtBot

from photo_organizer.engine.cleanup.planning import Plan
from photo_organizer.engine.cleanup.system_trash import TrashError
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.paths import TRASH_BESIDE
from photo_organizer.ui.session import clean_ups as module
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import CleanUpSheet, confirm_clean_up
from photo_organizer.ui.words.facts_text import size_text
from tests.ui.walking import settle


@pytest.fixture
def opened(session: Session, result: Result) -> Session:
    """The session with the small library; 5 and 8 are marked, both safely."""
    session.analysis.show(result)
    session.analysis.folders = (result.photos[1].path.parent,)
    session.marks.mark_safe()
    return session


def _open(session: Session, qtbot: QtBot) -> CleanUpSheet:
    sheet = CleanUpSheet(session)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def _texts(sheet: CleanUpSheet) -> str:
    """All that is read in the question, the lists included."""
    labels = [label.text() for label in sheet.question.findChildren(QLabel)]
    lists = (sheet.question.folders, sheet.question.photos)
    return "\n".join([*labels, *(text for one in lists for text in _rows(one))])


def _rows(shown: QListView) -> list[str]:
    """What a list says, as it is heard."""
    model = shown.model()
    return [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        for row in range(model.rowCount())
    ]


def _move(sheet: CleanUpSheet, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        sheet.question.move_button.click()


def test_the_numbers_are_those_of_the_plan(opened: Session, qtbot: QtBot) -> None:
    sheet = _open(opened, qtbot)
    size = sum(opened.shown.photos[i].identity.size for i in (5, 8))
    assert "2 photos" in sheet.question.title.text()
    assert "2 photos" in sheet.question.move_button.text()
    assert size_text(size) in sheet.question.facts.text()
    assert "10 photos stay" in sheet.question.facts.text()
    assert "2 groups" in sheet.question.facts.text()
    assert str(opened.shown.photos[5].path.parent) in _texts(sheet)
    assert not sheet.question.last_copies.isVisible()


def test_files_that_go_along_are_counted(opened: Session, qtbot: QtBot) -> None:
    opened.shown.photos[8].path.with_suffix(".mov").write_bytes(b"film")
    sheet = _open(opened, qtbot)
    assert "1 file goes along" in sheet.question.facts.text()


def test_sidecars_that_are_copied_are_counted(opened: Session, qtbot: QtBot) -> None:
    path = opened.shown.photos[8].path
    path.with_name(path.name + ".pp3").write_bytes(b"edits")
    sheet = _open(opened, qtbot)
    assert "1 sidecar is copied to the photo that stays." in sheet.question.facts.text()
    sheet.question.sidecars.click()
    assert "copied" not in sheet.question.facts.text()


def test_carrying_words_to_the_kept_photo_is_a_choice(opened: Session, qtbot: QtBot) -> None:
    sheet = _open(opened, qtbot)
    assert sheet.question.sidecars.isVisible()
    assert sheet.question.sidecars.isChecked()
    sheet.question.sidecars.click()
    assert not opened.clean_ups.carries_metadata
    opened.marks.mark([5, 8], False)
    opened.marks.mark([1])  # no copy of anything
    assert not _open(opened, qtbot).question.sidecars.isVisible()


def test_a_single_photo_is_spoken_of_as_one(opened: Session, qtbot: QtBot) -> None:
    opened.marks.mark([5], False)
    sheet = _open(opened, qtbot)
    assert sheet.question.title.text() == "Move 1 photo to the trash?"


def test_the_last_copy_stays_until_its_own_box_is_checked(opened: Session, qtbot: QtBot) -> None:
    opened.marks.mark([7, 8])  # by hand: of what is only marked as safe, one is kept by itself
    sheet = _open(opened, qtbot)
    assert [r.photo.id for r in sheet.plan.removals] == [5, 8]
    assert sheet.question.last_copies.isVisible()
    assert not sheet.question.last_copies.isChecked()
    assert "all of its group are marked" in _texts(sheet)
    sheet.question.last_copies.click()
    assert {r.photo.id for r in sheet.plan.removals} == {5, 7, 8}
    assert "3 photos" in sheet.question.move_button.text()
    assert "Nothing stays of 1 group" in _texts(sheet)
    sheet.question.last_copies.click()
    assert [r.photo.id for r in sheet.plan.removals] == [5, 8]


def test_protected_photos_stay_and_are_told(opened: Session, qtbot: QtBot, result: Result) -> None:
    folder = result.photos[1].path.parent
    opened.choices.set_preferences(replace(opened.choices.preferences, protected=(folder,)))
    sheet = _open(opened, qtbot)
    assert sheet.plan.count == 0
    assert not sheet.question.move_button.isEnabled()
    assert "2 marked photos stay. It lies in a protected folder" in _texts(sheet)


def test_nothing_moves_without_agreement(opened: Session, qtbot: QtBot) -> None:
    sheet = _open(opened, qtbot)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert not opened.clean_ups.busy
    assert all(photo.path.exists() for photo in opened.shown.photos.values())
    assert opened.marks.ids == {5, 8}


def test_return_in_any_part_of_the_question_agrees(opened: Session, qtbot: QtBot) -> None:
    sheet = _open(opened, qtbot)
    with qtbot.waitSignal(opened.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        qtbot.keyClick(sheet.question.sidecars, Qt.Key.Key_Return)
    assert sheet.pages.currentWidget() is sheet.outcome
    qtbot.keyClick(sheet.outcome.photos, Qt.Key.Key_Return)
    assert not sheet.isVisible()


def test_photos_go_and_come_back(opened: Session, qtbot: QtBot) -> None:
    paths = [opened.shown.photos[i].path for i in (5, 8)]
    sheet = _open(opened, qtbot)
    _move(sheet, opened, qtbot)
    assert sheet.pages.currentWidget() is sheet.outcome
    assert sheet.outcome.title.text() == "2 photos are in the trash"
    assert not any(path.exists() for path in paths)
    assert not {5, 8} & opened.shown.photos.keys()
    assert opened.marks.ids == frozenset()
    with qtbot.waitSignal(opened.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        qtbot.mouseClick(sheet.outcome.undo, Qt.MouseButton.LeftButton)
    assert all(path.exists() for path in paths)
    assert {5, 8} <= opened.shown.photos.keys()


def test_a_changed_photo_stays_and_is_listed(opened: Session, qtbot: QtBot) -> None:
    opened.shown.photos[5].path.write_bytes(b"something else")
    sheet = _open(opened, qtbot)
    _move(sheet, opened, qtbot)
    outcome = sheet.outcome
    assert outcome.title.text() == "1 photo is in the trash"
    stayed, went = _rows(outcome.photos)
    assert stayed.startswith(opened.shown.photos[5].path.name)
    assert "changed" in stayed
    assert "Stays in" in stayed
    assert "From" in went
    assert "1 photo stayed where it was." in outcome.text.text()
    assert opened.marks.ids == {5}  # no decision is lost
    assert not sheet.outcome.beside.isVisible()


def test_without_a_trash_a_dated_folder_is_offered(
    opened: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_trash(path: Path) -> Path | None:
        raise TrashError("trash.no_trash")

    monkeypatch.setattr(module, "move_to_trash", no_trash)
    folder = opened.shown.photos[5].path.parent
    sheet = _open(opened, qtbot)
    _move(sheet, opened, qtbot)
    assert sheet.outcome.title.text().startswith("0")
    assert sheet.outcome.beside.isVisible()
    assert not sheet.outcome.undo.isVisible()
    with qtbot.waitSignal(opened.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        sheet.outcome.beside.click()
    assert sheet.outcome.title.text() == "2 photos are in the dated folder"
    dated = [path for path in folder.iterdir() if path.name.startswith(TRASH_BESIDE)]
    assert len(list(dated[0].rglob("*.jpg"))) == 2
    assert not sheet.outcome.beside.isVisible()


def test_a_failure_of_the_whole_move_closes_the_sheet_and_keeps_the_marks(
    opened: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    broken = home / "file" / "store.sqlite"  # a damaged one would be put aside and made anew
    broken.parent.write_bytes(b"a file where the folder should be")
    monkeypatch.setattr(module.paths, "store_path", lambda: broken)
    sheet = _open(opened, qtbot)
    with qtbot.waitSignal(opened.message):
        _move(sheet, opened, qtbot)
    assert not sheet.isVisible()
    assert opened.marks.ids == {5, 8}
    assert all(photo.path.exists() for photo in opened.shown.photos.values())


def test_every_folder_is_named_and_opens_to_all_its_photos(opened: Session, qtbot: QtBot) -> None:
    sheet = _open(opened, qtbot)
    removal = sheet.plan.removals[0]

    def at(number: int) -> Path:
        return Path(f"/photos/{number:02}/a.jpg")

    removals = [
        replace(
            removal,
            photo=replace(removal.photo, identity=replace(removal.photo.identity, path=at(number))),
        )
        for number in range(10)
    ]
    sheet.question.show_plan(Plan(removals))
    question = sheet.question
    assert [text.split(",")[0] for text in _rows(question.folders)] == [
        "All folders",
        *(f"/photos/{number:02}" for number in range(10)),
    ]
    assert len(_rows(question.photos)) == 10
    _open_folder(sheet, 4, qtbot)
    assert len(_rows(question.photos)) == 1
    line = question.photos.lines.line(question.photos.currentIndex())
    assert line is not None
    assert line.photo.path == at(3)


def _open_folder(sheet: CleanUpSheet, row: int, qtbot: QtBot) -> None:
    folders = sheet.question.folders
    place = folders.visualRect(folders.model().index(row, 0)).center()
    qtbot.mouseClick(folders.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_what_stays_stands_beside_what_goes(opened: Session, qtbot: QtBot) -> None:
    opened.marks.mark([6])  # blurred, and like no other
    sheet = _open(opened, qtbot)
    photos = sheet.question.photos
    lines = [photos.lines.line(photos.lines.index(row)) for row in range(3)]
    pairs = {line.photo.id: line.kept and line.kept.id for line in lines if line}
    assert pairs == {5: 3, 6: None, 8: 7}
    heard = {text.split(",")[0]: text for text in _rows(photos)}
    assert "Identical and stays: photo 07.jpg" in heard["photo 08.jpg"]
    assert "Similar and stays: photo 03.jpg" in heard["photo 05.jpg"]
    assert opened.shown.flags_of(6)[0].reason.text("en") in heard["photo 06.jpg"]
    alone = photos.visualRect(photos.lines.index(1))
    pair = photos.visualRect(photos.lines.index(0))
    qtbot.waitUntil(lambda: opened.thumbnails.idle)
    assert photos.viewport().grab(alone).toImage() != photos.viewport().grab(pair).toImage()


def test_a_photo_can_still_be_kept(opened: Session, qtbot: QtBot) -> None:
    sheet = _open(opened, qtbot)
    qtbot.keyClick(sheet.question.photos, Qt.Key.Key_K)
    assert opened.marks.ids == {8}
    assert "1 photo" in sheet.question.title.text()
    qtbot.mouseClick(sheet.question.keep, Qt.MouseButton.LeftButton)
    assert opened.marks.ids == frozenset()
    assert sheet.question.title.text() == "Nothing to move"
    assert not sheet.question.move_button.isEnabled()


def test_what_is_refused_is_listed_with_its_reason(opened: Session, qtbot: QtBot) -> None:
    opened.marks.mark([7, 8])
    sheet = _open(opened, qtbot)
    assert _rows(sheet.question.folders)[-1].startswith("Stay although marked, 1 photo")
    _open_folder(sheet, 1, qtbot)
    (stays,) = _rows(sheet.question.photos)
    assert stays.startswith("photo 07.jpg")
    assert not sheet.question.keep.isEnabled()
    _move(sheet, opened, qtbot)
    assert _rows(sheet.outcome.photos)[0].startswith("photo 07.jpg")
    assert "stayed" in sheet.outcome.text.text()


def test_ten_thousand_photos_open_at_once(
    opened: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = _open(opened, qtbot)
    removal = sheet.plan.removals[0]
    described: list[object] = []
    photos = sheet.question.photos
    describe = photos.lines._describe
    monkeypatch.setattr(
        photos.lines, "_describe", lambda fate: (described.append(fate), describe(fate))[1]
    )
    sheet.question.show_plan(Plan([removal] * 10_000))
    settle()
    photos.grab()
    assert photos.lines.rowCount() == 10_000
    assert 0 < len(described) < 500  # what is on screen


def test_the_result_leads_to_the_trash_and_to_what_stayed(
    opened: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(
        "photo_organizer.ui.sheets.clean_up_outcome.show_in_file_manager", shown.append
    )
    stayed, went = (opened.shown.photos[i].path for i in (5, 8))
    stayed.write_bytes(b"something else")
    sheet = _open(opened, qtbot)
    _move(sheet, opened, qtbot)
    assert sheet.outcome.reveal.text().strip() == "Show in folder"
    qtbot.mouseClick(sheet.outcome.reveal, Qt.MouseButton.LeftButton)
    qtbot.keyClick(sheet.outcome.photos, Qt.Key.Key_Down)
    assert sheet.outcome.reveal.text().strip() == "Show in trash"
    qtbot.mouseClick(sheet.outcome.reveal, Qt.MouseButton.LeftButton)
    assert shown[0] == stayed
    assert shown[1].exists()
    assert shown[1] != went


def test_the_sheet_opens_over_the_window(opened: Session, qtbot: QtBot) -> None:
    sheet = confirm_clean_up(opened)
    assert sheet.isVisible()
    assert sheet.isModal()
    sheet.reject()


def test_with_many_marks_it_opens_at_once_and_looks_first(
    opened: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photo_organizer.ui.sheets.clean_up.AT_ONCE", 1)
    sheet = _open(opened, qtbot)
    assert sheet.pages.currentWidget() is sheet.looking
    qtbot.waitUntil(lambda: sheet.pages.currentWidget() is sheet.question)
    assert "2 photos" in sheet.question.title.text()
    assert sheet.question.move_button.hasFocus()
    _move(sheet, opened, qtbot)
    assert sheet.outcome.title.text() == "2 photos are in the trash"


def test_looking_can_be_given_up(
    opened: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photo_organizer.ui.sheets.clean_up.AT_ONCE", 1)
    sheet = _open(opened, qtbot)
    qtbot.mouseClick(sheet.looking.stop, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    qtbot.waitUntil(lambda: not opened.tasks._running)
    assert opened.marks.ids == {5, 8}
