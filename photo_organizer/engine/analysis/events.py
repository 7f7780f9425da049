"""What a running analysis tells: see `photo_organizer.engine.analysis.run.analyze`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from photo_organizer.engine.domain.results import Result, Skipped

if TYPE_CHECKING:
    from photo_organizer.engine.judging.judge import Judge


class Stage(StrEnum):
    """Where the run is."""

    LOADING = "loading"
    """The model is being loaded; photos are already decoded meanwhile."""
    ANALYSING = "analysing"
    JUDGING = "judging"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the run is."""

    stage: Stage
    done: int
    """Photos whose facts are known (skipped ones included)."""
    total: int
    """Photos found so far."""
    scanning: bool
    """Folders are still being walked: `total` may grow."""
    rate: float
    """Photos a second over the last seconds; 0.0 while unknown."""
    seconds_left: float | None
    """None while unknown."""
    paused: bool = False

    @property
    def percent(self) -> int | None:
        """Of the photos, 0 to 99; None while it is not known how many there are.

        Never all: the last photo is followed by what takes time, too.
        """
        if self.scanning or not self.total or self.stage is Stage.JUDGING:
            return None
        return min(99, 100 * self.done // self.total)


@dataclass(frozen=True, slots=True)
class Partial:
    """The answers over the photos known so far; more will come."""

    result: Result


@dataclass(frozen=True, slots=True)
class Finished:
    """The answers over all photos; the last event of a run that was not cancelled."""

    result: Result
    judge: Judge
    """Judges the same facts again under other thresholds and decisions, without any pixel."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The last event of a cancelled run. Facts measured so far are kept for the next run."""

    done: int
    """Photos whose facts are known (skipped ones included)."""
    total: int = 0
    """Photos there are; 0 where the folders were not read whole."""
    judge: Judge | None = None
    """Judges the facts known so far, or most of them; None where nothing can be judged yet."""


Event = Progress | Skipped | Partial | Finished | Cancelled
