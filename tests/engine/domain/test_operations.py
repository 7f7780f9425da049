"""Operations: what can be taken back alone, and the keys of decisions."""

from hypothesis import strategies as st

from photo_organizer.engine.domain.operations import Deed, Operation, still_its_own
from photo_organizer.engine.domain.steps import Step, Subject

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
