"""The history in the store, and what its steps write."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from photo_organizer.engine.domain.decision_keys import (
    content_key,
    fine_key,
    mark_key,
    pair_key,
    review_key,
)
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.operations import Deed, Marking, Operation
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.steps import Step, Subject
from photo_organizer.engine.storage import backups, operations
from photo_organizer.engine.storage.store import Store

A, B = b"a" * 16, b"b" * 16


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "library.sqlite") as store:
        yield store


def rated(made: int, undone: int = 0) -> Operation:
    step = Step(Subject.RATING, content_key(A), None, 4)
    return Operation(f"{made}", made, Deed.RATE, (step,), 1, "4", (Path("/photos"),), undone)


def test_operations_are_read_as_they_were_written(store: Store) -> None:
    odd = Path(b"/photos/\xff.jpg".decode("utf-8", "surrogateescape"))
    step = Step(Subject.MARK, mark_key(Mark(A, odd)), Marking.NOT, Marking.SAFE)
    marked = Operation("m", 2, Deed.MARK_SAFE, (step,), 1, "", (odd.parent,))
    for operation in (marked, rated(1)):
        operations.add(store, operation)
    assert operations.known(store) == [rated(1), marked]
    operations.set_undone(store, "m", 5)
    assert [one.undone for one in operations.known(store)] == [0, 5]


def test_the_oldest_leave(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "KEPT", 3)
    for made in range(1, 6):
        operations.add(store, rated(made))
    assert [one.made for one in operations.known(store)] == [3, 4, 5]


def test_so_many_steps_are_read_at_most(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST_STEPS", 2)
    for made in range(1, 6):
        operations.add(store, rated(made))
    assert [one.made for one in operations.known(store)] == [4, 5]


def test_what_a_later_program_wrote_is_left_alone(store: Store) -> None:
    operations.add(store, rated(1))
    store.connection.execute("UPDATE operation SET deed = 'sing'")
    assert operations.known(store) == []
    assert store.connection.execute("SELECT COUNT(*) FROM operation").fetchone() == (1,)


def test_every_decision_is_written_and_taken_back(store: Store) -> None:
    mark = Mark(A, Path("/photos/a.jpg"))
    made = {
        (Subject.MARK, mark_key(mark)): Marking.BY_HAND,
        (Subject.RATING, content_key(A)): 0,
        (Subject.FINE, fine_key(A, Flaw.BLUR)): True,
        (Subject.REVIEW, review_key((A, B))): True,
        (Subject.NOT_DUPLICATES, pair_key(A, B)): True,
        (Subject.CATEGORY, content_key(B)): ["food", "food"],
        (Subject.CLEAN_UP, "1"): True,
    }
    before = store.decisions()
    operations.write(store, made)
    decided = store.decisions()
    assert store.marks() == [mark]
    assert decided.ratings == {A: 0}
    assert decided.fine == {(A, Flaw.BLUR)}
    assert decided.reviewed == {(A, B)}
    assert decided.not_duplicates == {(A, B)}
    assert decided.categories == {B: "food"}
    back = {
        **dict.fromkeys(made, False),
        (Subject.MARK, mark_key(mark)): Marking.NOT,
        (Subject.RATING, content_key(A)): None,
        (Subject.CATEGORY, content_key(B)): [None, "food"],
    }
    operations.write(store, back)
    assert store.decisions() == before
    assert store.marks() == []


def test_the_history_is_in_every_backup(store: Store) -> None:
    operations.add(store, rated(1))
    backups.keep(store.connection, store.path)
    (kept,) = backups.known(store.path)
    with Store(kept.path) as copy:
        assert operations.known(copy) == [rated(1)]
