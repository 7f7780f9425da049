"""Finds in the background where a photo shows its flaw; only the latest question is answered."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot

from photo_organizer.engine.domain.facts import Photo, UnreadableError
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.ui.session.background import Background

log = logging.getLogger(__name__)

KEPT = 500
"""Regions that are remembered."""

Find = Callable[[Path, Flaw], Region]
_Key = tuple[Path, int, Flaw]


def find_region(path: Path, flaw: Flaw) -> Region:
    """See `photo_organizer.engine.quality.regions.find`, which takes a while to import."""
    from photo_organizer.engine.quality import regions

    return regions.find(path, flaw)


class RegionFinder(Background):
    """Answers on the GUI thread; a question that nobody waits for any more is not begun."""

    found = Signal(object, object, object)
    """`Photo`, `Flaw` and `Region`."""
    _arrived = Signal(object, object, object)

    def __init__(self, find: Find = find_region) -> None:
        super().__init__(1, "region-finder")
        self._find = find
        self._known: OrderedDict[_Key, Region] = OrderedDict()
        self._asked: _Key | None = None
        self._waiting: Future[None] | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def known(self, photo: Photo, flaw: Flaw) -> Region | None:
        """The region, where it was found before."""
        return self._known.get(_key(photo, flaw))

    def ask(self, photo: Photo, flaw: Flaw) -> None:
        """Find a region; `found` follows, unless there is none or something else is asked first."""
        if self._waiting is not None:
            self.take_back(self._waiting)
        self._asked = _key(photo, flaw)
        self._waiting = self.run_aside(self._work, photo, flaw)

    def close(self) -> None:
        """Forget the question and let the thread end."""
        self._asked = None
        self.close_threads()

    def _work(self, photo: Photo, flaw: Flaw) -> None:
        try:
            region = self._find(photo.path, flaw)
        except (OSError, UnreadableError) as error:
            # The canvas tells people that the photo cannot be shown, and why.
            log.info("No region of %s: %s", photo.path, error)
        except Exception:  # the thread's boundary: without a region the whole photo is shown
            log.exception("Cannot find a region of %s", photo.path)
        else:
            self._arrived.emit(photo, flaw, region)

    @Slot(object, object, object)
    def _deliver(self, photo: Photo, flaw: Flaw, region: Region) -> None:
        key = _key(photo, flaw)
        self._known[key] = region
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        if key == self._asked:
            self.found.emit(photo, flaw, region)


def _key(photo: Photo, flaw: Flaw) -> _Key:
    return photo.path, photo.identity.mtime_ns, flaw
