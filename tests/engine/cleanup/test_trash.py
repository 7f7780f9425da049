import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from photo_organizer.engine.cleanup import system_trash, trash
from photo_organizer.engine.cleanup.access import TrashBusyError
from photo_organizer.engine.cleanup.events import CleanedUp, Moved, Restored, Stayed, Undone
from photo_organizer.engine.cleanup.journal import Journal, MoveState
from photo_organizer.engine.cleanup.planning import Plan, plan
from photo_organizer.engine.cleanup.system_trash import TrashError, move_to_trash
from photo_organizer.engine.cleanup.trash import Trash, beside
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.paths import TRASH_BESIDE
from photo_organizer.engine.storage import backups
from photo_organizer.engine.storage.store import Store, StoreError
from tests.engine.albums import contents, group, photo, result
from tests.engine.cleanup.older import as_of

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only this trash lies in a folder of our choice"
)

NOT_CANCELLED = threading.Event()


@pytest.fixture
def copies(folder: Path) -> list[Photo]:
    """Photos 1 to 5, all copies of one another but for photo 5."""
    return [
        *(photo(folder / f"copy {i}.jpg", i, b"the same photo") for i in range(1, 5)),
        photo(folder / "other.jpg", 5, b"another photo"),
    ]


@pytest.fixture
def clean_up(copies: list[Photo]) -> Plan:
    """Photos 2, 3 and 4 go, 1 stays for them; 5 goes without a group."""
    return plan([2, 3, 4, 5], result(copies, group(1, 2, 3, 4)))


def run(
    store: Path, clean_up: Plan, mover: trash.Mover = move_to_trash
) -> tuple[list[Moved | Stayed], CleanedUp]:
    *events, last = Trash(store, mover).clean_up(clean_up, NOT_CANCELLED)
    assert isinstance(last, CleanedUp)
    return [e for e in events if isinstance(e, Moved | Stayed)], last


def undo(store: Path, batch: int | None = None) -> tuple[list[Restored | Stayed], Undone]:
    *events, last = Trash(store).undo(batch, NOT_CANCELLED)
    assert isinstance(last, Undone)
    return [e for e in events if isinstance(e, Restored | Stayed)], last


def reasons(events: Sequence[object]) -> dict[str, str]:
    return {e.path.name: e.reason.code for e in events if isinstance(e, Stayed)}


def failing(name: str, code: str) -> trash.Mover:
    """A mover that refuses the file of this name."""

    def move(path: Path) -> Path | None:
        if path.name == name:
            raise TrashError(code)
        return move_to_trash(path)

    return move


# ---------------------------------------------------------------------- clean-up and undo


def test_photos_go_to_the_trash_and_come_back(store: Path, folder: Path, clean_up: Plan) -> None:
    before = contents(folder)
    times = {path: path.stat().st_mtime_ns for path in before}

    events, last = run(store, clean_up)

    assert contents(folder) == {folder / "copy 1.jpg": b"the same photo"}
    assert last == CleanedUp(last.batch, moved=4, stayed=0, size=3 * 14 + 13)
    assert [(e.path.name, e.done, e.total) for e in events] == [
        ("copy 2.jpg", 1, 4),
        ("copy 3.jpg", 2, 4),
        ("copy 4.jpg", 3, 4),
        ("other.jpg", 4, 4),
    ]
    for event in events:
        assert isinstance(event, Moved)
        assert event.place is not None
        assert event.place.read_bytes() == before[event.path]

    restored, undone = undo(store)  # another object: as after a restart

    assert undone == Undone(last.batch, restored=4, stayed=0)
    assert all(isinstance(e, Restored) and e.place == e.path for e in restored)
    assert contents(folder) == before
    assert {path: path.stat().st_mtime_ns for path in before} == times


def test_undo_goes_back_clean_up_by_clean_up(
    store: Path, folder: Path, copies: list[Photo]
) -> None:
    album = result(copies, group(1, 2, 3, 4))
    first, second = (run(store, plan([i], album))[1].batch for i in (2, 5))

    assert undo(store)[1].batch == second
    assert not (folder / "copy 2.jpg").exists()
    assert undo(store)[1].batch == first
    assert undo(store)[1] == Undone(None, 0, 0)
    assert len(contents(folder)) == 5


def test_a_clean_up_of_an_older_program_can_be_undone(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    before = contents(folder)
    batch = run(store, clean_up)[1].batch
    assert contents(folder) != before
    as_of(2, store)
    undone = undo(store)[1]
    assert (undone.batch, undone.stayed) == (batch, 0)
    assert contents(folder) == before


def test_any_clean_up_can_be_undone(store: Path, folder: Path, copies: list[Photo]) -> None:
    album = result(copies, group(1, 2, 3, 4))
    first, _ = (run(store, plan([i], album))[1].batch for i in (2, 5))

    assert undo(store, first)[1] == Undone(first, 1, 0)
    assert {p.name for p in contents(folder)} == {f"copy {i}.jpg" for i in (1, 2, 3, 4)}


def test_history_tells_what_became_of_each_clean_up(store: Path, clean_up: Plan) -> None:
    run(store, clean_up, failing("copy 3.jpg", "trash.read_only"))
    (batch,) = Trash(store).batches()
    assert batch.counts == {MoveState.TRASHED: 3, MoveState.REFUSED: 1}
    assert batch.finished_at is not None
    assert batch.undone_at is None
    (refused,) = [m for m in Trash(store).moves(batch.id) if m.state is MoveState.REFUSED]
    assert refused.reason == Reason("trash.read_only")

    undo(store)
    (batch,) = Trash(store).batches()
    assert batch.counts == {MoveState.RESTORED: 3, MoveState.REFUSED: 1}
    assert batch.undone_at is not None


def test_who_only_reads_makes_no_backup(
    store: Path, clean_up: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, clean_up)
    monkeypatch.setattr(backups, "make", lambda *_: pytest.fail("there is nothing new"))
    (batch,) = Trash(store).batches()
    assert Trash(store).moves(batch.id)


def test_nothing_to_do_writes_no_journal(store: Path) -> None:
    assert run(store, Plan([])) == ([], CleanedUp(None, 0, 0, 0))
    assert not store.exists()


def test_a_cancelled_clean_up_leaves_the_rest(store: Path, folder: Path, clean_up: Plan) -> None:
    cancel = threading.Event()
    events = Trash(store).clean_up(clean_up, cancel)
    next(events)
    cancel.set()

    assert list(events) == [CleanedUp(1, moved=1, stayed=3, size=14)]
    assert len(contents(folder)) == 4
    assert Trash(store).batches()[0].counts == {MoveState.TRASHED: 1, MoveState.REFUSED: 3}
    assert list(Trash(store).recover()) == []


def test_a_cancelled_undo_can_go_on(store: Path, folder: Path, clean_up: Plan) -> None:
    run(store, clean_up)
    cancel = threading.Event()
    events = Trash(store).undo(None, cancel)
    next(events)
    cancel.set()

    assert list(events) == [Undone(1, restored=1, stayed=3)]
    assert undo(store)[1] == Undone(1, restored=3, stayed=0)
    assert len(contents(folder)) == 5


# ---------------------------------------------------------------------- guards


def test_one_failed_move_leaves_the_rest_going(store: Path, folder: Path, clean_up: Plan) -> None:
    events, last = run(store, clean_up, failing("copy 3.jpg", "trash.read_only"))

    assert reasons(events) == {"copy 3.jpg": "trash.read_only"}
    assert (last.moved, last.stayed) == (3, 1)
    assert (folder / "copy 3.jpg").read_bytes() == b"the same photo"


def edit(path: Path) -> None:
    path.write_bytes(b"edited since")


def edit_secretly(path: Path) -> None:
    """Other bytes, same size, and the clock turned back."""
    status = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace_by_copy(path: Path) -> None:
    shutil.copy2(path, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


def replace_by_link(path: Path) -> None:
    path.rename(path.with_suffix(".real"))
    path.symlink_to(path.with_suffix(".real"))


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "edited": (edit, "trash.changed"),
    "edited secretly": (edit_secretly, "trash.changed"),
    "replaced": (replace_by_copy, "trash.changed"),
    "touched": (touch, "trash.changed"),
    "removed": (Path.unlink, "trash.gone"),
    "linked": (replace_by_link, "trash.link"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_photo_changed_since_it_was_judged_stays(
    store: Path, folder: Path, clean_up: Plan, change: str
) -> None:
    alter, code = CHANGES[change]
    alter(folder / "copy 3.jpg")
    altered = contents(folder)

    events, last = run(store, clean_up)

    assert reasons(events) == {"copy 3.jpg": code}
    assert last.moved == 3
    gone = altered.keys() - contents(folder).keys()
    assert {p.name for p in gone} == {"copy 2.jpg", "copy 4.jpg", "other.jpg"}


@pytest.mark.parametrize("change", ["edited", "edited secretly", "removed"])
def test_nothing_goes_when_what_is_kept_for_it_changed(
    store: Path, folder: Path, clean_up: Plan, change: str
) -> None:
    CHANGES[change][0](folder / "copy 1.jpg")

    events, last = run(store, clean_up)

    assert reasons(events) == {f"copy {i}.jpg": "trash.kept_changed" for i in (2, 3, 4)}
    assert last.moved == 1  # the photo without a group


def test_what_is_kept_must_not_vanish_in_the_middle(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    events = Trash(store).clean_up(clean_up, NOT_CANCELLED)
    next(events)
    (folder / "copy 1.jpg").unlink()

    assert reasons(list(events)) == {f"copy {i}.jpg": "trash.kept_changed" for i in (3, 4)}


def test_one_of_several_kept_photos_is_enough(
    store: Path, folder: Path, copies: list[Photo]
) -> None:
    (folder / "copy 1.jpg").unlink()
    events, last = run(store, plan([3, 4], result(copies, group(1, 2, 3, 4))))
    assert (reasons(events), last.moved) == ({}, 2)


def test_a_link_to_the_photo_that_goes_is_no_kept_copy(store: Path, folder: Path) -> None:
    real = photo(folder / "real.jpg", 1, b"photo")
    kept = photo(folder / "kept.jpg", 2, b"photo")
    clean_up = plan([1], result([real, kept], group(2, 1)))
    kept.path.unlink()
    kept.path.symlink_to(real.path)

    events, _ = run(store, clean_up)

    assert reasons(events) == {"real.jpg": "trash.kept_changed"}


def test_an_unreadable_photo_stays(
    store: Path, clean_up: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> object:
        if path.name == "copy 3.jpg":
            raise PermissionError(13, "Permission denied")
        return open_file(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    events, last = run(store, clean_up)
    assert reasons(events) == {"copy 3.jpg": "trash.unreadable"}
    assert last.moved == 3


def test_content_has_the_name_the_scan_gave_it(store: Path, folder: Path) -> None:
    data = bytes(range(256)) * 5000  # more than one piece
    big = photo(folder / "big.jpg", 1, data)
    assert big.content_hash == photo_files.content_hash(data)
    assert run(store, plan([1], result([big])))[1].moved == 1


def test_without_a_journal_nothing_moves(store: Path, folder: Path, clean_up: Plan) -> None:
    store.unlink(missing_ok=True)
    store.mkdir()  # in its place
    with pytest.raises(StoreError):
        run(store, clean_up)
    assert len(contents(folder)) == 5


def test_a_journal_that_fails_in_the_middle_stops_and_loses_nothing(
    store: Path, folder: Path, clean_up: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)

    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL  # as SQLite says it
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "mark", full)
        with pytest.raises(StoreError, match="disk is full"):
            run(store, clean_up)
    assert len(contents(folder)) == 4

    assert undo(store)[1].restored == 1
    assert contents(folder) == before


def test_two_clean_ups_never_run_at_once(store: Path, folder: Path, copies: list[Photo]) -> None:
    """Each could take what the other keeps. The second one's plan is older than the first move."""
    album = result(copies, group(1, 2))
    first = Trash(store).clean_up(plan([2], album), NOT_CANCELLED)
    next(first)
    second = plan([1], album)
    for refused in (
        Trash(store).clean_up(second, NOT_CANCELLED),
        Trash(store).undo(None, NOT_CANCELLED),
    ):
        with pytest.raises(TrashBusyError, match="Another Photo Organizer"):
            next(refused)
    assert list(Trash(store).recover()) == []  # the first one did not crash
    assert Trash(store).batches()[0].finished_at is None

    list(first)
    assert reasons(run(store, second)[0]) == {"copy 1.jpg": "trash.kept_changed"}
    assert (folder / "copy 1.jpg").exists()


# ---------------------------------------------------------------------- files of a unit


@pytest.fixture
def live_photo(folder: Path) -> Plan:
    still = photo(folder / "live.jpg", 1, b"still")
    (folder / "live.mov").write_bytes(b"film")
    missing = folder / "live.dng"
    return plan([1], result([still]), unit_files={1: [folder / "live.mov", missing]})


def test_unit_files_go_and_come_back_together(store: Path, folder: Path, live_photo: Plan) -> None:
    events, last = run(store, live_photo)
    assert contents(folder) == {}
    assert (len(events), last.moved, last.size) == (1, 1, 9)

    assert undo(store)[1].restored == 2
    assert {p.name for p in contents(folder)} == {"live.jpg", "live.mov"}


@pytest.mark.parametrize("refused", ["live.jpg", "live.mov"])
def test_unit_files_stay_together(
    store: Path, folder: Path, live_photo: Plan, refused: str
) -> None:
    before = contents(folder)

    events, last = run(store, live_photo, failing(refused, "trash.full"))

    assert reasons(events) == {"live.jpg": "trash.full"}
    assert (last.moved, last.stayed) == (0, 1)
    assert contents(folder) == before
    assert Trash(store).batches()[0].counts == {MoveState.REFUSED: 2}


# ---------------------------------------------------------------------- undo finds its way


def test_what_lies_in_the_old_place_stays_and_the_photo_comes_next_to_it(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    (folder / "other.jpg").write_bytes(b"new")

    events, last = undo(store)

    assert last.restored == 4
    (moved_aside,) = [e for e in events if isinstance(e, Restored) and e.place != e.path]
    assert moved_aside.place.name == "other (restored).jpg"
    assert moved_aside.place.read_bytes() == b"another photo"
    assert (folder / "other.jpg").read_bytes() == b"new"


def test_an_emptied_trash_is_told_once(
    store: Path, home: Path, folder: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    (home / "share" / "Trash" / "files" / "other.jpg").unlink()

    events, last = undo(store)

    assert reasons(events) == {"other.jpg": "trash.emptied"}
    assert (last.restored, last.stayed) == (3, 1)
    assert Trash(store).batches()[0].counts == {MoveState.RESTORED: 3, MoveState.GONE: 1}
    assert undo(store)[1] == Undone(None, 0, 0)


def test_another_file_of_the_name_in_the_trash_is_not_taken_for_the_photo(
    store: Path, home: Path, folder: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    place = home / "share" / "Trash" / "files" / "other.jpg"
    place.unlink()
    place.write_bytes(b"not ours")

    assert reasons(undo(store)[0]) == {"other.jpg": "trash.emptied"}
    assert place.read_bytes() == b"not ours"
    assert not (folder / "other.jpg").exists()


def test_a_trash_out_of_reach_can_be_tried_again(
    store: Path, home: Path, folder: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    files = home / "share" / "Trash" / "files"
    files.rename(home / "unplugged")

    events, last = undo(store)
    assert set(reasons(events).values()) == {"trash.unreachable"}
    assert last.restored == 0
    assert Trash(store).batches()[0].undone_at is None

    (home / "unplugged").rename(files)
    assert undo(store)[1].restored == 4
    assert len(contents(folder)) == 5


def test_photos_put_back_by_hand_count_as_restored(
    store: Path, home: Path, folder: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    (home / "share" / "Trash" / "files" / "other.jpg").rename(folder / "other.jpg")

    assert undo(store)[1] == Undone(1, restored=4, stayed=0)
    assert len(contents(folder)) == 5
    assert contents(home / "share") == {}  # the record of it is gone as well


def test_a_place_the_system_did_not_tell_is_found(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    before = contents(folder)

    def silent(path: Path) -> None:
        move_to_trash(path)

    events, _ = run(store, clean_up, silent)
    assert [e.place for e in events if isinstance(e, Moved)] == [None] * 4

    assert undo(store)[1].restored == 4
    assert contents(folder) == before


def test_a_place_that_cannot_be_found_is_told(
    store: Path, tmp_path: Path, folder: Path, clean_up: Plan
) -> None:
    def hide(path: Path) -> None:
        path.rename(tmp_path / path.name)

    run(store, clean_up, hide)
    assert set(reasons(undo(store)[0]).values()) == {"trash.unknown_place"}
    assert Trash(store).batches()[0].undone_at is None


def test_a_photo_that_cannot_be_put_back_stays_in_the_trash(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    shutil.rmtree(folder)
    folder.write_text("a file where the folder was")

    events, _ = undo(store)
    assert set(reasons(events).values()) == {"trash.not_restored"}

    folder.unlink()
    assert undo(store)[1].restored == 4


# ---------------------------------------------------------------------- dated folders


def test_drives_without_trash_get_a_dated_folder(
    store: Path, tmp_path: Path, folder: Path, clean_up: Plan
) -> None:
    before = contents(folder)

    run(store, clean_up, beside([tmp_path, folder]))

    dated = folder / f"{TRASH_BESIDE} {datetime.now():%Y-%m-%d}"  # in the innermost opened folder
    assert len(contents(dated)) == 4
    assert undo(store)[1].restored == 4
    assert contents(folder) == before
    assert not dated.exists()


# ---------------------------------------------------------------------- crashes


class Crash(BaseException):
    """Ends the program as SIGKILL would: nothing handles it."""


def crash_after(moves: int, mover: trash.Mover) -> trash.Mover:
    """A mover that moves so many files, the last one without the journal hearing of it."""
    left = iter(range(moves - 1, -1, -1))

    def move(path: Path) -> Path | None:
        place = mover(path)
        if next(left) == 0:
            raise Crash
        return place

    return move


@pytest.fixture(params=["trash", "beside", "odd names"])
def interrupted(
    request: pytest.FixtureRequest, store: Path, folder: Path
) -> Iterator[dict[Path, bytes]]:
    """A clean-up that crashed between the third move and its mark; what there was before it."""
    name = os.fsdecode(b"\xff %d.jpg") if request.param == "odd names" else "in/copy %d.jpg"
    copies = [photo(folder / (name % i), i, b"the same photo") for i in range(1, 7)]
    before = dict(contents(folder))
    mover = beside([folder]) if request.param == "beside" else move_to_trash
    clean_up = plan([2, 3, 4, 5, 6], result(copies, group(*range(1, 7))))
    with pytest.raises(Crash):
        run(store, clean_up, crash_after(3, mover))
    yield before
    assert contents(folder) == before


def test_recovery_completes_the_journal(store: Path, interrupted: dict[Path, bytes]) -> None:
    assert Trash(store).batches()[0].finished_at is None

    *events, last = Trash(store).recover()

    assert [type(e) for e in events] == [Moved, Stayed, Stayed]
    assert last == CleanedUp(1, moved=1, stayed=2, size=14)
    assert set(reasons(events).values()) == {"trash.interrupted"}
    assert list(Trash(store).recover()) == []
    assert undo(store)[1] == Undone(1, restored=3, stayed=0)


def test_the_next_clean_up_needs_no_recovery(
    store: Path, interrupted: dict[Path, bytes], tmp_path: Path
) -> None:
    later = photo(tmp_path / "elsewhere" / "later.jpg", 9, b"later")
    run(store, plan([9], result([later])))
    assert all(batch.finished_at is not None for batch in Trash(store).batches())
    assert undo(store)[1].restored == 1
    assert undo(store)[1].restored == 3


def test_undo_needs_no_recovery(store: Path, interrupted: dict[Path, bytes]) -> None:
    assert undo(store)[1] == Undone(1, restored=3, stayed=0)


def test_recovery_tells_copies_apart(store: Path, interrupted: dict[Path, bytes]) -> None:
    """All photos are alike, with the same time: each must come back to its own name."""
    inodes = {m.path: m.identity.inode for m in Trash(store).moves(1)}
    undo(store)
    assert {path: path.stat().st_ino for path in inodes} == inodes


def test_recovery_works_on_drives_that_number_files_anew(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    before = contents(folder)
    with pytest.raises(Crash):
        run(store, clean_up, crash_after(4, move_to_trash))
    with Store(store) as opened:
        opened.connection.execute("UPDATE move SET inode = '0'")

    assert undo(store)[1].restored == 4
    assert contents(folder) == before


def test_recovery_tells_of_photos_changed_meanwhile(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    with pytest.raises(Crash):
        run(store, clean_up, crash_after(1, move_to_trash))
    edit(folder / "copy 3.jpg")
    (folder / "copy 4.jpg").unlink()

    events = list(Trash(store).recover())

    assert reasons(events) == {
        "copy 3.jpg": "trash.changed",
        "copy 4.jpg": "trash.gone",
        "other.jpg": "trash.interrupted",
    }


def test_the_module_is_light() -> None:
    """The command `undo` must not wait for torch."""
    heavy = "{'torch', 'PIL', 'cv2', 'sklearn', 'scipy', 'PySide6.QtGui'}"
    code = (
        "import sys\n"
        "from photo_organizer.engine.cleanup import planning, trash\n"
        f"print(*({heavy} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    for code in system_trash.FOLDER_HELPS | {code for _, code in CHANGES.values()}:
        texts = [Reason(code, {"message": "x"}).text(language) for language in ("en", "ko")]
        assert texts[0] != texts[1]
