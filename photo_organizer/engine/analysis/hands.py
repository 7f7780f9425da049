"""Who looks into the photos of a run: threads of this program, or other computers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from photo_organizer.engine.analysis.channel import Channel
from photo_organizer.engine.analysis.outcomes import Outcome
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.analysis.remembered import RemembersFiles
from photo_organizer.engine.domain.computers import Cluster
from photo_organizer.engine.domain.facts import FileIdentity
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files.beside_dates import BesideDates
from photo_organizer.engine.pixels.thumbnails import ThumbnailSink

File = tuple[FileIdentity, bytes | None]
"""A file to be looked into, and the content that it is known to have, if it is."""

Faceless = tuple[FileIdentity, bytes]
"""A photo of which all is known but its faces, and its content."""


class Hands(Protocol):
    """Looks into files; what it finds goes to the outcomes that it was started with.

    It is given work from one thread. `start` comes first; work may be given before.
    """

    @property
    def producers(self) -> int:
        """How often it will close the outcomes."""

    @property
    def without_faces(self) -> Reason | None:
        """Why faces cannot be looked for; None: they can, or nobody tried."""

    def start(self, outcomes: Channel[Outcome], fail: Callable[[BaseException], None]) -> None:
        """Begin.

        Args:
            outcomes: takes what is found out.
            fail: is told what ends the run.
        """

    def look_into(self, file: File) -> None:
        """Look into a file as soon as somebody has time; returns at once."""

    def look_for_faces(self, photos: Iterable[Faceless]) -> None:
        """The same for photos of which only the faces are missing.

        Each was told to await its faces: a `LookedThrough` follows.
        """

    def no_more(self) -> None:
        """All work was given: end once it is done."""

    def stop(self) -> None:
        """End now; what is in hand is finished or dropped."""

    def join(self, timeout: float) -> None:
        """Wait for the end, at most so many seconds."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a run asks of whoever looks into its photos."""

    encoder: Callable[[], ImageEncoder]
    """Waits for the encoder of the run to be opened."""
    faces: bool
    """Look for faces in photos that may show somebody."""
    thumbnails: ThumbnailSink | None
    """Takes a thumbnail of each photo that is decoded; None: nobody wants any."""
    pause: PauseSwitch


@dataclass(frozen=True, slots=True)
class Home:
    """What this computer has, and no other one."""

    hands: Callable[[], Hands]
    """Makes hands of this computer, for what no other one can see or do."""
    memory: Callable[[], AbstractContextManager[RemembersFiles]]
    """Opens what is known already, for the thread that calls it."""
    dates: BesideDates
    """What lies beside the files tells of them."""


class Computers(Protocol):
    """Other computers that look into the photos of a run."""

    def hands(self, task: Task, home: Home) -> Hands:
        """Who has these computers work for one run.

        Args:
            task: what is asked of them.
            home: this computer.
        """

    @property
    def cluster(self) -> Cluster:
        """How they are at this moment; may be asked from any thread."""
