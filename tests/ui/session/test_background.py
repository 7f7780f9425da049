import gc
import threading
import weakref

from PySide6.QtCore import Signal
from pytestqt.qtbot import QtBot

from photo_organizer.ui.session.background import Background


class Caller(Background):
    told = Signal(int)


def test_calls_are_made_elsewhere_and_told_here(qtbot: QtBot) -> None:
    caller = Caller(1, "caller")
    threads: list[int] = []

    def call(number: int) -> None:
        threads.append(threading.get_ident())
        caller.told.emit(number)

    with qtbot.waitSignal(caller.told) as told:
        caller.run_aside(call, 7)
    assert told.args == [7]
    assert threads != [threading.get_ident()]
    caller.close_threads()


def test_what_is_taken_back_is_never_called(qtbot: QtBot) -> None:
    caller = Caller(1, "caller")
    gate = threading.Event()
    called: list[str] = []
    caller.run_aside(gate.wait, 30)
    late = caller.run_aside(called.append, "late")
    caller.take_back(late)
    gate.set()
    with qtbot.waitSignal(caller.told):
        caller.run_aside(caller.told.emit, 1)
    assert called == []
    caller.close_threads()


def test_a_closed_one_lives_until_its_threads_are_done_and_ends_here(qtbot: QtBot) -> None:
    caller = Caller(2, "caller")
    gate = threading.Event()
    ended: list[int] = []
    begun = threading.Event()

    def call() -> None:
        begun.set()
        gate.wait(30)

    caller.run_aside(call)
    begun.wait(30)
    caller.run_aside(call)
    seen = weakref.ref(caller)
    weakref.finalize(caller, lambda: ended.append(threading.get_ident()))
    caller.close_threads()
    del caller
    gc.collect()
    assert seen() is not None
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]


def test_an_idle_one_ends_at_once(qtbot: QtBot) -> None:
    caller = Caller(2, "caller")
    with qtbot.waitSignals([caller.told, caller._ended]):
        caller.run_aside(caller.told.emit, 1)
    caller.close_threads()
    seen = weakref.ref(caller)
    del caller
    assert seen() is None
