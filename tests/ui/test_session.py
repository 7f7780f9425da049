import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from photo_organizer.engine.decisions import Mark, contents
from photo_organizer.engine.events import Cancelled, Partial
from photo_organizer.engine.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.paths import data_dir
from photo_organizer.engine.results import OTHERS, Flaw, Group, Kind, Reason, Result
from photo_organizer.engine.store import Store
from photo_organizer.ui.session import Request, Session, without
from tests.ui import fakes


def analysed(session: Session, qtbot: QtBot, folder: Path = Path("/photos")) -> None:
    with qtbot.waitSignal(session.running_changed, check_params_cb=lambda running: not running):
        session.open_folders([folder])


def test_an_analysis_fills_the_session(session: Session, result: Result, qtbot: QtBot) -> None:
    with qtbot.waitSignals([session.result_changed, session.progress_changed]):
        analysed(session, qtbot)
    assert session.result == result
    assert session.skipped == list(result.skipped)
    assert session.group_of(4) == result.groups[0]
    assert [flag.flaw for flag in session.flags_of(6)] == [Flaw.BLUR]
    assert session.flags_of(1) == ()
    assert not session.running


def test_a_failing_analysis_says_so_and_ends(qtbot: QtBot) -> None:
    def fail(request: Request, cancel: threading.Event) -> Iterator[object]:
        raise ValueError("no such folder")
        yield

    session = Session(fail)
    with qtbot.waitSignal(session.message) as message:
        analysed(session, qtbot)
    assert message.args == ["no such folder"]
    assert session.result is None
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
    with qtbot.waitSignal(session.result_changed, check_params_cb=lambda r: r is not None):
        session.open_folders([Path("/one")])
    with qtbot.waitSignal(session.skipped_changed, check_params_cb=lambda: session.skipped != []):
        session.open_folders([Path("/two")])
    assert started == [(Path("/one"),), (Path("/two"),)]
    assert session.folders == (Path("/two"),)
    session.close()


def test_cancel_keeps_what_was_found(result: Result, qtbot: QtBot) -> None:
    def slow(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield Partial(result)
        assert cancel.wait(20)
        yield Cancelled(len(result.photos))

    session = Session(slow)
    session.result_changed.connect(lambda shown: shown and session.cancel())
    analysed(session, qtbot)
    assert session.result == result
    session.close()


def test_marks_tell_only_what_changed(session: Session, result: Result, qtbot: QtBot) -> None:
    session.show(result)
    session.mark([1, 2])
    with qtbot.waitSignal(session.marks_changed) as changed:
        session.mark([2, 3, 999])
    assert changed.args == [frozenset({3})]
    assert session.marks == {1, 2, 3}
    with qtbot.assertNotEmitted(session.marks_changed):
        session.mark([1])
        session.mark([7], False)


def test_keep_only_marks_the_rest_of_the_group(session: Session, result: Result) -> None:
    session.show(result)
    session.mark([5])
    session.keep_only(result.groups[0], 5)
    assert session.marks == {3, 4}


def test_prepare_safe_marks_safe_photos_only(session: Session, result: Result) -> None:
    session.show(result)
    assert session.prepare_safe() == 2
    assert session.marks == {5, 8}
    assert session.prepare_safe() == 0


def test_a_group_without_a_survivor_is_named(session: Session, result: Result) -> None:
    session.show(result)
    session.mark([7, 8, 3])
    assert session.emptied_groups() == [result.groups[1]]


def test_marks_of_photos_that_went_are_dropped(session: Session, result: Result) -> None:
    session.show(result)
    session.mark([3, 4])
    session.set_current(3)
    session.show(without(result, [3]))
    assert session.marks == {4}
    assert session.current is None


@pytest.fixture
def judged(result: Result, qtbot: QtBot) -> Iterator[tuple[Session, fakes.FakeJudge]]:
    judge = fakes.FakeJudge(result)
    session = Session(fakes.analysis(result, judge))
    analysed(session, qtbot)
    yield session, judge
    session.close()


def test_a_moved_slider_judges_once_more_with_its_last_value(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    judge.result = replace(result, flags=())
    name = a_threshold()
    with qtbot.waitSignal(session.result_changed):
        for value in (0.91, 0.92, 0.93):
            session.set_threshold(name, value)
    assert [asked[name] for asked, _ in judge.asked] == [0.93]
    assert session.flags_of(6) == ()


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
    with qtbot.waitSignal(session.result_changed, timeout=0):
        session.decide_not_duplicates(result.groups[1])
    assert session.result is not None
    assert list(session.result.groups) == [result.groups[0]]
    with qtbot.waitSignal(session.result_changed):
        pass
    hashes = sorted(result.photos[i].content_hash for i in (7, 8))
    assert judge.asked[-1][1].not_duplicates == {(hashes[0], hashes[1])}
    with Store(data_dir() / "library.sqlite") as store:
        assert store.decisions().not_duplicates == {(hashes[0], hashes[1])}


def test_keep_all_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    session.mark([5, 8])
    with qtbot.waitSignal(session.result_changed, timeout=0):
        session.keep_all(result.groups[0])
    assert session.marks == {8}
    assert session.result is not None
    assert [group.reviewed for group in session.result.groups] == [True, False]
    assert session.prepare_safe() == 0  # photo 5 was safe before
    with qtbot.waitSignal(session.result_changed):
        pass
    known = contents(result.groups[0], result.photos)
    assert judge.asked[-1][1].reviewed == {known}
    session.decide_reviewed(result.groups[0], False)
    with qtbot.waitSignal(session.result_changed):
        pass
    assert judge.asked[-1][1].reviewed == frozenset()


def test_what_is_decided_just_before_the_end_is_kept(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.mark([1])
    session.decide_reviewed(result.groups[0])
    session.close()
    with Store(data_dir() / "library.sqlite") as store:
        assert store.marks() == [Mark.of(result.photos[1])]
        assert store.decisions().reviewed == {contents(result.groups[0], result.photos)}


# ---------------------------------------------------------------------- marks over restarts


def marks_saved(wanted: set[Mark]) -> bool:
    with Store(data_dir() / "library.sqlite") as store:
        return set(store.marks()) == wanted


def reopened(result: Result, qtbot: QtBot) -> Session:
    later = Session(fakes.analysis(result))
    analysed(later, qtbot)
    return later


def test_marks_survive_a_crash(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.mark([4, 8])
    session.mark([4], False)
    # No close: the process may end at any time after this.
    qtbot.waitUntil(lambda: marks_saved({Mark.of(result.photos[8])}))
    later = reopened(result, qtbot)
    assert later.marks == {8}
    later.mark([8], False)
    later.close()
    session.close()
    again = reopened(result, qtbot)
    assert again.marks == frozenset()
    again.close()


def test_a_mark_follows_a_renamed_photo(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.mark([4])
    session.close()
    old = result.photos[4]
    moved = replace(old, id=99, identity=replace(old.identity, path=old.path.with_name("new.jpg")))
    photos = {i: p for i, p in result.photos.items() if i != 4} | {99: moved}
    renamed = replace(result, photos=photos, groups=(), categories={}, highlights={})
    later = reopened(renamed, qtbot)
    assert later.marks == {99}
    later.mark([99], False)
    later.close()
    assert marks_saved(set())  # nothing is left under the old name


def test_a_mark_taken_back_meanwhile_is_not_restored(result: Result, qtbot: QtBot) -> None:
    session = Session(fakes.analysis(result))
    analysed(session, qtbot)
    session.mark([4])
    session.close()

    def twice(request: Request, cancel: threading.Event) -> Iterator[object]:
        yield Partial(result)
        assert taken_back.wait(20)
        yield from fakes.analysis(result)(request, cancel)

    taken_back = threading.Event()
    later = Session(twice)

    def take_back(ids: frozenset[int]) -> None:
        if 4 in later.marks:
            later.mark([4], False)
            taken_back.set()

    later.marks_changed.connect(take_back)
    analysed(later, qtbot)
    assert later.marks == frozenset()
    later.close()


def test_fine_goes_at_once_and_is_remembered(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    with qtbot.waitSignal(session.result_changed, timeout=0):
        session.decide_fine(6, Flaw.BLUR)
    assert session.flags_of(6) == ()
    assert session.flags_of(2) != ()
    with qtbot.waitSignal(session.result_changed):
        pass
    assert judge.asked[-1][1].fine == {(result.photos[6].content_hash, Flaw.BLUR)}


# ---------------------------------------------------------------------- without


def small(count: int, groups: list[list[int]]) -> Result:
    photos = {
        i: Photo(i, FileIdentity(Path(f"/{i}"), 0, i, 1, 1), bytes(16), "JPEG", 3, 2, Exif())
        for i in range(count)
    }
    return Result(
        photos=photos,
        categories={"food": tuple(range(0, count, 2)), OTHERS: tuple(range(1, count, 2))},
        groups=tuple(
            Group(
                Kind.SAME,
                ids[0],
                tuple(ids),
                Reason("window.next_keeper"),
                (1.0,) + (0.9,) * (len(ids) - 1),
                (False,) + (True,) * (len(ids) - 1),
            )
            for ids in groups
        ),
        highlights={},
        flags=(),
        skipped=(),
    )


@given(st.sets(st.integers(0, 14)))
def test_without_keeps_every_promise_of_a_result(gone: set[int]) -> None:
    before = small(12, [[0, 1], [2, 3, 4, 5], [6, 7, 8]])
    after = without(before, gone)
    assert after.photos.keys() == before.photos.keys() - gone
    shown = [i for ids in after.categories.values() for i in ids]
    assert sorted(shown) == sorted(after.photos)
    for group in after.groups:
        assert len(group.photos) >= 2
        assert group.keeper == group.photos[0]
        assert not gone & set(group.photos)
        assert len(group.photos) == len(group.similarities) == len(group.safe)
        assert group.similarities[0] == 1.0
        assert not group.safe[0]
    # A group that lost nothing is untouched; one that lost its keeper has nothing safe.
    for group in before.groups:
        if not gone & set(group.photos):
            assert group in after.groups
    old_keepers = {group.keeper for group in before.groups}
    for group in after.groups:
        assert group.keeper in old_keepers or not any(group.safe)


def test_without_nothing_is_the_same_result() -> None:
    before = small(4, [[0, 1]])
    assert without(before, [99]) is before


# ---------------------------------------------------------------------- clean-up and undo


def settled(session: Session, qtbot: QtBot, act: Callable[[], None]) -> None:
    with qtbot.waitSignal(session.busy_changed, check_params_cb=lambda busy: not busy):
        act()


def test_cleaned_up_photos_leave_the_result_and_come_back(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    paths = [result.photos[i].path for i in (5, 8)]
    session.prepare_safe()
    settled(session, qtbot, lambda: session.clean_up(session.plan_clean_up()))
    assert not any(path.exists() for path in paths)
    assert session.photos.keys() == result.photos.keys() - {5, 8}
    assert session.result is not None
    assert [group.photos for group in session.result.groups] == [(3, 4)]
    assert session.marks == frozenset()
    assert session.undoable
    assert judge.asked == [], "nothing was judged again"
    settled(session, qtbot, session.undo_last)
    assert all(path.exists() for path in paths)
    assert session.result == result
    assert not session.undoable


def test_undo_reaches_back_over_a_restart(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, _ = judged
    session.mark([1])
    settled(session, qtbot, lambda: session.clean_up(session.plan_clean_up()))
    later = Session(fakes.analysis(result))
    with qtbot.waitSignal(later.undoable_changed) as undoable:
        settled(later, qtbot, later.recover)
    assert undoable.args == [True]
    settled(later, qtbot, later.undo_last)
    assert result.photos[1].path.exists()
    later.close()


def test_a_photo_that_changed_stays_and_is_told(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, _ = judged
    session.mark([1, 2])
    plan = session.plan_clean_up()
    result.photos[2].path.write_bytes(b"something else")
    with qtbot.waitSignal(session.message) as message:
        settled(session, qtbot, lambda: session.clean_up(plan))
    assert result.photos[2].path.exists()
    assert not result.photos[1].path.exists()
    assert session.photos.keys() == result.photos.keys() - {1}
    assert session.marks == {2}
    assert "1 could not be moved" in message.args[0]


def test_the_last_copy_is_not_planned_unless_allowed(session: Session, result: Result) -> None:
    session.show(result)
    session.mark([7, 8])
    assert [removal.photo.id for removal in session.plan_clean_up().removals] == [8]
    assert session.plan_clean_up(allow_last_copy=True).count == 2


def test_what_belongs_to_a_photo_goes_and_comes_back_with_it(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, _ = judged
    path = result.photos[8].path
    film, raw = path.with_suffix(".mov"), path.with_suffix(".dng")
    film.write_bytes(b"film")
    raw.write_bytes(b"raw")
    known = fakes.photo(path.parent / "other.jpg", 50)
    followed = replace(known, id=51, format="RAW", identity=replace(known.identity, path=raw))
    session.show(replace(result, photos={**result.photos, 51: followed}))
    session.mark([8])
    settled(session, qtbot, lambda: session.clean_up(session.plan_clean_up()))
    assert not any(one.exists() for one in (path, film, raw))
    assert not {8, 51} & session.photos.keys()
    assert marks_saved(set())
    settled(session, qtbot, session.undo_last)
    assert (film.read_bytes(), raw.read_bytes()) == (b"film", b"raw")
    assert path.exists()
    assert {8, 51} <= session.photos.keys()


def test_carrying_metadata_is_a_setting_that_lasts(session: Session, result: Result) -> None:
    assert session.carries_metadata
    session.carries_metadata = False
    other = Session(fakes.analysis(result))
    assert not other.carries_metadata
    other.close()
