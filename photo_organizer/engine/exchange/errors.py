"""The error of a file that cannot be written, or is none that can be taken."""

from __future__ import annotations

from photo_organizer.engine.domain.reasons import SpokenError


class ExchangeError(SpokenError, ValueError):
    """Nothing can be exported or imported in that way; `reason` says why."""
