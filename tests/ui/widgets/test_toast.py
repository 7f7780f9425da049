"""The short notice at the bottom of the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.toast import Toast


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_all_of_it_can_be_read_each_time(around: QWidget) -> None:
    toast = Toast(around)
    for sentence in ("Short", "A sentence that is a good deal longer than the one before"):
        toast.tell(sentence, [("Undo", lambda: None), ("Show all", lambda: None)])
        assert toast.width() >= toast.sizeHint().width()
        assert all(b.width() >= b.sizeHint().width() for b in toast.buttons)
        assert around.rect().contains(toast.geometry())


def test_it_stays_in_the_middle(around: QWidget, qtbot: QtBot) -> None:
    toast = Toast(around)
    toast.tell("Done")
    around.resize(600, 400)
    qtbot.waitUntil(lambda: abs(toast.geometry().center().x() - 300) <= 1)
    assert around.rect().contains(toast.geometry())


def test_a_button_acts_once_and_it_goes(around: QWidget) -> None:
    acted: list[str] = []
    toast = Toast(around)
    toast.tell("Done", [("Undo", lambda: acted.append("undo"))])
    QTest.mouseClick(toast.buttons[0], Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert acted == ["undo"]
    assert toast.isHidden()


def test_it_takes_no_focus(around: QWidget, qtbot: QtBot) -> None:
    field = QLineEdit(around)
    field.show()
    field.setFocus()
    toast = Toast(around)
    toast.tell("Done", [("Undo", lambda: None)])
    QTest.mouseClick(toast.buttons[0], Qt.MouseButton.LeftButton)
    assert around.focusWidget() is field
