"""What this computer does itself of a run that others work for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from photo_organizer.engine.analysis.channel import Channel, Stopped
from photo_organizer.engine.analysis.hands import Hands
from photo_organizer.engine.analysis.outcomes import Examined, LookedThrough, Outcome
from photo_organizer.engine.cluster.ledger import Job
from photo_organizer.engine.domain.reasons import Reason

HELD = 1024
"""Outcomes held before whoever finds more has to wait."""


class AtHome:
    """Begins with the first job; until then there are no threads.

    Args:
        hands: makes hands of this computer.
        outcomes: takes what they find.
        fail: is told what ends the run.
        looked: is told of photos that were looked at.
    """

    def __init__(
        self,
        hands: Callable[[], Hands],
        outcomes: Channel[Outcome],
        fail: Callable[[BaseException], None],
        looked: Callable[[int], None],
    ) -> None:
        self._make = hands
        self._hands: Hands | None = None
        self._outcomes = outcomes
        self._fail = fail
        self._looked = looked
        self._in_hand = 0
        self._lock = threading.Lock()
        self._found: Channel[Outcome] | None = None
        self._thread: threading.Thread | None = None

    @property
    def in_hand(self) -> int:
        """Jobs that were given and are not done."""
        with self._lock:
            return self._in_hand

    @property
    def without_faces(self) -> Reason | None:
        """See `Hands`."""
        return self._hands.without_faces if self._hands else None

    def give(self, jobs: Sequence[Job]) -> None:
        """Look into these, too."""
        if not jobs:
            return
        with self._lock:
            self._in_hand += len(jobs)
        hands = self._hands or self._begin()
        for job in jobs:
            identity, content_hash = job.file
            if not job.is_faceless:
                hands.look_into((identity, content_hash))
            elif content_hash is not None:
                hands.look_for_faces([(identity, content_hash)])

    def no_more(self) -> None:
        """All was given: end once it is done."""
        if self._hands is not None:
            self._hands.no_more()

    def stop(self) -> None:
        """End now."""
        if self._hands is not None and self._found is not None:
            self._hands.stop()
            self._found.stop()

    def join(self, timeout: float) -> None:
        """Wait for the end, at most so many seconds."""
        if self._hands is not None and self._thread is not None:
            self._hands.join(timeout)
            self._thread.join(timeout)

    def _begin(self) -> Hands:
        self._hands = hands = self._make()
        self._found = Channel(HELD, hands.producers)
        self._thread = threading.Thread(
            target=self._pass_on, args=(self._found,), name="home", daemon=True
        )
        hands.start(self._found, self._fail)
        self._thread.start()
        return hands

    def _pass_on(self, found: Channel[Outcome]) -> None:
        with suppress(Stopped):
            while not found.ended:
                outcomes = found.take(512)
                self._outcomes.put_all(outcomes)
                looked = [one for one in outcomes if not isinstance(one, LookedThrough)]
                waiting = sum(isinstance(one, Examined) and one.awaits_faces for one in outcomes)
                with self._lock:
                    # Photos that await their faces are not done yet.
                    self._in_hand += waiting - len(outcomes)
                self._looked(len(looked))
