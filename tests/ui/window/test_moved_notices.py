from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.session.own_categories import with_moved
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui import fakes


def opened(qtbot: QtBot, result: Result, judge: fakes.FakeJudge) -> MainWindow:
    session = Session(fakes.analysis(result, judge))
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    fakes.analysed(session, qtbot)
    return window


def following(result: Result, *ids: int) -> Result:
    """As the judge answers when 7 was moved to Food, and others follow it."""
    moved = with_moved(result, [7, *ids], "food")
    return replace(moved, by_hand=frozenset({7}), followed=dict.fromkeys(ids, 7))


def test_a_move_that_takes_photos_along_says_how_many_and_leads_to_them(
    qtbot: QtBot, result: Result
) -> None:
    judge = fakes.FakeJudge(following(result, 8, 9, 10, 11))
    window = opened(qtbot, result, judge)
    session = window._session
    view = window.views[CategoriesView]
    view.choose(OTHERS)
    view.grid.select(7)
    with qtbot.waitSignal(session.message) as told, qtbot.waitSignal(session.moved_along.told):
        session.own_categories.move([7], "food")
    assert told.args == ["1 photo is in Food & drink now."], "no more than is so"
    assert window.toast.text.text() == ("5 photos moved to Food & drink: 4 because they are alike")
    window.show_view(HighlightsView)
    show = next(button for button in window.toast.buttons if button.text() == "Show")
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert window.view is view
    assert view.category == "food"
    assert sorted(view.grid.selected_ids()) == [7, 8, 9, 10, 11]
    assert sorted(session.selection.ids) == [7, 8, 9, 10, 11]
    assert QApplication.focusWidget() is view.grid
    assert view.grid.selectionModel().isSelected(view.grid.photos.row(9))
    window.close()


def test_a_move_that_takes_nobody_along_tells_of_itself_only(qtbot: QtBot, result: Result) -> None:
    judge = fakes.FakeJudge(following(result))
    window = opened(qtbot, result, judge)
    session = window._session
    with (
        qtbot.waitSignal(session.judging.answered),
        qtbot.assertNotEmitted(session.moved_along.told),
    ):
        session.own_categories.move([7], "food")
    assert "photos moved" not in window.toast.text.text()
    window.close()


def test_what_was_there_before_did_not_come_along(qtbot: QtBot, result: Result) -> None:
    before = with_moved(result, [8], "food")
    before = replace(before, by_hand=frozenset(), followed={8: 7})
    judge = fakes.FakeJudge(following(result, 8, 9))
    window = opened(qtbot, before, judge)
    session = window._session
    with qtbot.waitSignal(session.moved_along.told) as told:
        session.own_categories.move([7], "food")
    (moved,) = told.args  # type: ignore[misc]
    assert (moved.by_hand, moved.along) == ((7,), (9,))
    window.close()


def test_a_move_taken_back_before_it_was_answered_tells_nothing(
    qtbot: QtBot, result: Result
) -> None:
    judge = fakes.FakeJudge(following(result, 8))
    window = opened(qtbot, result, judge)
    session = window._session
    session.own_categories.move([7], "food")
    with qtbot.assertNotEmitted(session.moved_along.told, wait=0):
        session.history.undo()
        qtbot.waitSignal(session.judging.answered).wait()
    window.close()
