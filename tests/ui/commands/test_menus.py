"""The menu bar and the cheat sheet, both made from the list of commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.menus import Menus, with_letter
from photo_organizer.ui.commands.shortcut_sheet import HEADING_LINES, ShortcutSheet, balanced


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


def shown(window: QMainWindow) -> dict[str, list[str]]:
    """The menus with what is in them, lines as "-"."""
    return {
        top.text().replace("&", ""): ["-" if a.isSeparator() else a.text() for a in menu.actions()]
        for top in window.menuBar().actions()
        if (menu := top.menu()) is not None
    }


def test_each_section_has_a_menu_and_a_large_photo_closes_that_of_views(
    window: QMainWindow,
) -> None:
    commands = Commands(window)
    commands.add("a", Section.HELP, "A")
    commands.add("b", Section.LARGE, "B")
    commands.add("c", Section.VIEW, "C")
    commands.add("d", Section.VIEW, "D", apart=True)
    commands.describe(Section.VIEW, "X", "no command")
    Menus(commands, window.menuBar())
    assert shown(window) == {"View": ["C", "-", "D", "-", "B"], "Help": ["A"]}


def test_commands_added_later_come_into_their_menu(window: QMainWindow) -> None:
    commands = Commands(window)
    Menus(commands, window.menuBar())
    commands.add("a", Section.HELP, "A")
    commands.add("b", Section.LIBRARY, "B")
    assert shown(window) == {"Library": ["B"], "Help": ["A"]}


def test_menus_open_with_letters_of_their_own_in_any_language() -> None:
    taken: set[str] = set()
    assert with_letter("Library", "library", taken) == "&Library"
    assert with_letter("Large", "large", taken) == "L&arge"
    assert with_letter("보기", "view", taken) == "보기(&V)"
    assert with_letter("R & D", "x", taken) == "&R && D"
    assert taken == {"l", "a", "v", "r"}
    assert with_letter("Lava", "lar", taken) == "Lava"


@given(st.dictionaries(st.sampled_from(Section), st.integers(1, 30)), st.integers(1, 4))
def test_columns_keep_the_order_and_are_as_short_as_possible(
    counts: dict[Section, int], columns: int
) -> None:
    made = balanced(counts, columns)
    assert [section for column in made for section in column] == list(counts)
    assert len(made) <= columns
    heights = [sum(counts[s] + HEADING_LINES for s in column) for column in made]
    tallest = max((counts[s] + HEADING_LINES for s in counts), default=0)
    total = sum(counts[s] + HEADING_LINES for s in counts)
    assert max(heights, default=0) <= max(tallest, total / columns + tallest)


def test_the_cheat_sheet_fits_a_small_screen_and_tells_every_key(qtbot: QtBot) -> None:
    window = QMainWindow()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    commands = Commands(window)
    for section in Section:
        for number in range(12):
            keys = [f"Ctrl+F{number + 1}"] if number else []
            commands.add(f"{section}.{number}", section, f"{section} {number}", keys=keys)
    sheet = ShortcutSheet(commands, window)
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.width() <= 1024
    assert sheet.height() <= 700
    assert sheet.area.verticalScrollBar().maximum() > 0
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert texts.count("Ctrl+F5") == len(Section)
    assert "photo 5" in texts
    assert "photo 0" not in texts  # it has no keys
