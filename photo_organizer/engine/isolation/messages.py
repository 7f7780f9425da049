"""What parent and child say to each other: small pickles; pixels lie in shared memory."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.isolation.shared_pixels import Shape

if TYPE_CHECKING:
    from photo_organizer.engine.isolation.examination import Examination

READY = "ready"
"""The child's first word."""

_LENGTH = 8
"""Bytes of the length before each pickle."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to do: the name of a method of `serving.Server`, and its arguments."""

    ask: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The answer about a file that cannot be decoded."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Failed:
    """The answer to a question during which something was raised that nobody foresaw."""

    message: str
    is_memory: bool
    traceback: str


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A `Picture` whose pixels lie in the shared memory."""

    shapes: list[Shape]
    """Of ``pixels`` and, where it is another picture, of ``small``."""
    width: int
    height: int
    format: str
    lossy: bool
    saved_quality: float


@dataclass(frozen=True, slots=True)
class SentSeen:
    """A photo that was examined; its pixels lie in the shared memory, after those before it."""

    found: Examination
    picture: SentPicture | None
    prepared: Shape | None


def send(pipe: BinaryIO, message: object) -> None:
    """Write one message.

    Raises:
        OSError: nobody reads any more.
    """
    packed = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(packed).to_bytes(_LENGTH, "little") + packed)
    pipe.flush()


def receive(pipe: BinaryIO) -> object:
    """Read one message.

    Raises:
        EOFError: nobody writes any more.
    """
    head = pipe.read(_LENGTH)
    length = int.from_bytes(head, "little")
    packed = pipe.read(length) if len(head) == _LENGTH else b""
    if not packed or len(packed) < length:
        raise EOFError
    return pickle.loads(packed)
