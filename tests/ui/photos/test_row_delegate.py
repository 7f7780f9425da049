"""Lists of rows with a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.photos.row_delegate import RowContent, RowDelegate, _wrapped
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.widgets.row_list import RowList


class Rows(RowDelegate):
    """Every row shows one photo and says its own text."""

    def __init__(self, photo: Photo, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(thumbnails, parent)
        self._photo = photo

    def content(self, index: QModelIndex | QPersistentModelIndex) -> RowContent:
        return RowContent(self._photo, index.data(), "detail", "", "0.91")


@pytest.fixture
def rows(qtbot: QtBot, session: Session, result: Result) -> RowList:
    session.analysis.show(result)
    rows = RowList()
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel([f"row {number}" for number in range(50)], rows))
    rows.setItemDelegate(Rows(result.photos[1], session.thumbnails, rows))
    rows.resize(300, 400)
    rows.show()
    return rows


def test_home_and_end_reach_the_first_and_last_row(rows: RowList, qtbot: QtBot) -> None:
    qtbot.keyClick(rows, Qt.Key.Key_End)
    assert rows.currentIndex().row() == 49
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert rows.currentIndex().row() == 48
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    assert rows.currentIndex().row() == 0


def test_letters_are_left_to_the_view_around(rows: RowList, qtbot: QtBot) -> None:
    rows.setCurrentIndex(rows.model().index(3, 0))
    qtbot.keyClick(rows, Qt.Key.Key_R)  # a list would jump to the next "row"
    assert rows.currentIndex().row() == 3


def test_rows_grow_with_the_font(rows: RowList) -> None:
    before = rows.rowHeight(0)
    font = QFont(rows.font())
    font.setPointSize(3 * font.pointSize())
    rows.setFont(font)
    assert rows.rowHeight(0) > before


def test_a_selected_row_looks_different(rows: RowList) -> None:
    rows.setCurrentIndex(rows.model().index(1, 0))
    first = rows.grab().toImage()
    rows.setCurrentIndex(rows.model().index(2, 0))
    assert rows.grab().toImage() != first


@given(st.text(alphabet=st.sampled_from("ab 한"), max_size=60), st.floats(1, 400))
def test_wrapping_loses_no_word(qapp: QApplication, text: str, width: float) -> None:
    lines = _wrapped(QFontMetricsF(qapp.font()), text, width)
    assert 1 <= len(lines) <= 2
    assert " ".join(lines) == text
