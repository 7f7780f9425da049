"""Answers the questions that a process is asked: see `child` and `process`."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import cv2

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import FileIdentity, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.isolation import limits
from photo_organizer.engine.isolation.examination import Examination, Examiner
from photo_organizer.engine.isolation.messages import Failed, Question, SentPicture, Unreadable
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
        self._pixels = SharedPixels(pixels)
        if shared is not None:
            giants.share(shared)

    def answer(self, question: object) -> object:
        """Answer one question; whatever is raised is an answer, too."""
        assert isinstance(question, Question)
        ask: Callable[..., object] = getattr(self, question.ask)
        try:
            self._pixels.clear()
            return ask(*question.values)
        except UnreadableError as error:
            return Unreadable(error.reason)
        except Exception as error:  # noqa: BLE001 - the parent logs it, and names file and reason
            message = str(error) or type(error).__name__
            return Failed(message, isinstance(error, MemoryError), traceback.format_exc())

    def read(self, identity: FileIdentity) -> bytes:
        """See `Examiner.read`."""
        limits.limit_time(identity.size)
        return self._examiner.read(identity)

    def examine(self) -> tuple[Examination, SentPicture]:
        """See `Examiner.examine`."""
        found, picture = self._examiner.examine()
        return found, self._send(picture, with_small=True)

    def faces(self) -> tuple[Face, ...] | Reason:
        """See `Examiner.faces`."""
        return self._examiner.faces()

    def view(self, max_side: int) -> list[Shape]:
        """See `Examiner.view`."""
        return self._pixels.write([self._examiner.view(max_side)])

    def decode(self) -> SentPicture:
        """See `Examiner.decode`."""
        return self._send(self._examiner.decode(), with_small=False)

    def _send(self, picture: Picture, *, with_small: bool) -> SentPicture:
        apart = with_small and picture.small is not picture.pixels
        shapes = self._pixels.write([picture.pixels, picture.small][: 1 + apart])
        return SentPicture(
            shapes,
            picture.width,
            picture.height,
            picture.format,
            picture.lossy,
            picture.saved_quality,
        )
