"""Facts in two columns."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.facts_table import ElidedLabel, FactsTable
from tests.ui import fakes


def test_rows_are_used_again_and_hidden_when_there_is_less_to_say(
    qtbot: QtBot, tmp_path: Path
) -> None:
    table = FactsTable()
    qtbot.addWidget(table)
    table.show()
    table.set_photo(fakes.photo(tmp_path / "a.jpg", 1, camera="X"), dashes=False)
    many = sum(value.isVisible() for _, value in table._rows)
    table.set_photo(fakes.photo(tmp_path / "b.jpg", 2), keys={"name", "size"}, bold={"size"})
    shown = [value for _, value in table._rows if value.isVisible()]
    assert many > 2
    assert [value.font().bold() for value in shown] == [False, True]
    assert shown[0].accessibleName() == "Name: b.jpg"
    table.set_photo(None)
    assert not any(value.isVisible() for _, value in table._rows)


def test_a_long_name_never_widens_and_is_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("a" * 500)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 100
    label.resize(120, 20)
    label.show()
    label.grab()
    assert label.toolTip() == "a" * 500
    label.setText("short")
    label.grab()
    assert label.toolTip() == ""


def test_a_sentence_of_which_little_is_left_is_left_out(qtbot: QtBot) -> None:
    label = ElidedLabel("With variety: one of alike photos", elide=Qt.TextElideMode.ElideRight)
    qtbot.addWidget(label)
    label.resize(30, 20)
    picture = label.grab().toImage()
    label.setText("")
    assert picture == label.grab().toImage()
    label.setText("With variety: one of alike photos")
    label.resize(label.sizeHint())
    whole = label.grab().toImage()
    label.setText("")
    assert whole != label.grab().toImage()
