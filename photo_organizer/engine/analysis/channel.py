"""The bounded queue between two stages of the analysis: it can be closed, and stopped at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - not an error: the run is being cancelled
    """The channel was stopped; the thread that meets this just ends."""


class Channel(Generic[T]):
    """Hands items from producing to consuming threads, in order.

    ``queue.Queue`` cannot wake its waiters for good before Python 3.13, and taking a whole batch
    from it is a loop of locks.

    Args:
        capacity: items held before `put` waits.
        producers: how many threads will call `close`; the last one ends the stream.
    """

    def __init__(self, capacity: int, producers: int = 1) -> None:
        self._items: deque[T] = deque()
        self._capacity = capacity
        self._open_producers = producers
        self._announced = self._stopped = False
        self._changed = threading.Condition()

    def put(self, item: T) -> None:
        """Append an item, waiting while the channel is full.

        Raises:
            Stopped: the channel was stopped.
        """
        with self._changed:
            while len(self._items) >= self._capacity and not self._stopped:
                self._changed.wait()
            if self._stopped:
                raise Stopped
            self._items.append(item)
            self._changed.notify_all()

    def announce(self) -> None:
        """Say that something will be put here soon: whoever has to get ready for it may begin."""
        if not self._announced:
            with self._changed:
                self._announced = True
                self._changed.notify_all()

    def is_announced(self) -> bool:
        """Wait until something is announced, or is here; False: the stream ended without.

        Raises:
            Stopped: the channel was stopped.
        """
        with self._changed:
            while not (self._announced or self._items or self._stopped) and self._open_producers:
                self._changed.wait()
            if self._stopped:
                raise Stopped
            return self._announced or bool(self._items)

    def take(self, most: int, *, least: int = 1, timeout: float | None = None) -> list[T]:
        """Take up to `most` items, waiting for `least` of them.

        Fewer (also none) come back only when the timeout (seconds) passed or the stream ended;
        ask `ended` which it was.

        Raises:
            Stopped: the channel was stopped.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            while len(self._items) < least and self._open_producers and not self._stopped:
                remaining = None if deadline is None else deadline - time.monotonic()
                if remaining is not None and remaining <= 0:
                    break
                self._changed.wait(remaining)
            if self._stopped:
                raise Stopped
            taken = [self._items.popleft() for _ in range(min(most, len(self._items)))]
            self._changed.notify_all()
            return taken

    def close(self) -> None:
        """One producer will put nothing more."""
        with self._changed:
            self._open_producers -= 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End everything now: whoever waits or comes later gets `Stopped`."""
        with self._changed:
            self._stopped = True
            self._items.clear()
            self._changed.notify_all()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        with self._changed:
            return self._stopped

    @property
    def ended(self) -> bool:
        """All producers closed and every item was taken."""
        with self._changed:
            return not self._open_producers and not self._items
