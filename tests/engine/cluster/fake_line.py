"""Other computers as a test has them: they answer, fail, die and vanish as they are told."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import contextmanager

import numpy as np

from photo_organizer.engine.analysis.channel import Channel
from photo_organizer.engine.analysis.outcomes import Examined, LookedThrough, Outcome, Unreadable
from photo_organizer.engine.cluster.messages import (
    Answer,
    Build,
    HandIn,
    Introduction,
    Order,
    Sent,
    Shard,
    Unread,
)
from photo_organizer.engine.cluster.news import (
    Answered,
    Failed,
    Failure,
    Introduced,
    Parted,
    Present,
    Reached,
    Seat,
)
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.storage.store import Content

BROKEN = Reason("files.truncated", {"format": "JPEG"})


def hash_of(name: str) -> bytes:
    """The content of a file: copies are called "1 copy"."""
    return hashlib.blake2b(name.removesuffix(" copy").encode(), digest_size=16).digest()


def content_of(name: str) -> Content:
    return Content(
        hash_of(name),
        "JPEG",
        10,
        10,
        Exif(),
        np.zeros(3, np.float32),
        np.zeros(4, np.uint8),
    )


def vector_of(name: str) -> np.ndarray:
    return np.frombuffer(hash_of(name), np.uint8).astype(np.float16)


class FakeHome:
    """Hands at home that find everything at once; `looked` are the names that they had."""

    producers = 1
    without_faces = None

    def __init__(self, *, faces: bool) -> None:
        self._faces = faces
        self.looked: list[str] = []
        self.stopped = False
        self._outcomes: Channel[Outcome]

    def start(self, outcomes: Channel[Outcome], _fail: Callable[[BaseException], None]) -> None:
        self._outcomes = outcomes

    def look_into(self, file) -> None:
        name = file[0].path.name
        self.looked.append(name)
        if name.startswith("broken"):
            self._outcomes.put(Unreadable(file[0], BROKEN, hash_of(name), is_new=True))
            return
        content = content_of(name)
        found = Examined(
            file[0],
            content.content_hash,
            content,
            vector=vector_of(name),
            awaits_faces=self._faces,
            new_content=True,
            new_vector=True,
        )
        self._outcomes.put(found)
        if self._faces:
            self._outcomes.put(LookedThrough(content.content_hash, ()))

    def look_for_faces(self, photos: Iterable) -> None:
        for identity, content_hash in photos:
            self.looked.append(f"faces of {identity.path.name}")
            self._outcomes.put(LookedThrough(content_hash, ()))

    def no_more(self) -> None:
        self._outcomes.close()

    def stop(self) -> None:
        self.stopped = True

    def join(self, _timeout: float) -> None:
        pass


class NoMemory:
    def facts(self, _hashes):
        return {}

    def knows_some(self):
        return False

    def whole(self, _identity):
        return ()


@contextmanager
def no_memory():
    yield NoMemory()


class FakeLine:
    """A line to workers that answer on a thread of their own, one shard after another.

    Args:
        hear: takes the news.
        workers: who is there.
        answer: what becomes of a shard at a worker; None: nothing, it dies of it.
    """

    def __init__(
        self,
        hear: Callable[[object], None],
        workers: Collection[str] = ("tcp://a:1",),
        answer: Callable[[Shard, str], Answer | Failure | None] | None = None,
    ) -> None:
        self._hear = hear
        self.workers = set(workers)
        self.sent: list[tuple[Shard, frozenset[str]]] = []
        self.dropped: list[int] = []
        self.handed_in: list[HandIn] = []
        self.order: Order | None = None
        self._answer = answer or whole
        self._lock = threading.Lock()

    def follow(self, order: Order) -> None:
        self.order = order
        self._hear(Reached())
        self.come(*self.workers)

    def come(self, *workers: str, unfit: Reason | None = None) -> None:
        """Workers are there from now on."""
        self.workers |= set(workers)
        self.look()
        for worker in workers:
            self._hear(Introduced(worker, Introduction(worker, Build(), "cpu", unfit)))

    def look(self) -> None:
        with self._lock:
            self._hear(Present({worker: Seat(1, False) for worker in self.workers}))

    def go(self, worker: str) -> None:
        """A worker is gone from now on."""
        self.workers.discard(worker)
        self.look()

    def part(self) -> None:
        """The coordinator is gone, and comes again at once."""
        self._hear(Parted(Reason("cluster.unreachable", {"address": "tcp://nas:1"})))
        assert self.order is not None
        self.follow(self.order)

    def send(self, shard: Shard, workers: Collection[str]) -> None:
        with self._lock:
            self.sent.append((shard, frozenset(workers)))
        threading.Thread(target=self._work, args=(shard, set(workers))).start()

    def _work(self, shard: Shard, workers: set[str]) -> None:
        found = None
        # Others do what somebody who went had in hand.
        while found is None and workers:
            found = self._answer(shard, min(workers))
            workers &= self.workers - {min(workers)}
        if isinstance(found, Failure):
            self._hear(Failed(shard.number, found))
        elif found is not None:
            self._hear(Answered(found))

    def drop(self, number: int) -> None:
        self.dropped.append(number)

    def hand_in(self, ask: HandIn) -> None:
        self.handed_in.append(ask)


def whole(
    shard: Shard,
    worker: str,
    *,
    sees: Callable[[Sent], bool] = lambda _: True,
    looks_at: Callable[[Sent], bool] = lambda _: True,
    **more,
) -> Answer:
    """The answer of a computer that sees and looks at such files."""
    contents, unread, unseen = {}, {}, []
    for place, sent in enumerate(shard.files):
        if not sees(sent):
            unseen.append(place)
        elif looks_at(sent):
            if sent.path.startswith("broken"):
                unread[place] = Unread(BROKEN, hash_of(sent.path))
            else:
                contents[place] = content_of(sent.path)
    names = [shard.files[place].path for place in contents]
    faces = {}
    if shard.order.faces:
        faces = {hash_of(name): () for name in names}
        faces |= {one.content_hash: () for one in shard.faceless if looks_at(one.file)}
    found = {
        "same": {},
        "faces": faces,
        "faceless": (),
        "awaiting": (),
        "thumbnails": {},
        **more,
    }
    return Answer(
        number=shard.number,
        worker=worker,
        seconds=0.1,
        contents=contents,
        vectors=np.array([vector_of(name) for name in names], np.float16),
        unread=unread,
        unseen=unseen,
        **found,
    )
