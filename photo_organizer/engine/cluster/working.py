"""A worker: joins a coordinator, looks at photos for whoever asks, and joins again when it can."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from photo_organizer.engine.cluster import certificates, dask_settings, loops, roots
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.messages import COMPUTER, LIBRARY, Build
from photo_organizer.engine.cluster.workplace import Workplace
from photo_organizer.engine.domain.computers import checked_address
from photo_organizer.engine.domain.reasons import Reason, system_message

if TYPE_CHECKING:
    from distributed import Security, Worker

log = logging.getLogger(__name__)

SHARDS = 2
"""Shards that a worker has in hand at once: the next one is looked at while the last photos of one
are embedded and looked through for faces. See `SharedStages`."""

REACH = 4.0
"""Seconds in which a coordinator answers if it is there."""

AGAIN = 3.0
"""Seconds between two tries to reach a coordinator."""

TOLD = 10.0
"""Seconds between two times that people are told how many photos were looked at."""

_GONE = (OSError, RuntimeError)
"""What dask raises in the middle of a question when one of both ends."""

TAKEN_HOME = 5.0
"""Seconds that are given to whoever asked to take what was handed in."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The coordinator has work for this computer, or will."""

    coordinator: str
    address: str
    """Of this worker."""


@dataclass(frozen=True, slots=True)
class NotReached:
    """The coordinator is not there: it is tried again and again."""

    why: Reason


@dataclass(frozen=True, slots=True)
class NotCalled:
    """The coordinator does not reach this computer: no work will come."""

    why: Reason


@dataclass(frozen=True, slots=True)
class Lost:
    """The coordinator went away: it is waited for."""

    why: Reason


@dataclass(frozen=True, slots=True)
class Looked:
    """Photos were looked at."""

    photos: int
    """Since this worker started."""
    rate: float
    """Photos a second since it was told last."""


WorkingEvent = Joined | NotReached | NotCalled | Lost | Looked


def work(
    address: str,
    root: Path,
    cancel: threading.Event,
    *,
    name: str | None = None,
    jobs: int | None = None,
    device: str = "auto",
    certificate: Path | None = None,
    plain: bool = False,
    port: int = 0,
) -> Iterator[WorkingEvent]:
    """Work for a coordinator until `cancel` is set.

    Args:
        address: of the coordinator, as people write it.
        root: the library's folder here.
        cancel: ends it within seconds; what it has in hand is handed in before.
        name: of this computer, for people; None: as the network calls it.
        jobs: threads that decode; None: one a core.
        device: where the model computes, "auto" for the fastest.
        certificate: the file that `serve` made; None: where this program keeps its own.
        plain: see `certificates.security_for`.
        port: where the coordinator reaches this worker; 0: any that is free.

    Yields:
        Whatever happens.

    Raises:
        SpokenError: the extra is not installed, or the address is none or plain.
        ClusterError: certificate or root cannot be used, or the coordinator has another version of
            the program or is none of ours.
    """
    dask_settings.prepare()
    coordinator = checked_address(address, plain=plain)
    security = certificates.security_for(coordinator, certificate, plain=plain)
    roots.demand_same(root, ())

    async def main(tell: Callable[[WorkingEvent], None], ending: loops.Ending) -> None:
        with tempfile.TemporaryDirectory(
            prefix="photo-organizer-", ignore_cleanup_errors=True
        ) as folder:
            workplace = Workplace(
                root,
                name=name or socket.gethostname(),
                jobs=jobs or os.cpu_count() or 1,
                device=device,
            )
            line = Line(coordinator, security, port, folder)
            try:
                await _Working(line, workplace, tell).run(ending)
            finally:
                workplace.close()

    return loops.told(main, cancel)


@dataclass(frozen=True, slots=True)
class Line:
    """How a worker and its coordinator reach each other."""

    coordinator: str
    security: Security | None
    port: int
    """Of the worker."""
    folder: str
    """For what dask writes, which is nothing."""

    @property
    def connection(self) -> dict[str, Any]:
        """What dask needs to connect."""
        if self.security is None:
            return {}
        needed: dict[str, Any] = self.security.get_connection_args("worker")
        return needed


class _Working:
    """Joins again and again; each time a new worker."""

    def __init__(
        self, line: Line, workplace: Workplace, tell: Callable[[WorkingEvent], None]
    ) -> None:
        self._line = line
        self._workplace = workplace
        self._tell = tell
        self._told = time.monotonic(), 0

    async def run(self, ending: loops.Ending) -> None:
        """Join until it shall end.

        Raises:
            ClusterError: this computer does not fit. One that did already is not told so: a drive
                comes back after its coordinator, and versions are brought in step.
        """
        told: Reason | None = None
        fitted = False
        while not ending():
            library, why = await self._ask_for_library(ending)
            if library is not None:
                try:
                    self._demand_same(library)
                except ClusterError as error:
                    if not fitted:
                        raise
                    library, why = None, error.reason
            if library is not None:
                fitted = True
                why = await self._work(ending)
                if why is not None:
                    # That nobody answers now is no news.
                    told = Reason("cluster.not_reached", {"address": self._line.coordinator})
                    self._tell(Lost(why))
            elif why is not None and why != told:
                told = why
                self._tell(NotReached(why))
            await loops.until(ending, AGAIN)

    async def _ask_for_library(
        self, ending: loops.Ending
    ) -> tuple[dict[str, Any] | None, Reason | None]:
        """What the coordinator knows of its library, or why it cannot be asked.

        Raises:
            ClusterError: it is none of ours.
        """
        from distributed import rpc
        from distributed.comm.core import FatalCommClosedError

        asked = asyncio.ensure_future(self._metadata(rpc))
        while not asked.done():
            if ending():
                asked.cancel()
                await asyncio.wait([asked])
                return None, None
            await asyncio.wait([asked], timeout=loops.TICK)
        try:
            library = asked.result()
        except FatalCommClosedError:
            return None, Reason("cluster.other_certificate", {"address": self._line.coordinator})
        except OSError as error:
            log.info("%s is not reached", self._line.coordinator, exc_info=error)
            why = Reason("cluster.not_reached", {"address": self._line.coordinator})
            return None, why
        if not library:
            raise ClusterError("cluster.no_coordinator", address=self._line.coordinator)
        return library, None

    async def _metadata(self, rpc: Any) -> Any:
        line = self._line
        async with rpc(
            line.coordinator, timeout=REACH, connection_args=line.connection
        ) as scheduler:
            return await scheduler.get_metadata(keys=[LIBRARY], default=None)

    def _demand_same(self, library: dict[str, Any]) -> None:
        """Make sure that this is the same program, and the same library.

        Raises:
            ClusterError: it is not.
        """
        here, there = asdict(Build()), library["build"]
        if here != there:
            raise ClusterError(
                "cluster.other_coordinator",
                here=here["program"],
                there=str(there.get("program")),
                address=self._line.coordinator,
            )
        roots.demand_same(self._workplace.root, library["names"])

    async def _work(self, ending: loops.Ending) -> Reason | None:
        """Join, and work until one of both ends it; why, where it was the coordinator."""
        from distributed import Worker

        from photo_organizer.engine.cluster.worker_plugin import LookingPlugin

        line, workplace = self._line, self._workplace
        worker = Worker(
            line.coordinator,
            nthreads=SHARDS,
            name=f"{workplace.name}-{uuid.uuid4().hex[:8]}",
            security=line.security,
            port=line.port,
            memory_limit=0,
            local_directory=line.folder,
            dashboard_address=dask_settings.NO_PAGES,
            plugins=(LookingPlugin(workplace),),
            startup_information={COMPUTER: lambda _worker: workplace.name},
        )
        try:
            started = asyncio.ensure_future(_started(worker))
            while not started.done():
                if ending():
                    started.cancel()
                    await asyncio.wait([started])
                    return None
                await asyncio.wait([started], timeout=loops.TICK)
            try:
                started.result()
            except (OSError, RuntimeError) as error:
                log.info("Cannot join", exc_info=error)
                cause = error.__cause__ or error  # dask says no more than that it did not start
                message = system_message(cause) if isinstance(cause, OSError) else str(cause)
                return Reason("cluster.not_joined", {"message": message})
            self._tell(Joined(self._line.coordinator, worker.address))
            called = asyncio.ensure_future(self._demand_called(worker))
            while _is_joined(worker):
                if await loops.until(ending, 0.5):
                    called.cancel()
                    await _hand_in(worker, workplace)
                    break
                self._tell_looked()
            else:
                called.cancel()
                return Reason("cluster.lost", {"address": self._line.coordinator})
            return None
        finally:
            workplace.hand_in()
            self._tell_looked(now=True)
            await worker.close(timeout=2, executor_wait=False, nanny=False)

    def _tell_looked(self, *, now: bool = False) -> None:
        since, before = self._told
        photos, at = self._workplace.looked, time.monotonic()
        if not (now or at - since >= TOLD):
            return
        self._told = at, photos  # also while there is nothing to do: that says nothing of the rate
        if photos > before:
            self._tell(Looked(photos, (photos - before) / max(at - since, 0.1)))

    async def _demand_called(self, worker: Worker) -> None:
        """Tell where the coordinator cannot reach this worker: firewalls keep it from that."""
        try:
            answers = await worker.scheduler.broadcast(
                msg={"op": "ping"}, workers=[worker.address], on_error="ignore"
            )
        except _GONE as error:
            log.info("The coordinator went before it could try: %s", error)
            return
        if worker.address not in answers:
            self._tell(NotCalled(Reason("cluster.not_called", {"address": worker.address})))


async def _started(worker: Worker) -> None:
    await worker


def _is_joined(worker: Worker) -> bool:
    from distributed.core import Status

    return worker.status in (Status.running, Status.paused)


async def _hand_in(worker: Worker, workplace: Workplace) -> None:
    """End all shards with what they have, and let whoever asked take it."""
    from distributed.core import Status

    worker.status = Status.paused  # no further shard comes
    workplace.hand_in()
    end = time.monotonic() + TAKEN_HOME
    while (worker.state.executing_count or worker.data) and time.monotonic() < end:
        await asyncio.sleep(0.05)
    # Gone on purpose: its shards are not suspected of having ended it.
    try:
        await worker.scheduler.unregister(
            address=worker.address, stimulus_id="handed-in", expected=True, close=False
        )
    except _GONE as error:
        log.info("The coordinator went at the same time: %s", error)
