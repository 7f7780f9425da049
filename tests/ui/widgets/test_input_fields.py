"""Fields to choose in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.input_fields import Chooser

LONG = "An entry that is a good deal longer than the box"


@pytest.mark.parametrize("count", [1, 3, Chooser.MOST_LINES, 3 * Chooser.MOST_LINES])
def test_a_drop_down_shows_whole_entries_only(count: int, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    chooser = Chooser()
    QVBoxLayout(page).addWidget(chooser)
    chooser.set_choices([(f"{LONG} {number}", number) for number in range(count)], 0)
    chooser.setFixedWidth(90)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton)
    view = chooser.view()
    assert view.isVisible()
    shown = min(count, Chooser.MOST_LINES)
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(shown)]
    inside = view.viewport().rect()
    assert inside.contains(rows[0])
    assert inside.contains(rows[-1]), "the last entry is cut"
    assert view.sizeHintForColumn(0) <= inside.width(), "long entries are cut"
    # Nothing but the list is in the popup: a second frame looked like one more entry, cut.
    assert view.size() == view.parentWidget().size()
    chooser.hidePopup()
