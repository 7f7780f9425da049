"""Pause and resume: one switch that every thread of a run asks between two photos."""

from __future__ import annotations

import threading


class PauseSwitch:
    """Lets everybody go on at first. While it is `paused`, whoever comes to `wait` stays there."""

    def __init__(self) -> None:
        self._going_on = threading.Event()
        self._going_on.set()

    @property
    def paused(self) -> bool:
        """Whether the run is paused."""
        return not self._going_on.is_set()

    def pause(self) -> None:
        """Hold everybody who comes from now on; returns at once."""
        self._going_on.clear()

    def resume(self) -> None:
        """Let everybody go on."""
        self._going_on.set()

    def wait(self) -> None:
        """Stay here while it is paused."""
        self._going_on.wait()
