from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.ui.categories.view import ALL, CategoriesView
from photo_organizer.ui.session.session import Session


@pytest.fixture
def view(session: Session, result: Result, qtbot: QtBot) -> CategoriesView:
    view = CategoriesView(session)
    qtbot.addWidget(view)
    session.analysis.show(result)
    return view


def titles(view: CategoriesView) -> list[str]:
    return [view.tabs.tabText(tab) for tab in range(view.tabs.count())]


def test_tabs_count_their_photos(view: CategoriesView) -> None:
    assert titles(view) == ["All photos  12", "Food && drink  2", "Animals  4", "Others  6"]
    assert view.category == ALL
    assert list(view.grid.photos.ids) == list(range(1, 13))


def test_tabs_that_came_in_unseen_have_their_room(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    view = CategoriesView(session)
    pages.addWidget(view)
    pages.addWidget(QWidget())
    with qtbot.waitExposed(pages):
        pages.show()
    QTest.qWait(0)
    pages.setCurrentIndex(1)
    QTest.qWait(0)
    session.analysis.show(result)
    QTest.qWait(0)
    pages.setCurrentIndex(0)
    qtbot.waitUntil(lambda: 0 < view.tabs.sizeHint().height() <= view.tabs.height())


def test_a_tab_shows_its_photos(view: CategoriesView) -> None:
    view.choose("animal")
    assert list(view.grid.photos.ids) == [3, 4, 5, 6]
    view.choose("no such category")
    assert view.category == "animal"


def test_the_chosen_tab_stays_while_results_come_in(
    view: CategoriesView, session: Session, result: Result
) -> None:
    view.choose("animal")
    grown = replace(result, categories={"plant": (1,), "animal": (3, 4), OTHERS: (2,)})
    session.analysis.show(grown)
    assert view.category == "animal"
    assert list(view.grid.photos.ids) == [3, 4]
    session.analysis.show(replace(result, categories={OTHERS: (2, 3)}))
    assert view.category == ALL


def test_a_category_without_photos_has_no_tab(
    view: CategoriesView, session: Session, result: Result
) -> None:
    session.analysis.show(replace(result, categories={"food": (), "my_dog": (1,), OTHERS: ()}))
    assert titles(view) == ["All photos  12", "My dog  1"]


def test_keys_go_through_the_tabs(view: CategoriesView, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view, Qt.Key.Key_PageDown, control)
    assert view.category == "food"
    qtbot.keyClick(view, Qt.Key.Key_PageUp, control)
    qtbot.keyClick(view, Qt.Key.Key_PageUp, control)
    assert view.category == OTHERS
