"""Decodes photos for the large views in the background; what nobody waits for any more is dropped.

Thumbnails have their own, smaller path; this one loads at screen scale or at full size.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage

from photo_organizer.engine.domain.facts import Photo, Pixels, UnreadableError
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.ui.session.background import Background
from photo_organizer.ui.session.qt_images import image_of

log = logging.getLogger(__name__)

Read = Callable[[Path, int], Pixels]
"""File and longest side wanted to upright RGB; raises UnreadableError or OSError."""

CACHE_BYTES = 384 * 1024 * 1024
WORKERS = min(4, max(3, os.cpu_count() or 0))
RESERVED = 1
"""Threads that load only what is looked at: it never waits for what may be looked at next."""

_Key = tuple[Path, bytes, int]
"""Where the file lies, its content, and the longest side: another file in its place is another."""


def read_file(path: Path, max_side: int) -> Pixels:
    """Decode one file so that its longer side is about `max_side` pixels, never enlarged."""
    from photo_organizer.engine.isolation import views

    path.stat()  # a file that is gone is told of in words of its own
    return views.view(path, max_side)


class ImageLoader(Background):
    """Loads pictures on its own threads and hands them over as signals on the GUI thread.

    Every request has a ticket. A caller remembers its latest ticket and ignores all others; a
    dropped request that has not started is never decoded. Requests for one picture share one
    decoding. What was loaded stays in a bounded memory; the least recently used goes first.
    """

    loaded = Signal(int, QImage)
    """Ticket and picture."""
    failed = Signal(int, object)
    """Ticket and the `Reason`, one short clause."""
    _arrived = Signal(object, object, object)

    def __init__(self, read: Read = read_file, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(WORKERS, "image-loader")
        self._read = read
        self._cache_bytes = cache_bytes
        self._cache: OrderedDict[_Key, QImage] = OrderedDict()
        self._bytes = 0
        self._tickets = 0
        self._keys: dict[int, _Key] = {}
        self._waiting: dict[_Key, set[int]] = {}
        # The threads and the GUI thread meet here only.
        self._lock = threading.Lock()
        self._queue: OrderedDict[_Key, bool] = OrderedDict()
        self._running: set[_Key] = set()
        self._ahead = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def memory(self) -> int:
        """Bytes taken by the pictures kept."""
        return self._bytes

    def cached(self, photo: Photo, max_side: int) -> QImage | None:
        """The picture at this size, where it is still in memory."""
        key = _key(photo, max_side)
        image = self._cache.get(key)
        if image is not None:
            self._cache.move_to_end(key)
        return image

    def best(self, photo: Photo) -> QImage | None:
        """The largest picture of a photo that is still in memory."""
        mine = [key for key in self._cache if key[:2] == _key(photo, 0)[:2]]
        return self._cache[max(mine, key=lambda key: key[2])] if mine else None

    def load(self, photo: Photo, max_side: int, *, ahead: bool = False) -> int:
        """Ask for a picture whose longer side is `max_side`; its ticket, which is never 0.

        Args:
            photo: whose picture.
            max_side: in pixels.
            ahead: nobody looks at it yet: what is looked at comes first.
        """
        self._tickets += 1
        ticket, key = self._tickets, _key(photo, max_side)
        self._keys[ticket] = key
        self._waiting.setdefault(key, set()).add(ticket)
        with self._lock:
            if key in self._running:
                return ticket
            # What is asked for again, and now looked at, is not ahead any more.
            self._queue[key] = ahead and self._queue.get(key, True)
        self.run_aside(self._work)
        return ticket

    def drop(self, ticket: int) -> None:
        """Nobody waits for this ticket any more; unknown tickets are ignored."""
        key = self._keys.pop(ticket, None)
        if key is None:
            return
        tickets = self._waiting[key]
        tickets.discard(ticket)
        if not tickets:
            del self._waiting[key]
            with self._lock:
                self._queue.pop(key, None)

    def close(self) -> None:
        """Drop everything and let the threads end."""
        self._keys.clear()
        self._waiting.clear()
        with self._lock:
            self._queue.clear()
        self.close_threads()

    # ------------------------------------------------------------------ on a thread

    def _work(self) -> None:
        """Load what is most wanted, and go on while there is something to load."""
        while (taken := self._take()) is not None:
            key, ahead = taken
            image, reason = self._load(key)
            with self._lock:
                self._running.discard(key)
                self._ahead -= ahead
            self._arrived.emit(key, image, reason)

    def _take(self) -> tuple[_Key, bool] | None:
        with self._lock:
            key = next((key for key, ahead in self._queue.items() if not ahead), None)
            ahead = key is None
            if ahead and self._ahead < WORKERS - RESERVED:
                key = next(iter(self._queue), None)
            if key is None:
                return None
            del self._queue[key]
            self._running.add(key)
            self._ahead += ahead
            return key, ahead

    def _load(self, key: _Key) -> tuple[QImage | None, Reason | None]:
        try:
            return image_of(self._read(key[0], key[2])), None
        except FileNotFoundError:
            return None, Reason("files.gone")
        except UnreadableError as error:
            return None, error.reason
        except OSError as error:
            return None, Reason("failures.technical", {"message": system_message(error)})
        except MemoryError:
            return None, Reason("files.no_memory")
        except Exception as error:  # the thread's boundary: the view must not wait for ever
            log.exception("Cannot show %s", key[0])
            return None, Reason(
                "failures.technical", {"message": str(error) or type(error).__name__}
            )

    # ------------------------------------------------------------------ on the GUI thread

    @Slot(object, object, object)
    def _deliver(self, key: _Key, image: QImage | None, reason: Reason | None) -> None:
        if image is not None:
            # Also when it was dropped meanwhile: the work is done, and people do come back.
            self._remember(key, image)
            with self._lock:  # asked for again a moment ago
                self._queue.pop(key, None)
        for ticket in sorted(self._waiting.pop(key, ())):
            # Whoever hears of the first may drop the second.
            if self._keys.pop(ticket, None) is None:
                continue
            if image is None:
                self.failed.emit(ticket, reason)
            else:
                self.loaded.emit(ticket, image)

    def _remember(self, key: _Key, image: QImage) -> None:
        if (before := self._cache.pop(key, None)) is not None:
            self._bytes -= before.sizeInBytes()
        self._cache[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._cache_bytes and len(self._cache) > 1:
            self._bytes -= self._cache.popitem(last=False)[1].sizeInBytes()


def _key(photo: Photo, max_side: int) -> _Key:
    return photo.path, photo.content_hash, max_side
