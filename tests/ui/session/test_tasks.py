import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from photo_organizer.ui.session.tasks import Tasks


def test_a_question_is_asked_beside_the_window_which_goes_on_meanwhile(qapp: QApplication) -> None:
    tasks, turned = Tasks(), threading.Event()

    def ask() -> str:
        assert threading.current_thread() is not threading.main_thread()
        assert turned.wait(30)
        return "answer"

    QTimer.singleShot(0, turned.set)
    assert tasks.wait_for(ask) == "answer"


def test_a_question_that_fails_fails_where_it_was_asked(qapp: QApplication) -> None:
    def ask() -> str:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        Tasks().wait_for(ask)


def test_nobody_is_told_of_anything_after_the_end(qapp: QApplication) -> None:
    tasks, told = Tasks(), []

    def work(_cancel: threading.Event) -> Iterator[object]:
        yield "event"

    tasks.start(work, told.append, lambda: told.append("over"))
    tasks.close()
    qapp.processEvents()  # what was on its way arrives
    assert told == []


def test_nothing_begins_after_the_end(qapp: QApplication) -> None:
    tasks, begun = Tasks(), threading.Event()
    tasks.close()

    def work(_cancel: threading.Event) -> Iterator[object]:
        begun.set()
        yield "event"

    task = tasks.start(work)
    assert task.wait()
    assert not begun.is_set()
    assert tasks.wait_for(lambda: "answer") == "answer"
    assert tasks.start(work, at_the_end=True).wait()
    assert begun.is_set()
