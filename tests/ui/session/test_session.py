import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Cancelled, Partial
from photo_organizer.engine.domain.decisions import Mark, contents
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Flaw, Result
from photo_organizer.engine.files.photo_files import FolderError
from photo_organizer.engine.judging.without_photos import without_photos
from photo_organizer.engine.paths import store_path
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.analysis_request import Request
from photo_organizer.ui.session.session import Session
from tests.ui import fakes
from tests.ui.fakes import analysed


def test_an_analysis_fills_the_session(session: Session, result: Result, qtbot: QtBot) -> None:
    with qtbot.waitSignals([session.shown.changed, session.analysis.progress_changed]):
        analysed(session, qtbot)
    assert session.shown.result == result
    assert session.analysis.skipped == list(result.skipped)
    assert session.shown.group_of(4) == result.groups[0]
    assert [flag.flaw for flag in session.shown.flags_of(6)] == [Flaw.BLUR]
    assert session.shown.flags_of(1) == ()
    assert not session.analysis.running


def test_a_failing_analysis_says_so_and_ends(qtbot: QtBot) -> None:
    def fail(request: Request, cancel: threading.Event) -> Iterator[object]:
        raise FolderError("failures.technical", message="no such folder")
        yield

    session = Session(fail)
    with qtbot.waitSignal(session.message) as message:
        analysed(session, qtbot)
    assert message.args == ["no such folder"]
    assert session.shown.result is None
    session.close()


def test_opening_another_folder_cancels_the_first_run(result: Result, qtbot: QtBot) -> None:
    started: list[tuple[Path, ...]] = []

    def slow(request: Request, cancel: threading.Event) -> Iterator[object]:
        started.append(request.folders)
        if len(started) == 1:
            yield Partial(result)
            assert cancel.wait(20)
            yield Cancelled(1)
        else:
            yield from fakes.analysis(result)(request, cancel)

    session = Session(slow)
    with qtbot.waitSignal(session.shown.changed, check_params_cb=lambda r: r is not None):
        session.analysis.open([Path("/one")])
    with qtbot.waitSignal(
        session.analysis.skipped_changed, check_params_cb=lambda: session.analysis.skipped != []
    ):
        session.analysis.open([Path("/two")])
    assert started == [(Path("/one"),), (Path("/two"),)]
    assert session.analysis.folders == (Path("/two"),)
    session.close()


def test_cancel_keeps_what_was_found(result: Result, qtbot: QtBot) -> None:
    def slow(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield Partial(result)
        assert cancel.wait(20)
        yield Cancelled(len(result.photos))

    session = Session(slow)
    session.shown.changed.connect(lambda shown: shown and session.analysis.cancel())
    analysed(session, qtbot)
    assert session.shown.result == result
    session.close()


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


def test_prepare_safe_marks_safe_photos_only(session: Session, result: Result) -> None:
    session.analysis.show(result)
    assert session.marks.prepare_safe() == 2
    assert session.marks.ids == {5, 8}
    assert session.marks.prepare_safe() == 0


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


def test_a_moved_slider_judges_once_more_with_its_last_value(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    judge.result = replace(result, flags=())
    name = a_threshold()
    with qtbot.waitSignal(session.shown.changed):
        for value in (0.91, 0.92, 0.93):
            session.choices.set_threshold(name, value)
    assert [asked[name] for asked, _ in judge.asked] == [0.93]
    assert session.shown.flags_of(6) == ()


def a_threshold() -> str:
    """A threshold that exists: any number of the first threshold file."""
    from photo_organizer.engine import assets

    folder = assets.resource("thresholds")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for key, value in assets.toml(f"thresholds/{file.name}").items():
            if isinstance(value, float):
                return f"{file.name.removesuffix('.toml')}.{key}"
    raise AssertionError("no threshold at all")


def test_not_duplicates_goes_at_once_and_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    with qtbot.waitSignal(session.shown.changed, timeout=0):
        session.decisions.decide_not_duplicates(result.groups[1])
    assert session.shown.result is not None
    assert list(session.shown.result.groups) == [result.groups[0]]
    with qtbot.waitSignal(session.shown.changed):
        pass
    hashes = sorted(result.photos[i].content_hash for i in (7, 8))
    assert judge.asked[-1][1].not_duplicates == {(hashes[0], hashes[1])}
    with Store(store_path()) as store:
        assert store.decisions().not_duplicates == {(hashes[0], hashes[1])}


def test_keep_all_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    session.marks.mark([5, 8])
    with qtbot.waitSignal(session.shown.changed, timeout=0):
        session.decisions.keep_all(result.groups[0])
    assert session.marks.ids == {8}
    assert session.shown.result is not None
    assert [group.reviewed for group in session.shown.result.groups] == [True, False]
    assert session.marks.prepare_safe() == 0  # photo 5 was safe before
    with qtbot.waitSignal(session.shown.changed):
        pass
    known = contents(result.groups[0], result.photos)
    assert judge.asked[-1][1].reviewed == {known}
    session.decisions.decide_reviewed(result.groups[0], False)
    with qtbot.waitSignal(session.shown.changed):
        pass
    assert judge.asked[-1][1].reviewed == frozenset()


def test_what_is_decided_just_before_the_end_is_kept(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.marks.mark([1])
    session.decisions.decide_reviewed(result.groups[0])
    session.close()
    with Store(store_path()) as store:
        assert store.marks() == [Mark.of(result.photos[1])]
        assert store.decisions().reviewed == {contents(result.groups[0], result.photos)}


# ---------------------------------------------------------------------- marks over restarts


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


def test_fine_goes_at_once_and_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    with qtbot.waitSignal(session.shown.changed, timeout=0):
        session.decisions.decide_fine(6, Flaw.BLUR)
    assert session.shown.flags_of(6) == ()
    assert session.shown.flags_of(2) != ()
    with qtbot.waitSignal(session.shown.changed):
        pass
    assert judge.asked[-1][1].fine == {(result.photos[6].content_hash, Flaw.BLUR)}


# ---------------------------------------------------------------------- without


# ---------------------------------------------------------------------- clean-up and undo
