"""Undo on drives that come and go, and that number their files anew when they come back."""

import os
import shutil
import sys
import threading
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup.events import CleanedUp, Restored, Stayed, Undone
from photo_organizer.engine.cleanup.journal import MoveState
from photo_organizer.engine.cleanup.planning import Plan, plan
from photo_organizer.engine.cleanup.reach import NoSuchCleanUpError, Waiting
from photo_organizer.engine.cleanup.system_trash import move_to_trash
from photo_organizer.engine.cleanup.trash import Trash, beside
from photo_organizer.engine.paths import TRASH_BESIDE
from photo_organizer.engine.storage.store import Store
from tests.engine.albums import contents, group, photo, result

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only this trash lies in a folder of our choice"
)


class Crash(BaseException):
    """Ends the program as SIGKILL would: nothing handles it."""


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    return tmp_path / "drive"


@pytest.fixture
def clean_up(drive: Path) -> Plan:
    """A photo with RAW and film goes, its copy stays."""
    return with_unit(drive / "trip")


def with_unit(folder: Path) -> Plan:
    photos = [photo(folder / f"{i}.jpg", i, b"the same photo") for i in (1, 2)]
    parts = [folder / "2.dng", folder / "2.mov"]
    for part in parts:
        part.write_bytes(part.suffix.encode() * 9)
    return plan([2], result(photos, group(1, 2)), unit_files={2: parts})


def run(store: Path, clean_up: Plan, drive: Path | None = None) -> int:
    """Clean up, into dated folders on the drive if one is given; the clean-up's number."""
    trash = Trash(store, beside([drive])) if drive else Trash(store)
    *_, last = trash.clean_up(clean_up, threading.Event())
    assert isinstance(last, CleanedUp)
    assert last.stayed == 0
    assert last.batch is not None
    return last.batch


def undo(store: Path, batch: int | None = None) -> tuple[Sequence[Restored | Stayed], Undone]:
    *events, last = Trash(store).undo(batch, threading.Event())
    assert isinstance(last, Undone)
    return [e for e in events if isinstance(e, Restored | Stayed)], last


def connected_anew(folder: Path, *, apart: int = 0) -> None:
    """What exFAT does to all files: other numbers, and times that are rounded differently."""
    for path in contents(folder):
        if path.suffix == ".trashinfo":
            continue
        status = path.stat()
        shutil.copyfile(path, path.with_name("new"))
        path.with_name("new").replace(path)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - apart))


# ---------------------------------------------------------------------- numbered anew


@pytest.mark.parametrize("apart", [0, 10_000_000, 1_999_999_999, 3_600_000_000_000])
@pytest.mark.parametrize("where", ["trash", "beside"])
def test_the_whole_unit_comes_back_from_a_drive_that_numbers_anew(
    store: Path, home: Path, drive: Path, clean_up: Plan, where: str, apart: int
) -> None:
    before = contents(drive)
    run(store, clean_up, drive if where == "beside" else None)
    connected_anew(drive, apart=apart)
    connected_anew(home / "share", apart=apart)

    _, last = undo(store)

    assert (last.restored, last.stayed) == (3, 0)
    assert contents(drive) == before


def test_what_is_elsewhere_in_the_trash_by_now_is_found_by_its_content(
    store: Path, drive: Path, clean_up: Plan
) -> None:
    before = contents(drive)
    run(store, clean_up, drive)
    connected_anew(drive)
    (dated,) = drive.glob(f"{TRASH_BESIDE} *")
    dated.rename(drive / f"{TRASH_BESIDE} 2001-01-01")
    assert undo(store)[1].restored == 3
    assert contents(drive) == before


def test_an_equal_file_that_somebody_else_threw_away_is_not_taken(
    store: Path, home: Path, drive: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    (home / "share" / "Trash" / "files" / "2.jpg").unlink()
    elsewhere = photo(drive / "elsewhere" / "mine.jpg", 9, b"the same photo").path
    move_to_trash(elsewhere)
    connected_anew(home / "share")

    events, _ = undo(store)

    assert [e.reason.code for e in events if isinstance(e, Stayed)] == ["trash.emptied"]
    assert (home / "share" / "Trash" / "files" / "mine.jpg").exists()


def test_a_clean_up_of_an_older_program_knows_no_content_of_a_unit(
    store: Path, home: Path, drive: Path, clean_up: Plan
) -> None:
    before = contents(drive)
    run(store, clean_up)
    with Store(store) as opened:
        opened.connection.execute("UPDATE move SET content_hash = x'' WHERE id > 1")
    connected_anew(home / "share", apart=10_000_000)
    assert undo(store)[1].restored == 3
    assert contents(drive) == before


def test_recovery_finds_the_whole_unit_on_a_drive_that_numbers_anew(
    store: Path, home: Path, drive: Path, clean_up: Plan
) -> None:
    before = contents(drive)
    left = iter(range(2))

    def crash_at_last(path: Path) -> Path | None:
        if next(left, None) is None:
            move_to_trash(path)
            raise Crash
        return move_to_trash(path)

    with pytest.raises(Crash):
        list(Trash(store, crash_at_last).clean_up(clean_up, threading.Event()))
    connected_anew(home / "share", apart=10_000_000)

    list(Trash(store).recover())

    assert Trash(store).batches()[0].counts == {MoveState.TRASHED: 3}
    assert undo(store)[1].restored == 3
    assert contents(drive) == before


# ---------------------------------------------------------------------- away


@pytest.fixture
def interrupted(store: Path, drive: Path, clean_up: Plan) -> dict[Path, bytes]:
    """A clean-up that crashed after its first file, unmarked; what there was before."""
    before = dict(contents(drive))

    def crash(path: Path) -> Path | None:
        beside([drive])(path)
        raise Crash

    with pytest.raises(Crash):
        list(Trash(store, crash).clean_up(clean_up, threading.Event()))
    return before


def test_recovery_waits_for_a_drive_that_is_away(
    store: Path, tmp_path: Path, drive: Path, interrupted: dict[Path, bytes]
) -> None:
    drive.rename(tmp_path / "unplugged")
    assert list(Trash(store).recover()) == []
    assert undo(store)[1].batch is None
    assert Trash(store).batches()[0].finished_at is None
    assert Trash(store).batches()[0].counts == {MoveState.PLANNED: 3}

    (tmp_path / "unplugged").rename(drive)
    assert len(list(Trash(store).recover())) == 4
    assert Trash(store).batches()[0].finished_at is not None
    assert undo(store)[1].restored == 1
    assert contents(drive) == interrupted


def test_an_empty_folder_where_the_drive_was_is_no_drive(
    store: Path, tmp_path: Path, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = photo(drive / "top.jpg", 1, b"photo")
    elsewhere = replace(alone.identity, device=alone.identity.device + 1)

    def crash(path: Path) -> Path | None:
        raise Crash

    with pytest.raises(Crash):
        list(Trash(store, crash).clean_up(plan([1], result([alone])), threading.Event()))
    with Store(store) as opened:
        opened.connection.execute("UPDATE move SET device = ?", (str(elsewhere.device),))
    drive.rename(tmp_path / "unplugged")
    drive.mkdir()

    assert list(Trash(store).recover()) == []
    assert Trash(store).batches()[0].counts == {MoveState.PLANNED: 1}


def test_undo_offers_the_newest_clean_up_that_can_be_undone(
    store: Path, tmp_path: Path, drive: Path, clean_up: Plan
) -> None:
    older = run(store, with_unit(tmp_path / "here"))
    newer = run(store, clean_up, drive)
    drive.rename(tmp_path / "unplugged")

    _, last = undo(store)
    assert (last.batch, last.restored) == (older, 3)
    assert last.waiting == (Waiting(newer, drive),)

    events, last = undo(store)  # nothing else is left: say why
    assert (last.batch, last.restored) == (newer, 0)
    assert {e.reason.code for e in events if isinstance(e, Stayed)} == {"trash.unreachable"}

    (tmp_path / "unplugged").rename(drive)
    assert undo(store)[1] == Undone(newer, 3, 0)


def test_an_emptied_trash_is_no_drive_that_is_away(
    store: Path, home: Path, tmp_path: Path, clean_up: Plan
) -> None:
    run(store, with_unit(tmp_path / "here"))
    before = contents(home / "share" / "Trash" / "files")
    newer = run(store, clean_up)
    for path in contents(home / "share" / "Trash" / "files").keys() - before.keys():
        path.unlink()
    events, last = undo(store)
    assert last.batch == newer
    assert {e.reason.code for e in events if isinstance(e, Stayed)} == {"trash.emptied"}


def test_another_drive_in_its_place_makes_nothing_gone(
    store: Path, tmp_path: Path, drive: Path, clean_up: Plan
) -> None:
    batch = run(store, clean_up, drive)
    with Store(store) as opened:
        opened.connection.execute("UPDATE move SET device = '1'")
    drive.rename(tmp_path / "unplugged")
    for folder in (tmp_path / "unplugged").glob(f"{TRASH_BESIDE} */trip"):
        (drive / folder.relative_to(tmp_path / "unplugged")).mkdir(parents=True)

    events, _ = undo(store, batch)

    assert {e.reason.code for e in events if isinstance(e, Stayed)} == {"trash.unreachable"}
    assert Trash(store).batches()[0].counts == {MoveState.TRASHED: 3}


def test_what_turns_up_again_is_not_gone(
    store: Path, home: Path, drive: Path, clean_up: Plan
) -> None:
    before = contents(drive)
    run(store, clean_up)
    files = home / "share" / "Trash" / "files"
    (files / "2.mov").rename(home / "taken out")
    assert undo(store)[1].restored == 2
    assert Trash(store).batches()[0].counts[MoveState.GONE] == 1
    (home / "taken out").rename(files / "2.mov")

    list(Trash(store).recover())

    assert undo(store)[1].restored == 1
    assert contents(drive) == before


def test_an_undo_that_was_interrupted_is_completed_at_the_next_start(
    store: Path, home: Path, drive: Path, clean_up: Plan
) -> None:
    run(store, clean_up)
    events = Trash(store).undo(None, threading.Event())
    next(events)
    assert isinstance(events, Generator)
    events.close()
    os.link(home / "share" / "Trash" / "files" / "2.dng", drive / "trip" / "2.dng")
    (home / "share" / "Trash" / "files" / "2.mov").rename(drive / "trip" / "2.mov")

    list(Trash(store).recover())

    assert contents(home / "share") == {}
    assert Trash(store).batches()[0].counts == {MoveState.RESTORED: 3}
    assert Trash(store).batches()[0].finished_at is not None


# ---------------------------------------------------------------------- numbers


def test_a_clean_up_that_never_was_is_told(store: Path, drive: Path, clean_up: Plan) -> None:
    run(store, clean_up)
    with pytest.raises(NoSuchCleanUpError, match="There is no clean-up 999"):
        list(Trash(store).undo(999, threading.Event()))
    assert undo(store)[1].restored == 3
