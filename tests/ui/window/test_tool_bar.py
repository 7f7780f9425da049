"""The tool bar: what stands in it, and in which form."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from photo_organizer.ui.window.tool_bar import ToolBar


def test_the_field_stands_in_the_middle_and_icons_at_the_end(qtbot: QtBot) -> None:
    actions = [QAction(text) for text in ("Open", "Undo", "Clean up", "Preview", "Settings")]
    field = QLineEdit()
    bar = ToolBar(actions[0], field, actions[1:3], actions[3:])
    qtbot.addWidget(bar)
    bar.resize(900, 40)
    with qtbot.waitExposed(bar):
        bar.show()
    buttons = [bar.widgetForAction(action) for action in actions]
    across = [buttons[0], field, *buttons[1:]]
    places = [widget.x() for widget in across]
    assert places == sorted(places)
    assert abs(field.geometry().center().x() - bar.width() / 2) < bar.width() / 4
    with_text = [
        button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in buttons
        if isinstance(button, QToolButton)
    ]
    assert with_text == [True, True, True, False, False]


def test_a_wide_bar_has_room_for_more_words(qtbot: QtBot) -> None:
    undo = QAction("Undo: Mark 2 safe copies for the trash of a library")
    undo.setIconText("Undo")
    bar = ToolBar(QAction("Open"), QLineEdit(), [undo], [])
    qtbot.addWidget(bar)
    button, said = bar.widgetForAction(undo), []
    assert isinstance(button, QToolButton)
    for width in (900, 1280, 2560):
        bar.resize(width, 40)
        bar._tell()
        said.append(button.text().strip())
    assert said[0] == "Undo"
    assert said[1].endswith("…")
    assert said[2] == undo.text()


def test_it_stays_where_it_is_and_cannot_be_hidden(qtbot: QtBot) -> None:
    bar = ToolBar(QAction("Open"), QLineEdit(), [], [])
    qtbot.addWidget(bar)
    assert not bar.isMovable()
    assert not bar.toggleViewAction().isEnabled()
