"""What can go wrong between computers that look at photos together."""

from __future__ import annotations

from photo_organizer.engine.domain.reasons import SpokenError


class ClusterError(SpokenError):
    """Computers cannot work together: an address, a certificate, a root or a version is wrong."""
