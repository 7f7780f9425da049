"""Faces cut out of photos in the background; kept in memory only, and never written anywhere."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage

from photo_organizer.engine.domain.closeups import Closeup
from photo_organizer.engine.domain.facts import Photo, Pixels, UnreadableError
from photo_organizer.ui.session.background import Background
from photo_organizer.ui.session.qt_images import image_of

log = logging.getLogger(__name__)

Cut = Callable[[Path, Sequence[Closeup], int], Sequence[Pixels]]
"""File, close-ups and their side in pixels to upright RGB; raises UnreadableError or OSError."""

THREADS = 2
KEPT_BYTES = 96 * 1024 * 1024
"""About 200 close-ups of the largest size."""

_Key = tuple[Path, int, Closeup, int]
_Wanted = tuple[Photo, tuple[Closeup, ...], int]
"""Of which photo, which close-ups, how large."""


def cut_out(path: Path, closeups: Sequence[Closeup], side: int) -> Sequence[Pixels]:
    """See `photo_organizer.engine.isolation.views.closeups`."""
    from photo_organizer.engine.isolation import views

    return views.closeups(path, closeups, side)


class FaceCloseups(Background):
    """Cuts out what is wanted, a photo at a time; what is no longer wanted is not begun."""

    ready = Signal(int)
    """The close-ups wanted of this photo (its id) are there, or cannot be made."""
    _arrived = Signal(object, object, object)

    def __init__(self, cut: Cut = cut_out, kept_bytes: int = KEPT_BYTES) -> None:
        super().__init__(THREADS, "face-closeups")
        self._cut = cut
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()
        self._bytes = 0
        self._failed: set[_Key] = set()
        self._forgotten = 0
        # The threads and the GUI thread meet here only.
        self._lock = threading.Lock()
        self._queue: list[_Wanted] = []
        self._running: set[_Key] = set()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def want(self, wanted: Iterable[tuple[Photo, Sequence[Closeup]]], side: int) -> None:
        """Make these close-ups and no others.

        Args:
            wanted: of which photos, the one looked at first.
            side: in pixels.
        """
        with self._lock:
            self._queue = [
                (photo, missing, side)
                for photo, closeups in wanted
                if (missing := tuple(c for c in closeups if self._is_new(_key(photo, c, side))))
            ]
            waiting = len(self._queue)
        for _ in range(min(THREADS, waiting)):
            self.run_aside(self._work)

    def at_hand(self, photo: Photo, closeup: Closeup, side: int) -> QImage | None:
        """The close-up, where it is there."""
        key = _key(photo, closeup, side)
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
        return image

    def has_failed(self, photo: Photo, closeup: Closeup, side: int) -> bool:
        """Whether the close-up cannot be made: the photo cannot be read any more."""
        return _key(photo, closeup, side) in self._failed

    def forget(self) -> None:
        """Keep none, nor what is being made: nobody looks at faces any more."""
        self.want((), 0)
        self._forgotten += 1
        self._kept.clear()
        self._failed.clear()
        self._bytes = 0

    def close(self) -> None:
        """Forget everything and let the threads end."""
        self.forget()
        self.close_threads()

    def _is_new(self, key: _Key) -> bool:
        return not (key in self._kept or key in self._running or key in self._failed)

    # ------------------------------------------------------------------ on a thread

    def _work(self) -> None:
        """Cut what is most wanted, and go on while there is something to cut."""
        while (taken := self._take()) is not None:
            (photo, closeups, side), forgotten = taken, self._forgotten
            images: list[QImage] = []
            try:
                images = [image_of(pixels) for pixels in self._cut(photo.path, closeups, side)]
            except (OSError, UnreadableError) as error:
                # The canvas above tells people that the photo cannot be shown, and why.
                log.info("No face of %s: %s", photo.path, error)
            except Exception:  # the thread's boundary: the strip says that there is no picture
                log.exception("Cannot cut a face out of %s", photo.path)
            with self._lock:
                self._running.difference_update(_key(photo, c, side) for c in closeups)
            if forgotten == self._forgotten:
                self._arrived.emit(taken, images, forgotten)

    def _take(self) -> _Wanted | None:
        with self._lock:
            if not self._queue:
                return None
            taken = self._queue.pop(0)
            photo, closeups, side = taken
            self._running.update(_key(photo, c, side) for c in closeups)
            return taken

    # ------------------------------------------------------------------ on the GUI thread

    @Slot(object, object, object)
    def _deliver(self, made: _Wanted, images: Sequence[QImage], forgotten: int) -> None:
        if forgotten != self._forgotten:
            return
        photo, closeups, side = made
        keys = [_key(photo, closeup, side) for closeup in closeups]
        if not images:
            self._failed.update(keys)
        for key, image in zip(keys, images, strict=False):
            self._remember(key, image)
        self.ready.emit(photo.id)

    def _remember(self, key: _Key, image: QImage) -> None:
        if (before := self._kept.pop(key, None)) is not None:
            self._bytes -= before.sizeInBytes()
        self._kept[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._kept_bytes and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].sizeInBytes()


def _key(photo: Photo, closeup: Closeup, side: int) -> _Key:
    return photo.path, photo.identity.mtime_ns, closeup, side
