"""Moves into a folder of the user's: nothing is overwritten, everything can be undone."""

import errno
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup import filing
from photo_organizer.engine.cleanup.access import open_journal
from photo_organizer.engine.cleanup.events import CleanedUp, Moved, Restored, Stayed, Undone
from photo_organizer.engine.cleanup.filing import plan_into
from photo_organizer.engine.cleanup.journal import MoveState
from photo_organizer.engine.cleanup.planning import Plan, plan
from photo_organizer.engine.cleanup.trash import Trash, beside
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.duplicates import unit_files
from photo_organizer.engine.files import renaming
from photo_organizer.engine.paths import TRASH_BESIDE
from photo_organizer.engine.storage.store import Store
from tests.engine.albums import contents, group, photo, result

NOT_CANCELLED = threading.Event()


@pytest.fixture
def photos(folder: Path) -> list[Photo]:
    return [photo(folder / "in" / f"{i}.jpg", i, b"photo %d" % i) for i in (1, 2, 3)]


@pytest.fixture
def target(folder: Path) -> Path:
    return folder / "Norway" / "2024"


def run(store: Path, folder: Path, wanted: Plan) -> tuple[list[Moved | Stayed], CleanedUp]:
    *events, last = Trash(store).move_into(folder, wanted, NOT_CANCELLED)
    assert isinstance(last, CleanedUp)
    return [e for e in events if isinstance(e, Moved | Stayed)], last


def undo(store: Path, batch: int | None = None) -> tuple[list[Restored | Stayed], Undone]:
    *events, last = Trash(store).undo(batch, NOT_CANCELLED)
    assert isinstance(last, Undone)
    return [e for e in events if isinstance(e, Restored | Stayed)], last


def refused(wanted: Plan) -> dict[int, str]:
    return {refusal.photo.id: refusal.reason.code for refusal in wanted.refusals}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_photos_go_into_a_folder_and_come_back(
    store: Path, folder: Path, target: Path, photos: list[Photo]
) -> None:
    before = contents(folder)
    events, end = run(store, target, plan_into(target, [1, 3], result(photos)))
    assert [event.path.name for event in events] == ["1.jpg", "3.jpg"]
    assert [event.place for event in events if isinstance(event, Moved)] == [
        target / "1.jpg",
        target / "3.jpg",
    ]
    assert (names(target), names(folder / "in")) == (["1.jpg", "3.jpg"], ["2.jpg"])
    (batch,) = Trash(store).batches()
    assert (batch.id, batch.folder, batch.counts) == (end.batch, target, {MoveState.TRASHED: 2})
    events_back, done = undo(store)
    assert (len(events_back), done.stayed) == (2, 0)
    assert contents(folder) == before


def test_a_group_may_be_torn_apart_because_nothing_is_lost(
    store: Path, target: Path, photos: list[Photo]
) -> None:
    wanted = plan_into(target, [1, 2, 3], result(photos, group(1, 2, 3)))
    assert (wanted.count, wanted.refusals) == (3, [])
    assert run(store, target, wanted)[1].moved == 3


def test_what_belongs_to_a_photo_goes_along(
    store: Path, folder: Path, target: Path, photos: list[Photo]
) -> None:
    for name in ("1.jpg.xmp", "1.mov", "2.mov"):
        (folder / "in" / name).write_bytes(name.encode())
    known = result(photos)
    wanted = plan_into(target, [1], known, unit_files=unit_files.find([1], known.photos))
    run(store, target, wanted)
    assert names(target) == ["1.jpg", "1.jpg.xmp", "1.mov"]
    undo(store)
    assert names(target) == []
    assert len(names(folder / "in")) == 6


def test_a_name_that_is_taken_is_never_overwritten(
    store: Path, folder: Path, target: Path, photos: list[Photo]
) -> None:
    target.mkdir(parents=True)
    (target / "1.jpg").write_bytes(b"another one")
    other = photo(folder / "other" / "2.JPG", 4, b"of the same name elsewhere")
    known = result([*photos, other])
    wanted = plan_into(target, [1, 2, 4], known)
    assert refused(wanted) == {1: "move.exists", 4: "move.exists"}
    (target / "2.jpg").write_bytes(b"come meanwhile")
    events, end = run(store, target, wanted)
    assert [e.reason.code for e in events if isinstance(e, Stayed)] == ["move.exists"]
    assert (end.moved, end.stayed) == (0, 1)
    assert (target / "1.jpg").read_bytes() == b"another one"
    assert (target / "2.jpg").read_bytes() == b"come meanwhile"
    assert photos[1].path.read_bytes() == b"photo 2"


def test_where_a_file_of_its_unit_cannot_go_the_photo_stays(
    store: Path, folder: Path, target: Path, photos: list[Photo]
) -> None:
    (folder / "in" / "1.mov").write_bytes(b"film")
    known = result(photos)
    wanted = plan_into(target, [1], known, unit_files=unit_files.find([1], known.photos))
    target.mkdir(parents=True)
    (target / "1.mov").write_bytes(b"another film")
    _, end = run(store, target, wanted)
    assert end.stayed == 1
    assert names(folder / "in") == ["1.jpg", "1.mov", "2.jpg", "3.jpg"]
    assert names(target) == ["1.mov"]


def test_protected_folders_neither_give_nor_take(
    folder: Path, target: Path, photos: list[Photo]
) -> None:
    known = result(photos)
    assert refused(plan_into(target, [1], known, protected=[folder / "in"])) == {
        1: "trash.protected"
    }
    into = plan_into(target, [1, 2], known, protected=[folder / "Norway"])
    assert refused(into) == {1: "move.protected", 2: "move.protected"}
    assert into.count == 0


def test_a_trash_is_no_folder_to_move_photos_to(folder: Path, photos: list[Photo]) -> None:
    for name in (f"{TRASH_BESIDE} 2024-05-06", ".Trash-1000"):
        assert refused(plan_into(folder / name, [1], result(photos))) == {1: "move.apart"}


def test_photos_that_are_there_or_on_another_drive_stay(
    folder: Path, target: Path, photos: list[Photo]
) -> None:
    away = replace(photos[1], identity=replace(photos[1].identity, device=-1))
    known = result([photos[0], away])
    assert refused(plan_into(target, [2], known)) == {2: "move.other_drive"}
    assert refused(plan_into(folder / "in", [1], known)) == {1: "move.there"}


def test_another_drive_that_shows_only_now_is_told(
    store: Path, target: Path, photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = plan_into(target, [1], result(photos))

    def across(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(filing, "rename_new", across)
    events, _ = run(store, target, wanted)
    assert [e.reason.code for e in events if isinstance(e, Stayed)] == ["move.other_drive"]
    assert photos[0].path.exists()


def test_a_photo_that_changed_meanwhile_stays(
    store: Path, target: Path, photos: list[Photo]
) -> None:
    wanted = plan_into(target, [1], result(photos))
    photos[0].path.write_bytes(b"edited")
    events, _ = run(store, target, wanted)
    assert [e.reason.code for e in events if isinstance(e, Stayed)] == ["trash.changed"]
    assert photos[0].path.read_bytes() == b"edited"


@pytest.mark.parametrize("step", ["planned", "both names", "moved"])
def test_a_crash_in_the_middle_loses_nothing(
    store: Path, folder: Path, target: Path, photos: list[Photo], step: str
) -> None:
    before = contents(folder)
    target.mkdir(parents=True)
    with open_journal(store) as journal:
        journal.begin([(photos[0].identity, photos[0].content_hash)], target)
    if step == "both names":
        os.link(photos[0].path, target / "1.jpg")
    elif step == "moved":
        renaming.rename_new(photos[0].path, target / "1.jpg")
    list(Trash(store).recover())
    (batch,) = Trash(store).batches()
    moved = step == "moved"
    assert batch.counts == {MoveState.TRASHED if moved else MoveState.REFUSED: 1}
    assert names(target) == (["1.jpg"] if moved else [])
    undo(store)
    assert contents(folder) == before


def test_what_was_taken_on_from_there_is_told_and_left(
    store: Path, target: Path, photos: list[Photo]
) -> None:
    run(store, target, plan_into(target, [1], result(photos)))
    (target / "1.jpg").rename(target / "renamed.jpg")
    (target / "renamed.jpg").write_bytes(b"edited")
    events, _ = undo(store)
    assert [e.reason.code for e in events if isinstance(e, Stayed)] == ["move.went_on"]
    assert names(target) == ["renamed.jpg"]


def test_moves_free_nothing_and_clean_ups_do_until_they_are_undone(
    store: Path, folder: Path, target: Path, photos: list[Photo]
) -> None:
    run(store, target, plan_into(target, [1], result(photos)))
    trash = Trash(store, beside([folder]))
    assert trash.freed().size == 0
    *_, end = trash.clean_up(plan([2, 3], result(photos)), NOT_CANCELLED)
    assert isinstance(end, CleanedUp)
    size = sum(p.identity.size for p in photos[1:])
    assert (trash.freed().size, trash.freed().in_trash) == (size, size)
    undo(store, end.batch)
    assert trash.freed().size == 0


def test_a_moved_photo_is_known_there_under_its_number_and_with_its_mark(
    store: Path, target: Path, photos: list[Photo]
) -> None:
    with Store(store) as known:
        number = known.add_photo(photos[0].identity, photos[0].content_hash)
        known.set_marks([Mark.of(photos[0])], True)
    run(store, target, plan_into(target, [1], result(photos)))
    there = replace(photos[0].identity, path=target / "1.jpg")
    for identity in (there, photos[0].identity):
        with Store(store) as known:
            ((_, found),) = known.known([identity])
            assert found.id == number
            assert [mark.path for mark in known.marks()] == [identity.path]
        undo(store)
