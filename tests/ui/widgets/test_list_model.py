import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.list_model import Index, ListModel


class Names(ListModel[str]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.item(index) if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def names(qtmodeltester: ModelTester) -> Names:
    model = Names()
    qtmodeltester.check(model)
    model.set_items(["a", "b", "c", "d"])
    return model


def test_items_are_listed_in_their_order(names: Names, qtbot: QtBot) -> None:
    assert [names.index(row).data() for row in range(names.rowCount())] == ["a", "b", "c", "d"]
    with qtbot.waitSignal(names.modelReset):
        names.set_items(["e"])
    assert names.rowCount() == 1
    assert names.item(names.index(0)) == "e"


def test_an_invalid_index_has_no_item(names: Names) -> None:
    assert names.item(QModelIndex()) is None
    assert names.rowCount(names.index(0)) == 0


def test_many_changes_are_one_signal(names: Names, qtbot: QtBot) -> None:
    with qtbot.waitSignal(names.dataChanged) as told:
        names.tell_changed(row for row in (3, 1))
    assert [index.row() for index in told.args[:2]] == [1, 3]


def test_no_change_is_no_signal(names: Names, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(names.dataChanged):
        names.tell_changed([])
