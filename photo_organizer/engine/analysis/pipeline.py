"""The moving part of an analysis: walk → look up → whoever looks into photos, overlapping.

What the store knows whole goes straight to the outcomes. The rest goes to the hands of the run: the
stages of this computer (`stages`), or other computers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from photo_organizer.engine.analysis import priority
from photo_organizer.engine.analysis.channel import Channel, Stopped
from photo_organizer.engine.analysis.hands import Computers, Hands, Home, Task
from photo_organizer.engine.analysis.looking import Looker
from photo_organizer.engine.analysis.outcomes import (
    CONTENT_VERSION,
    Examined,
    Outcome,
    Unreadable,
)
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.analysis.remembered import Remembered
from photo_organizer.engine.analysis.stages import Stages, awaiting_faces
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Skipped
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files.beside_dates import BesideDates
from photo_organizer.engine.pixels.thumbnails import ThumbnailSink
from photo_organizer.engine.storage.store import Content, Store, with_facts

LOOK_UP = 256
"""Files asked of the store at once."""

HELD = 8192
"""Known files that are listed before the first of them are answered; in a slow folder they come."""


class Pipeline:
    """Walks on a thread of its own, and has looked into what is new; take `outcomes` to the end.

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
        computers: others that look into photos for this one.
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
        thumbnails: ThumbnailSink | None = None,
        pause: PauseSwitch | None = None,
        faces: bool = False,
        computers: Computers | None = None,
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
        self._dates = BesideDates()
        self._wants_faces = faces
        self._decoders = decoders
        self._embedders = embedders
        self._task = Task(encoder, faces, thumbnails, self._pause)
        self._home = self._stages()
        self._hands: Hands = self._home
        if computers is not None:
            here = Home(self._stages, self._memory, self._dates)
            self._hands = computers.hands(self._task, here)
        self.outcomes: Channel[Outcome] = Channel(1024, 1 + self._hands.producers)
        self._take_rank = priority.follow()
        self._scanner = threading.Thread(target=self._guard, name="scan", daemon=True)

    @property
    def without_faces(self) -> Reason | None:
        """Why faces cannot be looked for; None: they can, or nobody tried."""
        return self._hands.without_faces

    @property
    def looker(self) -> Looker:
        """Looks into single photos on this computer."""
        return self._home.looker

    def start(self) -> None:
        """Start all threads."""
        self._hands.start(self.outcomes, self._fail)
        self._scanner.start()

    def stop(self) -> None:
        """End all stages; each thread finishes the photo in its hands, no more."""
        self._hands.stop()
        self.outcomes.stop()
        self._pause.resume()  # whoever was held meets the stopped channels

    def join(self, timeout: float) -> None:
        """Wait for the threads, at most `timeout` seconds for all of them."""
        end = time.monotonic() + timeout
        self._scanner.join(timeout)
        self._hands.join(max(0.0, end - time.monotonic()))

    def _fail(self, error: BaseException) -> None:
        """Whatever a stage raises ends the run, and is raised again by the analysis."""
        self.failure = self.failure or error
        self.stop()

    def _guard(self) -> None:
        self._take_rank()
        try:
            with suppress(Stopped):
                self._scan()
        except BaseException as error:  # noqa: BLE001 - carried to the thread that can tell it
            self._fail(error)
        self._hands.no_more()
        self.outcomes.close()

    def _stages(self) -> Stages:
        """Hands of this computer, which have not begun."""
        return Stages(
            self._task,
            decoders=self._decoders,
            embedders=self._embedders,
            memory=self._memory,
            dates=self._dates,
        )

    @contextmanager
    def _memory(self) -> Iterator[Remembered]:
        with Store(self._store_path) as store:
            yield self._remembered(store)

    def _remembered(self, store: Store) -> Remembered:
        return Remembered(store, self._encoder, faces=self._wants_faces)

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
            facts = self._remembered(store).with_vectors({c.content_hash: c for _, c in part})
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
        self._hands.look_into((identity, content_hash))

    def _look_up_absent(self, store: Store, identities: list[FileIdentity]) -> None:
        """What is known whole of photos that are not there is answered; nothing else can be."""
        hashes = {i.path: photo.content_hash for i, photo in store.known(identities)}
        facts = self._remembered(store).facts(list(hashes.values())) if hashes else {}
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

    def _pass_on(self, outcomes: Sequence[Outcome]) -> None:
        """To the outcomes; faces are looked for where nothing else is missing."""
        if not (self._wants_faces and self.without_faces is None):
            self.outcomes.put_all(outcomes)
            return
        told, faceless = awaiting_faces(outcomes, self._encoder)
        self.outcomes.put_all(told)
        self._hands.look_for_faces(faceless)
