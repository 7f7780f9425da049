"""Sending signals must not end the program."""

import subprocess
import sys

SEND = """
import {first}
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    sent = Signal(bool)

sender = Sender()
for _ in range(10_000):
    sender.sent.emit(True)
    sender.sent.emit(False)
"""


def test_many_signals_are_no_problem() -> None:
    # In a process of its own: what would fail is the whole interpreter.
    done = subprocess.run(
        [sys.executable, "-c", SEND.format(first="photo_organizer.ui")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
