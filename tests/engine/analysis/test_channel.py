import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.analysis.channel import Channel, Stopped


@given(items=st.lists(st.integers()), capacity=st.integers(1, 4), most=st.integers(1, 5))
def test_everything_arrives_once_in_order_through_any_capacity(items, capacity, most):
    channel = Channel(capacity)

    def produce():
        for item in items:
            channel.put(item)
        channel.close()

    thread = threading.Thread(target=produce)
    thread.start()
    received = []
    while taken := channel.take(most):
        received += taken
    thread.join()
    assert received == items
    assert channel.ended


def test_a_full_batch_is_waited_for_and_the_rest_comes_when_producers_close():
    channel = Channel(10)
    for item in range(5):
        channel.put(item)
    assert channel.take(3, least=3) == [0, 1, 2]
    channel.close()
    assert channel.take(3, least=3) == [3, 4]
    assert channel.take(3, least=3) == []


def test_what_is_here_goes_on_once_the_patience_with_the_others_ended():
    channel = Channel(10)
    channel.put_all([1, 2])
    assert channel.take(8, least=8, patience=0.01) == [1, 2]
    assert channel.take(8, least=8, timeout=0.01, patience=0.01) == []


def test_more_than_fits_is_put_while_somebody_takes():
    channel = Channel(2)
    thread = threading.Thread(target=lambda: channel.put_all(range(9)) or channel.close())
    thread.start()
    received = []
    while taken := channel.take(4, least=4):
        received += taken
    thread.join(10)
    assert received == list(range(9))


def test_a_channel_that_was_widened_holds_more():
    channel = Channel(1)
    channel.put(1)
    channel.widen(3)
    channel.put_all([2, 3])
    assert len(channel) == 3


def test_each_of_several_consumers_is_woken_for_what_it_waits_for():
    channel, received = Channel(100, producers=1), []

    def consume():
        while taken := channel.take(3, least=3):
            received.extend(taken)

    threads = [threading.Thread(target=consume) for _ in range(4)]
    for thread in threads:
        thread.start()
    for item in range(50):
        channel.put(item)
    channel.close()
    for thread in threads:
        thread.join(10)
    assert sorted(received) == list(range(50))


def test_what_is_announced_is_told_before_it_comes():
    channel = Channel(1)
    channel.announce()
    assert channel.wait_for_announcement()


def test_a_stream_that_ends_without_a_word_announces_nothing():
    channel = Channel(1)
    told = []
    thread = threading.Thread(target=lambda: told.append(channel.wait_for_announcement()))
    thread.start()
    channel.close()
    thread.join(10)
    assert told == [False]


def test_what_was_put_needs_no_announcement():
    channel = Channel(1)
    channel.put(1)
    channel.close()
    assert channel.wait_for_announcement()


def test_the_stream_ends_only_when_the_last_producer_closes():
    channel = Channel(10, producers=2)
    channel.close()
    assert not channel.ended
    assert channel.take(1, timeout=0.01) == []
    channel.close()
    assert channel.ended


def test_stopping_wakes_a_waiting_producer_and_a_waiting_consumer():
    full, empty = Channel(1), Channel(1)
    full.put(1)
    ended = []

    def waits(action):
        with pytest.raises(Stopped):
            action()
        ended.append(True)

    threads = [
        threading.Thread(target=waits, args=(lambda: full.put(2),)),
        threading.Thread(target=waits, args=(lambda: empty.take(1),)),
    ]
    for thread in threads:
        thread.start()
    full.stop()
    empty.stop()
    for thread in threads:
        thread.join(10)
    assert ended == [True, True]
