"""When a photo was taken, how exactly that is known, and what says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

_NEVER_SET = frozenset((datetime(1904, 1, 1), datetime(1980, 1, 1)))
"""Where clocks begin that were never set."""
_ZERO_DAYS = frozenset((date(1969, 12, 31), date(1970, 1, 1)))
"""Where those of computers begin, in one zone or another."""
_EARLIEST = 1826
"""The year of the first photograph."""
_ANY_ZONE = timedelta(days=1)
"""By as much one clock may be ahead of another."""


class DateSource(StrEnum):
    """What says when a photo was taken."""

    SHUTTER = "shutter"
    """The camera, in Exif."""
    XMP = "xmp"
    """XMP within the file."""
    SIDECAR = "sidecar"
    """XMP in a file beside it."""
    DIGITIZED = "digitized"
    """Exif or XMP, of the moment in which it became a file: that of a scan comes later."""
    NAME = "name"
    """The name of the file."""
    TAKEOUT = "takeout"
    """Google Takeout's JSON beside it."""
    FOLDER = "folder"
    """The names of its folders."""
    SAVED = "saved"
    """Exif, of the last save."""

    @property
    def is_shutter(self) -> bool:
        """Whether it means the moment in which the shutter opened, and stands in the file."""
        return self in (DateSource.SHUTTER, DateSource.XMP)

    @property
    def may_be_later(self) -> bool:
        """Whether it means something that may have happened long after the shutter opened."""
        return self in (DateSource.DIGITIZED, DateSource.SAVED)


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class TakenDate:
    """When a photo was taken, as something says."""

    at: datetime
    """Local time without zone; the first moment of what is known, the start of a day or month."""
    source: DateSource
    precision: DatePrecision = DatePrecision.SECOND

    @property
    def last(self) -> datetime:
        """The last moment that it may mean."""
        match self.precision:
            case DatePrecision.SECOND:
                return self.at
            case DatePrecision.DAY:
                return self.at + timedelta(days=1, microseconds=-1)
            case DatePrecision.MONTH:
                after = (self.at + timedelta(days=31)).replace(day=1)
                return after - timedelta(microseconds=1)

    def text(self) -> str:
        """As ISO 8601 writes it: "2024-08-10T12:34:56", "2024-08-10" or "2024-08"."""
        match self.precision:
            case DatePrecision.SECOND:
                return self.at.isoformat(timespec="seconds")
            case DatePrecision.DAY:
                return f"{self.at:%Y-%m-%d}"
            case DatePrecision.MONTH:
                return f"{self.at:%Y-%m}"

    def is_told_closer_by(self, other: TakenDate) -> bool:
        """Whether another date means the same day or month and says more exactly when."""
        return (
            self.at <= other.at
            and other.last <= self.last
            and other.last - other.at < (self.last - self.at)
        )

    def is_refuted_by(self, saved: TakenDate) -> bool:
        """Whether the photo was a file already when it would have been taken."""
        return self.at > saved.last + _ANY_ZONE


def is_credible(moment: datetime) -> bool:
    """Whether a photo may have been taken then: not by a clock that was never set, nor ahead."""
    if moment in _NEVER_SET or moment.date() in _ZERO_DAYS or moment.year < _EARLIEST:
        return False
    return moment <= datetime.now() + _ANY_ZONE


def dated(numbers: tuple[int, ...], source: DateSource, microsecond: int = 0) -> TakenDate | None:
    """A date of year, month and as many more of day, hour, minute, second as are known.

    None where there is no such day, or no photo can have been taken then.
    """
    match len(numbers):
        case 2:
            precision = DatePrecision.MONTH
        case 3:
            precision = DatePrecision.DAY
        case _:
            precision = DatePrecision.SECOND
    year, month, day, hour, minute, second = (*numbers, *(0, 0, 1, 0, 0, 0)[len(numbers) :])
    fraction = microsecond if precision is DatePrecision.SECOND else 0
    try:
        at = datetime(year, month, day, hour, minute, second, fraction)
    except ValueError:  # "0000:00:00 00:00:00", the 31st of June
        return None
    return TakenDate(at, source, precision) if is_credible(at) else None
