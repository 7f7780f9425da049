"""How fast all workers are, as the coordinator counts."""

from __future__ import annotations

from photo_organizer.engine.cluster.serving import PACE, Counting


def test_photos_are_counted_by_what_is_new_of_each_shard() -> None:
    now = 0.0
    counting = Counting(lambda: now)
    counting.count("run", "a", 1, 10)
    counting.count("run", "a", 1, 30)
    counting.count("run", "a", 1, 20)  # came late
    counting.count("run", "b", 1, 5)
    counting.count("another run", "a", 1, 5)
    assert counting.photos == 40
    assert counting.rate == 40 / PACE


def test_the_rate_is_that_of_the_last_seconds() -> None:
    now = 0.0
    counting = Counting(lambda: now)
    counting.count("run", "a", 1, 50)
    now = PACE + 1
    counting.count("run", "a", 2, 20)
    assert counting.rate == 20 / PACE
    now = 3 * PACE
    assert counting.rate == 0.0
    assert counting.photos == 70


def test_a_worker_that_left_is_counted_anew() -> None:
    counting = Counting(lambda: 0.0)
    counting.count("run", "a", 1, 50)
    counting.forget("a")
    counting.count("run", "a", 1, 20)
    assert counting.photos == 70
