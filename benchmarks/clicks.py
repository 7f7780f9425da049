"""How long the window takes to answer single clicks and keys, with real events.

Each is sent as the system would send it, and is answered when the window is drawn anew: what was
clicked has said its part, and everything that waited in the event loop was done once. Used by
responsiveness.py --clicks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from photo_organizer.ui.window.main_window import MainWindow

GOAL = 100
"""Milliseconds in which a click is answered."""

REST = 400
"""Milliseconds of quiet before each: what one began is not counted to the next."""

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, order=True)
class Answer:
    """What one click took."""

    ms: float
    computed: float
    """Milliseconds of it in which the window's thread computed."""
    name: str


def answers(window: MainWindow) -> list[Answer]:
    """Go through what people do in every view; the slowest answer last."""
    found = []
    for name, act in _acts(window):
        _settle(REST)
        started, computed = time.perf_counter(), time.thread_time()
        act()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        found.append(
            Answer(
                1000 * (time.perf_counter() - started),
                1000 * (time.thread_time() - computed),
                name,
            )
        )
    return sorted(found)


def _acts(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    from photo_organizer.ui.categories.view import CategoriesView
    from photo_organizer.ui.duplicates.view import DuplicatesView
    from photo_organizer.ui.highlights.view import HighlightsView
    from photo_organizer.ui.quality.view import LowQualityView
    from photo_organizer.ui.search.view import SearchView

    def key(of: QWidget, code: Qt.Key, held: Qt.KeyboardModifier = NONE) -> Callable[[], object]:
        return lambda: QTest.keyClick(of, code, held)

    def click(on: QWidget) -> Callable[[], object]:
        return lambda: QTest.mouseClick(on, Qt.MouseButton.LeftButton)

    for view in window.views:
        yield f"go to {view.key}", click(window.navigation.buttons[view.key])
    for kind in (CategoriesView, HighlightsView):
        view = window.views[kind]
        yield f"back to {view.key}", click(window.navigation.buttons[view.key])
        grid = view.grid
        for name, code, held in (
            ("right", Qt.Key.Key_Right, NONE),
            ("five stars", Qt.Key.Key_5, NONE),
            ("reject", Qt.Key.Key_X, NONE),
            ("mark", Qt.Key.Key_T, NONE),
            ("end of the list", Qt.Key.Key_End, NONE),
            ("select all", Qt.Key.Key_A, CONTROL),
            ("mark all", Qt.Key.Key_T, NONE),
            ("undo", Qt.Key.Key_Z, CONTROL),
            ("redo", Qt.Key.Key_Z, BOTH),
            ("undo again", Qt.Key.Key_Z, CONTROL),
            ("rate all", Qt.Key.Key_3, NONE),
            ("undo the rating", Qt.Key.Key_Z, CONTROL),
            ("home", Qt.Key.Key_Home, NONE),
        ):
            yield f"{view.key}: {name}", key(grid, code, held)
        yield f"{view.key}: open a photo", key(grid, Qt.Key.Key_Return)
        yield f"{view.key}: next photo", lambda: QTest.keyClick(window.viewer, Qt.Key.Key_Right)
        yield f"{view.key}: leave it", lambda: QTest.keyClick(window.viewer, Qt.Key.Key_Escape)
    duplicates = window.views[DuplicatesView]
    yield "back to duplicates", click(window.navigation.buttons[duplicates.key])
    for kind_of, button in duplicates.kinds.items():
        yield f"duplicates: {kind_of.value}", click(button)
    for name, code in (
        ("down", Qt.Key.Key_Down),
        ("right", Qt.Key.Key_Right),
        ("mark", Qt.Key.Key_T),
        ("keep only", Qt.Key.Key_O),
        ("not duplicates", Qt.Key.Key_S),
    ):
        yield f"duplicates: {name}", key(duplicates.list, code)
    yield "duplicates: undo", key(duplicates.list, Qt.Key.Key_Z, CONTROL)
    yield "duplicates: mark safe copies", click(duplicates.mark_safe)
    quality = window.views[LowQualityView]
    yield "back to low quality", click(window.navigation.buttons[quality.key])
    for name, code in (
        ("down", Qt.Key.Key_Down),
        ("mark", Qt.Key.Key_T),
        ("fine", Qt.Key.Key_G),
    ):
        yield f"low quality: {name}", key(quality.list, code)
    yield "low quality: undo", key(quality.list, Qt.Key.Key_Z, CONTROL)
    search = window.views[SearchView]
    yield "search: a letter", lambda: QTest.keyClick(search.field, Qt.Key.Key_A)
    yield "history", key(window, Qt.Key.Key_H, CONTROL)
    yield "leave the history", click(window.show_history().close_button)
    yield "settings", key(window, Qt.Key.Key_Comma, CONTROL)
    yield "palette", window.program_commands.palette.open
    yield "leave the palette", window.program_commands.palette.dismiss


def _settle(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def report(found: list[Answer], show: int) -> None:
    """Print the slowest answers and how many were too slow."""
    over = [one for one in found if one.ms > GOAL]
    print(
        f"{len(found)} clicks and keys; slowest {found[-1].ms:.0f} ms, {len(over)} over {GOAL} ms"
    )
    for one in found[: -show - 1 : -1]:
        print(f"{one.ms:7.0f} ms ({one.computed:4.0f} computing)  {one.name}")
