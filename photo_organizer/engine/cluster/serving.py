"""The coordinator: hands out work to whoever joins, and sees no photo itself."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.engine.cluster import certificates, dask_settings, loops, roots
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.messages import LIBRARY, Library
from photo_organizer.engine.domain.computers import PORT, is_loopback
from photo_organizer.engine.domain.reasons import Reason, system_message

if TYPE_CHECKING:
    from distributed import Scheduler

PACE = 10.0
"""Seconds over which photos a second are counted, and between two times that they are told."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Others can join from now on."""

    addresses: tuple[str, ...]
    """Of this computer, the best one for people first."""
    certificate: Path | None
    """What they need to have, too; None: nothing."""
    is_loopback: bool
    """Only programs of this computer can join."""
    is_new: bool = False
    """The certificate was made just now."""
    warning: Reason | None = None
    """What is wrong with the certificate."""


@dataclass(frozen=True, slots=True)
class CameIn:
    """A worker joined."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class WentAway:
    """A worker left, or cannot be reached any more."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Pace:
    """What all workers do together."""

    photos: int
    """Looked at since the coordinator started."""
    rate: float
    """Photos a second over the last time."""


ServingEvent = Serving | CameIn | WentAway | Pace


def serve(
    root: Path,
    cancel: threading.Event,
    *,
    host: str = "",
    port: int = PORT,
    certificate: Path | None = None,
    plain: bool = False,
) -> Iterator[ServingEvent]:
    """Serve until `cancel` is set.

    Args:
        root: the library's folder here.
        cancel: ends it within a second.
        host: name or number of this computer on which it listens; empty: all that it has.
        port: where it listens; 0: any that is free.
        certificate: the file, which is made where it is not; None: where this program keeps it.
        plain: without encryption, and without asking who comes.

    Yields:
        First `Serving`, then whatever happens.

    Raises:
        SpokenError: the extra is not installed, or the host is none.
        ClusterError: the folder, the certificate or the port cannot be used.
    """
    dask_settings.prepare()
    names = roots.names_in(root)
    scheme = "tcp" if plain else "tls"
    path = None if plain else certificate or certificates.usual_path()
    is_new = certificates.make(path) if path else False
    shown = f"[{host}]" if ":" in host.strip("[]") else host
    security = certificates.security_for(f"{scheme}://{shown or 'localhost'}", path, plain=plain)
    library = Library.of(names)

    async def main(tell: Callable[[ServingEvent], None], ending: loops.Ending) -> None:
        from distributed import Scheduler

        from photo_organizer.engine.cluster.scheduler_plugin import TellingPlugin

        _demand_free(host.strip("[]"), port)
        telling = TellingPlugin(tell)
        scheduler = Scheduler(
            host=shown or None,
            port=port,
            protocol=scheme,
            security=security,
            dashboard=False,
            dashboard_address=dask_settings.NO_PAGES,
            plugins=(telling,),
        )
        await scheduler
        try:
            scheduler.set_metadata([LIBRARY], library.to_metadata())
            warning = certificates.readable_by_others(path) if path else None
            found = _addresses(scheduler, scheme, shown)
            loopback = is_loopback(host)
            tell(Serving(found, path, loopback, is_new, warning))
            while not await loops.until(ending, 1.0):
                telling.tell_pace()
        finally:
            await asyncio.wait_for(scheduler.close(reason="the person ended it"), 10)

    return loops.told(main, cancel)


class Counting:
    """Counts photos from what workers tell now and then.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._told: dict[tuple[str, str, int], int] = {}
        self._times: deque[tuple[float, int]] = deque()
        self.photos = 0

    def count(self, topic: str, worker: str, shard: int, looked: int) -> None:
        """Take what one worker said of one shard: how many of its files are answered so far."""
        key = topic, worker, shard
        more = looked - self._told.get(key, 0)
        self._told[key] = max(looked, self._told.get(key, 0))
        if more > 0:
            self.photos += more
            self._times.append((self._clock(), more))

    def forget(self, worker: str) -> None:
        """A worker is gone."""
        self._told = {key: count for key, count in self._told.items() if key[1] != worker}

    @property
    def rate(self) -> float:
        """Photos a second over the last `PACE` seconds."""
        since = self._clock() - PACE
        while self._times and self._times[0][0] < since:
            self._times.popleft()
        return sum(count for _, count in self._times) / PACE


def _demand_free(host: str, port: int) -> None:
    """Make sure that one can listen there; dask would leave a socket open where it cannot.

    Raises:
        ClusterError: one cannot.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            if os.name == "posix":  # elsewhere it would take the port from another program
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        raise ClusterError("cluster.port", port=port, message=system_message(error)) from error


def _addresses(scheduler: Scheduler, scheme: str, host: str) -> tuple[str, ...]:
    """How others reach it: by name where the network knows it, and by number."""
    number = scheduler.address
    if host:
        return (number,)
    name = socket.gethostname()
    named = f"{scheme}://{name}:{scheduler.port}"
    return (named, number) if name and named != number else (number,)
