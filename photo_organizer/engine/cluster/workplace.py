"""What one worker has to look at photos with: its root, its processes, its open encoder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from photo_organizer.engine.cluster import roots
from photo_organizer.engine.cluster.errors import ClusterError
from photo_organizer.engine.cluster.messages import (
    Answer,
    Build,
    HandIn,
    Introduction,
    Order,
    Sent,
    Shard,
    nothing_of,
)
from photo_organizer.engine.cluster.shared_stages import ClosedError, SharedStages
from photo_organizer.engine.domain.facts import FileIdentity, UnreadableError
from photo_organizer.engine.domain.reasons import Reason, SpokenError
from photo_organizer.engine.encoders.devices import choose_device
from photo_organizer.engine.encoders.protocols import Encoder
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.proving.opening import open_encoder

log = logging.getLogger(__name__)

PATIENCE = 40.0
"""Seconds in which a model opens, even if it proves itself first on a quick computer. Where it
takes longer, who asks is told so, and may ask again."""

SAME_TIME = 2_000_000_000
"""Nanoseconds by which two systems may tell the time of one change: FAT counts every other second,
and network drives round."""


class Workplace:
    """Looks at shards, several at once.

    Args:
        root: the library's folder here.
        name: of this computer, for people.
        jobs: threads that decode.
        device: where the model computes, "auto" for the fastest.
    """

    def __init__(self, root: Path, *, name: str, jobs: int, device: str = "auto") -> None:
        self.root = root
        self.name = name
        self.looked = 0
        """Photos looked at so far."""
        self._jobs = jobs
        self._device = device
        self._lock = threading.Lock()
        self._cancel = threading.Event()
        self._encoder: tuple[str, Future[Encoder]] | None = None
        self._stages: dict[str, SharedStages] = {}
        self._unwanted: dict[str, int] = {}
        """Numbers of the last shards that were to be handed in, by runs."""

    def introduce(self, order: Order | None) -> Introduction:
        """Say what this computer is, and whether it can follow an order: its model is opened."""
        unfit = None
        if order is not None:
            try:
                self._demand_fit(order, PATIENCE)
            except TimeoutError:
                unfit = Reason("cluster.preparing", {"model": order.model})
            except SpokenError as error:
                unfit = error.reason
        return Introduction(self.name, Build(), self._computes_on(), unfit)

    def look_at(self, shard: Shard, worker: str, tell: Callable[[int], None]) -> Answer:
        """Look into the files of a shard; see `SharedStages.look_at`.

        Args:
            shard: some files of a run.
            worker: see `Answer`.
            tell: see `SharedStages.look_at`.

        Raises:
            Exception: what ended the stages.
        """
        try:
            self._demand_fit(shard.order, None)
            while self._is_wanted(shard):
                try:
                    stages = self._stages_of(shard.order)
                    return stages.look_at(shard, self._find, self._counting(tell), worker)
                except ClosedError:
                    continue
        except SpokenError as error:
            log.warning("Nothing can be looked at here: %s", error)
            return nothing_of(shard, worker, error.reason)
        return nothing_of(shard, worker)

    def hand_in(self, ask: HandIn | None = None) -> None:
        """Have shards end soon with what they have, also those that come late; returns at once.

        Args:
            ask: which ones; None: all.
        """
        with self._lock:
            if ask is not None:
                self._unwanted[ask.run] = max(ask.through, self._unwanted.get(ask.run, 0))
            stages = [
                one for one in self._stages.values() if ask is None or ask.run == one.order.run
            ]
        for one in stages:
            one.hand_in()

    def close(self) -> None:
        """Take no further shard, hand in, and stop a check of a model."""
        self._cancel.set()
        self.hand_in()

    # ------------------------------------------------------------------ inside

    def _counting(self, tell: Callable[[int], None]) -> Callable[[int], None]:
        """What tells of one shard, and counts its photos here."""
        told = 0

        def count(looked: int) -> None:
            nonlocal told
            with self._lock:
                self.looked += looked - told
            told = looked
            tell(looked)

        return count

    def _is_wanted(self, shard: Shard) -> bool:
        """Whether somebody still waits for all of a shard."""
        with self._lock:
            handed_in = self._unwanted.get(shard.order.run, 0)
        return shard.number > handed_in and not self._cancel.is_set()

    def _stages_of(self, order: Order) -> SharedStages:
        """The stages of an order, new ones where the last have ended.

        Raises:
            ClosedError: this workplace is closed.
        """
        with self._lock:
            if self._cancel.is_set():
                raise ClosedError
            self._stages = {run: one for run, one in self._stages.items() if not one.closed}
            if order.run not in self._stages:
                encoder = self._opened(order.model).result
                self._stages[order.run] = SharedStages(order, encoder, self._jobs)
            return self._stages[order.run]

    def _demand_fit(self, order: Order, patience: float | None) -> None:
        """Make sure that this computer finds out the same as the one that asks.

        Raises:
            ClusterError: it does not.
            ModelError: its model cannot be opened here.
            TimeoutError: the model is not open yet.
        """
        if order.build != Build():
            theirs, ours = order.build.program, Build().program
            if theirs == ours:
                raise ClusterError("cluster.other_measures", name=self.name)
            raise ClusterError("cluster.other_build", name=self.name, here=ours, there=theirs)
        with self._lock:
            opened = self._opened(order.model)
        try:
            encoder = opened.result(patience)
        except TimeoutError:
            raise
        except Exception:
            with self._lock:
                if self._encoder is not None and self._encoder[1] is opened:
                    self._encoder = None  # it may be installed meanwhile
            raise
        if encoder.version != order.model_version:
            raise ClusterError("cluster.other_model", name=self.name, model=order.model)

    def _opened(self, model: str) -> Future[Encoder]:
        """The encoder of a model, which is opened on a thread of its own; the last one is kept."""
        if self._encoder is None or self._encoder[0] != model:
            future: Future[Encoder] = Future()
            self._encoder = model, future
            threading.Thread(
                target=self._open, args=(model, future), name="load", daemon=True
            ).start()
        return self._encoder[1]

    def _open(self, model: str, future: Future[Encoder]) -> None:
        try:
            encoder = open_encoder(model, self._device, cancel=self._cancel)
        except BaseException as error:  # noqa: BLE001 - carried to the thread that can tell it
            future.set_exception(error)
        else:
            future.set_result(encoder)

    def _computes_on(self) -> str:
        """Where the open model computes; nothing is loaded to find out."""
        with self._lock:
            opened = self._encoder[1] if self._encoder else None
        if opened is not None and opened.done() and opened.exception() is None:
            return opened.result().device
        return "" if self._device == "auto" else choose_device(self._device)

    def _find(self, sent: Sent) -> FileIdentity | None:
        """The file that is meant, as it lies here; None where it is not, or another one is."""
        path = roots.local(self.root, sent.path)
        if path is None:
            return None
        try:
            identity = photo_files.identify(path)
        except UnreadableError as error:
            log.info("%s is not seen here: %s", sent.path, error)
            return None
        same_time = abs(identity.mtime_ns - sent.mtime_ns) <= SAME_TIME
        return identity if identity.size == sent.size and same_time else None
