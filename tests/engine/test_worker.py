import threading

import pytest

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files.photo_files import FolderError
from photo_organizer.engine.storage.store import Store
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
        raise FolderError("folders.missing", folder="/a")

    task, told = Task(work), []
    task.failed.connect(told.append)
    with qtbot.waitSignals([task.failed, task.finished]), qtbot.assertNotEmitted(task.done):
        task.start()
    assert told == [Reason("folders.missing", {"folder": "/a"})]


def test_what_nobody_foresaw_is_told_with_its_technical_text(qtbot):
    def work(_cancel):
        yield 1
        raise ValueError("the disk is full")

    task, told = Task(work), []
    task.failed.connect(told.append)
    with qtbot.waitSignals([task.failed, task.finished]), qtbot.assertNotEmitted(task.done):
        task.start()
    assert [reason.code for reason in told] == ["failures.unexpected"]
    for language in ("en", "ko"):
        assert "the disk is full" in told[0].text(language)


def test_what_the_system_says_is_passed_on(qtbot):
    def work(_cancel):
        yield 1
        raise OSError("The disk is full.")

    task, told = Task(work), []
    task.failed.connect(told.append)
    with qtbot.waitSignals([task.failed, task.finished]):
        task.start()
    assert [reason.text() for reason in told] == ["The disk is full."]


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
    assert len(told) == 1
    assert told[0].text().endswith(type(error).__name__) or str(error)


def test_what_sqlite_says_reaches_nobody(qtbot, tmp_path):
    path = tmp_path / "store.sqlite"
    with Store(path) as one, one.batch():

        def work(_cancel):
            with Store(path, patience=0) as other, other.batch():
                yield "never"

        task, told = Task(work), []
        task.failed.connect(told.append)
        with qtbot.waitSignals([task.failed, task.finished]):
            task.start()
    assert told == [Reason("store.failed", why=Reason("store.busy"))]
    assert "another program is using the photo store" in told[0].text()
