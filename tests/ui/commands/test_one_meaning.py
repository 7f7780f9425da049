"""One key means one thing, whatever view it is pressed in."""

import ast
import inspect
from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from photo_organizer import ui
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.commands.commands import CheatSheetLine
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.views import VIEWS

SAME = (
    {"photo.keep", "Keep, and go on"},
    {"photo.trash", "Mark for the trash, and go on"},
    {"duplicates.next_face", "large.next_face"},
    {"duplicates.previous_face", "large.previous_face"},
    # In the viewer there is nothing left to open: Space goes on.
    {"View full screen", "Full screen: next or other photo"},
)
"""One thing, told of for two places."""

DIRECTIONS = {"←", "→", "↑", "↓"}
"""They lead to whatever lies there."""

TAKEN_BY_FIELDS = {"search_field.py", "filter_panel.py", "palette.py"}
"""Keys of a field or popup that has the focus to itself."""

MOVING = {"Home", "End", "PgUp", "PgDown"}
"""They go to the ends of any list, or a screen further."""


@pytest.fixture
def window(qtbot: QtBot, session: Session, result: Result) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    session.analysis.show(result)
    return window


def keys_of(entry: CheatSheetLine) -> set[str]:
    if entry.action is not None:
        return {key.toString() for key in entry.action.shortcuts()}
    words = entry.keys.replace(",", " ").split()
    return {"-" if word == "−" else "Del" if word == "Delete" else word for word in words}


def meaning_of(entry: CheatSheetLine) -> str:
    name = entry.action.objectName() if entry.action is not None else entry.meaning
    return next((min(same) for same in SAME if name in same), name)


def test_no_key_has_two_meanings(window: MainWindow) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for entry in window.commands.entries():
        for key in keys_of(entry) - DIRECTIONS:
            meanings[key].add(meaning_of(entry))
    assert {key: meant for key, meant in meanings.items() if len(meant) > 1} == {}


def test_what_views_know_by_themselves_is_told_in_the_cheat_sheet(window: MainWindow) -> None:
    told = {key.casefold() for entry in window.commands.entries() for key in keys_of(entry)}
    untold = {
        f"{path.name}: {key}"
        for path in Path(inspect.getfile(ui)).parent.rglob("*.py")
        if path.name not in TAKEN_BY_FIELDS
        for key in keys_known_by(path)
        if key not in MOVING and key.casefold() not in told
    }
    assert untold == set()


def keys_known_by(path: Path) -> set[str]:
    """The keys that the code of a module compares with, as the cheat sheet writes them."""
    arrows = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
    equal = {"=": "+", "Return": "Enter", "Backspace": "Del", "0": "Ctrl+0"}
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr.startswith("Key_"):
            key = QKeySequence(getattr(Qt.Key, node.attr)).toString()
            found.add(arrows.get(key, equal.get(key, key)))
    return found


@pytest.mark.parametrize("view", [v for v in VIEWS if v.grid or v.shows_large or v.beside_preview])
def test_stars_and_rejection_have_the_same_keys_in_every_view(
    window: MainWindow, session: Session, qtbot: QtBot, view: type[LibraryView]
) -> None:
    window.show_view(view)
    if isinstance(window.view, SearchView):
        with qtbot.waitSignal(session.finder.answered):
            window.view.search("photo")
        window.view.take_focus()
    photo = session.selection.current
    assert photo is not None
    focus = window.focusWidget()
    assert focus is not None
    for key, stars in {"3": 3, "X": 0, "1": 1, "0": None, "P": 5, "U": None}.items():
        qtbot.keyClick(focus, QKeySequence(key)[0].key())
        assert (session.selection.current, session.stars.of(photo)) == (photo, stars)


@pytest.mark.parametrize("view", [DuplicatesView, LowQualityView])
def test_a_large_photo_is_turned_and_zoomed_by_the_same_keys(
    window: MainWindow, session: Session, qtbot: QtBot, view: type[LibraryView]
) -> None:
    window.show_view(view)
    photo = session.selection.current
    assert photo is not None
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_R)
    assert session.rotations.of(photo) == 1
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_R, shift)
    assert session.rotations.of(photo) == 0
