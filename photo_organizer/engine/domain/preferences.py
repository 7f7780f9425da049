"""What people chose once and for all: the window and every command follow it.

How it is kept is the matter of `photo_organizer.engine.storage.preferences_file`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from photo_organizer.engine.domain.computers import ClusterChoice
from photo_organizer.engine.domain.keeper_criteria import completed, default_order
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds

AUTO: Final = "auto"
"""The model or device that suits the machine."""

CACHE_MIB: Final = 2048

SCHEMES: Final = ("light", "dark")
"""Colours that can be chosen whatever the system's are."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices in force; a new one has everything as usual."""

    protected: tuple[Path, ...] = ()
    """Folders that nothing goes from; absolute."""
    keep_from: tuple[Path, ...] = ()
    """Folders whose photos stay rather than copies elsewhere; absolute."""
    excluded: tuple[Path, ...] = ()
    """Folders left out of every analysis; absolute."""
    model: str = AUTO
    device: str = AUTO
    order: Mapping[GroupKind, tuple[str, ...]] = field(default_factory=default_order)
    """Criteria that choose keepers, see `photo_organizer.engine.domain.keeper_criteria`."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """The shipped ones, with those that were moved."""
    sidecars: bool = True
    """A clean-up writes what only a removed copy knows (rating, caption…) into an XMP file beside
    the photo that stays."""
    faces: bool = True
    """Faces are looked for: open eyes, sharp faces. False: nothing of them is measured or kept."""
    cache_mib: int = CACHE_MIB
    """How much the thumbnails on disk may take."""

    cluster: ClusterChoice | None = None
    """Other computers that may look into photos, too; kept while they are not asked."""
    use_cluster: bool = False
    """They are asked at every analysis, see `cluster_in_use`."""

    language: str = ""
    """Of the window, a key of `words.language.LANGUAGES`; "" for the system's."""
    scheme: str = ""
    """Of the window's colours, one of `SCHEMES`; "" for the system's."""
    watch: bool = True
    """Folders that are open are watched: what other programs add or take away is seen soon."""
    reopen: bool = True
    """The window begins with the library that was open last."""
    notifications: bool = True
    """Tell on the desktop what finished while the window was not in front."""
    reduced_motion: bool = False
    """Nothing moves by itself; False follows the system."""

    @property
    def cluster_in_use(self) -> ClusterChoice | None:
        """The other computers that are asked; None: this one works alone.

        No part of `analysis`: whoever looks into a photo finds out the same.
        """
        return self.cluster if self.use_cluster else None

    @property
    def analysis(self) -> tuple[object, ...]:
        """What only a new analysis follows; the rest takes effect at once."""
        return self.excluded, self.model, self.device

    @property
    def judgement(self) -> tuple[object, ...]:
        """What judging stored facts again follows."""
        return (
            self.order,
            self.protected,
            self.keep_from,
            self.thresholds,
            self.sidecars,
            self.faces,
        )

    def outdates(self, analysed_with: Preferences) -> bool:
        """Whether only another analysis follows these, after one with the others.

        Faces are forgotten without one, and only found by one.
        """
        if self.faces and not analysed_with.faces:
            return True
        return self.analysis != analysed_with.analysis

    def preferring(self, criteria: Sequence[str]) -> Preferences:
        """A copy with these criteria first, for every kind that knows them."""
        orders = {kind: completed(kind, (*criteria, *order)) for kind, order in self.order.items()}
        return replace(self, order=orders)

    def with_threshold(self, name: str, value: float) -> Preferences:
        """A copy in which one threshold ("duplicates.same") has another value.

        Raises:
            KeyError: no such threshold.
        """
        return replace(self, thresholds=self.thresholds.with_change(name, value))
