"""The error of an export that cannot be made at all."""

from __future__ import annotations

from photo_organizer.engine.domain.reasons import SpokenError


class ExportError(SpokenError, ValueError):
    """Nothing can be exported in that way; `reason` says why."""
