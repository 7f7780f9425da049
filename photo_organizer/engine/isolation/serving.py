"""Answers the questions that a process is asked: see `child` and `process`."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence

import cv2

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import FileIdentity, Pixels, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.isolation import limits
from photo_organizer.engine.isolation.examination import Examiner, Wanted
from photo_organizer.engine.isolation.messages import (
    Failed,
    Question,
    SentPicture,
    SentSeen,
    Unreadable,
)
from photo_organizer.engine.isolation.shared_pixels import Shape, SharedPixels
from photo_organizer.engine.pixels import giants
from photo_organizer.engine.pixels.picture import Picture


class Server:
    """Does in the child what `process.Process` is asked in the parent.

    Args:
        pixels: address of the shared memory.
        shared: see `giants.share`.
    """

    def __init__(self, pixels: str, shared: int | None) -> None:
        # As many processes work as there are cores: each computes on one.
        cv2.setNumThreads(1)
        self._examiner = Examiner()
        self._sizes: list[int] = []
        self._pixels = SharedPixels(pixels)
        if shared is not None:
            giants.share(shared)

    def answer(self, question: object) -> object:
        """Answer one question; whatever is raised is an answer, too."""
        assert isinstance(question, Question)
        ask: Callable[..., object] = getattr(self, question.ask)
        self._pixels.clear()
        return _told(ask, *question.values)

    def read(self, identity: FileIdentity) -> bytes:
        """See `Examiner.read`."""
        limits.limit_time(identity.size)
        return self._examiner.read(identity)

    def read_all(self, identities: Sequence[FileIdentity]) -> list[object]:
        """See `Examiner.read_all`; each as `answer` would answer."""
        self._sizes = [identity.size for identity in identities]
        limits.limit_time(sum(self._sizes))
        self._examiner.forget()
        return [_told(self._examiner.read_one, *one) for one in enumerate(identities)]

    def examine(self, places: Sequence[int], wanted: Wanted) -> list[object]:
        """See `Examiner.examine`; each as `answer` would answer."""
        pixels: list[Pixels] = []
        answers = [_told(self._examine, place, wanted, pixels) for place in places]
        self._pixels.write(pixels)
        return answers

    def _examine(self, place: int, wanted: Wanted, pixels: list[Pixels]) -> SentSeen:
        limits.limit_time(self._sizes[place])
        seen = self._examiner.examine_one(place, wanted)
        if seen.prepared is not None:
            pixels.append(seen.prepared)
            return SentSeen(seen.found, None, seen.prepared.shape)
        assert seen.picture is not None
        shown = _pixels_of(seen.picture)
        pixels += shown
        return SentSeen(seen.found, _sent(seen.picture, [one.shape for one in shown]), None)

    def faces(self) -> tuple[Face, ...] | Reason:
        """See `Examiner.faces`."""
        return self._examiner.faces()

    def view(self, max_side: int) -> list[Shape]:
        """See `Examiner.view`."""
        return self._pixels.write([self._examiner.view(max_side)])

    def decode(self) -> SentPicture:
        """See `Examiner.decode`."""
        picture = self._examiner.decode()
        return _sent(picture, self._pixels.write([picture.pixels]))


def _told(ask: Callable[..., object], *values: object) -> object:
    try:
        return ask(*values)
    except UnreadableError as error:
        return Unreadable(error.reason)
    except Exception as error:  # noqa: BLE001 - the parent logs it, and names file and reason
        message = str(error) or type(error).__name__
        return Failed(message, isinstance(error, MemoryError), traceback.format_exc())


def _pixels_of(picture: Picture) -> list[Pixels]:
    """The picture, and its small one where that is another."""
    apart = picture.small is not picture.pixels
    return [picture.pixels, picture.small][: 1 + apart]


def _sent(picture: Picture, shapes: list[Shape]) -> SentPicture:
    return SentPicture(
        shapes,
        picture.width,
        picture.height,
        picture.format,
        picture.lossy,
        picture.saved_quality,
    )
