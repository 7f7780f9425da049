"""A damaged store is put aside and rebuilt; whatever can be known of before is known again."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from photo_organizer.engine.cleanup.journal import Journal
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.storage import backups, rescue, suspicion
from photo_organizer.engine.storage.store import Store, StoreError

PHOTO = b"p" * 16
IDENTITY = FileIdentity(Path("/photos/a.jpg"), 1, 2, 3, 4)
MARK = Mark(PHOTO, IDENTITY.path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite"
    with Store(path) as store:
        store.decide_rating(PHOTO, 5)
        store.decide_reviewed((PHOTO, b"q" * 16))
        store.set_marks([MARK], True)
        store.add_photo(IDENTITY, PHOTO)
        with store.batch():  # something to lie on many pages
            for number in range(3000):
                digest = number.to_bytes(16, "big")
                store.connection.execute(
                    "INSERT INTO embedding VALUES (?, 'model', '1', ?)", (digest, digest * 8)
                )
        journal = Journal(store)
        moves = journal.begin([(IDENTITY, PHOTO)])
        journal.finish(moves[0].batch)
        backups.make(store.connection, path)
    rescue._looked_at.clear()  # as in a new process
    return path


@pytest.fixture
def told() -> Iterator[list[Reason]]:
    told: list[Reason] = []
    with rescue.telling(told.append):
        yield told


def assert_known(path: Path) -> None:
    """Everything that only the store knew is known."""
    with Store(path) as store:
        assert store.decisions().ratings == {PHOTO: 5}
        assert store.decisions().reviewed == {(PHOTO, b"q" * 16)}
        assert store.marks() == [MARK]
        (batch,) = Journal(store).batches()
        assert [move.identity for move in Journal(store).moves(batch.id)] == [IDENTITY]


def asides(path: Path) -> list[Path]:
    return sorted(path.parent.glob("library.damaged-*.sqlite"))


def garbage_in_front(path: Path) -> None:
    path.write_bytes(b"garbage" * 20 + path.read_bytes()[140:])


def garbage_on_each_page(path: Path) -> None:
    """But for the first: it opens, and every table is unreadable."""
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 200] = b"\xaa" * 200
    path.write_bytes(data)


def half_of_it(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def nothing_of_it(path: Path) -> None:
    path.write_bytes(b"")


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def no_store_at_all(path: Path) -> None:
    path.write_bytes(b"<html>The drive was full</html>" * 500)


@pytest.mark.parametrize(
    "damage", [garbage_in_front, half_of_it, nothing_of_it, zeros, no_store_at_all]
)
def test_a_damaged_store_is_put_aside_and_restored_from_its_backup(
    damage, path: Path, told: list[Reason]
) -> None:
    damage(path)
    content = path.read_bytes()
    assert_known(path)
    (aside,) = asides(path)
    assert aside.read_bytes() == content
    (reason,) = told
    assert reason.code in ("store.restored", "store.rebuilt")
    assert reason.values["aside"] == str(aside)
    assert_known(path)
    assert len(told) == 1


def damage_pages_of(path: Path, table: str) -> None:
    """Write garbage over the first page of a table."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    with path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_who_opens_a_damaged_store_while_it_is_looked_at_waits(
    path: Path, told: list[Reason], monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage_on_each_page(path)
    looked, is_sound = threading.Event(), backups.is_sound

    def slowly(*asked: Any) -> bool:
        if not looked.is_set():
            looked.set()
            others.append(threads.submit(assert_known, path))
            wait(others, timeout=0.5)  # the other must not have gone on by then
        return is_sound(*asked)

    monkeypatch.setattr(backups, "is_sound", slowly)
    others: list[Future[None]] = []
    with ThreadPoolExecutor(1) as threads:
        assert_known(path)
        others[0].result(timeout=20)
    assert len(told) == 1


def test_nobody_goes_on_with_a_store_that_was_put_aside_meanwhile(
    path: Path, told: list[Reason], monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage_on_each_page(path)
    is_damaged, first = rescue.is_damaged, [True]

    def late(*asked: Any) -> bool:
        if first:
            first.clear()
            assert_known(path)  # another thread looks, and puts it aside
        return is_damaged(*asked)

    monkeypatch.setattr(rescue, "is_damaged", late)
    assert_known(path)
    assert len(told) == 1


def test_what_can_be_read_beside_a_damaged_page_is_newer_than_any_backup(
    path: Path, told: list[Reason]
) -> None:
    with Store(path) as store:
        store.decide_rating(b"later".ljust(16), 3)
    rescue._looked_at.clear()
    damage_pages_of(path, "embedding")
    with Store(path) as store:
        assert store.decisions().ratings == {PHOTO: 5, b"later".ljust(16): 3}
        assert store.photos_below(Path("/photos")) == [IDENTITY]
    assert [reason.code for reason in told] == ["store.rebuilt"]
    assert_journal(path)


def assert_journal(path: Path) -> None:
    with Store(path) as store:
        assert len(Journal(store).batches()) == 1


@pytest.mark.parametrize("table", ["decision", "mark", "review", "batch", "move"])
def test_a_table_that_cannot_be_read_comes_from_the_backup(
    table: str, path: Path, told: list[Reason]
) -> None:
    damage_pages_of(path, table)
    assert_known(path)
    (reason,) = told
    assert reason.code == "store.restored"
    assert reason.text().count("backup of 2") == 1


def test_a_damage_that_a_query_meets_is_mended_when_the_store_is_opened_next(
    path: Path, told: list[Reason]
) -> None:
    with Store(path) as store:  # this process has looked at it
        pass
    damage_pages_of(path, "decision")
    with pytest.raises(StoreError) as error, Store(path) as store:
        store.decisions()
    assert "damaged" in str(error.value)
    assert suspicion.is_suspected(path)
    assert_known(path)
    assert not suspicion.is_suspected(path)
    assert len(told) == 1


def test_a_suspicion_that_is_unfounded_changes_nothing(path: Path, told: list[Reason]) -> None:
    suspicion.suspect(path)
    assert_known(path)
    assert not suspicion.is_suspected(path)
    assert not asides(path)
    assert told == []


def test_without_a_backup_a_store_begins_anew_and_says_so(path: Path, told: list[Reason]) -> None:
    for backup in backups.known(path):
        backup.path.unlink()
    no_store_at_all(path)
    with Store(path) as store:
        assert store.decisions().ratings == {}
    assert [reason.code for reason in told] == ["store.begun_anew"]
    assert len(asides(path)) == 1


def test_a_damaged_backup_gives_way_to_an_older_one(path: Path, told: list[Reason]) -> None:
    newest = backups.known(path)[0]
    newest.path.with_stem("day").write_bytes(newest.path.read_bytes())
    half_of_it(newest.path)
    no_store_at_all(path)
    assert_known(path)


def test_each_damaged_store_of_a_day_keeps_a_name_of_its_own(path: Path) -> None:
    for number in range(3):
        no_store_at_all(path)
        rescue._looked_at.clear()
        assert_known(path)
        assert len(asides(path)) == number + 1


def test_what_a_rebuilding_left_that_was_interrupted_is_no_harm(
    path: Path, told: list[Reason]
) -> None:
    path.with_name("library.sqlite.rebuilt").write_bytes(b"half")
    no_store_at_all(path)
    assert_known(path)
    assert not path.with_name("library.sqlite.rebuilt").exists()
