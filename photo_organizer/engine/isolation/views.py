"""Photos to be looked at, decoded in another process; for any thread but the window's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.engine.domain.closeups import Closeup
from photo_organizer.engine.domain.facts import Pixels, UnreadableError
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation.pool import Looks, processes

if TYPE_CHECKING:
    from photo_organizer.engine.pixels.thumbnails import ThumbnailCache


def view(path: Path, max_side: int) -> Pixels:
    """A photo as `decode.decode_view` shows it.

    Raises:
        UnreadableError: there is nothing to show.
    """
    identity = photo_files.identify(path)

    def work(process: Looks) -> Pixels:
        process.read(identity)
        # The memory is shared, and the next photo will be put there.
        return process.view(max_side).copy()

    return processes().ask(work)


def closeups(path: Path, wanted: Sequence[Closeup], side: int) -> list[Pixels]:
    """Faces cut out of a photo that is decoded once, as `pixels.closeups.cut` does it.

    Args:
        path: of the photo.
        wanted: at least one.
        side: of each of them in pixels.

    Raises:
        UnreadableError: there is nothing to show.
    """
    # Imported here: it computes, and most of what is looked at needs no face.
    from photo_organizer.engine.pixels.closeups import cut, view_side

    identity = photo_files.identify(path)
    finest = max(view_side(closeup, side) for closeup in wanted)

    def work(process: Looks) -> list[Pixels]:
        process.read(identity)
        pixels = process.view(finest)
        return [cut(pixels, closeup, side) for closeup in wanted]

    return processes().ask(work)


def analysed(path: Path) -> tuple[Pixels, float]:
    """A photo's pixels as they are measured, and their scale: see `Picture`.

    Raises:
        UnreadableError: the file cannot be decoded whole.
    """
    identity = photo_files.identify(path)

    def work(process: Looks) -> tuple[Pixels, float]:
        process.read(identity)
        picture = process.decode()
        return picture.pixels.copy(), picture.scale

    return processes().ask(work)


def thumbnail(kept: ThumbnailCache, content_hash: bytes, path: Path) -> bytes:
    """The thumbnail of a photo, decoded from `path` where it is not kept yet.

    Raises:
        UnreadableError: the photo cannot be shown, or its content is another by now.
        OSError: the folder of thumbnails cannot be written.
    """
    if (known := kept.get(content_hash)) is not None:
        return known
    # Imported here: what is kept is shown before what decodes is loaded.
    from photo_organizer.engine.pixels.thumbnails import SIDE

    identity = photo_files.identify(path)

    def work(process: Looks) -> bytes:
        if process.read(identity) != content_hash:
            raise UnreadableError("files.changed")
        return kept.put(content_hash, process.view(SIDE))

    return processes().ask(work)
