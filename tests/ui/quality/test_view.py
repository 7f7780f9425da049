"""Deciding about flagged photos."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw, Result
from photo_organizer.ui.quality.flag_model import FlagRole
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session


@pytest.fixture
def flagged(result: Result) -> Result:
    """Photos 6, 9 and 10 blurred, worst first; 2 dark."""
    blurred = tuple(
        Flag(photo, Flaw.BLUR, score, 0.5, Reason("flaws.blur", {"percent": 12}))
        for photo, score in ((6, 0.91), (9, 0.8), (10, 0.6))
    )
    return replace(result, flags=(*blurred, *result.flags[1:]))


@pytest.fixture
def view(qtbot: QtBot, session: Session, flagged: Result) -> LowQualityView:
    session.analysis.show(flagged)
    view = LowQualityView(session)
    qtbot.addWidget(view)
    view.resize(1100, 800)
    view.show()
    view.list.setFocus()
    return view


def test_the_worst_photo_comes_first_with_its_number(view: LowQualityView) -> None:
    rows = [view.photos.index(row) for row in range(view.photos.rowCount())]
    assert [index.data(FlagRole.FLAG).photo for index in rows] == [6, 9, 10]
    assert "12 %" in rows[0].data(FlagRole.SENTENCE)
    assert rows[0].data(FlagRole.SCORE).endswith("91")
    words = [index.data(FlagRole.CERTAINTY) for index in rows]
    assert words == ["certainly", "probably", "probably"]
    assert "probably" in rows[1].data(Qt.ItemDataRole.AccessibleTextRole)


def test_nothing_is_chosen_for_the_user(view: LowQualityView, session: Session) -> None:
    for flaw in Flaw:
        view.set_flaw(flaw)
    assert session.marks.ids == frozenset()


def test_keys_decide_and_go_on(view: LowQualityView, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(view.list, Qt.Key.Key_T)
    assert (session.marks.ids, view.current, session.selection.current) == ({6}, 9, 9)
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    qtbot.keyClick(view.list, Qt.Key.Key_Up)
    qtbot.keyClick(view.list, Qt.Key.Key_K)
    assert (session.marks.ids, view.current) == ({6}, 10)
    assert "Marked" in view.photos.index(0).data(FlagRole.STATE)
    assert view.photos.index(1).data(FlagRole.STATE) == ""


def test_fine_is_for_this_flaw_and_takes_the_mark_away(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    session.marks.mark([6])
    qtbot.keyClick(view.list, Qt.Key.Key_G)
    assert session.shown.flags_of(6) == ()
    assert session.marks.ids == frozenset()
    assert view.current == 9  # the next one took its place


def test_what_is_fine_is_listed_on_request_and_taken_back(
    view: LowQualityView, session: Session, qtbot: QtBot
) -> None:
    assert not view.fine_switch.isVisible()
    qtbot.keyClick(view.list, Qt.Key.Key_G)
    assert view.fine_switch.text().endswith("1")
    assert view.photos.rowCount() == 2
    view.fine_switch.setChecked(True)
    view.show_photo(6)
    assert view.photos.rowCount() == 3
    assert view.photos.index(2).data(FlagRole.STATE) == "Called fine"
    assert view.fine_button.text() == "Not fine after all"
    qtbot.keyClick(view.list, Qt.Key.Key_G)
    assert [flag.flaw for flag in session.shown.flags_of(6)] == [Flaw.BLUR]
    assert view.photos.index(0).data(FlagRole.FLAG).photo == 6  # worst first, as before
    assert view.photos.index(0).data(FlagRole.STATE) == ""


def test_the_last_photo_called_fine_leaves_an_empty_list(
    view: LowQualityView, qtbot: QtBot
) -> None:
    for _ in range(3):
        qtbot.keyClick(view.list, Qt.Key.Key_G)
    assert view.current is None
    assert view.empty.isVisible()
    assert view.fine_switch.isVisible()


def test_left_and_right_go_through_the_flaws(view: LowQualityView, qtbot: QtBot) -> None:
    for _ in range(3):
        qtbot.keyClick(view.list, Qt.Key.Key_Right)
    assert view.photos.flaw is Flaw.DARK
    assert view.current == 2
    qtbot.keyClick(view.list, Qt.Key.Key_Left)
    assert view.photos.flaw is Flaw.NOISE
    assert view.current is None
    assert view.empty.isVisible()
    assert not view.fine_button.isEnabled()


def test_every_flaw_has_its_tab_with_a_count(view: LowQualityView) -> None:
    counts = [int(view.flaws.tabText(i).split()[-1]) for i in range(view.flaws.count())]
    assert counts == [3, 0, 0, 1, 0, 0, 0, 0, 0]


def test_the_slider_moves_only_the_threshold_of_its_flaw(
    view: LowQualityView, session: Session
) -> None:
    before = {flaw: session.choices.thresholds[flaw.threshold] for flaw in Flaw}
    view.set_flaw(Flaw.DARK)
    view.slider.slider.setValue(view.slider.slider.maximum())
    changed = {flaw for flaw in Flaw if session.choices.thresholds[flaw.threshold] != before[flaw]}
    assert changed == {Flaw.DARK}
    # To the right more photos are found: the threshold falls.
    assert session.choices.thresholds["quality.certainty.dark"] < before[Flaw.DARK]


def test_what_other_views_choose_never_changes_the_photo_decided_on(
    view: LowQualityView, session: Session
) -> None:
    session.selection.set_current(1)
    assert view.preview.photo is not None
    assert view.preview.photo.id == view.current == 6
    view.hide()
    session.marks.mark([6])
    session.analysis.show(session.shown.result)  # type: ignore[arg-type]
    assert session.selection.current != 6  # a hidden view does not speak
    view.show()
    assert session.selection.current == 6


def test_the_large_photo_is_the_one_in_the_list(view: LowQualityView, qtbot: QtBot) -> None:
    assert view.preview.photo is not None
    assert view.preview.photo.id == 6
    assert "12 %" in view.preview.reason.text()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view.preview.photo.id == 9
