import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.palette import CommandPalette, matching


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window).addWidget(QLineEdit())
    window.resize(900, 600)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def commands(window: QWidget, calls: list[str]) -> Commands:
    commands = Commands(window)
    for name, section, text in (
        ("open", Section.LIBRARY, "Open folder…"),
        ("undo", Section.CLEAN_UP, "Undo"),
        ("reopen", Section.LIBRARY, "Close and open again"),
        ("keep", Section.PHOTO, "Keep"),
    ):
        commands.add(name, section, text, lambda name=name: calls.append(name), keys=["F5"])
    commands.describe(Section.PHOTO, "← →", "open the next photo")
    return commands


@pytest.fixture
def palette(commands: Commands, window: QWidget) -> CommandPalette:
    window.findChild(QLineEdit).setFocus()
    palette = CommandPalette(commands, window)
    palette.open()
    return palette


def names(commands: Commands, query: str) -> list[str]:
    return [e.action.objectName() for e in matching(commands.entries(), query) if e.action]


def test_every_word_has_to_be_found_and_beginnings_come_first(commands: Commands) -> None:
    assert names(commands, "") == ["open", "undo", "reopen", "keep"]
    assert names(commands, "open") == ["open", "reopen"]
    assert names(commands, "AGAIN op") == ["reopen"]
    assert names(commands, "lib") == ["open", "reopen"]
    assert names(commands, "eep") == ["keep"]
    assert names(commands, "nothing") == []


def test_what_cannot_be_used_comes_last_and_cannot_be_chosen(
    palette: CommandPalette, commands: Commands, calls: list[str], qtbot: QtBot
) -> None:
    commands["open"].setEnabled(False)
    assert names(commands, "open") == ["reopen", "open"]
    palette.field.setText("folder")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert calls == []


def test_typing_arrows_and_enter_run_a_command_and_the_focus_returns(
    palette: CommandPalette, window: QWidget, calls: list[str], qtbot: QtBot
) -> None:
    assert palette.field.hasFocus()
    qtbot.keyClicks(palette.field, "open")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.field.accessibleDescription() == "Close and open again, Library, F5"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    qtbot.waitUntil(lambda: calls == ["reopen"])
    assert window.findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly).hasFocus()


def test_a_click_runs_a_command(palette: CommandPalette, calls: list[str], qtbot: QtBot) -> None:
    place = palette.list.visualRect(palette.found.index(1)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: calls == ["undo"])


def test_escape_and_a_click_elsewhere_put_it_away(
    palette: CommandPalette, window: QWidget, qtbot: QtBot
) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open()
    palette.field.setText("no such thing")
    assert palette.nothing.isVisible()
    window.findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly).setFocus()
    assert not palette.isVisible()


def test_it_stays_within_a_narrow_window(palette: CommandPalette, window: QWidget) -> None:
    window.resize(400, 600)
    assert palette.x() > 0
    assert palette.geometry().right() < 400


def test_an_ampersand_in_the_text_of_a_command_is_shown_once(
    commands: Commands, palette: CommandPalette
) -> None:
    commands["undo"].setText("Undo: Move 2 photos to Food && drink")
    palette.field.setText("food & drink")
    index = palette.found.index(0)
    assert index.data() == "Undo: Move 2 photos to Food & drink"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(index.data())
