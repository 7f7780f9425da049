from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import LIBRARY, OTHERS, Ranked, Result
from photo_organizer.ui.categories.cover_photos import cover_of
from photo_organizer.ui.categories.view import ALL, CategoriesView
from photo_organizer.ui.photos.dragged_photos import dragged_photos
from photo_organizer.ui.session.session import Session


class Dragged:
    """What a drop asks of its event; who drags from where is Qt's own to say."""

    def __init__(self, source: object, spot: QPoint = QPoint()) -> None:  # noqa: B008
        self._source, self._spot = source, spot
        self.accepted = False

    def source(self) -> object:
        return self._source

    def position(self) -> QPointF:
        return QPointF(self._spot)

    def acceptProposedAction(self) -> None:
        self.accepted = True

    def setAccepted(self, accepted: bool) -> None:
        self.accepted = accepted


@pytest.fixture
def view(session: Session, result: Result, qtbot: QtBot) -> CategoriesView:
    view = CategoriesView(session)
    view.resize(900, 600)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    session.analysis.show(result)
    return view


def test_the_best_highlight_is_the_cover(result: Result) -> None:
    assert cover_of(result, ALL) == 1
    assert cover_of(result, "animal") == 3
    better = replace(result, highlights={**result.highlights, "animal": [Ranked(5, 1.0, 9.0)]})
    assert cover_of(better, "animal") == 5
    # Moved away a moment ago: the ranking does not know yet.
    away = replace(better, categories={**result.categories, "animal": (3, 4, 6)})
    assert cover_of(away, "animal") == 3
    assert cover_of(result, "people") is None
    assert cover_of(replace(result, highlights={LIBRARY: []}), ALL) == 1


def test_a_tab_has_its_cover_when_it_is_loaded(
    view: CategoriesView, session: Session, qtbot: QtBot
) -> None:
    def middle() -> object:
        return view.tabs.tabIcon(2).pixmap(32, 32).toImage().pixelColor(16, 16)

    empty = middle()
    qtbot.waitUntil(lambda: session.thumbnails.idle)
    qtbot.waitUntil(lambda: middle() != empty)


def test_only_photos_of_a_grid_are_taken(view: CategoriesView) -> None:
    assert dragged_photos(Dragged(QListView())) == []  # type: ignore[arg-type]
    assert dragged_photos(Dragged(None)) == []  # type: ignore[arg-type]
    view.grid.select(4)
    assert dragged_photos(Dragged(view.grid)) == [4]  # type: ignore[arg-type]


@pytest.mark.parametrize("page", ["tabs", "cards"])
def test_dropped_photos_go_to_the_category_they_are_dropped_on(
    view: CategoriesView, session: Session, page: str
) -> None:
    view.grid.select(1)
    if page == "cards":
        view.show_overview()
        target = view.cards
        spot = target.visualRect(target.cards.index(2)).center()
    else:
        target = view.tabs
        spot = target.tabRect(2).center()
    drag = Dragged(view.grid, spot)
    target.dragEnterEvent(drag)  # type: ignore[arg-type]
    assert drag.accepted
    target.dropEvent(drag)  # type: ignore[arg-type]
    assert session.shown.result is not None
    assert session.shown.result.categories["animal"] == (1, 3, 4, 5, 6)
    assert view.tabs.tabText(1) == "Food && drink  1"


def test_all_photos_together_are_no_category_to_drop_on(
    view: CategoriesView, session: Session, result: Result
) -> None:
    view.grid.select(1)
    view.tabs.dropEvent(Dragged(view.grid, view.tabs.tabRect(0).center()))  # type: ignore[arg-type]
    assert session.shown.result is result


def test_photos_held_over_the_switch_open_the_cards(view: CategoriesView) -> None:
    view.grid.select(1)
    view.overview_button.dragEnterEvent(Dragged(view.grid))  # type: ignore[arg-type]
    assert view.overview


def test_cards_show_empty_categories_too_and_open_the_others(
    view: CategoriesView, qtbot: QtBot
) -> None:
    view.show_overview()
    names = [view.cards.cards.index(row).data() for row in range(view.cards.cards.rowCount())]
    assert names[:4] == ["All photos", "Food & drink", "Animals", "Others"]
    assert "People" in names[4:]
    view.cards.chosen.emit("people")
    assert view.overview
    view.cards.setCurrentIndex(view.cards.cards.index(2))
    qtbot.keyClick(view.cards, Qt.Key.Key_Return)
    assert not view.overview
    assert view.category == "animal"


def test_escape_and_page_keys_leave_the_cards(view: CategoriesView, qtbot: QtBot) -> None:
    view.show_overview()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.overview
    view.show_overview()
    qtbot.keyClick(view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert not view.overview
    assert view.category == "food"


def test_renamed_categories_are_called_so_at_once(view: CategoriesView, session: Session) -> None:
    mine = [
        replace(c, names={"en": "Beasts"}) if c.key == "animal" else c
        for c in session.own_categories.all
    ]
    session.own_categories._take(mine)
    assert view.tabs.tabText(2) == "Beasts  4"
    session.own_categories._take([replace(c, names={}) for c in mine])
    assert view.tabs.tabText(3).startswith("Others")
    assert view.tabs.tabData(3) == OTHERS
