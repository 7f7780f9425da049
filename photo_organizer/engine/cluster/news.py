"""What a connection to the coordinator tells whoever opened it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from photo_organizer.engine.cluster.messages import Answer, Introduction
from photo_organizer.engine.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Reached:
    """The coordinator answers."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The coordinator does not answer; it is tried again and again. Whatever was sent is lost."""

    why: Reason


@dataclass(frozen=True, slots=True)
class Seat:
    """What the coordinator says of a worker."""

    threads: int
    """Shards that it works on at a time; 0 while it takes none, for want of memory."""
    busy: bool
    """It works, for this run or for another one."""


@dataclass(frozen=True, slots=True)
class Present:
    """The workers that are there, by address; told about once a second."""

    workers: Mapping[str, Seat]


@dataclass(frozen=True, slots=True)
class Introduced:
    """What a worker says of itself, or why it said nothing that could be understood."""

    address: str
    said: Introduction | Reason


@dataclass(frozen=True, slots=True)
class Answered:
    """A shard is done, as far as its worker could."""

    answer: Answer


class Failure(Enum):
    """Why a shard comes back without an answer."""

    LOST = auto()
    """It was not sent, or nobody is left to answer it: no fault of its files."""
    RAISED = auto()
    """Its worker met an error that it did not expect."""
    DEADLY = auto()
    """One worker after another died of it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A shard has no answer."""

    number: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class Looked:
    """How many photos of a shard a worker has looked at so far."""

    worker: str
    number: int
    photos: int


News: TypeAlias = Reached | Parted | Present | Introduced | Answered | Failed | Looked
