import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup.journal import Journal, MoveState
from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.storage.store import Store
from tests.engine.cleanup.older import as_of

ODD = FileIdentity(Path(os.fsdecode(b"/album/\xff.jpg")), 2**63, 2**64 - 1, 7, -1)
PLAIN = FileIdentity(Path("/album/a.jpg"), 1, 2, 30, 4)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Store(path) as store:
        yield Journal(store)


def test_what_was_planned_is_on_disk_when_begin_returns(journal: Journal, path: Path) -> None:
    journal.begin([(PLAIN, b"p" * 16), (ODD, b"")])

    with Store(path) as another:
        (batch,) = Journal(another).unfinished()
        first, second = Journal(another).moves(batch)
    assert (first.identity, first.content_hash, first.state) == (
        PLAIN,
        b"p" * 16,
        MoveState.PLANNED,
    )
    assert (second.identity, second.content_hash, second.place) == (ODD, b"", None)


def test_a_clean_up_is_synced_to_the_disk_and_a_mark_is_not(path: Path) -> None:
    """SQLite says 2 (FULL) while a plan is written, and 1 (NORMAL) afterwards."""
    with Store(path) as store:
        synced: list[int] = []
        store.connection.create_function(
            "note",
            0,
            lambda: synced.append(store.connection.execute("PRAGMA synchronous").fetchone()[0]),
        )
        store.connection.execute(
            "CREATE TEMP TRIGGER watch AFTER INSERT ON move BEGIN SELECT note(); END"
        )
        Journal(store).begin([(PLAIN, b"")])
        assert synced == [2]
        assert store.connection.execute("PRAGMA synchronous").fetchone() == (1,)


def test_marks_are_remembered(journal: Journal) -> None:
    trashed, refused, gone = journal.begin([(PLAIN, b""), (ODD, b""), (PLAIN, b"")])
    place = Path(os.fsdecode(b"/trash/files/\xfe.jpg"))
    reason = Reason("trash.failed", {"message": '따뜻한 "quotes"'})

    marked = [
        journal.mark(trashed, MoveState.TRASHED, place=place),
        journal.mark(refused, MoveState.REFUSED, reason=reason),
        journal.mark(gone, MoveState.GONE),
    ]

    assert journal.moves(trashed.batch) == marked
    assert [m.place for m in marked] == [place, None, None]
    assert marked[1].reason == reason
    assert journal.places() == {place}
    assert journal.unfinished() == [trashed.batch]  # a crash may come after the last mark
    journal.finish(trashed.batch)
    assert journal.unfinished() == []


@pytest.mark.parametrize("code", ["trash.failed", "trash.sidecar", "trash.unreadable"])
def test_reasons_of_an_older_program_are_read(code: str, path: Path) -> None:
    with Store(path) as store:
        refused, plain = Journal(store).begin([(ODD, b""), (PLAIN, b"")])
        written = json.dumps({"code": code, "values": {"message": '따뜻한 "quotes"'}})
        store.connection.execute(
            "UPDATE move SET state = 'refused', message = ? WHERE id = ?", (written, refused.id)
        )
    as_of(2, path)
    with Store(path) as store:
        moves = Journal(store).moves(plain.batch)
    older, none = (move.reason for move in moves)
    assert none is None
    assert older is not None
    assert older.code == code
    assert list(older.values.values()) == ['따뜻한 "quotes"']
    assert older.text().endswith(': 따뜻한 "quotes"')


def test_clean_ups_with_files_in_the_trash_can_be_undone(journal: Journal) -> None:
    assert journal.undoable() == []
    first, second, third = (journal.begin([(PLAIN, b"")])[0] for _ in range(3))
    assert journal.undoable() == []
    for move in (first, second):
        journal.mark(move, MoveState.TRASHED, place=Path("/trash/a"))
    journal.mark(third, MoveState.REFUSED, reason=Reason("trash.changed"))
    assert journal.undoable() == [second.batch, first.batch]
    journal.mark(second, MoveState.RESTORED)
    assert journal.undoable() == [first.batch]
    assert journal.has(third.batch)
    assert not journal.has(third.batch + 1)


def test_history_counts_files_and_bytes(journal: Journal) -> None:
    old = journal.begin([(PLAIN, b"")])
    journal.mark(old[0], MoveState.RESTORED)
    journal.finish(old[0].batch)
    journal.undone(old[0].batch)
    new = journal.begin([(PLAIN, b""), (ODD, b""), (PLAIN, b"")])
    for move in new[:2]:
        journal.mark(move, MoveState.TRASHED)

    newest, oldest = journal.batches()

    assert newest.counts == {MoveState.TRASHED: 2, MoveState.PLANNED: 1}
    assert newest.trashed_size == 37
    assert newest.finished_at is None
    assert newest.undone_at is None
    assert oldest.counts == {MoveState.RESTORED: 1}
    assert oldest.trashed_size == 0
    assert oldest.finished_at is not None
    assert oldest.undone_at is not None
    assert oldest.started_at <= oldest.finished_at


def test_a_plan_that_cannot_be_written_leaves_nothing(journal: Journal) -> None:
    broken = FileIdentity(Path("/album/b.jpg"), 1, 2, 2**63, 4)  # more bytes than SQLite counts
    with pytest.raises((OverflowError, sqlite3.Error)):
        journal.begin([(PLAIN, b""), (broken, b"")])
    assert journal.batches() == []
