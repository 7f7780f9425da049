import pytest

from photo_organizer.ui.words.extent import WHOLE, Extent


def going_on(**known: object) -> Extent:
    return Extent(whole=False, going_on=True, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("extent", "text"),
    [
        (WHOLE, ""),
        (going_on(), "Looking…"),
        (going_on(percent=8), "Looking… (8 %)"),
        (going_on(comparing=True), "Comparing photos…"),
        (going_on(comparing=True, percent=40), "Comparing photos… (40 %)"),
        (Extent.stopped_at(73, 533), "73 of 533 looked at"),
        (Extent.stopped_at(12000, 20000), "12,000 of 20,000 looked at"),
        (Extent.stopped_at(5, 0), "Not all photos were looked at"),
    ],
)
def test_how_much_was_looked_at_is_said(extent: Extent, text: str) -> None:
    assert extent.text == text


def test_nothing_found_says_nothing_of_what_was_not_looked_at() -> None:
    assert going_on(percent=8).nothing_yet == "Looking… (8 %) What is found appears here."
    assert Extent.stopped_at(73, 533).nothing_yet == "Nothing so far: 73 of 533 looked at."
    assert Extent.stopped_at(0, 0).nothing_yet == "Nothing so far. Not all photos were looked at."


def test_a_count_says_whether_it_is_the_last() -> None:
    assert (WHOLE.counted(1200), WHOLE.spoken(1200)) == ("1,200", "1,200")
    stopped = Extent.stopped_at(73, 533)
    assert (stopped.counted(0), WHOLE.counted(0)) == ("…", "0")
    assert (stopped.counted(1200), stopped.spoken(1200)) == ("1,200…", "1,200 so far")
