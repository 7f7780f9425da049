"""Operations: what can be taken back alone, and the keys of decisions."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain import operations
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.operations import Deed, Operation, Step, Subject, still_its_own
from photo_organizer.engine.domain.results import Flaw

HASHES = st.binary(min_size=16, max_size=16)


def rated(made: int, *keys: str, undone: int = 0) -> Operation:
    steps = tuple(Step(Subject.RATING, key, None, 3) for key in keys)
    return Operation(str(made), made, Deed.RATE, steps, len(keys), "3", undone=undone)


def test_what_a_later_operation_changed_is_not_its_own() -> None:
    first, second = rated(1, "a", "b"), rated(2, "b")
    assert [step.key for step in still_its_own(first, [first, second])] == ["a"]
    assert [step.key for step in still_its_own(second, [second, first])] == ["b"]


def test_what_was_taken_back_says_nothing_any_more() -> None:
    first, second = rated(1, "a"), rated(2, "a", undone=3)
    assert len(still_its_own(first, [first, second])) == 1


def test_a_clean_up_knows_its_number() -> None:
    step = Step(Subject.CLEAN_UP, "12", before=False, after=True)
    assert Operation("x", 1, Deed.CLEAN_UP, (step,)).clean_up == 12
    assert rated(1, "a").clean_up is None


@given(HASHES, HASHES, st.text(min_size=1).filter(lambda name: "\0" not in name))
def test_keys_name_what_they_were_made_of(first: bytes, second: bytes, name: str) -> None:
    mark = Mark(first, Path("/photos") / name)
    assert operations.mark_of(operations.mark_key(mark)) == mark
    assert operations.content_of(operations.content_key(first)) == first
    assert operations.fine_of(operations.fine_key(first, Flaw.BLUR)) == (first, Flaw.BLUR)
    assert operations.pair_key(first, second) == operations.pair_key(second, first)
    assert operations.pair_of(operations.pair_key(first, second)) == tuple(sorted((first, second)))
    assert operations.review_of(operations.review_key((first, second))) == (first, second)


def test_a_name_that_is_no_text_is_named_too() -> None:
    mark = Mark(b"\1" * 16, Path("/photos") / b"\xff.jpg".decode("utf-8", "surrogateescape"))
    assert operations.mark_of(operations.mark_key(mark)) == mark
