"""Keeps the thumbnails of photos that are looked into, as long as there is room."""

from __future__ import annotations

import logging

from photo_organizer.engine.pixels.thumbnails import ThumbnailSink

log = logging.getLogger(__name__)


class ThumbnailKeeping:
    """For one run; from any thread.

    Args:
        sink: takes them; None: nobody wants any.
    """

    def __init__(self, sink: ThumbnailSink | None) -> None:
        self._sink = sink

    @property
    def wanted(self) -> bool:
        """Whether thumbnails are kept, still."""
        return self._sink is not None

    def keep(self, content_hash: bytes, thumbnail: bytes) -> None:
        """Keep one, where any are kept."""
        sink = self._sink
        if sink is None:
            return
        try:
            sink.keep(content_hash, thumbnail)
        except OSError as error:
            # A full cache disk costs the views time later, it does not stop the analysis now.
            log.warning("No more thumbnails are kept in this run: %s", error)
            self._sink = None
