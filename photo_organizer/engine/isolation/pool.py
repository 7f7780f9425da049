"""The processes that look into photos: started when needed, shared, ended when idle."""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import FileIdentity, Pixels, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.isolation.process import CrashedError, NoProcessError, Process
from photo_organizer.engine.isolation.shared_pixels import unnamed_file

if TYPE_CHECKING:
    from photo_organizer.engine.isolation.examination import Seen, Wanted
    from photo_organizer.engine.pixels.picture import Picture

T = TypeVar("T")

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at the processes."""

IDLE = 60.0
"""Seconds after which a process that nobody asks ends; the last one of a pool stays."""


class Looks(Protocol):
    """Looks into one file after another: `Examiner` in this process, or `Process`."""

    def read(self, identity: FileIdentity) -> bytes:
        """See `Examiner.read`."""

    def read_all(self, identities: Sequence[FileIdentity]) -> list[bytes | UnreadableError]:
        """See `Examiner.read_all`."""

    def examine(self, places: Sequence[int], wanted: Wanted) -> list[Seen | UnreadableError]:
        """See `Examiner.examine`."""

    def faces(self) -> tuple[Face, ...] | Reason:
        """See `Examiner.faces`."""

    def view(self, max_side: int) -> Pixels:
        """See `Examiner.view`."""

    def decode(self) -> Picture:
        """See `Examiner.decode`."""


class Pool:
    """As many processes as are asked at once.

    Args:
        gives_way: see `Process`.
    """

    def __init__(self, *, gives_way: bool) -> None:
        self._gives_way = gives_way
        self._lock = threading.Lock()
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._closing = threading.Event()
        self._watch: threading.Thread | None = None
        self._giants: int | None = None
        self._starts_none = False

    def ask(self, work: Callable[[Looks], T]) -> T:
        """Let a process do something about one file; once more if it crashes.

        What crashes may be the late effect of the file before: only a process that saw nothing
        else says that it is this one.

        Raises:
            UnreadableError: as `Process.read`, or what `work` raises besides.
            EndedError: the pool was closed meanwhile.
        """
        try:
            with self.borrowed() as process:
                return work(process)
        except (CrashedError, NoProcessError):
            pass
        try:
            with self.borrowed(fresh=True) as process:
                return work(process)
        except NoProcessError as error:
            self._go_without(error)
        with self.borrowed() as process:
            return work(process)

    @contextmanager
    def borrowed(self, *, fresh: bool = False) -> Iterator[Looks]:
        """Have a process for oneself."""
        process = self._take(fresh=fresh)
        if process is None:
            from photo_organizer.engine.isolation.examination import Examiner

            yield Examiner()
            return
        try:
            yield process
        finally:
            self._give_back(process)

    def warm_up(self, count: int) -> None:
        """Start so many processes ahead of the first question; returns at once."""
        with self._lock:
            missing = count - len(self._all)
        started = [p for p in (self._start() for _ in range(missing)) if p is not None]
        with self._lock:
            self._idle[:0] = started

    def close(self) -> None:
        """End all processes; whoever asks later starts new ones."""
        with self._lock:
            every, self._all, self._idle = self._all, set(), []
            self._closing.set()
            self._closing, self._watch = threading.Event(), None
            giants, self._giants = self._giants, None
            self._starts_none = False
        for process in every:
            process.close()
        if giants is not None:
            os.close(giants)

    def _take(self, *, fresh: bool) -> Process | None:
        with self._lock:
            while self._idle and not fresh and not self._starts_none:
                process = self._idle.pop()  # the last one used: the others may end
                if process.is_alive:
                    return process
                self._all.discard(process)
        return self._start()

    def _start(self) -> Process | None:
        """A new process; None where the system starts none."""
        with self._lock:
            if self._starts_none:
                return None
            if self._giants is None and sys.platform != "win32":
                self._giants = unnamed_file()
            giants = self._giants
        try:
            process = Process(gives_way=self._gives_way, giants=giants)
        except NoProcessError as error:
            self._go_without(error)
            return None
        with self._lock:
            self._all.add(process)
            if self._watch is None:
                self._watch = threading.Thread(
                    target=self._look_after, args=(self._closing,), name="decoders", daemon=True
                )
                self._watch.start()
        return process

    def _go_without(self, error: NoProcessError) -> None:
        """Better with risk than not at all."""
        log.error("Photos are decoded in this process, no other can be started: %s", error)
        with self._lock:
            self._starts_none = True

    def _give_back(self, process: Process) -> None:
        with self._lock:
            is_ours = process in self._all
            if is_ours and process.is_alive:
                self._idle.append(process)
                return
            self._all.discard(process)
        process.close()

    def _look_after(self, closing: threading.Event) -> None:
        """Count seconds rather than read a clock: a machine that slept was not slow."""
        while not closing.wait(TICK):
            with self._lock:
                every = list(self._all)
                spare = [p for p in self._idle if p.idle > IDLE][: max(0, len(every) - 1)]
                self._idle = [p for p in self._idle if p not in spare]
                self._all.difference_update(spare)
            for process in spare:
                process.close()
            for process in every:
                process.pass_time(TICK)


_pools = {gives_way: Pool(gives_way=gives_way) for gives_way in (False, True)}


def processes(*, gives_way: bool = False) -> Pool:
    """The pool of this program: one whose processes give way to the window, or the other."""
    return _pools[gives_way]


@atexit.register
def close() -> None:
    """End all processes of this program."""
    for pool in _pools.values():
        pool.close()
