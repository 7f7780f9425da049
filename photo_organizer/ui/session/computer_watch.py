"""How the other computers are at this moment, for whoever looks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.domain.computers import Cluster, ClusterChoice
from photo_organizer.engine.domain.reasons import Reason, SpokenError
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.analysis_run import AnalysisRun
from photo_organizer.ui.session.tasks import Tasks

Watch = Callable[[ClusterChoice, threading.Event], Iterator[Cluster]]
"""Tells whenever they are otherwise, until it is cancelled."""


def watch_computers(choice: ClusterChoice, cancel: threading.Event) -> Iterator[Cluster]:
    """The engine's; imported here, since few people have it."""
    from photo_organizer.engine.cluster import extra, joining

    extra.demand()
    yield from joining.watch(choice, cancel)


class ComputerWatch(QObject):
    """Watches them only while somebody asks for it; owned by the session.

    Args:
        watch: see `Watch`; tests put a short generator here.
    """

    changed = Signal()
    """`cluster` or `missing` is another now."""

    def __init__(
        self,
        analysis: AnalysisRun,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        watch: Watch = watch_computers,
    ) -> None:
        super().__init__(parent)
        self._analysis = analysis
        self._tasks = tasks
        self._watch = watch
        self._task: Task | None = None
        self._viewers: dict[QObject, ClusterChoice] = {}
        """Who looks at which; while one window takes another's place there are two."""
        self._choice: ClusterChoice | None = None
        self._seen: Cluster | None = None
        self.missing: Reason | None = None
        """What is not installed here, and how to get it; None where all is there."""
        analysis.progress_changed.connect(self.changed)
        analysis.running_changed.connect(self.changed)

    @property
    def cluster(self) -> Cluster | None:
        """The computers as they were seen last; None while nobody has seen them.

        A running analysis knows best what they do for it.
        """
        progress = self._analysis.progress
        if progress is not None and progress.cluster is not None:
            return progress.cluster
        return self._seen

    def look(self) -> None:
        """Find out in the background whether what it needs is installed."""

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.cluster import extra

            how = extra.how_to_get()
            self.missing = Reason("cluster.missing", why=how) if how else None
            yield None

        self._tasks.start(work, lambda _: self.changed.emit())

    def follow(self, viewer: QObject, choice: ClusterChoice | None) -> None:
        """Watch these computers from now on; None: this viewer does not look any more."""
        self._viewers.pop(viewer, None)
        if choice is not None:
            self._viewers[viewer] = choice
        choice = next(reversed(self._viewers.values()), None)
        if choice == self._choice:
            return
        self._choice = choice
        self._seen = None
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if choice is not None:
            self._task = self._begin(choice)
        self.changed.emit()

    def _begin(self, choice: ClusterChoice) -> Task:
        def work(cancel: threading.Event) -> Iterator[object]:
            try:
                for cluster in self._watch(choice, cancel):
                    yield choice, cluster
            except SpokenError as error:
                yield choice, Cluster(choice.address, trouble=error.reason)

        return self._tasks.start(work, self._show)

    def _show(self, told: tuple[ClusterChoice, Cluster]) -> None:
        choice, cluster = told
        if choice == self._choice:  # else it comes from a watch that was cancelled
            self._seen = cluster
            self.changed.emit()
