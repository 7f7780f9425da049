import pytest

from photo_organizer.engine.analysis.time_left import (
    WINDOW,
    Pace,
    ToLook,
    compared,
    to_the_end,
)
from photo_organizer.engine.judging.judging_progress import BESIDE, JudgingProgress


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def judged(photos, seconds, clock, *, ended=True):
    """A judgement of photos whose comparing took so long."""
    progress = JudgingProgress(photos, clock)
    progress.begin_comparing()
    clock.now += seconds
    progress.end_comparing()
    progress.ended = ended
    return progress


def test_a_pace_is_that_of_the_last_seconds(clock):
    pace = Pace(clock)
    assert pace.rate(0) == 0.0
    clock.now = 5
    assert pace.rate(50) == 10.0
    clock.now = 5 + 2 * WINDOW
    pace.rate(50)
    clock.now += 5
    assert pace.rate(60) == 2.0
    pace.forget()
    assert pace.rate(60) == 0.0


def test_photos_that_are_not_measured_yet_show_as_many_people_as_those_that_are():
    looks = ToLook(measured=100, unmeasured=100, faces_found=10, faces_awaited=20, faces_asked=30)
    assert (looks.done, looks.left) == (110, 150)
    assert ToLook(0, 100, 0, 0, 0).left == 100


def test_what_was_known_already_is_no_pace_of_measuring():
    """20,000 photos known in a moment say nothing of a hundred new ones."""
    assert to_the_end(100, 0.0, 20_100, []) is None


def test_comparing_counts_to_what_is_left(clock):
    before = judged(1000, 10, clock)
    left = to_the_end(100, 10, 20_000, [before])
    assert left == pytest.approx(10 + before.seconds_of(20_000))
    assert left > 200


def test_of_many_photos_nothing_is_guessed_before_any_were_compared():
    assert to_the_end(10, 10, 20_000, []) is None
    assert to_the_end(0, 0, 20_000, []) is None
    assert to_the_end(600, 1, 533, []) > 600, "a little more or less hardly counts"


def test_the_last_judgement_waits_for_the_one_before(clock):
    running = JudgingProgress(1000, clock)
    running.begin_comparing()
    clock.now += 5
    running.tell(0.5)
    rest = BESIDE * 10 - 5
    final = JudgingProgress(2000, clock)
    assert to_the_end(0, 0, 2000, [running, final]) == pytest.approx(
        rest + running.seconds_of(2000)
    )
    assert compared([running, final]) == pytest.approx(0.5 * share_of(1000, 2000))


def share_of(photos, others):
    from photo_organizer.engine.duplicates.effort import expected

    return expected(photos) / (expected(photos) + expected(others))


def test_nothing_is_compared_before_and_after(clock):
    assert compared([JudgingProgress(10, clock)]) is None
    assert compared([judged(10, 1, clock)]) is None
