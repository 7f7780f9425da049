import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine import assets
from photo_organizer.engine.domain.keeper_criteria import CRITERIA, default_order
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.ui.sheets.keeper_order import KeeperOrder

USUAL = default_order()[GroupKind.SAME]


@pytest.fixture
def keepers(qtbot: QtBot) -> KeeperOrder:
    widget = KeeperOrder(GroupKind.SAME)
    qtbot.addWidget(widget)
    widget.set_order(USUAL)
    widget.show()
    return widget


def texts(keepers: KeeperOrder) -> list[str]:
    return [keepers.lines.item(row).text() for row in range(keepers.lines.count())]


def test_lines_are_numbered_sentences(keepers: KeeperOrder) -> None:
    assert keepers.order == USUAL
    assert texts(keepers)[0].split("  ") == ["\N{FIGURE SPACE}1.", "Rated higher"]
    assert texts(keepers)[9].startswith("10.")


@pytest.mark.parametrize("language", assets.languages())
def test_every_criterion_has_a_line_of_its_own(language: str) -> None:
    sentences = {assets.sentence(f"keepers.{criterion}.label", language) for criterion in CRITERIA}
    assert len(sentences) == len(CRITERIA)
    assert ("Older" in sentences) == (language == "en")


def test_what_faces_are_like_can_be_moved_among_similar_shots_only(qtbot: QtBot) -> None:
    lines = {}
    for kind in GroupKind:
        widget = KeeperOrder(kind)
        qtbot.addWidget(widget)
        widget.set_order(default_order()[kind])
        lines[kind] = " ".join(texts(widget))
    similar = lines.pop(GroupKind.SIMILAR)
    for said in ("Open eyes", "Sharper faces"):
        assert said in similar
        assert not any(said in others for others in lines.values())


def test_keys_move_the_current_line(keepers: KeeperOrder, qtbot: QtBot) -> None:
    keepers.lines.setCurrentRow(3)
    with qtbot.waitSignal(keepers.changed):
        qtbot.keyClick(keepers.lines, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert keepers.order == (*USUAL[:2], USUAL[3], USUAL[2], *USUAL[4:])
    assert keepers.lines.currentRow() == 2
    assert "3." in texts(keepers)[2]
    with qtbot.waitSignal(keepers.changed):
        qtbot.keyClick(keepers.lines, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert keepers.order == USUAL


def test_buttons_move_as_far_as_there_is_room(keepers: KeeperOrder) -> None:
    keepers.lines.setCurrentRow(1)
    keepers.up.click()
    assert keepers.order[:2] == (USUAL[1], USUAL[0])
    assert not keepers.up.isEnabled()
    keepers.move_current(-1)
    assert keepers.order[:2] == (USUAL[1], USUAL[0])
    keepers.lines.setCurrentRow(len(USUAL) - 2)
    keepers.down.click()
    assert not keepers.down.isEnabled()


def test_a_dragged_line_counts(keepers: KeeperOrder, qtbot: QtBot) -> None:
    assert keepers.lines.dragDropMode() is keepers.lines.DragDropMode.InternalMove
    with qtbot.waitSignal(keepers.changed):
        # What Qt does with a line that is dropped above the first.
        keepers.lines.model().moveRow(QModelIndex(), 5, QModelIndex(), 0)
    assert keepers.order[0] == USUAL[5]
    assert texts(keepers)[0].startswith("\N{FIGURE SPACE}1.")


def test_the_usual_order_comes_back(keepers: KeeperOrder, qtbot: QtBot) -> None:
    assert not keepers.restore.isEnabled()
    keepers.lines.setCurrentRow(2)
    keepers.move_current(1)
    assert keepers.restore.isEnabled()
    with qtbot.waitSignal(keepers.changed):
        keepers.restore.click()
    assert keepers.order == USUAL
    assert not keepers.restore.isEnabled()
