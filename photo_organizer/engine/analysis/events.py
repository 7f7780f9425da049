"""What a running analysis tells: see `photo_organizer.engine.analysis.run.analyze`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from photo_organizer.engine.domain.computers import Cluster
from photo_organizer.engine.domain.photos import Photos
from photo_organizer.engine.domain.results import Result, Skipped

if TYPE_CHECKING:
    from photo_organizer.engine.judging.judge import Judge


class Stage(StrEnum):
    """What the run does at present that takes longest."""

    READING = "reading"
    """Folders are walked, and all that was found so far is known."""
    LOADING = "loading"
    """The model is being loaded; photos are already decoded meanwhile."""
    CHECKING = "checking"
    """It proves itself first, once: an earlier version of the program has installed it."""
    ANALYSING = "analysing"
    """What is new is decoded, measured and embedded."""
    FACES = "faces"
    """All is measured; faces are looked for in the last photos."""
    COMPARING = "comparing"
    """All facts are known, and photos are compared with one another."""
    JUDGING = "judging"
    """They are sorted into categories, ranked, and asked for flaws."""

    @property
    def measures(self) -> bool:
        """Whether photos are still looked into: that can be held, and goes on from there."""
        return self not in (Stage.COMPARING, Stage.JUDGING)


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
    """Photos a second that were measured over the last seconds; 0.0 while unknown. What is known
    already passes without a look and counts for nothing."""
    seconds_left: float | None
    """To the end of the run, whatever is still to be done; None while no estimate is honest."""
    paused: bool = False
    compared: float | None = None
    """How much of the comparing is done, 0 to 1; None while nothing is compared."""
    cluster: Cluster | None = None
    """The other computers that look into the photos; None where this one works alone."""

    @property
    def percent(self) -> int | None:
        """Of the photos or of the comparing, 0 to 99; None while it is not known how much there is.

        Never all: the last photo is followed by what takes time, too.
        """
        if self.compared is not None:
            return min(99, int(100 * self.compared))
        if self.scanning or not self.total or not self.stage.measures:
            return None
        return min(99, 100 * self.done // self.total)


@dataclass(frozen=True, slots=True)
class Listed:
    """All photos of which the facts are known so far, whether they were judged or not."""

    photos: Photos


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


Event = Progress | Skipped | Listed | Partial | Finished | Cancelled
