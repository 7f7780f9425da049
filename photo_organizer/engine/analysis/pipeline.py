"""The moving part of an analysis: walk → read and decode → measure → embed, overlapping.

Threads, not processes: decoding, measuring and the networks run in C code that releases the
interpreter's lock, and pixels never have to be copied between processes. Every channel that
carries pixels is bounded, so memory does not grow with the library.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.analysis import priority
from photo_organizer.engine.analysis.channel import Channel, Stopped
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.domain.facts import FileIdentity, Pixels, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Skipped
from photo_organizer.engine.encoders.devices import compute_on_one_core
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.pixels import decode, fingerprints, holdings, measures
from photo_organizer.engine.pixels.thumbnails import ThumbnailCache
from photo_organizer.engine.storage.store import Content, Store

T = TypeVar("T")

log = logging.getLogger(__name__)

CONTENT_VERSION = f"{decode.VERSION}.{measures.VERSION}.{fingerprints.VERSION}.{holdings.VERSION}"
"""Facts stored by another version of the measuring code are measured again."""

LOOK_UP = 256
"""Files asked of the store at once."""

PREPARED = 256
"""Photos held between decoding and embedding: about 50 MB."""

LIBRARY_LOADED = 20.0
"""Seconds in which a thread that is loading torch surely comes to its end."""

_ending: WeakSet[threading.Thread] = WeakSet()
"""Threads of runs that were stopped."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A photo on its way through the pipeline, and what is new about it for the store."""

    identity: FileIdentity
    content_hash: bytes
    content: Content
    vector: NDArray[np.float32] | None = None
    prepared: Pixels | None = None
    """Input of the encoder while `vector` is still missing."""
    new_content: bool = False
    new_vector: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file whose content cannot be decoded."""

    identity: FileIdentity
    reason: Reason
    content_hash: bytes | None = None
    """None when the file could not even be read: then it is tried again next time."""
    is_new: bool = False


Outcome = Examined | Unreadable | Skipped


class Pipeline:
    """Runs the stages on threads of its own; take `outcomes` until it has ended.

    Args:
        files: what walking the folders yields, lazily.
        store_path: where known facts are looked up; this class only reads.
        encoder: waits for the encoder to be loaded; reading and decoding start before.
        decoders: threads that read, decode and measure.
        embedders: at most so many threads embed; fewer where `ImageEncoder.embed_threads` says so.
        thumbnails: where to leave a thumbnail of each decoded photo.
        pause: while it is paused, each thread finishes the photos in its hands and waits. What is
            between the stages stays there; nothing is lost or done twice.
        absent: folders that are not there at present: what the store knows whole of their photos
            goes to the outcomes, too.
    """

    def __init__(
        self,
        files: Iterator[FileIdentity | Skipped],
        store_path: Path,
        encoder: Callable[[], ImageEncoder],
        *,
        decoders: int,
        embedders: int,
        thumbnails: ThumbnailCache | None = None,
        pause: PauseSwitch | None = None,
        absent: Sequence[Path] = (),
    ) -> None:
        self._pause = pause or PauseSwitch()
        self._absent = absent
        self.found = 0
        self.scanning = True
        self.failure: BaseException | None = None
        self._walked = files
        self._store_path = store_path
        self._encoder = encoder
        self._thumbnails = thumbnails
        # Identities are small; an unbounded list lets the walk finish early, so that people
        # see how much there is to do.
        self._files: Channel[tuple[FileIdentity, bytes | None]] = Channel(1 << 62)
        self._prepared: Channel[Examined] = Channel(PREPARED, producers=decoders)
        self.outcomes: Channel[Outcome] = Channel(1024, producers=1 + decoders + embedders)
        self._embedder_numbers = count()
        self._take_rank = priority.follow()
        self._threads = [
            threading.Thread(target=self._guard, args=(work, closes), name=work.__name__)
            for work, closes, threads in (
                (self._scan, [self._files, self.outcomes], 1),
                (self._decode, [self._prepared, self.outcomes], decoders),
                (self._embed, [self.outcomes], embedders),
            )
            for _ in range(threads)
        ]

    def start(self) -> None:
        """Start all threads."""
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def stop(self) -> None:
        """End all stages; each thread finishes the photo in its hands, no more."""
        _ending.update(self._threads)
        for channel in (self._files, self._prepared, self.outcomes):
            channel.stop()
        self._pause.resume()  # whoever was held meets the stopped channels

    def join(self, timeout: float) -> None:
        """Wait for the threads, at most `timeout` seconds for all of them."""
        _join(self._threads, timeout)

    def _guard(self, work: Callable[[], None], closes: list[Channel[T]]) -> None:
        """Run one stage; whatever it raises ends the run and is raised again by the analysis."""
        self._take_rank()
        try:
            with suppress(Stopped):
                work()
        except BaseException as error:  # noqa: BLE001 - carried to the thread that can tell it
            self.failure = self.failure or error
            self.stop()
        for channel in closes:
            channel.close()

    def _wait_while_paused(self) -> None:
        """Wait while the run is paused.

        Raises:
            Stopped: the run was stopped meanwhile.
        """
        if self._pause.paused:
            self._pause.wait()
            if self.outcomes.stopped:
                raise Stopped

    # ------------------------------------------------------------------ stages

    def _scan(self) -> None:
        """Walk the folders; what the store knows whole goes straight to the outcomes."""
        pending: list[FileIdentity] = []
        with Store(self._store_path) as store:
            for file in self._walked:
                self._pause.wait()
                if isinstance(file, Skipped):
                    self.outcomes.put(file)
                    continue
                self.found += 1
                pending.append(file)
                if len(pending) == LOOK_UP:
                    self._look_up(store, pending)
                    pending = []
            self._look_up(store, pending)
            for folder in self._absent:
                remembered = store.photos_below(folder)
                for start in range(0, len(remembered), LOOK_UP):
                    self._look_up(store, remembered[start : start + LOOK_UP], absent=True)
        self.scanning = False

    def _look_up(
        self, store: Store, identities: list[FileIdentity], *, absent: bool = False
    ) -> None:
        hashes = {i.path: photo.content_hash for i, photo in store.known(identities)}
        facts = self._known_facts(store, list(hashes.values())) if hashes else {}
        for identity in identities:
            content_hash = hashes.get(identity.path)
            known = facts.get(content_hash) if content_hash else None
            if absent:
                if content_hash and known and not isinstance(known, Reason):
                    self.found += 1
                    self.outcomes.put(_outcome(identity, content_hash, known))
            elif content_hash and known:
                self.outcomes.put(_outcome(identity, content_hash, known))
            else:
                self._files.put((identity, content_hash))

    def _known_facts(
        self, store: Store, hashes: list[bytes]
    ) -> dict[bytes, tuple[Content, NDArray[np.float32]] | Reason]:
        """What needs no pixel: whole facts of a content, or why it is unreadable."""
        contents = store.contents(hashes, CONTENT_VERSION)
        if not contents:
            return {}
        encoder = self._encoder()
        vectors = store.embeddings(list(contents), encoder.name, encoder.version)
        known: dict[bytes, tuple[Content, NDArray[np.float32]] | Reason] = {}
        for content_hash, content in contents.items():
            if isinstance(content, Reason):
                known[content_hash] = content
            elif content_hash in vectors:
                known[content_hash] = (content, vectors[content_hash])
        return known

    def _decode(self) -> None:
        with Store(self._store_path) as store:
            while taken := self._files.take(1):
                self._wait_while_paused()
                identity, known_hash = taken[0]
                outcome = self._examine(store, identity, known_hash)
                if isinstance(outcome, Examined) and outcome.vector is None:
                    self._prepared.put(outcome)
                else:
                    self.outcomes.put(outcome)

    def _examine(self, store: Store, identity: FileIdentity, known_hash: bytes | None) -> Outcome:
        """Read one file; decode and measure it unless the same content is known already."""
        try:
            data = photo_files.read(identity)
        except UnreadableError as error:
            return Unreadable(identity, error.reason)
        content_hash = photo_files.content_hash(data)
        is_new = content_hash != known_hash
        if is_new and (known := self._known_facts(store, [content_hash])):
            return _outcome(identity, content_hash, known[content_hash], is_new=True)
        try:
            picture, exif = decode.open_photo(data, identity.path.suffix)
        except UnreadableError as error:
            return Unreadable(identity, error.reason, content_hash, is_new=True)
        content = Content(
            content_hash,
            picture.format,
            picture.width,
            picture.height,
            exif,
            measures.measure(picture),
            fingerprints.fingerprint(picture),
            holdings.holdings(data, identity.path.suffix, picture),
        )
        self._keep_thumbnail(content_hash, picture.small)
        prepared = self._encoder().prepare(picture)
        return Examined(identity, content_hash, content, prepared=prepared, new_content=True)

    def _keep_thumbnail(self, content_hash: bytes, pixels: Pixels) -> None:
        if self._thumbnails is None:
            return
        try:
            self._thumbnails.put(content_hash, pixels)
        except OSError as error:
            # A full cache disk costs the views time later, it does not stop the analysis now.
            log.warning("No more thumbnails are kept in this run: %s", error)
            self._thumbnails = None

    def _embed(self) -> None:
        encoder = self._encoder()
        if next(self._embedder_numbers) >= encoder.embed_threads:
            return
        if encoder.device == "cpu" and encoder.embed_threads > 1:
            compute_on_one_core()
        size = min(encoder.batch_size, PREPARED)
        while batch := self._prepared.take(size, least=size):
            self._wait_while_paused()
            pixels = np.stack([e.prepared for e in batch if e.prepared is not None])
            for examined, vector in zip(batch, encoder.embed_images(pixels), strict=True):
                # The store keeps float16: rounding here gives the first run and every later
                # one the same numbers, hence the same answers.
                rounded = vector.astype(np.float16).astype(np.float32)
                self.outcomes.put(replace(examined, prepared=None, vector=rounded, new_vector=True))


def _join(threads: Iterable[threading.Thread], timeout: float) -> None:
    deadline = time.monotonic() + timeout
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


@atexit.register
def _let_threads_end() -> None:
    """Wait with the end of the program for threads of cancelled runs.

    A library that one of them is just loading aborts the whole process otherwise.
    """
    _join(list(_ending), LIBRARY_LOADED)


def _outcome(
    identity: FileIdentity,
    content_hash: bytes,
    known: tuple[Content, NDArray[np.float32]] | Reason,
    *,
    is_new: bool = False,
) -> Outcome:
    if isinstance(known, Reason):
        return Unreadable(identity, known, content_hash, is_new=is_new)
    content, vector = known
    return Examined(identity, content_hash, content, vector)
