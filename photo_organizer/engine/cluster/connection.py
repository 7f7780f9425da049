"""The line to the coordinator, and through it to the workers.

Everything of `distributed` happens on one thread with an event loop of its own. A connection that
breaks is opened anew from the beginning: nothing of the old one is trusted.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Collection, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from photo_organizer.engine.cluster import loops
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.messages import (
    LIBRARY,
    HandIn,
    Introduction,
    Library,
    Order,
    Shard,
    progress_topic,
)
from photo_organizer.engine.cluster.news import (
    Answered,
    Failed,
    Failure,
    Introduced,
    Looked,
    News,
    Parted,
    Present,
    Reached,
    Seat,
)
from photo_organizer.engine.domain.reasons import Reason

if TYPE_CHECKING:
    from distributed import Client, Future, Security

log = logging.getLogger(__name__)

CONNECT = 5.0
"""Seconds for reaching the coordinator."""

AGAIN = 2.0
"""Seconds between two tries to reach it."""

LOOK = 1.0
"""Seconds between two looks at who is there."""

REPLY = 20.0
"""Seconds in which the coordinator answers a question; otherwise it is not there any more."""

INTRODUCTION = 60.0
"""Seconds in which a worker says who it is; it may have to look for its model."""

ASK_AGAIN = 5.0
"""Seconds after which a worker that was unfit is asked again: it may have got its model ready."""

LAST_WORDS = 1.0
"""Seconds for telling the workers that nobody waits for them any more."""


class Connection:
    """Reaches the coordinator, and keeps at it until it is closed.

    Args:
        address: of the coordinator.
        security: by which both know each other; None: the connection is plain.
        tell: is told all news, on a thread of the connection; returns at once.
    """

    def __init__(
        self, address: str, security: Security | None, tell: Callable[[News], None]
    ) -> None:
        self._address = address
        self._security = security
        self._tell = tell
        self.library: Library | None = None
        """What the coordinator said of it when it was reached last."""
        self._order: Order | None = None
        self._sent = 0
        """Number of the last shard that was sent."""
        self._client: Client | None = None
        self._futures: dict[int, Future] = {}
        self._there: set[str] = set()
        """Workers that are there."""
        self._met: set[str] = set()
        """Workers that were asked who they are."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._work, name="cluster", daemon=True)

    def open(self) -> None:
        """Begin; returns at once."""
        self._thread.start()
        self._is_up.wait()

    def follow(self, order: Order) -> None:
        """Ask the workers whether they can follow an order, and hear how far they are with it."""
        self._do(lambda: self._follow(order))

    def send(self, shard: Shard, workers: Collection[str]) -> None:
        """Have one of some workers look into a shard; news tell what became of it."""
        self._do(lambda: self._send(shard, list(workers)))

    def drop(self, number: int) -> None:
        """Forget a shard; nothing is told of it any more."""
        self._do(lambda: self._drop(number))

    def hand_in(self, ask: HandIn) -> None:
        """Have all workers hand in what they have."""
        self._do(lambda: self._spawn(self._hand_in(ask)))

    def close(self, timeout: float) -> None:
        """End, and wait for that at most so many seconds; the rest happens in the background."""
        self._do(self._closing.set)
        self._thread.join(timeout)

    @property
    def _unreachable(self) -> Reason:
        return Reason("cluster.unreachable", {"address": self._address})

    # ------------------------------------------------------------------ on the thread

    def _do(self, what: Callable[[], object]) -> None:
        """Do something on the thread of the connection; nothing once that has ended."""
        if self._loop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(what)

    def _work(self) -> None:
        try:
            with asyncio.Runner(loop_factory=loops.loop_factory()) as runner:
                runner.run(self._keep_up())
        except Exception:
            log.exception("The connection to %s ended", self._address)
            self._tell(Parted(self._unreachable))
        finally:
            self._is_up.set()

    async def _keep_up(self) -> None:
        from distributed import Client
        from distributed.comm.core import FatalCommClosedError

        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_log)
        self._is_up.set()
        while not self._closing.is_set():
            why = self._unreachable
            try:
                async with Client(
                    self._address,
                    asynchronous=True,
                    security=self._security,
                    timeout=CONNECT,
                    set_as_default=False,
                ) as client:
                    self.library = await self._library(client)
                    self._tell(Reached())
                    await self._attend(client)
            except FatalCommClosedError:
                why = Reason("cluster.other_certificate", {"address": self._address})
            except ClusterError as error:
                why = error.reason
            except (Exception, asyncio.CancelledError) as error:
                # Dask meets all sorts of things where a line breaks in the middle of another one.
                log.info("Cannot reach %s: %s", self._address, error, exc_info=error)
            if not self._closing.is_set():
                self._tell(Parted(why))
                await self._wait(AGAIN)

    async def _library(self, client: Client) -> Library:
        """What the coordinator says of its library.

        Raises:
            ClusterError: it is none of ours, or of another version.
            OSError: it does not answer any more.
        """
        said = await client.scheduler.get_metadata(keys=[LIBRARY], default=None)
        if not said:
            raise ClusterError("cluster.no_coordinator", address=self._address)
        library, here = Library(**said), Library.of([])
        if library.build != here.build:
            raise ClusterError(
                "cluster.other_coordinator",
                address=self._address,
                here=str(here.build["program"]),
                there=str(library.build.get("program")),
            )
        return library

    async def _attend(self, client: Client) -> None:
        """Work with a coordinator until it is gone, or this ends.

        Raises:
            OSError, TimeoutError: it does not answer any more.
        """
        self._client = client
        self._listen()
        # A client connects again by itself, perhaps to another coordinator at the same address,
        # which knows nothing of what was asked for before.
        line = client.scheduler_comm
        try:
            while self._is_on(client, line) and not self._closing.is_set():
                seats = await asyncio.wait_for(_seats(client), REPLY)
                self._there = set(seats)
                self._tell(Present(seats))
                self._meet(self._there)
                await self._wait(LOOK)
            if self._closing.is_set() and self._futures and self._order is not None:
                # What nobody waits for shall not hold up the computers of others.
                ask = HandIn(self._order.run, self._sent)
                with suppress(OSError, TimeoutError):
                    await asyncio.wait_for(self._hand_in(ask), LAST_WORDS)
        finally:
            self._client = None
            self._there = set()
            self._met.clear()
            self._futures.clear()
            for task in self._tasks:
                task.cancel()

    @staticmethod
    def _is_on(client: Client, line: object) -> bool:
        return client.status == "running" and client.scheduler_comm is line

    async def _wait(self, seconds: float) -> None:
        """Wait, but not longer than this connection lives."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _follow(self, order: Order) -> None:
        self._order = order
        self._met.clear()
        self._listen()
        self._meet(self._there)

    def _listen(self) -> None:
        if self._client is not None and self._order is not None:
            self._client.subscribe_topic(progress_topic(self._order.run), self._hear)

    def _hear(self, event: tuple[float, Any]) -> None:
        match event[1]:
            case {"worker": str(worker), "shard": int(number), "looked": int(photos)}:
                if number in self._futures:
                    self._tell(Looked(worker, number, photos))

    def _meet(self, there: set[str]) -> None:
        self._met &= there
        for address in there - self._met:
            self._met.add(address)
            self._spawn(self._introduce(address, self._order))

    async def _introduce(self, address: str, order: Order | None) -> None:
        from photo_organizer.engine.cluster.looking_at import introduce

        said: object = None
        try:
            if self._client is not None:
                asked = self._client.run(introduce, order, workers=[address], on_error="return")
                said = (await asyncio.wait_for(asked, INTRODUCTION)).get(address)
        except (OSError, TimeoutError) as error:
            said = error
        if order is not self._order:  # asked anew meanwhile
            return
        if said is None:  # it is just going, or the coordinator is
            self._met.discard(address)
            return
        is_fit = False
        if isinstance(said, Introduction):
            is_fit = said.unfit is None
            self._tell(Introduced(address, said))
        elif isinstance(said, ClusterError | ImportError | AttributeError):
            # It does not know the question, or has nothing to answer it with.
            log.warning("%s is no worker of this program: %r", address, said)
            self._tell(Introduced(address, Reason("cluster.stranger", {"message": str(said)})))
        else:
            log.info("%s does not say who it is: %r", address, said)
            self._tell(Introduced(address, Reason("cluster.silent", {"address": address})))
        if not is_fit:
            await asyncio.sleep(ASK_AGAIN)
            self._met.discard(address)

    def _send(self, shard: Shard, workers: list[str]) -> None:
        from photo_organizer.engine.cluster.looking_at import look_at

        client = self._client
        if client is None or client.status != "running":
            self._tell(Parted(self._unreachable))
            return
        self._sent = max(self._sent, shard.number)
        future = client.submit(
            look_at,
            shard,
            key=f"look_at-{shard.order.run}-{shard.number}",
            workers=workers,
            pure=False,
        )
        self._futures[shard.number] = future
        self._spawn(self._await(shard.number, future))

    async def _await(self, number: int, future: Future) -> None:
        from distributed.client import FutureCancelledError
        from distributed.scheduler import KilledWorker

        try:
            news: News = Answered(await future)
        except KilledWorker as error:
            log.warning("Workers died of shard %s: %s", number, error)
            news = Failed(number, Failure.DEADLY)
        except (FutureCancelledError, OSError) as error:
            log.info("Shard %s is lost: %s", number, error)
            news = Failed(number, Failure.LOST)
        except Exception:
            log.exception("No answer to shard %s", number)
            news = Failed(number, Failure.RAISED)
        if self._futures.get(number) is future:  # nobody dropped it meanwhile
            del self._futures[number]
            self._tell(news)
        future.release()

    def _drop(self, number: int) -> None:
        future = self._futures.pop(number, None)
        if future is not None and self._client is not None:
            self._spawn(_cancelled(future))

    async def _hand_in(self, ask: HandIn) -> None:
        from photo_organizer.engine.cluster.looking_at import hand_in

        if self._client is not None:
            with suppress(OSError):
                await self._client.run(hand_in, ask, on_error="ignore")


def _log(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Note what tasks of dask met that nobody awaits: a connection that is given up, mostly."""
    log.info("%s", context.get("message"), exc_info=context.get("exception"))


async def _cancelled(future: Future) -> None:
    with suppress(OSError):
        await future.cancel()


async def _seats(client: Client) -> dict[str, Seat]:
    """The workers, as the coordinator sees them."""
    if client.scheduler is None:
        raise ConnectionError
    found = await client.scheduler.identity(n_workers=-1)
    return {
        address: Seat(
            worker["nthreads"] if worker["status"] == "running" else 0,
            bool(worker["metrics"].get("task_counts", {}).get("executing")),
        )
        for address, worker in found["workers"].items()
    }
