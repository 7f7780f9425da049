"""One model as the window knows it: what it is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from photo_organizer.engine.domain.reasons import Reason

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.installed_models import ModelInfo


class ModelState(StrEnum):
    """Where a model stands."""

    OFFERED = "offered"
    WAITING = "waiting"
    """It arrives when the one before it is there."""
    ARRIVING = "arriving"
    """Its bytes are downloaded or copied."""
    PAUSED = "paused"
    """The download is held; what has arrived is kept."""
    CHECKING = "checking"
    """It has arrived, and shows what it knows."""
    FAILED = "failed"
    """It did not arrive: `KnownModel.failure` says why. A download goes on from there."""
    REFUSED = "refused"
    """It did not pass the check: `KnownModel.failure` says how. One that arrives is not installed,
    one that was there is not used."""
    INSTALLED = "installed"
    DAMAGED = "damaged"
    """Its folder is there, but cannot be opened: `ModelInfo.damaged` says why."""
    NEEDS_FULL = "needs_full"
    """It cannot work here: this is the light program."""


COMING = (ModelState.WAITING, ModelState.ARRIVING, ModelState.PAUSED, ModelState.CHECKING)
"""It is on its way."""

TO_GET = (
    ModelState.OFFERED,
    ModelState.PAUSED,
    ModelState.FAILED,
    ModelState.REFUSED,
    ModelState.DAMAGED,
)
"""It can be downloaded, or the download can go on."""


@dataclass(slots=True)
class KnownModel:
    """A model, its state, and how far it is on its way."""

    info: ModelInfo
    state: ModelState
    failure: Reason | None = None
    """Why it did not arrive, did not pass the check, or could not be removed."""
    figures: str = ""
    """How much of it has arrived, for people."""
    share: float | None = None
    """How much of it, 0 to 1; None while unknown."""

    @property
    def name(self) -> str:
        """Architecture and training."""
        return self.info.name

    @property
    def can_be_got(self) -> bool:
        """Whether it can be downloaded now, or again, or the download can go on."""
        return self.state in TO_GET and not self.info.installed

    @property
    def can_be_checked(self) -> bool:
        """Whether it is there, and it is not known whether it does what a model must."""
        unsure = self.info.kind == "clip" and self.info.installed and self.info.proof is None
        return unsure and self.state in (ModelState.INSTALLED, ModelState.REFUSED)

    @property
    def there(self) -> bool:
        """Whether it has files of its own on this machine, in whatever state."""
        return self.info.installed or self.info.damaged is not None

    def rest(self) -> None:
        """Stand where it is on disk: nothing is on its way. What went wrong last is still told."""
        self.figures, self.share = "", None
        self.state, self.failure = resting(self.info), self.info.refused or self.failure

    def follow(self, info: ModelInfo) -> None:
        """Another look found it so."""
        if self.failure is not None and self.failure == self.info.refused:
            self.failure = None
        self.info = info
        failed = self.state in (ModelState.FAILED, ModelState.REFUSED)
        if self.state not in COMING and not (failed and not self.there):
            self.rest()


def resting(info: ModelInfo) -> ModelState:
    """Where a model stands of which nothing is on its way."""
    if info.needs_full:
        return ModelState.NEEDS_FULL
    if info.damaged is not None:
        return ModelState.DAMAGED
    if info.refused is not None:
        return ModelState.REFUSED
    return ModelState.INSTALLED if info.installed else ModelState.OFFERED
