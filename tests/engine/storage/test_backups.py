"""Backups hold what only the store knows, and older ones are kept for a day and a week."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from photo_organizer.engine.storage import backups, suspicion
from photo_organizer.engine.storage.store import Store
from tests.engine.storage.failing import let_statements_fail


class Clock(datetime):
    """A time that tests set."""

    time = datetime(2026, 11, 26, 18, 3, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.time.astimezone(tz)


@pytest.fixture
def store(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(Clock, "time", Clock.time)
    monkeypatch.setattr(backups, "datetime", Clock)
    with Store(tmp_path / "library.sqlite") as store:
        yield store


def decide(store: Store, stars: int) -> None:
    store.decide_rating(b"p" * 16, stars)
    backups.make(store.connection, store.path)


def kept(store: Store) -> dict[str, int]:
    """The stars that each backup knows, by its name."""
    found = {}
    for backup in backups.known(store.path):
        with Store(backup.path) as copy:
            (found[backup.path.stem],) = copy.decisions().ratings.values()
    return found


def test_a_backup_is_a_store_with_the_decisions_and_without_what_can_be_measured(store):
    store.connection.execute("INSERT INTO embedding VALUES (x'00', 'm', '1', x'00')")
    decide(store, 4)
    (backup,) = backups.known(store.path)
    assert backup.made_at == Clock.time
    with Store(backup.path) as copy:
        assert copy.decisions() == store.decisions()
        assert copy.connection.execute("SELECT COUNT(*) FROM embedding").fetchone() == (0,)


def test_nothing_new_and_nothing_at_all_are_not_kept_again(store):
    assert not backups.make(store.connection, store.path)
    decide(store, 4)
    assert not backups.make(store.connection, store.path)
    store.forget_ratings()
    assert not backups.make(store.connection, store.path)
    assert kept(store) == {"newest": 4}


def test_three_generations_are_kept(store):
    decide(store, 1)
    for stars, hours in ((2, 1), (3, 30), (4, 31), (5, 60)):
        Clock.time += timedelta(hours=hours)
        decide(store, stars)
    assert kept(store) == {"newest": 5, "day": 4, "week": 1}
    for hours in range(1, 5):
        Clock.time += timedelta(hours=1)
        decide(store, hours)
    assert kept(store) == {"newest": 4, "day": 5, "week": 1}


def test_a_backup_is_due_after_a_while(store):
    assert backups.is_due(store.path)
    decide(store, 1)
    assert not backups.is_due(store.path)
    Clock.time += backups.OFTEN + timedelta(seconds=1)
    assert backups.is_due(store.path)


def test_a_damaged_store_replaces_no_backup_and_is_suspected(store, monkeypatch):
    decide(store, 1)
    store.decide_rating(b"p" * 16, 2)
    monkeypatch.setattr(backups, "is_sound", lambda _connection, table="": not table)
    backups.keep(store.connection, store.path)
    assert suspicion.is_suspected(store.path)
    assert kept(store) == {"newest": 1}


def test_a_backup_that_cannot_be_written_leaves_the_earlier_ones(store, monkeypatch, caplog):
    decide(store, 1)
    store.decide_rating(b"p" * 16, 2)
    with monkeypatch.context() as patch:
        let_statements_fail(patch, lambda _: sqlite3.SQLITE_FULL)
        backups.keep(store.connection, store.path)
    assert "No backup of the store was made" in caplog.text
    assert kept(store) == {"newest": 1}
    assert [file.name for file in backups.folder(store.path).iterdir()] == ["newest.sqlite"]
