"""Decodes photos for the large views in the background; what nobody waits for any more is dropped.

Thumbnails have their own, smaller path; this one loads at screen scale or at full size.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from photo_organizer.engine.facts import Photo, Pixels, UnreadableError

log = logging.getLogger(__name__)

Read = Callable[[Path, int], Pixels]
"""File and longest side wanted to upright RGB; raises UnreadableError or OSError."""

CACHE_BYTES = 384 * 1024 * 1024
WORKERS = 2

_Key = tuple[Path, int, int]


def read_file(path: Path, max_side: int) -> Pixels:
    """Decode one file so that its longer side is about `max_side` pixels, never enlarged."""
    from photo_organizer.engine.decode import decode_view

    return decode_view(path.read_bytes(), path.suffix, max_side)


class ImageLoader(QObject):
    """Loads pictures on its own threads and hands them over as signals on the GUI thread.

    Every request has a ticket. A caller remembers its latest ticket and ignores all others; a
    dropped request that has not started is never decoded.
    """

    loaded = Signal(int, QImage)
    """Ticket and picture."""
    failed = Signal(int, str)
    """Ticket and the reason, one short clause for people."""
    _arrived = Signal(int, object, object, object)

    def __init__(self, read: Read = read_file, cache_bytes: int = CACHE_BYTES) -> None:
        # No Qt parent: a worker may hold the last reference while the window already closes.
        super().__init__()
        self._read = read
        self._cache_bytes = cache_bytes
        self._cache: OrderedDict[_Key, QImage] = OrderedDict()
        self._waiting: dict[int, Future[None]] = {}
        self._tickets = 0
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="image-loader")
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cached(self, photo: Photo, max_side: int) -> QImage | None:
        """The picture at this size, where it is still in memory."""
        key = _key(photo, max_side)
        image = self._cache.get(key)
        if image is not None:
            self._cache.move_to_end(key)
        return image

    def load(self, photo: Photo, max_side: int) -> int:
        """Ask for a picture whose longer side is `max_side`; its ticket, which is never 0."""
        self._tickets += 1
        ticket, key = self._tickets, _key(photo, max_side)
        self._waiting[ticket] = self._pool.submit(self._work, ticket, key)
        return ticket

    def drop(self, ticket: int) -> None:
        """Nobody waits for this ticket any more; unknown tickets are ignored."""
        waiting = self._waiting.pop(ticket, None)
        if waiting is not None:
            waiting.cancel()

    def close(self) -> None:
        """Drop everything and let the threads end."""
        self._waiting.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, ticket: int, key: _Key) -> None:
        image, reason = self._cache.get(key), ""
        if image is None:
            try:
                pixels = self._read(key[0], key[2])
                height, width, _ = pixels.shape
                rgb = QImage(
                    pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888
                )
                # Painting wants 32 bits; converting here keeps it off the GUI thread.
                image = rgb.convertToFormat(QImage.Format.Format_RGB32)
            except FileNotFoundError:
                reason = self.tr("the file is no longer there")
            except UnreadableError as error:
                reason = str(error)
            except OSError as error:
                reason = error.strerror or str(error)
            except MemoryError:
                reason = self.tr("too large for the memory")
            except Exception as error:  # the thread's boundary: the view must not wait for ever
                log.exception("Cannot show %s", key[0])
                reason = str(error) or type(error).__name__
        self._arrived.emit(ticket, key, image, reason)

    def _deliver(self, ticket: int, key: _Key, image: QImage | None, reason: str) -> None:
        if image is not None:
            # Also when it was dropped meanwhile: the work is done, and people do come back.
            self._remember(key, image)
        if self._waiting.pop(ticket, None) is None:
            return
        if image is None:
            self.failed.emit(ticket, reason)
        else:
            self.loaded.emit(ticket, image)

    def _remember(self, key: _Key, image: QImage) -> None:
        self._cache[key] = image
        self._cache.move_to_end(key)
        used = sum(kept.sizeInBytes() for kept in self._cache.values())
        while used > self._cache_bytes and len(self._cache) > 1:
            used -= self._cache.popitem(last=False)[1].sizeInBytes()


def _key(photo: Photo, max_side: int) -> _Key:
    return photo.path, photo.identity.mtime_ns, max_side
