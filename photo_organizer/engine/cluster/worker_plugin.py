"""Ties a workplace to a dask worker; imports `distributed`, which takes a second."""

from __future__ import annotations

from distributed import WorkerPlugin

from photo_organizer.engine.cluster.looking_at import PLUGIN
from photo_organizer.engine.cluster.workplace import Workplace


class LookingPlugin(WorkerPlugin):  # type: ignore[misc]  # dask has no types
    """Has the workplace of a worker, where tasks find it.

    Args:
        workplace: which outlives the worker, with its open model: the next one has it again.
    """

    name = PLUGIN

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
