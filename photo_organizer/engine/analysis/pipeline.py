"""The moving part of an analysis: walk → decode → measure → embed → find faces, overlapping.

Reading, decoding and measuring happen in other processes (`engine.isolation`): what crashes or
takes too long there costs one photo. The stages here are threads, of which each waits for a process
of its own or runs the network, which releases the interpreter's lock. Every channel that carries
pixels is bounded, so memory does not grow with the library.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeGuard, TypeVar
from weakref import WeakSet

import numpy as np

from photo_organizer.engine.analysis import priority
from photo_organizer.engine.analysis.channel import Channel, Stopped
from photo_organizer.engine.analysis.looking import TOGETHER, Looker, failed, together
from photo_organizer.engine.analysis.outcomes import (
    CONTENT_VERSION,
    FACES_VERSION,
    Examined,
    Known,
    LookedThrough,
    Outcome,
    Unreadable,
)
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Skipped
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files.beside_dates import BesideDates
from photo_organizer.engine.isolation import pool
from photo_organizer.engine.isolation.pool import processes
from photo_organizer.engine.people.gate import may_show_faces
from photo_organizer.engine.pixels.thumbnails import ThumbnailCache
from photo_organizer.engine.storage.store import Content, Store, with_facts

T = TypeVar("T")

log = logging.getLogger(__name__)

LOOK_UP = 256
"""Files asked of the store at once."""

HELD = 8192
"""Known files that are listed before the first of them are answered; in a slow folder they come."""

PREPARED = 64, 256
"""Photos held between decoding and embedding, at least and at most: 10 to 50 MB. In between, two
batches for each thread that embeds."""

PATIENCE = 0.1
"""Seconds that a photo waits for others to be embedded with: the first ones shall be seen soon."""

LIBRARY_LOADED = 20.0
"""Seconds in which a thread that is loading torch surely comes to its end."""

_ending: WeakSet[threading.Thread] = WeakSet()
"""Threads of runs that were stopped."""


class Pipeline:
    """Runs the stages on threads of its own; take `outcomes` until it has ended.

    Args:
        files: what walking the folders yields, lazily.
        store_path: where known facts are looked up; this class only reads.
        encoder: waits for the encoder to be loaded; reading and decoding start before.
        is_loaded: whether it is loaded.
        decoders: threads that read, decode and measure.
        embedders: at most so many threads embed; fewer where `ImageEncoder.embed_threads` says so.
        thumbnails: where to leave a thumbnail of each decoded photo.
        pause: while it is paused, each thread finishes the photos in its hands and waits. What is
            between the stages stays there; nothing is lost or done twice.
        faces: look for faces in photos that may show somebody.
        absent: folders that are not there at present: what the store knows whole of their photos
            goes to the outcomes, too.
    """

    def __init__(
        self,
        files: Iterator[FileIdentity | Skipped],
        store_path: Path,
        encoder: Callable[[], ImageEncoder],
        *,
        is_loaded: Callable[[], bool] = lambda: True,
        decoders: int,
        embedders: int,
        thumbnails: ThumbnailCache | None = None,
        pause: PauseSwitch | None = None,
        faces: bool = False,
        absent: Sequence[Path] = (),
    ) -> None:
        self._pause = pause or PauseSwitch()
        self._absent = absent
        self.found = 0
        self.unknown = 0
        """Files found of which not all is known: they are looked into."""
        self.passed = 0
        """Files of which all is known: they went to the outcomes without a look."""
        self.listed: list[Photo] = []
        """Photos that were known before; it grows while folders are walked, also before the
        encoder is loaded."""
        self.scanning = True
        self.failure: BaseException | None = None
        self._walked = files
        self._store_path = store_path
        self._encoder = encoder
        self._is_loaded = is_loaded
        self._held: list[tuple[Photo, Content]] = []
        """Known files that wait for the encoder, whose embeddings they need."""
        # Identities are small; an unbounded list lets the walk finish early, so that people
        # see how much there is to do.
        self._files: Channel[tuple[FileIdentity, bytes | None]] = Channel(1 << 62)
        self._prepared: Channel[Examined] = Channel(PREPARED[0], producers=decoders)
        self._embedders = embedders
        self._dates = BesideDates()
        self._wants_faces = faces
        producers = 1 + decoders + embedders
        # Unbounded: they carry no pixels, and whoever waits here would hold up the walk.
        self._faceless: Channel[tuple[FileIdentity, bytes]] = Channel(1 << 62, producers)
        self._found: dict[bytes, tuple[Face, ...]] = {}
        """Faces by content, as far as this run looked for them."""
        lookers = decoders if faces else 0
        self.outcomes: Channel[Outcome] = Channel(1024, producers + lookers)
        self._embedder_numbers = count()
        self._take_rank = priority.follow()
        self._processes = processes(gives_way=priority.is_stepping_back())
        self._decoders = decoders
        self.looker = Looker(
            self._processes,
            decoders,
            encoder,
            self._dates,
            thumbnails=thumbnails,
            will_embed=self._prepared.announce,
        )
        self._threads = [
            threading.Thread(target=self._guard, args=(work, closes), name=work.__name__)
            for work, closes, threads in (
                (self._scan, [self._files, self._faceless, self.outcomes], 1),
                (self._decode, [self._prepared, self._faceless, self.outcomes], decoders),
                (self._embed, [self._faceless, self.outcomes], embedders),
                (self._find_faces, [self.outcomes], lookers),
            )
            for _ in range(threads)
        ]

    @property
    def without_faces(self) -> Reason | None:
        """Why faces cannot be looked for on this machine; None: they can, or nobody tried."""
        return self.looker.without_faces

    def start(self) -> None:
        """Start all threads."""
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def stop(self) -> None:
        """End all stages; each thread finishes the photo in its hands, no more."""
        _ending.update(self._threads)
        for channel in (self._files, self._prepared, self._faceless, self.outcomes):
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
            self._let_go(store)
            for folder in self._absent:
                remembered = store.photos_below(folder)
                for start in range(0, len(remembered), LOOK_UP):
                    self._look_up_absent(store, remembered[start : start + LOOK_UP])
        self.scanning = False

    def _look_up(self, store: Store, identities: list[FileIdentity]) -> None:
        """List what is known; only what needs a look, or the encoder, has to wait."""
        known = {i.path: photo for i, photo in store.known(identities)}
        hashes = [photo.content_hash for photo in known.values()]
        contents = store.contents(hashes, CONTENT_VERSION) if hashes else {}
        for identity in identities:
            photo = known.get(identity.path)
            content = contents.get(photo.content_hash) if photo else None
            if photo is None or content is None:
                self._look_into_later(identity, photo.content_hash if photo else None)
            elif isinstance(content, Reason):
                self.passed += 1
                self.outcomes.put(Unreadable(identity, content, photo.content_hash))
            else:
                date = self._dates.better_date(identity.path, content.exif)
                photo = replace(with_facts(photo, content), better_date=date)
                self.listed.append(photo)
                self._held.append((photo, content))
        # Listing comes first, and takes less: a library is listed whole before it is answered.
        if len(self._held) >= HELD and self._is_loaded():
            self._let_go(store)

    def _let_go(self, store: Store) -> None:
        """What is known whole goes on; what another model embedded is looked into."""
        held, self._held = self._held, []
        for start in range(0, len(held), LOOK_UP):
            self._pause.wait()
            part, passed = held[start : start + LOOK_UP], []
            facts = self._with_vectors(store, {c.content_hash: c for _, c in part})
            for photo, content in part:
                known = facts.get(content.content_hash)
                if known is None:
                    self._look_into_later(photo.identity, content.content_hash)
                else:
                    self.passed += 1
                    passed.append(
                        Examined(
                            photo.identity,
                            content.content_hash,
                            content,
                            photo.better_date,
                            known.vector,
                            faces=known.faces,
                            photo=photo,
                        )
                    )
            self._pass_on(passed)

    def _look_into_later(self, identity: FileIdentity, content_hash: bytes | None) -> None:
        self.unknown += 1
        if self.unknown <= self._decoders:
            # Ahead of the threads: they start side by side, and while folders are walked.
            self._processes.warm_up(self.unknown)
        self._files.put((identity, content_hash))

    def _look_up_absent(self, store: Store, identities: list[FileIdentity]) -> None:
        """What is known whole of photos that are not there is answered; nothing else can be."""
        hashes = {i.path: photo.content_hash for i, photo in store.known(identities)}
        facts = self._known_facts(store, list(hashes.values())) if hashes else {}
        for identity in identities:
            content_hash = hashes.get(identity.path)
            known = facts.get(content_hash) if content_hash else None
            if content_hash and known and not isinstance(known, Reason):
                self.found += 1
                self.passed += 1
                date = self._dates.better_date(identity.path, known.content.exif)
                self.outcomes.put(
                    Examined(
                        identity, content_hash, known.content, date, known.vector, faces=known.faces
                    )
                )

    def _known_facts(self, store: Store, hashes: list[bytes]) -> dict[bytes, Known | Reason]:
        """What needs no pixel: whole facts of a content, or why it is unreadable."""
        contents = store.contents(hashes, CONTENT_VERSION)
        unreadable = {key: why for key, why in contents.items() if isinstance(why, Reason)}
        readable = {key: one for key, one in contents.items() if not isinstance(one, Reason)}
        return {**unreadable, **self._with_vectors(store, readable)}

    def _with_vectors(self, store: Store, contents: Mapping[bytes, Content]) -> dict[bytes, Known]:
        """Those of the contents that the encoder has embedded already."""
        if not contents:
            return {}
        encoder = self._encoder()
        vectors = store.halves(list(contents), encoder.name, encoder.version)
        faces = store.faces(list(contents), FACES_VERSION) if self._wants_faces else {}
        return {
            key: Known(content, vectors[key], faces.get(key))
            for key, content in contents.items()
            if key in vectors
        }

    def _decode(self) -> None:
        with Store(self._store_path) as store:
            known = partial(self._known_facts, store)
            while taken := self._files.take(self._share()):
                for files in together(taken):
                    self._wait_while_paused()
                    if not self._prepared.announced:
                        self._announce_first_photos(store)
                    outcomes = self.looker.look_into(files, known)
                    prepared = [one for one in outcomes if _awaits_vector(one)]
                    self._pass_on([one for one in outcomes if not _awaits_vector(one)])
                    self._prepared.put_all(prepared)

    def _announce_first_photos(self, store: Store) -> None:
        """Let the network be loaded while processes start, if whatever they find must be embedded.

        Otherwise a photo may be a known one under another name: then nothing is loaded.
        """
        encoder = self._encoder()
        if not store.has_embeddings(encoder.name, encoder.version):
            self._prepared.announce()

    def _share(self) -> int:
        """How many files a thread may take at once: none of the others shall go without."""
        return max(1, min(TOGETHER, len(self._files) // (2 * self._decoders)))

    def _pass_on(self, outcomes: Sequence[Outcome]) -> None:
        """To the outcomes; faces are looked for where nothing else is missing now."""
        if not outcomes:
            return
        faceless = self._faceless_of(outcomes)
        self.outcomes.put_all(
            replace(one, awaits_faces=True)
            if isinstance(one, Examined) and id(one) in faceless
            else one
            for one in outcomes
        )
        self._faceless.put_all(faceless.values())

    def _faceless_of(self, outcomes: Sequence[Outcome]) -> dict[int, tuple[FileIdentity, bytes]]:
        """The photos in which faces shall be looked for, by the identities of their outcomes."""
        if not self._wants_faces or self.without_faces is not None:
            return {}
        asked = [
            (one, one.vector)
            for one in outcomes
            if isinstance(one, Examined) and one.faces is None and one.vector is not None
        ]
        if not asked:
            return {}
        may = may_show_faces(
            self._encoder(), np.stack([vector for _, vector in asked]).astype(np.float32)
        )
        return {
            id(one): (one.identity, one.content_hash)
            for (one, _), show in zip(asked, may.tolist(), strict=True)
            if show
        }

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
            self.outcomes.put(LookedThrough(content_hash, faces))


def _awaits_vector(outcome: Outcome) -> TypeGuard[Examined]:
    return isinstance(outcome, Examined) and outcome.vector is None


def _embedded(encoder: ImageEncoder, batch: list[Examined]) -> list[Outcome]:
    """Embed a batch; where that fails, photo by photo.

    Raises:
        Exception: what the encoder raised for each of several photos: it is not them.
    """
    try:
        return _embedded_at_once(encoder, batch)
    except ModelError:
        raise
    except Exception:
        log.exception("Cannot embed %s photos at once", len(batch))
    outcomes: list[Outcome] = []
    failures = []
    for examined in batch:
        try:
            outcomes += _embedded_at_once(encoder, [examined])
        except Exception as error:
            log.exception("Cannot embed %s", examined.identity.path)
            failures.append(error)
            outcomes.append(Unreadable(examined.identity, failed(error), examined.content_hash))
    if len(failures) == len(batch) > 1:
        raise failures[0]
    return outcomes


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
