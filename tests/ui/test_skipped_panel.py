"""Files that were left out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from photo_organizer.engine.results import Result, Skipped
from photo_organizer.ui import skipped_panel as module
from photo_organizer.ui.session import Session
from photo_organizer.ui.skipped_panel import Column, SkippedPanel


@pytest.fixture
def panel(qtbot: QtBot, session: Session, result: Result) -> SkippedPanel:
    session.show(result)
    panel = SkippedPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(panel.files, mode, panel)
    return panel


def test_each_file_has_its_name_reason_and_folder(panel: SkippedPanel, tmp_path: Path) -> None:
    cells = [panel.files.index(0, column).data() for column in Column]
    assert cells == ["broken.jpg", "truncated JPEG", str(tmp_path / "photos")]
    assert "1" in panel.title.text()


def test_a_growing_list_keeps_the_selection(panel: SkippedPanel, session: Session) -> None:
    panel.table.selectRow(0)
    session.skipped.append(Skipped(Path("/photos/empty.jpg"), "empty file"))
    session.skipped_changed.emit()
    assert panel.files.rowCount() == 2
    assert panel.table.currentIndex().row() == 0


def test_no_skipped_file_is_said(panel: SkippedPanel, session: Session) -> None:
    session.skipped = []
    session.skipped_changed.emit()
    assert panel.title.text() == "No file was left out"
    assert not panel.table.isVisible()


def test_the_chosen_file_is_revealed(
    panel: SkippedPanel,
    session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    revealed: list[Path] = []
    monkeypatch.setattr(module, "reveal", revealed.append)
    panel.table.selectRow(0)
    qtbot.mouseClick(panel.show_in_folder, Qt.MouseButton.LeftButton)
    assert revealed == [session.skipped[0].path]
