"""Moments without a zone as numbers, which sort and are kept more quickly than dates."""

from __future__ import annotations

from datetime import datetime, timedelta

DAY = 86_400_000_000
"""Microseconds."""


def moment_number(at: datetime) -> int:
    """A moment in microseconds; grows with time, whatever the zone."""
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    return at.toordinal() * DAY + seconds * 1_000_000 + at.microsecond


def moment(number: int) -> datetime:
    """What `moment_number` was made of."""
    return datetime(1, 1, 1) + timedelta(microseconds=number - DAY)
