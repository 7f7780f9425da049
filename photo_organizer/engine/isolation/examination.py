"""Everything that is found out about one photo without a model; no process is needed for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Pixels
from photo_organizer.engine.domain.holdings import Holdings
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.pixels import decode, fingerprints, holdings, measures, thumbnails
from photo_organizer.engine.pixels.picture import Picture

if TYPE_CHECKING:
    from photo_organizer.engine.faces.finder import FaceFinder

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
    """See `thumbnails.encode`."""


class Examiner:
    """Looks into one file after another, in whatever process it lives.

    `photo_organizer.engine.isolation.process.Process` does the same in a process of its own.
    """

    def __init__(self) -> None:
        self._data = b""
        self._suffix = ""
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

    def examine(self) -> tuple[Examination, Picture]:
        """Decode and measure the file that was read.

        Raises:
            UnreadableError: as `decode.open_photo`.
        """
        picture, exif = decode.open_photo(self._data, self._suffix)
        found = Examination(
            exif,
            measures.measure(picture),
            fingerprints.fingerprint(picture),
            holdings.holdings(self._data, picture),
            thumbnails.encode(picture.small),
        )
        self._data = b""
        return found, picture

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
