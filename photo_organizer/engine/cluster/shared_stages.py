"""Several shards go through the same stages, so that no core waits for the last photo of one.

A shard ends with a few photos that are still embedded or looked through for faces. With stages of
its own for each shard most cores would stand still then; here they are at the next one already.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.analysis.channel import Channel, Stopped
from photo_organizer.engine.analysis.hands import Faceless, Task
from photo_organizer.engine.analysis.outcomes import (
    Examined,
    Known,
    LookedThrough,
    Outcome,
    Unreadable,
)
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.analysis.stages import Stages
from photo_organizer.engine.cluster.messages import Answer, Order, Sent, Shard, Unread
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import Exif, FileIdentity
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.storage.store import Content

TICK = 0.1
"""Seconds between two looks at whether somebody waits no more."""

HAND_IN = 3.0
"""Seconds in which photos in hand go through all stages when a shard is to be handed in."""

IDLE = 30.0
"""Seconds without any shard after which the threads end."""

_NOTHING: NDArray[np.float16] = np.zeros(0, np.float16)


@dataclass(eq=False)
class _Gathering:
    """What is known of one shard so far."""

    shard: Shard
    places: dict[int, int] = field(default_factory=dict)
    """Place in `Shard.files` of each file in the stages, by the `id` of its identity."""
    identities: list[FileIdentity] = field(default_factory=list)
    """Of those, kept so that no two have one `id`."""
    fed: bool = False
    """All its files were given to the stages."""
    answered: int = 0
    contents: dict[int, Content] = field(default_factory=dict)
    vectors: list[NDArray[np.float16]] = field(default_factory=list)
    hashes: set[bytes] = field(default_factory=set)
    """Of `contents`."""
    same: dict[int, bytes] = field(default_factory=dict)
    unread: dict[int, Unread] = field(default_factory=dict)
    unseen: list[int] = field(default_factory=list)
    awaited: Counter[bytes] = field(default_factory=Counter)
    """How many `LookedThrough` are still to come, by content."""
    faces: dict[bytes, tuple[Face, ...]] = field(default_factory=dict)
    faceless: set[bytes] = field(default_factory=set)
    thumbnails: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def looked(self) -> int:
        """Files that are answered."""
        return self.answered + len(self.unseen)

    @property
    def is_whole(self) -> bool:
        return self.fed and self.answered == len(self.places) and not self.awaited.total()


class ClosedError(Exception):
    """These stages take no further shard: there are new ones, or nobody waits any more."""


class SharedStages:
    """The stages of one order; each shard is looked into on the thread that calls `look_at`.

    Args:
        order: what is asked of all photos.
        encoder: waits for the encoder to be opened.
        jobs: threads that decode.
    """

    def __init__(self, order: Order, encoder: Callable[[], ImageEncoder], jobs: int) -> None:
        self.order = order
        self._changed = threading.Condition()
        self._shards: list[_Gathering] = []
        self._by_identity: dict[int, _Gathering] = {}
        self._by_content: defaultdict[bytes, deque[_Gathering]] = defaultdict(deque)
        self._known: Counter[bytes] = Counter()
        self._thumbnails = _Thumbnails() if order.thumbnails else None
        self._failure: BaseException | None = None
        self._closed = self._ended = False
        self._handed_in_at: float | None = None
        task = Task(encoder, order.faces, self._thumbnails, PauseSwitch())
        self._stages = Stages(task, decoders=jobs, embedders=jobs, memory=self._memory)
        self._outcomes: Channel[Outcome] = Channel(1 << 62, self._stages.producers)
        self._stages.start(self._outcomes, self._fail)
        threading.Thread(target=self._sort, name="shards", daemon=True).start()

    @property
    def closed(self) -> bool:
        """Whether they take no further shard."""
        return self._closed

    def look_at(
        self,
        shard: Shard,
        find: Callable[[Sent], FileIdentity | None],
        tell: Callable[[int], None],
        worker: str = "",
        every: float = 1.0,
    ) -> Answer:
        """Look into the files of a shard.

        Args:
            shard: of this order.
            find: the file here; None where it is not, or is another one.
            tell: is told about once a second how many files are answered.
            worker: see `Answer`.
            every: seconds between.

        Raises:
            ClosedError: no further shard is taken; nothing was looked into.
            Exception: what ended the stages.
        """
        started = time.monotonic()
        gathering = _Gathering(shard)
        known = [content for sent in shard.files for content in sent.known]
        with self._changed:
            if self._closed:
                raise ClosedError
            self._shards.append(gathering)
            self._known.update(known)
        try:
            with suppress(Stopped):
                self._feed(gathering, find)
            self._wait_for(gathering, tell, every)
            return self._answer(gathering, worker, time.monotonic() - started)
        finally:
            with self._changed:
                self._shards.remove(gathering)
                self._known.subtract(known)
                self._known = +self._known
                for identity in gathering.identities:
                    self._by_identity.pop(id(identity), None)

    def hand_in(self) -> None:
        """Have all shards end soon with what they have; returns at once."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._handed_in_at = time.monotonic()
        self._stages.hand_in()

    # ------------------------------------------------------------------ giving

    def _feed(self, gathering: _Gathering, find: Callable[[Sent], FileIdentity | None]) -> None:
        """Give files to the stages as they are found here: on a network that takes its time.

        Raises:
            Stopped: nobody takes any more.
        """
        for place, sent in enumerate(gathering.shard.files):
            identity = find(sent)
            if self._closed:
                raise Stopped
            with self._changed:
                if identity is None:
                    gathering.unseen.append(place)
                    continue
                self._await(gathering, place, identity)
                self._stages.look_into((identity, None))
        faceless: list[Faceless] = []
        for photo in gathering.shard.faceless:
            identity = find(photo.file)
            if identity is None:
                gathering.faceless.add(photo.content_hash)
            else:
                faceless.append((identity, photo.content_hash))
        with self._changed:
            for _, content in faceless:
                self._await_faces(gathering, content)
            self._stages.look_for_faces(faceless)
            gathering.fed = True

    def _await(self, gathering: _Gathering, place: int, identity: FileIdentity) -> None:
        gathering.identities.append(identity)
        gathering.places[id(identity)] = place
        self._by_identity[id(identity)] = gathering

    def _await_faces(self, gathering: _Gathering, content: bytes) -> None:
        gathering.awaited[content] += 1
        self._by_content[content].append(gathering)

    def _wait_for(self, gathering: _Gathering, tell: Callable[[int], None], every: float) -> None:
        told = 0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: gathering.is_whole or self._ended, every)
                ended, looked = gathering.is_whole or self._ended, gathering.looked
            if looked != told:
                told = looked
                tell(looked)
            if ended:
                return

    @contextmanager
    def _memory(self) -> Iterator[SharedStages]:
        yield self

    def facts(self, hashes: Sequence[bytes]) -> Mapping[bytes, Known]:
        """See `Remembers`: of contents that home knows whole only the hash is wanted."""
        with self._changed:
            known = [content for content in hashes if content in self._known]
        return {content: Known(_named(content), _NOTHING, ()) for content in known}

    def knows_some(self) -> bool:
        """See `Remembers`."""
        return bool(self._known)

    # ------------------------------------------------------------------ taking

    def _sort(self) -> None:
        """Sort what the stages find by shards, to their end."""
        idle_since = time.monotonic()
        try:
            while not self._outcomes.ended:
                outcomes = self._outcomes.take(1024, least=1024, timeout=TICK)
                now = time.monotonic()
                with self._changed:
                    self._keep(outcomes)
                    if self._shards:
                        idle_since = now
                    elif now - idle_since > IDLE and not self._closed:
                        self._closed = True
                        self._stages.no_more()
                late = self._handed_in_at is not None and now - self._handed_in_at > HAND_IN
                if late or self._failure:
                    break
        finally:
            self._stages.stop()
            with self._changed:
                self._closed = self._ended = True
                self._changed.notify_all()

    def _fail(self, error: BaseException) -> None:
        with self._changed:
            self._failure = self._failure or error
            self._closed = True

    def _keep(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if isinstance(outcome, LookedThrough):
                self._keep_faces(outcome)
            elif isinstance(outcome, Examined | Unreadable):
                gathering = self._by_identity.pop(id(outcome.identity), None)
                if gathering is not None:
                    self._keep_file(gathering, outcome)
        self._changed.notify_all()

    def _keep_file(self, gathering: _Gathering, outcome: Examined | Unreadable) -> None:
        place = gathering.places[id(outcome.identity)]
        if isinstance(outcome, Unreadable):
            if outcome.is_new and outcome.content_hash is not None:
                gathering.answered += 1
                gathering.unread[place] = Unread(outcome.reason, outcome.content_hash)
            else:
                del gathering.places[id(outcome.identity)]
                gathering.unseen.append(place)
            return
        gathering.answered += 1
        content = outcome.content_hash
        if outcome.new_content and content not in gathering.hashes:
            assert outcome.vector is not None
            gathering.hashes.add(content)
            gathering.contents[place] = outcome.content
            gathering.vectors.append(outcome.vector)
            if self._thumbnails and (made := self._thumbnails.take(content)) is not None:
                gathering.thumbnails[content] = made
        else:
            gathering.same[place] = content
        if outcome.awaits_faces:
            self._await_faces(gathering, content)

    def _keep_faces(self, outcome: LookedThrough) -> None:
        content = outcome.content_hash
        waiting = self._by_content[content]
        gathering = waiting.popleft()
        if not waiting:
            del self._by_content[content]
        gathering.awaited[content] -= 1
        if outcome.faces is None:
            gathering.faceless.add(content)
        else:
            gathering.faces[content] = outcome.faces

    def _answer(self, gathering: _Gathering, worker: str, seconds: float) -> Answer:
        if self._failure is not None:
            raise self._failure
        vectors = gathering.vectors
        faces, faceless = gathering.faces, gathering.faceless - gathering.faces.keys()
        asked = {photo.content_hash for photo in gathering.shard.faceless}
        awaiting = (asked | (+gathering.awaited).keys()) - faces.keys() - faceless
        return Answer(
            number=gathering.shard.number,
            worker=worker,
            seconds=seconds,
            contents=gathering.contents,
            vectors=np.stack(vectors) if vectors else np.zeros((0, 0), np.float16),
            same=gathering.same,
            unread=gathering.unread,
            unseen=sorted(gathering.unseen),
            faces=faces,
            faceless=sorted(faceless),
            awaiting=sorted(awaiting),
            thumbnails=gathering.thumbnails,
            without_faces=self._stages.without_faces,
        )


class _Thumbnails:
    """Thumbnails on their way into an answer."""

    def __init__(self) -> None:
        self._made: dict[bytes, bytes] = {}

    def keep(self, content_hash: bytes, data: bytes) -> None:
        """See `ThumbnailSink`."""
        self._made[content_hash] = data

    def take(self, content_hash: bytes) -> bytes | None:
        """The thumbnail, which is forgotten here."""
        return self._made.pop(content_hash, None)


def _named(content: bytes) -> Content:
    """A content of which nothing but the hash is told."""
    return Content(content, "", 0, 0, Exif(), np.zeros(0, np.float32), np.zeros(0, np.uint8))
