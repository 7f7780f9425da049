"""What travels between the computers that look at one library together.

Plain values, which `distributed` pickles. A path travels relative to the library's root, which
every computer has somewhere else; a photo never travels, only what was found out about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer import __version__
from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, FACES_VERSION
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.storage.store import Content

PROTOCOL = 1
"""Of these messages: counted up whenever one of them changes."""

SHARD = 256
"""Files of one shard, at most."""

PROGRESS_TOPICS = "photo-organizer-run-"
"""Beginning of every `progress_topic`."""


LIBRARY = "photo-organizer-library"
"""Where a coordinator keeps what it knows of its library: `names` and `build`, see `Library`."""

COMPUTER = "photo-organizer-computer"
"""Under this a worker tells its coordinator what people call its computer."""


@dataclass(frozen=True, slots=True)
class Build:
    """What must be the same on two computers, so that they find out the same of a photo."""

    program: str = __version__
    protocol: int = PROTOCOL
    content: str = CONTENT_VERSION
    faces: str = FACES_VERSION


@dataclass(frozen=True, slots=True)
class Library:
    """What a coordinator tells of its library to whoever joins."""

    names: list[str]
    """See `roots.names_in`."""
    build: dict[str, Any]
    """See `Build`."""

    @classmethod
    def of(cls, names: list[str]) -> Library:
        """The library with such names, served by this program."""
        return cls(names, asdict(Build()))

    def to_metadata(self) -> dict[str, Any]:
        """In the plain values that travel before anything is agreed on."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Order:
    """What one run asks of all its photos."""

    run: str
    """A name of this run that no other one has."""
    model: str
    """Full name of the model, never "auto"."""
    model_version: str
    """See `EmbeddingModel.version`."""
    faces: bool
    """Look for faces in photos that may show somebody."""
    thumbnails: bool
    """Make thumbnails, too."""
    build: Build = Build()


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to be looked into."""

    path: str
    """Relative to the root, with slashes; bytes that are no UTF-8 as `os.fsdecode` gives them."""
    size: int
    """Bytes. Another size, or another time of change, is another file: it is `unseen`."""
    mtime_ns: int
    known: tuple[bytes, ...] = ()
    """Contents of which all is known: if it is one of these, only its hash is wanted."""


@dataclass(frozen=True, slots=True)
class SentFaceless:
    """A photo of which only the faces are missing."""

    file: Sent
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class Shard:
    """Files that one computer looks into at a time."""

    order: Order
    number: int
    files: tuple[Sent, ...] = ()
    faceless: tuple[SentFaceless, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that holds nothing readable, for good: see `Unreadable.is_new`."""

    reason: Reason
    content_hash: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a computer found out of a shard; files are called by their places in `Shard.files`.

    A file that is in none of these was not looked into: the computer was asked to hand in.
    """

    number: int
    """Of the shard."""
    worker: str
    """Address of who answers, as the coordinator calls it."""
    seconds: float
    contents: Mapping[int, Content]
    """Decoded and measured."""
    vectors: NDArray[np.float16]
    """(n, D), a row for each of `contents`, in their order."""
    same: Mapping[int, bytes]
    """Files whose content is that of another file in `contents`, or known to whoever asked: one of
    `Sent.known` of some file of this order."""
    unread: Mapping[int, Unread]
    unseen: Sequence[int]
    """Files that this computer cannot see or read, or finds changed; others may."""
    faces: Mapping[bytes, tuple[Face, ...]]
    """By content, of the photos that were looked through."""
    faceless: Sequence[bytes]
    """Contents that could not be looked through for faces this time."""
    awaiting: Sequence[bytes]
    """Contents that are still to be looked through for faces: the computer was asked to hand in."""
    thumbnails: Mapping[bytes, bytes]
    """By content: a JPEG, see `thumbnails.encode`. Empty where none was wanted."""
    without_faces: Reason | None = None
    """Why no faces can be looked for on this computer."""
    unfit: Reason | None = None
    """Why it cannot follow the order after all, a model that does not open for instance: nobody
    sends it another shard of this run, and what is in none of the lists is looked into by others.
    """


@dataclass(frozen=True, slots=True)
class HandIn:
    """Asks a worker to end shards as soon as the photos in its hands are done.

    It holds for shards that wait to be begun on this worker, too: these answer at once, with
    nothing. Shards that are sent later, after a pause, have higher numbers.
    """

    run: str
    through: int
    """Number of the last shard that is meant."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a worker says of itself."""

    name: str
    """Of the computer, as the network calls it."""
    build: Build
    device: str
    """"cuda", "mps" or "cpu"."""
    unfit: Reason | None = None
    """Why it cannot follow the order that it was shown. Ask again a little later: a model is being
    opened or proves itself ("cluster.preparing"), or somebody installs it meanwhile."""


def nothing_of(shard: Shard, worker: str, unfit: Reason | None = None) -> Answer:
    """The answer of who looked into nothing.

    Args:
        shard: that was sent.
        worker: see `Answer`.
        unfit: see there.
    """
    return Answer(
        number=shard.number,
        worker=worker,
        seconds=0.0,
        contents={},
        vectors=np.zeros((0, 0), np.float16),
        same={},
        unread={},
        unseen=(),
        faces={},
        faceless=(),
        awaiting=tuple(photo.content_hash for photo in shard.faceless),
        thumbnails={},
        unfit=unfit,
    )


def progress_topic(run: str) -> str:
    """Where workers tell of each run, about once a second: a `dict` of `looked` and `shard`."""
    return f"{PROGRESS_TOPICS}{run}"
