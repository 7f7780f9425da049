"""Ties a workplace to a dask worker; imports `distributed`, which takes a second."""

from __future__ import annotations

from distributed import Worker, WorkerPlugin

from photo_organizer.engine.cluster.looking_at import PLUGIN
from photo_organizer.engine.cluster.workplace import Workplace


class LookingPlugin(WorkerPlugin):  # type: ignore[misc]  # dask has no types
    """Has the workplace of a worker, where tasks find it.

    Args:
        workplace: of that worker alone.
    """

    name = PLUGIN

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the form of dask
        """The worker ends."""
        self.workplace.close()
