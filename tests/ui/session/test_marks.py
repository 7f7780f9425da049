import threading
from collections.abc import Iterator
from dataclasses import replace

from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Partial
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.judging.without_photos import without_photos
from photo_organizer.engine.paths import store_path
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.analysis_request import Request
from photo_organizer.ui.session.session import Session
from tests.ui import fakes
from tests.ui.fakes import analysed


def test_marks_tell_only_what_changed(session: Session, result: Result, qtbot: QtBot) -> None:
    session.analysis.show(result)
    session.marks.mark([1, 2])
    with qtbot.waitSignal(session.marks.changed) as changed:
        session.marks.mark([2, 3, 999])
    assert changed.args == [frozenset({3})]
    assert session.marks.ids == {1, 2, 3}
    with qtbot.assertNotEmitted(session.marks.changed):
        session.marks.mark([1])
        session.marks.mark([7], False)


def test_keep_only_marks_the_rest_of_the_group(session: Session, result: Result) -> None:
    session.analysis.show(result)
    session.marks.mark([5])
    session.marks.keep_only(result.groups[0], 5)
    assert session.marks.ids == {3, 4}


def test_mark_safe_marks_safe_photos_only(session: Session, result: Result) -> None:
    session.analysis.show(result)
    assert session.marks.mark_safe() == 2
    assert session.marks.ids == {5, 8}
    assert session.marks.mark_safe() == 0


def test_a_group_without_a_survivor_is_named(session: Session, result: Result) -> None:
    session.analysis.show(result)
    session.marks.mark([7, 8, 3])
    assert session.marks.emptied_groups() == [result.groups[1]]


def test_marks_of_photos_that_went_are_dropped(session: Session, result: Result) -> None:
    session.analysis.show(result)
    session.marks.mark([3, 4])
    session.selection.set_current(3)
    session.analysis.show(without_photos(result, [3]))
    assert session.marks.ids == {4}
    assert session.selection.current is None


def marks_saved(wanted: set[Mark]) -> bool:
    with Store(store_path()) as store:
        return set(store.marks()) == wanted


def reopened(result: Result, qtbot: QtBot) -> Session:
    later = Session(fakes.analysis(result))
    analysed(later, qtbot)
    return later


def test_marks_survive_a_crash(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.marks.mark([4, 8])
    session.marks.mark([4], False)
    # No close: the process may end at any time after this.
    qtbot.waitUntil(lambda: marks_saved({Mark.of(result.photos[8])}))
    later = reopened(result, qtbot)
    assert later.marks.ids == {8}
    later.marks.mark([8], False)
    later.close()
    session.close()
    again = reopened(result, qtbot)
    assert again.marks.ids == frozenset()
    again.close()


def test_a_mark_follows_a_renamed_photo(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.marks.mark([4])
    session.close()
    old = result.photos[4]
    moved = replace(old, id=99, identity=replace(old.identity, path=old.path.with_name("new.jpg")))
    photos = {i: p for i, p in result.photos.items() if i != 4} | {99: moved}
    renamed = replace(result, photos=PhotoDict(photos), groups=(), categories={}, highlights={})
    later = reopened(renamed, qtbot)
    assert later.marks.ids == {99}
    later.marks.mark([99], False)
    later.close()
    assert marks_saved(set())  # nothing is left under the old name


def test_a_mark_never_passes_to_the_copy_that_was_to_stay(session: Session, result: Result) -> None:
    copy = replace(result.photos[8], content_hash=result.photos[7].content_hash)
    result = replace(result, photos=PhotoDict({**dict(result.photos.items()), 8: copy}))
    session.analysis.show(result)
    marked, kept = Mark.of(result.photos[8]), Mark.of(result.photos[7])
    session.analysis.show(without_photos(result, [8]))  # deleted by hand meanwhile
    session.marks.remember({marked}, {marked, kept})
    session.marks.restore(complete=True)
    assert session.marks.ids == frozenset()
    session.marks.remember({marked})  # nobody wrote down what is shown
    session.marks.restore(complete=True)
    assert session.marks.ids == frozenset()


def test_a_mark_taken_back_meanwhile_is_not_restored(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.marks.mark([4])
    session.close()

    def twice(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield Partial(result)
        assert taken_back.wait(20)
        yield from fakes.analysis(result)(request, cancel)

    taken_back = threading.Event()
    later = Session(twice)

    def take_back(ids: frozenset[int]) -> None:
        if 4 in later.marks.ids:
            later.marks.mark([4], False)
            taken_back.set()

    later.marks.changed.connect(take_back)
    analysed(later, qtbot)
    assert later.marks.ids == frozenset()
    later.close()


def test_what_was_marked_as_safe_is_kept_when_its_original_is_marked(
    session: Session, result: Result
) -> None:
    session.analysis.show(result)
    session.marks.mark_safe()
    assert session.marks.is_safe(5)
    session.marks.mark([3])
    assert session.marks.ids == {3, 8}
    assert not session.marks.is_safe(5)
    assert session.marks.safe_left == 0
    assert session.marks.mark_safe() == 0
    session.marks.mark([5])
    assert session.marks.ids == {3, 5, 8}  # what the user says by hand stands
    session.marks.mark([3], False)
    assert session.marks.is_safe(5)


def test_what_was_marked_as_safe_follows_what_is_safe(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    session.marks.mark([4])
    session.marks.mark_safe()
    assert session.marks.ids == {4, 5, 8}
    other = replace(result.groups[1], keeper=8, photos=(8, 7))
    judge.result = replace(result, groups=(result.groups[0], other))
    with qtbot.waitSignal(session.marks.changed) as changed:
        session.choices.keep_from(result.photos[8].path.parent, True)
    assert changed.args == [frozenset({8})]
    assert session.marks.ids == {4, 5}  # what the user marked by hand stands
    assert session.marks.safe_left == 1
    session.marks.mark_safe()
    assert session.marks.ids == {4, 5, 7}


def test_what_was_marked_as_safe_in_a_reviewed_group_is_the_users_own(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    session.marks.mark_safe()
    reviewed = tuple(
        replace(g, reviewed=True, safe=(False,) * len(g.photos)) for g in result.groups
    )
    judge.result = replace(result, groups=reviewed)
    with qtbot.waitSignal(session.shown.settled):
        session.judging.soon(0)
    assert session.marks.ids == {5, 8}
    judge.result = replace(result, groups=())
    with qtbot.waitSignal(session.shown.settled):
        session.judging.soon(0)
    assert session.marks.ids == {5, 8}
