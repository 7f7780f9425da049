"""The hands of a run for which other computers work: sends shards, and takes in what comes back."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol, TypeVar
from uuid import uuid4

from photo_organizer.engine.analysis import priority
from photo_organizer.engine.analysis.channel import Channel, Stopped
from photo_organizer.engine.analysis.hands import Faceless, File, Home, Task
from photo_organizer.engine.analysis.outcomes import Outcome
from photo_organizer.engine.analysis.remembered import RemembersFiles
from photo_organizer.engine.cluster.answers import Answers
from photo_organizer.engine.cluster.at_home import AtHome
from photo_organizer.engine.cluster.cutting import AHEAD
from photo_organizer.engine.cluster.ledger import Ledger, Parcel, Settled
from photo_organizer.engine.cluster.messages import Answer, HandIn, Order, Sent, Shard
from photo_organizer.engine.cluster.news import Answered, Failed, Failure, News, Parted
from photo_organizer.engine.cluster.roster import Roster
from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.domain.reasons import Reason

log = logging.getLogger(__name__)

T = TypeVar("T")

TICK = 0.05
"""Seconds between two looks at what there is to do."""

ALONE = 5.0
"""Seconds without any worker after which this computer does their work."""

HELD_AT_HOME = 32
"""Jobs that wait at home while nobody else is there; the rest is kept for whoever comes."""

LAST_OF_HOME = 10.0
"""Seconds for the threads at home to end, once nothing is left to do."""

SETTLING = 4
"""Threads that go through answers: dates are read from sidecars, perhaps on a slow drive."""


class Line(Protocol):
    """What this module needs of a `Connection`; see there."""

    def follow(self, order: Order) -> None:
        """Ask the workers whether they can follow an order."""

    def send(self, shard: Shard, workers: Collection[str]) -> None:
        """Have one of some workers look into a shard."""

    def drop(self, number: int) -> None:
        """Forget a shard."""

    def hand_in(self, ask: HandIn) -> None:
        """Have all workers hand in what they have."""


@dataclass(frozen=True, slots=True)
class _Done:
    """An answer was gone through; None: nothing could be made of it."""

    answer: Answer
    settled: Settled | None
    outcomes: int = 0


class Dispatch:
    """The `Hands` of a run that other computers work for.

    Args:
        task: what is asked.
        home: this computer.
        line: to the coordinator; its news come to `hear`.
        roster: of the workers; it hears the news first.
        name_of: how a file is called on every computer; None where it lies outside the library.
        clock: seconds, from anywhere.
    """

    producers = 1
    """See `Hands`."""

    def __init__(
        self,
        task: Task,
        home: Home,
        line: Line,
        roster: Roster,
        name_of: Callable[[FileIdentity], str | None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._task = task
        self._here = home
        self._line = line
        self._roster = roster
        self._name_of = name_of
        self._clock = clock
        self._files: deque[File] = deque()
        self._faceless: deque[Faceless] = deque()
        self._is_all = False
        self._news: SimpleQueue[News | _Done | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._settling: set[int] = set()
        """Numbers of shards whose answers are being gone through."""
        self._sent_last = self._handed_in = 0
        """Number of the last shard that was sent, and of the last one that was asked back."""
        self._was_paused = False
        self._alone_since: float | None = None
        self._home: AtHome | None = None
        self._take_rank = priority.follow()
        self._thread = threading.Thread(target=self._guard, name="dispatch", daemon=True)

    @property
    def without_faces(self) -> Reason | None:
        """See `Hands`: why they cannot be looked for on this computer, if it had to."""
        return self._home.without_faces if self._home else None

    def start(self, outcomes: Channel[Outcome], fail: Callable[[BaseException], None]) -> None:
        """See `Hands`."""
        self._outcomes = outcomes
        self._fail = fail
        self._home = AtHome(self._here.hands, outcomes, fail, self._roster.looked_at_home)
        self._thread.start()

    def look_into(self, file: File) -> None:
        """See `Hands`."""
        self._files.append(file)

    def look_for_faces(self, photos: Iterable[Faceless]) -> None:
        """See `Hands`."""
        self._faceless.extend(photos)

    def no_more(self) -> None:
        """See `Hands`."""
        self._is_all = True
        self._news.put(None)

    def stop(self) -> None:
        """See `Hands`."""
        self._stopping.set()
        if self._home is not None:
            self._home.stop()
        self._news.put(None)

    def join(self, timeout: float) -> None:
        """See `Hands`."""
        end = self._clock() + timeout
        if self._thread.ident is not None:
            self._thread.join(timeout)
        if self._home is not None:
            self._home.join(max(0.0, end - self._clock()))

    def hear(self, news: News) -> None:
        """Something that the line told; from any thread."""
        self._news.put(news)

    # ------------------------------------------------------------------ on the thread

    def _guard(self) -> None:
        self._take_rank()
        try:
            with suppress(Stopped):
                self._work()
        except BaseException as error:  # noqa: BLE001 - carried to the thread that can tell it
            self._fail(error)
        self._outcomes.close()

    def _work(self) -> None:
        home = self._home
        assert home is not None
        while not (self._files or self._faceless):
            if self._stopping.is_set() or self._is_all:
                return
            self._hear_for(TICK)
        encoder = self._task.encoder()
        order = Order(
            uuid4().hex,
            encoder.name,
            encoder.version,
            self._task.faces,
            self._task.thumbnails is not None,
        )
        self._roster.begin()
        self._line.follow(order)
        answers = Answers(self._task, self._here.memory, self._here.dates)
        settlers = ThreadPoolExecutor(SETTLING, "answers", self._take_rank)
        try:
            with self._here.memory() as memory:
                ledger = Ledger(order, lambda file: self._sent(file, memory))
                self._alone_since = self._clock()
                while not self._stopping.is_set():
                    self._take_in(ledger)
                    if ledger.is_done and not home.in_hand:
                        break
                    self._mind_the_pause(ledger, order)
                    if not self._task.pause.paused:
                        self._send(ledger)
                        self._work_at_home(ledger, home)
                    for news in self._hear_for(TICK):
                        self._hear(news, ledger, answers, settlers)
                    self._mind_the_dead(ledger)
            home.no_more()
        finally:
            settlers.shutdown(wait=False, cancel_futures=True)
            self._leave(ledger, order)
            if self._stopping.is_set():
                home.stop()  # it may have begun this very moment
        home.join(LAST_OF_HOME)

    def _hear_for(self, seconds: float) -> list[News | _Done]:
        """The news that are there; waits a little for the first."""
        heard: list[News | _Done | None] = []
        with suppress(Empty):
            heard.append(self._news.get(timeout=seconds))
            while True:
                heard.append(self._news.get_nowait())
        return [news for news in heard if news is not None]

    def _take_in(self, ledger: Ledger) -> None:
        """What was given meanwhile; whether that is all is asked first."""
        is_all = self._is_all
        ledger.give(_emptied(self._files))
        ledger.give_faceless(_emptied(self._faceless))
        ledger.is_all = is_all

    def _sent(self, file: File | Faceless, memory: RemembersFiles) -> Sent | None:
        identity = file[0]
        name = self._name_of(identity)
        if name is None:
            return None
        return Sent(name, identity.size, identity.mtime_ns, memory.whole(identity))

    def _mind_the_pause(self, ledger: Ledger, order: Order) -> None:
        paused = self._task.pause.paused
        if paused and not self._was_paused and ledger.in_hand:
            self._handed_in = self._sent_last
            self._line.hand_in(HandIn(order.run, self._sent_last))
        self._was_paused = paused

    def _send(self, ledger: Ledger) -> None:
        """As many shards as the workers can take soon."""
        fit = self._roster.fit
        threads = sum(fit.values())
        # Whoever writes is behind: let nobody find out ever more meanwhile.
        if not threads or len(self._settling) > max(SETTLING, threads):
            return
        room = threads + AHEAD * len(fit)
        for _ in range(room - (len(ledger.in_hand) - len(self._settling))):
            parcel = ledger.cut(fit, threads, self._roster.rate)
            if parcel is None:
                return
            self._sent_last = parcel.shard.number
            self._line.send(parcel.shard, parcel.workers)

    def _work_at_home(self, ledger: Ledger, home: AtHome) -> None:
        now = self._clock()
        if self._roster.fit:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
        alone = self._alone_since is not None and now - self._alone_since >= ALONE
        home.give(ledger.for_home(HELD_AT_HOME - home.in_hand, alone=alone))

    def _hear(
        self,
        news: News | _Done,
        ledger: Ledger,
        answers: Answers,
        settlers: ThreadPoolExecutor,
    ) -> None:
        match news:
            case Answered(answer):
                parcel = ledger.in_hand.get(answer.number)
                if parcel is not None and answer.number not in self._settling:
                    self._settling.add(answer.number)
                    settlers.submit(self._settle, answers, parcel, answer)
            case _Done(answer, settled, outcomes):
                number = answer.number
                self._settling.discard(number)
                if settled is None:
                    ledger.lose(number, by_fault=True)
                else:
                    in_vain = not outcomes and number > self._handed_in
                    ledger.settle(number, settled, answer.worker, in_vain=in_vain)
            case Failed(number, failure) if number not in self._settling:
                if failure is Failure.DEADLY:
                    ledger.give_up(number)
                else:
                    ledger.lose(number, by_fault=failure is Failure.RAISED)
            case Parted():
                for number in ledger.in_hand.keys() - self._settling:
                    self._line.drop(number)
                    ledger.lose(number, by_fault=False)

    def _settle(self, answers: Answers, parcel: Parcel, answer: Answer) -> None:
        """Go through an answer, on a thread that may wait for a slow drive or for the writer."""
        try:
            outcomes, settled = answers.outcomes(parcel, answer)
        except Exception:
            # Its files are looked into again.
            log.exception("Nothing can be made of the answer to shard %s", answer.number)
            self._news.put(_Done(answer, None))
            return
        with suppress(Stopped):
            self._outcomes.put_all(outcomes)
            self._news.put(_Done(answer, settled, len(outcomes)))

    def _mind_the_dead(self, ledger: Ledger) -> None:
        """Take back shards of which all that may work on them are gone."""
        there = self._roster.there
        for number, parcel in list(ledger.in_hand.items()):
            if number not in self._settling and not parcel.workers & there:
                self._line.drop(number)
                ledger.lose(number, by_fault=True)

    def _leave(self, ledger: Ledger, order: Order) -> None:
        """Nobody waits for what is still in hand."""
        if ledger.in_hand:
            self._line.hand_in(HandIn(order.run, self._sent_last))
        for number in ledger.in_hand:
            self._line.drop(number)


def _emptied(given: deque[T]) -> Iterator[T]:
    while given:
        yield given.popleft()
