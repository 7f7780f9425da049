"""Everything that is found out about one photo without a model; no process is needed for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Pixels, UnreadableError
from photo_organizer.engine.domain.holdings import Holdings
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.pixels import decode, fingerprints, holdings, measures, thumbnails
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Preparing

if TYPE_CHECKING:
    from photo_organizer.engine.faces.finder import FaceFinder

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examination:
    """What is known of a photo once it was decoded."""

    exif: Exif
    measures: NDArray[np.float32]
    """See `measures.measure`."""
    fingerprint: NDArray[np.uint8]
    """See `fingerprints.fingerprint`."""
    holdings: Holdings
    thumbnail: bytes
    """See `thumbnails.encode`; empty where none was wanted."""
    format: str
    width: int
    """Of the whole upright photo, in pixels."""
    height: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of photos beside what is always found out."""

    preparing: Preparing | None = None
    """Makes what the network looks at; None: the pictures themselves are wanted."""
    thumbnail: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo that was examined."""

    found: Examination
    picture: Picture | None
    prepared: Pixels | None
    """What `Wanted.preparing` made of the picture; one of the two is there."""


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    suffix: str


class Examiner:
    """Looks into one file after another, in whatever process it lives.

    `photo_organizer.engine.isolation.process.Process` does the same in a process of its own.
    """

    def __init__(self) -> None:
        self._data = b""
        self._suffix = ""
        self._files: dict[int, _File] = {}
        self._finder: FaceFinder | None = None

    def read(self, identity: FileIdentity) -> bytes:
        """Read a file, and name its content.

        Returns:
            `photo_files.content_hash`.

        Raises:
            UnreadableError: as `photo_files.read`.
        """
        self._data, self._suffix = b"", identity.path.suffix
        self._data = photo_files.read(identity)
        return photo_files.content_hash(self._data)

    def read_all(self, identities: Sequence[FileIdentity]) -> list[bytes | UnreadableError]:
        """Read several files, and name their contents; `examine` asks for them by their places.

        Returns:
            For each `photo_files.content_hash`, or why it cannot be read.
        """
        self.forget()
        return [_or_why(self.read_one, *numbered) for numbered in enumerate(identities)]

    def forget(self) -> None:
        """Forget the files that were read by their places."""
        self._files.clear()

    def read_one(self, place: int, identity: FileIdentity) -> bytes:
        """Read one of several files.

        Raises:
            UnreadableError: as `photo_files.read`.
        """
        data = photo_files.read(identity)
        self._files[place] = _File(data, identity.path.suffix)
        return photo_files.content_hash(data)

    def examine(self, places: Sequence[int], wanted: Wanted) -> list[Seen | UnreadableError]:
        """Decode and measure some of the files that were read, or say why that cannot be."""
        return [_or_why(self.examine_one, place, wanted) for place in places]

    def examine_one(self, place: int, wanted: Wanted) -> Seen:
        """Decode and measure one of several files.

        Raises:
            UnreadableError: as `decode.open_photo`.
        """
        file = self._files.pop(place)
        picture, exif = decode.open_photo(file.data, file.suffix)
        found = Examination(
            exif,
            measures.measure(picture),
            fingerprints.fingerprint(picture),
            holdings.holdings(file.data, picture),
            thumbnails.encode(picture.small) if wanted.thumbnail else b"",
            picture.format,
            picture.width,
            picture.height,
        )
        if wanted.preparing is None:
            return Seen(found, picture, None)
        return Seen(found, None, wanted.preparing(picture))

    def faces(self) -> tuple[Face, ...] | Reason:
        """The faces in the file that was read, or why none can be looked for on this machine.

        Raises:
            UnreadableError: as `decode.decode`.
        """
        pixels = decode.decode(self._data, self._suffix).pixels
        self._data = b""
        # Most photos show nobody, and most processes never load the networks.
        from photo_organizer.engine.faces.finder import FaceFinder
        from photo_organizer.engine.faces.networks import NetworksError

        try:
            if self._finder is None:
                self._finder = FaceFinder()
        except NetworksError as error:
            log.warning("Faces cannot be looked for: %s", error)
            return Reason("faces.no_networks")
        return self._finder.find(pixels)

    def view(self, max_side: int) -> Pixels:
        """Decode the file that was read for looking at it.

        Raises:
            UnreadableError: as `decode.decode_view`.
        """
        pixels = decode.decode_view(self._data, self._suffix, max_side)
        self._data = b""
        return pixels

    def decode(self) -> Picture:
        """Decode the file that was read as it is analysed.

        Raises:
            UnreadableError: as `decode.decode`.
        """
        picture = decode.decode(self._data, self._suffix)
        self._data = b""
        return picture


def _or_why(look: Callable[P, T], *args: P.args, **named: P.kwargs) -> T | UnreadableError:
    try:
        return look(*args, **named)
    except UnreadableError as error:
        return error
