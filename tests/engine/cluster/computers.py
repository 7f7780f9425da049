"""A real coordinator and real workers on loopback, on threads of the tests' process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from photo_organizer.engine.cluster import serving, working

PATIENCE = 20.0
"""Seconds in which things happen on loopback; longer means never."""


@dataclass
class Running:
    """One generator of events on a thread, and what it told so far."""

    cancel: threading.Event = field(default_factory=threading.Event)
    events: list[Any] = field(default_factory=list)
    error: BaseException | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None

    def start(self, make: Callable[[threading.Event], Iterator[Any]]) -> None:
        self._thread = threading.Thread(target=self._run, args=(make,), daemon=True)
        self._thread.start()

    def first(self, kind: type) -> Any:
        """The first event of a kind, which is waited for."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.error or self._of(kind), PATIENCE), (
                f"no {kind.__name__} among {self.events}"
            )
            if not self._of(kind):
                assert self.error is not None
                raise self.error
            return self._of(kind)[0]

    def end(self) -> None:
        """Ask it to end, and wait for that."""
        self.cancel.set()
        self.join()

    def join(self) -> None:
        assert self._thread is not None
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def _of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def _run(self, make: Callable[[threading.Event], Iterator[Any]]) -> None:
        try:
            for event in make(self.cancel):
                with self._changed:
                    self.events.append(event)
                    self._changed.notify_all()
        except BaseException as error:  # noqa: BLE001 - carried to the test
            self.error = error
        with self._changed:
            self._changed.notify_all()


@contextmanager
def coordinator(root: Path, **options: Any) -> Iterator[tuple[str, Running]]:
    """One that serves a folder; its address."""
    running = Running()
    asked = {"host": "127.0.0.1", "port": 0, **options}
    running.start(lambda cancel: serving.serve(root, cancel, **asked))
    try:
        yield running.first(serving.Serving).addresses[0], running
    finally:
        running.end()


@contextmanager
def worker(address: str, root: Path, *, wait: bool = True, **options: Any) -> Iterator[Running]:
    """One that works for a coordinator; `wait` for it to have joined."""
    running = Running()
    asked = {"jobs": 2, **options}
    running.start(lambda cancel: working.work(address, root, cancel, **asked))
    try:
        if wait:
            running.first(working.Joined)
        yield running
    finally:
        running.end()
