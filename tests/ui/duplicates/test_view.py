"""Deciding about duplicates, with the keyboard alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import GroupKind, Result
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.duplicates.commands import DuplicateCommands
from photo_organizer.ui.duplicates.group_model import GroupRole
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.photo_commands import PhotoCommands


@pytest.fixture
def view(qtbot: QtBot, session: Session, result: Result) -> DuplicatesView:
    session.analysis.show(result)
    view = DuplicatesView(session)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    commands = Commands(view)
    PhotoCommands(session, commands)
    DuplicateCommands(view, session, commands)
    with qtbot.waitActive(view):
        view.show()
    view.compare.setFocus()
    return view


def test_a_whole_story_by_keys(view: DuplicatesView, session: Session, qtbot: QtBot) -> None:
    def press(key: Qt.Key) -> None:
        qtbot.keyClick(view.compare, key)

    # Exact copies come first: photo 8 is a copy of 7.
    assert (view.kind, view.compare.current) == (GroupKind.EXACT, 8)
    press(Qt.Key.Key_T)
    assert session.marks.ids == {8}
    # No exact copies are left, so the next group is the burst of 3, 4 and 5.
    press(Qt.Key.Key_N)
    assert (view.kind, view.compare.current) == (GroupKind.SIMILAR, 4)
    press(Qt.Key.Key_Delete)
    assert (session.marks.ids, view.compare.current) == ({8, 4}, 5)
    press(Qt.Key.Key_O)
    assert session.marks.ids == {8, 3, 4}
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_K)
    assert session.marks.ids == {8, 3}
    with qtbot.waitSignal(session.message):
        press(Qt.Key.Key_N)
    # Keeping all is done with it.
    press(Qt.Key.Key_A)
    assert session.marks.ids == {8}
    assert view.compare.group is None


def test_reviewed_groups_are_hidden_until_asked_for(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    view.kinds[GroupKind.SIMILAR].click()
    view.compare.setFocus()
    assert not view.reviewed.isVisible()
    session.marks.mark([4])
    qtbot.keyClick(view.compare, Qt.Key.Key_V)
    assert session.marks.ids == {4}
    assert view.compare.group is None
    assert view.kinds[GroupKind.SIMILAR].text().split()[-1] == "0"
    assert "1" in view.reviewed.text()

    view.reviewed.click()
    assert view.compare.group is not None
    assert view.compare.group.reviewed
    assert view.buttons["reviewed"].text() == "Not reviewed"
    assert session.marks.mark_safe() == 1  # only that of the other group

    qtbot.keyClick(view.compare, Qt.Key.Key_V)
    assert view.kinds[GroupKind.SIMILAR].text().split()[-1] == "1"
    assert not view.reviewed.isVisible()


def test_after_keeping_all_the_next_group_is_shown(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    result = session.shown.result
    assert result is not None
    pair = replace(result.groups[1], keeper=9, photos=(9, 10))
    session.shown.show(replace(result, groups=(*result.groups, pair)))
    first = view.compare.group
    qtbot.keyClick(view.compare, Qt.Key.Key_A)
    assert view.compare.group not in (first, None)
    assert view.kinds[GroupKind.EXACT].text().split()[-1] == "1"


def test_a_folder_is_kept_from_and_let_go_again(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    action = next(a for a in view.actions() if a.objectName() == "duplicates.keep_from")
    folder = view.current_folder
    assert folder is not None
    assert not action.isChecked()
    with qtbot.waitSignals([session.message, session.choices.judgement_changed]):
        qtbot.keyClick(view.compare, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert session.choices.preferences.keep_from == (folder,)
    assert action.isChecked()
    assert session.marks.ids == set()
    with qtbot.waitSignals([session.message, session.choices.judgement_changed]):
        action.trigger()
    assert session.choices.preferences.keep_from == ()
    assert not action.isChecked()
    view.hide()
    assert not action.isEnabled()


def test_keys_work_in_the_list_too(view: DuplicatesView, session: Session, qtbot: QtBot) -> None:
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_T)
    assert session.marks.ids == {8}
    qtbot.keyClick(view.list, Qt.Key.Key_Left)
    assert view.compare.current == 7


def test_arrows_move_while_zoomed(view: DuplicatesView, qtbot: QtBot) -> None:
    qtbot.keyClick(view.compare, Qt.Key.Key_Plus)
    qtbot.keyClick(view.compare, Qt.Key.Key_Left)
    assert view.compare.current == 7
    assert view.compare.panes[0].canvas.viewport.zoom > 1.0


def test_safe_copies_are_marked_by_one_click(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    assert "2" in view.mark_safe.text()
    qtbot.mouseClick(view.mark_safe, Qt.MouseButton.LeftButton)
    assert session.marks.ids == {5, 8}
    assert not view.mark_safe.isEnabled()
    session.marks.mark([5], False)
    assert view.mark_safe.isEnabled()
    assert "1" in view.mark_safe.text()


def test_a_copy_is_safe_no_longer_when_what_stays_for_it_is_marked(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    said = view.compare.panes[1].reason
    assert view.compare.panes[1].photo.id == 8  # type: ignore[union-attr]
    assert "Safe to remove." in said.text()
    assert "can be freed safely" in view.wording.text()
    qtbot.mouseClick(view.mark_safe, Qt.MouseButton.LeftButton)
    assert session.marks.ids == {5, 8}
    qtbot.keyClick(view.compare, Qt.Key.Key_Left)
    qtbot.keyClick(view.compare, Qt.Key.Key_T)
    assert session.marks.ids == {5, 7}, "its only copy is kept again"
    assert "Safe to remove." not in said.text()
    assert "can be freed safely" not in view.wording.text()
    assert view.mark_safe.text() == "All safe copies are marked"
    assert not session.marks.is_safe(8)
    plan = session.clean_ups.plan()
    assert [removal.photo.id for removal in plan.removals] == [5, 7]
    session.marks.mark([5], False)
    assert view.mark_safe.text() == "Mark 1 copy for the trash"
    qtbot.keyClick(view.compare, Qt.Key.Key_Left)
    qtbot.keyClick(view.compare, Qt.Key.Key_K)
    assert "Safe to remove." in said.text()
    assert view.mark_safe.text() == "Mark 2 copies for the trash"


def test_where_nothing_is_safe_any_more_no_copy_is_said_to_be_marked(
    view: DuplicatesView, session: Session
) -> None:
    session.marks.mark([3, 7])  # the keepers of both groups
    assert view.mark_safe.text() == "No copy is safe to remove unseen"
    assert not view.mark_safe.isEnabled()


def test_nothing_is_marked_by_looking(view: DuplicatesView, session: Session) -> None:
    for kind in GroupKind:
        view.kinds[kind].click()
    assert session.marks.ids == frozenset()


def test_not_duplicates_removes_the_group_and_its_marks(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    session.marks.mark([8])
    with qtbot.waitSignal(session.shown.changed):
        qtbot.keyClick(view.compare, Qt.Key.Key_S)
    assert session.marks.ids == frozenset()
    assert session.shown.group_of(8) is None
    assert view.groups.counts[GroupKind.EXACT] == 0


def test_counts_stand_on_the_buttons_of_the_kinds(view: DuplicatesView) -> None:
    texts = {kind: button.text().split()[-1] for kind, button in view.kinds.items()}
    assert texts == {GroupKind.EXACT: "1", GroupKind.SAME: "0", GroupKind.SIMILAR: "1"}


def test_a_kind_without_groups_says_so(view: DuplicatesView) -> None:
    view.kinds[GroupKind.SAME].click()
    assert view.empty.isVisible()
    assert not view.compare.isVisible()
    assert not any(button.isEnabled() for button in view.buttons.values())


def test_regrouping_stays_with_the_photo_looked_at(view: DuplicatesView, session: Session) -> None:
    view.kinds[GroupKind.SIMILAR].click()
    view.compare.set_current(5)
    result = session.shown.result
    assert result is not None
    burst = result.groups[0]
    smaller = replace(burst, photos=(3, 5), similarities=(1.0, 0.93), safe=(False, False))
    session.shown.show(replace(result, groups=(smaller, *result.groups[1:])))
    assert view.compare.group == smaller
    assert view.compare.current == 5


def test_the_slider_changes_the_threshold_of_its_kind(
    view: DuplicatesView, session: Session
) -> None:
    assert not view.slider.isVisible()  # exact copies are not a matter of degree
    view.kinds[GroupKind.SIMILAR].click()
    assert view.slider.isVisible()
    before = session.choices.thresholds["duplicates.same"]
    view.slider.slider.setValue(view.slider.slider.maximum())
    assert session.choices.thresholds["duplicates.similar"] == pytest.approx(view.slider.value)
    assert session.choices.thresholds["duplicates.same"] == before


def test_a_photo_leads_to_its_group(view: DuplicatesView) -> None:
    view.show_photo(5)
    assert (view.kind, view.compare.current) == (GroupKind.SIMILAR, 5)
    view.show_photo(1)
    assert view.compare.current == 5


def test_the_next_group_is_there_before_it_is_asked_for(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    result = session.shown.result
    assert result is not None
    exact = result.groups[1]
    pair = replace(exact, keeper=9, photos=(9, 10))
    session.shown.show(replace(result, groups=(*result.groups, pair)))
    view.list.setCurrentIndex(view.groups.index(0))
    keeper = session.shown.photos[view.groups.index(1).data(GroupRole.GROUP).keeper]
    canvas = view.compare.panes[0].canvas
    qtbot.waitUntil(lambda: canvas.prefetch(keeper) == 0)
    view.next_group()
    assert canvas.photo == keeper
    assert canvas.image is not None  # at once, without waiting for a signal


def test_the_focus_stays_in_the_view_when_its_last_group_goes(
    view: DuplicatesView, session: Session, qtbot: QtBot
) -> None:
    view.kinds[GroupKind.EXACT].click()
    view.activateWindow()
    view.compare.setFocus()
    qtbot.keyClick(view.compare, Qt.Key.Key_S)
    assert not view.compare.isVisible()
    qtbot.keyClick(view.list, Qt.Key.Key_N)  # the keys still work
    assert view.kind is GroupKind.SIMILAR
    assert view.compare.current == 4


def test_every_button_has_a_name(view: DuplicatesView) -> None:
    for button in view.findChildren(QAbstractButton):
        if button.objectName().startswith("qt_"):
            continue  # hidden parts of Qt's own widgets
        assert button.accessibleName() or button.text()
