import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.navigation import Navigation


@pytest.fixture
def navigation(qtbot: QtBot) -> Navigation:
    navigation = Navigation(QLabel("Library"))
    qtbot.addWidget(navigation)
    navigation.add("one", "Page one", "copy")
    navigation.add("two", "Page two", "search")
    navigation.show()
    return navigation


def test_a_click_tells_the_page_and_checks_it_alone(navigation: Navigation, qtbot: QtBot) -> None:
    with qtbot.waitSignal(navigation.chosen) as told:
        qtbot.mouseClick(navigation.buttons["two"], Qt.MouseButton.LeftButton)
    assert told.args == ["two"]
    assert [button.isChecked() for button in navigation.buttons.values()] == [False, True]


def test_choosing_by_code_tells_nothing(navigation: Navigation, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(navigation.chosen):
        navigation.choose("one")
    assert navigation.buttons["one"].isChecked()


def test_counts_are_seen_and_heard(navigation: Navigation) -> None:
    button = navigation.buttons["one"]
    button.set_count("1,234")
    assert (button.count.text(), button.accessibleName()) == ("1,234", "Page one, 1,234")
    button.set_count("1,234…", "1,234 so far")
    assert (button.count.text(), button.accessibleName()) == ("1,234…", "Page one, 1,234 so far")
    button.set_count("")
    assert (button.count.text(), button.accessibleName()) == ("", "Page one")
