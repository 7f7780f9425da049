from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets.debounce import Debounce

LONG = 3_600_000


class Field(QObject):
    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def act(self) -> None:
        self.calls += 1


@pytest.fixture
def field(qapp: object) -> Field:
    return Field()


def test_it_acts_once_however_often_it_was_asked(field: Field, qtbot: QtBot) -> None:
    debounce = Debounce(field, 0, field.act)
    assert not debounce.pending

    for _ in range(5):
        debounce.start()

    assert debounce.pending
    assert field.calls == 0, "not before the event loop has time"
    qtbot.waitUntil(lambda: field.calls == 1)
    assert not debounce.pending


def test_a_signal_may_ask_whatever_it_brings(field: Field, qtbot: QtBot) -> None:
    debounce = Debounce(field, 0, field.act)
    field.edited.connect(debounce.start)

    field.edited.emit("sunset")

    qtbot.waitUntil(lambda: field.calls == 1)


@pytest.mark.parametrize("end", [Debounce.stop, Debounce.finish])
def test_what_was_stopped_or_done_at_once_does_not_come_later(
    end: Callable[[Debounce], None], field: Field, qtbot: QtBot
) -> None:
    debounce = Debounce(field, 0, field.act)
    debounce.start()

    end(debounce)

    assert not debounce.pending
    done = field.calls
    later = Debounce(field, 0, lambda: None)
    later.start()
    qtbot.waitUntil(lambda: not later.pending)
    assert field.calls == done == (end is Debounce.finish)


def test_nothing_is_finished_that_nobody_asked_for(field: Field) -> None:
    Debounce(field, 0, field.act).finish()

    assert field.calls == 0


def test_another_wait_counts_once(field: Field) -> None:
    debounce = Debounce(field, LONG, field.act)

    debounce.start_in(2 * LONG)
    assert debounce.wait == 2 * LONG

    debounce.start()
    assert debounce.wait == LONG
    debounce.stop()


def test_it_goes_with_its_parent(field: Field, qtbot: QtBot) -> None:
    debounce = Debounce(field, 0, field.act)
    debounce.start()

    with qtbot.waitSignal(debounce.destroyed):
        field.deleteLater()
