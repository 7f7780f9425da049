"""Every decision is an operation that is taken back, done again, and known after a restart."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from photo_organizer.engine.cleanup.events import Moved
from photo_organizer.engine.cleanup.planning import plan
from photo_organizer.engine.cleanup.trash import Trash, beside
from photo_organizer.engine.domain.operations import Deed
from photo_organizer.engine.domain.results import Flaw, Result
from photo_organizer.engine.paths import store_path
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.history import Told
from photo_organizer.ui.session.session import Session
from tests.engine import albums
from tests.ui import fakes
from tests.ui.fakes import analysed
from tests.ui.session.test_clean_ups import settled


def _protect(session: Session, result: Result) -> None:
    chosen = session.choices.preferences
    session.choices.set_preferences(replace(chosen, protected=(result.photos[1].path.parent,)))


def _review(session: Session, result: Result) -> None:
    group = session.shown.group_of(7)
    if group is not None:
        session.decisions.decide_reviewed(result.groups[1], not group.reviewed)


ACTS: dict[str, Callable[[Session, Result], object]] = {
    "mark": lambda s, r: s.marks.mark([1, 2, 3]),
    "keep": lambda s, r: s.marks.mark([2, 3, 5], False),
    "keep only": lambda s, r: s.marks.keep_only(r.groups[0], 4),
    "mark safe": lambda s, r: s.marks.mark_safe(),
    "keep all": lambda s, r: s.decisions.keep_all(r.groups[0]),
    "reviewed": _review,
    "not duplicates": lambda s, r: s.decisions.decide_not_duplicates(r.groups[1]),
    "fine": lambda s, r: s.decisions.decide_all_fine([(6, Flaw.BLUR)], keep=True),
    "rate": lambda s, r: s.stars.set([1, 2, 6], 4),
    "reject": lambda s, r: s.stars.set([6], 0),
    "unrate": lambda s, r: s.stars.set([1, 6], None),
    "move": lambda s, r: s.own_categories.move([3, 9], "food"),
    "release": lambda s, r: s.own_categories.release([3]),
    "add a category": lambda s, r: s.own_categories.add("Kites"),
    "hide a category": lambda s, r: s.own_categories.hide("food"),
    "protect": _protect,
    "keep from": lambda s, r: s.choices.keep_from(r.photos[1].path.parent, keep=True),
}
"""One of everything people decide."""


def state(session: Session) -> tuple[object, ...]:
    """All that can be decided, as it is shown."""
    result = session.shown.result
    assert result is not None
    return (
        {i: session.marks.marking(i) for i in result.photos},
        dict(session.stars.by_content()),
        {frozenset(group.photos): group.reviewed for group in result.groups},
        {(flag.photo, flag.flaw) for flag in result.flags},
        {name: frozenset(there) for name, there in result.categories.items() if there},
        result.by_hand,
        tuple(session.own_categories.all),
        session.choices.preferences.protected,
        session.choices.preferences.keep_from,
    )


def stored() -> tuple[object, ...]:
    with Store(store_path()) as store:
        return store.decisions(), set(store.marks())


def written(session: Session, qtbot: QtBot) -> None:
    session.store_now()
    qtbot.waitUntil(lambda: session.unstored == 0)


@pytest.fixture
def opened(judged: tuple[Session, fakes.FakeJudge]) -> Session:
    session, _ = judged
    session.judging.soon = lambda *_: None  # type: ignore[method-assign]  # the fake forgets all
    return session


@pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
def test_each_is_taken_back_and_done_again(
    opened: Session, result: Result, act: Callable[[Session, Result], object], qtbot: QtBot
) -> None:
    written(opened, qtbot)
    for prepare in ("rate", "move", "mark"):  # so that there is something to take away
        ACTS[prepare](opened, result)
    before, count = state(opened), len(opened.history.operations)
    if act in (ACTS["rate"], ACTS["move"], ACTS["mark"]):
        before, count = None, count - 1
    else:
        act(opened, result)
    assert len(opened.history.operations) == count + 1, "one deed is one operation"
    after = state(opened)
    opened.history.undo()
    if before is not None:
        assert state(opened) == before
    assert state(opened) != after
    opened.history.redo()
    assert state(opened) == after
    assert opened.history.next_redo is None


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.lists(st.sampled_from(list(ACTS)), max_size=8))
def test_any_evening_is_taken_back_step_by_step(
    opened: Session, result: Result, names: list[str]
) -> None:
    states = [state(opened)]
    for name in names:
        known = len(opened.history.operations)
        ACTS[name](opened, result)
        if len(opened.history.operations) > known:
            states.append(state(opened))
    for expected in states[-2::-1]:
        opened.history.undo()
        assert state(opened) == expected
    for expected in states[1:]:
        opened.history.redo()
        assert state(opened) == expected
    for expected in states[-2::-1]:
        opened.history.undo()
        assert state(opened) == expected


def test_the_store_follows(opened: Session, result: Result, qtbot: QtBot) -> None:
    written(opened, qtbot)
    before = stored()
    for act in ACTS.values():
        act(opened, result)
    written(opened, qtbot)
    after = stored()
    assert after != before
    while opened.history.next_undo is not None:
        opened.history.undo()
    written(opened, qtbot)
    assert stored() == before
    while opened.history.next_redo is not None:
        opened.history.redo()
    written(opened, qtbot)
    assert stored() == after


def test_history_reaches_over_a_restart(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.marks.mark([1])
    session.stars.set([1, 2], 5)
    session.stars.set([2], 1)
    session.history.undo()
    session.close()
    later = Session(fakes.analysis(result))
    later.begin()
    analysed(later, qtbot)
    qtbot.waitUntil(lambda: later.history.next_undo is not None and not later.clean_ups.busy)
    assert [one.deed for one in later.history.operations] == [Deed.MARK, Deed.RATE, Deed.RATE]
    assert later.stars.of(2) == 5
    later.history.redo()
    assert later.stars.of(2) == 1
    for _ in range(3):
        later.history.undo()
    assert (later.stars.of(1), later.stars.of(2)) == (None, None)
    assert later.marks.ids == frozenset()
    later.close()


def test_something_new_closes_what_could_be_done_again(opened: Session) -> None:
    opened.marks.mark([1])
    opened.history.undo()
    assert opened.history.next_redo is not None
    opened.marks.mark([2])
    assert opened.history.next_redo is None
    opened.history.redo()
    assert opened.marks.ids == {2}


def test_one_is_taken_back_alone(opened: Session, qtbot: QtBot) -> None:
    opened.stars.set([1, 2], 3)
    opened.stars.set([2], 5)
    first, second = opened.history.operations
    with qtbot.waitSignal(opened.history.told) as told:
        opened.history.undo(first)
    assert told.args == [Told(first, back=True, stayed=1)]
    assert (opened.stars.of(1), opened.stars.of(2)) == (None, 5), "the later word stands"
    assert opened.history.next_undo == second
    opened.history.redo()
    assert opened.stars.of(1) == 3


def test_what_was_changed_since_cannot_be_taken_back_alone(opened: Session) -> None:
    opened.stars.set([2], 3)
    opened.stars.set([2], 5)
    first, _ = opened.history.operations
    assert not opened.history.can_turn(first)
    opened.history.undo(first)
    assert opened.stars.of(2) == 5


def test_what_changes_nothing_is_no_operation(opened: Session) -> None:
    opened.marks.mark([1], False)
    opened.stars.set([1], None)
    opened.own_categories.save(opened.own_categories.all)
    assert opened.history.operations == []


def test_a_clean_up_is_undone_in_its_turn(opened: Session, result: Result, qtbot: QtBot) -> None:
    opened.marks.mark([1])
    opened.stars.set([2], 4)
    settled(opened, qtbot, lambda: opened.clean_ups.clean_up(opened.clean_ups.plan()))
    opened.stars.set([3], 2)
    assert not result.photos[1].path.exists()
    opened.history.undo()
    assert opened.stars.of(3) is None
    settled(opened, qtbot, opened.history.undo)
    assert result.photos[1].path.exists()
    assert opened.marks.ids == {1}, "marked as it was before"
    assert opened.history.next_redo is None, "nothing moves to the trash without being asked"
    opened.history.undo()
    assert opened.stars.of(2) is None
    opened.history.undo()
    assert opened.marks.ids == frozenset()


def test_a_clean_up_of_the_command_line_is_known(opened: Session, qtbot: QtBot) -> None:
    opened.marks.mark([1])
    settled(opened, qtbot, lambda: opened.clean_ups.clean_up(opened.clean_ups.plan()))
    other = Session(fakes.analysis(opened.shown.whole or Result.empty()))
    settled(other, qtbot, other.clean_ups.recover)
    assert [one.deed for one in other.history.operations] == [Deed.CLEAN_UP]
    settled(other, qtbot, other.history.undo)
    settled(opened, qtbot, opened.clean_ups.recover)
    undone = [one for one in opened.history.operations if one.deed is Deed.CLEAN_UP]
    assert all(one.undone for one in undone)
    other.close()


def test_a_clean_up_whose_drive_is_away_bars_nothing(
    opened: Session, result: Result, tmp_path: Path, qtbot: QtBot
) -> None:
    opened.marks.mark([1])
    drive = tmp_path / "drive"
    newer = plan([1], albums.result([albums.photo(drive / "alone.jpg", 1, b"photo")]))
    list(Trash(store_path(), beside([drive])).clean_up(newer, threading.Event()))
    settled(opened, qtbot, opened.clean_ups.recover)
    drive.rename(tmp_path / "unplugged")
    settled(opened, qtbot, opened.history.undo)
    following = opened.history.next_undo
    assert following is not None
    assert following.deed is Deed.MARK


def test_a_clean_up_whose_trash_was_emptied_is_not_called_taken_back(
    opened: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    drive = tmp_path / "drive"
    newer = plan([1], albums.result([albums.photo(drive / "alone.jpg", 1, b"photo")]))
    events = list(Trash(store_path(), beside([drive])).clean_up(newer, threading.Event()))
    (place,) = [event.place for event in events if isinstance(event, Moved)]
    assert place is not None
    settled(opened, qtbot, opened.clean_ups.recover)
    place.unlink()
    settled(opened, qtbot, opened.history.undo)
    (clean_up,) = opened.history.operations
    assert opened.history.is_gone(clean_up)
    assert not clean_up.undone
    assert not opened.history.can_turn(clean_up)
    assert opened.history.next_undo is None


def test_other_libraries_have_their_own_history(opened: Session, tmp_path: Path) -> None:
    opened.marks.mark([1])
    opened.choices.keep_from(tmp_path, keep=True)
    opened.history.open((tmp_path / "elsewhere",))
    assert [one.deed for one in opened.history.operations] == [Deed.KEEP_FROM]


def test_what_another_library_changed_since_bars_nothing(opened: Session, tmp_path: Path) -> None:
    here = opened.analysis.folders or (tmp_path / "here",)
    opened.history.open(here)
    opened.stars.set([1], 2)
    opened.stars.set([2], 3)
    opened.history.open((tmp_path / "elsewhere",))  # where the same photo lies, too
    opened.stars.set([2], 5)
    opened.history.open(here)
    opened.history.undo()
    assert opened.stars.of(2) == 5, "the later word stands"
    opened.history.undo()
    assert opened.stars.of(1) is None


def test_pairs_that_are_no_duplicates_may_be_again(
    opened: Session, result: Result, qtbot: QtBot
) -> None:
    opened.decisions.decide_not_duplicates(result.groups[1])
    found: list[frozenset[tuple[bytes, bytes]]] = []
    opened.history.find_apart(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert len(found[0]) == 1
    opened.decisions.decide_duplicates_again(found[0], 2)
    assert opened.shown.result is not None
    assert {group.photos for group in opened.shown.result.groups} == {(3, 4, 5), (7, 8)}
    opened.history.undo()
    assert {group.photos for group in opened.shown.result.groups} == {(3, 4, 5)}
