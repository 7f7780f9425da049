"""Runs the engine's analysis for the session: what is asked, and how."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.events import Progress
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.domain.computers import Cluster, ClusterChoice
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.reasons import SpokenError
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.thumbnails import disk_cache

if TYPE_CHECKING:
    from photo_organizer.engine.analysis.hands import Computers


@dataclass(frozen=True, slots=True)
class Request:
    """What to analyse."""

    folders: tuple[Path, ...]
    preferences: Preferences
    pause: PauseSwitch = field(default_factory=PauseSwitch)
    """The analysis pauses while it is closed."""


Analyze = Callable[[Request, threading.Event], Iterator[object]]
"""Runs one analysis as a generator of engine events."""


@dataclass(frozen=True, slots=True)
class Absent:
    """An event of `run_analysis`: folders that are not there; what is known of them is shown."""

    folders: tuple[Path, ...]


def run_analysis(request: Request, cancel: threading.Event) -> Iterator[object]:
    """The engine's analysis; imported here, so the window is visible before it is."""
    from photo_organizer.engine.analysis.run import Options, analyze
    from photo_organizer.engine.encoders.devices import load_torch_libraries
    from photo_organizer.engine.encoders.opening import asks_for_clip

    chosen = request.preferences
    cache = disk_cache(chosen.cache_mib)
    if asks_for_clip(chosen.model):
        # Before the run's threads load libraries of their own: they would wait for these, and the
        # window for them.
        load_torch_libraries()
    absent = _absent(request.folders)
    yield Absent(absent)
    there = [folder for folder in request.folders if folder not in absent]
    options = replace(Options.following(chosen, there), absent=absent, thumbnails=cache)
    with ExitStack() as joined:
        computers, alone = None, None
        if chosen.cluster_in_use is not None:
            try:
                computers = joined.enter_context(_joined(chosen.cluster_in_use, there))
            except SpokenError as error:
                alone = Cluster(chosen.cluster_in_use.address, trouble=error.reason)
        for event in analyze(options, cancel, request.pause, computers):
            yield replace(event, cluster=alone) if alone and isinstance(event, Progress) else event
    cache.trim()


def _joined(choice: ClusterChoice, folders: Sequence[Path]) -> AbstractContextManager[Computers]:
    """The other computers, for one analysis.

    Raises:
        SpokenError: they cannot be asked at all.
    """
    from photo_organizer.engine.cluster import extra

    extra.demand()
    from photo_organizer.engine.cluster.joining import joined

    return joined(choice, folders, patient=True)


def _absent(folders: Sequence[Path]) -> tuple[Path, ...]:
    """The folders that are not there, but of which photos are known: their drive is unplugged."""
    missing = [folder for folder in folders if not folder.is_dir()]
    if not missing:
        return ()
    with Store(paths.store_path()) as store:
        return tuple(folder for folder in missing if store.photos_below(folder))
