"""Marking many photos with one flaw: by selection, and all that are flagged surely enough."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Certainty, Flag, Flaw, Result
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.photo_commands import PhotoCommands

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier

SCORES = {6: 0.99, 9: 0.95, 10: 0.9, 11: 0.7, 12: 0.6, 1: 0.4}
"""Of blurred photos, worst first: three certainly, two probably, one perhaps."""


@pytest.fixture
def view(session: Session, result: Result, qtbot: QtBot) -> LowQualityView:
    blurred = tuple(
        Flag(photo, Flaw.BLUR, score, 0.36, Reason("flaws.blur", {"percent": 12}))
        for photo, score in SCORES.items()
    )
    session.analysis.show(replace(result, flags=(*blurred, *result.flags[1:])))
    view = LowQualityView(session)
    commands = Commands(view)
    PhotoCommands(session, commands)
    view.add_commands(commands)
    qtbot.addWidget(view)
    view.resize(1100, 800)
    with qtbot.waitActive(view):
        view.show()
    view.list.setFocus()
    qtbot.waitUntil(view.bulk.button.isEnabled)
    return view


@pytest.fixture
def click(view: LowQualityView, qtbot: QtBot) -> Callable[..., None]:
    """Click a row of the list."""

    def click(row: int, modifier: Qt.KeyboardModifier = NONE) -> None:
        spot = view.list.visualRect(view.photos.index(row)).center()
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, modifier, spot)

    return click


def says(view: LowQualityView, text: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.bulk.button.text() == text)


# ---------------------------------------------------------------------- several selected


def test_control_and_shift_select_and_one_key_marks_all(
    view: LowQualityView, session: Session, qtbot: QtBot, click: Callable[..., None]
) -> None:
    told: list[frozenset[int]] = []
    session.marks.changed.connect(told.append)
    click(1)
    click(3, SHIFT)
    click(5, CONTROL)
    assert view.chosen == session.selection.ids == (9, 10, 11, 1)
    assert view.trash_button.text() == "Trash 4"
    qtbot.keyClick(view.list, Key.Key_T)
    assert session.marks.ids == {9, 10, 11, 1}
    assert told == [{9, 10, 11, 1}], "all at once"
    assert view.chosen == (9, 10, 11, 1), "they stay selected: one more key takes it back"
    qtbot.keyClick(view.list, Key.Key_K)
    assert session.marks.ids == set()


def test_control_a_selects_all_of_the_flaw(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClick(view.list, Key.Key_A, CONTROL)
    assert view.chosen == tuple(SCORES)
    assert view.current == 6
    qtbot.keyClick(view.list, Key.Key_Delete)
    assert session.marks.ids == set(SCORES)


def test_shift_and_an_arrow_and_dragging_select(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    for _ in range(2):
        qtbot.keyClick(view.list, Key.Key_Down, SHIFT)
    assert session.selection.ids == (6, 9, 10)
    assert session.selection.current == 10
    rows = [view.list.visualRect(view.photos.index(row)).center() for row in (1, 2, 4)]
    viewport = view.list.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=rows[0])
    for place in (rows[1], rows[2] + QPoint(2, 2)):
        QTest.mouseMove(viewport, place)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=rows[2])
    assert session.selection.ids == (9, 10, 11, 12)


def test_stars_are_given_to_all_selected(
    view: LowQualityView, session: Session, qtbot: QtBot, click: Callable[..., None]
) -> None:
    click(0)
    click(1, SHIFT)
    qtbot.keyClick(view.list, Key.Key_4)
    assert [session.stars.of(i) for i in (6, 9, 10)] == [4, 4, None]


def test_several_are_fine_at_once_and_the_next_takes_their_place(
    view: LowQualityView, session: Session, qtbot: QtBot, click: Callable[..., None]
) -> None:
    session.marks.mark([9, 10])
    click(1)
    click(2, SHIFT)
    qtbot.keyClick(view.list, Key.Key_G)
    assert view.listed == [6, 11, 12, 1]
    assert session.marks.ids == set()
    assert (view.current, view.chosen) == (11, (11,))
    view.fine_switch.setChecked(True)
    click(4)
    click(5, SHIFT)
    assert view.fine_button.text() == "Not fine after all"
    qtbot.keyClick(view.list, Key.Key_G)
    assert view.photos.flagged == view.photos.listed
    assert view.listed == list(SCORES)


def test_what_is_selected_outlives_a_newer_result(
    view: LowQualityView, session: Session, click: Callable[..., None]
) -> None:
    click(1)
    click(3, SHIFT)
    known = session.shown.result
    assert known is not None
    flags = [flag for flag in known.flags if flag.photo not in (6, 10)]
    session.analysis.show(replace(known, flags=flags))
    assert view.chosen == session.selection.ids == (9, 11)
    assert view.current == 11


def test_the_viewer_gives_the_selection_back(
    view: LowQualityView, session: Session, click: Callable[..., None]
) -> None:
    click(0)
    click(2, SHIFT)
    view.return_to(9)
    assert session.selection.ids == (6, 9, 10)
    assert view.current == session.selection.current == 9
    view.return_to(12)
    assert session.selection.ids == (12,)


# ---------------------------------------------------------------------- all down to a strength


def test_the_surest_are_marked_with_one_click(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    counts = [button.text() for button in view.bulk.steps.values()]
    assert counts == ["Certainly\n3", "Probably\n5", "Perhaps\n6"]
    assert view.bulk.button.text() == "Mark 3 photos"
    told: list[frozenset[int]] = []
    session.marks.changed.connect(told.append)
    with qtbot.waitSignal(session.message) as message:
        qtbot.mouseClick(view.bulk.button, Qt.MouseButton.LeftButton)
    assert session.marks.ids == {6, 9, 10}
    assert told == [{6, 9, 10}], "one operation"
    assert message.args == ["3 photos are marked for the trash."]
    assert view.list.hasFocus()
    says(view, "3 are marked", qtbot)
    assert not view.bulk.button.isEnabled()


def test_a_key_does_the_same_and_says_where_there_is_nothing(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClick(view.list, Key.Key_T, CONTROL)
    assert session.marks.ids == {6, 9, 10}
    says(view, "3 are marked", qtbot)
    with qtbot.waitSignal(session.message) as message:
        qtbot.keyClick(view.list, Key.Key_T, CONTROL)
    assert message.args == ["3 are marked"]


def test_one_undo_takes_all_of_them_back(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(view.bulk.button, Qt.MouseButton.LeftButton)
    session.history.undo()
    assert session.marks.ids == set()
    says(view, "Mark 3 photos", qtbot)
    assert view.bulk.spared.text() == "", "what was taken back was not kept"


def test_a_step_further_marks_more(view: LowQualityView, session: Session, qtbot: QtBot) -> None:
    session.marks.mark([9])
    qtbot.mouseClick(view.bulk.steps[Certainty.PROBABLE], Qt.MouseButton.LeftButton)
    says(view, "Mark 4 photos", qtbot)
    qtbot.mouseClick(view.bulk.button, Qt.MouseButton.LeftButton)
    assert session.marks.ids == {6, 9, 10, 11, 12}


def test_another_flaw_begins_with_the_surest(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    view.bulk.choose(Certainty.POSSIBLE)
    view.set_flaw(Flaw.DARK)
    assert view.bulk.certainty is Certainty.CERTAIN
    says(view, "Nothing to mark here", qtbot)  # 2 is only probably dark
    view.set_flaw(Flaw.NOISE)
    assert not view.bulk.isVisible()


def test_what_people_said_something_of_is_left_out_and_told(
    view: LowQualityView, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.stars.set([9], 1)
    view.show_photo(10)
    qtbot.keyClick(view.list, Key.Key_K)  # kept, though nobody had marked it
    folder = result.photos[11].path.parent
    qtbot.mouseClick(view.bulk.steps[Certainty.POSSIBLE], Qt.MouseButton.LeftButton)
    says(view, "Mark 4 photos", qtbot)
    assert view.bulk.spared.text() == "Left out: 1 with stars, 1 that you kept"
    with qtbot.waitSignal(session.message) as message:
        qtbot.mouseClick(view.bulk.button, Qt.MouseButton.LeftButton)
    assert session.marks.ids == {6, 11, 12, 1}
    assert message.args == [
        "4 photos are marked for the trash. Left out: 1 with stars, 1 that you kept."
    ]
    session.marks.mark([6, 11, 12, 1], False)
    chosen = replace(session.choices.preferences, protected=(folder,))
    session.choices.set_preferences(chosen)
    view.bulk.set_flags(Flaw.BLUR, view.photos.flagged)
    says(view, "Nothing to mark here", qtbot)
    assert view.bulk.spared.text() == "Left out: 6 in protected folders"


def test_a_click_right_after_a_decision_respects_it(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    session.stars.set([6], 5)
    assert view.bulk.button.text() == "Mark 3 photos", "not counted anew yet"
    qtbot.mouseClick(view.bulk.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(session.marks.ids))
    assert session.marks.ids == {9, 10}


def test_a_gentle_flaw_is_called_by_its_name(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    known = session.shown.result
    assert known is not None
    closed = Flag(7, Flaw.EYES_CLOSED, 0.95, 0.5, Reason("flaws.eyes_closed"))
    session.analysis.show(replace(known, flags=(*known.flags, closed)))
    view.set_flaw(Flaw.EYES_CLOSED)
    says(view, "Eyes closed: mark 1 photo", qtbot)
