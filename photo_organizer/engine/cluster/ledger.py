"""Keeps account of every file of a run: who has it, and whether anybody is done with it.

Pure bookkeeping: no clock, no network, no thread. A file is at one place at any time: it waits, is
in hand, or is to be looked into at home. It leaves only with its outcome.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, takewhile
from typing import TypeVar

from photo_organizer.engine.analysis.hands import Faceless, File
from photo_organizer.engine.cluster import cutting
from photo_organizer.engine.cluster.messages import Order, Sent, SentFaceless, Shard

T = TypeVar("T")
F = TypeVar("F", File, Faceless)

TRIES = 2
"""Computers that try a file, before it is looked into at home."""

FALLS = 3
"""How often a shard may end without an answer, before its files are looked into at home."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be looked into, or a photo of which only the faces are missing."""

    file: File | Faceless
    is_faceless: bool = False
    unseen_by: frozenset[str] = frozenset()
    """Workers that could not see it."""
    falls: int = 0
    """How often a shard with it ended without an answer."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A shard in hand."""

    shard: Shard
    files: tuple[Job, ...]
    faceless: tuple[Job, ...]
    workers: frozenset[str]
    """Who may work on it."""

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All of it."""
        return self.files + self.faceless


@dataclass(slots=True)
class Settled:
    """What became of a shard: where each of its jobs goes that has no outcome yet."""

    again: list[Job] = field(default_factory=list)
    """Not begun: whoever comes next has a look."""
    unseen: list[Job] = field(default_factory=list)
    """The worker could not see them; another one may."""
    for_home: list[Job] = field(default_factory=list)
    """Nobody else can help."""
    faceless: list[Faceless] = field(default_factory=list)
    """New: photos that have all but their faces now."""


class Ledger:
    """See above; belongs to one thread.

    Args:
        order: of the run.
        sent: how a file is called elsewhere and what it may be; None: no other computer has it.
    """

    def __init__(self, order: Order, sent: Callable[[File | Faceless], Sent | None]) -> None:
        self._order = order
        self._sent = sent
        self._numbers = count(1)
        self._fresh: deque[File] = deque()
        self._faceless: deque[Faceless] = deque()
        self._again: deque[Job] = deque()
        self._for_home: deque[Job] = deque()
        self.in_hand: dict[int, Parcel] = {}
        """Shards that were sent, by number, until `settle`."""
        self.is_all = False
        """No other files will come."""

    def give(self, files: Iterable[File]) -> None:
        """Files to be looked into."""
        self._fresh.extend(files)

    def give_faceless(self, photos: Iterable[Faceless]) -> None:
        """Photos of which only the faces are missing."""
        self._faceless.extend(photos)

    @property
    def waiting(self) -> int:
        """Jobs that nobody has in hand, those for home among them."""
        return self._for_others + len(self._for_home)

    @property
    def _for_others(self) -> int:
        return len(self._fresh) + len(self._faceless) + len(self._again)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left here and nothing will come."""
        return self.is_all and not self.waiting and not self.in_hand

    # ------------------------------------------------------------------ to other computers

    def cut(self, fit: Collection[str], threads: int, rate: float) -> Parcel | None:
        """The next shard, in hand from now on; None where nothing is there to be sent.

        Args:
            fit: addresses of the workers that can take shards; some.
            threads: shards that they work on at a time.
            rate: photos a second of one of them; 0.0 while unknown.
        """
        most = cutting.files_of_a_shard(
            self._for_others, is_all=self.is_all, workers=threads, rate=rate
        )
        while jobs := self._take(most, fit):
            named = [(job, self._sent(job.file)) for job in jobs]
            # What lies outside of the library is nowhere else.
            self._for_home.extend(job for job, sent in named if sent is None)
            there = [(job, sent) for job, sent in named if sent is not None]
            if there:
                return self._parcel(there, frozenset(fit) - there[0][0].unseen_by)
        return None

    def _parcel(self, jobs: list[tuple[Job, Sent]], workers: frozenset[str]) -> Parcel:
        files = [(job, sent) for job, sent in jobs if not job.is_faceless]
        faceless = [(job, sent) for job, sent in jobs if job.is_faceless]
        shard = Shard(
            self._order,
            next(self._numbers),
            tuple(sent for _, sent in files),
            tuple(SentFaceless(sent, _content(job)) for job, sent in faceless),
        )
        parcel = Parcel(
            shard, tuple(job for job, _ in files), tuple(job for job, _ in faceless), workers
        )
        self.in_hand[shard.number] = parcel
        return parcel

    def _take(self, most: int, fit: Collection[str]) -> list[Job]:
        """Jobs that go together, and that somebody who is fit has not tried yet."""
        while self._again and not set(fit) - self._again[0].unseen_by:
            self._for_home.append(self._again.popleft())
        if self._again:
            tried = self._again[0].unseen_by
            alike = takewhile(lambda job: job.unseen_by == tried, self._again)
            sized = ((job, job.file[0].size) for job in alike)
            return _taken(self._again, cutting.within(most, sized))
        if self._fresh:
            fresh = _taken(self._fresh, cutting.within(most, _sized(self._fresh)))
            return [Job(file) for file in fresh]
        faceless = _taken(self._faceless, cutting.within(most, _sized(self._faceless)))
        return [Job(photo, is_faceless=True) for photo in faceless]

    # ------------------------------------------------------------------ back again

    def settle(self, number: int, settled: Settled, worker: str, *, in_vain: bool = False) -> None:
        """An answer was gone through, and its outcomes were told.

        Args:
            number: of the shard, which is in hand no more.
            settled: what has no outcome yet.
            worker: who answered.
            in_vain: the answer said nothing, though nobody asked to hand in.
        """
        del self.in_hand[number]
        self._put_back(settled.again, by_fault=in_vain)
        for job in settled.unseen:
            tried = replace(job, unseen_by=job.unseen_by | {worker})
            (self._again if len(tried.unseen_by) < TRIES else self._for_home).append(tried)
        self._for_home.extend(settled.for_home)
        self._faceless.extend(settled.faceless)

    def lose(self, number: int, *, by_fault: bool) -> None:
        """A shard has no answer, and is in hand no more.

        Args:
            number: of the shard; one that is not in hand is none of ours any more.
            by_fault: its files may have had a part in that.
        """
        parcel = self.in_hand.pop(number, None)
        self._put_back(parcel.jobs if parcel else (), by_fault=by_fault)

    def _put_back(self, jobs: Sequence[Job], *, by_fault: bool) -> None:
        """To the beginning, as they were; what failed too often goes home."""
        for job in reversed(jobs):
            fallen = replace(job, falls=job.falls + by_fault)
            if fallen.falls < FALLS:
                self._again.appendleft(fallen)
            else:
                self._for_home.appendleft(fallen)

    def give_up(self, number: int) -> None:
        """A shard is not to be tried elsewhere any more: its files are looked into at home."""
        parcel = self.in_hand.pop(number, None)
        self._for_home.extend(parcel.jobs if parcel else ())

    # ------------------------------------------------------------------ home

    def for_home(self, most: int, *, alone: bool) -> list[Job]:
        """Jobs for this computer, at most so many; they are in its hands from now on.

        Args:
            most: how many.
            alone: nobody else is there: what waits for others is meant, too.
        """
        taken: list[Job] = []
        sources: tuple[deque[Job], ...] = (self._for_home, *((self._again,) if alone else ()))
        for source in sources:
            while source and len(taken) < most:
                taken.append(source.popleft())
        if alone:
            while self._fresh and len(taken) < most:
                taken.append(Job(self._fresh.popleft()))
            while self._faceless and len(taken) < most:
                taken.append(Job(self._faceless.popleft(), is_faceless=True))
        return taken


def _taken(waiting: deque[T], first: Iterable[T]) -> list[T]:
    """Take away the first of those that wait."""
    taken = list(first)
    for _ in taken:
        waiting.popleft()
    return taken


def _sized(files: Iterable[F]) -> Iterator[tuple[F, int]]:
    return ((file, file[0].size) for file in files)


def _content(job: Job) -> bytes:
    content_hash = job.file[1]
    assert content_hash is not None
    return content_hash
