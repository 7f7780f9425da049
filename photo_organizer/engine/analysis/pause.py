"""Pause and resume: one gate that every thread of a run passes between two photos."""

from __future__ import annotations

import threading


class Gate:
    """Open at first. While it is closed, whoever comes to `wait` stays there."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()

    @property
    def closed(self) -> bool:
        """Whether the run is paused."""
        return not self._open.is_set()

    def close(self) -> None:
        """Hold everybody who comes from now on; returns at once."""
        self._open.clear()

    def open(self) -> None:
        """Let everybody go on."""
        self._open.set()

    def wait(self) -> None:
        """Pass when it is open."""
        self._open.wait()
