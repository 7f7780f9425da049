"""The bounded queue between two stages of the analysis: it can be closed, and stopped at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable
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
        self._lock = threading.Lock()
        # With a thread a core, waking all that wait for each item took longer than what they did:
        # one consumer waits at a time, and is woken once there is as much as it waits for.
        self._turn = threading.Lock()
        self._wanted = 1
        self._filled = threading.Condition(self._lock)
        self._emptied = threading.Condition(self._lock)
        self._coming = threading.Condition(self._lock)

    def put(self, item: T) -> None:
        """Append an item, waiting while the channel is full.

        Raises:
            Stopped: the channel was stopped.
        """
        self.put_all((item,))

    def put_all(self, items: Iterable[T]) -> None:
        """Append items one after another, each once there is room.

        Raises:
            Stopped: the channel was stopped.
        """
        with self._lock:
            for item in items:
                while len(self._items) >= self._capacity and not self._stopped:
                    self._filled.notify()
                    self._emptied.wait()
                if self._stopped:
                    raise Stopped
                self._items.append(item)
            if len(self._items) >= self._wanted:
                self._filled.notify()
            if not self._announced:
                self._announce()

    def widen(self, capacity: int) -> None:
        """Hold so many items from now on, if that is more than before."""
        with self._lock:
            self._capacity = max(self._capacity, capacity)
            self._emptied.notify_all()

    def announce(self) -> None:
        """Say that something will be put here soon: whoever has to get ready for it may begin."""
        if not self._announced:
            with self._lock:
                self._announce()

    @property
    def announced(self) -> bool:
        """Whether something was announced or put."""
        return self._announced

    def wait_for_announcement(self) -> bool:
        """Wait until something is announced or put; False: the stream ended without.

        Raises:
            Stopped: the channel was stopped.
        """
        with self._lock:
            while not (self._announced or self._stopped) and self._open_producers:
                self._coming.wait()
            if self._stopped:
                raise Stopped
            return self._announced

    def take(
        self,
        most: int,
        *,
        least: int = 1,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> list[T]:
        """Take up to `most` items, waiting for `least` of them.

        Fewer come back when the patience with them ended, and fewer or none when the timeout passed
        or the stream ended; ask `ended` which it was.

        Args:
            most: items taken at once.
            least: items waited for.
            timeout: seconds to wait in all.
            patience: seconds to wait for the others once there is one.

        Raises:
            Stopped: the channel was stopped.
        """
        end = None if timeout is None else time.monotonic() + timeout
        if not self._turn.acquire(timeout=-1 if timeout is None else timeout):
            return []
        try:
            with self._lock:
                if patience is not None and self._wait_for(1, end):
                    soon = time.monotonic() + patience
                    end = soon if end is None else min(end, soon)
                self._wait_for(least, end)
                if self._stopped:
                    raise Stopped
                taken = [self._items.popleft() for _ in range(min(most, len(self._items)))]
                self._emptied.notify(len(taken))
                return taken
        finally:
            self._turn.release()

    def close(self) -> None:
        """One producer will put nothing more."""
        with self._lock:
            self._open_producers -= 1
            if not self._open_producers:
                self._wake_all()

    def stop(self) -> None:
        """End everything now: whoever waits or comes later gets `Stopped`."""
        with self._lock:
            self._stopped = True
            self._items.clear()
            self._wake_all()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        with self._lock:
            return self._stopped

    @property
    def ended(self) -> bool:
        """All producers closed and every item was taken."""
        with self._lock:
            return not self._open_producers and not self._items

    def __len__(self) -> int:
        """How many items are held at present."""
        return len(self._items)

    # ------------------------------------------------------------------ inside the lock

    def _wait_for(self, count: int, end: float | None) -> bool:
        """Wait until so many items are here, at most to the end; whether they are."""
        self._wanted = min(count, self._capacity)
        while len(self._items) < self._wanted and self._open_producers and not self._stopped:
            remaining = None if end is None else end - time.monotonic()
            if remaining is not None and remaining <= 0:
                break
            self._filled.wait(remaining)
        return len(self._items) >= count

    def _announce(self) -> None:
        self._announced = True
        self._coming.notify_all()

    def _wake_all(self) -> None:
        for condition in (self._filled, self._emptied, self._coming):
            condition.notify_all()
