"""Thumbnails for the views: read and scaled off the GUI thread, kept in a bounded memory.

The newest request is served first, and only so many may wait: after a long scroll the photos on
screen come before those that flew past.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QMutex,
    QMutexLocker,
    QObject,
    Qt,
    QThreadPool,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QImageReader, QPixmap

from photo_organizer.engine.domain.facts import Photo, UnreadableError
from photo_organizer.engine.domain.preferences import CACHE_MIB
from photo_organizer.ui.widgets.debounce import Debounce

if TYPE_CHECKING:
    from photo_organizer.engine.pixels.thumbnails import ThumbnailCache

log = logging.getLogger(__name__)

SIDE = 320
"""Longest side in device pixels, unless a view asks for another."""

MEMORY_MIB = 256
WAITING = 4096
"""More than a 4K screen of the smallest thumbnails."""

Key = tuple[bytes, int]
"""Content and longest side: copies of a photo share their thumbnail."""


class Thumbnails(QObject):
    """Hands out thumbnails, loading the missing ones in the background.

    Args:
        memory_mib: how much the pixmaps kept may take; the least recently used go first.
    """

    ready = Signal(int)
    """The id of a photo whose `pixmap` is there now (or cannot be: see `is_missing`)."""
    _loaded = Signal(object, object)

    def __init__(self, parent: QObject | None = None, memory_mib: float = MEMORY_MIB) -> None:
        super().__init__(parent)
        self._limit = int(memory_mib * 2**20)
        self._bytes = 0
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._sides: set[int] = set()
        self._missing: set[bytes] = set()
        self._asking: dict[Key, set[int]] = {}
        self._lock = QMutex()
        self._waiting: OrderedDict[Key, Photo] = OrderedDict()
        self._pool = QThreadPool(self)
        self._loaders = 0
        self._starting = Debounce(self, 0, self._start_loaders)
        self._loaded.connect(self._keep)

    @property
    def memory(self) -> int:
        """Bytes taken by the pixmaps kept."""
        return self._bytes

    @property
    def idle(self) -> bool:
        """Whether nothing is waited for."""
        return not self._asking

    def pixmap(self, photo: Photo, side: int = SIDE) -> QPixmap | None:
        """The photo's thumbnail, or None: then it is loaded and `ready` tells when it is there.

        Args:
            photo: whose thumbnail.
            side: longest side in device pixels, never enlarged.
        """
        key = (photo.content_hash, side)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if photo.content_hash not in self._missing:
            self._ask(key, photo)
        return None

    def at_hand(self, photo: Photo) -> QPixmap | None:
        """The largest thumbnail of the photo in memory; nothing is loaded."""
        keys = [(photo.content_hash, side) for side in sorted(self._sides, reverse=True)]
        return next((self._kept[key] for key in keys if key in self._kept), None)

    def is_missing(self, photo: Photo) -> bool:
        """Whether the photo's thumbnail could not be loaded (the file vanished, say)."""
        return photo.content_hash in self._missing

    def drop_waiting(self) -> None:
        """Forget requests that were not begun: another view is shown now."""
        with QMutexLocker(self._lock):
            dropped = list(self._waiting)
            self._waiting.clear()
        for key in dropped:
            self._asking.pop(key, None)

    def drop_others(self, side: int, wanted: Collection[bytes]) -> None:
        """Forget requests of this size that were not begun, but for these contents.

        What flew past in a long scroll is not loaded any more; other views ask for other sizes.
        """
        with QMutexLocker(self._lock):
            dropped = [key for key in self._waiting if key[1] == side and key[0] not in wanted]
            for key in dropped:
                del self._waiting[key]
        for key in dropped:
            self._asking.pop(key, None)

    def close(self) -> None:
        """Stop loading; waits for the few loads that were begun."""
        self._starting.stop()
        self.drop_waiting()
        self._pool.waitForDone()

    def _ask(self, key: Key, photo: Photo) -> None:
        known = key in self._asking
        self._asking.setdefault(key, set()).add(photo.id)
        dropped = None
        with QMutexLocker(self._lock):
            if key in self._waiting:
                self._waiting.move_to_end(key)
            elif not known:
                self._waiting[key] = photo
                if len(self._waiting) > WAITING:
                    dropped, _ = self._waiting.popitem(last=False)
        if dropped is not None:
            del self._asking[dropped]
        if not known:
            # Not at once: threads that start while a view paints take Python from it each time.
            self._starting.start()

    @Slot()
    def _start_loaders(self) -> None:
        with QMutexLocker(self._lock):
            wanted = min(len(self._waiting), self._pool.maxThreadCount()) - self._loaders
            self._loaders += max(0, wanted)
        for _ in range(wanted):
            self._pool.start(self._load_waiting)

    def _load_waiting(self) -> None:
        """Runs on a pool thread: what waits, the newest first, from bytes to scaled images."""
        while True:
            with QMutexLocker(self._lock):
                if not self._waiting:
                    self._loaders -= 1
                    return
                key, photo = self._waiting.popitem(last=True)
            try:
                image = _load(photo, key[1])
            except (OSError, UnreadableError) as error:
                log.warning("No thumbnail of %s: %s", photo.path, error)
                image = QImage()
            self._loaded.emit(key, image)

    @Slot(object, object)
    def _keep(self, key: Key, image: QImage) -> None:
        if image.isNull():
            self._missing.add(key[0])
        else:
            self._kept[key] = QPixmap.fromImage(image)
            self._sides.add(key[1])
            self._bytes += image.sizeInBytes()
            while self._bytes > self._limit and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.width() * oldest.height() * oldest.depth() // 8
        for photo_id in self._asking.pop(key, ()):
            self.ready.emit(photo_id)


def _load(photo: Photo, side: int) -> QImage:
    """The photo's thumbnail from the disk cache; made from the file where it is not there.

    Raises:
        OSError: file or cache cannot be read or written.
        UnreadableError: the file cannot be decoded, or is another one by now.
    """
    # The window opens before it can afford what decoding needs.
    from photo_organizer.engine.isolation import views

    buffer = QBuffer()
    buffer.setData(views.thumbnail(disk_cache(), photo.content_hash, photo.path))
    reader = QImageReader(buffer, b"jpeg")
    size = reader.size()
    if max(size.width(), size.height()) > side:
        # Scaled while decoding: half the time of decoding it whole.
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    # The screen's own format: making the pixmap on the GUI thread is a plain copy then.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def disk_cache(limit_mib: int = CACHE_MIB) -> ThumbnailCache:
    """The thumbnails on disk, which the analysis fills and the views read; for any thread.

    Args:
        limit_mib: what `ThumbnailCache.trim` leaves.
    """
    from photo_organizer.engine.paths import cache_dir
    from photo_organizer.engine.pixels.thumbnails import ThumbnailCache

    return ThumbnailCache(cache_dir() / "thumbnails", limit_mib)
