import pytest

from photo_organizer.engine.judging.judging_progress import BESIDE, JudgingProgress


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_the_pace_of_the_comparing_says_how_long_the_rest_takes(clock):
    progress = JudgingProgress(1000, clock)
    assert (progress.seconds_left, progress.seconds_of(1000)) == (None, None)
    progress.begin_comparing()
    clock.now += 1
    progress.tell(0.05)
    assert progress.seconds_left is None, "too early to tell"
    clock.now += 9
    progress.tell(0.5)
    assert progress.seconds_left == pytest.approx(BESIDE * 20 - 10)
    clock.now += 10
    progress.end_comparing()
    assert progress.compared is None
    assert progress.seconds_left == pytest.approx(BESIDE * 20 - 20)
    progress.ended = True
    assert progress.seconds_left == 0.0


def test_the_pace_of_many_says_how_long_more_take_and_that_of_few_says_nothing(clock):
    many, few = JudgingProgress(1000, clock), JudgingProgress(50, clock)
    for progress in (many, few):
        progress.begin_comparing()
        clock.now += 10
        progress.end_comparing()
    assert many.seconds_of(1000) == pytest.approx(BESIDE * 10)
    assert 20 < many.seconds_of(2000) < 50
    assert few.seconds_of(1000) is None


def test_the_share_is_known_before_and_after_the_comparing(clock):
    progress = JudgingProgress(10, clock)
    shares = [progress.share]
    progress.begin_comparing()
    progress.tell(0.4)
    shares.append(progress.share)
    progress.end_comparing()
    shares.append(progress.share)
    assert shares == [0.0, 0.4, 1.0]
