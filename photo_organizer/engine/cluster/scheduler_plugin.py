"""Tells what happens at a dask scheduler; imports `distributed`, which takes a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from distributed import Scheduler
from distributed.diagnostics.plugin import SchedulerPlugin

from photo_organizer.engine.cluster.messages import COMPUTER, PROGRESS_TOPICS
from photo_organizer.engine.cluster.serving import (
    PACE,
    CameIn,
    Counting,
    Pace,
    ServingEvent,
    WentAway,
)


class TellingPlugin(SchedulerPlugin):  # type: ignore[misc]  # dask has no types
    """Tells who comes and goes, and how fast they are.

    Args:
        tell: takes what happens.
    """

    name = "photo-organizer-telling"

    def __init__(self, tell: Callable[[ServingEvent], None]) -> None:
        self._tell = tell
        self._names: dict[str, str] = {}
        self._counting = Counting(time.monotonic)
        self._told = time.monotonic(), 0

    def tell_pace(self) -> None:
        """Tell how fast they are, where some time has passed and some photos came."""
        now, photos = time.monotonic(), self._counting.photos
        since, before = self._told
        if now - since < PACE:
            return
        self._told = now, photos
        if photos > before:
            self._tell(Pace(photos, self._counting.rate))

    def add_worker(self, scheduler: Scheduler, worker: str) -> None:
        """See dask."""
        state = scheduler.workers[worker]
        self._names[worker] = str(state.extra.get(COMPUTER) or state.name)
        self._tell(CameIn(self._names[worker], worker))

    def remove_worker(
        self,
        scheduler: Scheduler,  # noqa: ARG002 - the form of dask
        worker: str,
        **_: Any,
    ) -> None:
        """See dask."""
        self._counting.forget(worker)
        self._tell(WentAway(self._names.pop(worker, worker), worker))

    def log_event(self, topic: str, msg: Any) -> None:
        """See dask: workers tell here of each run."""
        if topic.startswith(PROGRESS_TOPICS) and isinstance(msg, dict):
            self._counting.count(topic, str(msg["worker"]), msg["shard"], msg["looked"])
