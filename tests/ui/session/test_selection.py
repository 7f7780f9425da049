import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.selection import Selection
from photo_organizer.ui.session.shown_result import ShownResult


@pytest.fixture
def shown(qtbot: QtBot, result: Result) -> ShownResult:
    shown = ShownResult()
    shown.show(result)
    return shown


@pytest.fixture
def selection(shown: ShownResult) -> Selection:
    return Selection(shown)


def test_the_current_photo_alone_is_selected(selection: Selection, qtbot: QtBot) -> None:
    selection.select((1, 2))
    with qtbot.waitSignal(selection.current_changed, timeout=0) as current:
        selection.set_current(3)
    assert current.args == [3]
    assert (selection.current, selection.ids) == (3, (3,))
    with qtbot.assertNotEmitted(selection.changed):
        selection.set_current(3)


def test_photos_that_went_are_not_selected_any_more(
    shown: ShownResult, selection: Selection, qtbot: QtBot
) -> None:
    selection.set_current(8)
    selection.select((8, 3, 4))
    with qtbot.waitSignal(selection.current_changed, timeout=0) as current:
        shown.part_with([8])
    assert current.args == [-1]
    assert (selection.current, selection.ids) == (None, ())
    selection.select((3, 4))
    shown.part_with([3])
    assert selection.ids == (4,)
