import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from photo_organizer.engine import paths
from photo_organizer.engine.cleanup.planning import plan
from photo_organizer.engine.cleanup.trash import Trash, beside
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from tests.engine import albums
from tests.engine.albums import photo
from tests.ui import fakes
from tests.ui.session.test_marks import marks_saved


def settled(session: Session, qtbot: QtBot, act: Callable[[], None]) -> None:
    with qtbot.waitSignal(session.clean_ups.busy_changed, check_params_cb=lambda busy: not busy):
        act()


def undoable(session: Session) -> bool:
    """Whether a clean-up can be taken back."""
    return any(one.clean_up and not one.undone for one in session.history.operations)


def test_cleaned_up_photos_leave_the_result_and_come_back(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, judge = judged
    paths = [result.photos[i].path for i in (5, 8)]
    session.marks.mark_safe()
    settled(session, qtbot, lambda: session.clean_ups.clean_up(session.clean_ups.plan()))
    assert not any(path.exists() for path in paths)
    assert session.shown.photos.keys() == result.photos.keys() - {5, 8}
    assert session.shown.result is not None
    assert [group.photos for group in session.shown.result.groups] == [(3, 4)]
    assert session.marks.ids == frozenset()
    assert undoable(session)
    assert judge.asked == [], "nothing was judged again"
    assert session.clean_ups.freed.size == sum(result.photos.size_of(i) for i in (5, 8))
    settled(session, qtbot, session.history.undo)
    assert session.clean_ups.freed.size == 0
    assert all(path.exists() for path in paths)
    assert session.shown.result == result
    assert not undoable(session)


def test_undo_reaches_back_over_a_restart(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, _ = judged
    session.marks.mark([1])
    settled(session, qtbot, lambda: session.clean_ups.clean_up(session.clean_ups.plan()))
    later = Session(fakes.analysis(result))
    with qtbot.waitSignal(later.history.changed):
        settled(later, qtbot, later.clean_ups.recover)
    assert undoable(later)
    settled(later, qtbot, later.history.undo)
    assert result.photos[1].path.exists()
    later.close()


def test_a_newer_clean_up_whose_drive_is_away_is_told(
    judged: tuple[Session, fakes.FakeJudge], tmp_path: Path, qtbot: QtBot
) -> None:
    session, _ = judged
    session.marks.mark([1])
    settled(session, qtbot, lambda: session.clean_ups.clean_up(session.clean_ups.plan()))
    drive = tmp_path / "drive"
    alone = photo(drive / "alone.jpg", 1, b"photo")
    newer = plan([1], albums.result([alone]))
    list(Trash(paths.store_path(), beside([drive])).clean_up(newer, threading.Event()))
    settled(session, qtbot, session.clean_ups.recover)
    drive.rename(tmp_path / "unplugged")

    with qtbot.waitSignal(session.message) as message:
        settled(session, qtbot, session.history.undo)
    assert "1 could not be brought back" in message.args[0]
    assert "connect its drive" in message.args[0]
    assert [problem.path for problem in session.problems.all] == [alone.path]
    with qtbot.waitSignal(session.message) as message:
        settled(session, qtbot, session.history.undo)
    assert "1 photo is back" in message.args[0]
    assert undoable(session)


def test_a_photo_that_changed_stays_and_is_told(
    judged: tuple[Session, fakes.FakeJudge], result: Result, qtbot: QtBot
) -> None:
    session, _ = judged
    session.marks.mark([1, 2])
    plan = session.clean_ups.plan()
    result.photos[2].path.write_bytes(b"something else")
    with qtbot.waitSignal(session.message) as message:
        settled(session, qtbot, lambda: session.clean_ups.clean_up(plan))
    assert result.photos[2].path.exists()
    assert not result.photos[1].path.exists()
    assert session.shown.photos.keys() == result.photos.keys() - {1}
    assert session.marks.ids == {2}
    assert "1 could not be moved" in message.args[0]


def test_the_last_copy_is_not_planned_unless_allowed(session: Session, result: Result) -> None:
    session.analysis.show(result)
    session.marks.mark([7, 8])
    assert [removal.photo.id for removal in session.clean_ups.plan().removals] == [8]
    assert session.clean_ups.plan(allow_last_copy=True).count == 2


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
    session.analysis.show(replace(result, photos=PhotoDict({**result.photos, 51: followed})))
    session.marks.mark([8])
    settled(session, qtbot, lambda: session.clean_ups.clean_up(session.clean_ups.plan()))
    assert not any(one.exists() for one in (path, film, raw))
    assert not {8, 51} & session.shown.photos.keys()
    assert marks_saved(set())
    settled(session, qtbot, session.history.undo)
    assert (film.read_bytes(), raw.read_bytes()) == (b"film", b"raw")
    assert path.exists()
    assert {8, 51} <= session.shown.photos.keys()


def test_carrying_metadata_is_a_setting_that_lasts(session: Session, result: Result) -> None:
    assert session.clean_ups.carries_metadata
    session.clean_ups.carries_metadata = False
    session.close()
    other = Session(fakes.analysis(result))
    assert not other.clean_ups.carries_metadata
    other.close()
