"""Looks into photos on this computer: decode and measure → embed → find faces, overlapping.

Reading, decoding and measuring happen in other processes (`engine.isolation`): what crashes or
takes too long there costs one photo. The stages here are threads, of which each waits for a process
of its own or runs the network, which releases the interpreter's lock. The channel that carries
pixels is bounded, so memory does not grow with the library.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from itertools import count
from typing import TypeGuard, TypeVar
from weakref import WeakSet

import numpy as np

from photo_organizer.engine.analysis import priority
from photo_organizer.engine.analysis.channel import Channel, Stopped
from photo_organizer.engine.analysis.hands import Faceless, File, Task
from photo_organizer.engine.analysis.looking import TOGETHER, Looker, failed, together
from photo_organizer.engine.analysis.outcomes import Examined, LookedThrough, Outcome, Unreadable
from photo_organizer.engine.analysis.remembered import Remembers
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders.errors import ModelError, PhotoRefusedError
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files.beside_dates import BesideDates
from photo_organizer.engine.isolation import pool
from photo_organizer.engine.isolation.pool import processes
from photo_organizer.engine.people.gate import may_show_faces

T = TypeVar("T")

log = logging.getLogger(__name__)

PREPARED = 64, 256
"""Photos held between decoding and embedding, at least and at most: 10 to 50 MB. In between, two
batches for each thread that embeds."""

PATIENCE = 0.1
"""Seconds that a photo waits for others to be embedded with: the first ones shall be seen soon."""

LIBRARY_LOADED = 20.0
"""Seconds in which a thread that is loading torch surely comes to its end."""

_ending: WeakSet[threading.Thread] = WeakSet()
"""Threads of runs that were stopped."""


class Stages:
    """The `Hands` of this computer: runs the stages on threads of its own.

    Args:
        task: what is asked. While its run is paused, each thread finishes the photos in its hands
            and waits. What is between the stages stays there; nothing is lost or done twice.
        decoders: threads that read, decode and measure.
        embedders: at most so many threads embed; fewer where `ImageEncoder.embed_threads` says so.
        memory: opens what is asked before a photo is decoded, for each thread that decodes.
        dates: what files say together; None: nobody asks for better dates.
    """

    def __init__(
        self,
        task: Task,
        *,
        decoders: int,
        embedders: int,
        memory: Callable[[], AbstractContextManager[Remembers]],
        dates: BesideDates | None = None,
    ) -> None:
        self._task = task
        self._encoder = task.encoder
        self._memory = memory
        self._decoders = decoders
        self._embedders = embedders
        self._lookers = decoders if task.faces else 0
        self._queued = 0
        # Identities are small; an unbounded list lets the walk finish early, so that people
        # see how much there is to do.
        self._files: Channel[File] = Channel(1 << 62)
        self._prepared: Channel[Examined] = Channel(PREPARED[0], producers=decoders)
        # Unbounded: it carries no pixels, and whoever waits here would hold up the walk.
        self._faceless: Channel[Faceless] = Channel(1 << 62, 1 + decoders + embedders)
        self._found: dict[bytes, tuple[Face, ...]] = {}
        """Faces by content, as far as this run looked for them."""
        self._embedder_numbers = count()
        self._take_rank = priority.follow()
        self._processes = processes(gives_way=priority.is_stepping_back())
        self._threads: list[threading.Thread] = []
        self.looker = Looker(
            self._processes,
            decoders,
            task.encoder,
            dates,
            thumbnails=task.thumbnails,
            will_embed=self._prepared.announce,
        )

    @property
    def producers(self) -> int:
        """See `Hands`."""
        return self._decoders + self._embedders + self._lookers

    @property
    def without_faces(self) -> Reason | None:
        """See `Hands`: why they cannot be looked for on this computer."""
        return self.looker.without_faces

    def start(self, outcomes: Channel[Outcome], fail: Callable[[BaseException], None]) -> None:
        """Start all threads; see `Hands`."""
        self._outcomes = outcomes
        self._fail = fail
        self._threads = [
            threading.Thread(
                target=self._guard, args=(work, closes), name=work.__name__, daemon=True
            )
            for work, closes, threads in (
                (self._decode, [self._prepared, self._faceless, outcomes], self._decoders),
                (self._embed, [self._faceless, outcomes], self._embedders),
                (self._find_faces, [outcomes], self._lookers),
            )
            for _ in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def look_into(self, file: File) -> None:
        """See `Hands`."""
        self._queued += 1
        if self._queued <= self._decoders:
            # Ahead of the threads: they start side by side, and while folders are walked.
            self._processes.warm_up(self._queued)
        self._files.put(file)

    def look_for_faces(self, photos: Iterable[Faceless]) -> None:
        """See `Hands`."""
        self._faceless.put_all(photos)

    def no_more(self) -> None:
        """See `Hands`."""
        self._files.close()
        self._faceless.close()

    def hand_in(self) -> None:
        """Begin no file that is still waiting; what is in hand goes through all stages."""
        self._files.stop()
        self.no_more()

    def stop(self) -> None:
        """End all stages; each thread finishes the photo in its hands, no more."""
        _ending.update(self._threads)
        for channel in (self._files, self._prepared, self._faceless):
            channel.stop()

    def join(self, timeout: float) -> None:
        """See `Hands`."""
        _join(self._threads, timeout)

    def _guard(self, work: Callable[[], None], closes: list[Channel[T]]) -> None:
        """Run one stage; whatever it raises ends the run and is raised again by the analysis."""
        self._take_rank()
        try:
            with suppress(Stopped):
                work()
        except BaseException as error:  # noqa: BLE001 - carried to the thread that can tell it
            self._fail(error)
            self.stop()
        for channel in closes:
            channel.close()

    def _wait_while_paused(self) -> None:
        """Wait while the run is paused.

        Raises:
            Stopped: the run was stopped meanwhile.
        """
        if self._task.pause.paused:
            self._task.pause.wait()
            if self._files.stopped:
                raise Stopped

    # ------------------------------------------------------------------ stages

    def _decode(self) -> None:
        with self._memory() as memory:
            while taken := self._files.take(self._share()):
                for files in together(taken):
                    self._wait_while_paused()
                    if not self._prepared.announced and not memory.knows_some():
                        # Whatever the processes find must be embedded: let the network be loaded
                        # while they start. Otherwise a photo may be a known one under another
                        # name: then nothing is loaded.
                        self._prepared.announce()
                    outcomes = self.looker.look_into(files, memory.facts)
                    prepared = [one for one in outcomes if _awaits_vector(one)]
                    self._pass_on([one for one in outcomes if not _awaits_vector(one)])
                    self._prepared.put_all(prepared)

    def _share(self) -> int:
        """How many files a thread may take at once: none of the others shall go without."""
        return max(1, min(TOGETHER, len(self._files) // (2 * self._decoders)))

    def _pass_on(self, outcomes: Sequence[Outcome]) -> None:
        """To the outcomes; faces are looked for where nothing else is missing now."""
        if not (self._task.faces and self.without_faces is None):
            self._outcomes.put_all(outcomes)
            return
        told, faceless = awaiting_faces(outcomes, self._encoder)
        self._outcomes.put_all(told)
        self._faceless.put_all(faceless)

    def _embed(self) -> None:
        # Where all is known, nobody asks what the network runs on: that alone may load torch.
        if not self._prepared.wait_for_announcement():
            return
        encoder = self._encoder()
        if next(self._embedder_numbers) >= encoder.embed_threads:
            return
        size = encoder.batch_size
        threads = min(encoder.embed_threads, self._embedders)
        self._prepared.widen(min(2 * size * threads, PREPARED[1]))
        while batch := self._prepared.take(size, least=size, patience=PATIENCE):
            self._wait_while_paused()
            self._pass_on(_embedded(encoder, batch))

    def _find_faces(self) -> None:
        while taken := self._faceless.take(1):
            self._wait_while_paused()
            identity, content_hash = taken[0]
            faces = self._found.get(content_hash)  # in a copy of the photo
            if faces is None:
                faces = self.looker.faces(identity, content_hash)
            if faces is not None:
                self._found[content_hash] = faces
            self._outcomes.put(LookedThrough(content_hash, faces))


def awaiting_faces(
    outcomes: Sequence[Outcome], encoder: Callable[[], ImageEncoder]
) -> tuple[list[Outcome], list[Faceless]]:
    """Find the photos in which faces shall be looked for.

    Args:
        outcomes: some of them with all but the faces.
        encoder: whose embeddings they have; asked for only where there is one to ask about.

    Returns:
        The outcomes, with `Examined.awaits_faces` where it is so, and those photos.
    """
    asked = [
        (place, one, one.vector)
        for place, one in enumerate(outcomes)
        if isinstance(one, Examined) and one.faces is None and one.vector is not None
    ]
    told = list(outcomes)
    if not asked:
        return told, []
    vectors = np.stack([vector for _, _, vector in asked]).astype(np.float32)
    faceless: list[Faceless] = []
    for (place, one, _), may in zip(asked, may_show_faces(encoder(), vectors), strict=True):
        if may:
            told[place] = replace(one, awaits_faces=True)
            faceless.append((one.identity, one.content_hash))
    return told, faceless


def _awaits_vector(outcome: Outcome) -> TypeGuard[Examined]:
    return isinstance(outcome, Examined) and outcome.vector is None


def _embedded(encoder: ImageEncoder, batch: list[Examined]) -> list[Outcome]:
    """Embed a batch; where that fails, photo by photo.

    Raises:
        ModelError: it is the model, or the service that computes.
        Exception: what the encoder raised for each of several photos: it is not them.
    """
    try:
        return _embedded_at_once(encoder, batch)
    except ModelError:
        raise
    except PhotoRefusedError as error:
        if len(batch) == 1:  # asked again it would be refused again
            return [_refused(batch[0], error)]
    except Exception:
        log.exception("Cannot embed %s photos at once", len(batch))
    outcomes: list[Outcome] = []
    failures = []
    for examined in batch:
        try:
            outcomes += _embedded_at_once(encoder, [examined])
        except ModelError:
            raise
        except PhotoRefusedError as error:
            outcomes.append(_refused(examined, error))
        except Exception as error:
            log.exception("Cannot embed %s", examined.identity.path)
            failures.append(error)
            outcomes.append(Unreadable(examined.identity, failed(error), examined.content_hash))
    if len(failures) == len(batch) > 1:
        raise failures[0]
    return outcomes


def _refused(examined: Examined, error: PhotoRefusedError) -> Unreadable:
    log.info("%s is refused: %s", examined.identity.path, error)
    return Unreadable(examined.identity, error.reason, examined.content_hash)


def _embedded_at_once(encoder: ImageEncoder, batch: list[Examined]) -> list[Outcome]:
    pixels = np.stack([e.prepared for e in batch if e.prepared is not None])
    # The store keeps float16: rounding here gives the first run and every later one the same
    # numbers, hence the same answers.
    vectors = encoder.embed_images(pixels).astype(np.float16)
    return [
        replace(examined, prepared=None, vector=vector, new_vector=True)
        for examined, vector in zip(batch, vectors, strict=True)
    ]


def _join(threads: Iterable[threading.Thread], timeout: float) -> None:
    deadline = time.monotonic() + timeout
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


@atexit.register
def _let_threads_end() -> None:
    """Wait with the end of the program for threads of cancelled runs.

    A library that one of them is just loading aborts the whole process otherwise. Photos are
    waited for no more.
    """
    pool.close()
    _join(list(_ending), LIBRARY_LOADED)
