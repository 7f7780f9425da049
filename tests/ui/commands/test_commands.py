import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.commands.commands import Commands, Section, title
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Two places for the focus, side by side."""
    window = QWidget()
    layout = QVBoxLayout(window)
    for name in ("here", "there"):
        place = QWidget()
        place.setObjectName(name)
        place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout.addWidget(place)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def focus(window: QWidget, name: str) -> QWidget:
    place = window.findChild(QWidget, name)
    assert place is not None
    place.setFocus()
    return place


def test_keys_of_a_command_act_everywhere(window: QWidget, qtbot: QtBot) -> None:
    calls: list[str] = []
    Commands(window).add("a", Section.VIEW, "A", lambda: calls.append("a"), keys=["Q"])
    qtbot.keyClick(focus(window, "there"), Qt.Key.Key_Q)
    assert calls == ["a"]


def test_keys_of_attached_commands_act_only_there(window: QWidget, qtbot: QtBot) -> None:
    calls: list[str] = []
    commands = Commands(window)
    commands.add(
        "before", Section.PHOTO, "A", lambda: calls.append("a"), keys=["Q"], everywhere=False
    )
    here = focus(window, "here")
    commands.attach(Section.PHOTO, here)
    commands.add(
        "after", Section.PHOTO, "B", lambda: calls.append("b"), keys=["W"], everywhere=False
    )
    qtbot.keyClick(here, Qt.Key.Key_Q)
    qtbot.keyClick(here, Qt.Key.Key_W)
    assert calls == ["a", "b"]
    there = focus(window, "there")
    qtbot.keyClick(there, Qt.Key.Key_Q)
    assert calls == ["a", "b"]
    assert [action.text() for action in here.actions()] == ["A", "B"]


def test_the_list_tells_keys_and_meanings_in_order(window: QWidget) -> None:
    commands = Commands(window)
    commands.add("a", Section.VIEW, "Look", keys=["Ctrl+L", "F2"])
    commands.describe(Section.VIEW, "← →", "go on")
    commands.add("b", Section.HELP, "Help")
    assert [(e.keys, e.meaning) for e in commands.entries(Section.VIEW)] == [
        ("Ctrl+L, F2", "Look"),
        ("← →", "go on"),
    ]
    assert [action.text() for action in commands.actions()] == ["Look", "Help"]
    assert commands["b"].text() == "Help"
    assert "Ctrl+L" in commands["a"].toolTip()


def test_names_are_unique(window: QWidget) -> None:
    commands = Commands(window)
    commands.add("a", Section.VIEW, "A")
    with pytest.raises(ValueError, match="a"):
        commands.add("a", Section.VIEW, "B")
    with pytest.raises(KeyError):
        commands["b"]


def test_every_section_has_a_title(qapp: object) -> None:
    titles = [title(section) for section in Section]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_no_keys_mean_two_things_at_one_place(session: Session, qtbot: QtBot) -> None:
    """Qt does nothing at all with keys that two commands wait for."""
    window = MainWindow(session)
    qtbot.addWidget(window)
    assert not window.viewer.active  # it is made when it is asked for, and then given commands

    def reach(action: QAction) -> list[QWidget]:
        return [w for w in action.associatedObjects() if isinstance(w, QWidget)]

    def meet(one: QAction, two: QAction) -> bool:
        everywhere = Qt.ShortcutContext.WindowShortcut
        for a, b in itertools.product(reach(one), reach(two)):
            if everywhere in (one.shortcutContext(), two.shortcutContext()):
                if a.window() is b.window():
                    return True
            elif a is b or a.isAncestorOf(b) or b.isAncestorOf(a):
                return True
        return False

    clashes = [
        f"{one.objectName()} and {two.objectName()}: {key.toString()}"
        for one, two in itertools.combinations(window.commands.actions(), 2)
        for key in one.shortcuts()
        if key in two.shortcuts() and meet(one, two)
    ]
    assert not clashes, "\n".join(clashes)


def test_the_context_menu_of_an_attached_widget_sets_apart_what_is_apart(
    window: QWidget, qtbot: QtBot
) -> None:
    commands = Commands(window)
    for name, apart in (("keep", False), ("trash", False), ("copy", True), ("show", False)):
        commands.add(name, Section.PHOTO, name, everywhere=False, apart=apart)
    commands["copy"].setEnabled(False)
    here = focus(window, "here")
    commands.attach(Section.PHOTO, here)
    press = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse,
        here.rect().center(),
        here.mapToGlobal(here.rect().center()),
    )
    QApplication.sendEvent(here, press)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    # "copy" cannot be used now; what follows it is apart from what comes before it all the same.
    assert [action.text() for action in menu.actions()] == ["keep", "trash", "", "show"]
    assert menu.actions()[2].isSeparator()
    menu.close()
    for action in commands.actions():
        action.setEnabled(False)
    QApplication.sendEvent(here, press)
    assert QApplication.activePopupWidget() is None
