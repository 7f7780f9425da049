"""Keeps account of the workers: who is there, who is fit, how many photos each looked at."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from photo_organizer.engine.cluster.messages import Answer, Introduction
from photo_organizer.engine.cluster.news import (
    Answered,
    Failed,
    Introduced,
    Looked,
    News,
    Parted,
    Present,
    Reached,
    Seat,
)
from photo_organizer.engine.domain.computers import Cluster, Computer, ComputerState
from photo_organizer.engine.domain.reasons import Reason

SPAN = 15.0
"""Seconds over which the rate of a worker is taken."""


@dataclass(slots=True)
class _Worker:
    """What is known of one worker."""

    name: str
    seat: Seat | None = None
    """None: it is not there any more."""
    is_introduced: bool = False
    device: str = ""
    why: Reason | None = None
    answered: int = 0
    looked: dict[int, int] = field(default_factory=dict)
    """Photos of each shard that it has in hand."""
    over_time: deque[tuple[float, int]] = field(default_factory=deque)
    """Moments, and how many photos it had looked at then."""

    @property
    def photos(self) -> int:
        return self.answered + sum(self.looked.values())

    @property
    def is_fit(self) -> bool:
        there = self.seat is not None and self.seat.threads > 0
        return there and self.is_introduced and self.why is None

    @property
    def state(self) -> ComputerState:
        if self.seat is None:
            return ComputerState.GONE
        if self.why is not None:
            return ComputerState.UNFIT
        return ComputerState.WORKING if self.seat.busy else ComputerState.READY

    def note(self, now: float) -> None:
        """Remember how far it is at this moment."""
        self.over_time.append((now, self.photos))
        while now - self.over_time[0][0] > SPAN:
            self.over_time.popleft()

    def rate(self, now: float) -> float:
        """Photos a second over the last time."""
        if not self.over_time or self.seat is None:
            return 0.0
        since, before = self.over_time[0]
        # Two moments close to each other say little, and none that has gone by says nothing.
        return max(0, self.photos - before) / (now - since) if now - since >= 1 else 0.0


class Roster:
    """The workers, as far as news were heard of them; may be asked from any thread.

    Args:
        address: of the coordinator.
        clock: seconds, from anywhere.
    """

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._clock = clock
        self._workers: dict[str, _Worker] = {}
        self._unreached: Reason | None = None
        self._other_library: Reason | None = None
        self._at_home = 0
        self._lock = threading.Lock()
        self.knows_how_it_is = threading.Event()
        """Set once the coordinator was reached and said who is there, or could not be reached."""

    def hear(self, news: News) -> None:
        """Take note of something that the connection told."""
        with self._lock:
            match news:
                case Reached():
                    self._unreached = None
                case Parted(why):
                    self._unreached = why
                    self._seat({})
                    self.knows_how_it_is.set()
                case Present(workers):
                    self._seat(workers)
                    self.knows_how_it_is.set()
                case Introduced(address, said):
                    self._introduce(address, said)
                case Looked(address, number, photos):
                    if worker := self._workers.get(address):
                        worker.looked[number] = photos
                case Answered(answer):
                    self._answered(answer)
                case Failed(number):
                    for worker in self._workers.values():
                        worker.looked.pop(number, None)

    def other_library(self, why: Reason) -> None:
        """The folder that is analysed is none of the coordinator's library: nobody can help."""
        with self._lock:
            self._other_library = why

    def begin(self) -> None:
        """Forget what was said of fitness: another run asks for something else."""
        with self._lock:
            for worker in self._workers.values():
                worker.is_introduced, worker.why = False, None

    def looked_at_home(self, photos: int) -> None:
        """Count photos that this computer looked at itself."""
        with self._lock:
            self._at_home += photos

    @property
    def fit(self) -> dict[str, int]:
        """Addresses of the workers that can take shards, and how many each works on at a time."""
        with self._lock:
            return {
                address: worker.seat.threads
                for address, worker in self._workers.items()
                if worker.is_fit and worker.seat is not None
            }

    @property
    def there(self) -> frozenset[str]:
        """Addresses of all workers that are there, fit or not."""
        with self._lock:
            return frozenset(a for a, worker in self._workers.items() if worker.seat is not None)

    @property
    def rate(self) -> float:
        """Photos a second of one worker that works, on average; 0.0 while unknown."""
        with self._lock:
            now = self._clock()
            rates = [one.rate(now) for one in self._workers.values() if one.is_fit]
        known = [rate for rate in rates if rate > 0]
        return sum(known) / len(known) if known else 0.0

    @property
    def cluster(self) -> Cluster:
        """All of it, for people."""
        with self._lock:
            now = self._clock()
            computers = tuple(
                Computer(
                    worker.name,
                    address,
                    worker.state,
                    worker.photos,
                    worker.rate(now),
                    worker.device,
                    worker.why,
                )
                for address, worker in self._workers.items()
                # One that went without having done anything is no news.
                if worker.seat is not None or worker.photos
            )
            return Cluster(self._address, computers, self._trouble(), self._at_home)

    # ------------------------------------------------------------------ inside the lock

    def _trouble(self) -> Reason | None:
        if self._unreached is not None:
            return self._unreached
        if not self.knows_how_it_is.is_set():  # no trouble yet: nobody has looked
            return None
        if self._other_library is not None:
            return self._other_library
        there = [worker for worker in self._workers.values() if worker.seat is not None]
        if not there:
            return Reason("cluster.nobody", {"address": self._address})
        return Reason("cluster.none_fit") if all(one.why for one in there) else None

    def _seat(self, workers: Mapping[str, Seat]) -> None:
        now = self._clock()
        for address, worker in self._workers.items():
            if address not in workers:
                worker.seat = None
                worker.looked.clear()
        for address, seat in workers.items():
            worker = self._workers.setdefault(address, _Worker(_host(address)))
            worker.seat = seat
            worker.note(now)

    def _introduce(self, address: str, said: Introduction | Reason) -> None:
        worker = self._workers.get(address)
        if worker is None:
            return
        worker.is_introduced = True
        if isinstance(said, Reason):
            worker.why = said
            return
        worker.name, worker.device, worker.why = said.name, said.device, said.unfit

    def _answered(self, answer: Answer) -> None:
        worker = self._workers.get(answer.worker)
        if worker is None:
            return
        worker.looked.pop(answer.number, None)
        worker.answered += len(answer.contents) + len(answer.same) + len(answer.unread)
        worker.why = worker.why or answer.unfit


def _host(address: str) -> str:
    return urlsplit(address).hostname or address
