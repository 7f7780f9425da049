"""The pages that sheets have in common."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.sheets import pages
from photo_organizer.ui.sheets.pages import OutcomePage, ProgressPage


@pytest.fixture
def sheet(qtbot: QtBot) -> QWidget:
    sheet = QWidget()
    qtbot.addWidget(sheet)
    return sheet


def test_progress_says_how_far_it_is(sheet: QWidget) -> None:
    more = QPushButton("More")
    page = ProgressPage(sheet, "Progress of the test", more)
    page.begin("Testing", 20)
    assert page.title.text() == "Testing"
    assert (page.bar.value(), page.bar.maximum()) == (0, 20)
    page.show_step(15, 20)
    assert page.bar.value() == 15
    assert page.figures.text() == "15 of 20"
    assert page.bar.accessibleName() == "Progress of the test"
    assert more.parent() is page


def test_nothing_to_do_is_no_endless_bar(sheet: QWidget) -> None:
    page = ProgressPage(sheet, "Progress of the test")
    page.begin("Testing", 0)
    assert page.bar.maximum() == 1


def test_problems_are_listed_and_can_be_shown_in_their_folder(
    sheet: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(pages, "show_in_file_manager", shown.append)
    page = OutcomePage(sheet, problems="Photos that failed", why="Why")
    sheet.show()
    page.show()
    page.show_outcome(
        "1 photo is tested", "", [(Path("/a/1.jpg"), "gone"), (Path("/b/2.jpg"), "full")]
    )
    assert page.title.text() == "1 photo is tested"
    assert not page.text.isVisible()
    assert page.problems.isVisible()
    second = page.problems.topLevelItem(1)
    assert second is not None
    assert (second.text(0), second.text(1)) == ("2.jpg", "full")
    assert second.toolTip(0) == "/b/2.jpg"
    page.problems.itemActivated.emit(second, 0)
    assert shown == [Path("/b/2.jpg")]
    page.show_outcome("2 photos are tested", "All of them.", [])
    assert page.text.isVisible()
    assert not page.problems.isVisible()
    assert page.problems.topLevelItemCount() == 0
