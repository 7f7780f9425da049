"""The list of views, and how the window goes from one to the other."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.library_view import GridView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.window.views import VIEWS, Views


@pytest.fixture
def views(session: Session, result: Result, qtbot: QtBot) -> Views:
    views = Views(session)
    qtbot.addWidget(views)
    with qtbot.waitExposed(views):
        views.show()
    session.analysis.show(result)
    return views


def test_every_view_is_described_and_told_apart(views: Views) -> None:
    assert [type(view) for view in views] == list(VIEWS)
    for told in ("key", "view_name", "icon"):
        values = [getattr(view, told) for view in views]
        assert all(values)
        assert len(set(values)) == len(values)


def test_a_view_is_found_by_its_class_and_by_its_key(views: Views) -> None:
    for view in views:
        assert views[type(view)] is view
        assert views.by_key(view.key) is view
    with pytest.raises(KeyError):
        views.by_key("nowhere")


def test_one_view_is_shown_and_told(views: Views, qtbot: QtBot) -> None:
    assert isinstance(views.shown, CategoriesView)
    for view in views:
        with qtbot.waitSignal(views.came_up) as told:
            views.show_view(view)
        assert told.args == [view]
        assert views.shown is view
        assert [one for one in views if one.isVisible()] == [view]


def test_a_view_that_is_left_gives_way_to_the_one_before(views: Views) -> None:
    search, highlights = views[SearchView], views[HighlightsView]
    views.show_view(highlights)
    search.wanted.emit(False)
    search.wanted.emit(True)  # wanted again: it is still the highlights that people came from
    assert views.shown is search
    search.left.emit()
    assert views.shown is highlights
    search.left.emit()  # it is not shown: nothing to go back from
    assert views.shown is highlights


def test_who_types_keeps_the_focus(views: Views, qtbot: QtBot) -> None:
    views.show_view(views[HighlightsView])
    before = views[HighlightsView].grid
    qtbot.waitUntil(before.hasFocus)
    views.show_view(views[CategoriesView], focus=False)
    assert not views[CategoriesView].grid.hasFocus()
    views.show_view(views[CategoriesView])
    assert views[CategoriesView].grid.hasFocus()


def test_what_a_view_lists_is_what_it_can_show(
    views: Views, session: Session, result: Result
) -> None:
    for view in views:
        views.show_view(view)
        if isinstance(view, GridView) and view.offered:
            assert set(view.listed) <= set(result.photos)
            view.show_photo(view.listed[-1])
            assert session.selection.current == view.listed[-1]
    duplicates = views[DuplicatesView]
    duplicates.show_photo(7)
    assert 7 in duplicates.listed


def test_navigation_keys_and_commands_come_from_the_list(
    session: Session, result: Result, qtbot: QtBot
) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    session.analysis.show(result)
    assert list(window.navigation.buttons) == [kind.key for kind in VIEWS]
    for number, view in enumerate(window.views, 1):
        command = window.commands[f"view.{view.key}"]
        assert command.text() == view.view_name
        assert command.shortcut().toString() == f"Ctrl+{number}"
        assert command.isEnabled()
    assert isinstance(window.centralWidget(), QWidget)
