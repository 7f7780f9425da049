import threading

import pytest

from photo_organizer.engine.worker import Task


def test_events_arrive_in_order_on_the_owners_thread(qtbot):
    seen, main = [], threading.current_thread()
    task = Task(lambda _cancel: iter([1, "two", None]))
    task.yielded.connect(lambda e: seen.append((e, threading.current_thread() is main)))
    with qtbot.waitSignals([task.done, task.finished]):
        task.start()
    assert seen == [(1, True), ("two", True), (None, True)]


def test_a_failure_is_told_in_words_and_ends_the_task(qtbot):
    def work(_cancel):
        yield 1
        raise ValueError("the disk is full")

    task, told = Task(work), []
    task.failed.connect(told.append)
    with qtbot.waitSignals([task.failed, task.finished]), qtbot.assertNotEmitted(task.done):
        task.start()
    assert told == ["the disk is full"]


def test_cancel_reaches_the_work(qtbot):
    def work(cancel: threading.Event):
        yield "started"
        assert cancel.wait(30)

    task = Task(work)
    task.yielded.connect(lambda _event: task.cancel())
    with qtbot.waitSignals([task.done, task.finished]):
        task.start()
    assert task.cancelled


@pytest.mark.parametrize("error", [KeyError(), RuntimeError("")])
def test_a_failure_without_words_still_says_something(qtbot, error):
    def work(_cancel):
        raise error
        yield

    task, told = Task(work), []
    task.failed.connect(told.append)
    with qtbot.waitSignals([task.failed, task.finished]):
        task.start()
    assert all(told)
    assert len(told) == 1
