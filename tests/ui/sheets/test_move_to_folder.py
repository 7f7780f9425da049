"""The sheet between dropping photos on a folder and moving them."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.problems import Deed
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.move_to_folder import MoveSheet, ask_to_move


@pytest.fixture
def opened(session: Session, result: Result) -> Session:
    session.analysis.show(result)
    return session


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "photos" / "Norway"


def ask(session: Session, ids: list[int], folder: Path, qtbot: QtBot) -> MoveSheet:
    sheet = ask_to_move(session, ids, folder)
    assert sheet is not None
    qtbot.addWidget(sheet)
    return sheet


def told(sheet: MoveSheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def agree(sheet: MoveSheet, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        qtbot.mouseClick(sheet.move_button, Qt.MouseButton.LeftButton)


def test_nothing_moves_before_people_agree(opened: Session, target: Path, qtbot: QtBot) -> None:
    sheet = ask(opened, [1, 2], target, qtbot)
    assert sheet.title.text() == "Move 2 photos to “Norway”?"
    assert "Undo brings everything back" in told(sheet)
    qtbot.mouseClick(sheet.cancel, Qt.MouseButton.LeftButton)
    assert not target.exists()


def test_photos_move_are_shown_there_and_come_back(
    opened: Session, target: Path, qtbot: QtBot
) -> None:
    before = opened.shown.photos[1].path
    film = before.with_suffix(".mov")
    film.write_bytes(b"film")
    sheet = ask(opened, [1, 2], target, qtbot)
    assert "1 file goes along" in told(sheet)
    with qtbot.waitSignal(opened.clean_ups.message) as message:
        agree(sheet, opened, qtbot)
    assert message.args == ["2 photos are in Norway now."]
    assert opened.shown.photos[1].path == target / before.name
    assert sorted(path.name for path in target.iterdir()) == [
        "photo 01.jpg",
        "photo 01.mov",
        "photo 02.jpg",
    ]
    assert opened.shown.columns.folders[2] == str(target)
    with qtbot.waitSignal(opened.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        opened.history.undo()
    assert before.exists()
    assert film.exists()
    assert list(target.iterdir()) == []


def test_what_stays_is_told_with_its_reason(opened: Session, target: Path, qtbot: QtBot) -> None:
    target.mkdir()
    (target / "photo 01.jpg").write_bytes(b"another")
    sheet = ask(opened, [1, 2], target, qtbot)
    assert sheet.title.text().startswith("Move 1 photo ")
    assert "1 photo stays. The folder has a file of this name already" in told(sheet)
    agree(sheet, opened, qtbot)
    assert (target / "photo 01.jpg").read_bytes() == b"another"


def test_a_protected_folder_takes_nothing(opened: Session, target: Path, qtbot: QtBot) -> None:
    chosen = opened.choices.preferences
    opened.choices.set_preferences(replace(chosen, protected=(target,)))
    sheet = ask(opened, [1], target, qtbot)
    assert sheet.title.text() == "Nothing can be moved"
    assert "The folder is protected" in told(sheet)
    assert not sheet.move_button.isEnabled()


def test_what_could_not_be_moved_is_listed_among_the_problems(
    opened: Session, target: Path, qtbot: QtBot
) -> None:
    sheet = ask(opened, [1], target, qtbot)
    opened.shown.photos[1].path.write_bytes(b"edited meanwhile")
    agree(sheet, opened, qtbot)
    assert [problem.deed for problem in opened.problems.all] == [Deed.MOVE]
    assert not target.exists() or list(target.iterdir()) == []
