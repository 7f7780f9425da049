import pytest

from photo_organizer.engine.browse.sort_filter import Columns, Sorting
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.photos.sort_order_notes import SortOrderNotes
from photo_organizer.ui.words.facts_text import size_text


@pytest.mark.parametrize(
    ("sorting", "own", "expected"),
    [
        (Sorting.GIVEN, {}, None),
        (Sorting.DATE, {6: "3."}, "3."),
        (Sorting.FLAW, {6: "3."}, "Out of focus"),
        (Sorting.FLAW, {}, "Out of focus"),
        (Sorting.SCORE, {}, "0.75"),
        (Sorting.SCORE, {6: "3.  0.75"}, "3.  0.75"),
    ],
)
def test_what_a_photo_says(
    result: Result, sorting: Sorting, own: dict[int, str], expected: str | None
) -> None:
    assert SortOrderNotes(own, sorting, Columns(result)).get(6) == expected


def test_sorted_by_size_photos_tell_it(result: Result) -> None:
    size = size_text(result.photos[1].identity.size)
    assert SortOrderNotes({1: "1."}, Sorting.SIZE, Columns(result))[1] == size


def test_a_photo_that_says_nothing_has_no_note(result: Result) -> None:
    notes = SortOrderNotes({}, Sorting.FLAW, Columns(result))
    assert notes.get(1) is None
    assert notes.get(999) is None
