"""Files that were left out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import VIDEOS, Result, Skipped
from photo_organizer.ui.problems import view as module
from photo_organizer.ui.problems.view import Column, ProblemsView
from photo_organizer.ui.session.problems import Deed
from photo_organizer.ui.session.session import Session

BELOW = Reason("files.videos_in", {"count": 40, "folder": "Rome"})

MISSING = "the JPEG file ends too early: part of the picture is missing"


@pytest.fixture
def panel(qtbot: QtBot, session: Session, result: Result) -> ProblemsView:
    session.analysis.show(result)
    panel = ProblemsView(session)
    qtbot.addWidget(panel)
    panel.show()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(panel.files, mode, panel)
    return panel


def test_each_file_has_its_name_reason_and_folder(panel: ProblemsView, tmp_path: Path) -> None:
    cells = [panel.files.index(0, column).data() for column in Column]
    assert cells == ["broken.jpg", "Not analysed", MISSING, str(tmp_path / "photos")]
    assert "1" in panel.title.text()


def test_all_columns_are_seen_in_a_narrow_window(panel: ProblemsView, qtbot: QtBot) -> None:
    panel.resize(784, 600)
    qtbot.waitUntil(lambda: not panel.table.horizontalScrollBar().isVisible())
    widths = [panel.table.columnWidth(column) for column in Column]
    assert sum(widths) <= panel.table.viewport().width()
    assert min(widths) >= 160


def test_a_reason_that_is_cut_can_be_read_in_its_tip(panel: ProblemsView, tmp_path: Path) -> None:
    tips = {
        column: panel.files.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in Column
    }
    assert tips[Column.REASON] == MISSING
    assert tips[Column.FILE] == tips[Column.FOLDER] == str(tmp_path / "photos" / "broken.jpg")


def test_a_growing_list_keeps_the_selection(panel: ProblemsView, session: Session) -> None:
    panel.table.selectRow(0)
    session.analysis.skipped.append(Skipped(Path("/photos/empty.jpg"), Reason("files.empty")))
    session.analysis.skipped_changed.emit()
    assert panel.files.rowCount() == 2
    assert panel.table.currentIndex().row() == 0


def test_videos_are_told_and_are_no_problem(panel: ProblemsView, session: Session) -> None:
    names = tuple(f"{number}.mp4" for number in range(40))
    told = Skipped(Path("/photos"), Reason(VIDEOS, {"count": 40}, items=(BELOW,)), names)
    session.analysis.skipped = [told]
    session.analysis.skipped_changed.emit()
    assert panel.title.text() == "No problems"
    assert panel.view_count is None
    cell = panel.files.index(0, Column.REASON)
    assert cell.data() == "40 videos are not looked at: 40 in Rome"
    lines = cell.data(Qt.ItemDataRole.ToolTipRole).split("\n")
    assert lines[1] == "0.mp4"
    assert (len(lines), lines[-1]) == (32, "…")


def test_no_skipped_file_is_said(panel: ProblemsView, session: Session) -> None:
    session.analysis.skipped = []
    session.analysis.skipped_changed.emit()
    assert panel.title.text() == "No problems"
    assert not panel.table.isVisible()


def test_what_could_not_be_moved_or_exported_is_listed_too(
    panel: ProblemsView, session: Session
) -> None:
    stays = Path("/photos/a.jpg")
    session.problems.replace(Deed.TRASH, [(stays, Reason("trash.changed"))])
    session.problems.replace(Deed.EXPORT, [(Path("/photos/b.jpg"), Reason("files.empty"))])
    assert "3" in panel.title.text()
    rows = [
        [panel.files.index(row, column).data() for column in (Column.FILE, Column.DEED)]
        for row in range(panel.files.rowCount())
    ]
    assert rows == [
        ["broken.jpg", "Not analysed"],
        ["a.jpg", "Not moved to the trash"],
        ["b.jpg", "Not exported"],
    ]
    assert panel.files.index(1, Column.REASON).data() == Reason("trash.changed").text("en")
    session.problems.replace(Deed.TRASH, [])  # the next clean-up went well
    assert panel.files.rowCount() == 2


def test_files_can_be_looked_at_again(panel: ProblemsView, session: Session, qtbot: QtBot) -> None:
    assert not panel.try_again.isVisible()  # a result from elsewhere: nothing is open
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.analysis.open([Path("/photos")])
    with qtbot.waitSignal(panel.again, timeout=0):
        panel.try_again.click()


def test_the_chosen_file_is_revealed(
    panel: ProblemsView,
    session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    revealed: list[Path] = []
    monkeypatch.setattr(module, "show_in_file_manager", revealed.append)
    panel.table.selectRow(0)
    qtbot.mouseClick(panel.show_in_folder, Qt.MouseButton.LeftButton)
    assert revealed == [session.analysis.skipped[0].path]
