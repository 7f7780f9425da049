from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.view_state import ViewState


def test_what_a_view_remembers_is_of_the_type_it_expects() -> None:
    memory, other = ViewState("grid"), ViewState("list")
    assert memory.get("tab", "all") == "all"
    memory.set("tab", "food")
    memory.set("size", 240)
    memory.set("zoom", 1.5)
    memory.set("months", False)
    QSettings().sync()
    assert memory.get("tab", "all") == "food"
    assert memory.get("size", 100) == 240
    assert memory.get("zoom", 1.0) == 1.5
    assert memory.get("months", True) is False
    assert other.get("tab", "all") == "all"
    memory.set("size", "large")
    assert memory.get("size", 100) == 100


def test_a_splitter_stays_where_it_was_left(qtbot: QtBot) -> None:
    def splitter() -> QSplitter:
        made = QSplitter(Qt.Orientation.Horizontal)
        qtbot.addWidget(made)
        made.addWidget(QWidget())
        made.addWidget(QWidget())
        made.resize(600, 100)
        made.show()
        return made

    first = splitter()
    ViewState("grid").keep_splitter(first)
    first.moveSplitter(150, 1)
    left = first.sizes()
    second = splitter()
    assert second.sizes() != left
    ViewState("grid").keep_splitter(second)
    assert second.sizes() == left
